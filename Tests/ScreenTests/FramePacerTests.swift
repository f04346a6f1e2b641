import Testing

@testable import Screen

@Suite struct FramePacerTests {
  /// The times of all frames of a loop that looks at the pacer whenever something happens, and when a frame is
  /// due.
  private func frames(inputs: [Double], answers: [Double] = [], news: [Double]) -> [Double] {
    typealias Note = (inout FramePacer) -> Void
    var pacer = FramePacer()
    var frames: [Double] = []
    let kinds: [(times: [Double], note: Note)] = [
      (inputs, { $0.noteInput() }), (answers, { $0.noteAnswer() }), (news, { $0.noteUpdate() }),
    ]
    let events = kinds.flatMap { kind in kind.times.map { ($0, kind.note) } }.sorted { $0.0 < $1.0 }
    func show(until limit: Double) {
      while let due = pacer.due, due <= limit {
        let now = max(due, frames.last ?? -1)
        guard pacer.nextFrame(at: now) != nil else { return }
        frames.append(now)
      }
    }
    for (time, note) in events {
      show(until: time)
      note(&pacer)
      if pacer.nextFrame(at: time) != nil { frames.append(time) }
    }
    show(until: .infinity)
    return frames
  }

  private func most(_ frames: [Double], inAnySecondFrom starts: [Double]) -> Int {
    starts.map { start in frames.filter { $0 >= start && $0 < start + 1 - 1e-9 }.count }.max() ?? 0
  }

  private func shows(_ pacer: inout FramePacer, at time: Double) -> Bool { pacer.nextFrame(at: time) != nil }

