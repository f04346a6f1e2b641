import Coordinates
import Datasets
import Goldens
import Kernels
import Networks
import Testing

@testable import Training

/// Runs of the joint recipe, with a staged encoder and a warp decoder.
@Suite struct JointRunTests {
  static let rotation = CoordinateSchema(typed: [.rotation], freeCount: 3)
  static let four = CoordinateSchema(
    typed: [.rotation, .shiftX(pixels: 6), .shiftY(pixels: 6), .scale(from: 0.6, to: 1.4)], freeCount: 3)

  /// 57 images to learn from in batches of 24, the last one of 9.
  static func configuration(
    _ schema: CoordinateSchema, epochs: Int = 2, hidden: [Int] = [14, 9], jitter: Recipe.Jitter? = nil
  ) -> TrainingConfiguration {
    let architecture = NetworkArchitecture(
      schema: schema, hidden: hidden, encoder: .staged, decoder: .warp)
    var settings = JointSettings(for: architecture)
    settings.batchSize = 24
    settings.jitter = jitter ?? settings.jitter
    return TrainingConfiguration(
      architecture: architecture, recipe: .joint(for: architecture, epochs: epochs, settings: settings),
      seed: 5, heldOutCount: 3)
  }

  private func sampler(_ configuration: TrainingConfiguration, epoch: Int = 0) -> TransformSampler {
    TransformSampler(configuration, purpose: .transforms, phase: 0, epoch: epoch)
  }

  private func drawn(_ index: Int, _ sampler: TransformSampler) -> (input: [Double], target: [Double]) {
    var (input, target) = (sampler.schema.neutralValues, sampler.schema.neutralValues)
    sampler.draw(index, into: &input)
    sampler.drawTarget(index, into: &target)
    return (input, target)
  }

  /// One batch of images, sorted and loaded.
  private func loaded(
    _ configuration: TrainingConfiguration
  ) -> (pass: BatchPass, order: BatchOrder, sampler: TransformSampler) {
    let images = BlobImages()
    let plan = configuration.recipe.phases[0].plan
    let count = configuration.recipe.batchSize
    let sampler = sampler(configuration)
    let pass = BatchPass(TypedAutoencoder(configuration.architecture, seed: 1), capacity: count)
    let loader = BatchLoader(
      images: images, schema: configuration.architecture.schema, interpolation: .bilinear)
    var order = BatchOrder(of: images, capacity: count)
    order.sort(ArraySlice((0..<count).map { 59 - 2 * $0 }), plan: plan, sampler: sampler)
    loader.load(order, rows: 0..<count, sampler: sampler, plan: plan, into: pass)
    return (pass, order, sampler)
  }

