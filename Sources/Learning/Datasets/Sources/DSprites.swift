/// The facts about dSprites (Matthey and others, 2017), whose factors are known by the order of its images.
enum DSprites {
  private static let shapes = ["square", "ellipse", "heart"]
  private static let scales = 6
  private static let orientations = 40
  private static let positions = 32
  private static let count = 3 * scales * orientations * positions * positions

  /// The arrays of dSprites in a collection; nil for another set.
  static func choice(in collection: ArrayCollection) -> ArrayChoice? {
    guard let images = collection.arrays.first(where: { $0.key == "imgs" }),
      images.shape == [count, 64, 64], images.type.kind == .uint8,
      let layout = ImageLayout(shape: images.shape)
    else { return nil }
    return ArrayChoice(
      parts: [ArrayChoice.Part(kind: .all, images: images, layout: layout, labels: nil)],
      unused: collection.arrays.filter { $0.key != images.key })
  }

  static func traits(name: String) -> ArraySource.Traits {
    ArraySource.Traits(
      name: name.lowercased().hasPrefix("dsprites") ? "dsprites" : name, classNames: shapes, rule: .binary,
      notes: ["the labels are the shapes, the factors those of dSprites"], factors: factors,
      factorValues: (0..<count).flatMap(values), labels: (0..<count).map { $0 / (count / 3) })
  }

  /// The scale, the orientation in degrees, counter-clockwise, and the position from 0 to 1.
  static let factors = [
    Factor(name: "scale"), Factor(name: "orientation", unit: "°", period: 360),
    Factor(name: "x"), Factor(name: "y"),
  ]

  /// The values of the factors of an image.
  static func values(of image: Int) -> [Float] {
    let y = image % positions
    let x = image / positions % positions
    let orientation = image / (positions * positions) % orientations
    let scale = image / (positions * positions * orientations) % scales
    return [
      Float(5 + scale) / 10, 360 * Float(orientation) / Float(orientations - 1),
      Float(x) / Float(positions - 1), Float(y) / Float(positions - 1),
    ]
  }
}
