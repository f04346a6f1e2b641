// A small program for the tests of the terminal: it shows every widget, names the keys that it is sent and
// what the mouse does, crashes on `x`, or on another thread on `d`, overflows its stack on `o`, or another
// thread's on `O`, or that of a team of threads on `T`, exits without closing on `E`, hangs on `h`, prints stray
// text on `e`, wakes itself on `w`, leaves on `q`.

import Dispatch
import Kernels
import NcursesTerminal
import Screen

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The demo's screen.
struct Demo {
  var keys: [String] = []
  var size: Size
  var angle = 45.0
  var wakes = 0

  func draw(_ capabilities: Capabilities) -> Canvas {
    var canvas = Canvas(size: size)
    let (title, body) = canvas.bounds.split(top: 1)
    canvas.put(
      "demo \(size.width)x\(size.height) \(capabilities.colors) wakes \(wakes)", in: title, .selected)
    let (status, rest) = body.split(top: 1)
    canvas.put("keys " + keys.suffix(8).joined(separator: " "), in: status)
    let (pictures, lower) = rest.split(top: max(0, min(16, rest.height - 8)))
    drawPictures(on: &canvas, in: pictures, capabilities)
    let (sliders, chart) = lower.split(top: min(3, lower.height))
    drawSliders(on: &canvas, in: sliders, capabilities)
    lossChart.draw(on: &canvas, in: chart, capabilities: capabilities)
    return canvas
  }

  private func drawPictures(on canvas: inout Canvas, in region: Rectangle, _ capabilities: Capabilities) {
    let (left, right) = region.split(left: region.width / 2)
    let turned = ImageView(ring(openAt: angle))
    turned.draw(
      on: &canvas, in: canvas.drawBox(left, title: "decoded", isSelected: true), capabilities: capabilities)
    ImageView(ring(openAt: 90), isInverted: true).draw(
      on: &canvas, in: canvas.drawBox(right, title: "truth"), capabilities: capabilities)
  }

  private func drawSliders(on canvas: inout Canvas, in region: Rectangle, _ capabilities: Capabilities) {
    SliderView(
      label: "θ rotation", value: angle, range: 0...360, mark: 60,
      valueText: NumberText.fixed(angle, decimals: 0, showsPlus: true) + "°", isSelected: true,
      labelWidth: 12, valueWidth: 7
    ).draw(on: &canvas, in: region.line(0), capabilities: capabilities)
    SliderView(
      label: "latent 1", value: -1.2, range: -3...3, mark: -1.2, valueText: "-1.20", labelWidth: 12,
      valueWidth: 7
    ).draw(on: &canvas, in: region.line(1), capabilities: capabilities)
    SliderView(
      label: "latent 2", value: 3.4, range: -3...3, mark: 0.7, valueText: "+3.40", labelWidth: 12,
      valueWidth: 7
    ).draw(on: &canvas, in: region.line(2), capabilities: capabilities)
  }

  private var lossChart: LossChart {
    let losses = (0..<3000).map { step in
      let phase = step % 1000
      return 0.02 + 0.08 * exp(-Float(phase) / 200) + 0.004 * sin(Float(step) * 12.9898)
    }
    return LossChart(
      losses: losses,
      heldOut: stride(from: 0, to: 3000, by: 200).map {
        LossChart.Point(step: Double($0), value: 0.03 + 0.08 * exp(-Double($0 % 1000) / 200))
      },
      phases: [
        LossChart.Phase(step: 0, label: "1 upright"), LossChart.Phase(step: 1000, label: "2 turn"),
        LossChart.Phase(step: 2000, label: "3 read the angle"),
      ])
  }

  /// A ring with a gap in the direction of an angle in degrees, counter-clockwise from the right.
  private func ring(openAt degrees: Double) -> ScreenImage {
    let gap = degrees * .pi / 180
    let levels = (0..<28 * 28).map { index -> Float in
      let x = Double(index % 28) - 13.5
      let y = 13.5 - Double(index / 28)
      let distance = abs((x * x + y * y).squareRoot() - 9)
      let isGap = cos(atan2(y, x) - gap) > 0.9
      return isGap ? 0 : Float(max(0, min(1, 2.2 - distance)))
    }
    return ScreenImage(intensities: levels, width: 28)
  }
}

/// A description of a mouse event, such as `drag@12,3` or `wheelUp@0,0+Shift`.
func words(_ event: MouseEvent) -> String {
  "\(event.kind)@\(event.column),\(event.row)" + (event.isShifted ? "+Shift" : "")
}

/// Needs ever more stack, a kilobyte a call: the thread sanitizer has room for 65,536 calls within each other.
func overflow(_ depth: Int) -> Int {
  withUnsafeTemporaryAllocation(of: Int.self, capacity: 128) { room in
    room.initialize(repeating: depth)
    return depth < 0 ? depth : overflow(depth + 1) &+ room[depth % 128]
  }
}

do {
  let terminal = try NcursesTerminal(
    isASCII: CommandLine.arguments.contains("--ascii"),
    usesMouse: !CommandLine.arguments.contains("--no-mouse"))
  var demo = Demo(size: terminal.size)
  loop: while true {
    terminal.present(demo.draw(terminal.capabilities))
    for event in terminal.waitForEvents() {
      switch event {
      case .key(.character("q")): break loop
      case .key(.character("x")): preconditionFailure("the demo was asked to crash")
      case .key(.character("d")):
        DispatchQueue.global().async { preconditionFailure("the demo was asked to crash") }
      case .key(.character("o")): demo.wakes = overflow(0)
      case .key(.character("O")):
        DispatchQueue.global().async {
          CrashStack.prepareThread()
          exit(Int32(truncatingIfNeeded: overflow(0)))
        }
      case .key(.character("T")):
        ThreadTeam(count: 2, prepareThread: { CrashStack.prepareThread() }).run { part in
          if part == 1 { exit(Int32(truncatingIfNeeded: overflow(0))) }
        }
      case .key(.character("E")): exit(7)
      case .key(.character("h")): while true { sleep(1) }
      case .key(.character("e")):
        let stray = Array("stray \u{1B}[2J text\n".utf8)
        _ = stray.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
        demo.keys.append("e")
      case .key(.character("w")): TerminalWaker().wake()
      case .key(let key):
        if key == .left { demo.angle -= 5 }
        if key == .right { demo.angle += 5 }
        demo.keys.append(key.name)
      case .mouse(let event): demo.keys.append(words(event))
      case .pasted: break
      case .resized(let size): demo.size = size
      case .woken: demo.wakes += 1
      case .ended(let reason):
        terminal.close()
        print("ended \(reason)")
        exit(3)
      }
    }
  }
  terminal.close()
  print("left in order")
} catch {
  print(error)
  exit(4)
}
