/// What collecting garbage may remove.
///
/// Always kept: the records of keys that a registered project needs, and, where a project has not said
/// what it needs, is not where it was, or none is registered, the newest record of every branch; and their objects. Objects
/// that no kept record refers to go in any case.
package struct GarbagePolicy: Sendable, Hashable {
  /// Records older than this many seconds may go; nil: none for their age.
  package var maximumAge: Double?
  /// Stored bytes to come down to, oldest records first, as far as they may go at all; nil: no limit.
  package var maximumSize: Int?
  /// Whether to empty the quarantine, too.
  package var emptiesQuarantine: Bool
  /// Whether projects that are not where they were registered are registered no longer.
  package var forgetsMissingProjects: Bool

  /// Whether records may go at all.
  package var dropsRecords: Bool { maximumAge != nil || maximumSize != nil }

  package init(
    maximumAge: Double? = nil, maximumSize: Int? = nil, emptiesQuarantine: Bool = false,
    forgetsMissingProjects: Bool = false
  ) {
    self.maximumAge = maximumAge
    self.maximumSize = maximumSize
    self.emptiesQuarantine = emptiesQuarantine
    self.forgetsMissingProjects = forgetsMissingProjects
  }
}

/// What collecting garbage removed, or would remove.
package struct GarbageReport: Sendable, Equatable {
  package var removedRecords = 0
  package var keptRecords = 0
  package var removedObjects = 0
  package var keptObjects = 0
  /// Stored bytes of the removed objects and of the quarantine, where that is emptied.
  package var freedBytes = 0
  /// Stored bytes of the objects that stay.
  package var keptBytes = 0
  /// Why something is left in quarantine that should have gone.
  package var quarantineFailure: CacheError?
  /// Registered projects, by their cache folders, whose needs could not be read.
  package var unreadableProjects: [String] = []
  /// Registered projects, by their cache folders, that are not there; forgotten if that was asked for.
  package var missingProjects: [String] = []
}
