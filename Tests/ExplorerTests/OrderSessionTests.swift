import Coordinates
import Datasets
import Evaluation
import Networks
import Screen
import Testing

@testable import Explorer
@testable import Training

/// A person looks at the worst samples first, by each error that a model has.
@Suite struct OrderSessionTests {
  private struct NotAsked: Error {}

  /// Answers a ranking as the program does.
  private static func answer(_ effects: [ExplorerEffect], _ state: inout ExplorerState) throws {
    _ = state.settle(try state.answer(try effects.only(RankingQuery.self)))
  }

  /// An explorer with the worst first by a line of the menu.
  private static func sorted(
    _ line: Int, _ keys: String = "", _ model: TypedModel? = nil, size: Size = Size(width: 100, height: 30)
  ) throws -> ExplorerState {
    var state = try TinyExplorer.open(model, size: size)
    try state.press(keys)
    try answer(try state.press("e Home\(line == 0 ? "" : " Down*\(line)") Enter"), &state)
    return state
  }

  /// The network's picture of a sample.
  private static func decoded(
    _ state: ExplorerState, _ values: (LatentPoint) -> [Double]
  ) throws -> (input: [Float], read: LatentPoint, pixels: [Float]) {
    let input = state.session.transformer.image(
      state.session.sample, of: TinyExplorer.images,
      values: state.session.inputValues == [0] ? nil : state.session.inputValues)
    let inference = try Inference(state.session.modelInUse.model)
    let read = inference.encode(input)
    return (input, read, inference.decode(LatentPoint(values: values(read), latents: read.latents)))
  }

