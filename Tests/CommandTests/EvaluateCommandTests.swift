import Foundation
import TestSupport
import Testing

/// `evaluate` and `inspect` with the bundled models.
@Suite struct EvaluateCommandTests {
  private static let shares = [
    "upright_mse", "steer_mse", "resteer_mse", "turned_mse", "angle_within_15",
  ]

  private func figures(_ arguments: String...) throws -> [String: Any] {
    let outcome = try Program.run(["evaluate", "--json"] + arguments)
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    return try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  @Test func theFiguresAreOneObjectWithTheAgreedKeys() throws {
    let data = try SmallDataset(test: 12)
    let figures = try figures("--model", "digits", "--data", data.path)
    let keys = Self.shares + ["angle_mean_degrees", "angle_median_degrees", "images", "interpolation"]
    #expect(figures.keys.sorted() == keys.sorted())
    for key in Self.shares { #expect((0...1).contains(try #require(figures[key] as? Double)), "\(key)") }
    for key in ["angle_mean_degrees", "angle_median_degrees"] {
      #expect((0...180).contains(try #require(figures[key] as? Double)), "\(key)")
    }
    #expect(figures["images"] as? Int == 12)
    #expect(figures["interpolation"] as? String == "bilinear")
  }

  @Test func heldOutImagesAndNearestPixelsAreAsked() throws {
    let data = try SmallDataset()
    let figures = try figures(
      "--model", "digits", "--data", data.path, "--held-out", "5", "--interpolation", "nearest")
    #expect(figures["images"] as? Int == 5)
    #expect(figures["interpolation"] as? String == "nearest")
  }

  @Test func theTableIsForPeople() throws {
    let data = try SmallDataset()
    let outcome = try Program.run(["evaluate", "--model", "mnist", "--data", data.path])
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("12 images, 24 angles, bilinear"))
    #expect(outcome.output.contains("angle read: mean error"))
    #expect(outcome.errors.isEmpty)
  }

  @Test func moreHeldOutImagesThanThereAreAreRefused() throws {
    let data = try SmallDataset(training: 96)
    let outcome = try Program.run(
      ["evaluate", "--model", "digits", "--data", data.path, "--held-out", "97", "--json"])
    #expect(outcome.status == 1)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("96"))
  }

  @Test(arguments: ["digits", "mnist"]) func aBundledModelIsInspected(name: String) throws {
    let outcome = try Program.run(["inspect", name])
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    let lines = outcome.output.split(separator: "\n").map { line in
      line.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }
    // 784-256-128, heads of 2 and 5, and 7-128-256-784.
    for line in [
      "coordinates rotation, free:5", "hidden 256, 128", "parameters 470295", "data \(name)",
      "decoder.0.weight 128 × 7", "encoder_backbone.0.weight 256 × 784", "head_rot.fc.bias 2",
    ] { #expect(lines.contains(line), "\(line)") }
  }
}
