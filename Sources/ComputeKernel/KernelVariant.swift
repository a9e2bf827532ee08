/// The instruction sets the kernel was compiled for; all give the same bits.
package enum KernelVariant: String, Sendable, CaseIterable {
  case portable
  case avx2
  case avx512
}
