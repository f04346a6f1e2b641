/// Rules for doc comments and identifiers.
///
/// A summary is a noun phrase or begins with a third-person verb. Identifiers are terms of the field, not the
/// metaphors that they replaced.
enum VocabularyRules {
  /// Words that begin a question, not a summary.
  static let questionWords = ["What", "How", "Whether", "Where", "Who", "That"]

  /// Replaced identifiers with their replacements.
  static let replacements = [
    // Networks, Training, Coordinates and Kernels.
    "Reading": "LatentPoint", "StoredReading": "EncoderOutput", "readCodes": "encodedCodes",
    "disassemble": "splitInputGradient", "looks": "encodings", "looksAround": "averagesQuarterTurns",
    "wayBack": "inverseCompositionOrder", "residuals": "residualDegreesOfFreedom",
    "DotArguments": "MaskedTransposedProductArguments", "steered": "decodedFromUpright",
    "resteered": "decodedFromTurned", "SteeringFigures": "QuickEvaluation",
    "TrainingCheckpoint": "WeightSnapshot",
    "CheckpointPlan": "WeightSnapshotPlan", "Mail": "SharedState", "share": "fraction", "shares": "fractions",
    "counterpart": "otherModel",
    // Datasets, Downloads, Figures and Screen.
    "AheadLines": "PrefetchCursors", "Sketch": "Drawing", "Way": "LatentPath", "Film": "Filmstrip",
    "purse": "tokens",
    "pays": "spends", "owes": "pending", "news": "update",
    // Explorer and latent-explorer.
    "Sight": "InferenceResult", "SightOrder": "InferenceRequest", "DueSight": "PendingInference",
    "Study": "Analysis", "Findings": "AnalysisResult", "Inquiry": "AnalysisRequest",
    "Errands": "BackgroundTasks",
    "Gate": "CooperativeYield", "takeStock": "rebuildSliderScales", "takingOver": "interruptingPlayback",
    "Wishes": "LayoutInput", "Grip": "DragTarget", "grip": "dragTarget", "lastWords": "exitMessage",
    "PhaseLesson": "PhaseSummary", "lesson": "phaseSummary", "TimeTravel": "HistoryPage",
    "SketchBoard": "DrawingBoard", "isUntaught": "headsUntrained", "NeighbourStudy": "NearestNeighboursQuery",
    "Comparables": "PublishedResults", "StripStudy": "FilmstripAnalysis", "errand": "task",
  ]

  /// One sentence for each violation.
  static func faults(in tree: SourceTree) -> [String] {
    tree.files.filter(\.isSwift).flatMap { file in
      summaryFaults(of: file) + nameFaults(of: file)
    }
  }

  private static func summaryFaults(of file: SourceTree.File) -> [String] {
    var isInComment = false
    return file.lines.indices.compactMap { index in
      let line = file.lines[index].drop { $0 == " " }
      defer { isInComment = line.hasPrefix("///") }
      guard !isInComment, line.hasPrefix("/// ") else { return nil }
      let first = line.dropFirst(4).prefix { $0.isLetter }
      guard questionWords.contains(String(first)) else { return nil }
      return "\(file.path):\(index + 1): a summary begins with \(first)"
    }
  }

  private static func nameFaults(of file: SourceTree.File) -> [String] {
    let replaced = file.words(among: Set(replacements.keys)).sorted().map {
      "\(file.path): \($0) was replaced by \(replacements[$0] ?? "")"
    }
    let taking = file.functions.filter { $0.firstMatch(of: /^take([A-Z]|$)/) != nil }.map {
      "\(file.path): \($0) should say whether it receives, applies or removes"
    }
    return replaced + taking
  }
}
