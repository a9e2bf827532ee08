/// SHA-256 of a message, after FIPS 180-4 §6.2.
///
/// Plain: it digests a few hundred kilobytes a build.
func sha256(_ message: [UInt8]) -> [UInt8] {
  let constants = firstPrimes(64).map { fractionalBits(ofRoot: 3, of: $0) }
  var state = firstPrimes(8).map { fractionalBits(ofRoot: 2, of: $0) }
  var padded = message + [0x80]
  padded += [UInt8](repeating: 0, count: (120 - padded.count % 64) % 64)
  padded += withUnsafeBytes(of: UInt64(message.count * 8).bigEndian, Array.init)

  var schedule = [UInt32](repeating: 0, count: 64)
  for start in stride(from: 0, to: padded.count, by: 64) {
    for word in 0..<16 {
      schedule[word] = (0..<4).reduce(0) { $0 << 8 | UInt32(padded[start + 4 * word + $1]) }
    }
    for word in 16..<64 {
      let early = schedule[word - 15]
      let late = schedule[word - 2]
      schedule[word] =
        schedule[word - 16] &+ schedule[word - 7]
        &+ (rotate(early, 7) ^ rotate(early, 18) ^ early >> 3)
        &+ (rotate(late, 17) ^ rotate(late, 19) ^ late >> 10)
    }
    let mixed = compress(state, schedule, constants)
    for index in 0..<8 { state[index] &+= mixed[index] }
  }
  return state.flatMap { word in withUnsafeBytes(of: word.bigEndian, Array.init) }
}

private func compress(_ state: [UInt32], _ schedule: [UInt32], _ constants: [UInt32]) -> [UInt32] {
  var (a, b, c, d) = (state[0], state[1], state[2], state[3])
  var (e, f, g, h) = (state[4], state[5], state[6], state[7])
  for round in 0..<64 {
    let first =
      h &+ (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) &+ ((e & f) ^ (~e & g))
      &+ constants[round] &+ schedule[round]
    let second =
      (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) &+ ((a & b) ^ (a & c) ^ (b & c))
    (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ second)
  }
  return [a, b, c, d, e, f, g, h]
}

private func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
  word >> count | word << (32 - count)
}

private func firstPrimes(_ count: Int) -> [UInt64] {
  var primes: [UInt64] = []
  var candidate: UInt64 = 2
  while primes.count < count {
    if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
    candidate += 1
  }
  return primes
}

/// The first 32 bits of the fraction of the square (2) or cube (3) root, by bisection in integers.
private func fractionalBits(ofRoot degree: Int, of number: UInt64) -> UInt32 {
  var low: UInt64 = 0
  var high: UInt64 = 20 << 32
  while high - low > 1 {
    let middle = low + (high - low) / 2
    if power(middle, degree, isAtMost: number) { low = middle } else { high = middle }
  }
  return UInt32(truncatingIfNeeded: low)
}

/// Whether (fixed / 2³²)^degree ≤ number.
private func power(_ fixed: UInt64, _ degree: Int, isAtMost number: UInt64) -> Bool {
  let wide = UInt128(fixed)
  return degree == 2
    ? wide * wide <= UInt128(number) << 64
    : wide * wide * wide <= UInt128(number) << 96
}
