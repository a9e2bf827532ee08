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
}
