import CKernels
import Kernels
import Testing

@Suite struct KernelVariantTests {
  /// A build that lacks a variant would only be slow.
  @Test func everyVariantThatTheProcessorRunsIsBuilt() {
    #if arch(arm64)
      let names = ["baseline", "neon"]
    #else
      let names =
        ["baseline"] + (ck_supports_x86_64_v3() ? ["avx2"] : []) + (ck_supports_x86_64_v4() ? ["avx512"] : [])
    #endif
    #expect(KernelVariant.available.map(\.name) == names)
  }
}
