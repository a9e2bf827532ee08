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
    if text.utf8.first == Self.slash { throw .unsafePath(text, .absolute) }
    if Self.isPlain(text.utf8) {
      self.text = text
      return
    }
    if text.utf8.contains(0) { throw .unsafePath(text, .containsNUL) }
    let components = text.utf8.split(separator: Self.slash).filter {
      !$0.elementsEqual(".".utf8)
    }
    if components.contains(where: { $0.elementsEqual("..".utf8) }) {
      throw .unsafePath(text, .leavesProject)
    }
    if components.isEmpty { throw .unsafePath(text, .empty) }
    self.text = components.map { String(Substring($0)) }.joined(separator: "/")
  }

  private static let slash = UInt8(ascii: "/")

  /// Whether no component is empty, `.` or `..` and no byte is NUL; one pass, since most paths are plain.
  private static func isPlain(_ bytes: String.UTF8View) -> Bool {
    let dot = UInt8(ascii: ".")
    var (length, dots) = (0, 0)
    for byte in bytes {
      if byte == 0 { return false }
      if byte == slash {
        if dots == length && length <= 2 { return false }
        (length, dots) = (0, 0)
      } else {
        length += 1
        if byte == dot { dots += 1 }
      }
    }
    return dots != length || length > 2
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
    PathBytes(text: left.text) == PathBytes(text: right.text)
  }

  package static func < (left: ProjectPath, right: ProjectPath) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    PathBytes(text: text).hash(into: &hasher)
  }

  package var description: String { text }
}
