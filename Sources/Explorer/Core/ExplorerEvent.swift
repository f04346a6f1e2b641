import Datasets
import Networks
import Screen
import Training

/// An event that the explorer handles.
public enum ExplorerEvent: Sendable {
  /// A key was pressed.
  case key(Key)
  /// The mouse was moved, or a button changed.
  case mouse(MouseEvent)
  /// Text was pasted; the value is its first non-empty line.
  case pasted(String)
  /// The screen has a new size.
  case resized(Size)
  /// An update from the training session, without its weights.
  case training(TrainingUpdate)
  /// New weights of the model in use from training, with a survey of their latents if it was measured. The
  /// explorer names them.
  case weights(ModelInUse, SliderSurvey?)
  /// The requested run has begun.
  case trainingStarted
  /// The requested run cannot begin; the sentence states the reason.
  case trainingImpossible(String)
  /// The answer of a query.
  case answered(QueryAnswer)
  /// The entries of a library.
  case listed(Library, [LibraryEntry])
  /// A model was opened; the warning names ignored parts of its file.
  case opened(ModelInUse, warning: String? = nil)
  /// A model that the user chose for the comparison was opened.
  case otherModelChosen(NamedModel)
  /// A drawing was read from a file.
  case drawingOpened(Drawing)
  /// All images of the data set are read, of which only the first ones were shown.
  case imagesRead(Dataset)
  /// A data set was downloaded, or nil after a failure; the reference is its value for `--data`.
  case fetched(Dataset?, reference: String)
  /// A model was written to a file, now or earlier.
  case saved(path: String, TypedModel, isNew: Bool = true)
  /// The seconds since the last tick of the playback.
  case tick(seconds: Double)
  /// The display time of the message is over.
  case messageExpired
  /// A report of an operation that succeeded or failed.
  case message(String)

  /// Tells whether the event comes from the user, or changes the screen as input does.
  var isInput: Bool {
    switch self {
    case .key, .mouse, .pasted, .tick: true
    default: false
    }
  }
}

/// A request of the explorer to the program.
public enum ExplorerEffect: Equatable, Sendable {
  /// Quits the program.
  case quit
  /// Redraws every cell.
  case redraw
  /// Lists the entries of a library.
  case list(Library)
  /// Opens an entry of a library.
  case open(Library, LibraryEntry)
  /// Computes an answer in the background.
  case query(QueryCall)
  /// Trains from this state on the data set's training images.
  case train(TrainingState)
  /// Sends a command to the training session.
  case command(TrainingSession.Command)
  /// Writes the model in use to a file.
  case save(TypedModel)
  /// Loads these weights; the answer is the same event as for new weights from training.
  case recall(TrainingSnapshot)
  /// Downloads a data set by its name, and opens it.
  case fetch(String)
  /// Cancels the download.
  case stopFetching
  /// Writes a drawing to a file.
  case saveDrawing(Drawing)
  /// Writes a figure to a file.
  case write(FigureRequest)
}
