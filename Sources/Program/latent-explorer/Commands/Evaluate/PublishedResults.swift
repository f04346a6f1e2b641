import Coordinates

/// Published figures and those of simple methods, for comparison with an evaluation.
///
/// Those of PCA, the mean image and the article's recipe were computed with the same images, transforms and
/// measures; others are marked by ≠.
struct PublishedResults {
  private let texts: [String: String]
  /// A legend; nil if there are no figures.
  let note: String?

  /// Selects the figures for a data set and a coordinate schema.
  ///
  /// - Parameter isSameMeasure: True if the 10,000 test images are measured with bilinear sampling; otherwise
  ///   all figures are marked by ≠.
  init(data: String, schema: CoordinateSchema, isSameMeasure: Bool) {
    let known: [String: String] =
      switch (data.lowercased(), schema.typed) {
      case ("mnist", [.rotation]): Self.mnist
      case ("fashion-mnist", [.rotation]): Self.fashion
      case ("mnist", Self.fourCoordinates): Self.mnistFourCoordinates
      default: [:]
      }
    texts = isSameMeasure ? known : known.mapValues { $0.hasSuffix("≠") ? $0 : $0 + " ≠" }
    note =
      texts.isEmpty
      ? nil
      : """
      article: the article's recipe, 10 + 10 + 10 epochs (Fashion-MNIST: 6 + 6 + 6)
      ≠: measured otherwise, not comparable
      """
  }

  /// The comparison for a figure, by its JSON key.
  func text(for key: String) -> String? { texts[key] }

  private static let mnist = [
    "upright_mse": "mean image .0675, PCA-16 .0269, article .0476",
    "steer_mse": "mean image .0635, PCA-16 turned exactly .0206, article .0405",
    "resteer_mse": "article .0428",
    "turned_mse": "article .0390; angle network and de-rotation, latent 5: .0197 ≠",
    "angle_mean_degrees": "article 11.6°, ridge regression 20.1°; RotNet, 360 bins: 6.5° ≠",
    "angle_median_degrees": "article 8.8°, ridge regression 17.1°",
    "angle_within_15": "article 73.5 %, ridge regression 45 %",
    "relative_angle_mean_degrees": "angle network and de-rotation: 5.5° ≠",
    "relative_angle_median_degrees": "angle network and de-rotation: 4.7° ≠",
    "leak_free_angle_mean_degrees": "article, centred by mass: 59.8° ≠",
    "leak_free_angle_median_degrees": "article, centred by mass: 29.5° ≠",
    "realised_within_10": "article 54.5 %",
    "invariance": "article .102",
    "probe_turned": "article 65 %",
    "equivariance_error": "article .252 ≠",
    "cycle_angle_mean_degrees": "article 9.2° ≠",
    "cycle_latents": "article .392 ≠",
    "sharpness": "article .64 ≠",
  ]

  private static let fourCoordinates: [Coordinate] = [
    .rotation, .shiftX(pixels: 6), .shiftY(pixels: 6), .scale(from: 0.6, to: 1.4),
  ]

  private static let mnistFourCoordinates = [
    "steer_mse": "staged reader, learned decoder: .0303",
    "resteer_mse": "staged reader .0297",
    "angle_mean_degrees": "staged reader 26.5°; one network for everything 70°",
    "angle_median_degrees": "staged reader 7.3°; one network for everything 42°",
    "angle_modulo_180_mean_degrees": "staged reader 9.8°",
    "angle_within_15": "staged reader 75 %; one network for everything 24 %",
    "shift_x_mean_pixels": "staged reader .35 px, one network for everything .54 px",
    "shift_y_mean_pixels": "staged reader .35 px, one network for everything .55 px",
    "scale_mean_log": "staged reader .037, one network for everything .061",
    "invariance": "staged reader .062",
    "probe_turned": "staged reader 90 %",
  ]

  private static let fashion = [
    "upright_mse": "article .0425",
    "steer_mse": "PCA-32 turned exactly .0098, article .0343",
    "resteer_mse": "article .0374",
    "turned_mse": "article .0374",
    "angle_mean_degrees": "article 19.1°",
    "angle_median_degrees": "article 6.2°",
    "angle_within_15": "article 76.5 %",
    "realised_within_10": "article 85 %",
    "probe_turned": "article 50 %",
  ]
}
