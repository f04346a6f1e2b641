import Essentials
import Primitives

/// A folder of checkpoint files, named after their steps.
public struct CheckpointFolder: Sendable, Hashable {
  /// The folder's path.
  public let path: String

  /// Creates a reference to the folder at `path`, which need not exist.
  public init(_ path: String) {
    self.path = path
  }

  /// The path of the checkpoint after `steps` steps; paths sort by the number of steps.
  public func filePath(steps: Int) -> String {
    let digits = String(steps)
    return path + "/step-" + String(repeating: "0", count: max(0, 9 - digits.count)) + digits + ".safetensors"
  }

  /// The steps of all files with the name of a checkpoint, newest first.
  public var steps: [Int] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.compactMap { name -> Int? in
      guard name.hasPrefix("step-"), name.hasSuffix(".safetensors"),
        let steps = Int(name.dropFirst("step-".count).dropLast(".safetensors".count)), steps >= 0,
        filePath(steps: steps) == "\(path)/\(name)"
      else { return nil }
      return steps
    }.sorted(by: >)
  }

  /// The readable contents of a folder.
  public struct Contents: Sendable {
    /// The newest valid checkpoint.
    public var newest: Checkpoint?
    /// All valid checkpoints.
    public var selection = CheckpointSelection()
    /// The errors of the other files, newest first.
    public var faults: [ModelFileError] = []
  }

  /// Reads all checkpoints.
  public func read() -> Contents {
    var contents = Contents()
    for steps in steps {
      do {
        let checkpoint = try CheckpointFile.read(filePath(steps: steps))
        contents.newest = contents.newest ?? checkpoint
        contents.selection.add(checkpoint.progress)
      } catch {
        contents.faults.append(error)
      }
    }
    return contents
  }

  /// Removes all checkpoints except those after `kept` steps; ignores failures.
  public func removeAll(except kept: Set<Int> = []) {
    for steps in steps where !kept.contains(steps) { unlink(filePath(steps: steps)) }
  }
}
