/// Values that several branches need and that are made once a run, such as a decoded data set.
actor SharedValues {
  private var values: [String: Task<any Sendable, any Error>] = [:]

  /// The value under `name`, made by `make` if nobody has asked before; a failure is not kept.
  func value(
    _ name: String, _ make: @escaping @Sendable () async throws -> any Sendable
  ) async throws -> any Sendable {
    if let started = values[name] { return try await started.value }
    let task = Task { try await make() }
    values[name] = task
    do {
      return try await task.value
    } catch {
      values[name] = nil
      throw error
    }
  }
}
