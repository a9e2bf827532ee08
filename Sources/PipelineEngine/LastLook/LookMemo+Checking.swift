package import ArtifactCache
package import Workspaces

extension LookMemo {
  /// Whether everything that the look depended on is as it was, so that a new one would find the same.
  ///
  /// - Parameters:
  ///   - folder: The project.
  ///   - cacheFolder: The project's own cache folder.
  ///   - store: The folder of the store that this invocation would use.
  ///   - environment: Of this process.
  /// - Returns: False also where anything cannot be looked at.
  package func holds(
    in folder: ProjectFolder, cacheFolder: String, store: String, environment: [String: String]
  ) -> Bool {
    guard self.cacheFolder == cacheFolder, self.store == store,
      variables.allSatisfy({ environment[$0.name].map { Digest.of($0) } == $0.value }),
      programs.allSatisfy({
        Programs.path(of: $0.name, in: folder, environment: environment) == $0.path
      })
    else { return false }
    return holdsInProject(folder) && holdsInStore
  }

  private func holdsInProject(_ folder: ProjectFolder) -> Bool {
    guard let check = try? WitnessCheck(in: folder.root) else { return false }
    return witnesses.allSatisfy { check.holds($0) }
  }

  private var holdsInStore: Bool {
    if objects.isEmpty { return true }
    guard let check = try? WitnessCheck(in: store) else { return false }
    return objects.allSatisfy { check.holds($0) }
  }
}
