/// The first place at which an output that was made again differs from the stored one.
package struct OutputDifference: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// The files differ from this byte on, counted from 0; where one is the beginning of the other,
    /// this is its length.
    case content(offset: Int)
    /// Only the stored result has it.
    case missing
    /// Only what was made again has it.
    case new
    /// Another sort of thing, an executable bit, or a link to another place.
    case form
  }

  package let output: String
  /// Within a folder output; nil: the output itself.
  package let path: String?
  package let kind: Kind
}
