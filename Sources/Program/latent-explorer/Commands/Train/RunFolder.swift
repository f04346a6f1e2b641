import Checkpoints
import Essentials
import Libraries
import Primitives

/// The folder of a training run.
struct RunFolder {
  let path: String

  /// Refers to the folder at `path`.
  init(_ path: String) {
    self.path = path
  }

  /// Refers to the folder at `path`; throws if it contains a run, finished or not, unless `overwrite` is
  /// true.
  init(new path: String, overwrite: Bool) throws {
    self.init(path)
    if !overwrite, files.contains(where: FileManager.default.fileExists) || !checkpoints.steps.isEmpty {
      throw Failure(
        "\(path.printable) already holds a run; choose another folder, --resume or --overwrite"
      )
    }
  }

  /// Creates the folder and its checkpoint folder if they are missing.
  func prepare() throws {
    do { try Folder.make(checkpoints.path) } catch {
      throw Failure("\(path.printable): cannot create the folder: \(error)")
    }
    // A durable file in a folder that is not durable could still be lost.
    AtomicFile.synchronize(path)
    AtomicFile.synchronize(path + "/..")
  }

  /// Removes the files of an earlier run, except for the new run's first checkpoint.
  ///
  /// Checkpoints are removed first, so that the newest one always belongs to a single run.
  func removeEarlierRun() throws {
    checkpoints.removeAll(except: [0])
    for file in files where unlink(file) != 0 && errno != ENOENT {
      throw Failure("\(file.printable) cannot be removed: \(FileError.reason(of: errno))")
    }
  }

  /// Returns true if the file at `path` lies in this folder.
  func contains(_ file: String) -> Bool {
    isSame(as: URL(fileURLWithPath: file).deletingLastPathComponent().path)
  }

  /// Returns true if `other` is a path of this folder.
  func isSame(as other: String) -> Bool {
    URL(fileURLWithPath: path).resolvingSymlinksInPath()
      == URL(fileURLWithPath: other).resolvingSymlinksInPath()
  }

  /// All files of a run other than checkpoints.
  private var files: [String] { [modelPath, metricsPath] + (1...3).map(modelPath(phase:)) }

  /// The final weights.
  var modelPath: String { "\(path)/\(ModelChoice.nameInRun)" }

  /// The weights after a phase, counted from 1.
  func modelPath(phase: Int) -> String { path + "/model-phase-\(phase).safetensors" }

  /// The losses over time.
  var metricsPath: String { path + "/metrics.jsonl" }

  /// The checkpoints from which the run can be resumed.
  var checkpoints: CheckpointFolder { CheckpointFolder(path + "/checkpoints") }
}

/// A lock against other processes that train into the same folder; released with the value or the process.
final class RunFolderLock {
  private let descriptor: Int32

  /// Locks `folder`, which must exist; does nothing if the file system does not support locks.
  init(_ folder: RunFolder) throws {
    descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK else { return }
    close(descriptor)
    throw Failure("\(folder.path.printable): another process is training into this folder")
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }
}
