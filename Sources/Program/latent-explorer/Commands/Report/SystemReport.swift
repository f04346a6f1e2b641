import Benchmarks
import Checkpoints
import Datasets
import Essentials
import Kernels
import Libraries
import NcursesTerminal
import Primitives
import Screen

/// A report about the program and its environment: all that a bug report needs.
struct SystemReport: PrintedReport {
  var version = LatentExplorer.version
  var system = System()
  var processor = Processor()
  var terminal: Terminal
  var drawing: Drawing
  /// The environment variables that the program reads.
  var variables: [Variable]
  var folders: Folders
  var data: [DataSet]
  var models: [Model]

  struct System: Encodable {
    var name = ProcessInfo.processInfo.operatingSystemVersionString
    var kernel = Self.kernel
    /// The instruction set that the program was built for.
    var architecture = Self.architecture
    var isDebugBuild = Self.isDebugBuild
  }

  struct Processor: Encodable {
    var name = Benchmark.processorName()
    /// Kernel variants: the one in use, and those that the processor supports.
    var variant = KernelVariant.best.name
    var variants = KernelVariant.available.map(\.name)
    var threads = ProcessInfo.processInfo.activeProcessorCount
  }

  struct Terminal: Encodable {
    var type: String?
    var hasInput: Bool
    var hasOutput: Bool
    var hasErrors: Bool
    var columns: Int?
    var rows: Int?
    var colors: Int
    var library: String
    var locale: String
    var codeset: String
    /// The terminal type that is used instead, if the system's database has no suitable description.
    var drawnAs: String?
    /// The reason why the explorer would not open; nil if it would.
    var fault: String?
  }

  struct Drawing: Encodable {
    var colors: String
    var characters: String
    var pictures: String
    var charts: String
  }

  struct Variable: Encodable {
    var name: String
    /// The value; nil if unset.
    var value: String?
  }

  struct Folders: Encodable {
    var current: String
    var data: String?
    var models: String?
    var drawings: String?
    var state: String?
  }

  struct DataSet: Encodable {
    var name: String
    /// The folder; nil for built-in data.
    var folder: String?
    var training: Int?
    var test: Int?
    /// An error, or a hint how to download the set.
    var fault: String?
  }

  struct Model: Encodable {
    var name: String
    var isBundled: Bool
    var coordinates: String?
    var encoder: String?
    var decoder: String?
    var fault: String?
  }
}

// MARK: - Finding out

extension SystemReport {
  /// Collects the report; data sets and models are read completely, so that their errors are found.
  init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    let facts = TerminalFacts()
    terminal = Terminal(facts)
    drawing = Drawing(facts.capabilities)
    variables = Self.variables(environment)
    folders = Folders(environment)
    data = Self.dataSets(environment)
    models = Self.models(folder: folders.models)
  }

  private static func variables(_ environment: [String: String]) -> [Variable] {
    EnvironmentVariable.all.map { variable in
      let value = environment[variable.name]
      return Variable(name: variable.name, value: variable.isSecret ? value.map { _ in "(set)" } : value)
    }
  }

  private static func dataSets(_ environment: [String: String]) -> [DataSet] {
    let builtIn = BuiltInSet.all.map { set in
      let dataset = set.dataset()
      return DataSet(name: set.name, training: dataset.training.count, test: dataset.test.count)
    }
    let home = DataLocations.folder(ofSet: BuiltInSet.digits.name, environment: environment)
      .map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
    let found = home.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0) } ?? []
    // Models and drawings have folders beside those of the data.
    let others = Set(found).subtracting(DataLocations.publicSets).subtracting(["models", "drawings"]).sorted()
    return builtIn + (DataLocations.publicSets + others).map { dataSet($0, environment) }
  }

  private static func dataSet(_ name: String, _ environment: [String: String]) -> DataSet {
    let folder = DataLocations.folder(ofSet: name, environment: environment)
    var set = DataSet(name: name, folder: folder)
    do {
      let dataset = try DataChoice(name, environment: environment).dataset()
      (set.training, set.test) = (dataset.training.count, dataset.test.count)
    } catch {
      set.fault = error.sentence
    }
    return set
  }

  private static func models(folder: String?) -> [Model] {
    ModelLibrary(folder: folder).references().map { _, reference in
      var model = Model(name: reference, isBundled: ModelChoice.isBundled(reference))
      do {
        let architecture = try ModelChoice.contents(reference).model.architecture
        model.coordinates = "\(architecture.schema)"
        model.encoder = architecture.encoderKind.rawValue
        model.decoder = architecture.decoderKind.rawValue
      } catch {
        model.fault = error.sentence
      }
      return model
    }
  }
}

extension SystemReport.System {
  fileprivate static var kernel: String {
    var names = utsname()
    guard uname(&names) == 0 else { return "unknown" }
    func text(_ field: some Any) -> String {
      withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
    return "\(text(names.sysname)) \(text(names.release))"
  }

  fileprivate static var isDebugBuild: Bool {
    #if DEBUG
      true
    #else
      false
    #endif
  }

  fileprivate static var architecture: String {
    #if arch(x86_64)
      "x86-64"
    #elseif arch(arm64)
      "arm64"
    #else
      "another one"
    #endif
  }
}

extension SystemReport.Terminal {
  fileprivate init(_ facts: TerminalFacts) {
    type = facts.type
    (hasInput, hasOutput, hasErrors) = (facts.hasInput, facts.hasOutput, facts.hasErrors)
    (columns, rows) = (facts.size?.width, facts.size?.height)
    colors = facts.colors
    library = facts.library
    drawnAs = facts.substitute?.name
    locale = facts.locale
    codeset = facts.codeset
    let fault: TerminalError? =
      !facts.hasInput ? .inputIsNoTerminal : !facts.hasOutput ? .outputIsNoTerminal : facts.fault
    self.fault = fault.map { "\($0)" }
  }
}

extension SystemReport.Drawing {
  fileprivate init(_ capabilities: Capabilities) {
    characters = capabilities.unicode ? "Unicode" : "ASCII"
    charts = capabilities.braille ? "braille dots" : "a character a point"
    switch capabilities.colors {
    case .truecolor:
      colors = "truecolor"
      pictures = capabilities.unicode ? "half blocks in all colours" : "spaces on all colours"
    case .many:
      colors = "256"
      pictures = capabilities.unicode ? "half blocks in 26 greys" : "spaces on 26 greys"
    case .eight: (colors, pictures) = ("8", Self.shades(capabilities))
    case .none: (colors, pictures) = ("none", Self.shades(capabilities))
    }
  }

  private static func shades(_ capabilities: Capabilities) -> String {
    capabilities.unicode ? "shades ' ░▒▓█'" : "shades ' .:-=+*#%@'"
  }
}

extension SystemReport.Folders {
  fileprivate init(_ environment: [String: String]) {
    current = FileManager.default.currentDirectoryPath
    let output = OutputFolders(environment: environment)
    (models, drawings) = (output.models, output.drawings)
    data = models.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
    state = FirstStart.stateFolder(environment)
  }
}
