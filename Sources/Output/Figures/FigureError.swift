/// A reason that a figure cannot be created.
public enum FigureError: Error, Hashable {
  /// The picture, with all frames, exceeds the maximum number of pixels.
  case tooLarge(width: Int, height: Int, frames: Int)
  /// The coordinate is not one of the model's, which are given.
  case unknownCoordinate(String, known: [String])
  /// The text is not a valid number for the coordinate.
  case invalidValue(String, coordinate: String)
}

extension FigureError: CustomStringConvertible {
  /// The user-facing message.
  public var description: String {
    switch self {
    case .tooLarge(let width, let height, let frames):
      frames > 1
        ? "\(frames) frames of \(width)×\(height) pixels are too many; use a smaller scale or fewer frames"
        : "\(width)×\(height) pixels are too many; use a smaller scale or fewer pictures"
    case .unknownCoordinate(let name, let known):
      "the model has no coordinate '\(name)'; it has \(known.joined(separator: ", "))"
    case .invalidValue(let text, let coordinate): "'\(text)' is not a value of \(coordinate)"
    }
  }
}
