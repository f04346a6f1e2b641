import KernelInterface

/// A kernel at one size, with seeded inputs and the outputs that a plain computation expects.
///
/// Without dependencies, so that embedded Swift compiles the cases for other architectures too.
public struct KernelCase: Sendable {
  /// The name of the kernel and of what is computed with it.
  public let kernel: StaticString
  /// The sizes: of a product rows, inputs and outputs; of an image width and height.
  public let sizes: [Int]
  private let body: @Sendable (KernelTable, CaseMemory) -> [CaseOutput]

  init(
    _ kernel: StaticString, _ sizes: [Int],
    _ body: @escaping @Sendable (KernelTable, CaseMemory) -> [CaseOutput]
  ) {
    self.kernel = kernel
    self.sizes = sizes
    self.body = body
  }

  /// Runs the kernels of `table`; the last output tells whether they wrote outside of their memory.
  public func run(_ table: KernelTable) -> [CaseOutput] {
    let memory = CaseMemory()
    var outputs = body(table, memory)
    outputs.append(CaseOutput("surroundings", [memory.isIntact ? 0 : 1], expected: [0], tolerance: 0))
    return outputs
  }

  /// All cases.
  public static var all: [KernelCase] { products + sparseProducts + elementwise + sampling }
}

/// Values that a kernel computed, and what they may be.
public struct CaseOutput {
  /// The name of the output.
  public let name: StaticString
  /// The computed values.
  public let values: [Float]
  /// The expected values; NaN where the value must not be a number.
  public let expected: [Double]
  /// The largest difference allowed; 0 demands equal numbers.
  public let tolerance: Double

  init(_ name: StaticString, _ values: [Float], expected: [Double], tolerance: Double) {
    self.name = name
    self.values = values
    self.expected = expected
    self.tolerance = tolerance
  }

  /// The largest difference from the expected values; infinite where one of the two is not a number, or where there are
  /// none to compare.
  public var deviation: Double {
    guard values.count == expected.count, !values.isEmpty else { return .infinity }
    var largest = 0.0
    for index in values.indices {
      let (value, wanted) = (Double(values[index]), expected[index])
      if value == wanted || (value.isNaN && wanted.isNaN) { continue }
      let difference = value > wanted ? value - wanted : wanted - value
      largest = difference.isNaN ? .infinity : max(largest, difference)
    }
    return largest
  }

  /// A Boolean value that says if all values are within the tolerance.
  public var isRight: Bool { deviation <= tolerance }

  /// The largest difference from another computation of the same values, relative to the larger of value and 1.
  public func difference(from other: CaseOutput) -> Double {
    guard values.count == other.values.count else { return .infinity }
    var largest = 0.0
    for index in values.indices {
      let (one, two) = (Double(values[index]), Double(other.values[index]))
      if one == two || (one.isNaN && two.isNaN) { continue }
      let difference = (one > two ? one - two : two - one) / max(1, one.magnitude)
      largest = difference.isNaN ? .infinity : max(largest, difference)
    }
    return largest
  }
}