  /// Times within three seconds, as a linear congruential generator has them.
  private func times(_ count: Int, seed: Int) -> [Double] {
    var state = UInt64(seed)
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return 3 * Double(state >> 11) / Double(UInt64(1) << 53)
    }
  }

  @Test func nothingIsDueWithoutARequest() {
    var pacer = FramePacer()
    #expect(pacer.due == nil)
    #expect(!shows(&pacer, at: 100))
    pacer.noteInput()
    #expect(shows(&pacer, at: 100))
    #expect(pacer.due == nil)
    #expect(!shows(&pacer, at: 200))
    pacer.noteUpdate()
    #expect(shows(&pacer, at: 200))
    #expect(pacer.due == nil)
  }

  @Test(arguments: [1e-3, 1 / 125.0, 1 / 60.0, 1 / 31.0, 1 / 30.0])
  func constantInputIsShownThirtyTimesASecondAtMost(interval: Double) {
    let inputs = Array(stride(from: 0.0, to: 4, by: interval))
    let frames = frames(inputs: inputs, news: [])
    #expect(most(frames, inAnySecondFrom: frames) <= 30)
    #expect(most(frames, inAnySecondFrom: frames) >= 29)
    // The last input is shown, soon.
    #expect(frames.last! >= inputs.last!)
    #expect(frames.last! <= inputs.last! + FramePacer.inputInterval + 1e-9)
  }

  @Test(arguments: [1e-3, 1 / 60.0, 0.09]) func updatesAreShownTenTimesASecondAtMost(interval: Double) {
    let news = Array(stride(from: 0.0, to: 4, by: interval))
    let frames = frames(inputs: [], news: news)
    #expect(most(frames, inAnySecondFrom: frames) <= 10)
    #expect(frames.count >= 38)
    #expect(frames.last! >= news.last!)
  }

  /// Training updates never delay the user's actions.
  @Test func aKeyAfterAQuietWhileIsDueAtOnce() {
    var pacer = FramePacer()
    pacer.noteInput()
    #expect(shows(&pacer, at: 1))
    pacer.noteUpdate()
    #expect(shows(&pacer, at: 1.1))
    pacer.noteInput()
    #expect(shows(&pacer, at: 1.101))
    pacer.noteInput()
    #expect(!shows(&pacer, at: 1.12))
    #expect(pacer.due == 1.101 + FramePacer.inputInterval)
    #expect(shows(&pacer, at: 1.101 + FramePacer.inputInterval))
  }

  @Test func updatesWaitForTheLastFrameOfEitherKind() {
    var pacer = FramePacer()
    pacer.noteInput()
    #expect(shows(&pacer, at: 5))
    pacer.noteUpdate()
    #expect(pacer.due == 5 + FramePacer.updateInterval)
    #expect(!shows(&pacer, at: 5.09))
    // They are shown along with what a person does meanwhile.
    pacer.noteInput()
    #expect(shows(&pacer, at: 5.09))
    #expect(pacer.due == nil)
  }

  /// An answer that has just been shown holds back no key, and one that comes just after a key waits.
  @Test func answersAreSpacedAndKeysAreNot() {
    var pacer = FramePacer()
    pacer.noteInput()
    #expect(shows(&pacer, at: 1))
    pacer.noteAnswer()
    #expect(pacer.due == 1 + FramePacer.inputInterval)
    #expect(!shows(&pacer, at: 1.03))
    #expect(shows(&pacer, at: 1 + FramePacer.inputInterval))
    pacer.noteInput()
    #expect(shows(&pacer, at: 1.034))
    pacer.noteAnswer()
    #expect(pacer.due == 1.034 + FramePacer.heldInterval)
    pacer.noteInput()
    // It is shown along with what a person does meanwhile.
    #expect(shows(&pacer, at: 1.034 + FramePacer.inputInterval))
    #expect(pacer.due == nil)
  }

  /// A held key, each press of which is answered by another thread as well, is shown as often as one that is not.
  @Test(arguments: [0.01, 1 / 31.0, 1 / 29.0, 1 / 25.0, 1 / 16.0, 0.1])
  func answersToAHeldKeyAreShownAlongWithIt(interval: Double) {
    let inputs = Array(stride(from: 0.0, to: 4, by: interval))
    let frames = frames(inputs: inputs, answers: inputs.map { $0 + 0.004 }, news: [])
    #expect(most(frames, inAnySecondFrom: frames) <= 31)
    #expect(frames.last! > inputs.last! && frames.last! <= inputs.last! + FramePacer.heldInterval + 1e-9)
  }

  /// At any times, every input is shown within a thirtieth of a second, every answer within a fifteenth,
  /// and every update within a tenth.
  @Test(arguments: 0..<20) func everyRequestIsDueWithinALimit(seed: Int) {
    let inputs = times(300, seed: 3 * seed)
    let answers = times(300, seed: 3 * seed + 1)
    let news = times(300, seed: 3 * seed + 2)
    let frames = frames(inputs: inputs, answers: answers, news: news)
    for time in inputs {
      #expect(frames.contains { $0 >= time && $0 <= time + FramePacer.inputInterval + 1e-9 })
    }
    for time in answers {
      #expect(frames.contains { $0 >= time && $0 <= time + FramePacer.heldInterval + 1e-9 })
    }
    for time in news {
      #expect(frames.contains { $0 >= time && $0 <= time + FramePacer.updateInterval + 1e-9 })
    }
    #expect(most(frames, inAnySecondFrom: frames) <= 45)
  }

  /// Without tokens text comes at once, and pictures as soon as the tokens suffice.
  @Test func textDoesNotWaitForItsPictures() throws {
    var pacer = FramePacer()
    pacer.noteInput()
    #expect(pacer.nextFrame(at: 1) == .whole)
    pacer.note(bytes: Int(FramePacer.bucketCapacity) + 5600)
    pacer.noteInput()
    #expect(pacer.due == 1 + FramePacer.inputInterval)
    #expect(pacer.nextFrame(at: 1.04) == .text)
    pacer.note(bytes: 560)
    // 5,600 bytes are owed from then on, and 560 more, less what has been gained.
    let due = try #require(pacer.due)
    #expect(abs(due - 1.11) < 1e-6)
    #expect(pacer.nextFrame(at: due - 1e-6) == nil)
    #expect(pacer.nextFrame(at: due) == .whole)
    #expect(pacer.due == nil)
  }

  /// At any frame size, the output stays below the token rate.
  @Test func aHeldKeyCostsNoMoreThanTheTokenRate() {
    var pacer = FramePacer()
    var (bytes, words) = (0, 0)
    for number in 0..<1000 {
      let now = 1 + Double(number) / 100
      pacer.noteInput()
      guard let frame = pacer.nextFrame(at: now) else { continue }
      let cost = frame == .whole ? 15_000 : 300
      if frame == .text { words += 1 }
      pacer.note(bytes: cost)
      bytes += cost
    }
    #expect(Double(bytes) <= 10 * FramePacer.bytesPerSecond + FramePacer.bucketCapacity + 15_000)
    #expect(words > 200)
  }

  /// Where every cell of large pictures changes, words follow each key, and the last picture is shown 1.5 s
  /// after the last key at the latest.
  @Test(arguments: [(61_000, 88_000.0), (110_000, 88_000), (400_000, 88_000)])
  func largePicturesWaitButNotForLong(size: Int, rate: Double) {
    var pacer = FramePacer(bytesPerSecond: rate, hasCoarseFrames: true)
    var (bytes, words, lastWhole) = (0, 0, 0.0)
    var now = 0.0
    while now < 12 {
      if now < 10 { pacer.noteInput() }
      if let frame = pacer.nextFrame(at: now) {
        let cost = frame == .text ? 400 : size
        if frame == .text { words += 1 } else { lastWhole = now }
        pacer.note(bytes: cost)
        bytes += cost
      }
      now += 0.002
    }
    #expect(words > 250)
    #expect(lastWhole > 10 && lastWhole < 11.5)
    if Double(size) < FramePacer.longestCoarseDebt * rate {
      #expect(Double(bytes) <= 12 * rate + FramePacer.bucketCapacity + Double(size))
    }
  }

  /// In quick succession frames are coarse; the last one is completed soon after.
  @Test func coarseFramesAreCompleted() throws {
    var pacer = FramePacer(hasCoarseFrames: true)
    pacer.noteInput()
    #expect(pacer.nextFrame(at: 1) == .whole)
    #expect(pacer.due == nil)
    for number in 1...9 {
      pacer.noteInput()
      #expect(pacer.nextFrame(at: 1 + 0.04 * Double(number)) == .coarse)
    }
    let due = try #require(pacer.due)
    #expect(abs(due - 1.36 - FramePacer.restInterval) < 1e-9)
    #expect(pacer.nextFrame(at: 1.36 + FramePacer.restInterval) == .whole)
    #expect(pacer.due == nil)
    // Single keys are shown exactly at once.
    pacer.noteInput()
    #expect(pacer.nextFrame(at: 1.7) == .whole)
    #expect(pacer.due == nil)
  }

  // MARK: Pictures that another thread draws

  @Test func aFrameWaitsForItsPictureButNotForLong() {
    for comes in [true, false] {
      var pacer = FramePacer()
      pacer.noteInput()
      pacer.waitForPicture(at: 1)
      #expect(!shows(&pacer, at: 1 + FramePacer.pictureTimeout / 2))
      if comes { pacer.notePicture() }
      #expect(shows(&pacer, at: 1 + FramePacer.pictureTimeout / 2) == comes)
      #expect(shows(&pacer, at: 1 + FramePacer.pictureTimeout) == !comes)
      #expect(pacer.due == nil && !pacer.hasWaitedForPicture)
    }
  }

  /// A picture makes no frame due, and none comes too early for it.
  @Test func aPictureChangesNothingElse() throws {
    var pacer = FramePacer()
    pacer.waitForPicture(at: 1)
    #expect(pacer.due == nil)
    pacer.noteInput()
    #expect(shows(&pacer, at: 2))
    pacer.noteInput()
    pacer.waitForPicture(at: 2)
    let due = try #require(pacer.due)
    #expect(due == 2 + FramePacer.inputInterval)
    pacer.notePicture()
    #expect(pacer.due == due)
  }

  /// Playback requests the next picture as soon as one has arrived.
  @Test func aFrameWaitsOnlyOnce() {
    var pacer = FramePacer()
    var frames: [Double] = []
    pacer.noteAnswer()
    for number in 0..<1000 {
      // Every picture takes 5 ms, and another one is asked for at once.
      let now = 1 + Double(number) / 200
      pacer.notePicture()
      pacer.waitForPicture(at: now)
      guard shows(&pacer, at: now) else { continue }
      frames.append(now)
      pacer.noteAnswer()
    }
    // Five seconds.
    #expect(frames.count > 100)
  }
}
