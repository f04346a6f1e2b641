import Foundation
import Primitives

/// A folder of checkpoints, each in a file that is named after its step.
public struct CheckpointFolder: Sendable, Hashable {
  /// The folder's path.
  public let path: String

  /// Names the folder at `path`, which need not exist.
  public init(_ path: String) {
    self.path = path
  }

  /// The path of the checkpoint after `steps` steps; names of later ones sort after those of earlier ones.
  public func filePath(steps: Int) -> String {
    let digits = String(steps)
    return path + "/step-" + String(repeating: "0", count: max(0, 9 - digits.count)) + digits + ".safetensors"
  }

  /// The steps of all files that are named as checkpoints are, newest first.
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

  /// What can be read of the folder.
  public struct Contents: Sendable {
    /// The newest checkpoint that is whole.
    public var newest: Checkpoint?
    /// All checkpoints that are whole.
    public var selection = CheckpointSelection()
    /// Why others cannot be read, newest first.
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

  /// Removes all checkpoints but those after `kept` steps; what cannot be removed stays.
  public func removeAll(except kept: Set<Int> = []) {
    for steps in steps where !kept.contains(steps) { unlink(filePath(steps: steps)) }
  }
}
