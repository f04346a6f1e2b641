import Networks
import Primitives
import Screen
import Training

/// The content of a figure for a file.
public struct FigureRequest: Equatable, Sendable {
  /// A picture with its label.
  public struct Picture: Equatable, Sendable {
    /// The label of the picture.
    public var label: String
    /// Intensities plane by plane, 0 for background and 1 for ink.
    public var pixels: [Float]
    /// The shape of the image.
    public var shape: ImageShape
  }

  /// A latent path and the model that decodes it.
  public struct Filmstrip: Equatable, Sendable {
    /// A path through the latent space.
    public enum LatentPath: Equatable, Sendable {
      /// A slider from end to end, with all other values constant.
      case traversal(slider: Int, from: LatentPoint)
      /// A straight path between two points.
      case interpolation(from: LatentPoint, to: LatentPoint)
    }

    /// The model that decodes the path.
    public var model: TypedModel
    /// The latent path.
    public var path: LatentPath
    /// The text before a strip of it; may be empty.
    public var label: String
    /// The number of pictures in a row; nil for an animation.
    public var count: Int?
  }

  /// A row of pictures for each slider around a point.
  public struct Sheet: Equatable, Sendable {
    /// The model that decodes the pictures.
    public var model: TypedModel
    /// The sliders' values, in the middle of each row.
    public var point: LatentPoint
    /// The number of pictures in a row, which is odd.
    public var columns: Int
  }

  /// The latents of many samples.
  public struct Map: Equatable, Sendable {
    /// The encoder's outputs, at least one.
    public var outputs: [EncoderOutput]
    /// The name of the samples' data set.
    public var origin: String
    /// The names of classes, counted from 0.
    public var classNames: [String]
  }

  /// The kinds of figures.
  public enum Content: Equatable, Sendable {
    /// The decoded picture.
    case picture(Picture)
    /// Pictures side by side.
    case pictures([Picture])
    /// Pictures in a row, such as the snapshots of a run.
    case strip([Picture])
    /// A latent path.
    case film(Filmstrip)
    /// Pictures along every slider.
    case sheet(Sheet)
    /// Samples along the first two principal components of their latents.
    case map(Map)
    /// The whole screen; as text, it keeps its colours.
    case screen(Canvas, Capabilities, asText: Bool)
  }

  /// The content of the figure.
  public var content: Content
  /// Tells whether ink is dark on light; not used for the screen.
  public var isInverted: Bool
}

/// The figures that can be written to a file, in the order of the list.
enum FigureKind: Equatable {
  case picture, pictures, strip, sheet, animation, map, screen, screenText
}
