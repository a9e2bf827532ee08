extension Plan {
  /// Stages in an order in which each comes after those that it reads.
  package var stageOrder: [Int] {
    stages.indices.sorted { (stages[$1].depth, $0) < (stages[$0].depth, $1) }
  }

  /// `branches` and all that they need, ascending; linear in the size of the plan.
  package func upstream(of branches: some Sequence<BranchID>) -> [BranchID] {
    var isIn = [Bool](repeating: false, count: self.branches.count)
    var isSeen = [Bool](repeating: false, count: collections.count)
    var waiting: [BranchID] = []
    func add(_ id: BranchID) {
      if isIn[id] { return }
      isIn[id] = true
      waiting.append(id)
    }
    for id in branches { add(id) }
    while let id = waiting.popLast() {
      for source in self.branches[id].dependencies { add(source) }
      for collection in self.branches[id].collections where !isSeen[collection] {
        isSeen[collection] = true
        for source in collections[collection].branches { add(source) }
      }
    }
    return isIn.indices.filter { isIn[$0] }
  }
}
