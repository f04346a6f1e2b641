import Primitives

/// A file of `numpy.savez`: a ZIP archive whose members are NumPy files.
public struct NPZArchive: Sendable {
  /// A member of the archive.
  public struct Member: Sendable, Equatable {
    /// The member's name without `.npy`.
    public let key: String
    /// The array's header; nil where the array cannot be read.
    public let header: NumPyHeader?
    /// The reason why it cannot be read.
    public let refusal: String?
    fileprivate let name: String
  }

  /// The members in the order of the archive.
  public let members: [Member]
  /// The ZIP archive.
  public let archive: ZIPArchive

  private static let ending = ".npy"

  /// Reads the directory and the header of every array.
  ///
  /// - Throws: `FormatError` for a fault of the archive. An array that cannot be read has the reason in `refusal`.
  public init(_ file: RandomAccessFile) throws(FormatError<ZIPFault>) {
    let archive = try ZIPArchive(file)
    var members: [Member] = []
    for member in archive.members { members.append(try Self.member(member, in: archive)) }
    (self.archive, self.members) = (archive, members)
  }

  /// A reader of the rows of an array, inflated as they are read.
  ///
  /// - Parameter fortranLimit: The limit on the size of an array in Fortran order, in bytes.
  public func rows(
    of member: Member, fortranLimit: Int = 1 << 30
  ) throws(FormatError<NumPyFault>) -> NumPyRows {
    guard let entry = archive.member(named: member.name) else {
      preconditionFailure("\(member.name) is not in this archive")
    }
    return try NumPyRows(try Self.open(entry, in: archive), fortranLimit: fortranLimit)
  }

  private static func member(
    _ member: ZIPMember, in archive: ZIPArchive
  ) throws(FormatError<ZIPFault>) -> Member {
    guard member.name.hasSuffix(ending) else {
      return Member(key: member.name, header: nil, refusal: "not a NumPy array", name: member.name)
    }
    let key = String(member.name.dropLast(ending.count))
    func refused(_ reason: String) -> Member {
      Member(key: key, header: nil, refusal: reason, name: member.name)
    }
    do throws(FormatError<NumPyFault>) {
      let rows = try NumPyRows(try open(member, in: archive))
      guard let bytes = rows.header.sizes?.bytes, bytes <= member.size, bytes + rows.headerSize == member.size
      else {
        return refused("the header announces an array of another size than the archive")
      }
      return Member(key: key, header: rows.header, refusal: nil, name: member.name)
    } catch {
      switch error {
      case .invalid(_, let fault): return refused("\(fault)")
      case .file(.damaged(_, let reason)): return refused(reason)
      case .file(let error): throw .file(error)
      }
    }
  }

  private static func open(
    _ member: ZIPMember, in archive: ZIPArchive
  ) throws(FormatError<NumPyFault>) -> ByteStream {
    do throws(FormatError<ZIPFault>) { return try archive.open(member) } catch {
      throw .file(error.fileError)
    }
  }
}
