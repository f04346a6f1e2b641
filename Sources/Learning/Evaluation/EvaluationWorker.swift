import Coordinates
import Datasets
import Kernels
import Networks
import Primitives
import Training

/// One thread's buffers for evaluating a few images at a time.
final class EvaluationWorker {
  static let imagesAtOnce = 8
  /// The number of images for which realised angles are measured.
  static let realisedCount = 400
  private let scores: Scores
  private let grid: TransformGrid
  private let architecture: NetworkArchitecture
  private let loader: BatchLoader
  private let kernels = KernelVariant.best
  private let pixels: PixelGrid
  /// A pass with a row for each image.
  private let single: BatchPass
  /// Passes with a row for each image and transform: for true images, and for decoded ones.
  private let transformed, again: BatchPass
  /// Images that are sampled here.
  private let sampled: Matrix
  /// The true images at 72 angles.
  private let directions: Matrix

  private static let directionCount = 72

  init(network: TypedAutoencoder, images: any ImageSource, interpolation: Interpolation, scores: Scores) {
    self.scores = scores
    grid = scores.grid
    architecture = network.architecture
    loader = BatchLoader(images: images, schema: architecture.schema, interpolation: interpolation)
    pixels = PixelGrid(architecture.imageShape)
    let rows = Self.imagesAtOnce * grid.count
    single = BatchPass(network, capacity: Self.imagesAtOnce)
    transformed = BatchPass(network, capacity: rows)
    again = BatchPass(network, capacity: rows)
    sampled = Matrix(rows: rows, columns: architecture.valueCount)
    directions = Matrix(rows: Self.directionCount, columns: architecture.valueCount)
    for pass in [single, transformed, again] { pass.targetsAreInputs = true }
  }

  /// Evaluates the images of `indices`.
  func measure(_ indices: Range<Int>) {
    for start in stride(from: indices.lowerBound, to: indices.upperBound, by: Self.imagesAtOnce) {
      measureFew(start..<min(start + Self.imagesAtOnce, indices.upperBound))
    }
  }

  private func measureFew(_ indices: Range<Int>) {
    loadTruth(indices)
    measureUpright(indices)
    measureDecodedFromUpright(indices)
    measureCycle(indices)
    measureRealised(indices)
    measureDecodedFromTurned(indices)
    measureOwnCode(indices)
    measureLeakFree(indices)
  }

  private func rows(of indices: Range<Int>) -> Range<Int> { 0..<indices.count * grid.count }

  /// Calls `body` for the rows of all images and transforms.
  private func forEach(_ indices: Range<Int>, _ body: (_ row: Int, _ index: Int, _ position: Int) -> Void) {
    for (image, index) in indices.enumerated() {
      for position in 0..<grid.count { body(image * grid.count + position, index, position) }
    }
  }

  /// Loads the true transformed images as inputs and targets, with their codes.
  private func loadTruth(_ indices: Range<Int>) {
    forEach(indices) { row, index, position in
      let values = grid.values(image: index, position: position)
      loader.load(index, values: values, into: transformed.inputs, row: row)
      transformed.setCodes(of: values, in: transformed.targetCodes, row: row)
    }
  }

  private func measureUpright(_ indices: Range<Int>) {
    let rows = 0..<indices.count
    for (row, index) in indices.enumerated() {
      loader.load(index, values: nil, into: single.inputs, row: row)
      single.setCodes(of: grid.schema.neutralValues, in: single.targetCodes, row: row)
    }
    single.encode(rows: rows)
    storeUpright(single, into: scores.uprightValues, indices)
    single.assemble(code: .truth, rows: rows)
    single.decode(rows: rows)
    for (row, index) in indices.enumerated() {
      scores.uprightLatents.setRow(index, toRow: row, of: single.latents)
      scores[index, .upright] = Double(single.squaredErrors[row])
      scores[index, .uprightSimilarity] = similarity(single, row)
      scores[index, .uprightGradient] = gradient(single.outputs, row)
      scores[index, .uprightTrueGradient] = gradient(single.inputs, row)
    }
  }

