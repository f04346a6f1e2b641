import CKernels
import KernelInterface
import KernelsBaseline

// The package has these only on x86-64 and on arm64.
#if canImport(KernelsAVX512)
  import KernelsAVX2
  import KernelsAVX512
#elseif canImport(KernelsNEON)
  import KernelsNEON
#endif
#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The kernels built for one instruction set.
///
/// Operations on matrices are methods in `KernelVariant+….swift`. Programs use `best`; tests go through
/// `available`.
public struct KernelVariant: Sendable {
  let table: KernelTable

  /// The variant's name: `baseline`; `avx2` or `avx512` on x86-64; `neon` on arm64.
  public var name: String { table.name }

  /// The variants that this processor can run, slowest first.
  public static let available: [KernelVariant] = {
    var variants = [KernelVariant(table: KernelsBaseline.makeTable())]
    #if canImport(KernelsAVX512)
      if ck_supports_x86_64_v3() {
        variants.append(KernelVariant(table: KernelsAVX2.makeTable()))
      }
      if ck_supports_x86_64_v4() {
        variants.append(KernelVariant(table: KernelsAVX512.makeTable()))
      }
    #elseif canImport(KernelsNEON)
      variants.append(KernelVariant(table: KernelsNEON.makeTable()))
    #endif
    return variants
  }()

  /// The environment variable that forces a variant by name.
  public static let environmentVariable = "LATENT_EXPLORER_KERNELS"

  /// The fastest available variant, or the one that the environment names if it is available.
  public static let best: KernelVariant = {
    let asked = askedFor
    return available.last { $0.name == asked } ?? available[available.count - 1]
  }()

  /// The variant that the environment names, where it is not available or does not exist.
  public static var unavailableChoice: String? {
    askedFor.flatMap { asked in available.contains { $0.name == asked } ? nil : asked }
  }

  private static var askedFor: String? { getenv(environmentVariable).map { String(cString: $0) } }
}
