import KernelInterface

extension KernelCase {
  static var sampling: [KernelCase] {
    var cases: [KernelCase] = []
    for size in CaseImage.sizes {
      let sizes = [size.width, size.height]
      cases.append(KernelCase("neighbours", sizes) { neighbours($0, CaseImage($1, size), $1) })
      for index in 0..<(size.width * size.height > 2000 ? 3 : 8) {
        let map = CaseMap(index, size)
        cases.append(KernelCase("sample", sizes) { sample($0, CaseImage($1, size), $1, map) })
        cases.append(KernelCase("sample numbers", sizes) { sampleNumbers($0, CaseImage($1, size), $1, map) })
        cases.append(KernelCase("gradient of samples", sizes) { backward($0, CaseImage($1, size), $1, map) })
      }
    }
    return cases
  }

  /// The four bytes of each packed pixel.
  private static func neighbours(
    _ table: KernelTable, _ image: CaseImage, _ memory: CaseMemory
  ) -> [CaseOutput] {
    let packed = image.pack(table, memory)
    var (values, expected) = ([Float](), [Double]())
    for row in 0..<image.height + 2 {
      for column in 0..<image.width + 2 {
        let bits = UInt32(bitPattern: packed[row * image.rowLength + column])
        for (place, (right, down)) in [(0, 0), (1, 0), (0, 1), (1, 1)].enumerated() {
          values.append(Float(bits >> (8 * UInt32(place)) & 255))
          expected.append(Double(image.byte(column - 1 + right, row - 1 + down)))
        }
      }
    }
    return [CaseOutput("bytes", values, expected: expected, tolerance: 0)]
  }

  /// An image of bytes, bilinearly and to the nearest pixel; all zero where the map is not a number or leads far away.
  private static func sample(
    _ table: KernelTable, _ image: CaseImage, _ memory: CaseMemory, _ map: CaseMap
  ) -> [CaseOutput] {
    let packed = image.pack(table, memory)
    let out = memory.floats(image.count)
    func sampled(_ map: CaseMap.Entries, nearest: Bool) -> [Float] {
      table.sample(
        SampleArguments(geometry: image.geometry(map), source: packed, out: out, nearest: nearest))
      return (0..<image.count).map { out[$0] }
    }
    let (bilinear, nearest) = (sampled(map.entries, nearest: false), sampled(map.entries, nearest: true))
    let places = image.places(map)
    // Rounding decides between two pixels that are equally near.
    let clear = places.indices.filter { index in
      isClear(places[index].x - 0.5, 1e-4) && isClear(places[index].y - 0.5, 1e-4)
    }
    let zeros = [Double](repeating: 0, count: image.count)
    return [
      CaseOutput(
        "bilinear", bilinear, expected: places.map { image.sample($0.x, $0.y).value / 255 },
        tolerance: 2e-5 * image.scale),
      CaseOutput(
        "nearest", clear.map { nearest[$0] },
        same: clear.map { index in
          Float(
            image.byte(
              Int(places[index].x.rounded(.toNearestOrEven)), Int(places[index].y.rounded(.toNearestOrEven)))
          ) / 255
        }),
      CaseOutput(
        "clear pixels", [clear.count * 100 >= image.count * 97 ? 1 : 0], expected: [1], tolerance: 0),
      CaseOutput("identity", sampled(CaseMap.identity, nearest: false), same: image.unitNumbers),
      CaseOutput("nearest identity", sampled(CaseMap.identity, nearest: true), same: image.unitNumbers),
      CaseOutput("far away", sampled((1, 0, 1e9, 0, 1, -1e9), nearest: false), expected: zeros, tolerance: 0),
      CaseOutput(
        "not a number", sampled((.nan, .nan, .nan, .nan, .nan, .nan), nearest: true), expected: zeros,
        tolerance: 0),
    ]
  }

