#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Copies that share their blocks until one of them is written to.
enum FileClone {
  /// Makes the empty open file `target` a clone of `source`; false where the file system cannot.
  static func clone(_ source: borrowing Descriptor, to target: borrowing Descriptor) -> Bool {
    #if canImport(Glibc)
      // FICLONE, a macro that Swift cannot import: _IOW(0x94, 9, int).
      ioctl(target.number, 0x4004_9409, source.number) == 0
    #else
      // clonefile(2) wants a name that does not exist yet; a plain link does as well.
      false
    #endif
  }
}
