import Checkpoints
import Datasets
import Dispatch
import Explorer
import Foundation
import Primitives
import Training

/// What the explorer has done for it on other threads; each errand comes back as an event.
final class Errands: Sendable {
  private let queue = DispatchQueue(label: "errands", qos: .userInitiated)
  private let events = Locked<[Result]>([])
  private let setup: ExplorerSetup
  private let session: TrainingSession
  private let wake: @Sendable () -> Void
  private let trainingImages = Locked<(any ImageSource)?>(nil)

  /// An event before it is made on the explorer's own thread, where networks live.
  private enum Result: Sendable {
    case models([ModelEntry])
    case opened(name: String, TypedModel)
    case weights(TypedModel)
    case message(String)
    case trainingStarted
    case trainingImpossible(String)
  }

  init(setup: ExplorerSetup, session: TrainingSession, wake: @escaping @Sendable () -> Void) {
    self.setup = setup
    self.session = session
    self.wake = wake
  }

  /// What has come back since the last call.
  func takeEvents() -> [ExplorerEvent] {
    let results = events.withLock { results in
      defer { results.removeAll() }
      return results
    }
    return results.map { result in
      switch result {
      case .models(let entries): return .models(entries)
      case .weights(let model): return .weights(model)
      case .message(let text): return .message(text)
      case .trainingStarted: return .trainingStarted
      case .trainingImpossible(let reason): return .trainingImpossible(reason)
      case .opened(let name, let model):
        do {
          return .opened(try ModelInUse(name: name, model: model))
        } catch {
          return .message("\(name): \(error)")
        }
      }
    }
  }

  func listModels() {
    run { .models(ModelLibrary.references().map { ModelEntry(title: $0.title, reference: $0.reference) }) }
  }

  func open(_ entry: ModelEntry) {
    run { [setup] in
      let model = try ExplorerSetup.prepared(try ModelChoice.read(entry.reference), dataset: setup.dataset)
      return .opened(name: ExplorerSetup.title(of: entry.reference), model)
    }
  }

  /// Writes `model` under the first free name in the models' folder.
  func save(_ model: TypedModel) {
    run {
      guard let folder = ModelLibrary.folder else {
        return .message("there is no home folder to write to")
      }
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      var number = 1
      while FileManager.default.fileExists(atPath: "\(folder)/model-\(number).safetensors") { number += 1 }
      let path = "\(folder)/model-\(number).safetensors"
      try ModelFile.write(model, to: path)
      return .message("wrote \(path.printable)")
    }
  }

  /// Reads the training images where that has not been done yet, and starts the session.
  func train(_ state: TrainingState) {
    run { [self] in
      do {
        let images = try readTrainingImages()
        var state = state
        // A small data set has no thousand images to spare.
        state.configuration.heldOutCount = min(state.configuration.heldOutCount, images.count / 10)
        session.start(state, images: images, threads: ProcessInfo.processInfo.activeProcessorCount)
        return .trainingStarted
      } catch {
        return .trainingImpossible("\(error)".printable)
      }
    }
  }

  /// Turns the weights of a snapshot into a model with statistics for its sliders.
  func prepare(_ snapshot: TrainingSnapshot) {
    run { [setup] in
      var model = TypedModel(
        snapshot.configuration, weights: snapshot.weights, at: snapshot.position, data: setup.dataset.name)
      try model.measureLatents(over: setup.dataset.test, count: 500)
      return .weights(model)
    }
  }

  private func readTrainingImages() throws -> any ImageSource {
    if let images = trainingImages.withLock({ $0 }) { return images }
    let images = try setup.choice.dataset().training
    trainingImages.withLock { $0 = images }
    return images
  }

  private func run(_ errand: @escaping @Sendable () throws -> Result) {
    queue.async { [self] in
      let result: Result
      do {
        result = try errand()
      } catch {
        result = .message("\(error)".printable)
      }
      events.withLock { $0.append(result) }
      wake()
    }
  }
}
