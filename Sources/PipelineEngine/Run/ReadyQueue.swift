import PipelineManifest

/// Branches that have no valid result and wait for a free core, nearest the pipeline's end first.
///
/// A binary heap on the stage's depth, then on the order of the plan.
struct ReadyQueue {
  /// An object, since a heap moves its elements many times and this is a large one.
  final class Item: Sendable {
    let work: BranchWork

    init(_ work: BranchWork) {
      self.work = work
    }
  }

  private var heap: [Item] = []

  var first: Item? { heap.first }
  var isEmpty: Bool { heap.isEmpty }

  mutating func insert(_ item: Item) {
    heap.append(item)
    var child = heap.count - 1
    while child > 0, precedes(child, (child - 1) / 2) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func removeFirst() -> Item? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    guard !heap.isEmpty else { return first }
    heap[0] = last
    var parent = 0
    while let child = smallerChild(of: parent), precedes(child, parent) {
      heap.swapAt(child, parent)
      parent = child
    }
    return first
  }

  private func smallerChild(of parent: Int) -> Int? {
    let left = 2 * parent + 1
    guard left < heap.count else { return nil }
    return left + 1 < heap.count && precedes(left + 1, left) ? left + 1 : left
  }

  private func precedes(_ first: Int, _ second: Int) -> Bool {
    let (one, other) = (heap[first], heap[second])
    return
      (one.work.stage.depth, one.work.branch.id) < (other.work.stage.depth, other.work.branch.id)
  }
}
