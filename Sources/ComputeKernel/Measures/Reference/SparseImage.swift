/// One image as its pixels that are not 0.
struct SparseImage {
  let columns: [UInt16]
  let values: [UInt8]
  let label: Int

  init(_ n: Int, of images: LabelledImages) {
    let size = images.pixelsPerImage
    let pixels = images.pixels[n * size..<(n + 1) * size]
    let used = pixels.indices.filter { pixels[$0] != 0 }
    columns = used.map { UInt16($0 - n * size) }
    values = used.map { pixels[$0] }
    label = Int(images.labels[n])
  }

  /// Σ x².
  var squaredNorm: Double {
    var sum = 0
    for value in values { sum += Int(value) * Int(value) }
    return Double(sum) / (255 * 255)
  }

  /// xᵀM for a matrix M [inputs][width] that begins the span; or with x² in the place of x.
  func product(_ matrix: Span<Double>, width: Int, squared: Bool = false) -> [Double] {
    var result = [Double](repeating: 0, count: width)
    var sums = result.mutableSpan
    let columns = columns.span
    let values = values.span
    for k in 0..<columns.count {
      let brightness = Double(values[k]) / 255
      let x = squared ? brightness * brightness : brightness
      let row = matrix.extracting(Int(columns[k]) * width..<(Int(columns[k]) + 1) * width)
      for j in 0..<width { sums[j] += x * row[j] }
    }
    return result
  }

  /// Adds the outer product of the image and `delta` to a matrix [inputs][delta.count].
  func addOuter(_ delta: Span<Double>, to matrix: inout MutableSpan<Double>) {
    let width = delta.count
    let columns = columns.span
    let values = values.span
    for k in 0..<columns.count {
      let x = Double(values[k]) / 255
      let row = Int(columns[k]) * width
      for j in 0..<width { matrix[row + j] += x * delta[j] }
    }
  }
}
