import KernelInterface
import Testing

@testable import Kernels

/// The best variant's kernels with one fault.
struct FaultyTable: Sendable, CustomTestStringConvertible {
  /// The kernel of the cases that must find the fault, and what the fault is.
  let kernel, fault: String
  private let change: @Sendable (inout Kernels) -> Void

  private init(_ kernel: String, _ fault: String, _ change: @escaping @Sendable (inout Kernels) -> Void) {
    (self.kernel, self.fault, self.change) = (kernel, fault, change)
  }

  var testDescription: String { "\(kernel): \(fault)" }

  var table: KernelTable {
    var kernels = Kernels(KernelVariant.best.table)
    change(&kernels)
    return kernels.table
  }

  /// A kernel that gets other arguments.
  private static func changed<Arguments>(
    _ kernel: String, _ fault: String,
    _ path: WritableKeyPath<Kernels, @Sendable (Arguments) -> Void> & Sendable,
    _ change: @escaping @Sendable (inout Arguments) -> Void
  ) -> FaultyTable {
    FaultyTable(kernel, fault) { kernels in
      let right = kernels[keyPath: path]
      kernels[keyPath: path] = {
        var arguments = $0
        change(&arguments)
        right(arguments)
      }
    }
  }

  private static func products(
    _ kernel: String, _ fault: String, _ change: @escaping @Sendable (inout ProductArguments) -> Void
  ) -> FaultyTable {
    changed(kernel, fault, \.product, change)
  }

  /// A product whose first value of each call is a little too large.
  private static func inaccurateProduct(_ kernel: String) -> FaultyTable {
    FaultyTable(kernel, "inaccurate") { kernels in
      let right = kernels.product
      kernels.product = {
        right($0)
        if $0.rowStart < $0.rowEnd { $0.out.base[0] += 1e-4 }
      }
    }
  }

  private static let productFaults: [FaultyTable] =
    ["forward product", "input gradient", "weight gradient", "listed products", "weight step"]
    .map(inaccurateProduct) + [
      products("forward product", "no bias") { $0.bias = nil },
      products("forward product", "not rectified") { $0.rectified = false },
      products("forward product", "one row fewer") { $0.rowEnd = max($0.rowStart, $0.rowEnd - 1) },
      products("forward product", "one step fewer") { $0.depth -= 1 },
      products("input gradient", "no mask") { $0.mask = nil },
      products("input gradient", "not accumulated") { $0.accumulates = false },
      products("listed products", "lists of other rows") { arguments in
        arguments.steps = arguments.steps.map { StepLists(base: $0.base + $0.stride, stride: 0) }
      },
      products("weight step", "no step") { $0.update?.factors.stepSize = 0 },
      products("weight step", "no copy") { $0.update?.transposed = nil },
      FaultyTable("weight gradient", "writes before the matrix") { kernels in
        let right = kernels.product
        kernels.product = {
          right($0)
          $0.out.base[-1] = 1
        }
      },
      changed("weight gradient", "column sums of one row fewer", \.columnSums) { $0.rows -= 1 },
      // The weights in its place are positive elsewhere.
      changed("masked transposed product", "no mask", \.maskedTransposedProduct) { $0.mask = $0.right },
      FaultyTable("lists", "one column fewer") { kernels in
        let right = kernels.listColumns
        kernels.listColumns = {
          right($0)
          $0.lists.base[0] = max(0, $0.lists.base[0] - 1)
        }
      },
      FaultyTable("lists", "one row fewer") { kernels in
        let right = kernels.listRows
        kernels.listRows = {
          right($0)
          $0.lists.base[0] = max(0, $0.lists.base[0] - 1)
        }
      },
    ]

  private static let elementwiseFaults: [FaultyTable] = [
    changed("adam", "no correction", \.adam) { $0.factors.secondCorrection = 1 },
    changed("adam without gradient", "no decay", \.adam) { $0.factors.weightFactor = 1 },
    changed("sigmoid loss", "another scale", \.sigmoidLoss) { $0.scale *= 1.0001 },
    changed("sigmoid loss", "one column more", \.sigmoidLoss) { $0.columns += 1 },
    changed("sigmoid", "values in the padding", \.sigmoid) { $0.columns = $0.stride },
    FaultyTable("sigmoid", "no gradient") { kernels in kernels.sigmoidBackward = { _ in } },
    FaultyTable("squared loss", "no loss") { kernels in
      let right = kernels.squaredLoss
      kernels.squaredLoss = {
        right($0)
        $0.rowLosses[$0.rowStart] = 0
      }
    },
    FaultyTable("bytes as numbers", "not rounded correctly") { kernels in
      kernels.unitNumbers = {
        for index in 0..<$0.count { $0.out[index] = Float($0.bytes[index]) * (1 / 255) }
      }
    },
  ]

