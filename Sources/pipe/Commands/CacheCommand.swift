import ArgumentParser
import ArtifactCache
import PipelineEngine

/// `pipe cache`: what the store holds, whether it is whole, and what can go.
struct CacheCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache", abstract: "Look after the cache.",
    subcommands: [CacheStatsCommand.self, CacheCheckCommand.self, CacheCollectCommand.self])
}

/// `pipe cache stats`: how much there is.
struct CacheStatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats", abstract: "Show how much the cache holds.")

  @OptionGroup var project: ProjectOptions

  func run() throws {
    let cache = try project.open(isReadOnly: true).cache
    let statistics = try cache.statistics()
    var facts = Table([("cache", .left), (cache.folder, .left)])
    facts.add(["objects", "\(statistics.objects)"])
    facts.add(["content", Quantities.size(statistics.contentBytes)])
    facts.add(["stored", Quantities.size(statistics.storedBytes)])
    facts.add(["records", "\(statistics.records)"])
    facts.add(["journals and index", Quantities.size(statistics.recordBytes)])
    facts.add(["in quarantine", Quantities.count(statistics.quarantined, "file", "files")])
    Terminal.print(facts.text)
    guard !statistics.stages.isEmpty else { return }
    var stages = Table([
      ("stage", .left), ("records", .right), ("content", .right), ("stored", .right),
    ])
    for stage in statistics.stages {
      stages.add([
        stage.name, "\(stage.records)", Quantities.size(stage.contentBytes),
        Quantities.size(stage.storedBytes),
      ])
    }
    Terminal.print("\n" + stages.text)
  }
}

/// `pipe cache check`: whether everything is whole.
struct CacheCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Read everything in the cache and tell what is damaged.",
    discussion: """
      Digests every object and compares records and index. Exit status 3 when something stored is \
      lost or wrong. --repair puts damaged objects into quarantine and forgets the records that need \
      them, so that the next run makes them again. Without it runs may go on, but no gc.
      """)

  @Flag(help: "Mend what can be mended; nobody else may use the cache meanwhile.")
  var repair = false

  @OptionGroup var project: ProjectOptions

  func run() throws {
    let cache = try project.open(isReadOnly: !repair, keepingAll: true).cache
    let report = try cache.check(repair: repair)
    for finding in report.findings {
      let word = finding.isDamage ? "damage" : "note"
      let outcome = repair ? finding.remedy : "--repair: \(finding.remedy)"
      Terminal.print("\(word): \(finding)\n  \(outcome)")
    }
    let objects = Quantities.count(report.objects, "object", "objects")
    let records = Quantities.count(report.records, "record", "records")
    let verdict =
      report.findings.isEmpty
      ? "all whole" : Quantities.count(report.findings.count, "finding", "findings")
    Terminal.print("\(objects) and \(records) checked: \(verdict)")
    if report.hasDamage && !repair {
      Terminal.print("hint: pipe cache check --repair")
      throw PipeExit.damageFound
    }
  }
}
