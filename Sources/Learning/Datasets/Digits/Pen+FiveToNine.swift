/// The shapes of 5 to 9, the commonest variant with the highest probability.
extension Pen {
  mutating func writeFive() {
    let width = vary(0.59, 0.07)
    let waist = vary(0.44, 0.05)
    let barEnd = vary(0.72, 0.12)
    let stemTop = vary(0.2, 0.04)
    let separateBar = chance(0.35)
    if separateBar {
      putDown(stemTop, vary(0.03, 0.03))
    } else {
      putDown(barEnd, vary(0, 0.05))
      line(stemTop, vary(0.04, 0.03))
      if chance(0.75) { corner() }
    }
    through(vary(0.09, 0.05), vary(waist, 0.03))
    if chance(0.7) { corner() }
    let rise = (1 - waist) / 2
    arc(width - 0.34, 1 - rise, 0.34, rise, from: vary(80, 12), to: vary(-95, 10))
    through(vary(0, 0.07), vary(0.92, 0.06))
    if separateBar {
      lift()
      putDown(stemTop, vary(0.03, 0.03))
      line(barEnd, vary(0, 0.05))
    }
  }

  mutating func writeSix() {
    let width = vary(0.53, 0.09)
    let loop = vary(0.21, 0.045)
    putDown(vary(0.24, 0.11), vary(0, 0.03))
    through(vary(0.07, 0.05), vary(0.35, 0.05))
    arc(
      0.52 * width, 1 - loop, 0.5 * width, loop, from: vary(178, 6), to: 490 + vary(30, 30),
      growth: vary(0.88, 0.08), lean: vary(0.25, 0.15))
  }

  mutating func writeSeven() {
    let barStart = vary(-0.08, 0.08)
    let barEnd = vary(0.58, 0.05)
    if chance(0.25) {
      putDown(barStart, vary(0.2, 0.06))
      line(barStart + vary(0.02, 0.02), vary(0.06, 0.03))
      if chance(0.6) { corner() }
    } else {
      putDown(barStart, vary(0.08, 0.05))
    }
    line(barEnd, vary(0.03, 0.04), bow: 0.06)
    if chance(0.7) { corner() }
    through(vary(0.42, 0.05), vary(0.45, 0.04))
    through(vary(0.3, 0.1), 1)
    if chance(0.14) {
      lift()
      let height = vary(0.48, 0.04)
      putDown(vary(0.14, 0.05), height + vary(0.02, 0.03))
      line(vary(0.66, 0.06), height)
    }
  }

  mutating func writeEight() {
    let waist = vary(0.5, 0.045)
    let upper = vary(0.22, 0.04)
    let lower = vary(0.22, 0.04)
    let middle = 0.3
    let lean = vary(0.1, 0.1)
    let head = middle + vary(0.04, 0.04)
    if chance(0.12) {
      arc(head, waist / 2, upper, waist / 2, from: vary(90, 20), to: vary(450, 20))
      lift()
      return arc(
        middle, (1 + waist) / 2, lower, (1 - waist) / 2, from: vary(90, 20), to: vary(450, 20))
    }
    putDown(head + upper * vary(1, 0.25), vary(0.14, 0.06))
    arc(head, waist / 2, upper, waist / 2, from: vary(65, 12), to: 190, lean: lean)
    through(middle, vary(waist, 0.02))
    arc(middle, (1 + waist) / 2, lower, (1 - waist) / 2, from: 8, to: -188, lean: lean)
    through(middle + vary(0.02, 0.03), vary(waist, 0.02))
    through(head + upper * vary(0.9, 0.2), vary(0.22, 0.05))
    if chance(0.6) { through(head + upper * vary(0.9, 0.25), vary(0.1, 0.05)) }
  }

  mutating func writeNine() {
    let radius = vary(0.27, 0.05)
    let bowl = vary(0.235, 0.04)
    arc(0.26, bowl, radius, bowl, from: vary(45, 20), to: vary(370, 10), lean: vary(0.2, 0.15))
    if chance(0.5) {
      through(0.26 + radius, vary(0.1, 0.04))
      corner()
    }
    if chance(0.78) {
      through(vary(0.46, 0.03), vary(0.5, 0.03))
      through(vary(0.4, 0.06), 1)
    } else {
      through(vary(0.5, 0.03), vary(0.6, 0.03))
      through(vary(0.36, 0.04), vary(0.95, 0.03))
      through(vary(0.08, 0.05), vary(0.92, 0.05))
    }
  }
}
