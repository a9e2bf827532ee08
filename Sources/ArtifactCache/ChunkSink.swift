import Synchronization

/// Where the content of an object goes, chunk by chunk, from several threads and in any order.
protocol ChunkSink: Sendable {
  /// Called before the first chunk; a second time when everything comes once more.
  func begin(chunks: Int)
  func accept(_ content: [UInt8], chunk: Int, at position: Int) throws(CacheError)
}

/// Collects the content in memory.
final class MemorySink: ChunkSink {
  private let chunks = Mutex<[[UInt8]]>([])

  func begin(chunks count: Int) {
    chunks.withLock { $0 = [] }
  }

  func accept(_ content: [UInt8], chunk: Int, at position: Int) {
    chunks.withLock { chunks in
      while chunks.count <= chunk { chunks.append([]) }
      chunks[chunk] = content
    }
  }

  var content: [UInt8] {
    chunks.withLock { chunks in
      if chunks.count == 1 { return chunks[0] }
      var content: [UInt8] = []
      content.reserveCapacity(chunks.reduce(0) { $0 + $1.count })
      for chunk in chunks { content.append(contentsOf: chunk) }
      return content
    }
  }
}

/// Writes the content to a file, each chunk at its place.
struct FileSink: ChunkSink {
  let files: any FileOperations
  let descriptor: Int32
  let path: String

  func begin(chunks: Int) {}

  func accept(_ content: [UInt8], chunk: Int, at position: Int) throws(CacheError) {
    try files.writeAll(content[...], to: descriptor, path, at: position)
  }
}
