import Coordinates
import Datasets
import Essentials
import Evaluation
import Primitives
import Training

/// An evaluation as a table or as one JSON object.
///
/// Each figure is declared once, with its key, description and format.
struct EvaluationReport {
  private let evaluation: Evaluation
  private let classNames: [String]
  private let published: PublishedResults
  /// The names of the model and of the data set.
  private let names: (model: String, data: String)

  init(
    _ evaluation: Evaluation, model: String, data: Dataset, published: PublishedResults
  ) {
    names = (model, data.name)
    self.evaluation = evaluation
    classNames = data.classNames
    self.published = published
  }

  /// All figures under their headings.
  private var sections: [(heading: String, figures: [Figure])] {
    return [
      ("mean squared error per pixel", errorFigures),
      ("decoded images", drawingFigures),
      ("encoder's angle", figures(of: evaluation.angle, key: "")),
      (
        "encoder's angle, leak-free: images first shifted at random by up to 1 pixel",
        figures(of: evaluation.leakFreeAngle, key: "leak_free_")
      ),
      ("encoder's other typed coordinates", Coordinate.Meaning.allCases.flatMap(offsetFigures(of:))),
      ("free latents", latentFigures),
    ]
  }

  private var errorFigures: [Figure] {
    let images = evaluation.images
    return [
      Figure(key: "upright_mse", words: "upright, reconstructed", value: images.upright),
      Figure(
        key: "steer_mse", words: "decoded from upright latents, every transform",
        value: images.decodedFromUpright),
      Figure(
        key: "resteer_mse", words: "decoded from latents of a transformed image",
        value: images.decodedFromTurned),
      Figure(
        key: "turned_mse", words: "transformed, reconstructed with encoder's codes", value: images.ownCode),
    ]
  }

  private var drawingFigures: [Figure] {
    let images = evaluation.images
    return [
      Figure(
        key: "upright_psnr", words: "upright: peak signal-to-noise ratio", value: images.uprightPeakRatio,
        format: .decibels, applies: true),
      Figure(
        key: "upright_ssim", words: "upright: structural similarity", value: images.uprightSimilarity,
        format: .ratio),
      Figure(
        key: "steer_ssim", words: "decoded from upright latents: structural similarity",
        value: images.decodedFromUprightSimilarity,
        format: .ratio),
      Figure(
        key: "upright_sharpness", words: "upright: sharpness, Σ|∇drawn| ÷ Σ|∇truth|",
        value: images.uprightSharpness, format: .ratio, applies: true),
      Figure(
        key: "sharpness", words: "decoded: sharpness", value: images.decodedFromUprightSharpness,
        format: .ratio, applies: true),
      Figure(
        key: "realised_within_10", words: "decoded angle within 10° (first 400 images)",
        value: images.realised, format: .percent),
      Figure(
        key: "equivariance_error", words: "decoder: equivariance error", value: images.equivariance,
        format: .ratio, applies: true),
    ]
  }

  private func figures(of angle: AngleFigures?, key: String) -> [Figure] {
    func degrees(_ name: String, _ words: String, _ value: Angle?) -> Figure {
      Figure(key: "\(key)\(name)_degrees", words: words, value: value?.degrees, format: .degrees)
    }
    func fraction(_ name: String, _ words: String, _ value: Double?, applies: Bool = false) -> Figure {
      Figure(key: "\(key)\(name)", words: words, value: value, format: .percent, applies: applies)
    }
    return [
      degrees("angle_mean", "mean error", angle?.errors.mean),
      degrees("angle_median", "median error", angle?.errors.median),
      degrees("angle_p90", "90th percentile", angle?.errors.percentile90),
      fraction("angle_within_10", "within 10°", angle?.errors.fractionWithin10),
      fraction("angle_within_15", "within 15°", angle?.errors.fractionWithin15),
      fraction("angle_within_30", "within 30°", angle?.errors.fractionWithin30),
      degrees("angle_modulo_180_mean", "modulo 180°, mean error", angle?.halfTurnErrors.mean),
      degrees("angle_modulo_180_median", "modulo 180°, median error", angle?.halfTurnErrors.median),
      fraction("angle_flips", "flips, beyond 135°", angle?.flips),
      fraction("angle_sure", "confident: probability of 0.9 within 17.5°", angle?.confident),
      fraction(
        "angle_sure_flips", "flips among the confident", angle?.confidentFlips,
        applies: angle?.confident != nil),
      degrees("relative_angle_mean", "relative to the upright image, mean error", angle?.relative.mean),
      degrees("relative_angle_median", "relative to the upright image, median error", angle?.relative.median),
      Figure(
        key: "\(key)circular_correlation", words: "circular correlation (Fisher and Lee)",
        value: angle?.correlation, format: .ratio, applies: angle != nil),
    ]
  }

