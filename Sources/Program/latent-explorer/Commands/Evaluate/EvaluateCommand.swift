import ArgumentParser
import Coordinates
import Datasets
import Essentials
import Evaluation
import Kernels
import Libraries
import Training

/// Measures a model on test images.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Measure a model on a data set's test images.",
    usage: "latent-explorer evaluate --model <model> --data <data> [<options>]",
    discussion: """
      Examples:
        latent-explorer evaluate --model run/model.safetensors --data digits
        latent-explorer evaluate --model run/model.safetensors --data ~/mnist --json
        latent-explorer evaluate --model digits --data digits --images 1000 --quiet
      """)

  @Option(
    help: ArgumentHelp(ModelChoice.help, valueName: "file|name"), completion: ModelChoice.completion,
    transform: PathArgument.parse)
  var model: String

  @Option(
    help: ArgumentHelp(DataChoice.help, valueName: "path|name"), completion: DataChoice.completion,
    transform: PathArgument.parse)
  var data: String

  @OptionGroup(title: "Data") var reading: DataReadingOptions

  @Option(
    help: ArgumentHelp(
      "Measure on N of the images that train holds out instead, to tune settings.", valueName: "n"))
  var heldOut: Int?

  @Option(help: ArgumentHelp("Measure on the first N images only.", valueName: "n"))
  var images: Int?

  @Option(help: "How images are transformed; by default as in the model's training.")
  var interpolation: Interpolation?

  @Option(help: "Threads; the result does not depend on their number.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "Print one JSON object.")
  var json = false

  @OptionGroup var remarks: VerbosityOptions

  func validate() throws {
    try validateThreads(threads)
    for (name, count) in [("held-out", heldOut), ("images", images)] {
      guard count.map({ $0 >= 1 }) ?? true else {
        throw ValidationError("--\(name) takes a whole number from 1 up.")
      }
    }
  }

  func run() throws {
    try reportingFailures {
      var progress = ProgressLine(remarks.verbosity)
      let model = try ModelChoice.read(self.model)
      progress.detail("read the model \(self.model), \(model.architecture.schema)")
      let stored = try DataChoice(data, options: reading.options).dataset(note: remarks.note)
      let dataset = stored.fitted(to: model.architecture.imageShape)
      if dataset.shape != stored.shape {
        remarks.note(
          DataRemark("images of \(stored.shape) are converted to \(dataset.shape), the shape of the model"))
      }
      progress.detail(
        "read \(dataset.title): \(dataset.training.count) training and \(dataset.test.count) test images")
      var measured: any ImageSource = dataset.test
      var training: (any ImageSource)? = dataset.training
      if let heldOut {
        guard heldOut <= dataset.training.count else {
          throw Failure("--held-out \(heldOut): there are \(dataset.training.count) training images")
        }
        let all = HeldOutOrder.arranged(dataset.training, heldOut: heldOut)
        let rest = all.count - heldOut
        measured = ImageSlice(of: all, rest..<all.count)
        // The probe is not trained on the images that it is measured on.
        training = rest > 0 ? ImageSlice(of: all, 0..<rest) : nil
      }
      if let images, images < measured.count { measured = ImageSlice(of: measured, 0..<images) }
      let evaluation = try Evaluation.measure(
        model, on: measured, training: training, interpolation: interpolation, threads: threads
      ) { fraction in
        progress.update(formatted("measuring: %.0f %%", fraction * 100))
      }
      progress.clear()
      progress.detail("measured \(evaluation.imageCount) images")
      let report = EvaluationReport(
        evaluation, model: self.model, data: dataset,
        published: PublishedResults(
          data: dataset.name, schema: model.architecture.schema,
          isSameMeasure: evaluation.interpolation == .bilinear && evaluation.imageCount == 10_000
            && heldOut == nil && dataset.shape == stored.shape))
      try writeToStandardOutput((json ? try report.json : report.table) + "\n")
    }
  }
}
