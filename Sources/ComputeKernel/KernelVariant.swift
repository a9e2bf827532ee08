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
  /// The environment variable `PIPE_KERNEL` (portable, avx2 or avx512) asks for another one; whoever
  /// begins to compute looks at ``refusedWish`` first.
  package static let selected = supported(wish) ?? allCases.last { $0.isSupported } ?? .portable

  /// Why `PIPE_KERNEL` cannot be obeyed, and what to do; nil when it can, or asks for nothing.
  ///
  /// To compute with another variant in silence would make a comparison of instruction sets one of
  /// a variant with itself.
  package static let refusedWish = wish.flatMap(refusal)

  /// Why a wish cannot be obeyed; nil when it can.
  package static func refusal(of wish: String) -> String? {
    if supported(wish) != nil { return nil }
    let names = allCases.filter(\.isSupported).map { "'\($0.rawValue)'" }.joined(separator: ", ")
    let reason =
      KernelVariant(rawValue: wish) == nil ? "nobody knows" : "this processor cannot run"
    return
      "PIPE_KERNEL asks for '\(wish)', which \(reason)\nhint: take one of \(names), or unset it"
  }

  private static let wish: String? = unsafe getenv("PIPE_KERNEL").flatMap {
    let text = unsafe String(cString: $0)
    return text.isEmpty ? nil : text
  }

  private static func supported(_ wish: String?) -> KernelVariant? {
    wish.flatMap(KernelVariant.init).flatMap { $0.isSupported ? $0 : nil }
  }
}
