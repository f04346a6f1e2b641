import Networks
import Screen
import Training

/// A figure of what the explorer shows, for a file: all that it is made of.
public struct FigureRequest: Equatable, Sendable {
  /// A picture with what it is called.
  public struct Picture: Equatable, Sendable {
    /// What it is called.
    public var label: String
    /// Intensities row by row, 0 for background and 1 for ink.
    public var pixels: [Float]
  }

  /// A latent path and the model that draws it.
  public struct Filmstrip: Equatable, Sendable {
    /// A latent path.
    public enum LatentPath: Equatable, Sendable {
      /// A slider from end to end, all else as it is.
      case traversal(slider: Int, from: LatentPoint)
      /// From one reading to another.
      case interpolation(from: LatentPoint, to: LatentPoint)
    }

    /// What draws it.
    public var model: TypedModel
    /// The latent path.
    public var path: LatentPath
    /// What stands before a strip of it; may be empty.
    public var label: String
    /// How many pictures stand in a row; absent for an animation.
    public var count: Int?
  }

  /// The readings of many samples.
  public struct Map: Equatable, Sendable {
    /// The readings, at least one.
    public var readings: [EncoderOutput]
    /// What the samples are of.
    public var origin: String
    /// The names of classes, counted from 0.
    public var classNames: [String]
  }

  /// What the figure shows.
  public enum Content: Equatable, Sendable {
    /// What is decoded.
    case picture(Picture)
    /// Pictures side by side.
    case pictures([Picture])
    /// The moments of a run, or any other pictures in a row.
    case strip([Picture])
    /// A latent path.
    case film(Filmstrip)
    /// Samples along the two main directions of their latents.
    case map(Map)
    /// The whole screen; as text, it keeps its colours.
    case screen(Canvas, Capabilities, asText: Bool)
  }

  /// What it shows.
  public var content: Content
  /// Whether ink is dark on light, where the figure is not the screen itself.
  public var isInverted: Bool
}

/// What a person can have written to a file, in the order of the list.
enum FigureKind: Equatable {
  case picture, pictures, strip, animation, map, screen, screenText
}
