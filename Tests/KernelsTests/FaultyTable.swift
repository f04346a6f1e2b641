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

  private static func products(
    _ kernel: String, _ fault: String, _ change: @escaping @Sendable (inout ProductArguments) -> Void
  ) -> FaultyTable {
    FaultyTable(kernel, fault) { kernels in
      let right = kernels.product
      kernels.product = {
        var arguments = $0
        change(&arguments)
        right(arguments)
      }
    }
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
      FaultyTable("weight gradient", "column sums of one row fewer") { kernels in
        let right = kernels.columnSums
        kernels.columnSums = {
          var arguments = $0
          arguments.rows -= 1
          right(arguments)
        }
      },
      FaultyTable("masked transposed product", "no mask") { kernels in
        let right = kernels.maskedTransposedProduct
        kernels.maskedTransposedProduct = {
          var arguments = $0
          // The weights: positive in other places.
          arguments.mask = $0.right
          right(arguments)
        }
      },
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
    FaultyTable("adam", "no correction") { kernels in
      let right = kernels.adam
      kernels.adam = {
        var arguments = $0
        arguments.factors.secondCorrection = 1
        right(arguments)
      }
    },
    FaultyTable("adam without gradient", "no decay") { kernels in
      let right = kernels.adam
      kernels.adam = {
        var arguments = $0
        arguments.factors.weightFactor = 1
        right(arguments)
      }
    },
    FaultyTable("sigmoid loss", "another scale") { kernels in
      let right = kernels.sigmoidLoss
      kernels.sigmoidLoss = {
        var arguments = $0
        arguments.scale *= 1.0001
        right(arguments)
      }
    },
    FaultyTable("sigmoid loss", "one column more") { kernels in
      let right = kernels.sigmoidLoss
      kernels.sigmoidLoss = {
        var arguments = $0
        arguments.columns += 1
        right(arguments)
      }
    },
    FaultyTable("sigmoid", "values in the padding") { kernels in
      let right = kernels.sigmoid
      kernels.sigmoid = {
        var arguments = $0
        arguments.columns = $0.stride
        right(arguments)
      }
    },
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
    FaultyTable("neighbours", "one row fewer") { kernels in
      let right = kernels.packNeighbours
      kernels.packNeighbours = {
        var arguments = $0
        arguments.height -= 1
        right(arguments)
      }
    },
    FaultyTable("sample", "never the nearest") { kernels in
      let right = kernels.sample
      kernels.sample = {
        var arguments = $0
        arguments.nearest = false
        right(arguments)
      }
    },
    FaultyTable("sample", "shifted a little") { kernels in
      let right = kernels.sample
      kernels.sample = {
        var arguments = $0
        arguments.geometry.x0 += 0.001
        right(arguments)
      }
    },
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
