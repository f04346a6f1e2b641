import CKernels
import KernelTypes
import KernelsBaseline

// Only a machine with an x86-64 processor builds them.
#if canImport(KernelsAVX512)
  import KernelsAVX2
  import KernelsAVX512
#endif
#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// One build of the kernels, for one instruction set.
///
/// The operations on matrices are methods, in `KernelVariant+….swift`: `best` is what programs use, and
/// tests go through all of `available`.
public struct KernelVariant: Sendable {
  let table: KernelTable

  /// What the variant is called: `baseline`, `avx2` or `avx512`.
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
    #endif
    return variants
  }()

  /// The environment variable that forces a variant by name.
  public static let environmentVariable = "LATENT_EXPLORER_KERNELS"

  /// The fastest available variant, or the one that the environment asks for if it is available.
  public static let best: KernelVariant = {
    let asked = askedFor
    return available.last { $0.name == asked } ?? available[available.count - 1]
  }()

  /// What the environment asks for and this processor does not have, or no build of the kernels is called.
  public static var unavailableChoice: String? {
    askedFor.flatMap { asked in available.contains { $0.name == asked } ? nil : asked }
  }

  private static var askedFor: String? { getenv(environmentVariable).map { String(cString: $0) } }
}
