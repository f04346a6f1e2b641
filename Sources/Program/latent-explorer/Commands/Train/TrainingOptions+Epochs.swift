import ArgumentParser
import Training

extension TrainingOptions {
  /// Checks the numbers of epochs, and that there is one for each phase.
  func validateEpochs() throws {
    guard let epochs else { return }
    let count = recipeName == .article ? 3 : 1
    guard let each = epochsOfEachPhase, epochs.numbers.allSatisfy({ (0...1_000_000).contains($0) }) else {
      let chosen = phases.map { ", or one for each of --phases \($0.defaultValueDescription)" } ?? ""
      throw ValidationError(
        count == 3
          ? "--epochs takes three whole numbers from 0 to 1000000, one for each phase, such as 25,20,20"
            + "\(chosen)."
          : "--epochs takes one whole number from 1 to 1000000 for the joint recipe, such as 30.")
    }
    guard each.contains(where: { $0 > 0 }) else {
      throw ValidationError("--epochs: without a single epoch there is nothing to learn.")
    }
  }

  /// The epochs of all phases of the recipe, 0 for those that are not trained; nil if `--epochs` has a
  /// different number of values.
  var epochsOfEachPhase: [Int]? {
    guard recipeName == .article else {
      return epochs.map { $0.numbers.count == 1 ? $0.numbers : nil } ?? nil
    }
    let chosen = phases?.numbers ?? [1, 2, 3]
    let numbers = epochs?.numbers ?? Recipe.articleEpochs
    if numbers.count == 3 { return (1...3).map { chosen.contains($0) ? numbers[$0 - 1] : 0 } }
    guard numbers.count == chosen.count, Set(chosen).count == chosen.count else { return nil }
    return (1...3).map { phase in chosen.firstIndex(of: phase).map { numbers[$0] } ?? 0 }
  }

  /// A remark about the recipe if the user named none; nil otherwise.
  var remark: String? {
    preset == nil && recipe == nil
      ? "training with the article's recipe; --recipe or --preset names another one" : nil
  }
}
