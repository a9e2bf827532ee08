/// What the command line asks for.
struct Arguments {
  static let usage = """
    usage: kernel-bench FOLDER [rates|growth]...
           kernel-bench FOLDER cores
           kernel-bench FOLDER job [--models N] [--epochs N] [--draws N] [--threads N]

    FOLDER   the four uncompressed IDX files of MNIST (train-images-idx3-ubyte and companions)
    rates    time and rate of each piece of work, one thread
    growth   how time grows with networks, hidden units, images and threads
    cores    how many cores as many threads as there are cores have just now
    job      the work of the default pipeline, as one line of JSON
    Without a word: rates and growth.
    """

  let folder: String
  private(set) var words: Set<String> = []
  private(set) var job = DefaultJob()

  /// Nil when they make no sense.
  init?(_ arguments: [String]) {
    guard let folder = arguments.first, !folder.hasPrefix("-") else { return nil }
    self.folder = folder
    var rest = arguments.dropFirst()
    while let word = rest.popFirst() {
      switch word {
      case "rates", "growth", "cores", "job": words.insert(word)
      default:
        guard let field = Self.numbers[word], let number = rest.popFirst().flatMap({ Int($0) }),
          number > 0
        else { return nil }
        job[keyPath: field] = number
      }
    }
    if words.isEmpty { words = ["rates", "growth"] }
    if words.count > 1, words.contains("job") || words.contains("cores") { return nil }
  }

  private static var numbers: [String: WritableKeyPath<DefaultJob, Int>] {
    ["--models": \.models, "--epochs": \.epochs, "--draws": \.draws, "--threads": \.threads]
  }
}