  @Test(arguments: [rotation, four])
  func rowsHaveWhatTheirGroupSays(schema: CoordinateSchema) {
    let configuration = Self.configuration(schema, jitter: Recipe.Jitter(fraction: 0, pixels: 1))
    let (pass, order, sampler) = loaded(configuration)
    #expect(order.groups == [0..<8, 8..<16, 16..<24])
    let transformer = ImageTransformer(shape: .mnist, schema: schema, interpolation: .bilinear)
    for (row, index) in order.indices.enumerated() {
      let (input, target) = drawn(index, sampler)
      #expect(input != target)
      let inputValues = row < 8 ? nil : input
      let targetValues = row < 16 ? target : input
      let images = BlobImages()
      #expect(pass.inputs.row(row) == transformer.image(index, of: images, values: inputValues))
      #expect(pass.targets.row(row) == transformer.image(index, of: images, values: targetValues))
      #expect(pass.inputCodes.row(row) == schema.code(of: inputValues ?? schema.neutralValues))
      #expect(pass.targetCodes.row(row) == schema.code(of: targetValues))
    }
    // Each group is sorted by itself: upright images by class, which is one here, then by number.
    #expect(order.indices[..<8] == ArraySlice(order.indices[..<8].sorted()))
    for rows in order.groups[1...] {
      let keys = rows.map { drawn(order.indices[$0], sampler).input[0] }
      #expect(keys == keys.sorted())
    }
    let batch = (0..<24).map { 59 - 2 * $0 }
    for rows in order.groups { #expect(Set(order.indices[rows]) == Set(batch[rows])) }
  }

  /// The last group is drawn with its own code: what the encoder reads decides its error and no other's.
  @Test func ownCodesAreThoseOfTheLastGroup() {
    let (pass, order, _) = loaded(Self.configuration(Self.rotation))
    let plan = Self.configuration(Self.rotation).recipe.phases[0].plan
    pass.forward(plan, rows: 0..<24)
    pass.measureLosses(plan, rows: 0..<24, batch: 24)
    let errors = (0..<24).map { pass.squaredErrors[$0] }
    pass.assemble(code: .truth, rows: 0..<24)
    pass.decode(rows: 0..<24)
    for row in 0..<24 {
      #expect((pass.squaredErrors[row] == errors[row]) == (row < 16), "row \(row)")
    }
    pass.assemble(code: .encoded, rows: 0..<24)
    pass.decode(rows: 0..<24)
    for row in 0..<24 { #expect((pass.squaredErrors[row] == errors[row]) == (row >= 16), "row \(row)") }
    #expect((0..<24).map(order.group) == (0..<24).map { $0 / 8 })
    #expect((0..<24).allSatisfy { pass.codeErrors[$0] > 0 })
  }

  @Test func valuesAreDrawnForInputsAndTargetsApart() {
    let configuration = Self.configuration(Self.four)
    let draws = (0..<2).map { epoch in (0..<300).map { drawn($0, sampler(configuration, epoch: epoch)) } }
    #expect(Set(draws.flatMap { $0.flatMap { [$0.input, $0.target] } }).count == 1200)
    for (position, coordinate) in Self.four.typed.enumerated() {
      let ends = [0, 1].map { coordinate.value(atFraction: $0) }
      for values in [draws[0].map(\.input), draws[0].map(\.target)] {
        let column = values.map { $0[position] }
        #expect(column.allSatisfy { $0 >= ends[0] && $0 < ends[1] })
        #expect((column.max() ?? 0) - (column.min() ?? 0) > 0.95 * (ends[1] - ends[0]))
      }
    }
    // The same again for whoever asks again.
    let again = drawn(7, sampler(configuration))
    #expect(again.input == draws[0][7].input && again.target == draws[0][7].target)
  }

  @Test func jitterHasItsFractionAndItsRange() {
    let jitter = Recipe.Jitter(fraction: 0.3, pixels: 1.5)
    let configuration = Self.configuration(Self.rotation, jitter: jitter)
    let (first, second) = (sampler(configuration), sampler(configuration, epoch: 1))
    let shifts = (0..<20_000).compactMap { first.jitter($0) }
    // Three standard deviations of the fraction.
    #expect(abs(Double(shifts.count) / 20_000 - 0.3) < 0.0097)
    for part in [shifts.map(\.x), shifts.map(\.y)] {
      #expect(part.allSatisfy { abs($0) <= 1.5 })
      #expect((part.max() ?? 0) > 1.49 && (part.min() ?? 0) < -1.49)
      #expect(abs(part.reduce(0, +) / Double(part.count)) < 0.1)
    }
    #expect(zip(shifts.map(\.x), shifts.map(\.y)).allSatisfy { $0 != $1 })
    // Other images and other shifts in the next epoch.
    let next = (0..<20_000).compactMap { second.jitter($0)?.x }
    #expect(Set(next).isDisjoint(with: shifts.map(\.x)))
    var none = configuration
    none.recipe.jitter = nil
    #expect((0..<100).allSatisfy { sampler(none).jitter($0) == nil })
  }

  /// Inputs are shifted before they are turned; targets and codes say nothing of it.
  @Test func targetsAreNotJittered() {
    let still = loaded(Self.configuration(Self.rotation, jitter: Recipe.Jitter(fraction: 0, pixels: 1)))
    let (pass, order, sampler) = loaded(
      Self.configuration(Self.rotation, jitter: Recipe.Jitter(fraction: 0.5, pixels: 2)))
    #expect(order.indices == still.order.indices)
    var shiftedRows = 0
    for (row, index) in order.indices.enumerated() {
      #expect(pass.targets.row(row) == still.pass.targets.row(row))
      #expect(pass.inputCodes.row(row) == still.pass.inputCodes.row(row))
      #expect(pass.targetCodes.row(row) == still.pass.targetCodes.row(row))
      guard let shift = sampler.jitter(index) else {
        #expect(pass.inputs.row(row) == still.pass.inputs.row(row))
        continue
      }
      shiftedRows += 1
      #expect(pass.inputs.row(row) != still.pass.inputs.row(row))
      let turn = AffineMap.turn(
        by: Angle(radians: row < 8 ? 0 : drawn(index, sampler).input[0]))
      let map = turn.composed(with: .shift(x: shift.x, y: shift.y))
      let expected = Matrix(rows: 1, columns: 784)
      ImageSampler(width: 28, height: 28)
        .sample(
          Formulas.image(index % 12).span, through: (map.xx, map.xy, map.x0, map.yx, map.yy, map.y0),
          interpolation: .bilinear, into: expected, row: 0)
      for (value, other) in zip(pass.inputs.row(row), expected.row(0)) { #expect(abs(value - other) < 1e-6) }
    }
    #expect((4...20).contains(shiftedRows))
  }

  @Test(arguments: [rotation, four], [[14, 9], [260, 8]])
  func theSameBitsForAnyNumberOfThreads(schema: CoordinateSchema, hidden: [Int]) throws {
    let configuration = Self.configuration(schema, hidden: hidden)
    let one = try TinyRun.start(configuration)
    let reports = try TinyRun.finish(one)
    #expect(reports.map(\.images) == [24, 24, 9, 24, 24, 9])
    #expect(reports.allSatisfy { $0.losses.coordinates > 0 && $0.losses.stages > 0 })
    #expect(reports.map { $0.heldOut != nil } == [false, false, true, false, false, true])
    for threads in [2, 3, 4] {
      let other = try TinyRun.start(configuration, threads: threads)
      #expect(try TinyRun.finish(other) == reports, "\(threads) threads")
      #expect(TinyRun.bits(other.weights) == TinyRun.bits(one.weights), "\(threads) threads")
    }
  }

  @Test(arguments: [rotation, four])
  func anInterruptedRunResumesWithTheSameBits(schema: CoordinateSchema) throws {
    let (run, states, reports) = try TinyRun.interruptedAtEveryStep(Self.configuration(schema))
    let resumed = try TrainingRun(states[2], images: BlobImages(), threads: 2)
    #expect(try TinyRun.finish(resumed) == Array(reports[2...]))
    #expect(TinyRun.bits(resumed.weights) == TinyRun.bits(run.weights))
  }

  /// The sums of the parts, each over the rows in which it counts.
  @Test func theTotalIsTheWeightedSumOfItsParts() throws {
    let configuration = Self.configuration(Self.four)
    let weight = Double(configuration.recipe.phases[0].plan.groups[0].coordinateWeight)
    for report in try TinyRun.finish(TinyRun.start(configuration)) {
      let losses = report.losses
      let total = losses.reconstruction + weight * losses.coordinates + losses.stages
      #expect(abs(losses.total / total - 1) < 1e-9)
    }
  }

  /// A code that only the second group counts is a mean over that group's rows.
  @Test func codesCountWhereTheirGroupSaysSo() throws {
    var configuration = Self.configuration(Self.rotation)
    configuration.recipe.phases[0].plan.groups[0].coordinateWeight = 0
    configuration.recipe.phases[0].plan.groups[2].coordinateWeight = 0
    let all = try #require(try TinyRun.start(Self.configuration(Self.rotation)).step()).losses
    let some = try #require(try TinyRun.start(configuration).step()).losses
    let weight = Double(configuration.recipe.phases[0].plan.groups[1].coordinateWeight)
    #expect(some.reconstruction == all.reconstruction && some.stages == all.stages)
    #expect(some.coordinates != all.coordinates)
    // 8 of 24 rows.
    let total = some.reconstruction + some.stages + weight * some.coordinates / 3
    #expect(abs(some.total / total - 1) < 1e-9)
  }

  @Test func everythingLearns() throws {
    let run = try TinyRun.start(Self.configuration(Self.four, epochs: 30))
    let before = run.weights
    let reports = try TinyRun.finish(run)
    for (old, new) in zip(before, run.weights) { #expect(old.values != new.values, "\(new.name)") }
    let totals = reports.filter { $0.images == 24 }.map(\.losses.total)
    let (first, last) = (totals.prefix(6).reduce(0, +), totals.suffix(6).reduce(0, +))
    #expect(last < 0.8 * first)
  }

  /// The schedule starts low: with the first step's rate ten times smaller, so are its weights' moves.
  @Test func theScheduleScalesTheSteps() throws {
    var constant = Self.configuration(Self.rotation)
    constant.recipe.weightDecay = 0
    var cycle = constant
    constant.recipe.schedule = .constant
    cycle.recipe.schedule = .oneCycle
    func moves(_ configuration: TrainingConfiguration) throws -> [Float] {
      let run = try TinyRun.start(configuration)
      let before = run.weights
      _ = try run.step()
      return zip(before, run.weights).flatMap { zip($0.values, $1.values).map { abs($0 - $1) } }
    }
    let (full, tenth) = (try moves(constant), try moves(cycle))
    #expect(abs((tenth.max() ?? 0) / (full.max() ?? 1) - 0.1) < 1e-3)
  }

  /// Weights decay in each step, biases do not.
  @Test func weightDecayIsOfWeightsAlone() throws {
    var configuration = Self.configuration(Self.rotation)
    configuration.recipe.schedule = .constant
    configuration.recipe.weightDecay = 0
    func stepped(_ configuration: TrainingConfiguration) throws -> [NamedTensor] {
      let run = try TinyRun.start(configuration)
      _ = try run.step()
      return run.weights
    }
    let before = TrainingState(configuration).weights
    let plain = try stepped(configuration)
    configuration.recipe.weightDecay = 0.5
    let decayed = try stepped(configuration)
    let fraction = Float(configuration.recipe.learningRate * 0.5)
    for (index, old) in before.enumerated() {
      for (place, value) in old.values.enumerated() {
        let loss = old.name.hasSuffix(".weight") ? fraction * value : 0
        let difference = plain[index].values[place] - decayed[index].values[place]
        #expect(abs(difference - loss) < 1e-6, "\(old.name)")
      }
    }
  }
}
