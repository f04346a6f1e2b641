import Primitives

/// A failure to read or write a safetensors file. Every case names the file.
public enum SafetensorsError: Error, Sendable, Equatable {
  /// The file cannot be read or written.
  case file(FileError)
  /// The contents violate the format.
  case invalid(path: String, SafetensorsFault)
}

/// A violation of the safetensors format.
public enum SafetensorsFault: Error, Sendable, Equatable {
  /// The file has another format.
  case otherFormat(OtherFormat)
  /// The file has fewer than the 8 bytes of the header's length.
  case prefixCut(found: Int)
  /// The header is empty.
  case headerEmpty
  /// The header is longer than the format allows.
  case headerTooLong(length: UInt64, limit: Int)
  /// The file ends within the header.
  case headerCut(length: Int, found: Int)
  /// The header is not the expected JSON at byte `offset`.
  case malformedHeader(expected: HeaderExpectation, offset: Int)
  /// Two tensors, metadata keys or fields of a tensor have the same name.
  case duplicate(HeaderName, name: String)
  /// The metadata are not an object of strings.
  case metadataNotStrings
  /// A tensor is not described by an object.
  case tensorNotObject(tensor: String)
  /// A tensor has an unknown field.
  case unknownField(tensor: String, field: String)
  /// A tensor lacks a field.
  case missingField(tensor: String, field: String)
  /// The element type is unknown.
  case unknownElementType(tensor: String)
  /// The shape is not a list of integers from 0 to 2⁶³ − 1.
  case invalidShape(tensor: String)
  /// The offsets are not two nonnegative integers in ascending order.
  case invalidOffsets(tensor: String)
  /// The size of shape and element type exceeds 63 bits.
  case sizeOverflow(tensor: String)
  /// The offsets disagree with the size of shape and element type.
  case sizeDisagrees(tensor: String)
  /// Bytes before this tensor belong to no tensor.
  case hole(before: String)
  /// The tensor overlaps another one.
  case overlap(tensor: String)
  /// The file ends within the data.
  case dataCut(expected: Int, found: Int)
  /// Bytes at the end belong to no tensor.
  case dataLeftOver(expected: Int, found: Int)
  /// The element type is not a float of 16, 32 or 64 bits.
  case notWeights(tensor: String, elementType: String)
  /// Writing: the name is reserved for the metadata.
  case reservedName(String)
  /// Writing 16 bits: the finite element at `index` is too large.
  case tooLargeForFloat16(tensor: String, index: Int)
}

/// The element expected at a malformed position of the header.
public enum HeaderExpectation: Sendable, Equatable {
  /// The brace that opens an object.
  case openingBrace
  /// The quotation mark that opens a string.
  case string
  /// The quotation mark that closes a string.
  case closingQuote
  /// The colon between name and value.
  case colon
  /// A comma or the brace that closes an object.
  case commaOrClosingBrace
  /// The end of the header.
  case end
  /// One of JSON's escape sequences.
  case escapeSequence
  /// The second half of a surrogate pair.
  case surrogatePair
  /// No control character within a string.
  case noControlCharacter
  /// Valid UTF-8 within a string.
  case validUTF8
}

/// The kind of a name in the header.
public enum HeaderName: Sendable, Equatable {
  /// A tensor.
  case tensor
  /// A key of the metadata.
  case metadataKey
  /// The metadata.
  case metadata
  /// A field of the named tensor.
  case field(ofTensor: String)
}

extension SafetensorsError: CustomStringConvertible {
  /// The error message, on one line, without control characters.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .invalid(let path, let fault): "\(path.printable): \(fault)"
    }
  }
}

extension SafetensorsFault: CustomStringConvertible {
  /// The message without the file's name, on one line, without control characters.
  public var description: String {
    switch self {
    case .otherFormat(let format): "not a safetensors file: it is \(format)"
    case .prefixCut(let found): "not a safetensors file: only \(found) bytes"
    case .headerEmpty: "not a safetensors file: its header is empty"
    case .headerTooLong: "not a safetensors file: its header length is impossible"
    case .headerCut: "not a whole safetensors file: it ends within its header"
    case .malformedHeader(.openingBrace, _): "not a safetensors file: its header is not a list of tensors"
    case .malformedHeader(let expected, let offset):
      "malformed header: \(expected) is expected at byte \(offset)"
    case .duplicate(let kind, let name): "\(kind) \(quoted(name)) appears twice"
    case .metadataNotStrings: "the metadata are not a map from strings to strings"
    case .tensorNotObject(let tensor): "tensor \(quoted(tensor)) is not described by an object"
    case .unknownField(let tensor, let field):
      "tensor \(quoted(tensor)) has the unknown field \(quoted(field))"
    case .missingField(let tensor, let field): "tensor \(quoted(tensor)) lacks \(quoted(field))"
    case .unknownElementType(let tensor): "tensor \(quoted(tensor)) has an unknown dtype"
    case .invalidShape(let tensor): "the shape of tensor \(quoted(tensor)) is not a list of whole numbers"
    case .invalidOffsets(let tensor): "the data offsets of tensor \(quoted(tensor)) are not begin and end"
    case .sizeOverflow(let tensor): "the shape of tensor \(quoted(tensor)) is too large"
    case .sizeDisagrees(let tensor): "tensor \(quoted(tensor)) does not have the size that its shape implies"
    case .hole(let tensor): "bytes before tensor \(quoted(tensor)) belong to no tensor"
    case .overlap(let tensor): "tensor \(quoted(tensor)) overlaps another one"
    case .dataCut(let expected, let found): "the data are cut: \(found) of \(expected) bytes"
    case .dataLeftOver(let expected, let found): "\(found - expected) bytes at the end belong to no tensor"
    case .notWeights(let tensor, let elementType):
      "tensor \(quoted(tensor)) has dtype \(elementType), which holds no weights"
    case .reservedName(let name): "no tensor can have the name \(quoted(name))"
    case .tooLargeForFloat16(let tensor, let index):
      "element \(index) of tensor \(quoted(tensor)) is too large for 16 bits"
    }
  }

  private func quoted(_ name: String) -> String { "“\(name.printable)”" }
}

extension HeaderExpectation: CustomStringConvertible {
  /// A short description.
  public var description: String {
    switch self {
    case .openingBrace: "{"
    case .string: "a string"
    case .closingQuote: "the end of a string"
    case .colon: "a colon"
    case .commaOrClosingBrace: "a comma or }"
    case .end: "the end of the header"
    case .escapeSequence: "an escape sequence"
    case .surrogatePair: "a pair of surrogates"
    case .noControlCharacter: "no control character"
    case .validUTF8: "valid UTF-8"
    }
  }
}

extension HeaderName: CustomStringConvertible {
  /// A short description.
  public var description: String {
    switch self {
    case .tensor: "tensor"
    case .metadataKey: "metadata key"
    case .metadata: "the key"
    case .field(let tensor): "in tensor “\(tensor.printable)” the field"
    }
  }
}
