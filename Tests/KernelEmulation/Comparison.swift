import CKernelEmulation
import CKernels
import KernelCases
import KernelInterface
import KernelsBaseline
import KernelsNEON

/// Runs every case with the baseline and with NEON, and reports each output.
@_cdecl("compare_kernels")
public func compareKernels(_ report: @convention(c) (UnsafePointer<kernel_output>?) -> Void) -> Int32 {
  let (baseline, neon) = (KernelsBaseline.makeTable(), KernelsNEON.makeTable())
  let cases = KernelCase.all
  for kernelCase in cases {
    let (plain, fast) = (kernelCase.run(baseline), kernelCase.run(neon))
    for (one, other) in zip(plain, fast) {
      var output = kernel_output()
      output.kernel = text(kernelCase.kernel)
      output.output = text(one.name)
      output.sizes = (size(kernelCase, 0), size(kernelCase, 1), size(kernelCase, 2))
      output.values = Int32(truncatingIfNeeded: one.values.count)
      output.tolerance = one.tolerance
      output.baseline = one.deviation
      output.neon = other.deviation
      output.between = one.difference(from: other)
      report(&output)
    }
  }
  return Int32(truncatingIfNeeded: cases.count)
}

/// Makes subnormal numbers count as zeros; returns the floating-point mode before.
@_cdecl("start_flushing")
public func startFlushing() -> UInt64 {
  let mode = ck_float_mode()
  ck_set_float_mode(ck_flushing_float_mode(mode))
  return mode
}

/// Sets the floating-point mode.
@_cdecl("restore_float_mode")
public func restoreFloatMode(_ mode: UInt64) { ck_set_float_mode(mode) }

private func text(_ string: StaticString) -> UnsafePointer<CChar> {
  UnsafeRawPointer(string.utf8Start).assumingMemoryBound(to: CChar.self)
}

private func size(_ kernelCase: KernelCase, _ index: Int) -> Int32 {
  index < kernelCase.sizes.count ? Int32(truncatingIfNeeded: kernelCase.sizes[index]) : 0
}
