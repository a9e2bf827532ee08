/// Shares work out to threads in pieces that do not depend on how many threads there are.
enum Pieces {
  /// The results of `body` for 0 ..< count, in order, computed by at most `cores` threads.
  ///
  /// `body` is given ranges that make up 0 ..< count; each must yield a result for every index.
  static func map<Result: Sendable>(
    _ count: Int, cores: Int, pieces: Int = 64,
    _ body: @escaping @Sendable (Range<Int>) -> [Result]
  ) async throws -> [Result] {
    let ranges = (0..<pieces).map { count * $0 / pieces..<count * ($0 + 1) / pieces }
    return try await map(ranges, cores: cores, body)
  }

  /// The same for given ranges, whose results are joined in their order.
  static func map<Result: Sendable>(
    _ ranges: [Range<Int>], cores: Int, _ body: @escaping @Sendable (Range<Int>) -> [Result]
  ) async throws -> [Result] {
    let ranges = ranges.filter { !$0.isEmpty }
    var results = [[Result]](repeating: [], count: ranges.count)
    try await withThrowingTaskGroup(of: (Int, [Result]).self) { group in
      var next = 0
      func start() {
        guard next < ranges.count else { return }
        let (index, range) = (next, ranges[next])
        next += 1
        group.addTask {
          try Task.checkCancellation()
          return (index, body(range))
        }
      }
      for _ in 0..<max(1, cores) { start() }
      while let (index, result) = try await group.next() {
        results[index] = result
        start()
      }
    }
    return results.flatMap { $0 }
  }
}
