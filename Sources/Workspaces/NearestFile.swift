/// Finds what somebody may have meant by a path that does not exist.
package enum NearestFile {
  /// The existing path that differs from `path` in its first missing component only, if one is near.
  package static func nearest(to path: String, in project: ProjectFolder) -> String? {
    guard let place = try? ProjectPath(path) else { return nil }
    for step in place.ancestors + [place] {
      guard let folder = try? project.openFolder(step.parent, creating: false) else { return nil }
      let status = try? FileStatus.of(step.name, in: folder.number, following: true)
      if status != nil { continue }
      guard let names = try? folder.contents(shown: step.text).map(\.name) else { return nil }
      return nearestName(to: step.name, among: names).map {
        ProjectPath.child($0, of: step.parent).text
      }
    }
    return nil
  }
}
