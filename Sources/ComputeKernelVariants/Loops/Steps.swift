extension Loops {
  /// w −= η(g + decay·w); both have one length.
  @inline(never)
  package static func sgdStep(
    w: inout MutableFloats, g: Floats, rate: Float, decay: Float
  ) {
    precondition(w.count == g.count)
    for k in 0..<w.count {
      let old = w[k]
      let gradient = g[k].plus(decay, times: old)
      w[k] = old.plus(-rate, times: gradient)
    }
  }

  /// v = μv − ηg; w += v, or with `ahead` w += μv − ηg; g includes decay·w.
  @inline(never)
  package static func momentumStep(
    w: inout MutableFloats, g: Floats, v: inout MutableFloats, rate: Float,
    momentum: Float, ahead: Bool, decay: Float
  ) {
    precondition(w.count == g.count && w.count == v.count)
    for k in 0..<w.count {
      let old = w[k]
      let push = g[k].plus(decay, times: old) * -rate
      let velocity = push.plus(momentum, times: v[k])
      v[k] = velocity
      w[k] = old + (ahead ? push.plus(momentum, times: velocity) : velocity)
    }
  }

  /// s = ρs + (1−ρ)g²; w −= ηg/(√s + ε); g includes decay·w.
  @inline(never)
  package static func rmspropStep(
    w: inout MutableFloats, g: Floats, s: inout MutableFloats, rate: Float,
    rho: Float, rest: Float, epsilon: Float, decay: Float
  ) {
    precondition(w.count == g.count && w.count == s.count)
    for k in 0..<w.count {
      let old = w[k]
      let gradient = g[k].plus(decay, times: old)
      let second = (gradient * gradient * rest).plus(rho, times: s[k])
      s[k] = second
      w[k] = old - gradient * rate / (second.root + epsilon)
    }
  }

  /// m = β1m + (1−β1)g; v = β2v + (1−β2)g²; w −= rate·m/(√v + ε); g includes decay·w.
  ///
  /// `rate` is η·√(1−β2ᵗ)/(1−β1ᵗ) of this step.
  @inline(never)
  package static func adamStep(
    w: inout MutableFloats, g: Floats, m: inout MutableFloats,
    v: inout MutableFloats, rate: Float, beta1: Float, rest1: Float, beta2: Float, rest2: Float,
    epsilon: Float, decay: Float
  ) {
    precondition(w.count == g.count && w.count == m.count)
    precondition(w.count == v.count)
    for k in 0..<w.count {
      let old = w[k]
      let gradient = g[k].plus(decay, times: old)
      let first = (gradient * rest1).plus(beta1, times: m[k])
      let second = (gradient * gradient * rest2).plus(beta2, times: v[k])
      m[k] = first
      v[k] = second
      w[k] = old - first * rate / (second.root + epsilon)
    }
  }

  /// moved = w + scale·g, for the ascent of sharpness-aware minimisation.
  @inline(never)
  package static func ascend(
    w: Floats, g: Floats, scale: Float, moved: inout MutableFloats
  ) {
    precondition(w.count == g.count && w.count == moved.count)
    for k in 0..<w.count {
      moved[k] = w[k].plus(scale, times: g[k])
    }
  }
}