  private func measureDecodedFromUpright(_ indices: Range<Int>) {
    decode(latentsOf: single, indices)
    store(.decodedFromUpright, indices)
    var sums = [Sums](repeating: Sums(), count: indices.count)
    forEach(indices) { row, index, position in
      let image = row / grid.count
      let map = pose(of: transformed, row: row)
      kernels.sample(single.outputs, at: image, through: map, on: pixels, into: sampled, row: row)
      let squares = ImageMeasures.squares(transformed.outputs, row: row, sampled, row: row)
      if squares.ofOther > ImageMeasures.leastSquares {
        sums[image].equivariance += (squares.ofDifference / squares.ofOther).squareRoot()
        sums[image].equivarianceCount += 1
      }
      sums[image].similarity += similarity(transformed, row)
      sums[image].gradient += gradient(transformed.outputs, row)
      sums[image].trueGradient += gradient(transformed.inputs, row)
    }
    for (index, sum) in zip(indices, sums) {
      scores[index, .equivariance] = ratio(sum.equivariance, to: sum.equivarianceCount) ?? .nan
      scores[index, .decodedFromUprightSimilarity] = sum.similarity / Double(grid.count)
      scores[index, .decodedFromUprightGradient] = sum.gradient
      scores[index, .decodedFromUprightTrueGradient] = sum.trueGradient
    }
  }

  private struct Sums {
    var equivariance = 0.0
    var equivarianceCount = 0.0
    var similarity = 0.0
    var gradient = 0.0
    var trueGradient = 0.0
  }

  /// Encodes every second decoded image. Decoded images have no zeros, so that encoding them takes longest.
  private func measureCycle(_ indices: Range<Int>) {
    let positions = Array(grid.cyclePositions)
    for image in 0..<indices.count {
      for (place, position) in positions.enumerated() {
        again.inputs.setRow(
          image * positions.count + place, toRow: image * grid.count + position, of: transformed.outputs)
      }
    }
    again.encode(rows: 0..<indices.count * positions.count)
    for (image, index) in indices.enumerated() {
      var sum = 0.0
      for (place, position) in positions.enumerated() {
        let row = image * positions.count + place
        let values = grid.schema.values(ofCode: again.encodedCodes.row(row))
        for (number, value) in values.enumerated() {
          scores.cycleValues[number][index, position] = Float(value)
        }
        sum += ImageMeasures.squares(again.latents, row: row, single.latents, row: image).ofDifference
      }
      scores[index, .cycleLatents] = sum / Double(positions.count)
    }
  }

  /// Finds the true image, of 72 angles, that is nearest to each decoded one.
  private func measureRealised(_ indices: Range<Int>) {
    guard let rotation = grid.schema.typed.firstIndex(of: .rotation) else { return }
    let counted = indices.clamped(to: 0..<Self.realisedCount)
    guard !counted.isEmpty else { return }
    var values = grid.schema.neutralValues
    forEach(counted) { row, _, position in
      values[rotation] = angle(position, of: grid.count)
      again.latents.setRow(row, toRow: row / grid.count, of: single.latents)
      again.setCodes(of: values, in: again.targetCodes, row: row)
    }
    again.assemble(code: .truth, rows: rows(of: counted))
    again.decode(rows: rows(of: counted))
    for (image, index) in counted.enumerated() {
      for direction in 0..<Self.directionCount {
        values[rotation] = angle(direction, of: Self.directionCount)
        loader.load(index, values: values, into: directions, row: direction)
      }
      let realised = (0..<grid.count).count { position in
        let nearest = nearestDirection(to: image * grid.count + position)
        let found = Angle(radians: angle(nearest, of: Self.directionCount))
        let asked = Angle(radians: angle(position, of: grid.count))
        return abs(found.difference(from: asked).degrees) < 10.01
      }
      scores[index, .realised] = Double(realised) / Double(grid.count)
    }
  }

  private func angle(_ position: Int, of count: Int) -> Double {
    Angle(degrees: 360 * Double(position) / Double(count)).radians
  }

  private func nearestDirection(to row: Int) -> Int {
    var best = (error: Double.infinity, direction: 0)
    for direction in 0..<Self.directionCount {
      let error = ImageMeasures.squares(again.outputs, row: row, directions, row: direction).ofDifference
      if error < best.error { best = (error, direction) }
    }
    return best.direction
  }

