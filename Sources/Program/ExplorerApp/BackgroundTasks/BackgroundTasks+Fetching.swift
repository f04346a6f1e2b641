import Downloads
import Explorer
import Libraries
import Primitives

extension BackgroundTasks {
  /// Downloads a data set and opens it; reports progress every 0.5 s.
  func fetch(_ name: String) {
    stopsFetching.withLock { $0 = false }
    run(on: .fetches) { [self] in
      do {
        try download(name)
        let choice = try DataChoice(name)
        let dataset = try choice.datasetForInference()
        context.withLock { $0.setup.replaceDataset(choice, dataset, reference: name) }
        preparation.withLock { $0.images = nil }
        return .fetched(dataset, reference: name)
      } catch {
        post(.fetched(nil, reference: name))
        if case DownloadError.cancelled = error {
          return .message("fetching stopped; G resumes")
        }
        let text = (error as? DownloadError)?.summary(hint: FetchPlan.shortAlternative)
        return .message((text ?? error.sentence).printable)
      }
    }
  }

  /// Cancels a download; the data received so far are kept.
  func stopFetching() { stopsFetching.withLock { $0 = true } }

  private func download(_ name: String) throws {
    let plan = try FetchPlan(set: name)
    let progress = Locked((line: FetchProgress(name: name), said: -Double.infinity))
    try plan.carryOut(
      isCancelled: { self.stopsFetching.withLock { $0 } },
      report: { event in
        guard case .received(let file, let bytes, let count) = event else { return }
        let now = self.clocks.seconds()
        let text = progress.withLock { progress -> String? in
          progress.line.note(file: file, bytes: bytes, at: now)
          guard now - progress.said >= 0.5 else { return nil }
          progress.said = now
          return progress.line.text(of: count)
        }
        if let text { self.post(.message(text)) }
      })
  }
}
