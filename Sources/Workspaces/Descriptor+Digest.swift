import ArtifactCache

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Descriptor {
  /// The digest of an open file that nobody wrote to meanwhile, its status, and when digesting began.
  ///
  /// Reads again when the status changed while it read; after three tries the file counts as changed.
  func settledDigest(
    shown: String
  ) throws(WorkspaceError) -> (digest: Digest, status: FileStatus, begun: Int64) {
    for _ in 0..<3 {
      let begun = fileClock()
      let before = try FileStatus.of(self, shown: shown)
      if lseek(number, 0, SEEK_SET) < 0 { throw .system("read", shown) }
      var hasher = Digest.Hasher()
      let piece = min(max(before.size + 1, 4096), 1 << 18)
      try forEachPiece(of: piece, shown: shown) { hasher.update($0) }
      if try FileStatus.of(self, shown: shown) == before {
        return (hasher.finalize(), before, begun)
      }
    }
    throw .changed([shown])
  }

  /// Copies all of this file to the end of another and gives the digest of what was copied.
  func copy(to target: borrowing Descriptor, shown: String) throws(WorkspaceError) -> Digest {
    var hasher = Digest.Hasher()
    try forEachPiece(of: 1 << 20, shown: shown) { piece throws(WorkspaceError) in
      hasher.update(piece)
      try target.write(piece, shown: shown)
    }
    return hasher.finalize()
  }
}
