import ArgumentParser
import Kernels
import Networks
import Training

/// The recipes for `--recipe`.
enum RecipeName: String, ExpressibleByArgument, CaseIterable {
  case article, joint
}

/// A preset's name on the command line.
struct PresetName: ExpressibleByArgument {
  let preset: Preset

  init?(argument: String) {
    guard let preset = Preset.named(argument) else { return nil }
    self.preset = preset
  }

  static var allValueStrings: [String] { Preset.all.map(\.name) }

  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}

extension Interpolation: ExpressibleByArgument {}
extension EncoderKind: ExpressibleByArgument {}
extension DecoderKind: ExpressibleByArgument {}
extension Recipe.Schedule: ExpressibleByArgument {}
extension StepPlan.CoordinateLoss: ExpressibleByArgument {}
