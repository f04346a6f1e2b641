import Coordinates
import Kernels

/// The buffers of one batch, and the passes over its rows.
///
/// Different threads may run the same pass over different rows at once; each row's numbers are the same
/// however the batch is cut.
public final class BatchPass {
  /// The network whose weights the passes read.
  public let network: TypedAutoencoder
  /// How many rows fit.
  public let capacity: Int
  /// What the encoder sees, in [0, 1], `[capacity, pixels]`.
  public let inputs: Matrix
  /// What the decoder should draw, `[capacity, pixels]`.
  public let targets: Matrix
  /// Whether the decoder should draw the inputs, and `targets` do not matter.
  public var targetsAreInputs = false
  /// Whether `outputs` are looked at; learning does without them.
  public var keepsOutputs = true
  /// The true code of each input's transform, `[capacity, code width]`.
  public let inputCodes: Matrix
  /// The true code of each target's transform, `[capacity, code width]`.
  public let targetCodes: Matrix
  /// The code that the typed heads read, `[capacity, code width]`.
  public let readCodes: Matrix
  /// The free latents that the encoder reads, `[capacity, free latents]`.
  public let latents: Matrix
  /// What the decoder sees: typed codes, then free latents, `[capacity, decoder input]`.
  public let decoderInputs: Matrix
  /// What the decoder draws, in [0, 1] if `keepsOutputs`, `[capacity, pixels]`.
  public let outputs: Matrix
  /// Σ (output − target)² of each row.
  public let squaredErrors: RowValues
  /// Σ over the typed coordinates of the mean of (read code − true code)², of each row.
  public let codeErrors: RowValues

  /// Where those matrices are not zero that are for a good part: the inputs and wide rectified layers.
  private let sparseMatrices: [SparseRows]
  let hidden: [Matrix]
  let raw: [Matrix]
  let decoderHidden: [Matrix]
  let outputGradients: Matrix
  let decoderHiddenGradients: [Matrix]
  let decoderInputGradients: Matrix
  let rawGradients: [Matrix]
  let latentGradients: Matrix
  let hiddenGradients: [Matrix]
  let kernels: KernelVariant
  /// The columns of the codes that belong to each typed coordinate.
  let codeColumns: [Range<Int>]

  /// Buffers for up to `capacity` images.
  public init(_ network: TypedAutoencoder, capacity: Int, kernels: KernelVariant = .best) {
    func matrix(_ columns: Int) -> Matrix { Matrix(rows: capacity, columns: columns) }
    let architecture = network.architecture
    let schema = architecture.schema
    self.network = network
    self.capacity = capacity
    self.kernels = kernels
    codeColumns = schema.codeColumns
    inputs = matrix(architecture.pixelCount)
    targets = matrix(architecture.pixelCount)
    outputs = matrix(architecture.pixelCount)
    outputGradients = matrix(architecture.pixelCount)
    inputCodes = matrix(max(schema.codeWidth, 1))
    targetCodes = matrix(max(schema.codeWidth, 1))
    readCodes = matrix(max(schema.codeWidth, 1))
    latents = matrix(schema.freeCount)
    latentGradients = matrix(schema.freeCount)
    decoderInputs = matrix(schema.decoderInputWidth)
    decoderInputGradients = matrix(schema.decoderInputWidth)
    hidden = architecture.hidden.map(matrix)
    hiddenGradients = architecture.hidden.map(matrix)
    raw = schema.typed.map { matrix($0.rawWidth) }
    rawGradients = schema.typed.map { matrix($0.rawWidth) }
    decoderHidden = architecture.hidden.reversed().map(matrix)
    decoderHiddenGradients = architecture.hidden.reversed().map(matrix)
    let rectified = hidden + decoderHidden
    sparseMatrices = ([inputs] + rectified.filter { $0.columns >= Self.sparseWidth }).map(SparseRows.init)
    squaredErrors = RowValues(count: capacity)
    codeErrors = RowValues(count: capacity)
  }

  /// From this width on it pays to look for the zeros of a rectified layer.
  private static let sparseWidth = 256

  /// Where `matrix` is not zero, if that is looked for.
  func sparse(_ matrix: Matrix) -> SparseRows? {
    for candidate in sparseMatrices where candidate.matrix === matrix { return candidate }
    return nil
  }

  /// Writes the codes of `values`, one for each typed coordinate, to one row of `codes`.
  public func setCodes(of values: [Double], in codes: Matrix, row: Int) {
    let schema = network.architecture.schema
    precondition(values.count == schema.typed.count, "\(values.count) values for \(schema)")
    var column = 0
    for (position, coordinate) in schema.typed.enumerated() {
      let code = coordinate.code(of: values[position])
      for index in 0..<coordinate.codeWidth {
        codes[row, column] = code[index]
        column += 1
      }
    }
  }
}
