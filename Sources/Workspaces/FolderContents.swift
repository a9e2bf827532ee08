#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One name in a folder.
struct FolderEntry: Sendable {
  let name: String
  let form: FileForm
}

extension Descriptor {
  /// What lies in this open folder, in no particular order.
  ///
  /// Throws ``WorkspaceError/nameIsNotUTF8(folder:name:)`` for a name that a `String` cannot carry.
  func contents(shown: String) throws(WorkspaceError) -> [FolderEntry] {
    var entries: [FolderEntry] = []
    try forEachName(shown: shown) { bytes, type throws(WorkspaceError) in
      guard let name = String(validating: bytes, as: UTF8.self) else {
        throw .nameIsNotUTF8(folder: shown, name: Array(bytes))
      }
      entries.append(FolderEntry(name: name, form: try form(type, name: name, shown: shown)))
    }
    return entries
  }

  private func form(_ type: Int32, name: String, shown: String) throws(WorkspaceError) -> FileForm {
    switch type {
    case Int32(DT_REG): return .file
    case Int32(DT_DIR): return .folder
    case Int32(DT_LNK): return .link
    case Int32(DT_UNKNOWN):
      return try FileStatus.of(name, in: number, following: false, shown: shown)?.form ?? .other
    default: return .other
    }
  }

  /// Calls `body` with each name's bytes and its `d_type`, `.` and `..` left out.
  func forEachName(
    shown: String, _ body: (UnsafeBufferPointer<UInt8>, Int32) throws(WorkspaceError) -> Void
  ) throws(WorkspaceError) {
    // A second descriptor, since closedir closes the one that it reads.
    let again = try Descriptor.folder(".", in: number, shown: shown)
    guard let stream = fdopendir(again.releaseForStream()) else { throw .system("list", shown) }
    defer { closedir(stream) }
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { throw .system("list", shown) }
        return
      }
      let type = Int32(entry.pointee.d_type)
      let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0
      let start = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: UInt8.self)
      let name = UnsafeBufferPointer(
        start: start, count: strlen(UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self)))
      if name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) { continue }
      try body(name, type)
    }
  }

  private consuming func releaseForStream() -> Int32 {
    let number = number
    discard self
    return number
  }
}
