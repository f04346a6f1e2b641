import Primitives

/// Why a safetensors file cannot be read or written. Every case names the file.
public enum SafetensorsError: Error, Sendable, Equatable {
  /// The file as a whole cannot be read or written; the payload names it.
  case file(FileError)
  /// What the file holds, or would hold, breaks the format.
  case invalid(path: String, SafetensorsFault)
}

/// How bytes break the safetensors format, or why contents have no such bytes.
public enum SafetensorsFault: Error, Sendable, Equatable {
  /// The file is plainly one of another kind.
  case otherFormat(OtherFormat)
  /// There are fewer than the 8 bytes that give the header's length.
  case prefixCut(found: Int)
  /// The header has no bytes.
  case headerEmpty
  /// The header has more bytes than the format allows.
  case headerTooLong(length: UInt64, limit: Int)
  /// The file ends within the header.
  case headerCut(length: Int, found: Int)
  /// The header is not the JSON that it should be: at byte `offset` of the header something else is expected.
  case malformedHeader(expected: HeaderExpectation, offset: Int)
  /// Two tensors, or two keys of the metadata, or two fields of a tensor have the same name.
  case duplicate(HeaderName, name: String)
  /// The metadata are not a map from strings to strings.
  case metadataNotStrings
  /// A tensor is described by something else than an object with fields.
  case tensorNotObject(tensor: String)
  /// A tensor has a field that the format does not know.
  case unknownField(tensor: String, field: String)
  /// A tensor lacks a field.
  case missingField(tensor: String, field: String)
  /// The element type is none of the format's.
  case unknownElementType(tensor: String)
  /// The shape is not a list of whole numbers from 0 up that fit 63 bits.
  case invalidShape(tensor: String)
  /// The offsets are not two whole numbers from 0 up, the second no smaller than the first.
  case invalidOffsets(tensor: String)
  /// The size that the shape and the element type imply does not fit 63 bits.
  case sizeOverflow(tensor: String)
  /// The offsets span more or fewer bytes than shape and element type imply.
  case sizeDisagrees(tensor: String)
  /// No tensor fills the bytes before the tensor.
  case hole(before: String)
  /// The tensor begins within another one.
  case overlap(tensor: String)
  /// The file ends within the data.
  case dataCut(expected: Int, found: Int)
  /// Bytes follow that belong to no tensor.
  case dataLeftOver(expected: Int, found: Int)
  /// The element type is a sound one, but not of floating-point numbers of 16, 32 or 64 bits.
  case notWeights(tensor: String, elementType: String)
  /// Writing: the format keeps the name for the metadata.
  case reservedName(String)
  /// Writing 16 bits: the finite element at `index` is too large for them.
  case tooLargeForFloat16(tensor: String, index: Int)
}

/// What the header should have at the place where it is malformed.
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
  /// Nothing: the header should end.
  case end
  /// One of JSON's escape sequences.
  case escapeSequence
  /// The other half of a surrogate pair.
  case surrogatePair
  /// No control character within a string.
  case noControlCharacter
  /// Valid UTF-8 within a string.
  case validUTF8
}

/// What a name in the header is the name of.
public enum HeaderName: Sendable, Equatable {
  /// A tensor.
  case tensor
  /// A key of the metadata.
  case metadataKey
  /// The metadata themselves.
  case metadata
  /// A field of the tensor of that name.
  case field(ofTensor: String)
}

extension SafetensorsError: CustomStringConvertible {
  /// A sentence for people, on one line, without control characters.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .invalid(let path, let fault): "\(path.printable): \(fault)"
    }
  }
}

extension SafetensorsFault: CustomStringConvertible {
  /// The fault for people, on one line, without control characters.
  public var description: String {
    switch self {
    case .otherFormat(let format): "not a safetensors file: it is \(format)"
    case .prefixCut(let found): "not a safetensors file: only \(found) bytes"
    case .headerEmpty: "not a safetensors file: its header is empty"
    case .headerTooLong: "not a safetensors file: its beginning promises an impossibly long header"
    case .headerCut: "not a whole safetensors file: it ends within its header"
    case .malformedHeader(.openingBrace, _): "not a safetensors file: its header is no list of tensors"
    case .malformedHeader(let expected, let offset):
      "malformed header: \(expected) is expected at byte \(offset)"
    case .duplicate(let kind, let name): "\(kind) \(quoted(name)) is there twice"
    case .metadataNotStrings: "the metadata are not a map from strings to strings"
    case .tensorNotObject(let tensor): "tensor \(quoted(tensor)) is not described by an object"
    case .unknownField(let tensor, let field):
      "tensor \(quoted(tensor)) has the unknown field \(quoted(field))"
    case .missingField(let tensor, let field): "tensor \(quoted(tensor)) lacks \(quoted(field))"
    case .unknownElementType(let tensor): "tensor \(quoted(tensor)) has an unknown dtype"
    case .invalidShape(let tensor): "the shape of tensor \(quoted(tensor)) is no list of whole numbers"
    case .invalidOffsets(let tensor): "the data offsets of tensor \(quoted(tensor)) are not begin and end"
    case .sizeOverflow(let tensor): "the shape of tensor \(quoted(tensor)) is too large"
    case .sizeDisagrees(let tensor): "tensor \(quoted(tensor)) has not the size that its shape implies"
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
  /// The expectation in a few words for people.
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
  /// The kind of name in a few words for people.
  public var description: String {
    switch self {
    case .tensor: "tensor"
    case .metadataKey: "metadata key"
    case .metadata: "the key"
    case .field(let tensor): "in tensor “\(tensor.printable)” the field"
    }
  }
}
