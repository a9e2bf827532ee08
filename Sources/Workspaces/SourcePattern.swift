/// Which files an input takes from the project (or, where it is absolute, from the machine).
///
/// - `file`: one file, relative to the project or absolute.
/// - `folder`: every file below a folder, hidden ones included, relative or absolute.
/// - `glob`: every file that a ``Glob`` matches; wildcards leave hidden files out.
///
/// Folders and globs never enter `.git`, the cache or the store. Links are followed to the content they lead to, as
/// long as that lies in the project; in folders and globs, links to nothing, devices, pipes and sockets
/// count as absent.
package enum SourcePattern: Sendable, Hashable {
  case file(String)
  case folder(String)
  case glob(String)

  package var text: String {
    switch self {
    case .file(let text), .folder(let text), .glob(let text): text
    }
  }

  package static func == (left: SourcePattern, right: SourcePattern) -> Bool {
    left.rank == right.rank && left.text.utf8.elementsEqual(right.text.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(rank)
    for byte in text.utf8 { hasher.combine(byte) }
  }

  private var rank: Int {
    switch self {
    case .file: 0
    case .folder: 1
    case .glob: 2
    }
  }
}
