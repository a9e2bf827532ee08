import Foundation

/// What a running branch sees: its parameters, its inputs, a place for its outputs, and who listens.
public struct StageContext: Sendable {
  /// The branch as people write it (`train@model=7`).
  public let branch: String
  /// How many threads this branch may use; never a reason for other bytes.
  public let cores: Int
  /// Every declared parameter, defaults filled in and axes applied.
  public let parameters: ParameterValue
  /// Single inputs by name, then by artifact name.
  public let inputs: [String: [String: Artifact]]
  /// Collected inputs by name, in the order of the plan.
  public let collectedInputs: [String: [CollectedBranch]]
  /// A folder for what should survive a failed attempt (a partial download); created on first use.
  public let workFolder: String
  private let services: any StageServices

  public init(
    branch: String, cores: Int, parameters: ParameterValue,
    inputs: [String: [String: Artifact]], collectedInputs: [String: [CollectedBranch]],
    workFolder: String, services: any StageServices
  ) {
    self.branch = branch
    self.cores = cores
    self.parameters = parameters
    self.inputs = inputs
    self.collectedInputs = collectedInputs
    self.workFolder = workFolder
    self.services = services
  }

  /// The parameters as a type of the stage's own.
  public func parameters<T: Decodable>(as type: T.Type) throws -> T {
    try JSONDecoder().decode(type, from: Data(parameters.description.utf8))
  }

  /// The artifact `artifact` of the single input `input`; both must be declared.
  public func artifact(_ input: String, _ artifact: String) throws -> Artifact {
    guard let found = inputs[input]?[artifact] else {
      throw StageInterfaceError.undeclared("artifact '\(artifact)' of input '\(input)'")
    }
    return found
  }

  /// The branches of the collected input `input`, in the order of the plan.
  public func collected(_ input: String) throws -> [CollectedBranch] {
    guard let found = collectedInputs[input] else {
      throw StageInterfaceError.undeclared("collected input '\(input)'")
    }
    return found
  }

  /// Stores `bytes` as the file output `output`.
  public func write(_ output: String, _ bytes: [UInt8]) throws {
    try services.write(output: output, path: nil, bytes: bytes)
  }

  /// Stores `bytes` at the relative `path` of the folder output `output`.
  public func write(_ output: String, path: String, _ bytes: [UInt8]) throws {
    try services.write(output: output, path: path, bytes: bytes)
  }

  /// Content the store already has under this SHA-256 (64 hexadecimal digits), verified; else nil.
  public func storedContent(sha256: String) throws -> [UInt8]? {
    try services.storedContent(sha256: sha256)
  }

  /// Tells how far the work is: `completed` of `total` steps, in words like `epochs` or `MB`.
  public func progress(_ completed: Int, of total: Int, _ unit: String) {
    services.progress(completed: completed, total: total, unit: unit)
  }

  /// Adds a line to the branch's log.
  public func log(_ line: String) {
    services.log(line)
  }

  /// A value computed once a run and shared by all branches that ask under the same name.
  ///
  /// The name must contain the digests of whatever the value is made from.
  public func shared<T: Sendable>(
    _ name: String, _ make: @escaping @Sendable () async throws -> T
  ) async throws -> T {
    let value = try await services.shared(name) { try await make() }
    guard let typed = value as? T else {
      throw StageInterfaceError.undeclared("shared value '\(name)' of type \(T.self)")
    }
    return typed
  }
}

/// One branch of a collected input: its axis values as text, by axis name, and its artifacts by name.
public struct CollectedBranch: Sendable {
  public let axes: [String: String]
  public let artifacts: [String: Artifact]

  public init(axes: [String: String], artifacts: [String: Artifact]) {
    self.axes = axes
    self.artifacts = artifacts
  }

  public func artifact(_ name: String) throws -> Artifact {
    guard let found = artifacts[name] else {
      throw StageInterfaceError.undeclared("artifact '\(name)'")
    }
    return found
  }
}

/// Stored content that an input names; reading verifies it.
public struct Artifact: Sendable {
  /// SHA-256 of the content, 64 hexadecimal digits.
  public let digest: String
  /// Bytes of content.
  public let size: Int
  private let load: @Sendable () throws -> [UInt8]

  public init(digest: String, size: Int, load: @escaping @Sendable () throws -> [UInt8]) {
    self.digest = digest
    self.size = size
    self.load = load
  }

  /// The whole content.
  public func read() throws -> [UInt8] { try load() }
}

/// What the engine does for a running branch; stages use it through ``StageContext``.
public protocol StageServices: Sendable {
  func write(output: String, path: String?, bytes: [UInt8]) throws
  func storedContent(sha256: String) throws -> [UInt8]?
  func progress(completed: Int, total: Int, unit: String)
  func log(_ line: String)
  func shared(
    _ name: String, _ make: @escaping @Sendable () async throws -> any Sendable
  ) async throws -> any Sendable
}

/// A stage asked for something it does not declare: a mistake in the stage's code.
public enum StageInterfaceError: Error, CustomStringConvertible {
  case undeclared(String)

  public var description: String {
    switch self {
    case .undeclared(let what): "the stage asks for \(what), which it does not declare"
    }
  }
}
