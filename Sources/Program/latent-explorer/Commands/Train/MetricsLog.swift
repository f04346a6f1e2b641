import Checkpoints
import Essentials
import Libraries
import Primitives
import Training

/// The losses of a run as JSON, one object per line: at the end of each epoch and every hundred steps.
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

    /// Writes missing numbers as null, so that every line has the same keys.
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
  private let file: AppendedFile
  private let encoder = JSONEncoder()
  /// Lines that could not be written yet.
  private var pending: [UInt8] = []

  /// Opens or creates the file and truncates it after its first `keptLines` whole lines.
  init(path: String, keptLines: Int = 0) throws {
    self.path = path
    encoder.outputFormatting = [.sortedKeys]
    file = try AppendedFile(path, keptLines: keptLines)
  }

  /// Adds a step, and writes a line when one is due; losses are means since the previous line.
  ///
  /// - Throws: `Failure`. The line is kept and written next time; the file contains only whole lines.
  mutating func add(
    _ report: StepReport, to progress: inout RunProgress, imagesPerSecond: Double?
  ) throws {
    progress.sinceLine.add(report)
    guard report.endsEpoch || progress.steps % Self.interval == 0, let losses = progress.sinceLine.means
    else { return }
    let line = Line(
      phase: report.position.phase + 1, epoch: report.position.epoch + 1, step: progress.steps,
      loss: losses.total, reconstruction_loss: losses.reconstruction, rotation_loss: losses.coordinates,
      stage_loss: losses.stages, held_out_loss: report.heldOut?.total,
      images_per_second: imagesPerSecond, seconds: progress.seconds)
    progress.sinceLine = LossSums()
    progress.metricsLines += 1
    pending += Array(try encoder.encode(line)) + [UInt8(ascii: "\n")]
    try writePending()
  }

  /// Writes lines that could not be written earlier.
  mutating func writePending() throws {
    guard !pending.isEmpty else { return }
    guard !file.wasRemoved else { throw Failure("\(path.printable) was removed") }
    try file.append(pending)
    pending = []
  }
}
