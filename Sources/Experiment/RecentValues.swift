/// A few values by key; the one that was used longest ago makes room.
struct RecentValues<Key: Hashable, Value> {
  private let capacity: Int
  private var entries: [(key: Key, value: Value)] = []

  init(capacity: Int) {
    precondition(capacity > 0, "at least one value is kept")
    self.capacity = capacity
  }

  /// The value for `key`, made now unless it is there.
  mutating func value(for key: Key, _ make: () -> Value) -> Value {
    if let index = entries.firstIndex(where: { $0.key == key }) {
      let entry = entries.remove(at: index)
      entries.append(entry)
      return entry.value
    }
    // Room first: the old value and the new one need not be in memory together.
    if entries.count == capacity { entries.removeFirst() }
    let value = make()
    entries.append((key, value))
    return value
  }
}
