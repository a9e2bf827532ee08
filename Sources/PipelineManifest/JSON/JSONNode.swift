/// One value (or key) of a JSON text, in 16 bytes.
///
/// Nodes stand in the order of the text: an array is followed by its elements, an object by key, value,
/// key, value. A string is a piece of the text; it is decoded when somebody asks.
struct JSONNode {
  enum Kind: UInt8 {
    case null
    case boolean
    case integer
    case number
    case string
    case array
    case object
    /// Stands where something unreadable was; its slip has been told, so nobody complains again.
    case invalid
  }

  let kind: Kind
  /// For strings: whether there are escapes or bytes that are no UTF-8.
  var needsDecoding = false
  /// For strings: whether equal texts have equal bytes, because they are ASCII without escapes.
  var isPlain = false
  /// First byte; of a string: its opening quote.
  let start: UInt32
  /// Past the last byte.
  var end: UInt32
  /// The node after this one and all that it holds.
  var next: Int32
}

/// Index of a node in ``JSONDocument/nodes``.
typealias NodeID = Int

/// Something in a text that is not JSON.
struct JSONSlip {
  let offset: Int
  let message: String
  var found: String?
  var expected: String?
}
