import Checkpoints
import Foundation
import Primitives

/// The folder that a training run writes to.
struct RunFolder {
  let path: String

  /// Names the folder at `path`.
  init(_ path: String) {
    self.path = path
  }

  /// Names the folder at `path`, which holds no run, finished or not, unless that may be overwritten.
  init(new path: String, overwrite: Bool) throws {
    self.init(path)
    if !overwrite, files.contains(where: FileManager.default.fileExists) || !checkpoints.steps.isEmpty {
      throw Failure(
        "\(path.printable) already holds a run; choose another folder, --resume or --overwrite"
      )
    }
  }

  /// Makes the folder, and that of the checkpoints, where they are missing.
  func prepare() throws {
    do { try Folder.make(checkpoints.path) } catch {
      throw Failure("\(path.printable): cannot create the folder: \(error)")
    }
    // A file that is durable in a folder that is not would be lost all the same.
    AtomicFile.synchronize(path)
    AtomicFile.synchronize(path + "/..")
  }

  /// Removes what an earlier run left, but for the new run's first checkpoint, which is there already.
  ///
  /// The checkpoints go first: whatever is left in between, the newest one is of one run alone.
  func removeEarlierRun() throws {
    checkpoints.removeAll(except: [0])
    for file in files where unlink(file) != 0 && errno != ENOENT {
      throw Failure("\(file.printable) cannot be removed: \(FileError.reason(of: errno))")
    }
  }

  /// Whether the file at `path` lies in this folder.
  func contains(_ file: String) -> Bool {
    isSame(as: URL(fileURLWithPath: file).deletingLastPathComponent().path)
  }

  /// Whether `other` is a path of this folder.
  func isSame(as other: String) -> Bool {
    URL(fileURLWithPath: path).resolvingSymlinksInPath()
      == URL(fileURLWithPath: other).resolvingSymlinksInPath()
  }

  /// Everything that a run writes but checkpoints.
  private var files: [String] { [modelPath, metricsPath] + (1...3).map(modelPath(phase:)) }

  /// The final weights.
  var modelPath: String { path + "/model.safetensors" }

  /// The weights after a phase, counted from 1.
  func modelPath(phase: Int) -> String { path + "/model-phase-\(phase).safetensors" }

  /// The losses over time.
  var metricsPath: String { path + "/metrics.jsonl" }

  /// What the run can be resumed from.
  var checkpoints: CheckpointFolder { CheckpointFolder(path + "/checkpoints") }
}

/// Keeps other processes from training into the same folder; given up with the value, or with the process.
final class RunFolderLock {
  private let descriptor: Int32

  /// Locks `folder`, which must be there. Where the file system knows no locks, all goes on without.
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
