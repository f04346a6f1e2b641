/// The values of a sheet of pictures: a row for each slider, with the current value in the middle.
public enum LatentSheet {
  /// The values of a row, `count` in all, an odd number.
  ///
  /// A cyclic range is divided evenly, and values lie in it; otherwise both halves go from the current value to
  /// an end of the range.
  public static func values(
    around current: Double, in range: ClosedRange<Double>, isCyclic: Bool, count: Int
  ) -> [Double] {
    precondition(count > 1 && count % 2 == 1, "a row of \(count) pictures has no middle")
    let half = count / 2
    let length = range.upperBound - range.lowerBound
    return (-half...half).map { offset in
      guard offset != 0 else { return current }
      if isCyclic {
        let distance = current + Double(offset) * length / Double(count) - range.lowerBound
        return range.lowerBound + distance - (distance / length).rounded(.down) * length
      }
      let end = offset < 0 ? min(range.lowerBound, current) : max(range.upperBound, current)
      return current + (end - current) * Double(abs(offset)) / Double(half)
    }
  }
}
