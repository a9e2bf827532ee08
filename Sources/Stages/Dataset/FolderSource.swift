import Foundation
import StageInterface

/// A local folder that holds the four files, compressed or not.
struct FolderSource: DatasetSource {
  /// Absolute, or relative to the project.
  let folder: String

  func content(of wanted: WantedFile, at place: Workplace) async throws -> [UInt8] {
    for name in [wanted.file.fileName + ".gz", wanted.file.fileName] {
      let path = folder + "/" + name
      guard let size = Self.sizeOfFile(at: path) else { continue }
      guard size <= place.limits.fileSize else {
        throw DatasetError.tooLarge(name: path, limit: place.limits.fileSize)
      }
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
      return try IDXFile.content(of: bytes, name: path, limits: place.limits)
    }
    throw DatasetError.noFile(file: wanted.file.fileName, folder: folder)
  }

  /// Bytes of the regular file at `path`, links followed; nil for anything else.
  private static func sizeOfFile(at path: String) -> Int? {
    let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: resolved),
      attributes[.type] as? FileAttributeType == .typeRegular
    else { return nil }
    return (attributes[.size] as? NSNumber)?.intValue
  }
}
