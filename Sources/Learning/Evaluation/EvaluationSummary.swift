import Coordinates
import Datasets
import Kernels
import Primitives
import Training

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Computes the figures from the scores of each image, in a fixed order.
struct EvaluationSummary {
  private let scores: Scores
  private let grid: TransformGrid
  private let labels: [Int?]
  private let probe: LinearProbe?
  private let rotation: Int?

  init(scores: Scores, images: any ImageSource, probe: LinearProbe?) {
    self.scores = scores
    self.probe = probe
    grid = scores.grid
    labels = (0..<images.count).map(images.label(at:))
    rotation = scores.grid.schema.index(of: .rotation)
  }

  private var all: Range<Int> { 0..<scores.count }

  /// All figures.
  func evaluation(pixels: Int, interpolation: Interpolation) -> Evaluation {
    let correct = probe.map {
      (
        upright: $0.correct(scores.uprightLatents, rowsPerImage: 1, labels: labels),
        transformed: $0.correct(scores.latents, rowsPerImage: grid.count, labels: labels)
      )
    }
    return Evaluation(
      images: imageFigures(pixels: pixels),
      angle: angleFigures(
        scores.encodedValues, upright: scores.uprightValues, certainties: scores.certainties),
      leakFreeAngle: angleFigures(
        scores.leakFreeValues, upright: scores.leakFreeUprightValues,
        certainties: scores.leakFreeCertainties),
      offsets: offsetFigures,
      latents: latentFigures(correct?.upright, correct?.transformed),
      classes: Set(labels.compactMap(\.self)).sorted().map {
        classFigures($0, pixels: pixels, correct?.transformed)
      },
      imageCount: scores.count, interpolation: interpolation, transformCount: grid.count)
  }

  // MARK: Images

  private func mean(_ column: Scores.Column) -> Double {
    scores.sum(column, over: all) / Double(scores.count)
  }

  private func imageFigures(pixels: Int) -> ImageFigures {
    let pixels = Double(pixels)
    func sharpness(_ drawn: Scores.Column, _ truth: Scores.Column) -> Double? {
      ratio(scores.sum(drawn, over: all), to: scores.sum(truth, over: all))
    }
    let peakRatios = all.map { scores[$0, .upright] / pixels }.filter { $0 > 0 }.map { -10 * log10($0) }
    let equivariances = all.map { scores[$0, .equivariance] }.filter(\.isFinite)
    let realised = all.prefix(EvaluationWorker.realisedCount)
    return ImageFigures(
      upright: mean(.upright) / pixels, decodedFromUpright: mean(.decodedFromUpright) / pixels,
      decodedFromTurned: mean(.decodedFromTurned) / pixels, ownCode: mean(.ownCode) / pixels,
      uprightPeakRatio: ratio(peakRatios.reduce(0, +), to: Double(peakRatios.count)),
      uprightSimilarity: mean(.uprightSimilarity),
      decodedFromUprightSimilarity: mean(.decodedFromUprightSimilarity),
      uprightSharpness: sharpness(.uprightGradient, .uprightTrueGradient),
      decodedFromUprightSharpness: sharpness(.decodedFromUprightGradient, .decodedFromUprightTrueGradient),
      equivariance: ratio(equivariances.reduce(0, +), to: Double(equivariances.count)),
      realised: grid.schema.typed.contains(.rotation)
        ? scores.sum(.realised, over: realised) / Double(realised.count) : nil)
  }

  // MARK: Coordinates

  /// The true angle of an image's transform.
  private func trueAngle(image: Int, position: Int, _ rotation: Int) -> Angle {
    Angle(radians: grid.value(image: image, position: position, of: rotation))
  }

  private func errors(_ encodedValues: [Matrix], _ images: [Int], _ rotation: Int) -> [Double] {
    images.flatMap { image in
      encodedValues[rotation].row(image).enumerated().map { position, read in
        Angle(radians: Double(read))
          .difference(from: trueAngle(image: image, position: position, rotation)).radians
      }
    }
  }

  private func angleFigures(
    _ encodedValues: [Matrix], upright: Matrix, certainties: Matrix
  ) -> AngleFigures? {
    guard let rotation else { return nil }
    let images = Array(all)
    let errors = errors(encodedValues, images, rotation)
    let sizes = errors.map { abs($0) }
    let confident = confidence(certainties, images)
    let confidentSizes =
      confident.map { confident in zip(sizes, confident).filter { $0.1 }.map { $0.0 } } ?? []
    let relative = images.flatMap { image in
      (0..<grid.count).compactMap { position -> Double? in
        guard trueAngle(image: image, position: position, rotation).radians != 0 else { return nil }
        let error = Angle(radians: errors[image * grid.count + position] - Double(upright[image, rotation]))
        return abs(error.difference(from: Angle(radians: 0)).radians)
      }
    }
    return AngleFigures(
      errors: AngleErrors(sizes), halfTurnErrors: AngleErrors(sizes.map { min($0, .pi - $0) }),
      flips: Self.flips(sizes), confident: confident.map { Self.fraction($0) },
      confidentFlips: confidentSizes.isEmpty ? nil : Self.flips(confidentSizes),
      relative: AngleErrors(relative),
      correlation: correlation(encodedValues[rotation], images, rotation))
  }

