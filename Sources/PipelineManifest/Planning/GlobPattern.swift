/// A file pattern, compared by bytes.
///
/// `*` and `?` stay within one path component, a component `**` stands for any number of them, `[a-z]`
/// and `[!a-z]` match one byte. As in a shell, a wildcard at the beginning of a component does not match
/// a leading dot.
package struct GlobPattern: Sendable {
  private let components: [[UInt8]]

  package init(_ pattern: String) {
    components = pattern.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { Array($0) }
  }

  /// Whether a text holds a wildcard at all.
  package static func isPattern(_ text: String) -> Bool {
    text.utf8.contains {
      $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[")
    }
  }

  /// The folder before the first component with a wildcard; empty for the project.
  package static func literalFolder(_ pattern: String) -> String {
    let parts = pattern.split(separator: "/", omittingEmptySubsequences: false)
    return parts.prefix { !isPattern(String($0)) }.joined(separator: "/")
  }

  /// Whether the pattern matches a whole path.
  package func matches(_ path: String) -> Bool { reaches(path, isWhole: true) }

  /// Whether the pattern could match something below a folder.
  package func canMatchBelow(_ folder: String) -> Bool { reaches(folder, isWhole: false) }

  /// Runs over the components with the set of places in the pattern that are possible so far.
  private func reaches(_ path: String, isWhole: Bool) -> Bool {
    var places: Set<Int> = [0]
    for part in path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      let name = Array(part)
      var next: Set<Int> = []
      for place in closure(places) where place < components.count {
        if Self.isAnything(components[place]) {
          if name.first != UInt8(ascii: ".") { next.insert(place) }
        } else if Self.matches(components[place][...], name[...]) {
          next.insert(place + 1)
        }
      }
      places = next
      if places.isEmpty { return false }
    }
    if !isWhole { return places.contains { $0 < components.count } }
    // A pattern that ends in `**` matches files, not the folder itself.
    return places.contains { $0 == components.count }
      || places.contains { $0 == components.count - 1 && Self.isAnything(components[$0]) }
  }

  private func closure(_ places: Set<Int>) -> Set<Int> {
    var all = places
    for place in places {
      var next = place
      while next < components.count, Self.isAnything(components[next]) {
        next += 1
        all.insert(next)
      }
    }
    return all
  }

  private static func isAnything(_ component: [UInt8]) -> Bool {
    component == [UInt8(ascii: "*"), UInt8(ascii: "*")]
  }

  // MARK: One component

  /// Matches with one place to come back to, so that time is at most the product of the lengths.
  private static func matches(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    if name.first == UInt8(ascii: "."), pattern.first != UInt8(ascii: ".") { return false }
    var p = pattern.startIndex
    var n = name.startIndex
    var star: (pattern: Int, name: Int)?
    while n < name.endIndex {
      if p < pattern.endIndex, pattern[p] == UInt8(ascii: "*") {
        p += 1
        star = (p, n)
      } else if p < pattern.endIndex, let next = step(pattern, p, name[n]) {
        p = next
        n += 1
      } else if let back = star {
        star = (back.pattern, back.name + 1)
        p = back.pattern
        n = back.name + 1
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
  }

  /// The place in the pattern after it has matched one byte; nil when it does not.
  private static func step(_ pattern: ArraySlice<UInt8>, _ place: Int, _ byte: UInt8) -> Int? {
    switch pattern[place] {
    case UInt8(ascii: "?"): return place + 1
    case UInt8(ascii: "["):
      guard let (matches, next) = bracket(pattern, place, byte) else {
        return byte == UInt8(ascii: "[") ? place + 1 : nil
      }
      return matches ? next : nil
    default: return pattern[place] == byte ? place + 1 : nil
    }
  }

  /// Whether a class matches a byte, and the place after it; nil where the bracket is not closed.
  private static func bracket(
    _ pattern: ArraySlice<UInt8>, _ place: Int, _ byte: UInt8
  ) -> (Bool, Int)? {
    var index = place + 1
    let isNegated = index < pattern.endIndex && (pattern[index] == 0x21 || pattern[index] == 0x5E)
    if isNegated { index += 1 }
    let first = index
    var isIn = false
    while index < pattern.endIndex, pattern[index] != UInt8(ascii: "]") || index == first {
      if index + 2 < pattern.endIndex, pattern[index + 1] == UInt8(ascii: "-"),
        pattern[index + 2] != UInt8(ascii: "]")
      {
        isIn = isIn || pattern[index] <= byte && byte <= pattern[index + 2]
        index += 3
      } else {
        isIn = isIn || pattern[index] == byte
        index += 1
      }
    }
    return index < pattern.endIndex ? (isIn != isNegated, index + 1) : nil
  }
}
