import Checkpoints
import Datasets
import Foundation
import Primitives
import Training

/// A run that is to go on: where it was, and what of it can be read.
struct ResumedRun {
  let folder: RunFolder
  let checkpoint: Checkpoint
  /// All checkpoints that are whole.
  let present: CheckpointSelection
  /// A sentence for each newer checkpoint that cannot be read.
  let warnings: [String]

  /// Reads the newest checkpoint in the run's folder at `path`, or the newest of those that are whole.
  init(_ path: String) throws {
    folder = RunFolder(path)
    let contents = folder.checkpoints.read()
    guard let newest = contents.newest else {
      throw Failure(
        contents.faults.first.map { "no readable checkpoint to resume from: \($0)" }
          ?? "\(path.printable) holds no checkpoint to resume from")
    }
    checkpoint = newest
    present = contents.selection
    let intact = folder.checkpoints.filePath(steps: newest.progress.steps)
    warnings = contents.faults.map { "warning: \($0); resuming from \(intact.printable)" }
  }

  /// Whether nothing is left to do.
  var isFinished: Bool {
    checkpoint.isAtEnd && FileManager.default.fileExists(atPath: folder.modelPath)
  }

  /// The run's data set, from where it was or from where `text` says that it is now.
  func dataset(at text: String?) throws -> Dataset {
    let choice: DataChoice
    do {
      choice = try DataChoice(text ?? checkpoint.run.dataSource)
    } catch {
      throw text == nil ? Failure("\(error.sentence); --data names their new place") : error
    }
    let dataset = try choice.dataset()
    let (found, expected) = (choice.identity(of: dataset), checkpoint.run.data)
    guard found.trainingCount == expected.trainingCount, found.testCount == expected.testCount else {
      throw Failure(
        "the data differ from those of the resumed run: \(found.trainingCount) and \(found.testCount) "
          + "images instead of \(expected.trainingCount) and \(expected.testCount)")
    }
    guard found == expected else {
      throw Failure("the data differ from those of the resumed run: other images or labels")
    }
    return dataset
  }
}
