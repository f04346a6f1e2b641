import Coordinates
import Networks
import Primitives

/// The transforms of each image in an evaluation.
struct TransformGrid {
  let schema: CoordinateSchema
  private let positions: RandomStream
  private let values: RandomStream
  private let shifts: RandomStream

  /// Creates the transforms for `schema`; values that are not on a grid are random with `seed`.
  init(schema: CoordinateSchema, seed: UInt64) {
    self.schema = schema
    positions = RandomStream(seed: seed, purpose: .evaluation)
    values = RandomStream(seed: seed, purpose: .evaluation, -1, 0)
    shifts = RandomStream(seed: seed, purpose: .evaluation, -1, 1)
  }

  /// The number of transforms of each image; 1 if there are no typed coordinates.
  var count: Int { schema.typed.isEmpty ? 1 : Evaluation.transformCount }

  /// The transforms whose decoded images are encoded again: every second one.
  var cyclePositions: StrideTo<Int> { stride(from: 0, to: count, by: 2) }

  /// The values of transform `position` of image `index`, one for each typed coordinate.
  ///
  /// Positions p and p + count / 2 share their random values and differ in a full rotation by half a turn.
  func values(image index: Int, position: Int) -> [Double] {
    schema.typed.indices.map { value(image: index, position: position, of: $0) }
  }

  /// The value of one typed coordinate.
  func value(image index: Int, position: Int, of number: Int) -> Double {
    let coordinate = schema.typed[number]
    if coordinate.isCyclic { return Angle(degrees: 360 * Double(position) / Double(count)).radians }
    if coordinate.meaning == .rotation {
      return coordinate.value(atFraction: (Double(position) + 0.5) / Double(count))
    }
    let place = (index * count + position % (count / 2)) * schema.typed.count + number
    return coordinate.value(atFraction: values.uniform(at: place))
  }

  /// The transform under which image `index` is encoded for `decodedFromTurned`.
  func randomPosition(image index: Int) -> Int { Int(positions.uniform(at: index) * Double(count)) }

  /// The shift of image `index`, in pixels, for the leak-free figures.
  func shift(image index: Int) -> (x: Double, y: Double) {
    (2 * shifts.uniform(at: 2 * index) - 1, 2 * shifts.uniform(at: 2 * index + 1) - 1)
  }
}
