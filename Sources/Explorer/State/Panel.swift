/// A part of the screen that can have the focus: arrow keys mean something else in each.
enum Panel: String, Sendable, CaseIterable {
  /// The sliders of typed coordinates and free latents.
  case sliders
  /// The pictures, and the samples they come from.
  case pictures
  /// The training run and its chart.
  case training
  /// Pictures along a slider, or between two samples.
  case filmstrip
  /// Many samples in two dimensions of the latent space.
  case map
  /// A sheet that a person draws on.
  case sketch
  /// The weights of a run's moments.
  case time
  /// The pictures of a learned decoder and of an exact one.
  case decoders

  /// Whether it has the screen for itself, and is not one of those that the focus goes through.
  var isPage: Bool { [.filmstrip, .map, .sketch, .time, .decoders].contains(self) }
}

/// What the last picture shows.
enum PictureView: String, CaseIterable {
  /// The stored sample, really transformed.
  case truth
  /// How far the decoded picture is from it.
  case difference
  /// Which angles would explain the input.
  case rose

  var next: PictureView {
    let all = Self.allCases
    return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
  }
}