  private static let samplingFaults: [FaultyTable] = [
    changed("neighbours", "one row fewer", \.packNeighbours) { $0.height -= 1 },
    changed("sample", "never the nearest", \.sample) { $0.nearest = false },
    changed("sample", "shifted a little", \.sample) { $0.geometry.x0 += 0.001 },
    FaultyTable("sample numbers", "shifted a little") { kernels in
      let right = kernels.sampleNumbers
      kernels.sampleNumbers = {
        var arguments = $0
        arguments.geometry.y0 += 0.001
        right(arguments, $1)
      }
    },
    FaultyTable("gradient of samples", "one pixel fewer") { kernels in
      let right = kernels.sampleNumbersBackward
      kernels.sampleNumbersBackward = {
        var arguments = $0
        arguments.geometry.count -= 1
        right(arguments, $1, $2, $3)
      }
    },
    FaultyTable("gradient of samples", "no gradient of the map") { kernels in
      let right = kernels.sampleNumbersBackward
      kernels.sampleNumbersBackward = {
        right($0, $1, $2, $3)
        $3[1] = 0
      }
    },
  ]

  static let all = productFaults + elementwiseFaults + samplingFaults
}

/// A table's kernels, to be exchanged.
private struct Kernels {
  let original: KernelTable
  var product: @Sendable (ProductArguments) -> Void
  var maskedTransposedProduct: @Sendable (MaskedTransposedProductArguments) -> Void
  var listColumns, listRows: @Sendable (ListArguments) -> Void
  var adam: @Sendable (AdamArguments) -> Void
  var sigmoidLoss: @Sendable (SigmoidLossArguments) -> Void
  var sigmoid: @Sendable (SigmoidArguments) -> Void
  var sigmoidBackward: @Sendable (SigmoidBackwardArguments) -> Void
  var squaredLoss: @Sendable (SquaredLossArguments) -> Void
  var columnSums: @Sendable (ColumnSumArguments) -> Void
  var unitNumbers: @Sendable (UnitNumberArguments) -> Void
  var packNeighbours: @Sendable (NeighbourArguments) -> Void
  var sample: @Sendable (SampleArguments) -> Void
  var sampleNumbers: @Sendable (NumberSampleArguments, UnsafeMutablePointer<Float>) -> Void
  var sampleNumbersBackward:
    @Sendable (
      NumberSampleArguments, UnsafePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>
    ) -> Void

  init(_ table: KernelTable) {
    original = table
    (product, maskedTransposedProduct) = (table.product, table.maskedTransposedProduct)
    (listColumns, listRows, adam) = (table.listColumns, table.listRows, table.adam)
    (sigmoidLoss, sigmoid, sigmoidBackward) = (table.sigmoidLoss, table.sigmoid, table.sigmoidBackward)
    (squaredLoss, columnSums, unitNumbers) = (table.squaredLoss, table.columnSums, table.unitNumbers)
    (packNeighbours, sample) = (table.packNeighbours, table.sample)
    (sampleNumbers, sampleNumbersBackward) = (table.sampleNumbers, table.sampleNumbersBackward)
  }

  var table: KernelTable {
    KernelTable(
      name: original.name, lanes: original.lanes, product: product,
      maskedTransposedProduct: maskedTransposedProduct, listColumns: listColumns, listRows: listRows,
      adam: adam, sigmoidLoss: sigmoidLoss, sigmoid: sigmoid, sigmoidBackward: sigmoidBackward,
      squaredLoss: squaredLoss, columnSums: columnSums, unitNumbers: unitNumbers,
      packNeighbours: packNeighbours, sample: sample, sampleNumbers: sampleNumbers,
      sampleNumbersBackward: sampleNumbersBackward, multiplyAdds12: original.multiplyAdds12,
      multiplyAdds16: original.multiplyAdds16, multiplyAdds24: original.multiplyAdds24)
  }
}
