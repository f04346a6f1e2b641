/// The shapes of 0 to 4, the commonest variant with the highest probability.
extension Pen {
  mutating func writeZero() {
    let width = vary(0.4, 0.07)
    let start = vary(100, 30)
    let end = start + 360 + vary(0, 14)
    // Sometimes the stroke begins inside the ring.
    if chance(0.06) { putDown(width + vary(0.1, 0.06), vary(0.3, 0.06)) }
    arc(width, 0.5, width, 0.5, from: start, to: end, growth: vary(0.97, 0.06), lean: vary(0.13, 0.08))
  }

  mutating func writeOne() {
    let bow = 0.04
    if chance(0.9) {
      putDown(0.3, 0)
      return line(vary(0.22, 0.05), 1, bow: bow)
    }
    putDown(vary(0.05, 0.04), vary(0.25, 0.05))
    line(0.32, 0)
    corner()
    line(vary(0.32, 0.02), 1, bow: bow)
    if chance(0.7) {
      lift()
      putDown(vary(0.05, 0.05), vary(1, 0.02))
      line(vary(0.62, 0.06), vary(0.99, 0.02))
    }
  }

  mutating func writeTwo() {
    let width = vary(0.64, 0.07)
    let shoulder = vary(0.27, 0.04)
    putDown(vary(0.06, 0.05), vary(0.24, 0.07))
    arc(
      0.52 * width, shoulder, 0.48 * width, shoulder, from: vary(140, 12), to: vary(-15, 10))
    if chance(0.45) {
      writeLoopedFoot(of: width)
    } else {
      through(0.5 * width, vary(0.66, 0.04))
      through(vary(0.02, 0.05), vary(0.95, 0.03))
      if chance(0.85) { corner() }
      through(0.5 * width, vary(0.95, 0.03))
      through(vary(1.25, 0.25) * width, vary(0.96, 0.08))
    }
  }

  /// The foot of a 2 with a small loop on the line.
  private mutating func writeLoopedFoot(of width: Double) {
    let size = vary(0.11, 0.03)
    through(0.6 * width, vary(0.62, 0.04))
    through(vary(0.26, 0.05), vary(0.9, 0.03))
    arc(vary(0.08, 0.04), 0.98 - size, vary(1.5, 0.25) * size, size, from: 275, to: 65)
    through(0.5 * width, vary(0.91, 0.03))
    through(vary(1.3, 0.2) * width, vary(0.93, 0.1))
  }

  mutating func writeThree() {
    let upper = vary(0.5, 0.06)
    let lower = vary(0.56, 0.06)
    let waist = vary(0.46, 0.04)
    if chance(0.12) {
      putDown(vary(0.05, 0.04), vary(0.03, 0.03))
      line(upper, vary(0, 0.03))
      corner()
      line(vary(0.28, 0.05), waist - 0.05)
    } else {
      putDown(vary(0.01, 0.06), vary(0.13, 0.05))
      arc(0.5 * upper, 0.5 * waist, 0.5 * upper, 0.5 * waist, from: vary(115, 12), to: -35)
      through(vary(0.19, 0.07), vary(waist, 0.02))
    }
    if chance(0.8) { corner() }
    let rise = (1 - waist) / 2
    arc(lower - 0.33, 1 - rise, 0.33, rise, from: vary(75, 8), to: -95)
    through(vary(0, 0.07), vary(0.9, 0.06))
  }

  mutating func writeFour() {
    if chance(0.12) { return writeClosedFour() }
    if chance(0.1) { return writeLoopedFour() }
    let bar = vary(0.52, 0.06)
    putDown(vary(0.08, 0.07), vary(0.07, 0.06))
    through(vary(0.07, 0.05), 0.6 * bar)
    through(vary(0.04, 0.05), bar - 0.05)
    if chance(0.6) { corner() } else { through(0.1, bar) }
    line(vary(0.72, 0.09), bar + vary(-0.03, 0.04))
    lift()
    putDown(vary(0.64, 0.06), vary(0.02, 0.07))
    line(vary(0.47, 0.06), 1)
  }

  /// A 4 whose two upper strokes meet in a point.
  private mutating func writeClosedFour() {
    let bar = vary(0.65, 0.05)
    putDown(vary(0.5, 0.03), vary(0.02, 0.02))
    line(vary(0, 0.04), bar)
    corner()
    line(vary(0.75, 0.06), bar + vary(-0.01, 0.03))
    lift()
    putDown(vary(0.52, 0.04), vary(0.02, 0.03))
    line(vary(0.5, 0.04), 1)
  }

  /// A 4 in one stroke, the bar turning up into the stem in a loop.
  private mutating func writeLoopedFour() {
    let bar = vary(0.5, 0.05)
    putDown(vary(0.12, 0.05), vary(0.06, 0.05))
    through(vary(0.04, 0.04), bar - 0.1)
    through(vary(0.12, 0.04), bar)
    through(vary(0.42, 0.05), bar - 0.1)
    through(vary(0.62, 0.04), vary(0.08, 0.05))
    through(vary(0.58, 0.03), vary(0.3, 0.04))
    through(vary(0.46, 0.05), 1)
  }
}
