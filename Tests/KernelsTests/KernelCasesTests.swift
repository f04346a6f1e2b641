import KernelInterface
import Testing

@testable import KernelCases
@testable import Kernels

/// The table of cases that emulation runs on other architectures too, here with every variant of this processor.
@Suite struct KernelCasesTests {
  @Test(arguments: KernelVariant.available)
  func everyOutputIsExpected(variant: KernelVariant) {
    var count = 0
    for kernelCase in KernelCase.all {
      for output in kernelCase.run(variant.table) {
        count += output.values.count
        #expect(
          output.isRight,
          "\(kernelCase.kernel) \(kernelCase.sizes), \(output.name): off by \(output.deviation)")
      }
    }
    #expect(count > 9_000_000)
  }

  /// Each kernel that computes one value wrongly, omits an epilogue or writes outside of its memory fails a case.
  @Test(arguments: FaultyTable.all)
  func aFaultIsFound(fault: FaultyTable) {
    let table = fault.table
    let cases = KernelCase.all.filter { fault.kernel == "\($0.kernel)" }
    #expect(cases.contains { $0.run(table).contains { !$0.isRight } })
    #expect(cases.first?.run(KernelVariant.best.table).allSatisfy { $0.isRight } == true)
  }

  @Test func deviationsAreThoseOfTheWorstValue() {
    func deviation(_ values: [Float], _ expected: [Double]) -> Double {
      CaseOutput("values", values, expected: expected, tolerance: 0).deviation
    }
    #expect(deviation([1, 2, 3], [1, 4, 2]) == 2)
    #expect(deviation([.nan, .infinity], [.nan, .infinity]) == 0)
    #expect(deviation([.nan], [0]) == .infinity)
    #expect(deviation([0], [.nan]) == .infinity)
    #expect(deviation([.infinity], [0]) == .infinity)
    #expect(deviation([1], [1, 2]) == .infinity)
    #expect(deviation([], []) == .infinity)
  }

  @Test func differencesBetweenVariantsAreRelativeAboveOne() {
    func output(_ values: [Float]) -> CaseOutput { CaseOutput("values", values, same: values) }
    #expect(output([8, 0.5]).difference(from: output([10, 0.75])) == 0.25)
    #expect(output([.nan]).difference(from: output([.nan])) == 0)
    #expect(output([.nan]).difference(from: output([1])) == .infinity)
    #expect(output([1]).difference(from: output([1, 1])) == .infinity)
  }

  /// The exponential function of the expected sigmoids.
  @Test func theExponentialIsPrecise() {
    for (x, value) in [
      (0.0, 1.0), (1, 2.718281828459045), (-20, 2.061153622438558e-9), (87, 6.076030225056872e37),
    ] {
      #expect(abs(exponential(x) / value - 1) < 1e-12)
    }
  }
}