  private func offsetFigures(of meaning: Coordinate.Meaning) -> [Figure] {
    let (name, descriptor) = (meaning.rawValue, meaning.descriptor)
    guard !descriptor.unit.isAngle else { return [] }
    let offset = evaluation.offsets.first { $0.meaning == meaning }
    let key = name.replacing("-", with: "_")
    let unit = (descriptor.isLogarithmic ? "log" : descriptor.unit.name).map { "_" + $0 } ?? ""
    let words = descriptor.isLogarithmic ? "\(name), natural logarithm" : name
    let format: Figure.Format = descriptor.unit == .pixels ? .pixels : .ratio
    return [
      Figure(key: "\(key)_mean\(unit)", words: "\(words): mean error", value: offset?.mean, format: format),
      Figure(
        key: "\(key)_median\(unit)", words: "\(words): median error", value: offset?.median, format: format),
    ]
  }

  private var latentFigures: [Figure] {
    let latents = evaluation.latents
    return [
      Figure(
        key: "invariance", words: "variance over transforms ÷ over images", value: latents.invariance,
        format: .ratio, applies: true),
      Figure(
        key: "leakage_r2", words: "leakage: R² of the angle from the latents", value: latents.leakage,
        format: .ratio, applies: evaluation.angle != nil),
      Figure(
        key: "cycle_angle_mean_degrees", words: "cycle: angle of a decoded image, mean error",
        value: latents.cycleAngle?.mean.degrees, format: .degrees),
      Figure(
        key: "cycle_angle_median_degrees", words: "cycle: angle of a decoded image, median error",
        value: latents.cycleAngle?.median.degrees, format: .degrees),
      Figure(
        key: "cycle_latents", words: "cycle: latents of a decoded image", value: latents.cycleLatents,
        format: .ratio, applies: true),
      Figure(
        key: "probe_upright", words: "class by a linear probe, upright", value: latents.probeUpright,
        format: .percent),
      Figure(
        key: "probe_turned", words: "class by a linear probe, transformed", value: latents.probeTransformed,
        format: .percent),
    ]
  }

  // MARK: For people

  /// All figures as text, followed by a table of the classes where images have labels.
  var table: String {
    var lines = [
      "\(evaluation.imageCount) images, \(evaluation.transformCount) transform"
        + "\(evaluation.transformCount == 1 ? "" : "s") of each, \(evaluation.interpolation.rawValue)"
    ]
    for section in sections {
      let figures = section.figures.filter { $0.value != nil || $0.applies }
      guard !figures.isEmpty else { continue }
      lines += ["", section.heading]
      for figure in figures {
        lines.append("  " + padded(figure.words, 58) + leading(figure.text, 9))
        if let text = published.text(for: figure.key) { lines.append("      " + text) }
      }
    }
    if hasClasses { lines += ["", "classes"] + classTable }
    if hasClasses, evaluation.angle != nil {
      lines += ["", "classes, encoder's angle: as is | leak-free"] + classAngleTable
    }
    if let note = published.note { lines += ["", note] }
    return lines.joined(separator: "\n")
  }

  /// False for images without labels.
  private var hasClasses: Bool { !evaluation.classes.isEmpty }

