import Synchronization

/// The places in the project that stages make, gathered when somebody first asks.
package final class DeclaredPlaces: Sendable {
  private let gather: @Sendable () -> [ProjectPath]
  private let places = Mutex<Set<ProjectPath>?>(nil)

  package init(_ gather: @escaping @Sendable () -> [ProjectPath]) {
    self.gather = gather
  }

  /// The output that is a place, or the folder output that holds it.
  func output(at place: ProjectPath) -> ProjectPath? {
    let places = places.withLock { places in
      let all = places ?? Set(gather())
      places = all
      return all
    }
    return places.contains(place) ? place : place.ancestors.first(where: places.contains)
  }

  /// Throws where the file `shown`, which a link leads to, is a part of an output.
  func refuse(_ place: ProjectPath?, shown: String) throws(WorkspaceError) {
    guard let place, let output = output(at: place) else { return }
    throw .linkToOutput(shown, output: output.text)
  }
}
