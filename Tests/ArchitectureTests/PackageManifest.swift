/// The targets that `Package.swift` declares, read from its text.
///
/// Asking SwiftPM would take a second and its lock. The reader knows calls like `.target(name: …)`
/// and the manifest's own functions; the tests fail when it finds fewer targets than folders.
struct PackageManifest {
  enum Sort: String, CaseIterable {
    case target = ".target("
    case executable = ".executableTarget("
    case test = ".testTarget("
    case system = ".systemLibrary("
    case plugin = ".plugin("
    case stage = "stage("
    case tests = "tests("
    case variant = "kernelVariant("
  }

  struct Target {
    var name: String
    var sort: Sort
    var dependencies: Set<String>
    /// Declared by a list that several targets share, whether this one uses them or not.
    var implied: Set<String> = []
    var plugins: Set<String>
    /// The folder, as far as the declaration says.
    var path: String?

    var isTest: Bool { sort == .test || sort == .tests }

    var folder: String {
      if let path { return path }
      return switch sort {
      case .stage: "Sources/Stages/\(name)"
      case .test, .tests: "Tests/\(name)"
      case .variant: "Sources/ComputeKernelVariants/\(name.dropFirst("ComputeKernel".count))"
      case .plugin: "Plugins/\(name)"
      default: "Sources/\(name)"
      }
    }
  }

  private(set) var targets: [Target] = []

  init(_ text: String) {
    guard let start = text.firstRange(of: "\n  targets: [") else { return }
    let names = Self.constants(in: text[..<start.lowerBound])
    var rest = text[start.upperBound...]
    while let (sort, call, end) = Self.nextCall(in: rest) {
      targets.append(Self.target(sort, call, names))
      rest = rest[end...]
    }
  }

  /// Names given to dependencies with `let`, and the modules they stand for.
  private static func constants(in text: Substring) -> [String: [String]] {
    var constants: [String: [String]] = [:]
    for line in text.split(separator: "\n") {
      guard let match = line.firstMatch(of: /^let (\w+): \[?Target\.Dependency\]? = (.*)$/) else {
        continue
      }
      constants[String(match.1)] = modules(in: match.2, [:])
    }
    return constants
  }

  /// The first declaration in `text`: its sort, what stands between its brackets, and where it ends.
  private static func nextCall(in text: Substring) -> (Sort, Substring, String.Index)? {
    let starts = Sort.allCases.compactMap { sort -> (Sort, Range<String.Index>)? in
      text.firstRange(of: "\n    " + sort.rawValue).map { (sort, $0) }
    }
    guard let (sort, start) = starts.min(by: { $0.1.lowerBound < $1.1.lowerBound }) else {
      return nil
    }
    var depth = 1
    var end = start.upperBound
    while end < text.endIndex, depth > 0 {
      if text[end] == "(" { depth += 1 }
      if text[end] == ")" { depth -= 1 }
      end = text.index(after: end)
    }
    return (sort, text[start.upperBound..<end].dropLast(), end)
  }

  private static func target(
    _ sort: Sort, _ call: Substring, _ names: [String: [String]]
  ) -> Target {
    let name = call.firstMatch(of: /"([^"]*)"/).map { String($0.1) } ?? ""
    let rest = call.drop { $0 != "\"" }.dropFirst(name.count + 2)
    let labelled = rest.firstRange(of: "dependencies:").map { rest[$0.upperBound...] }
    let isHelper = sort == .stage || sort == .tests
    let list = isHelper ? argument(rest) : labelled.map { argument($0) } ?? ""
    var target = Target(
      name: name, sort: sort,
      dependencies: Set(modules(in: list, names.filter { $0.value.count == 1 })),
      implied: Set(modules(in: list, names.filter { $0.value.count > 1 })),
      plugins: rest.contains("\"CodeDigest\"") ? ["CodeDigest"] : [],
      path: rest.firstMatch(of: /path: "([^"]*)"/).map { String($0.1) })
    target.implied.subtract(target.dependencies)
    switch sort {
    case .stage:
      target.dependencies.insert("StageInterface")
      target.plugins = ["CodeDigest"]
    case .tests:
      target.dependencies.insert(name)
      target.implied.insert("TestSupport")
      target.name += "Tests"
    case .variant:
      target.dependencies.insert("CCPU")
      target.name = "ComputeKernel" + name
    default: break
    }
    return target
  }

  /// The next unlabelled argument: up to a comma outside of all brackets, or a label.
  private static func argument(_ text: Substring) -> Substring {
    var depth = 0
    let start = text.drop { $0 == "," || $0 == " " || $0 == "\n" }
    let end = start.indices.first { index in
      switch start[index] {
      case "(", "[": depth += 1
      case ")", "]": depth -= 1
      case ",", ":": return depth == 0
      default: break
      }
      return depth < 0
    }
    return start[..<(end ?? start.endIndex)]
  }

  /// Modules named in an expression: strings, products by their names, and constants.
  private static func modules(in text: Substring, _ constants: [String: [String]]) -> [String] {
    let text = text.replacing(/package: "[^"]*"/, with: "")
    let strings = text.matches(of: /"([^"]*)"/).map { String($0.1) }
    let words = text.replacing(/"[^"]*"/, with: " ").matches(of: /\w+/).map { String($0.0) }
    return strings + words.flatMap { constants[$0] ?? [] }
  }
}
