/// One parameter of a stage kind: its name, what it may be, and what it is when nobody says.
public struct Parameter: Sendable {
  public var name: String
  /// One sentence for `docs/`, the JSON Schema and an editor's tooltip; with the unit where it has one.
  public var summary: String
  public var type: ParameterType
  /// Filled in when the parameter is absent; nil: absent stays absent unless `isRequired`.
  public var defaultValue: ParameterValue?
  public var isRequired: Bool
  /// False for what cannot change the result (where to download from); such a parameter is in no key.
  public var affectsResult: Bool

  public init(
    _ name: String, _ summary: String, _ type: ParameterType,
    default defaultValue: ParameterValue? = nil,
    isRequired: Bool = false, affectsResult: Bool = true
  ) {
    self.name = name
    self.summary = summary
    self.type = type
    self.defaultValue = defaultValue
    self.isRequired = isRequired
    self.affectsResult = affectsResult
  }
}

/// What a parameter's value may be: the manifest checks it, the JSON Schema publishes it.
public indirect enum ParameterType: Sendable {
  case boolean
  case integer(ClosedRange<Int64>)
  case number(NumberRange)
  case string
  /// One of these words.
  case choice([String])
  case list(of: ParameterType, count: ClosedRange<Int>)
  /// One value, or a list of them; one value stays what it is and is no list of one.
  case oneOrMore(of: ParameterType, count: ClosedRange<Int>)
  case object([Parameter])
  /// An object whose member `tag` names one of the cases and so decides which other members it has.
  case variant(tag: String, cases: [Variant])

  public struct Variant: Sendable {
    public var name: String
    public var parameters: [Parameter]

    public init(_ name: String, _ parameters: [Parameter]) {
      self.name = name
      self.parameters = parameters
    }
  }
}

/// An interval of doubles, each end open or closed.
public struct NumberRange: Sendable {
  public var lower: Double
  public var upper: Double
  public var includesLower: Bool
  public var includesUpper: Bool

  public init(
    from lower: Double, to upper: Double, includesLower: Bool = true, includesUpper: Bool = true
  ) {
    self.lower = lower
    self.upper = upper
    self.includesLower = includesLower
    self.includesUpper = includesUpper
  }

  /// 0 < x ≤ upper.
  public static func positive(to upper: Double) -> NumberRange {
    NumberRange(from: 0, to: upper, includesLower: false)
  }

  public func contains(_ value: Double) -> Bool {
    (includesLower ? value >= lower : value > lower)
      && (includesUpper ? value <= upper : value < upper)
  }
}
