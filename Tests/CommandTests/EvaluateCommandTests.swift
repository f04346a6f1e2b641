import Foundation
import TestSupport
import Testing

/// `evaluate` and `inspect` with the bundled models.
@Suite struct EvaluateCommandTests {
  private func figures(_ arguments: String...) throws -> [String: Any] {
    let outcome = try Program.run(["evaluate", "--json", "--quiet"] + arguments)
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    return try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  @Test func theFiguresAreOneObjectWithTheAgreedKeys() throws {
    let data = try SmallDataset(test: 12)
    let figures = try figures("--model", "digits", "--data", data.path)
    let fractions = [
      "upright_mse", "steer_mse", "resteer_mse", "turned_mse", "angle_within_15", "angle_flips",
      "leak_free_angle_within_15", "leak_free_angle_flips", "leak_free_angle_sure", "realised_within_10",
      "probe_upright", "probe_turned", "leakage_r2",
    ]
    for key in fractions { #expect((-0.001...1).contains(try #require(figures[key] as? Double)), "\(key)") }
    let degrees = ["angle_mean", "angle_median", "leak_free_angle_median", "leak_free_angle_modulo_180_mean"]
    for key in degrees.map({ $0 + "_degrees" }) + ["cycle_angle_mean_degrees"] {
      #expect((0...180).contains(try #require(figures[key] as? Double)), "\(key)")
    }
    for key in ["invariance", "equivariance_error", "sharpness", "upright_ssim", "upright_psnr"] {
      #expect(figures[key] is Double, "\(key)")
    }
    #expect(figures["images"] as? Int == 12)
    #expect(figures["transforms"] as? Int == 24)
    #expect(figures["interpolation"] as? String == "bilinear")
    let classes = try #require(figures["classes"] as? [[String: Any]])
    #expect(classes.count == 10)
    #expect(classes[3]["name"] as? String == "3")
    #expect(classes.compactMap { $0["images"] as? Int }.reduce(0, +) == 12)
  }

  @Test func shiftsAndScaleHaveFiguresToo() throws {
    let data = try SmallDataset(test: 12)
    let figures = try figures("--model", "four-coordinates", "--data", data.path)
    for key in ["shift_x_mean_pixels", "shift_y_mean_pixels", "scale_mean_log"] {
      #expect((0...7).contains(try #require(figures[key] as? Double)), "\(key)")
    }
  }

  @Test func heldOutImagesAndNearestPixelsAreOptions() throws {
    let data = try SmallDataset()
    let figures = try figures(
      "--model", "digits", "--data", data.path, "--held-out", "5", "--interpolation", "nearest")
    #expect(figures["images"] as? Int == 5)
    #expect(figures["interpolation"] as? String == "nearest")
  }

  @Test func aTableIsPrintedByDefault() throws {
    let data = try SmallDataset()
    let outcome = try Program.run(
      ["evaluate", "--model", "mnist", "--data", data.path, "--images", "9"])
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("9 images, 24 transforms of each, bilinear"))
    for heading in ["mean squared error per pixel", "leak-free", "free latents", "classes"] {
      #expect(outcome.output.contains(heading), "\(heading)")
    }
    #expect(outcome.errors.contains("idx: train-images-idx3-ubyte (u1, 96×28×28): images (train); "))
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }

  @Test func withoutLabelsThereIsNoTableOfClasses() throws {
    let folder = try TemporaryFolder()
    let pixels = (0..<20 * 64).map { UInt8(truncatingIfNeeded: $0 % 77 * 3) }
    let path = try folder.write(
      NumPyBytes.file(NumPyBytes.header("|u1", "(20, 8, 8)"), pixels), to: "images.npy")
    let table = try Program.run(
      ["evaluate", "--model", "digits", "--data", path, "--images", "2", "--quiet"])
    #expect(table.status == 0 && table.errors.isEmpty, "\(table.errors)")
    #expect(table.output.contains("encoder's angle, leak-free") && !table.output.contains("\nclasses"))
    let object = try figures("--model", "digits", "--data", path, "--images", "2")
    #expect(object["classes"] is NSNull && object["images"] as? Int == 2)
  }

  @Test func moreHeldOutImagesThanThereAreAreRefused() throws {
    let data = try SmallDataset(training: 96)
    let outcome = try Program.run(
      ["evaluate", "--model", "digits", "--data", data.path, "--held-out", "97", "--json"])
    #expect(outcome.status == 1)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("96"))
  }

  @Test func theArticlesModelIsInspected() throws {
    // 784-256-128, heads of 2 and 5, and 7-128-256-784.
    try expectInspection(
      of: "article",
      [
        "coordinates rotation, free:5", "hidden 256, 128", "encoder direct", "decoder learned",
        "parameters 470295", "data mnist", "decoder.0.weight 128 × 7",
        "encoder_backbone.0.weight 256 × 784", "head_rot.fc.bias 2",
      ])
  }

  @Test(arguments: ["digits", "mnist", "four-coordinates", "fashion-mnist"])
  func theLargerModelsAreInspected(name: String) throws {
    let coordinates = [
      "four-coordinates": "rotation, shift-x:6, shift-y:6, scale:0.6..1.4, free:16",
      "fashion-mnist": "rotation, free:32",
    ]
    let data = name == "four-coordinates" ? "mnist" : name
    try expectInspection(
      of: name,
      [
        "coordinates \(coordinates[name] ?? "rotation, free:16")", "encoder staged", "decoder warp",
        "data \(data)",
      ])
  }

  private func expectInspection(of name: String, _ expected: [String]) throws {
    let outcome = try Program.run(["inspect", name])
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    let lines = outcome.output.split(separator: "\n").map { line in
      line.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }
    for line in expected { #expect(lines.contains(line), "\(line)") }
  }
}
