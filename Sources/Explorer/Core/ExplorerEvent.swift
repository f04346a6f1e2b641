import Datasets
import Networks
import Screen
import Training

/// An event that the explorer handles.
public enum ExplorerEvent {
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
  /// The survey of the model with that generation number.
  case surveyed(SliderSurvey, number: Int)
  /// All images sorted by an error; `number` is that of the request.
  case ranked(ErrorRanking, number: Int)
  /// The requested run has begun.
  case trainingStarted
  /// The requested run cannot begin; the sentence states the reason.
  case trainingImpossible(String)
  /// The frames of the shown sample at several snapshots; `number` is that of the request.
  case filmed([SnapshotFrame], number: Int)
  /// The steering and encoding figures of the weights at a step; `number` is that of the request.
  case measured(QuickEvaluation, step: Int, number: Int)
  /// The result of the analysis with that number, or its error.
  case analysed(Result<AnalysisResult, TensorMismatch>, number: Int)
  /// The result of the inference with that number.
  case inferred(InferenceResult, number: Int)
  /// The entries of a library.
  case listed(Library, [LibraryEntry])
  /// A model was opened; the warning names ignored parts of its file.
  case opened(ModelInUse, warning: String? = nil)
  /// A model for the comparison was opened, or none was found; `number` is that of the request, nil for a
  /// model chosen by the user.
  case otherModel(NamedModel?, number: Int?)
  /// A drawing was read from a file.
  case drawingOpened(Drawing)
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
  /// Finds and opens the model with the other kind of decoder that is most similar to this one; the answer
  /// has the number.
  case findOtherModel(TypedModel, number: Int)
  /// Encodes many images with a model; the answer is a survey.
  case survey(TypedModel, number: Int)
  /// Computes the survey of these latents.
  case surveyReadings([EncoderOutput], number: Int)
  /// Runs the networks on an input and on slider values; the answer has the number.
  case infer(InferenceRequest, number: Int)
  /// Runs an analysis; the answer has the number.
  case analyse(Analysis, number: Int)
  /// Sorts all images, each transformed by the values, by an error of a model; the answer has the number.
  case rank(TypedModel, by: ErrorMeasure, inputValues: [Double], number: Int)
  /// Trains from this state on the data set's training images.
  case train(TrainingState)
  /// Sends a command to the training session.
  case command(TrainingSession.Command)
  /// Writes the model in use to a file.
  case save(TypedModel)
  /// Draws a sample with the weights of several snapshots; the answer has the number.
  case film(SnapshotFrameRequest, number: Int)
  /// Measures the steering and encoding of a snapshot's weights; the answer has the number.
  case measure(WeightSnapshot, number: Int)
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
