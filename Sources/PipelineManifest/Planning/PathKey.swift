/// A path as file systems compare it: by bytes, where `String` equates spellings of one character.
struct PathKey: Hashable {
  let path: String

  static func == (left: PathKey, right: PathKey) -> Bool {
    left.path.utf8.elementsEqual(right.path.utf8)
  }

  func hash(into hasher: inout Hasher) {
    let isDone: Void? = path.utf8.withContiguousStorageIfAvailable {
      hasher.combine(bytes: UnsafeRawBufferPointer($0))
    }
    if isDone == nil { for byte in path.utf8 { hasher.combine(byte) } }
  }
}
