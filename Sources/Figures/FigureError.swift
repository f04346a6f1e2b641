/// Why a figure cannot be made.
public enum FigureError: Error, Hashable {
  /// The picture, all its frames together, would have more pixels than are allowed, or more than a file can
  /// name in a row or column.
  case tooLarge(width: Int, height: Int, frames: Int)
  /// A GIF would need so many colours.
  case tooManyColors(Int)
  /// The coordinate is not one of the model's; these are.
  case unknownCoordinate(String, known: [String])
  /// The text is no number that the coordinate can have.
  case invalidValue(String, coordinate: String)
}

extension FigureError: CustomStringConvertible {
  /// A sentence for people.
  public var description: String {
    switch self {
    case .tooLarge(let width, let height, let frames):
      frames > 1
        ? "\(frames) frames of \(width)×\(height) pixels are too many; take a smaller scale or fewer frames"
        : "\(width)×\(height) pixels are too many; take a smaller scale or fewer pictures"
    case .tooManyColors(let count): "a GIF holds 256 colours, not \(count)"
    case .unknownCoordinate(let name, let known):
      "the model has no coordinate '\(name)'; it has \(known.joined(separator: ", "))"
    case .invalidValue(let text, let coordinate): "'\(text)' is no value for \(coordinate)"
    }
  }
}