  /// The fraction of errors beyond 135°; 0 of none.
  private static func flips(_ sizes: [Double]) -> Double {
    fraction(sizes.map { $0 > 0.75 * .pi })
  }

  private static func fraction(_ answers: [Bool]) -> Double {
    answers.isEmpty ? 0 : Double(answers.count { $0 }) / Double(answers.count)
  }

  /// Tells for each estimate whether it is confident.
  private func confidence(_ certainties: Matrix, _ images: [Int]) -> [Bool]? {
    guard scores.hasCertainties else { return nil }
    return images.flatMap { certainties.row($0).map { $0 >= AngleFigures.confidenceThreshold } }
  }

  /// Fisher and Lee's correlation of estimated and true angles.
  private func correlation(_ encodedValues: Matrix, _ images: [Int], _ rotation: Int) -> Double? {
    var (a, b, c, d, e, f, g, h, count) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for image in images {
      for (position, read) in encodedValues.row(image).enumerated() {
        let (x, y) = (Double(read), trueAngle(image: image, position: position, rotation).radians)
        a += cos(x) * cos(y)
        b += sin(x) * sin(y)
        c += cos(x) * sin(y)
        d += sin(x) * cos(y)
        e += cos(2 * x)
        f += sin(2 * x)
        g += cos(2 * y)
        h += sin(2 * y)
        count += 1
      }
    }
    let spreads = [count * count - e * e - f * f, count * count - g * g - h * h]
    // Less is rounding: angles that differ by a thousandth of a degree leave as much.
    guard spreads.allSatisfy({ $0 > 1e-9 * count * count }) else { return nil }
    return ratio(4 * (a * b - c * d), to: (spreads[0] * spreads[1]).squareRoot())
  }

  private var offsetFigures: [OffsetFigures] {
    grid.schema.typed.enumerated().compactMap { number, coordinate in
      guard coordinate.meaning != .rotation else { return nil }
      let sizes = all.flatMap { image in
        scores.encodedValues[number].row(image).enumerated().map { position, read -> Double in
          coordinate.error(
            of: Double(read), truth: grid.value(image: image, position: position, of: number))
        }
      }.sorted()
      return OffsetFigures(
        meaning: coordinate.meaning, mean: sizes.reduce(0, +) / Double(sizes.count),
        median: quantile(0.5, ofSorted: sizes))
    }
  }

  // MARK: Latents

  private func latentFigures(_ upright: [Int]?, _ transformed: [Int]?) -> LatentFigures {
    let spread = LatentSpread(scores)
    let cycle = rotation.map { rotation in
      let errors = errors(scores.cycleValues, Array(all), rotation)
      return AngleErrors(
        all.flatMap { image in grid.cyclePositions.map { abs(errors[image * grid.count + $0]) } })
    }
    return LatentFigures(
      invariance: spread.invariance,
      leakage: rotation.flatMap { rotation in
        spread.explained { trueAngle(image: $0, position: $1, rotation).radians }
      },
      cycleAngle: cycle,
      cycleLatents: ratio(mean(.cycleLatents), to: spread.uprightVariance)?.squareRoot(),
      probeUpright: upright.map { Double($0.reduce(0, +)) / Double(scores.count) },
      probeTransformed: transformed.map { Double($0.reduce(0, +)) / Double(scores.count * grid.count) })
  }

  // MARK: Classes

  private func classFigures(_ label: Int, pixels: Int, _ correct: [Int]?) -> ClassFigures {
    let images = all.filter { labels[$0] == label }
    let count = Double(images.count)
    let sizes = rotation.map { errors(scores.encodedValues, images, $0).map { abs($0) } }
    let leakFree = rotation.map { errors(scores.leakFreeValues, images, $0).map { abs($0) } }
    return ClassFigures(
      label: label, imageCount: images.count,
      upright: scores.sum(.upright, over: images) / count / Double(pixels),
      decodedFromUpright: scores.sum(.decodedFromUpright, over: images) / count / Double(pixels),
      angle: sizes.map(AngleErrors.init), leakFreeAngle: leakFree.map(AngleErrors.init),
      halfTurnErrors: sizes.map { AngleErrors($0.map { min($0, .pi - $0) }) },
      leakFreeHalfTurnErrors: leakFree.map { AngleErrors($0.map { min($0, .pi - $0) }) },
      flips: sizes.map(Self.flips), leakFreeFlips: leakFree.map(Self.flips),
      leakFreeConfident: confidence(scores.leakFreeCertainties, images).map(Self.fraction),
      probeTransformed: correct.map { correct in
        Double(images.reduce(0) { $0 + correct[$1] }) / (count * Double(grid.count))
      })
  }
}
