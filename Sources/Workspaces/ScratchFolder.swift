/// A folder that nobody else uses and that goes with this object.
///
/// What a killed process left is removed when the next folder is made in the same place.
package final class ScratchFolder: Sendable {
  private let folder: RunFolder

  /// A new folder in the one at the absolute path `place`, which is made where it is missing.
  package init(in place: String) throws(WorkspaceError) {
    folder = try RunFolder.make(in: place)
  }

  package var path: String { folder.path }
}
