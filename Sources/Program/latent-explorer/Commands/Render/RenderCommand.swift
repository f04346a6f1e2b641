import ArgumentParser

/// Draws figures for articles.
struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render", abstract: "Make figures: turning images, grids, traversals, maps, loss curves.",
    discussion: """
      Examples:
        latent-explorer render turn --classes 7,3,9 --output turning.gif
        latent-explorer render turn --classes 5 --smooth --scale 8 --output five.gif
        latent-explorer render grid --truth --output grid.png
        latent-explorer render traversal --along z1 --classes 2,7 --output z1.png
        latent-explorer render interpolation --classes 3,8 --output way.png
        latent-explorer render map --output map.svg
        latent-explorer render losses run --output losses.svg

      The ending of the output's name selects the file format; '-' is standard output.
      """,
    subcommands: [
      RenderTurnCommand.self, RenderGridCommand.self, RenderTraversalCommand.self,
      RenderInterpolationCommand.self, RenderMapCommand.self, RenderLossesCommand.self,
    ])
}
