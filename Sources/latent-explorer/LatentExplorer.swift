import ArgumentParser

/// The program: commands over the core.
@main
struct LatentExplorer: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "latent-explorer",
    abstract: "Turn, bend and train digits in the latent space of a typed autoencoder.",
    discussion: """
      Examples:
        latent-explorer
        latent-explorer fetch mnist
        latent-explorer train --data digits --recipe article --output run
        latent-explorer evaluate --model run/model.safetensors --data digits
        latent-explorer inspect run/model.safetensors

      Without a subcommand it explores: 'latent-explorer explore --help' lists those options and all keys.
      """,
    subcommands: [
      ExploreCommand.self, FetchCommand.self, TrainCommand.self, EvaluateCommand.self, InspectCommand.self,
      RenderCommand.self, ScreenCommand.self, BenchmarkCommand.self,
    ],
    defaultSubcommand: ExploreCommand.self)
}
