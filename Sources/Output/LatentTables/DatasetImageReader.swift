import Datasets
import Kernels
import Primitives

/// A reader of a data set's images, on all threads of a team.
public final class DatasetImageReader: ImageReader {
  private let images: any ImageSource
  private let team: ThreadTeam
  private var imagesRead = 0
  /// The number of images.
  public let count: Int
  /// The shape of every image.
  public var shape: ImageShape { images.shape }

  /// Creates a reader of the first `count` of `images`.
  public init(_ images: any ImageSource, count: Int, team: ThreadTeam) {
    (self.images, self.count, self.team) = (images, min(count, images.count), team)
  }

  /// Reads the next images; see `ImageReader`.
  public func read(upTo limit: Int) throws(DatasetError) -> [Float] {
    let asked = min(limit, count - imagesRead)
    let first = imagesRead
    imagesRead += asked
    let parts = Locked<[Int: [Float]]>([:])
    team.run(over: asked) { rows in
      var pixels: [Float] = []
      for row in rows {
        images.withPixels(at: first + row) { span in
          for index in span.indices { pixels.append(Float(span[index]) / 255) }
        }
      }
      let finished = pixels
      parts.withLock { $0[rows.lowerBound] = finished }
    }
    return parts.withLock { $0.sorted { $0.key < $1.key }.flatMap(\.value) }
  }
}
