/// Appends frames to one journal, each with one write, and leaves no part of one behind on failure.
final class JournalWriter {
  private let file: OpenFile
  private var end: Int
  /// False when a failed write could not be undone; another journal must be begun then.
  private(set) var isUsable = true

  /// A writer to a new journal, or nil where a file of that name is already there.
  static func creating(
    _ path: String, _ files: any FileOperations
  ) throws(CacheError) -> JournalWriter? {
    do throws(CacheError) {
      return JournalWriter(try OpenFile.creating(path, mode: 0o666, files), end: 0)
    } catch  where error.isAlreadyThere {
      return nil
    }
  }

  /// A writer that goes on at the end of a journal, which is made when it is missing.
  ///
  /// The caller sees to it that nobody else appends meanwhile.
  static func continuing(
    _ path: String, _ files: any FileOperations
  ) throws(CacheError) -> JournalWriter {
    let file = try OpenFile.appending(path, files)
    let end = try file.status().size
    return JournalWriter(file, end: end)
  }

  private init(_ file: consuming OpenFile, end: Int) {
    self.file = file
    self.end = end
  }

  var path: String { file.path }
  var descriptor: Int32 { file.descriptor }

  /// Appends one frame; gives its place.
  ///
  /// Nothing of it remains when this throws.
  func append(_ frame: [UInt8]) throws(CacheError) -> FrameScan.Gap {
    let place = FrameScan.Gap(offset: end, length: frame.count)
    do throws(CacheError) {
      // Not at the file's own position: after a write that failed half-way that is too far.
      let written = try file.writeOnce(frame, at: end)
      if written < frame.count { throw .noSpace(path: file.path) }
    } catch {
      undo()
      throw error
    }
    end += frame.count
    return place
  }

  private func undo() {
    do throws(CacheError) {
      try file.truncate(to: end)
    } catch {
      isUsable = false
    }
  }
}
