import Coordinates
import Kernels

/// The buffers of one batch, and the passes over its rows.
///
/// Different threads may run a pass over different rows at once; results do not depend on the partition.
public final class BatchPass {
  /// The network.
  public let network: TypedAutoencoder
  /// The maximum number of rows.
  public let capacity: Int
  /// The encoder's inputs, in [0, 1], `[capacity, pixels]`.
  public let inputs: Matrix
  /// The decoder's targets, `[capacity, pixels]`.
  public let targets: Matrix
  /// Uses the inputs as targets and ignores `targets`.
  public var targetsAreInputs = false
  /// The matrix that outputs are compared with.
  var comparedTargets: Matrix { targetsAreInputs ? inputs : targets }
  /// Stores `outputs`; training does not need them.
  public var keepsOutputs = true
  /// The true code of each input's transform, `[capacity, code width]`.
  public let inputCodes: Matrix
  /// The true code of each target's transform, `[capacity, code width]`.
  public let targetCodes: Matrix
  /// The code from the encoder, `[capacity, code width]`.
  public let encodedCodes: Matrix
  /// The free latents from the encoder, `[capacity, free latents]`.
  public let latents: Matrix
  /// The decoder's outputs, in [0, 1], if `keepsOutputs`, `[capacity, pixels]`.
  public let outputs: Matrix
  /// Σ (output − target)² of each row.
  public let squaredErrors: RowValues
  /// The error of each row's encoded code, summed over the typed coordinates; 0 where it does not count.
  public let codeErrors: RowValues
  /// The weighted losses of each row of a staged encoder's locator and compass.
  public let stageErrors: RowValues

  /// The index of each row's group in the plan.
  let groups: RowValues
  /// The backbone; its input is the image, or the canonical image of a staged encoder.
  let backbone: LayerChain
  /// The stage that computes the typed codes.
  let codeEncoder: any CodeEncoder
  let decoder: LayerChain
  /// The stage that computes images from the decoder's last layer.
  let decoderOutput: any DecoderOutput
  /// The code that the decoder uses, `[capacity, code width]`, and the gradient with respect to it.
  let decodedCodes, codeGradients: Matrix
  let decoderInputGradients: Matrix
  let latentGradients: Matrix
  let kernels: KernelVariant
  /// The code columns of each typed coordinate.
  let codeColumns: [Range<Int>]
  private let sparseInputs: SparseRows

  /// Allocates buffers for up to `capacity` images.
  public init(_ network: TypedAutoencoder, capacity: Int, kernels: KernelVariant = .best) {
    func matrix(_ columns: Int) -> Matrix { Matrix(rows: capacity, columns: max(columns, 1)) }
    let architecture = network.architecture
    let schema = architecture.schema
    self.network = network
    self.capacity = capacity
    self.kernels = kernels
    codeColumns = schema.codeColumns
    inputs = matrix(architecture.valueCount)
    targets = matrix(architecture.valueCount)
    outputs = matrix(architecture.valueCount)
    inputCodes = matrix(schema.codeWidth)
    targetCodes = matrix(schema.codeWidth)
    encodedCodes = matrix(schema.codeWidth)
    decodedCodes = matrix(schema.codeWidth)
    codeGradients = matrix(schema.codeWidth)
    latents = matrix(schema.freeCount)
    latentGradients = matrix(schema.freeCount)
    squaredErrors = RowValues(count: capacity)
    codeErrors = RowValues(count: capacity)
    stageErrors = RowValues(count: capacity)
    groups = RowValues(count: capacity)
    sparseInputs = SparseRows(inputs)
    let stages = StagePass(network, inputs: inputs, sparseInputs: sparseInputs, kernels: kernels)
    backbone = LayerChain(
      network.backbone, input: stages?.canonical ?? inputs,
      sparseInput: stages?.sparseCanonical ?? sparseInputs,
      rectifiesLast: true, kernels: kernels)
    if let stages {
      codeEncoder = StagedCodeEncoder(network, stages: stages, capacity: capacity)
    } else {
      codeEncoder = HeadCodeEncoder(network, capacity: capacity)
    }
    let decoderInputs = matrix(architecture.decoderInputWidth)
    decoderInputGradients = matrix(architecture.decoderInputWidth)
    decoder = LayerChain(
      network.decoder, input: decoderInputs, sparseInput: nil, rectifiesLast: false, kernels: kernels)
    switch architecture.decoderKind {
    case .learned: decoderOutput = LearnedDecoderOutput()
    case .warp: decoderOutput = WarpDecoderOutput(architecture, capacity: capacity)
    }
  }

  /// The confidence of each row's full rotation: the compass's probability of directions within 17.5° of its
  /// answer. Nil without a compass.
  public var certainties: RowValues? { codeEncoder.certainties }

  /// Sets the index of a row's group in the plan, 0 by default.
  public func setGroup(_ group: Int, row: Int) {
    groups[row] = Float(group)
  }

  func group(_ row: Int, of plan: StepPlan) -> StepPlan.Group { plan.groups[Int(groups[row])] }

  /// Lists the nonzero columns of the inputs, once they are filled.
  func findInputColumns(rows: Range<Int>) {
    kernels.findColumns(of: sparseInputs, rows: rows)
  }

  /// Writes the codes of `values`, one for each typed coordinate, to one row of `codes`.
  public func setCodes(of values: [Double], in codes: Matrix, row: Int) {
    let schema = network.architecture.schema
    precondition(values.count == schema.typed.count, "\(values.count) values for \(schema)")
    for (position, coordinate) in schema.typed.enumerated() {
      codes.setCode(coordinate.code(of: values[position]), row: row, columns: codeColumns[position])
    }
  }

  /// The pose of one row of `codes`.
  func pose(of codes: Matrix, row: Int) -> Pose {
    var pose = Pose()
    for (position, coordinate) in network.architecture.schema.typed.enumerated() {
      coordinate.set(&pose, toCode: codes.code(row: row, columns: codeColumns[position]))
    }
    return pose
  }
}

extension Matrix {
  /// The code of one coordinate, in `columns` of a row.
  func code(row: Int, columns: Range<Int>) -> SIMD2<Float> {
    let first = self[row, columns.lowerBound]
    return [first, columns.count > 1 ? self[row, columns.lowerBound + 1] : 0]
  }

  /// Sets the code of one coordinate, in `columns` of a row.
  func setCode(_ code: SIMD2<Float>, row: Int, columns: Range<Int>) {
    for (index, column) in columns.enumerated() { self[row, column] = code[index] }
  }
}
