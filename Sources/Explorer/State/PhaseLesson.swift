import Coordinates
import Screen

/// What the current sample looked like when a phase of the run began: at its end this tells what the phase has
/// done.
struct PhaseMark: Equatable {
  var phase: Int
  /// Absent for a drawing.
  var sample: Int?
  var values: [Double]
  var inputs: [Double]
  /// As in `Readouts.squaredError`.
  var error: Double
  /// How far the angle read is off.
  var angleError: Angle?
}

/// What a phase has done to the sample in sight.
struct PhaseLesson: Equatable {
  /// The phase, counted from 0.
  var phase: Int
  /// What was and what is, such as `error 0.021 → 0.029`.
  var changes: [String]

  /// For the status line.
  var sentence: String { "phase \(phase + 1), this sample: " + changes.joined(separator: ", ") }
  /// For a line that may be short.
  var words: [String] { ["phase \(phase + 1)"] + changes }
}

extension ExplorerState {
  /// The mark of a phase that begins now; absent where there is no truth to compare with.
  func phaseMark(_ phase: Int) -> PhaseMark? {
    readouts.squaredError.map {
      PhaseMark(
        phase: phase, sample: showsSketch ? nil : sample, values: sliders.values, inputs: inputValues,
        error: $0,
        angleError: angleError)
    }
  }

  /// What has changed since a phase began, of the same sample seen in the same way; absent of any other.
  func lesson(since mark: PhaseMark?) -> PhaseLesson? {
    guard let mark, mark.sample == (showsSketch ? nil : sample), mark.values == sliders.values,
      mark.inputs == inputValues,
      let error = readouts.squaredError
    else { return nil }
    var changes = [
      "error \(NumberText.significant(mark.error, digits: 2)) → \(NumberText.significant(error, digits: 2))"
    ]
    if let before = mark.angleError, let now = angleError {
      changes.append("off \(Self.degrees(before)) → \(Self.degrees(now))")
    }
    return PhaseLesson(phase: mark.phase, changes: changes)
  }

  /// An angle's size for people: with decimals where it is small.
  static func degrees(_ angle: Angle) -> String {
    NumberText.fixed(angle.degrees, decimals: angle.degrees < 9.95 ? 1 : 0) + "°"
  }
}
