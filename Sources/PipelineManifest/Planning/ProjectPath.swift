/// Paths in the normal form of a plan: no `./`, no `//`, no trailing `/`, never out of the project.
enum ProjectPath {
  struct Refusal: Error {
    let message: String
    let expected: String
  }

  /// The normal form of a project-relative path.
  ///
  /// - Parameters:
  ///   - text: As written, axes filled in.
  ///   - isAbsoluteAllowed: True for inputs.
  /// - Returns: The path; empty for the project itself.
  /// - Throws: ``Refusal`` for paths that leave the project or that no file system has.
  static func normal(_ text: String, isAbsoluteAllowed: Bool) throws(Refusal) -> String {
    if isNormal(text) { return text }
    guard !text.utf8.contains(0) else {
      throw Refusal(message: "the path holds a NUL character", expected: "a path")
    }
    let isAbsolute = text.utf8.first == UInt8(ascii: "/")
    guard !isAbsolute || isAbsoluteAllowed else {
      throw Refusal(message: "the path is absolute", expected: "a path inside the project")
    }
    var parts: [Substring.UTF8View] = []
    for part in text.utf8.split(separator: UInt8(ascii: "/")) {
      if part.elementsEqual(".".utf8) { continue }
      guard !part.elementsEqual("..".utf8) else {
        throw Refusal(
          message: "the path has a '..'",
          expected: isAbsoluteAllowed
            ? "a path inside the project, or an absolute one" : "a path inside the project")
      }
      guard part.count <= 255 else {
        throw Refusal(message: "a part of the path is too long", expected: "at most 255 bytes")
      }
      parts.append(part)
    }
    return (isAbsolute ? "/" : "") + parts.map { String(Substring($0)) }.joined(separator: "/")
  }

  /// Whether a relative path is in normal form already, by one look at its bytes.
  private static func isNormal(_ text: String) -> Bool {
    var length = 0
    var dots = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "/"):
        if length == 0 || length == dots && length <= 2 || length > 255 { return false }
        length = 0
        dots = 0
      case 0: return false
      default:
        if byte == UInt8(ascii: ".") { dots += 1 }
        length += 1
      }
    }
    return length > 0 && length <= 255 && !(length == dots && length <= 2)
  }

  /// Whether `path` is `folder` or lies in it.
  static func lies(_ path: String, in folder: String) -> Bool {
    if folder.isEmpty { return true }
    let (path, folder) = (path.utf8, folder.utf8)
    guard path.starts(with: folder) else { return false }
    return path.count == folder.count || path.dropFirst(folder.count).first == UInt8(ascii: "/")
  }

  /// The folder that a path lies in; nil at the top.
  static func parent(_ path: String) -> String? {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash > path.startIndex else {
      return nil
    }
    return String(path[..<slash])
  }
}
