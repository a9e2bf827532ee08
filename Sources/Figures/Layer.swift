/// A place in the units of the data.
package struct Point: Sendable, Equatable {
  package var x: Double
  package var y: Double

  package init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// What a band covers at one x.
package struct BandSlice: Sendable, Equatable {
  package var x: Double
  package var lower: Double
  package var upper: Double

  package init(x: Double, lower: Double, upper: Double) {
    self.x = x
    self.lower = lower
    self.upper = upper
  }
}

/// A dot with an interval through it.
package struct Whisker: Sendable, Equatable {
  package var x: Double
  package var value: Double
  package var lower: Double
  package var upper: Double

  package init(x: Double, value: Double, lower: Double, upper: Double) {
    self.x = x
    self.value = value
    self.lower = lower
    self.upper = upper
  }
}

/// One thing drawn in a panel, in the order of the panel's layers.
package struct Layer: Sendable {
  package enum Content: Sendable {
    /// Translucent dots, so that overlap is seen.
    case points([Point])
    case line([Point], Stroke)
    /// Filled between lower and upper.
    case band([BandSlice])
    case bars(Bins)
    /// Dots with vertical whiskers.
    case whiskers([Whisker])
    /// A line across the whole panel at one x; its name stands above the plot, not in the legend.
    case vertical(Double, Stroke)
    /// A line across the whole panel at one y.
    case horizontal(Double, Stroke)
    /// A shaded stripe between two values of y, across the whole panel.
    case stripe(ClosedRange<Double>)
  }

  package var content: Content
  package var color: Palette
  /// What the legend calls it; nil: not in the legend.
  package var name: String?

  package init(_ content: Content, _ color: Palette, name: String? = nil) {
    self.content = content
    self.color = color
    self.name = name
  }
}

extension Layer {
  /// Every place the layer must be able to show; a nil coordinate asks nothing of that axis.
  var extent: [(x: Double?, y: Double?)] {
    switch content {
    case .points(let points), .line(let points, _): points.map { ($0.x, $0.y) }
    case .band(let points): points.flatMap { [($0.x, $0.lower), ($0.x, $0.upper)] }
    case .bars(let bins):
      bins.bars.flatMap { [($0.lower, 0), ($0.upper, Double($0.count))] }
    case .whiskers(let whiskers):
      whiskers.flatMap { [($0.x, $0.lower), ($0.x, $0.value), ($0.x, $0.upper)] }
    case .vertical(let x, _): [(x, nil)]
    case .horizontal(let y, _): [(nil, y)]
    case .stripe(let range): [(nil, range.lowerBound), (nil, range.upperBound)]
    }
  }

  /// True where the layer shows data, not a reference.
  var isData: Bool {
    switch content {
    case .vertical, .horizontal, .stripe: false
    case .points(let points), .line(let points, _): !points.isEmpty
    case .band(let points): !points.isEmpty
    case .bars(let bins): !bins.bars.isEmpty
    case .whiskers(let whiskers): !whiskers.isEmpty
    }
  }
}
