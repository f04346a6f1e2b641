import Networks
import Primitives
import Training

/// A kind of study: what was asked for last, what is awaited, and what is in sight.
struct Inquiry {
  var asked: Study?
  /// The number of the answer that is awaited.
  var awaited: Int?
  /// What the findings in sight are of; absent where there are none.
  var shown: StudySubject?
}

/// What is asked of other threads because it takes longer than a key may.
extension ExplorerState {
  /// Asks for what the screen lacks. Nothing is asked for while an answer of the same kind is on its way: held
  /// keys pile up no work. Nor is it while what is in sight is about to change.
  mutating func study() -> [ExplorerEffect] {
    Study.Kind.allCases.compactMap { kind in
      let wanted = study(kind)
      var inquiry = inquiries[kind, default: Inquiry()]
      if inquiry.shown != nil, inquiry.shown != wanted?.subject {
        hide(kind)
        inquiry.shown = nil
      }
      var effect: ExplorerEffect?
      if wanted == nil {
        inquiry.asked = nil
      } else if let wanted, !due.isOpen, inquiry.awaited == nil, inquiry.asked != wanted {
        studyCount += 1
        (inquiry.asked, inquiry.awaited) = (wanted, studyCount)
        effect = .study(wanted, number: studyCount)
      }
      inquiries[kind] = inquiry
      return effect
    }
  }

  /// Takes the findings that are awaited, unless something else is looked at by now. What has failed is not asked
  /// for again until something else is.
  mutating func take(_ answer: Result<Findings, TensorMismatch>, number: Int) {
    guard let (kind, inquiry) = inquiries.first(where: { $0.value.awaited == number }) else { return }
    inquiries[kind]?.awaited = nil
    guard let subject = inquiry.asked?.subject, subject == study(kind)?.subject else { return }
    let findings: Findings
    switch answer {
    case .success(let found): findings = found
    case .failure(let mismatch):
      message = "\(mismatch)".printable
      return
    }
    inquiries[kind]?.shown = subject
    switch findings.content {
    case .readouts(let found): readouts.take(found)
    case .strip(let found): frames = found
    case .neighbours(let found): neighbours = found.map(withPicture)
    case .comparison(let found): comparison = found
    case .lesson(let found): found.map { take($0) }
    }
  }

  /// Hides whatever studies have found.
  mutating func forgetFindings() {
    for (kind, inquiry) in inquiries where inquiry.shown != nil {
      hide(kind)
      inquiries[kind]?.shown = nil
    }
  }

  private mutating func hide(_ kind: Study.Kind) {
    switch kind {
    case .readouts: readouts.take(Readouts())
    case .strip: frames = []
    case .neighbours: neighbours = []
    case .comparison: comparison = []
    case .lesson: training?.lesson = nil
    }
  }

  /// What is looked at.
  var subject: StudySubject {
    StudySubject(sample: showsSketch ? nil : sample, isImage: shownImage != nil, model: openedCount)
  }

  /// What the screen wants of a kind; absent where it shows nothing of it.
  private func study(_ kind: Study.Kind) -> Study? {
    var subject = subject
    switch kind {
    case .readouts:
      return Study(content: .readouts(readoutStudy), subject: subject)
    case .strip:
      subject.slider = filmStart == nil ? selected : nil
      return stripStudy.map { Study(content: .strip($0), subject: subject) }
    case .neighbours:
      return neighbourStudy.map { Study(content: .neighbours($0), subject: subject) }
    case .comparison:
      return comparisonStudy.map { Study(content: .comparison($0), subject: subject) }
    case .lesson:
      return lessonStudy.map { Study(content: .lesson($0), subject: subject) }
    }
  }
}
