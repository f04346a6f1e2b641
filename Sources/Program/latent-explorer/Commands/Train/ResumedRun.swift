import Checkpoints
import Datasets
import Essentials
import Libraries
import Primitives
import Training

/// A run to resume, with its checkpoints.
struct ResumedRun {
  let folder: RunFolder
  let checkpoint: Checkpoint
  /// All intact checkpoints.
  let present: CheckpointSelection
  /// A sentence for each newer checkpoint that is unreadable.
  let warnings: [String]

  /// Reads the newest intact checkpoint in the run's folder at `path`; throws if there is none.
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

  /// True if nothing remains to be done.
  var isFinished: Bool {
    checkpoint.isAtEnd && FileManager.default.fileExists(atPath: folder.modelPath)
  }

  /// The run's data set, read from `text` or, if nil, from its original location. Throws if the data differ.
  ///
  /// - Parameter options: the options given now; those of the run without any.
  func dataset(at text: String?, _ options: DataOptions) throws -> Dataset {
    let options = options.isEmpty ? checkpoint.run.dataOptions ?? options : options
    let choice: DataChoice
    do {
      choice = try DataChoice(text ?? checkpoint.run.dataSource, options: options)
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
