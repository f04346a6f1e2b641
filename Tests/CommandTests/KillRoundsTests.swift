import Checkpoints
import Foundation
import Primitives
import TestSupport
import Testing

/// Processes killed at random moments, repeatedly.
///
/// `KILL_ROUNDS` in the environment is the number of rounds; `.ci/kill-rounds` sets it.
@Suite struct KillRoundsTests {
  private static let rounds =
    ProcessInfo.processInfo.environment["KILL_ROUNDS"].flatMap { Int($0) } ?? 5

  private static let arguments = [
    "--recipe", "article", "--epochs", "10,10,10", "--hidden", "16,8", "--held-out", "16", "--batch-size",
    "1",
  ]

  /// After each kill, the newest checkpoint is intact and no older than the last one reported as durable;
  /// each run ends with the bytes of an uninterrupted one.
  @Test func killedRunsResumeToTheSameBytes() throws {
    let (data, output) = (try SmallDataset(training: 400), try TemporaryFolder())
    let arguments = ["--data", data.path] + Self.arguments
    let whole = "\(output.path)/whole"
    try #require(try Program.run(["train"] + arguments + ["--output", whole]).status == 0)
    let expected = try RunContents(whole)
    var snapshots = RandomStream(seed: 1)
    var (kills, runs, resumes) = (0, 0, 0)
    while kills < Self.rounds {
      runs += 1
      let run = "\(output.path)/run-\(runs)"
      let folder = CheckpointFolder("\(run)/checkpoints")
      var isFinished = false
      while !isFinished {
        // Killed before the first checkpoint, a run starts again.
        let start = folder.steps.isEmpty ? arguments + ["--output", run, "--overwrite"] : ["--resume", run]
        if !folder.steps.isEmpty { resumes += 1 }
        let process = try TrainingProcess(start + ["--checkpoint-every", "0", "--name-checkpoints"])
        if kills < Self.rounds { endSuddenly(process, &snapshots) }
        let status = process.waitForEnd()
        if status == 0 { break }
        try #require(status == -SIGKILL, "\(process.errors)")
        kills += 1
        isFinished = try checkNewest(of: folder, after: process.acknowledged)
      }
      #expect(try RunContents(run) == expected, "run \(runs)")
    }
    print("\(kills) kills, \(resumes) resumes, \(runs) runs to the end")
  }

  /// Kills the process soon, often while it starts or writes.
  private func endSuddenly(_ process: TrainingProcess, _ snapshots: inout RandomStream) {
    if snapshots.uniform() < 0.5 {
      process.wait { !process.acknowledged.isEmpty }
    }
    usleep(useconds_t(snapshots.uniform(in: 0..<250_000)))
    process.send(SIGKILL)
  }

  /// Checks the newest checkpoint; returns true if it marks a finished run.
  private func checkNewest(of folder: CheckpointFolder, after acknowledged: [String]) throws -> Bool {
    let contents = folder.read()
    #expect(contents.faults.isEmpty)
    guard let last = acknowledged.last else { return contents.newest?.isAtEnd ?? false }
    let newest = try #require(contents.newest)
    #expect(folder.filePath(steps: newest.progress.steps) >= last)
    return newest.isAtEnd
  }
}
