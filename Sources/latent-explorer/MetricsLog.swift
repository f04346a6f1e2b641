import Foundation
import Primitives
import Training

/// The losses of a run as JSON, one object a line: at the end of each epoch and every hundred steps.
struct MetricsLog {
  private struct Line: Encodable {
    var phase: Int
    var epoch: Int
    var step: Int
    var loss: Double
    var reconstruction_loss: Double
    var rotation_loss: Double
    var stage_loss: Double
    var held_out_loss: Double?
    var images_per_second: Double?
    var seconds: Double

    /// Numbers that are not known are null instead of missing, so that every line has the same keys.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(phase, forKey: .phase)
      try container.encode(epoch, forKey: .epoch)
      try container.encode(step, forKey: .step)
      try container.encode(loss, forKey: .loss)
      try container.encode(reconstruction_loss, forKey: .reconstruction_loss)
      try container.encode(rotation_loss, forKey: .rotation_loss)
      try container.encode(stage_loss, forKey: .stage_loss)
      try container.encode(held_out_loss, forKey: .held_out_loss)
      try container.encode(images_per_second, forKey: .images_per_second)
      try container.encode(seconds, forKey: .seconds)
    }

    private enum CodingKeys: CodingKey {
      case phase, epoch, step, loss, reconstruction_loss, rotation_loss, stage_loss, held_out_loss
      case images_per_second, seconds
    }
  }

  static let interval = 100
  private let path: String
  private let file: FileHandle
  private let encoder = JSONEncoder()
  private var steps = 0
  private var sums = (images: 0.0, total: 0.0, reconstruction: 0.0, coordinates: 0.0, stages: 0.0)

  /// Makes the file anew.
  init(path: String) throws {
    self.path = path
    encoder.outputFormatting = [.sortedKeys]
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else { throw Failure("\(path.printable) cannot be written") }
    self.file = file
  }

  /// Counts a step in, and writes a line where one is due: losses are means since the line before.
  mutating func add(_ report: StepReport, imagesPerSecond: Double?, seconds: Double) throws {
    let images = Double(report.images)
    steps += 1
    sums.images += images
    sums.total += images * report.losses.total
    sums.reconstruction += images * report.losses.reconstruction
    sums.coordinates += images * report.losses.coordinates
    sums.stages += images * report.losses.stages
    guard report.endsEpoch || steps % Self.interval == 0 else { return }
    let line = Line(
      phase: report.position.phase + 1, epoch: report.position.epoch + 1, step: steps,
      loss: sums.total / sums.images, reconstruction_loss: sums.reconstruction / sums.images,
      rotation_loss: sums.coordinates / sums.images, stage_loss: sums.stages / sums.images,
      held_out_loss: report.heldOut?.total,
      images_per_second: imagesPerSecond, seconds: seconds)
    sums = (0, 0, 0, 0, 0)
    do {
      try file.write(contentsOf: try encoder.encode(line) + Data("\n".utf8))
    } catch {
      throw Failure("\(path.printable) cannot be written: \(error.localizedDescription.printable)")
    }
  }
}
