#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The functions of libturbojpeg that decode, which have opaque handles only: version 2 of its interface, which every
/// libturbojpeg.so.0 has. Its headers are not needed to build.
struct TurboJPEG: Sendable {
  typealias Handle = UnsafeMutableRawPointer
  typealias Number = UnsafeMutablePointer<Int32>
  typealias Initialize = @convention(c) () -> Handle?
  typealias ReadHeader =
    @convention(c) (Handle?, UnsafePointer<UInt8>?, UInt, Number?, Number?, Number?, Number?) -> Int32
  typealias Decompress =
    @convention(c) (
      Handle?, UnsafePointer<UInt8>?, UInt, UnsafeMutablePointer<UInt8>?, Int32, Int32, Int32, Int32, Int32
    ) -> Int32
  typealias Message = @convention(c) (Handle?) -> UnsafeMutablePointer<CChar>?
  typealias Destroy = @convention(c) (Handle?) -> Int32

  /// tjInitDecompress.
  var initialize: Initialize
  /// tjDecompressHeader3: file, its size; width, height, subsampling, colour space.
  var readHeader: ReadHeader
  /// tjDecompress2: file, its size; buffer, width, bytes of a row, height, pixel format, flags.
  var decompress: Decompress
  /// tjGetErrorStr2.
  var message: Message
  /// tjDestroy.
  var destroy: Destroy

  /// Loads the first library that exists and has all functions; nil without one.
  static func load(_ names: [String] = systemNames) -> TurboJPEG? {
    for name in names {
      guard let library = dlopen(name, RTLD_NOW | RTLD_LOCAL) else { continue }
      if let functions = TurboJPEG(library) { return functions }
      dlclose(library)
    }
    return nil
  }

  #if canImport(Darwin)
    static let systemNames = [
      "libturbojpeg.0.dylib", "/opt/homebrew/lib/libturbojpeg.0.dylib", "/usr/local/lib/libturbojpeg.0.dylib",
    ]
  #else
    static let systemNames = ["libturbojpeg.so.0"]
  #endif

  private init?(_ library: UnsafeMutableRawPointer) {
    guard let initialize = dlsym(library, "tjInitDecompress"),
      let readHeader = dlsym(library, "tjDecompressHeader3"),
      let decompress = dlsym(library, "tjDecompress2"),
      let message = dlsym(library, "tjGetErrorStr2"),
      let destroy = dlsym(library, "tjDestroy")
    else { return nil }
    self.init(
      initialize: unsafeBitCast(initialize, to: Initialize.self),
      readHeader: unsafeBitCast(readHeader, to: ReadHeader.self),
      decompress: unsafeBitCast(decompress, to: Decompress.self),
      message: unsafeBitCast(message, to: Message.self),
      destroy: unsafeBitCast(destroy, to: Destroy.self))
  }

  init(
    initialize: @escaping Initialize, readHeader: @escaping ReadHeader, decompress: @escaping Decompress,
    message: @escaping Message, destroy: @escaping Destroy
  ) {
    (self.initialize, self.readHeader, self.decompress) = (initialize, readHeader, decompress)
    (self.message, self.destroy) = (message, destroy)
  }
}
