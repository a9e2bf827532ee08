import ArtifactCache
import Foundation
import Testing

extension TestProject {
  /// The file of an object among the outputs in the newest record of `branch`.
  private func objectPath(of branch: String, output: String, member: Int?) throws -> String {
    let cache = try Cache.open(at: cacheFolder, readOnly: true) { _ in }
    let stored = try #require(try record(branch).outputs.first { $0.name == output })
    return cache.objects.path(of: member.map { stored.members[$0].digest } ?? stored.object.digest)
  }

  func removeObject(of branch: String, output: String, member: Int? = nil) throws {
    try FileManager.default.removeItem(
      atPath: objectPath(of: branch, output: output, member: member))
  }

  /// Flips one bit in the middle of an object; size and modification time stay.
  func damageObject(of branch: String, output: String, member: Int? = nil) throws {
    let path = try objectPath(of: branch, output: output, member: member)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    var bytes = try #require(FileManager.default.contents(atPath: path))
    bytes[bytes.count / 2] ^= 1
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    try bytes.write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes(
      attributes.filter { [.posixPermissions, .modificationDate].contains($0.key) },
      ofItemAtPath: path)
  }
}
