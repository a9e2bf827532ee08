extension Planner {
  /// For each stage the edges on the longest way to one that nobody reads; complains about cycles.
  mutating func depths() -> [Int] {
    let sources = work.map { Array(Set($0.edges.map(\.stage))).sorted() }
    var depths = [Int](repeating: 0, count: work.count)
    var readers = [Int](repeating: 0, count: work.count)
    for list in sources { for source in list { readers[source] += 1 } }
    var order = work.indices.filter { readers[$0] == 0 }
    var next = 0
    while next < order.count {
      let stage = order[next]
      next += 1
      for source in sources[stage] {
        depths[source] = max(depths[source], depths[stage] + 1)
        readers[source] -= 1
        if readers[source] == 0 { order.append(source) }
      }
    }
    if order.count < work.count { tellCycles(among: Set(work.indices).subtracting(order), sources) }
    return depths
  }

  /// Tells one shortest cycle for each knot of stages that read each other.
  private mutating func tellCycles(among rest: Set<Int>, _ sources: [[Int]]) {
    var told: Set<Int> = []
    var budget = 200
    for stage in rest.sorted() where !told.contains(stage) && budget > 0 {
      budget -= 1
      let (cycle, reached) = cycle(through: stage, within: rest, sources)
      guard let cycle else {
        // Nothing that is reached without coming back here can close a cycle with this stage.
        told.insert(stage)
        continue
      }
      told.formUnion(reached)
      tell(cycle)
    }
  }

  /// A shortest way from a stage along what it reads back to itself, and the stages on any way.
  private func cycle(
    through start: Int, within rest: Set<Int>, _ sources: [[Int]]
  ) -> (cycle: [Int]?, reached: Set<Int>) {
    var cameFrom: [Int: Int] = [:]
    var queue = [start]
    var next = 0
    var last: Int?
    while next < queue.count {
      let stage = queue[next]
      next += 1
      for source in sources[stage] where rest.contains(source) {
        if source == start {
          last = last ?? stage
        } else if cameFrom[source] == nil {
          cameFrom[source] = stage
          queue.append(source)
        }
      }
    }
    guard var stage = last else { return (nil, Set(queue)) }
    var way = [stage]
    while stage != start, let before = cameFrom[stage] {
      way.append(before)
      stage = before
    }
    return (way.reversed(), Set(queue))
  }

  private mutating func tell(_ cycle: [Int]) {
    let first = cycle[0]
    let second = cycle.count > 1 ? cycle[1] : first
    let shown = cycle.prefix(12).map { draft.stages[$0].name }
    let rest = cycle.count > 12 ? " → … (\(cycle.count) stages)" : ""
    let edge = work[first].edges.first { $0.stage == second }
    let offset =
      edge.map { draft.stages[first].inputs[$0.input].offset } ?? draft.stages[first].offset
    log.add(
      at: offset, "stages read each other in a cycle",
      found: shown.joined(separator: " → ") + rest + " → \(draft.stages[first].name)",
      expected: "no stage that needs itself (each here reads the next)")
  }
}
