import ArgumentParser
import Datasets
import Primitives

/// The options by which the data set of `--data` is read.
struct DataReadingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The labels, where they are not with the images: a .npy, IDX or text file.", valueName: "file"),
    completion: .file(), transform: PathArgument.parse)
  var labels: String?

  @Option(
    help: ArgumentHelp(
      "The arrays to read, such as images=x_train,labels=y_train; for tables labels=first or labels=last.",
      valueName: "use=name,…"))
  var key: KeyList?

  @Option(
    help: ArgumentHelp(
      "Resize images to N×N or W×H pixels, from 8 to 128: by area, or bilinearly where they grow.",
      valueName: "n|wxh"))
  var imageSize: ImageSizeArgument?

  @Option(help: ArgumentHelp("Turn images to 'grey' or 'colour'.", valueName: "grey|colour"))
  var imageChannels: ImageChannels?

  @Flag(help: "Exchange dark and bright, for images that are dark on bright.")
  var invertData = false

  @Option(
    help: ArgumentHelp(
      "Read N images only, chosen by class; of built-in sets the first ones.", valueName: "n"))
  var subset: Int?

  func validate() throws {
    guard subset ?? 2 >= 2 else { throw ValidationError("--subset takes a whole number from 2 up.") }
  }

  /// Throws for options without a data set that they apply to.
  func require(_ data: String?) throws {
    guard data != nil || options.isEmpty else {
      throw ValidationError(
        "--labels, --key, --image-size, --image-channels, --invert-data and --subset require --data.")
    }
  }

  var options: DataOptions {
    var options = DataOptions()
    options.labels = labels
    options.keys = key?.names ?? [:]
    (options.width, options.height) = (imageSize?.width, imageSize?.height)
    options.channels = imageChannels?.count
    options.inverts = invertData
    options.subset = subset
    return options
  }
}

/// Names of arrays by their use, such as `images=a,labels=b`.
struct KeyList: ExpressibleByArgument, Equatable {
  let names: [String: String]

  init?(argument: String) {
    var names: [String: String] = [:]
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard sides.count == 2, !sides[1].isEmpty, ["images", "labels"].contains(sides[0]),
        names[sides[0]] == nil
      else { return nil }
      names[sides[0]] = sides[1]
    }
    self.names = names
  }
}

/// A width and a height in pixels: `64` or `64x48`.
struct ImageSizeArgument: ExpressibleByArgument, Equatable {
  let width, height: Int

  init?(argument: String) {
    let sides = argument.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...2).contains(sides.count), let width = sides[0], let height = sides[sides.count - 1],
      ImageShape.sides.contains(width), ImageShape.sides.contains(height)
    else { return nil }
    (self.width, self.height) = (width, height)
  }
}

/// The channels of images.
enum ImageChannels: String, ExpressibleByArgument, CaseIterable {
  case grey
  case colour

  var count: Int { self == .grey ? 1 : 3 }
}