  private func measureDecodedFromTurned(_ indices: Range<Int>) {
    for (row, index) in indices.enumerated() {
      let values = grid.values(image: index, position: grid.randomPosition(image: index))
      loader.load(index, values: values, into: single.inputs, row: row)
    }
    single.encode(rows: 0..<indices.count, codes: false)
    decode(latentsOf: single, indices)
    store(.decodedFromTurned, indices)
  }

  private func measureOwnCode(_ indices: Range<Int>) {
    transformed.encode(rows: rows(of: indices))
    transformed.assemble(code: .encoded, rows: rows(of: indices))
    transformed.decode(rows: rows(of: indices))
    store(.ownCode, indices)
    store(transformed, into: scores.encodedValues, indices)
    storeCertainties(transformed, into: scores.certainties, indices)
    forEach(indices) { row, index, position in
      scores.latents.setRow(index * grid.count + position, toRow: row, of: transformed.latents)
    }
  }

  private func measureLeakFree(_ indices: Range<Int>) {
    guard grid.schema.index(of: .rotation) != nil else { return }
    forEach(indices) { row, index, position in
      loader.load(
        index, values: grid.values(image: index, position: position), jitter: grid.shift(image: index),
        into: again.inputs, row: row)
    }
    again.encode(rows: rows(of: indices))
    store(again, into: scores.leakFreeValues, indices)
    storeCertainties(again, into: scores.leakFreeCertainties, indices)
    for (row, index) in indices.enumerated() {
      loader.load(index, values: nil, jitter: grid.shift(image: index), into: single.inputs, row: row)
    }
    single.encode(rows: 0..<indices.count)
    storeUpright(single, into: scores.leakFreeUprightValues, indices)
  }

  /// Decodes the latents in `pass` with the codes of all transforms.
  private func decode(latentsOf pass: BatchPass, _ indices: Range<Int>) {
    forEach(indices) { row, _, _ in
      transformed.latents.setRow(row, toRow: row / grid.count, of: pass.latents)
    }
    transformed.assemble(code: .truth, rows: rows(of: indices))
    transformed.decode(rows: rows(of: indices))
  }

  /// Stores the mean errors over the transforms.
  private func store(_ column: Scores.Column, _ indices: Range<Int>) {
    for (image, index) in indices.enumerated() {
      let rows = image * grid.count..<(image + 1) * grid.count
      scores[index, column] = transformed.squaredErrors.sum(rows: rows) / Double(grid.count)
    }
  }

  private func store(_ pass: BatchPass, into encodedValues: [Matrix], _ indices: Range<Int>) {
    forEach(indices) { row, index, position in
      let values = grid.schema.values(ofCode: pass.encodedCodes.row(row))
      for (number, value) in values.enumerated() { encodedValues[number][index, position] = Float(value) }
    }
  }

  private func storeCertainties(_ pass: BatchPass, into certainties: Matrix, _ indices: Range<Int>) {
    guard let values = pass.certainties else { return }
    forEach(indices) { row, index, position in certainties[index, position] = values[row] }
  }

  private func storeUpright(_ pass: BatchPass, into encodedValues: Matrix, _ indices: Range<Int>) {
    for (row, index) in indices.enumerated() {
      let values = grid.schema.values(ofCode: pass.encodedCodes.row(row))
      encodedValues.set(row: index, column: 0, to: values.map { Float($0) })
    }
  }

  /// The map of a row's transform.
  private func pose(of pass: BatchPass, row: Int) -> SamplingMap {
    let values = grid.schema.values(ofCode: pass.targetCodes.row(row))
    let map = grid.schema.map(of: values)
    return (map.xx, map.xy, map.x0, map.yx, map.yy, map.y0)
  }

  private func similarity(_ pass: BatchPass, _ row: Int) -> Double {
    ImageMeasures.structuralSimilarity(
      pass.outputs, row: row, pass.inputs, row: row, width: architecture.imageShape.width,
      channels: architecture.imageShape.channels)
  }

  private func gradient(_ image: Matrix, _ row: Int) -> Double {
    ImageMeasures.gradientSum(
      image, row: row, width: architecture.imageShape.width, channels: architecture.imageShape.channels)
  }
}
