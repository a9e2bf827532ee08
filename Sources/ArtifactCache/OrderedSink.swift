import Synchronization

/// Gives the content on in order, as soon as it is contiguous; few chunks are in memory at once.
final class OrderedSink: ChunkSink {
  private struct State {
    var next = 0
    /// Chunks that came before their turn.
    var early: [Int: [UInt8]] = [:]
  }

  private let state = Mutex(State())
  private let receive: @Sendable ([UInt8]) -> Void

  init(_ receive: @escaping @Sendable ([UInt8]) -> Void) {
    self.receive = receive
  }

  func begin(chunks: Int) {}

  func accept(_ content: [UInt8], chunk: Int, at position: Int) {
    state.withLock { state in
      state.early[chunk] = content
      while let content = state.early.removeValue(forKey: state.next) {
        receive(content)
        state.next += 1
      }
    }
  }
}
