import ReproducibleMath
import Testing

@Suite("Philox and the sequences made from it")
struct PhiloxTests {
  @Test("Counter 0, key 0 gives the published block")
  func zeroCounter() {
    let block = Philox4x32(seed: 0).block(SIMD4(0, 0, 0, 0))
    #expect(block == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
  }

  @Test("Counter (1, 0, 7, 2), key 42 gives the published block")
  func otherCounter() {
    let block = Philox4x32(seed: 42).block(SIMD4(1, 0, 7, 2))
    #expect(block == SIMD4(0xd957_32ed, 0x81d5_fb1e, 0x90c9_7b7a, 0x5774_cbec))
  }

  @Test("All bits set, both halves of the key used (Random123's known answer)")
  func allOnes() {
    let ones = UInt32.max
    let block = Philox4x32(seed: .max).block(SIMD4(ones, ones, ones, ones))
    #expect(block == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
  }

  @Test("A value is lane k mod 4 of block k / 4, whichever way it is reached")
  func randomAccess() {
    let sequence = RandomSequence(seed: 99, stream: .perturbation, model: 3, draw: 5)
    let uniforms = sequence.uniforms(count: 23)
    let normals = sequence.normals(count: 23)
    for k in 0..<23 {
      #expect(sequence.bits(at: k) == sequence.block(at: k / 4)[k % 4])
      #expect(sequence.uniform(at: k) == uniforms[k])
      #expect(sequence.normal(at: k) == normals[k])
    }
    #expect(uniforms.allSatisfy { $0 > 0 && $0 < 1 })
    #expect(sequence.uniforms(count: 0).isEmpty && sequence.normals(count: 0).isEmpty)
  }

  @Test("A shorter sequence is the beginning of a longer one")
  func prefixes() {
    let sequence = RandomSequence(seed: 7, stream: .probes)
    let long = sequence.normals(count: 101)
    for count in 0..<12 { #expect(sequence.normals(count: count) == Array(long[..<count])) }
  }

  @Test("No two of seed, stream, model and draw share numbers")
  func separation() {
    let sequences = [
      RandomSequence(seed: 1, stream: .shuffle), RandomSequence(seed: 1 << 32, stream: .shuffle),
      RandomSequence(seed: 1, stream: .subset), RandomSequence(seed: 1, stream: .shuffle, model: 1),
      RandomSequence(seed: 1, stream: .shuffle, draw: 1),
    ]
    #expect(Set(sequences.map { $0.bits(at: 0) }).count == sequences.count)
  }
}
