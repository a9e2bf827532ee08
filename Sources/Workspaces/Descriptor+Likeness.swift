import CAttributes

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Descriptor {
  /// Whether this open file is to all appearances one that we would make in the folder `parent`: of our
  /// owner, group and mode, without extended attributes, and under no other name.
  func isLikeNew(
    mode: mode_t, in parent: borrowing Descriptor, shown: String
  ) throws(WorkspaceError) -> Bool {
    var (status, place) = (stat(), stat())
    guard fstat(number, &status) == 0, fstat(parent.number, &place) == 0 else {
      throw .system("look at", shown)
    }
    let group = place.st_mode & S_ISGID != 0 ? place.st_gid : getegid()
    return status.st_mode & S_IFMT == S_IFREG && status.st_mode & 0o7777 == mode
      && status.st_nlink == 1 && status.st_uid == geteuid() && status.st_gid == group
      && cattributes_any(number) == 0
  }

  /// Whether files that are made in this folder get permissions which only its access control list tells.
  var givesPermissions: Bool { cattributes_default_list(number) != 0 }
}
