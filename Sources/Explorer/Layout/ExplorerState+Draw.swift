import Coordinates
import Screen

extension ExplorerState {
  /// Draws the whole screen without changing or decoding anything.
  public func draw(into canvas: inout Canvas) {
    let layout = layout(size: canvas.size)
    canvas.spellsASCII = !session.capabilities.unicode
    session.drawTitle(on: &canvas, in: layout.title)
    session.drawPictures(on: &canvas, layout)
    if let region = layout.sliders { session.drawSliders(on: &canvas, in: region, layout) }
    if let region = layout.training { session.drawTraining(on: &canvas, in: region, layout) }
    if let page = layout.page { pages[page.id].draw(session, on: &canvas, in: page.region) }
    if let region = layout.text { session.drawText(on: &canvas, in: region) }
    session.drawStatus(on: &canvas, in: layout.status, layout)
    drawFooter(on: &canvas, in: layout.footer)
    drawOverlay(on: &canvas)
  }

  /// Draws the keys of the focused panel, then as many others as fit. Leaving a page, the list of actions
  /// and quitting are always included.
  private func drawFooter(on canvas: inout Canvas, in region: Rectangle) {
    var own = KeyBinding.all.filter { !$0.brief.isEmpty && $0.place == place && $0.title != "Esc" }
    // On a page the arrows move the slider unless they have another meaning there.
    if route != nil, KeyBinding.action(for: .right, in: place) == .increase {
      own += KeyBinding.all.filter { $0.place == .panel(.sliders) }.prefix(1)
    }
    let leaving = KeyBinding.all.filter { $0.place == place && $0.title == "Esc" }
    let everywhere = KeyBinding.all.filter { !$0.brief.isEmpty && $0.place == nil && !$0.commandsRun }
    let run = isTraining ? runItems : []
    var last = (leaving + everywhere.suffix(2)).map(footerItem)
    // On the narrowest screens the keys of the run replace those of the list and of quitting.
    if (run + last).joined(separator: "  ").count > region.width, !run.isEmpty { last = [] }
    let others = favourites(everywhere.dropLast(2))
    let count = route.flatMap { Pages.type(of: $0).firstKeyCount } ?? own.count
    let first = own.prefix(count) + others.prefix(1) + own.dropFirst(count)
    var items: [String] = []
    for item in (first + others.dropFirst()).map(footerItem) {
      guard (items + [item] + run + last).joined(separator: "  ").count <= region.width else { break }
      items.append(item)
    }
    canvas.put((items + run + last).joined(separator: "  "), in: region, .faint)
  }

  /// The keys that control an active run and have that meaning in the focused panel.
  private var runItems: [String] {
    KeyBinding.all.filter(\.commandsRun).compactMap { binding in
      guard let (key, action, _) = binding.keys.first, KeyBinding.action(for: key, in: place) == action
      else { return nil }
      let isResumed = action == .pauseOrResume && session.training?.status == .paused
      return "\(session.capabilities.spelledKeys(binding.title)) \(isResumed ? "resume" : binding.brief)"
    }
  }

  private func footerItem(_ binding: KeyBinding) -> String {
    "\(session.capabilities.spelledKeys(binding.title)) \(binding.brief)"
  }

  /// Bindings of all panels, ordered by their use for the focused panel.
  private func favourites(_ bindings: ArraySlice<KeyBinding>) -> [KeyBinding] {
    let first: [String] =
      switch place {
      case .panel(.sliders): ["Backspace", "n p", "Tab", "t"]
      case .panel(.pictures): ["v", "c", "e", "Tab", "[ ]", "i"]
      case .panel(.training): ["t", "Tab", "y", "s"]
      case .page(let page): Pages.type(of: page).footerKeys
      }
    return first.compactMap { title in bindings.first { $0.title == title } }
      + bindings.filter { !first.contains($0.title) }
  }
}

extension Session {
  fileprivate func drawTitle(on canvas: inout Canvas, in region: Rectangle) {
    canvas.fill(region, with: Cell(" ", Style(.standard, .reverse)))
    let name = region.width >= 60 ? " latent-explorer · " : " "
    canvas.put(
      "\(name)\(showsDrawing ? "your drawing" : samples.title) · model \(modelTitle) ", in: region,
      Style(.standard, [.reverse, .bold]))
  }

  /// Draws the status line: a message, or else the sample and the training progress.
  fileprivate func drawStatus(on canvas: inout Canvas, in region: Rectangle, _ layout: ExplorerLayout) {
    if let message {
      canvas.put(message, in: region, Style(.warning, .bold))
      return
    }
    // The readouts are in the input's caption if the input is shown.
    let notes = status.stepNote.map { [$0] } ?? []
    let showsInput = pictures.input != nil && layout.region(of: .input) != nil
    if let training, training.isActive, layout.training == nil {
      let words = showsInput || layout.text != nil ? [] : [inputCaption(width: region.width)]
      canvas.put(fitting(words + notes + trainingWords(training), width: region.width), in: region)
      return
    }
    let words =
      (showsInput || layout.text != nil
        ? [sampleLine] + notes
          + (showsDrawing || samples.label(at: sample).isEmpty ? [] : [samples.label(at: sample)])
        : [inputCaption(width: region.width), sampleLine] + notes)
      + (layout.readouts == nil ? readoutWords : [])
    canvas.put(fitting(words, width: region.width), in: region)
  }

  /// The sample's number and its position in the list.
  var sampleLine: String {
    if showsDrawing { return "n or d: back to sample \(sample)" }
    let line = "sample \(sample) of \(samples.count)"
    let words = orderWords
    guard words.isEmpty else { return (["sample \(sample)"] + words).joined(separator: " · ") }
    guard let filter = selection.list.filter else { return line }
    let name = "class \(samples.className(filter))"
    guard let position = selection.list.position(of: sample) else { return "\(line) · not in \(name)" }
    return "\(line) · \(name): \(position + 1)/\(selection.list.numbers.count)"
  }

  /// Name of the shown picture within a sentence.
  var sampleName: String { showsDrawing ? "your drawing" : "sample \(sample)" }

  /// The readouts in their shortest form.
  var readoutWords: [String] {
    var words: [String] = []
    if let error = readouts.squaredError { words.append("error \(NumberText.significant(error))") }
    if let similarity = readouts.similarity {
      words.append("SSIM \(NumberText.fixed(similarity, decimals: 3))")
    }
    if let cycle = readouts.cycle { words.append("cycle \(NumberText.fixed(cycle.degrees, decimals: 1))°") }
    if let equivariance = readouts.equivarianceText { words.append("equivariance \(equivariance)") }
    return words
  }

  /// Absolute error of the encoder's angle.
  var angleError: Angle? {
    guard let index = schema.index(of: .rotation) else { return nil }
    let difference = Angle(radians: encoded.values[index]).difference(
      from: Angle(radians: inputValues[index]))
    return Angle(radians: abs(difference.radians))
  }
}
