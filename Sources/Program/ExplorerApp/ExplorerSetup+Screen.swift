import Explorer
import Screen

extension ExplorerSetup {
  /// The explorer's screen after keys. Queries are answered at once; other effects are not carried out.
  package func screen(after keys: [Key], size: Size, capabilities: Capabilities) throws -> Canvas {
    let context = AnswerContext(setup: self)
    var state = try state(size: size, capabilities: capabilities)
    /// Answers queries; returns the effects of the answers.
    func answer(_ effects: [ExplorerEffect]) throws -> [ExplorerEffect] {
      try effects.flatMap { effect in
        try context.answer(effect).map { state.update($0) } ?? []
      }
    }
    var effects = state.start()
    for key in keys { effects = try answer(effects) + state.update(.key(key)) }
    // Answers may cause more effects.
    while !effects.isEmpty { effects = try answer(effects) }
    var canvas = Canvas(size: size)
    state.draw(into: &canvas)
    return canvas
  }
}
