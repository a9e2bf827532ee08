import ArgumentParser
import ArtifactCache
import Foundation
import PipelineEngine

/// `pipe cache`: what the store holds, whether it is whole, and what can go.
struct CacheCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache", abstract: "Look after the cache.",
    subcommands: [CacheStats.self, CacheCheck.self, CacheCollect.self])
}
