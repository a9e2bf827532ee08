/// A place inside a folder, usually the project: relative, plain, and compared byte by byte.
///
/// Never empty, never absolute, without `.`, `..`, empty components or NUL. Swift's `==` on `String`
/// equates different spellings of `é`; file systems do not, and neither does this type.
package struct ProjectPath: Sendable {
  /// The components, separated by `/`.
  package let text: String

  /// The place that `text` names; `./`, doubled and trailing slashes are dropped.
  package init(_ text: String) throws(WorkspaceError) {
    if text.isEmpty { throw .unsafePath(text, .empty) }
    if text.utf8.first == UInt8(ascii: "/") { throw .unsafePath(text, .absolute) }
    if text.utf8.contains(0) { throw .unsafePath(text, .containsNUL) }
    let components = text.utf8.split(separator: UInt8(ascii: "/")).filter {
      !$0.elementsEqual(".".utf8)
    }
    if components.contains(where: { $0.elementsEqual("..".utf8) }) {
      throw .unsafePath(text, .leavesProject)
    }
    if components.isEmpty { throw .unsafePath(text, .empty) }
    let plainCount = components.reduce(components.count - 1) { $0 + $1.count }
    self.text =
      plainCount == text.utf8.count
      ? text : components.map { String(Substring($0)) }.joined(separator: "/")
  }

  private init(plain text: String) {
    self.text = text
  }
}

extension ProjectPath {
  package var components: [String] {
    text.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
  }

  /// The last component.
  package var name: String {
    guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) else { return text }
    return String(text[text.utf8.index(after: slash)...])
  }

  /// The folder that holds it; nil at the top.
  package var parent: ProjectPath? {
    guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    return ProjectPath(plain: String(text[..<slash]))
  }

  /// The place `name` in this folder; `name` is one component as a file system gave it.
  func appending(_ name: String) -> ProjectPath {
    ProjectPath(plain: text + "/" + name)
  }

  /// The place `name` in `folder`, or at the top where there is none.
  static func child(_ name: String, of folder: ProjectPath?) -> ProjectPath {
    folder?.appending(name) ?? ProjectPath(plain: name)
  }

  /// Whether it lies below `folder`, at any depth.
  package func isInside(_ folder: ProjectPath) -> Bool {
    text.utf8.count > folder.text.utf8.count + 1
      && text.utf8.starts(with: folder.text.utf8)
      && text.utf8.dropFirst(folder.text.utf8.count).first == UInt8(ascii: "/")
  }

  /// The folders that hold it, the outermost first.
  package var ancestors: [ProjectPath] {
    text.utf8.indices.filter { text.utf8[$0] == UInt8(ascii: "/") }
      .map { ProjectPath(plain: String(text[..<$0])) }
  }
}

extension ProjectPath {
  /// Its bytes, as listings and the project's records keep it.
  package var bytes: [UInt8] { Array(text.utf8) }

  /// The place that these bytes name.
  package init(bytes: [UInt8]) throws(WorkspaceError) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .nameIsNotUTF8(folder: ".", name: bytes)
    }
    try self.init(text)
  }
}

extension ProjectPath: Hashable, Comparable, CustomStringConvertible {
  package static func == (left: ProjectPath, right: ProjectPath) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  package static func < (left: ProjectPath, right: ProjectPath) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }

  package var description: String { text }
}
