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
  /// The code that the encoder reads, `[capacity, code width]`.
  public let encodedCodes: Matrix
  /// The free latents that the encoder reads, `[capacity, free latents]`.
  public let latents: Matrix
  /// What the decoder draws, in [0, 1] if `keepsOutputs`, `[capacity, pixels]`.
  public let outputs: Matrix
  /// Σ (output − target)² of each row.
  public let squaredErrors: RowValues
  /// The error of the read code against the true one, summed over the typed coordinates, of each row; 0
  /// where it does not count.
  public let codeErrors: RowValues
  /// The weighted losses of a staged encoder's locator and compass, of each row.
  public let stageErrors: RowValues

  /// Which of the plan's tasks each row has.
  let tasks: RowValues
  /// The backbone, which sees the inputs or what the stages before it leave.
  let backbone: LayerChain
  /// What reads the typed coordinates.
  let codeEncoder: any CodeEncoder
  let decoder: LayerChain
  /// What turns the decoder's last numbers into images.
  let decoderOutput: any DecoderOutput
  /// The code that the decoder sees, `[capacity, code width]`, and the gradient with respect to it.
  let decodedCodes, codeGradients: Matrix
  let decoderInputGradients: Matrix
  let latentGradients: Matrix
  let kernels: KernelVariant
  /// The columns of the codes that belong to each typed coordinate.
  let codeColumns: [Range<Int>]
  private let sparseInputs: SparseRows

  /// Buffers for up to `capacity` images.
  public init(_ network: TypedAutoencoder, capacity: Int, kernels: KernelVariant = .best) {
    func matrix(_ columns: Int) -> Matrix { Matrix(rows: capacity, columns: max(columns, 1)) }
    let architecture = network.architecture
    let schema = architecture.schema
    self.network = network
    self.capacity = capacity
    self.kernels = kernels
    codeColumns = schema.codeColumns
    inputs = matrix(architecture.pixelCount)
    targets = matrix(architecture.pixelCount)
    outputs = matrix(architecture.pixelCount)
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
    tasks = RowValues(count: capacity)
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

  /// How sure the encoder is of the full rotation that it reads in each row: the probability that its compass
  /// gives to directions within 17.5° of the answer. Absent where it has no compass.
  public var certainties: RowValues? { codeEncoder.certainties }

  /// Says which of the plan's tasks a row has; without it, it is the first.
  public func setTask(_ task: Int, row: Int) {
    tasks[row] = Float(task)
  }

  func task(_ row: Int, of plan: StepPlan) -> StepPlan.Task { plan.tasks[Int(tasks[row])] }

  /// Lists where some rows of the inputs are not zero, once they are filled.
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

  /// The pose that one row of `codes` stands for.
  func pose(of codes: Matrix, row: Int) -> Pose {
    var pose = Pose()
    for (position, coordinate) in network.architecture.schema.typed.enumerated() {
      coordinate.set(&pose, toCode: codes.code(row: row, columns: codeColumns[position]))
    }
    return pose
  }
}

extension Matrix {
  /// The code of one coordinate, which stands in `columns` of a row.
  func code(row: Int, columns: Range<Int>) -> SIMD2<Float> {
    let first = self[row, columns.lowerBound]
    return [first, columns.count > 1 ? self[row, columns.lowerBound + 1] : 0]
  }

  /// Writes the code of one coordinate to `columns` of a row.
  func setCode(_ code: SIMD2<Float>, row: Int, columns: Range<Int>) {
    for (index, column) in columns.enumerated() { self[row, column] = code[index] }
  }
}
