import CCPU

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The instruction sets the kernel was compiled for; all give the same bits.
package enum KernelVariant: String, Sendable, CaseIterable {
  case portable
  case avx2
  case avx512

  /// Whether this processor can run it.
  package var isSupported: Bool {
    switch self {
    case .portable: true
    case .avx2: ccpu_x86_64_level() >= 3
    case .avx512: ccpu_x86_64_level() >= 4
    }
  }

  /// The variant of this process: the widest the processor supports.
  ///
  /// The environment variable `PIPE_KERNEL` (portable, avx2 or avx512) asks for another one; what
  /// the processor cannot run, or nobody knows, is not obeyed.
  package static let selected: KernelVariant = {
    let wish = unsafe getenv("PIPE_KERNEL").flatMap {
      unsafe KernelVariant(rawValue: String(cString: $0))
    }
    if let wish, wish.isSupported { return wish }
    return allCases.last { $0.isSupported } ?? .portable
  }()
}