  private static func sampleNumbers(
    _ table: KernelTable, _ image: CaseImage, _ memory: CaseMemory, _ map: CaseMap
  ) -> [CaseOutput] {
    let out = memory.floats(image.count)
    func sampled(_ map: CaseMap.Entries) -> [Float] {
      table.sampleNumbers(
        NumberSampleArguments(geometry: image.geometry(map), source: image.bordered), out)
      return (0..<image.count).map { out[$0] }
    }
    let zeros = [Double](repeating: 0, count: image.count)
    return [
      CaseOutput(
        "numbers", sampled(map.entries),
        expected: image.places(map).map { image.sample($0.x, $0.y, ofNumbers: true).value },
        tolerance: 3e-5 * image.scale),
      CaseOutput("identity", sampled(CaseMap.identity), same: image.numbers),
      CaseOutput("far away", sampled((1, 0, 1e9, 0, 1, -1e9)), expected: zeros, tolerance: 0),
      CaseOutput(
        "not a number", sampled((.nan, .nan, .nan, .nan, .nan, .nan)), expected: zeros, tolerance: 0),
    ]
  }

  /// The gradients of source and map, with none for pixels so near to others that rounding decides.
  private static func backward(
    _ table: KernelTable, _ image: CaseImage, _ memory: CaseMemory, _ map: CaseMap
  ) -> [CaseOutput] {
    let places = image.places(map)
    let clear = places.map { isClear($0.x, 5e-5) && isClear($0.y, 5e-5) }
    let gradient = memory.floats(image.count)
    var numbers = CaseNumbers(seed: 33)
    for index in 0..<image.count {
      let value = numbers.next()
      gradient[index] = clear[index] ? value : 0
    }
    let (source, entries) = (memory.floats((image.height + 4) * image.rowLength), memory.floats(6))
    table.sampleNumbersBackward(
      NumberSampleArguments(geometry: image.geometry(map.entries), source: image.bordered), gradient, source,
      entries)
    var expected = [Double](repeating: 0, count: image.count)
    var expectedEntries = [Double](repeating: 0, count: 6)
    for (index, place) in places.enumerated() {
      let weight = Double(gradient[index])
      let sample = image.sample(place.x, place.y, ofNumbers: true)
      let (x, y) = (Double(image.x[index]), Double(image.y[index]))
      for (entry, factor) in [x, y, 1].enumerated() {
        expectedEntries[entry] += weight * sample.alongX * factor
        expectedEntries[3 + entry] += weight * sample.alongY * factor
      }
      let (column, row) = (Int(place.x.rounded(.down)), Int(place.y.rounded(.down)))
      let (right, down) = (place.x - Double(column), place.y - Double(row))
      for (dx, dy, share) in [
        (0, 0, (1 - right) * (1 - down)), (1, 0, right * (1 - down)), (0, 1, (1 - right) * down),
        (1, 1, right * down),
      ] where image.contains(column + dx, row + dy) {
        expected[(row + dy) * image.width + column + dx] += weight * share
      }
    }
    // The four factors reach across the image, the two offsets are one pixel's.
    let reach = Double(max(image.width, image.height))
    let allowed = 2e-4 * max(1, Double(image.count).squareRoot() / 28)
    let (found, pixels) = ((0..<6).map { entries[$0] }, image.unbordered(source))
    var outside: [Float] = []
    for map: CaseMap.Entries in [(1, 0, 1e9, 0, 1, -1e9), (.nan, .nan, .nan, .nan, .nan, .nan)] {
      table.sampleNumbersBackward(
        NumberSampleArguments(geometry: image.geometry(map), source: image.bordered), gradient, source,
        entries)
      for entry in 0..<6 { outside.append(entries[entry]) }
    }
    return [
      CaseOutput("source", pixels, expected: expected, tolerance: 1e-4 * image.scale),
      CaseOutput(
        "offsets", [found[2], found[5]], expected: [expectedEntries[2], expectedEntries[5]],
        tolerance: allowed),
      CaseOutput("source after", image.unbordered(source), same: pixels),
      CaseOutput("entries outside", outside, same: [Float](repeating: 0, count: 12)),
      CaseOutput("entries", found, expected: expectedEntries, tolerance: allowed * reach),
      CaseOutput(
        "clear pixels", [clear.filter { $0 }.count * 100 >= image.count * 97 ? 1 : 0], expected: [1],
        tolerance: 0),
    ]
  }

  /// Tells whether a number is further than `margin` from every integer.
  private static func isClear(_ x: Double, _ margin: Double) -> Bool {
    (x - x.rounded()).magnitude > margin
  }
}
