/// What a transfer may take before it is given up.
package struct TransferLimits: Sendable {
  /// Until a connection stands, name look-up included.
  package var connectSeconds = 20
  /// A transfer slower than `stallBytesPerSecond` for this long has stalled.
  package var stallSeconds = 30
  package var stallBytesPerSecond = 500
  package var redirects = 5
  /// How often a transfer that was cut in the middle is taken up again.
  package var resumptions = 5
  /// Bytes of one file, compressed and uncompressed; the largest of MNIST has 47 MB.
  package var fileSize = 64 << 20
  /// Bytes of a package, and of one file in it.
  package var packageSize = 256 << 20
  /// For a program that fetches a package.
  package var programSeconds = 900

  package init() {}
}
