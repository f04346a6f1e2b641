import Coordinates
import Networks
import Primitives

/// The transforms that an evaluation puts each image through.
struct TransformGrid {
  let schema: CoordinateSchema
  private let positions: RandomStream
  private let values: RandomStream
  private let shifts: RandomStream

  /// Transforms for values of `schema`, drawn from `seed` where they are not on a grid.
  init(schema: CoordinateSchema, seed: UInt64) {
    self.schema = schema
    positions = RandomStream(seed: seed, purpose: .evaluation)
    values = RandomStream(seed: seed, purpose: .evaluation, -1, 0)
    shifts = RandomStream(seed: seed, purpose: .evaluation, -1, 1)
  }

  /// How many transforms each image is put through; without typed coordinates there is only one.
  var count: Int { schema.typed.isEmpty ? 1 : Evaluation.transformCount }

  /// The transforms whose steered images are read again: every second one.
  var cyclePositions: StrideTo<Int> { stride(from: 0, to: count, by: 2) }

  /// The values of transform `position` of image `index`, one for each typed coordinate.
  ///
  /// What is not on the grid is the same half a turn further on.
  func values(image index: Int, position: Int) -> [Double] {
    schema.typed.indices.map { value(image: index, position: position, of: $0) }
  }

  /// The value of the typed coordinate at place `number` alone.
  func value(image index: Int, position: Int, of number: Int) -> Double {
    let coordinate = schema.typed[number]
    switch coordinate {
    case .rotation: return Angle(degrees: 360 * Double(position) / Double(count)).radians
    case .limitedRotation: return coordinate.value(atFraction: (Double(position) + 0.5) / Double(count))
    case .shiftX, .shiftY, .scale:
      let place = (index * count + position % (count / 2)) * schema.typed.count + number
      return coordinate.value(atFraction: values.uniform(at: place))
    }
  }

  /// The one transform that image `index` is seen under to be steered from there.
  func drawnPosition(image index: Int) -> Int { Int(positions.uniform(at: index) * Double(count)) }

  /// By how many pixels image `index` is shifted first where no offset may tell which way is up.
  func shift(image index: Int) -> (x: Double, y: Double) {
    (2 * shifts.uniform(at: 2 * index) - 1, 2 * shifts.uniform(at: 2 * index + 1) - 1)
  }
}
