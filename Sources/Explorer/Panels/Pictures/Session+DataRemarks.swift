import Screen

extension Session {
  /// The message at the start about data with remarks: changes of the images, or else what they are.
  var dataMessage: String? {
    guard !data.remarks.isEmpty else { return nil }
    let changes = data.remarks.filter(\.isProminent).reversed().map(\.text)
    let words = changes + [fittingRemark].compactMap { $0 }
    return fitting(
      (words.isEmpty ? [contents].compactMap { $0 } : words) + ["I shows what was read"],
      width: display.size.width)
  }

  /// The shape and the classes of the images; nil without images.
  private var contents: String? {
    dataset.map { dataset in
      let count = dataset.classNames.count
      let classes = count == 0 ? "no labels" : count == 1 ? "1 class" : "\(count) classes"
      return "images of \(dataset.shape), \(classes)"
    }
  }

  /// The sentence about images that are shown in another shape; nil where they are not.
  private var fittingRemark: String? {
    guard case .images = samples, let shape = dataset?.shape, shape != imageShape else { return nil }
    return "images of \(shape) are shown as \(imageShape), the model's shape"
  }

  /// The lines about the data, broken at spaces.
  func dataLines(width: Int) -> [String] {
    var sentences: [String] = []
    if let dataset, let contents { sentences.append("\(dataset.title): \(contents)") }
    if case .encoderOutputs = samples { sentences.append("shown: \(samples.title)") }
    sentences += [fittingRemark].compactMap { $0 } + data.remarks.map(\.text)
    return sentences.isEmpty ? ["no images"] : sentences.flatMap { broken($0, width: width) }
  }
}

/// A sentence in lines of at most `width` columns, the later ones indented; longer words are cut.
func broken(_ sentence: String, width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in sentence.split(separator: " ") {
    if !line.isEmpty, Glyph.columns(of: line + word) + 1 > width {
      lines.append(line)
      line = "  \(word)"
    } else {
      line += line.isEmpty ? "\(word)" : " \(word)"
    }
  }
  return (lines + [line]).map { Canvas.truncated($0, to: width) }
}
