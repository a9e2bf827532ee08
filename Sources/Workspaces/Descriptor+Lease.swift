#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

// Who else has a file open is asked by taking a lease, which the kernel grants only where nobody is in its
// way. Where there are no leases the answer is no.
extension Descriptor {
  /// Runs `body` while this file, open for reading, is certainly open for writing nowhere.
  ///
  /// Whoever would open it meanwhile waits. False where somebody has it open already, else what `body`
  /// gives.
  func withoutWriters(
    _ body: () throws(WorkspaceError) -> Bool
  ) throws(WorkspaceError) -> Bool {
    guard takeLease(Int32(F_RDLCK)) else { return false }
    defer { _ = giveLeaseBack() }
    return try body()
  }

  /// Whether this file, open for writing, is certainly open nowhere else, nor mapped into memory.
  var isOpenOnlyHere: Bool { takeLease(Int32(F_WRLCK)) && giveLeaseBack() }

  private func takeLease(_ type: Int32) -> Bool {
    #if os(Linux)
      // F_SETSIG, F_SETLEASE, which Swift's module of the C library leaves out. Whoever opens the file
      // while we have the lease would end us by SIGIO; SIGURG is ignored.
      fcntl(number, 10, SIGURG) == 0 && fcntl(number, 1024, type) == 0
    #else
      false
    #endif
  }

  private func giveLeaseBack() -> Bool {
    #if os(Linux)
      fcntl(number, 1024, Int32(F_UNLCK)) == 0
    #else
      false
    #endif
  }

  /// Whether this file has owner, group and mode of one that we would make in the folder `parent`, and no
  /// other name.
  func isLikeNew(
    mode: mode_t, in parent: borrowing Descriptor, shown: String
  ) throws(WorkspaceError) -> Bool {
    var (status, place) = (stat(), stat())
    guard fstat(number, &status) == 0, fstat(parent.number, &place) == 0 else {
      throw .system("look at", shown)
    }
    let group = place.st_mode & S_ISGID != 0 ? place.st_gid : getegid()
    return status.st_mode & 0o7777 == mode && status.st_nlink == 1 && status.st_uid == geteuid()
      && status.st_gid == group
  }
}
