/// A part of the screen that can have the focus; arrow keys have their own meaning in each.
enum Panel: String, Sendable, CaseIterable {
  /// The sliders of typed coordinates and free latents.
  case sliders
  /// The pictures and their samples.
  case pictures
  /// The training run and its chart.
  case training
  /// Pictures along a slider, or between two samples.
  case filmstrip
  /// Many samples in two dimensions of the latent space.
  case map
  /// The drawing page.
  case sketch
  /// The snapshots of a run.
  case time
  /// The pictures of a learned decoder and of an exact one.
  case decoders

  /// Tells whether it is a page that fills the screen and is not part of the focus order.
  var isPage: Bool { [.filmstrip, .map, .sketch, .time, .decoders].contains(self) }
}

/// The content of the last picture.
enum PictureView: String, CaseIterable {
  /// The stored sample, transformed.
  case truth
  /// The difference between the decoded picture and the truth.
  case difference
  /// The error of each angle as an explanation of the input.
  case rose

  var next: PictureView {
    let all = Self.allCases
    return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
  }
}
