/// The size of a network with one hidden layer.
///
/// Parameters lie flat as W1 [inputs][hidden], b1 [hidden], W2 [hidden][classes], b2 [classes],
/// each row-major.
package struct Shape: Sendable, Hashable {
  package var inputs: Int
  package var hidden: Int
  package var classes: Int

  package init(inputs: Int = 784, hidden: Int, classes: Int = 10) {
    precondition(inputs > 0 && hidden > 0, "a layer has at least one unit")
    precondition((1...16).contains(classes), "the kernel computes with 1 to 16 classes")
    self.inputs = inputs
    self.hidden = hidden
    self.classes = classes
  }

  /// Where each tensor lies in the flat parameters.
  package var W1: Range<Int> { 0..<(inputs * hidden) }
  package var b1: Range<Int> { W1.upperBound..<(W1.upperBound + hidden) }
  package var W2: Range<Int> { b1.upperBound..<(b1.upperBound + hidden * classes) }
  package var b2: Range<Int> { W2.upperBound..<(W2.upperBound + classes) }

  package var parameterCount: Int { b2.upperBound }
}
