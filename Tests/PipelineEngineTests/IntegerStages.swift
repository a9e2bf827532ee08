import PipelineEngine
import StageInterface

/// Stage kinds whose artifacts are small integers, written as a decimal number and a line feed.
///
/// All compute `(factor · inputs + addend) mod modulus`, where the modulus is small on purpose: many
/// changes leave the result as it was. Their second output, `trace`, says which branch wrote it, so it
/// differs wherever the key does; nobody consumes it.
enum IntegerKinds {
  /// The version that every kind states; a test may set its own.
  @TaskLocal static var codeVersion = "version-1"

  static let registry = StageRegistry([
    Leaf.self, One.self, Two.self, Fold.self, Mixed.self, Pages.self,
  ])

  static let axes = (0..<8).map { "x\($0)" }

  static func declaration(_ kind: String, _ inputs: [InputDeclaration]) -> StageDeclaration {
    let whole = ParameterType.integer(-1_000_000...1_000_000)
    return StageDeclaration(
      kind: kind, summary: "Computes an integer.",
      parameters: [
        Parameter("addend", "Added.", whole, default: .integer(0)),
        Parameter("factor", "Multiplies.", whole, default: .integer(1)),
        Parameter("modulus", "Divides.", .integer(1...1_000_000), default: .integer(1_000)),
        Parameter("salt", "Enters the key alone.", whole, default: .integer(0)),
        Parameter(
          "comment", "Enters nothing.", .string, default: .string(""), affectsResult: false),
      ] + axes.map { Parameter($0, "Added.", whole, default: .integer(0)) },
      inputs: inputs,
      outputs: [
        OutputDeclaration("value", "The integer.", .file(extension: "txt")),
        OutputDeclaration("trace", "Who wrote it.", .file(extension: "txt")),
      ])
  }

  static func single(_ name: String) -> InputDeclaration {
    InputDeclaration(name, "An integer.", artifacts: ["value"])
  }

  static let collected = InputDeclaration(
    "all", "Integers.", artifacts: ["value"], isCollected: true)

  /// Reads the inputs that `declaration` has, computes, and writes both outputs.
  static func run(_ context: StageContext, _ declaration: StageDeclaration) async throws {
    try await Tape.current?.note(context)
    var inputs: [Int] = []
    for input in declaration.inputs where !input.isCollected {
      inputs.append(try integer(context.artifact(input.name, "value").read()))
    }
    var elements: [Int] = []
    for input in declaration.inputs where input.isCollected {
      elements = try context.collected(input.name).map { try integer($0.artifact("value").read()) }
    }
    let parameters = try context.parameters(as: IntegerParameters.self)
    let value = parameters.value(
      inputs: inputs, elements: elements,
      axes: axes.map { name in
        if case .integer(let value)? = context.parameters[path: name] { Int(value) } else { 0 }
      })
    try context.write("value", Array("\(value)\n".utf8))
    try context.write("trace", Array("\(context.branch) \(parameters.salt)\n".utf8))
    context.log("value \(value)")
  }

  static func integer(_ bytes: [UInt8]) throws -> Int {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.last == "\n", let value = Int(text.dropLast()) else {
      throw NoInteger(text: text)
    }
    return value
  }

  struct NoInteger: Error {
    let text: String
  }
}

struct IntegerParameters: Decodable, Hashable {
  var addend = 0
  var factor = 1
  var modulus = 1_000
  var salt = 0

  /// The rule of all kinds; elements of a collection weigh by their position.
  func value(inputs: [Int], elements: [Int], axes: [Int]) -> Int {
    var sum = addend + axes.reduce(0, +)
    for (index, input) in inputs.enumerated() { sum += (index == 0 ? factor : 1) * input }
    for (index, element) in elements.enumerated() { sum += (index + 1) * element }
    let rest = sum % modulus
    return rest < 0 ? rest + modulus : rest
  }
}

protocol IntegerStage: Stage {}

extension IntegerStage {
  static var codeVersion: String { IntegerKinds.codeVersion }

  @concurrent func run(_ context: StageContext) async throws {
    try await IntegerKinds.run(context, Self.declaration)
  }
}

/// No inputs.
struct Leaf: IntegerStage {
  static let declaration = IntegerKinds.declaration("leaf", [])
}

/// One integer.
struct One: IntegerStage {
  static let declaration = IntegerKinds.declaration("one", [IntegerKinds.single("a")])
}

/// Two integers.
struct Two: IntegerStage {
  static let declaration = IntegerKinds.declaration(
    "two", [IntegerKinds.single("a"), IntegerKinds.single("b")])
}

/// All branches of a stage.
struct Fold: IntegerStage {
  static let declaration = IntegerKinds.declaration("fold", [IntegerKinds.collected])
}

/// One integer and all branches of a stage.
struct Mixed: IntegerStage {
  static let declaration = IntegerKinds.declaration(
    "mixed", [IntegerKinds.single("a"), IntegerKinds.collected])
}

/// A folder of `count` pages; page n holds n.
struct Pages: Stage {
  static let declaration = StageDeclaration(
    kind: "pages", summary: "Writes a folder.",
    parameters: [Parameter("count", "Pages.", .integer(0...100), default: .integer(2))],
    outputs: [OutputDeclaration("book", "The pages.", .folder)])

  static var codeVersion: String { IntegerKinds.codeVersion }

  @concurrent func run(_ context: StageContext) async throws {
    try await Tape.current?.note(context)
    guard case .integer(let count)? = context.parameters[path: "count"] else { return }
    for page in 0..<count {
      try context.write("book", path: "part/\(page).txt", Array("\(page)\n".utf8))
    }
  }
}
