/// A reader of input from outside, with what it promises for whatever bytes it is given.
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// Files of weights.
  case safetensors
  /// Files of images and labels, plain and compressed.
  case idx
  /// Compressed files.
  case gzip
  /// The text of a model's coordinates.
  case schema
  /// The text of the explorer's state.
  case state
  /// The terminal's input.
  case keys
  /// The metadata of a file of weights, and the explorer on its model.
  case model
  /// Keys written as text.
  case script
  /// NumPy files.
  case npy
  /// Pictures.
  case png
  /// Tables of latents in text.
  case csv
  /// PGM and PPM pictures.
  case pnm
  /// Tables of pixels in text.
  case table
  /// Listings of folders of pictures.
  case folder
  /// ZIP archives.
  case zip
  /// Data sets in archives of NumPy files.
  case npz

  /// Gives `bytes` to the reader.
  ///
  /// - Returns: Whether the reader accepts them, all of them or in part.
  /// - Throws: `BrokenPromise` where the reader does what it should never do. Refusing is no such thing.
  @discardableResult
  public func check(_ bytes: [UInt8]) throws(BrokenPromise) -> Bool {
    switch self {
    case .safetensors: try fuzzSafetensors(bytes)
    case .idx: try fuzzIDX(bytes)
    case .gzip: try fuzzGzip(bytes)
    case .schema: try fuzzSchema(bytes)
    case .state: try fuzzState(bytes)
    case .keys: try fuzzKeys(bytes)
    case .model: try fuzzModel(bytes)
    case .script: try fuzzScript(bytes)
    case .npy: try fuzzNumPy(bytes)
    case .png: try fuzzPNG(bytes)
    case .csv: try fuzzCSV(bytes)
    case .pnm: try fuzzPNM(bytes)
    case .table: try fuzzTable(bytes)
    case .folder: try fuzzFolder(bytes)
    case .zip: try fuzzZIP(bytes)
    case .npz: try fuzzNPZ(bytes)
    }
  }
}
