import Screen

/// Export of what is shown to files.
extension ExplorerState {
  /// The number of pictures of a filmstrip that is not shown.
  private static let stripCount = 12

  /// The available figures with their titles in the list.
  var figures: [(kind: FigureKind, title: String)] {
    let side = sideBySide.map(\.label)
    let way =
      pathStart.map { "from \($0.name) to what is shown" } ?? "\(scales[selected].label) from end to end"
    var list: [(kind: FigureKind, title: String)] = [(.picture, "the decoded picture · PNG")]
    if side.count > 1 { list.append((.pictures, side.joined(separator: ", ") + " · PNG")) }
    list.append((.strip, (showsSnapshots ? "filmstrip: the run's moments" : "filmstrip: \(way)") + " · PNG"))
    list.append((.animation, "animation: \(way) · GIF"))
    if let survey, !survey.readings.isEmpty {
      list.append((.map, "map of \(survey.readings.count) samples · SVG"))
    }
    return list + [(.screen, "this screen · SVG"), (.screenText, "this screen as text, colours kept · ANS")]
  }

  /// The list line of the figure that fits the shown page.
  var shownFigure: Int {
    let kind: FigureKind =
      switch focus {
      case .filmstrip, .time: .strip
      case .map: .map
      case .decoders: .pictures
      case .sliders, .pictures, .training, .sketch: .picture
      }
    return figures.firstIndex { $0.kind == kind } ?? 0
  }

  /// Requests the figure on a line of the list.
  func write(figure line: Int) -> [ExplorerEffect] {
    let kinds = figures.map(\.kind)
    guard kinds.indices.contains(line), let content = content(of: kinds[line]) else { return [] }
    return [.write(FigureRequest(content: content, isInverted: isInverted))]
  }

  private func content(of kind: FigureKind) -> FigureRequest.Content? {
    switch kind {
    case .picture: return .picture(FigureRequest.Picture(label: "decoded", pixels: pictures.decoded))
    case .pictures: return .pictures(sideBySide)
    case .strip where showsSnapshots: return .strip(snapshotPictures)
    case .strip:
      let isInSight = focus == .filmstrip && frames.count > 1
      return .film(film(count: isInSight ? frames.count : Self.stripCount))
    case .animation: return .film(film(count: nil))
    case .map:
      return survey.map { survey in
        let classes = 0...max(0, survey.readings.map(\.label).max() ?? 0)
        return .map(
          FigureRequest.Map(
            readings: survey.readings, origin: samples.origin, classNames: classes.map(samples.className)))
      }
    case .screen, .screenText:
      var canvas = Canvas(size: size)
      draw(into: &canvas)
      return .screen(canvas, capabilities, asText: kind == .screenText)
    }
  }

  /// The pictures that the page shows side by side.
  private var sideBySide: [FigureRequest.Picture] {
    var shown: [(label: String, pixels: [Float]?)]
    if focus == .decoders, !comparison.isEmpty {
      shown = comparison.map { ($0.kind == .learned ? "learned" : "exact", $0.pixels) }
    } else if focus == .time, let index = snapshotIndex, let frame = frame(ofStep: snapshots[index].step) {
      shown = [(snapshotMark(snapshots[index]), frame.pixels), ("in use", pictures.decoded)]
    } else {
      shown = [("input", pictures.input), ("decoded", pictures.decoded)]
    }
    shown.append(focus == .decoders ? ("truth", pictures.truth) : (targetName, target))
    return shown.compactMap { label, pixels in pixels.map { FigureRequest.Picture(label: label, pixels: $0) }
    }
  }

  /// Tells whether the shown strip consists of a run's snapshots.
  private var showsSnapshots: Bool { focus == .time && !snapshotPictures.isEmpty }

  private var snapshotPictures: [FigureRequest.Picture] {
    snapshots.compactMap { snapshot in
      frame(ofStep: snapshot.step).map {
        FigureRequest.Picture(label: snapshotMark(snapshot), pixels: $0.pixels)
      }
    }
  }

  /// The path that the filmstrip shows and the playback follows: from A, or along the selected slider.
  private func film(count: Int?) -> FigureRequest.Filmstrip {
    let path: FigureRequest.Filmstrip.LatentPath =
      pathStart.map { .interpolation(from: $0.reading, to: pathEnd) }
      ?? .traversal(slider: selected, from: sliders)
    let label = pathStart != nil || showsDrawing ? "" : samples.label(at: sample)
    return FigureRequest.Filmstrip(model: current.model, path: path, label: label, count: count)
  }
}