  private var classTable: [String] {
    let header =
      padded("  class", 16) + ["images", "upright", "decoded", "probe"].map { leading($0, 10) }.joined()
    let rows = evaluation.classes.map { figures in
      padded("  " + name(of: figures.label), 16) + leading(String(figures.imageCount), 10)
        + leading(text(figures.upright, .error), 10) + leading(text(figures.decodedFromUpright, .error), 10)
        + leading(text(figures.probeTransformed, .percent), 10)
    }
    return [header] + rows
  }

  private var classAngleTable: [String] {
    let header =
      padded("  class", 16) + ["median", "≤15°", "flips"].map { leading($0, 9) }.joined() + "  |"
      + ["median", "≤15°", "flips", "sure"].map { leading($0, 9) }.joined()
    let rows = evaluation.classes.map { figures in
      func cells(_ angle: AngleErrors?, _ flips: Double?) -> String {
        leading(text(angle?.median.degrees, .degrees), 9)
          + leading(text(angle?.fractionWithin15, .percent), 9)
          + leading(text(flips, .percent), 9)
      }
      return padded("  " + name(of: figures.label), 16) + cells(figures.angle, figures.flips) + "  |"
        + cells(figures.leakFreeAngle, figures.leakFreeFlips)
        + leading(text(figures.leakFreeConfident, .percent), 9)
    }
    return [header] + rows
  }

  private func text(_ value: Double?, _ format: Figure.Format) -> String {
    Figure(key: "", words: "", value: value, format: format).text
  }

  private func name(of label: Int) -> String {
    classNames.indices.contains(label) ? classNames[label] : String(label)
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private func leading(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
  }

  // MARK: For programs

  /// One JSON object with all figures; figures that are absent or undefined are null.
  var json: String {
    get throws {
      var object: [String: Value] = [
        "model": .text(names.model), "data": .text(names.data), "images": .count(evaluation.imageCount),
        "interpolation": .text(evaluation.interpolation.rawValue),
        "transforms": .count(evaluation.transformCount),
      ]
      for section in sections {
        for figure in section.figures { object[figure.key] = .number(figure.value) }
      }
      object["classes"] = hasClasses ? .objects(evaluation.classes.map(object(of:))) : .number(nil)
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
      return String(decoding: try encoder.encode(object), as: UTF8.self).printableJSON
    }
  }

  private func object(of figures: ClassFigures) -> [String: Value] {
    [
      "name": .text(name(of: figures.label)), "images": .count(figures.imageCount),
      "upright_mse": .number(figures.upright), "steer_mse": .number(figures.decodedFromUpright),
      "angle_flips": .number(figures.flips), "leak_free_angle_flips": .number(figures.leakFreeFlips),
      "leak_free_angle_sure": .number(figures.leakFreeConfident),
      "probe_turned": .number(figures.probeTransformed),
    ]
    .merging(object(of: figures.angle, figures.halfTurnErrors, key: "")) { first, _ in first }
    .merging(object(of: figures.leakFreeAngle, figures.leakFreeHalfTurnErrors, key: "leak_free_")) {
      first, _ in
      first
    }
  }

  private func object(of angle: AngleErrors?, _ halfTurn: AngleErrors?, key: String) -> [String: Value] {
    [
      "\(key)angle_mean_degrees": .number(angle?.mean.degrees),
      "\(key)angle_median_degrees": .number(angle?.median.degrees),
      "\(key)angle_p90_degrees": .number(angle?.percentile90.degrees),
      "\(key)angle_within_10": .number(angle?.fractionWithin10),
      "\(key)angle_within_15": .number(angle?.fractionWithin15),
      "\(key)angle_within_30": .number(angle?.fractionWithin30),
      "\(key)angle_modulo_180_mean_degrees": .number(halfTurn?.mean.degrees),
      "\(key)angle_modulo_180_median_degrees": .number(halfTurn?.median.degrees),
    ]
  }

  private indirect enum Value: Encodable {
    case count(Int)
    case number(Double?)
    case text(String)
    case objects([[String: Value]])

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .count(let count): try container.encode(count)
      case .number(let number?) where number.isFinite: try container.encode(number)
      case .number: try container.encodeNil()
      case .text(let text): try container.encode(text)
      case .objects(let objects): try container.encode(objects)
      }
    }
  }
}
