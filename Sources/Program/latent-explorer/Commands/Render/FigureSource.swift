import ArgumentParser
import Coordinates
import Datasets
import Figures
import Libraries
import Networks
import Training

/// The options for the model and the samples of a figure.
struct SourceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(ModelChoice.help, valueName: "file|name"), completion: ModelChoice.completion,
    transform: PathArgument.parse)
  var model: String?

  @Option(
    help: ArgumentHelp(
      DataChoice.help + " Without it: the model's training data, or the latents in its file.",
      valueName: "path|name"), completion: DataChoice.completion, transform: PathArgument.parse)
  var data: String?

  @OptionGroup(title: "Data") var reading: DataReadingOptions

  func validate() throws { try reading.require(data) }
}

/// A model with the samples that it draws.
struct FigureSource {
  let model: TypedModel
  let samples: Samples

  /// Without `--data`, reads the model's own data set if available, else the latents stored in its file;
  /// without `--model` too, reads MNIST and its model if it is fetched, else the built-in digits and theirs.
  init(_ options: SourceOptions) throws {
    guard options.data == nil, let reference = options.model else {
      let opened = try ModelAndDataset(
        data: options.data, options: options.reading.options, model: options.model, warn: printWarning)
      (model, samples) = (opened.model, Self.samples(of: opened.dataset, for: opened.model))
      return
    }
    let model = try ModelChoice.read(reference)
    if let dataset = Self.origin(of: model) {
      (self.model, samples) = (try model.withStatistics(on: dataset), Self.samples(of: dataset, for: model))
    } else if !model.details.encoderOutputs.isEmpty {
      (self.model, samples) = (
        model, .encoderOutputs(data: model.details.data ?? "its data set", model.details.encoderOutputs)
      )
    } else {
      throw Failure("the model file has no stored latents; name its data set with --data")
    }
  }

  /// The test images of a data set, in the shape of the model's.
  private static func samples(of dataset: Dataset, for model: TypedModel) -> Samples {
    let dataset = dataset.fitted(to: model.architecture.imageShape)
    return .images(title: dataset.title, classNames: dataset.classNames, dataset.test)
  }

  /// The data set that a model was trained on; nil if it is missing or unreadable.
  private static func origin(of model: TypedModel) -> Dataset? {
    guard let name = model.details.data else { return nil }
    return BuiltInSet.named(name)?.dataset() ?? DataChoice.opened(fetched: name)?.dataset
  }

  var painter: Painter { get throws { try Painter(model, samples: samples) } }

  /// The index of the first sample of a class; throws if there is none.
  func first(ofClass label: Int) throws -> Int {
    guard let found = (0..<samples.count).first(where: { samples.classNumber(at: $0) == label }) else {
      throw Failure("\(samples.title): no sample of class \(label)")
    }
    return found
  }

  /// The first sample of each class; the first ten samples without labels.
  var firstOfEachClass: [Int] {
    let classes = samples.classes().map(\.label)
    guard !classes.isEmpty else { return Array(0..<min(10, samples.count)) }
    return classes.compactMap { label in
      (0..<samples.count).first { samples.classNumber(at: $0) == label }
    }
  }

  /// The index of a sample; throws if it does not exist.
  func sample(_ number: Int) throws -> Int {
    guard (0..<samples.count).contains(number) else {
      throw Failure("\(samples.title): there are samples from 0 to \(samples.count - 1), not \(number)")
    }
    return number
  }

  /// Throws for stored latents if a figure needs to transform sample images.
  func requireImages() throws {
    guard case .images = samples else {
      throw Failure("--truth needs the images of the stored latents; name them with --data")
    }
  }
}

/// The options for choosing samples.
struct SampleOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The first sample of each of these classes, such as 7,3,9.", valueName: "list"))
  var classes: NumberList?

  @Option(help: ArgumentHelp("Samples by number, such as 0,12.", valueName: "list"))
  var samples: NumberList?

  func validate() throws {
    guard classes == nil || samples == nil else {
      throw ValidationError("--classes and --samples exclude each other.")
    }
    for (name, list) in [("classes", classes), ("samples", samples)] {
      guard let numbers = list?.numbers else { continue }
      guard (1...100).contains(numbers.count), numbers.allSatisfy({ $0 >= 0 }) else {
        throw ValidationError("--\(name) takes up to 100 whole numbers from 0 up.")
      }
    }
  }

  /// The number of chosen samples; nil without a choice.
  var count: Int? { (classes ?? samples)?.numbers.count }

  /// The indices of the chosen samples; `otherwise` by default.
  func numbers(in source: FigureSource, otherwise: [Int]) throws -> [Int] {
    if let samples { return try samples.numbers.map(source.sample) }
    return try classes?.numbers.map(source.first) ?? otherwise
  }
}

/// The options for the speed of an animation.
struct PlaybackOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Frames of an animation.", valueName: "n"))
  var frames: Int?

  @Option(
    help: ArgumentHelp(
      "Milliseconds from frame to frame, a multiple of 10; browsers play less than 20 as 100.",
      valueName: "ms"))
  var delay: Int?

  @Flag(help: "120 frames of 30 ms instead of 36 of 100 ms.")
  var smooth = false

  func validate() throws {
    guard (2...2000).contains(frameCount) else {
      throw ValidationError("--frames takes a whole number from 2 to 2000.")
    }
    guard let delay else { return }
    guard delay % 10 == 0, (10...655_350).contains(delay) else {
      throw ValidationError("--delay takes a multiple of 10 milliseconds, from 10 to 655350.")
    }
  }

  var frameCount: Int { frames ?? (smooth ? 120 : FigureDefaults.frames) }
  /// The time between two images, in hundredths of a second.
  var hundredths: Int { (delay ?? (smooth ? 30 : FigureDefaults.delay)) / 10 }
}
