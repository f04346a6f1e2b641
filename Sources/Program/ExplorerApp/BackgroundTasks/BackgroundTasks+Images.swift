import Explorer
import Libraries

extension BackgroundTasks {
  /// Reads all test images, of which only the first ones are shown yet.
  func readAllImages() {
    run(on: .long) { [self] in
      let opened = setup.opened
      let dataset = try opened.choice.datasetForInference()
      let isWanted = context.withLock { context in
        // Another set may have been fetched meanwhile.
        guard context.setup.isPreview else { return false }
        context.setup.replaceDataset(opened.choice, dataset, reference: opened.dataReference)
        return true
      }
      return isWanted ? .imagesRead(dataset) : nil
    }
  }
}
