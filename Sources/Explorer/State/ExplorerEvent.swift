import Datasets
import Networks
import Screen
import Training

/// What the explorer reacts to.
public enum ExplorerEvent {
  /// A key was pressed.
  case key(Key)
  /// The mouse did something.
  case mouse(MouseEvent)
  /// A text was pasted; this is its first line that is not empty.
  case pasted(String)
  /// The screen has a new size.
  case resized(Size)
  /// News from the training session, without its weights.
  case training(TrainingUpdate)
  /// New weights of the model that is in use, from training, with what they read from many images where that
  /// was measured; the explorer names them itself.
  case weights(ModelInUse, SliderSurvey?)
  /// What the model of that number reads from many images.
  case surveyed(SliderSurvey, number: Int)
  /// All images sorted by an error; `number` is that of the effect that asked for it.
  case ranked(ErrorRanking, number: Int)
  /// The run that was asked for has begun.
  case trainingStarted
  /// The run that was asked for cannot begin; the sentence says why.
  case trainingImpossible(String)
  /// What a sample looks like by the weights of several moments; `number` is that of the effect.
  case filmed([SnapshotFrame], number: Int)
  /// How the weights at a step of the run steer and read; `number` is that of the effect.
  case measured(QuickEvaluation, step: Int, number: Int)
  /// What was asked for by the effect of that number has been computed, or could not be.
  case studied(Result<AnalysisResult, TensorMismatch>, number: Int)
  /// What the effect of that number was to look at.
  case seen(InferenceResult, number: Int)
  /// What can be chosen from a list.
  case listed(Library, [LibraryEntry])
  /// A model has been opened; the warning says what in its file was ignored.
  case opened(ModelInUse, warning: String? = nil)
  /// A model to compare with has been opened, or none was found; `number` is that of the effect,
  /// absent where a person chose the model.
  case otherModel(NamedModel?, number: Int?)
  /// A drawing has been read from a file.
  case drawingOpened(Drawing)
  /// A data set has been fetched, or could not be; `--data` would name it by the reference.
  case fetched(Dataset?, reference: String)
  /// A model has been written to a file, or had been before.
  case saved(path: String, TypedModel, isNew: Bool = true)
  /// So many seconds have passed while something moves by itself.
  case tick(seconds: Double)
  /// The message has been in sight for long enough.
  case messageExpired
  /// Something was carried out, or failed; the sentence says what.
  case message(String)

  /// Whether it comes from a person, or moves what a person sees as a person would.
  var isInput: Bool {
    switch self {
    case .key, .mouse, .pasted, .tick: true
    default: false
    }
  }
}

/// What the explorer asks its surroundings to do.
public enum ExplorerEffect: Equatable, Sendable {
  /// End the program.
  case quit
  /// Draw every cell afresh.
  case redraw
  /// Look up what can be chosen from a list.
  case list(Library)
  /// Open a model or a drawing, for what it was chosen for.
  case open(Library, LibraryEntry)
  /// Open a model with the other kind of decoder than this one, the most alike in all else, and answer with the
  /// number.
  case findOtherModel(TypedModel, number: Int)
  /// Read many images with a model, and answer with a survey.
  case survey(TypedModel, number: Int)
  /// Answer with a survey of these readings.
  case surveyReadings([EncoderOutput], number: Int)
  /// Look at something through a network, and answer with the number.
  case see(InferenceRequest, number: Int)
  /// Compute something, and answer with the number.
  case study(Analysis, number: Int)
  /// Sort all images by an error of a model, each transformed by the values, and answer with the number.
  case rank(TypedModel, by: ErrorMeasure, inputValues: [Double], number: Int)
  /// Train from this state on the data set's training images.
  case train(TrainingState)
  /// Tell the training session.
  case command(TrainingSession.Command)
  /// Write the model in use to a file.
  case save(TypedModel)
  /// Draw a sample by the weights of several moments, and answer with the number.
  case film(SnapshotFrameRequest, number: Int)
  /// Measure how the weights of a moment steer and read, and answer with the number.
  case measure(WeightSnapshot, number: Int)
  /// Answer with these weights, as training does with new ones.
  case recall(TrainingSnapshot)
  /// Fetch a data set by its name, and open it.
  case fetch(String)
  /// Stop fetching.
  case stopFetching
  /// Write a drawing to a file.
  case saveDrawing(Drawing)
  /// Write a figure to a file.
  case write(FigureRequest)
}
