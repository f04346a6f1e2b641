/// The weights by which the pixels of one axis become those of an axis of another length: averages of exact area where
/// it shrinks, linear between the centres of two pixels where it grows.
///
/// Weights are whole numbers, so that results are exact and the same on every machine.
struct Resampling: Sendable {
  /// The pixels that contribute to one of the result.
  struct Tap: Sendable, Equatable {
    /// The index of the first pixel.
    let first: Int
    /// The weights of that and the following pixels, whose sum is `Resampling.total`.
    let weights: [Int]
  }

  let taps: [Tap]
  /// The sum of the weights of every pixel.
  let total: Int

  /// Creates the weights from `old` pixels to `new` ones.
  init(from old: Int, to new: Int) {
    precondition(old > 0 && new > 0, "an axis of \(old) pixels cannot become one of \(new)")
    if new == old {
      total = 1
      taps = (0..<new).map { Tap(first: $0, weights: [1]) }
    } else if new < old {
      total = old
      taps = (0..<new).map { Self.area($0, from: old, to: new) }
    } else {
      total = 2 * new
      taps = (0..<new).map { Self.line($0, from: old, to: new) }
    }
  }

  /// A pixel of the result covers `old` parts of the axis, one of the source `new` of them.
  private static func area(_ index: Int, from old: Int, to new: Int) -> Tap {
    let covered = index * old..<(index + 1) * old
    let first = covered.lowerBound / new
    let last = (covered.upperBound - 1) / new
    return Tap(
      first: first,
      weights: (first...last).map {
        min(($0 + 1) * new, covered.upperBound) - max($0 * new, covered.lowerBound)
      })
  }

  private static func line(_ index: Int, from old: Int, to new: Int) -> Tap {
    // The centre, in parts of 1 / (2 · new) of a source pixel, from the centre of the first.
    let centre = (2 * index + 1) * old - new
    guard centre > 0 else { return Tap(first: 0, weights: [2 * new]) }
    let first = centre / (2 * new)
    guard first < old - 1 else { return Tap(first: old - 1, weights: [2 * new]) }
    let fraction = centre % (2 * new)
    return Tap(first: first, weights: [2 * new - fraction, fraction])
  }
}

/// The conversion of an interleaved image of one size to another size.
struct ImageResizer: Sendable {
  private let columns, rows: Resampling
  private let width, height, channels: Int

  /// Creates a conversion of images of `channels` bytes a pixel.
  init(from old: (width: Int, height: Int), to new: (width: Int, height: Int), channels: Int) {
    (width, height, self.channels) = (old.width, old.height, channels)
    columns = Resampling(from: old.width, to: new.width)
    rows = Resampling(from: old.height, to: new.height)
  }

  /// Replaces `result` by the resized image, each value rounded once.
  func resize(_ pixels: Span<UInt8>, into result: inout [UInt8]) {
    result.removeAll(keepingCapacity: true)
    let lines = resizeRows(pixels)
    let lineLength = columns.taps.count * channels
    let total = columns.total * rows.total
    for tap in rows.taps {
      for place in 0..<lineLength {
        var sum = total / 2
        for (index, weight) in tap.weights.enumerated() {
          sum += weight * lines[(tap.first + index) * lineLength + place]
        }
        result.append(UInt8(sum / total))
      }
    }
  }

  /// The weighted sums along each row.
  private func resizeRows(_ pixels: Span<UInt8>) -> [Int] {
    var lines: [Int] = []
    lines.reserveCapacity(height * columns.taps.count * channels)
    for row in 0..<height {
      for tap in columns.taps {
        let start = (row * width + tap.first) * channels
        for channel in 0..<channels {
          var sum = 0
          for index in tap.weights.indices {
            sum += tap.weights[index] * Int(pixels[start + index * channels + channel])
          }
          lines.append(sum)
        }
      }
    }
    return lines
  }
}
