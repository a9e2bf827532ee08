extension ProjectState {
  private var signatureFile: StateFile { file("signatures", .signatures) }

  /// The digests of files as remembered by the last run.
  package func signatures() throws(CacheError) -> [FileSignature: Digest] {
    var digests: [FileSignature: Digest] = [:]
    for payload in try signatureFile.payloads() {
      do throws(MalformedBytes) {
        var reader = ByteReader(payload)
        let size = FileSignature.encodedSize + Digest.byteCount
        let count = try reader.count(minimumSize: size)
        digests.reserveCapacity(count)
        for _ in 0..<count {
          let signature = try FileSignature(from: &reader)
          digests[signature] = try reader.digest()
        }
      } catch {
        signatureFile.forget(error)
      }
    }
    return digests
  }

  /// Remembers these digests and no others.
  package func replaceSignatures(_ digests: [FileSignature: Digest]) throws(CacheError) {
    var writer = ByteWriter(reserving: 4 + digests.count * 72)
    writer.append(UInt32(digests.count))
    for (signature, digest) in digests {
      signature.write(to: &writer)
      writer.append(digest)
    }
    let payload = writer.bytes
    try exclusively { () throws(CacheError) in try signatureFile.replace(with: payload) }
  }
}
