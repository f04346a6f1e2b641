import Datasets
import Essentials
import Explorer
import Libraries
import Training

/// The files that are being written.
struct Savings: Sendable {
  static let maximumWaiting = 3

  var waitingCount = 0
  /// The model that was written last; a file with equal weights is not written again.
  var lastModel: (model: TypedModel, path: String)?
}

extension BackgroundTasks {
  /// Writes `model` under the first free name in the model folder, unless its weights were written last.
  func save(_ model: TypedModel) {
    write { [self] in
      if let last = savings.withLock({ $0.lastModel }), last.model.weights == model.weights,
        FileManager.default.fileExists(atPath: last.path)
      {
        return .saved(path: last.path, model, isNew: false)
      }
      let file = try setup.models.write(model)
      savings.withLock { $0.lastModel = (model, file.path) }
      return .saved(path: file.path, model, isNew: file.isNew)
    }
  }

  /// Writes a drawing under the first free name in the drawing folder, unless a file contains it already.
  func save(_ drawing: Drawing) {
    run(on: .saves) { [self] in .message(try setup.drawings.write(drawing).message) }
  }

  /// Writes a figure under the first free name in the figure folder, unless a file contains it already.
  func write(_ request: FigureRequest) {
    write { [self] in .message(try setup.figures.write(request).message) }
  }

  /// Writes a file; refused while `maximumWaiting` are pending, so that quitting is not delayed.
  private func write(_ work: @escaping @Sendable () throws -> ExplorerEvent?) {
    let isAccepted = savings.withLock { savings in
      guard savings.waitingCount < Savings.maximumWaiting else { return false }
      savings.waitingCount += 1
      return true
    }
    guard isAccepted else { return post(.message("not written: other files are still being written")) }
    run(on: .saves) { [self] in
      defer { savings.withLock { $0.waitingCount -= 1 } }
      return try work()
    }
  }
}
