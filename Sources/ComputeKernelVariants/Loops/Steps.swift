extension Loops {
  /// w −= η(g + decay·w), and g becomes 0; both have one length.
  @inline(never)
  package static func sgdStep(
    w: inout MutableFloats, g: inout MutableFloats, rate: Float, decay: Float
  ) {
    precondition(w.floats == g.floats)
    for k in stride(from: 0, to: w.floats, by: 16) {
      let old = w.lanes(at: k)
      let gradient = g.lanes(at: k).plus(decay, times: old)
      w.store(old.plus(-rate, times: gradient), at: k)
      g.store(Lanes(), at: k)
    }
  }

  /// v = μv − ηg; w += v, or with `ahead` w += μv − ηg; g includes decay·w and becomes 0.
  @inline(never)
  package static func momentumStep(
    w: inout MutableFloats, g: inout MutableFloats, v: inout MutableFloats, rate: Float,
    momentum: Float, ahead: Bool, decay: Float
  ) {
    precondition(w.floats == g.floats && w.floats == v.floats)
    for k in stride(from: 0, to: w.floats, by: 16) {
      let old = w.lanes(at: k)
      let push = g.lanes(at: k).plus(decay, times: old) * -rate
      let velocity = push.plus(momentum, times: v.lanes(at: k))
      v.store(velocity, at: k)
      w.store(old + (ahead ? push.plus(momentum, times: velocity) : velocity), at: k)
      g.store(Lanes(), at: k)
    }
  }

  /// s = ρs + (1−ρ)g²; w −= ηg/(√s + ε); g includes decay·w and becomes 0.
  @inline(never)
  package static func rmspropStep(
    w: inout MutableFloats, g: inout MutableFloats, s: inout MutableFloats, rate: Float,
    rho: Float, rest: Float, epsilon: Float, decay: Float
  ) {
    precondition(w.floats == g.floats && w.floats == s.floats)
    for k in stride(from: 0, to: w.floats, by: 16) {
      let old = w.lanes(at: k)
      let gradient = g.lanes(at: k).plus(decay, times: old)
      let second = (gradient * gradient * rest).plus(rho, times: s.lanes(at: k))
      s.store(second, at: k)
      w.store(old - gradient * rate / (second.root + epsilon), at: k)
      g.store(Lanes(), at: k)
    }
  }

  /// m = β1m + (1−β1)g; v = β2v + (1−β2)g²; w −= rate·m/(√v + ε); g includes decay·w and becomes 0.
  ///
  /// `rate` is η·√(1−β2ᵗ)/(1−β1ᵗ) of this step.
  @inline(never)
  package static func adamStep(
    w: inout MutableFloats, g: inout MutableFloats, m: inout MutableFloats,
    v: inout MutableFloats, rate: Float, beta1: Float, rest1: Float, beta2: Float, rest2: Float,
    epsilon: Float, decay: Float
  ) {
    precondition(w.floats == g.floats && w.floats == m.floats)
    precondition(w.floats == v.floats)
    for k in stride(from: 0, to: w.floats, by: 16) {
      let old = w.lanes(at: k)
      let gradient = g.lanes(at: k).plus(decay, times: old)
      let first = (gradient * rest1).plus(beta1, times: m.lanes(at: k))
      let second = (gradient * gradient * rest2).plus(beta2, times: v.lanes(at: k))
      m.store(first, at: k)
      v.store(second, at: k)
      w.store(old - first * rate / (second.root + epsilon), at: k)
      g.store(Lanes(), at: k)
    }
  }

  /// moved = w + scale·g, for the ascent of sharpness-aware minimisation; g becomes 0.
  @inline(never)
  package static func ascend(
    w: Floats, g: inout MutableFloats, scale: Float, moved: inout MutableFloats
  ) {
    precondition(w.floats == g.floats && w.floats == moved.floats)
    for k in stride(from: 0, to: w.floats, by: 16) {
      moved.store(w.lanes(at: k).plus(scale, times: g.lanes(at: k)), at: k)
      g.store(Lanes(), at: k)
    }
  }
}