  private static func error(_ one: [Float], _ other: [Float]) -> Double {
    zip(one, other).reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) } / Double(one.count)
  }

  private func isNear(_ one: Double?, _ other: Double) -> Bool {
    one.map { abs($0 - other) <= 1e-6 * max(1, abs(other)) } ?? false
  }

  /// The error that samples are sorted by, the listed one and the one measured on the shown pictures are equal.
  @Test(arguments: ["", "]*3"]) func theErrorAgainstTheInputMatchesThePictures(keys: String) throws {
    var state = try Self.sorted(0, keys)
    var last = Double.infinity
    for rank in 1...TinyExplorer.imageCount {
      let (input, read, pixels) = try Self.decoded(state) { $0.values }
      let error = Self.error(pixels, input)
      #expect(error <= last + 1e-9)
      last = error
      let order = try #require(state.session.selection.list.order)
      #expect(isNear(order.ranking.errors[state.session.sample], error))
      #expect(isNear(state.session.readouts.squaredError, error))
      #expect(state.session.sliders == read && state.session.target == input)
      state.session.message = nil
      let text = NumberText.significant(error)
      #expect(state.screen.contains("worst \(rank) of 6 · error against input \(text)"))
      #expect(state.screen.contains("decoded · error \(text)"))
      // Whatever was moved, Backspace comes back to it.
      try state.press("Right*5 Down L Up Backspace")
      #expect(state.session.sliders == read && isNear(state.session.readouts.squaredError, error))
      try state.press("n")
    }
  }

  @Test(arguments: ["", "[*5"]) func theErrorOfTheUprightReconstructionMatchesThePictures(keys: String)
    throws
  {
    var state = try Self.sorted(1, keys)
    var last = Double.infinity
    for rank in 1...TinyExplorer.imageCount {
      let (_, read, pixels) = try Self.decoded(state) { _ in [0] }
      let upright = state.session.transformer.image(state.session.sample, of: TinyExplorer.images)
      let error = Self.error(pixels, upright)
      #expect(error <= last + 1e-9)
      last = error
      #expect(isNear(state.session.selection.list.order?.ranking.errors[state.session.sample], error))
      #expect(isNear(state.session.readouts.squaredError, error))
      state.session.message = nil
      #expect(
        state.screen.contains("worst \(rank) of 6 · error upright \(NumberText.significant(error))"))
      try state.press("Right*5 Down L Up Backspace")
      #expect(state.session.sliders == LatentPoint(values: [0], latents: read.latents))
      #expect(isNear(state.session.readouts.squaredError, error))
      #expect(state.message == "reset to the upright reconstruction, the error of which sorts the samples")
      try state.press("n")
    }
  }

  @Test(arguments: ["", "]*7"]) func theErrorOfTheAngleMatchesTheCaption(keys: String) throws {
    var state = try Self.sorted(2, keys)
    var last = Double.infinity
    for rank in 1...TinyExplorer.imageCount {
      let (input, read, pixels) = try Self.decoded(state) { $0.values }
      let off = Angle(radians: read.values[0]).difference(from: Angle(radians: state.session.inputValues[0]))
      let error = abs(off.degrees)
      #expect(error <= last + 1e-6)
      last = error
      #expect(
        isNear(
          state.session.selection.list.order.map { $0.ranking.errors[state.session.sample] * 180 / .pi },
          error))
      #expect(isNear(state.session.angleError?.degrees, error))
      state.session.message = nil
      let text = NumberText.fixed(error, decimals: 1)
      #expect(state.screen.contains("worst \(rank) of 6 · angle error \(text)°"))
      // The misread angle is decoded, and compared with the input that it was read from.
      try state.press("Right*9 Backspace")
      #expect(state.session.sliders == read && state.session.target == input)
      #expect(isNear(state.session.readouts.squaredError, Self.error(pixels, input)))
      try state.press("n")
    }
  }

  /// The third picture is what the decoded one is compared with, and says so.
  @Test func theComparedPictureIsNamed() throws {
    var state = try Self.sorted(0)
    try state.press("Right*9")
    #expect(
      state.session.target == state.session.pictures.input
        && state.session.pictures.truth != state.session.pictures.input)
    #expect(state.screen.contains("input · SSIM") && !state.screen.contains("truth"))
    try state.press("e End Enter")
    #expect(state.session.target == state.session.pictures.truth)
    #expect(state.screen.contains("truth · SSIM"))
    #expect(
      isNear(
        state.session.readouts.squaredError,
        Self.error(state.session.pictures.decoded, try #require(state.session.pictures.truth))))
    try Self.answer(try state.press("e Home Down Enter"), &state)
    try state.press("Right*9")
    #expect(state.session.target == state.session.pictures.truth && state.screen.contains("truth · SSIM"))
  }

  @Test func samplesAreOpenedByRank() throws {
    var state = try Self.sorted(0)
    let numbers = state.session.selection.list.numbers
    try state.press("g")
    #expect(state.screen.contains("rank 1 to 6: ▏"))
    try state.press("4 Enter")
    #expect(state.session.sample == numbers[3] && state.screen.contains("worst 4 of 6"))
    for wrong in ["0", "7"] {
      try state.press("g \(wrong) Enter")
      #expect(state.message == "ranks are numbered from 1 to 6" && state.session.sample == numbers[3])
    }
    // With one class, ranks count within it.
    try state.press("c Down Enter g 2 Enter")
    #expect(state.session.sample == numbers.filter { $0 % 3 == 0 }[1])
    #expect(state.screen.contains("class ell: worst 2 of 2"))
    try state.press("e End Enter c Home Enter g 0 Enter")
    #expect(state.session.sample == 0)
  }

  /// A model has only the errors that it can make.
  @Test func onlyErrorsOfTheModelAreOffered() throws {
    func titles(_ schema: CoordinateSchema) throws -> [String] {
      let architecture = NetworkArchitecture(schema: schema, hidden: [8])
      let tensors = TypedAutoencoder(architecture, seed: 1).tensors
      return try TinyExplorer.open(
        TypedModel(architecture: architecture, weights: tensors, details: ModelDetails())
      ).session.orderTitles
    }
    let (input, upright, angle) =
      ("error against the input", "error of the upright reconstruction", "error of the angle")
    #expect(try titles(.article) == [input, upright, angle, "as stored"])
    #expect(
      try titles(CoordinateSchema(typed: [.shiftX(pixels: 3)], freeCount: 2)) == [
        input, upright, "as stored",
      ])
    #expect(try titles(CoordinateSchema(typed: [], freeCount: 2)) == [input, "as stored"])
    // An angle that nobody has trained is chance.
    var state = try TinyExplorer.open()
    try state.press("t Enter")
    _ = state.react(.trainingStarted)
    var model = try TinyExplorer.model(seed: 9)
    model.details.recipe = .article()
    for phase in [1, 2] { model.details.recipe?.phases[phase].epochs = 0 }
    _ = try state.react(.weights(model))
    #expect(state.session.headsUntrained && state.session.orderTitles == [upright, "as stored"])
  }

  /// An order is of certain weights and inputs; it stays, and says that it is of others.
  @Test func anOutdatedOrderIsMarked() throws {
    var state = try Self.sorted(0, size: Size(width: 160, height: 50))
    let numbers = state.session.selection.list.numbers
    try state.press("]")
    #expect(state.screen.contains("worst 1 of 6 · sorted for another angle of the input"))
    #expect(state.session.selection.list.numbers == numbers)
    try state.press("[")
    #expect(state.screen.contains("worst 1 of 6 · error against input"))
    try state.press("t Down Enter")
    _ = state.react(.trainingStarted)
    _ = try state.react(.weights(TinyExplorer.model(seed: 9)))
    _ = state.react(TinyExplorer.news(.finished, TrainingPosition(phase: 3)))
    state.session.message = nil
    #expect(state.screen.contains("worst 1 of 6 · sorted by earlier weights"))
    try Self.answer(try state.press("e Enter"), &state)
    state.session.message = nil
    #expect(state.screen.contains("worst 1 of 6 · error against input"))
  }

  /// A drawing is in no order: it is compared with itself at the sliders' values.
  @Test func aDrawingHasNoRank() throws {
    var state = try Self.sorted(0)
    try state.press("D Space Down*8 Right*4 D")
    #expect(state.session.showsDrawing && state.session.target == state.session.pictures.truth)
    #expect(!state.screen.contains("worst"))
    try state.press("n")
    #expect(state.session.target == state.session.pictures.input && state.screen.contains("worst 1 of 6"))
  }

  /// The mouse chooses an order as Enter does.
  @Test func theMouseChoosesAnOrder() throws {
    var state = try TinyExplorer.open()
    try state.press("e")
    let list = try #require(state.overlayList(width: 80))
    let region = list.region(in: Rectangle(column: 0, row: 0, width: 80, height: 24))
    let effects = state.react([
      .mouse(MouseEvent(.press, column: region.column + 3, row: region.row + 3))
    ])
    #expect(try effects.only(RankingQuery.self).query.measure == .angle)
  }

  /// Errors that are not numbers come first, equal ones stay as they are stored.
  @Test func errorsThatAreNotNumbersRankWorst() {
    #expect(ErrorRanking(errors: [1, .nan, 2, 1, .infinity, .nan]).numbers == [1, 5, 4, 2, 0, 3])
    #expect(ErrorRanking(errors: []).numbers.isEmpty)
  }

  @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (10_000, "10,000"), (1_234_567, "1,234,567")])
  func countsAreGrouped(count: Int, text: String) {
    #expect(NumberText.grouped(count) == text)
  }

  @Test(arguments: [Size(width: 80, height: 24), Size(width: 100, height: 30), Size(width: 160, height: 50)])
  func snapshotsOfTheList(size: Size) throws {
    var state = try Self.sorted(0, size: size)
    try state.press("n n Backspace")
    try CanvasSnapshot.check(state.drawn(size), .full, name: "worst-\(size.width)x\(size.height)")
    try state.press("e")
    try CanvasSnapshot.check(state.drawn(size), .full, name: "orders-\(size.width)x\(size.height)")
  }
}
