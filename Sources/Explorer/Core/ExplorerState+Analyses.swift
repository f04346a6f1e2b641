import Networks
import Primitives
import Training

/// The state of one kind of analysis: the last request, the awaited answer and the shown result.
struct AnalysisRequest {
  var asked: Analysis?
  /// The number of the awaited answer.
  var awaited: Int?
  /// The subject of the shown result; nil without one.
  var shown: AnalysisSubject?
}

/// Requests of background analyses and their answers.
extension ExplorerState {
  /// Requests the analyses that the screen lacks. While an answer of a kind is awaited, no second one is
  /// requested, so that held keys do not fill the queue; nor is any requested while an inference is
  /// pending.
  mutating func requestAnalyses() -> [ExplorerEffect] {
    Analysis.Kind.allCases.compactMap { kind in
      let wanted = analysis(kind)
      var request = analysisRequests[kind, default: AnalysisRequest()]
      if request.shown != nil, request.shown != wanted?.subject {
        hide(kind)
        request.shown = nil
      }
      var effect: ExplorerEffect?
      if wanted == nil {
        request.asked = nil
      } else if let wanted, !pendingInference.isPending, request.awaited == nil, request.asked != wanted {
        analysisCount += 1
        (request.asked, request.awaited) = (wanted, analysisCount)
        effect = .analyse(wanted, number: analysisCount)
      }
      analysisRequests[kind] = request
      return effect
    }
  }

  /// Receives an awaited result, and discards it if the subject has changed. A failed analysis is repeated
  /// only after a change of its request.
  mutating func receive(_ answer: Result<AnalysisResult, TensorMismatch>, number: Int) {
    guard let (kind, request) = analysisRequests.first(where: { $0.value.awaited == number }) else { return }
    analysisRequests[kind]?.awaited = nil
    guard let subject = request.asked?.subject, subject == analysis(kind)?.subject else { return }
    let result: AnalysisResult
    switch answer {
    case .success(let found): result = found
    case .failure(let mismatch):
      message = "\(mismatch)".printable
      return
    }
    analysisRequests[kind]?.shown = subject
    switch result.content {
    case .readouts(let found): readouts.apply(found)
    case .strip(let found): frames = found
    case .neighbours(let found): neighbours = found.map(withPicture)
    case .comparison(let found): comparison = found
    case .phaseSummary(let found): found.map { receive($0) }
    }
  }

  /// Discards the results of all analyses.
  mutating func discardAnalyses() {
    for (kind, request) in analysisRequests where request.shown != nil {
      hide(kind)
      analysisRequests[kind]?.shown = nil
    }
  }

  private mutating func hide(_ kind: Analysis.Kind) {
    switch kind {
    case .readouts: readouts.apply(Readouts())
    case .strip: frames = []
    case .neighbours: neighbours = []
    case .comparison: comparison = []
    case .phaseSummary: training?.phaseSummary = nil
    }
  }

  /// The current subject.
  var subject: AnalysisSubject {
    AnalysisSubject(sample: showsDrawing ? nil : sample, isImage: shownImage != nil, model: modelGeneration)
  }

  /// The analysis of a kind that the screen needs; nil if the screen does not show it.
  private func analysis(_ kind: Analysis.Kind) -> Analysis? {
    var subject = subject
    switch kind {
    case .readouts:
      return Analysis(content: .readouts(readoutAnalysis), subject: subject)
    case .strip:
      subject.slider = pathStart == nil ? selected : nil
      return filmstripAnalysis.map { Analysis(content: .strip($0), subject: subject) }
    case .neighbours:
      return nearestNeighboursQuery.map { Analysis(content: .neighbours($0), subject: subject) }
    case .comparison:
      return comparisonAnalysis.map { Analysis(content: .comparison($0), subject: subject) }
    case .phaseSummary:
      return phaseAnalysis.map { Analysis(content: .phaseSummary($0), subject: subject) }
    }
  }
}
