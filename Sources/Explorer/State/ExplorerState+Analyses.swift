import Networks
import Primitives
import Training

/// A kind of study: what was asked for last, what is awaited, and what is in sight.
struct AnalysisRequest {
  var asked: Analysis?
  /// The number of the answer that is awaited.
  var awaited: Int?
  /// What the findings in sight are of; absent where there are none.
  var shown: AnalysisSubject?
}

/// What is asked of other threads because it takes longer than a key may.
extension ExplorerState {
  /// Asks for what the screen lacks. Nothing is asked for while an answer of the same kind is on its way: held
  /// keys pile up no work. Nor is it while what is in sight is about to change.
  mutating func study() -> [ExplorerEffect] {
    Analysis.Kind.allCases.compactMap { kind in
      let wanted = study(kind)
      var request = analysisRequests[kind, default: AnalysisRequest()]
      if request.shown != nil, request.shown != wanted?.subject {
        hide(kind)
        request.shown = nil
      }
      var effect: ExplorerEffect?
      if wanted == nil {
        request.asked = nil
      } else if let wanted, !due.isOpen, request.awaited == nil, request.asked != wanted {
        analysisCount += 1
        (request.asked, request.awaited) = (wanted, analysisCount)
        effect = .study(wanted, number: analysisCount)
      }
      analysisRequests[kind] = request
      return effect
    }
  }

  /// Takes the findings that are awaited, unless something else is looked at by now. What has failed is not asked
  /// for again until something else is.
  mutating func take(_ answer: Result<AnalysisResult, TensorMismatch>, number: Int) {
    guard let (kind, request) = analysisRequests.first(where: { $0.value.awaited == number }) else { return }
    analysisRequests[kind]?.awaited = nil
    guard let subject = request.asked?.subject, subject == study(kind)?.subject else { return }
    let findings: AnalysisResult
    switch answer {
    case .success(let found): findings = found
    case .failure(let mismatch):
      message = "\(mismatch)".printable
      return
    }
    analysisRequests[kind]?.shown = subject
    switch findings.content {
    case .readouts(let found): readouts.take(found)
    case .strip(let found): frames = found
    case .neighbours(let found): neighbours = found.map(withPicture)
    case .comparison(let found): comparison = found
    case .lesson(let found): found.map { take($0) }
    }
  }

  /// Hides whatever studies have found.
  mutating func discardAnalyses() {
    for (kind, request) in analysisRequests where request.shown != nil {
      hide(kind)
      analysisRequests[kind]?.shown = nil
    }
  }

  private mutating func hide(_ kind: Analysis.Kind) {
    switch kind {
    case .readouts: readouts.take(Readouts())
    case .strip: frames = []
    case .neighbours: neighbours = []
    case .comparison: comparison = []
    case .lesson: training?.lesson = nil
    }
  }

  /// What is looked at.
  var subject: AnalysisSubject {
    AnalysisSubject(sample: showsDrawing ? nil : sample, isImage: shownImage != nil, model: modelGeneration)
  }

  /// What the screen wants of a kind; absent where it shows nothing of it.
  private func study(_ kind: Analysis.Kind) -> Analysis? {
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
    case .lesson:
      return phaseAnalysis.map { Analysis(content: .lesson($0), subject: subject) }
    }
  }
}
