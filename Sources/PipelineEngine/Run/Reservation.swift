import Foundation
import PipelineManifest

/// Cores and memory that running branches have set aside.
struct Reservation {
  private var freeCores: Int
  private var freeMemory: Int
  private var taken: [BranchID: (cores: Int, memory: Int)] = [:]
  private let allCores: Int

  init(cores: Int, memory: Int) {
    freeCores = cores
    allCores = cores
    freeMemory = memory
  }

  /// Whether `work` can start; one that asks for more than there is runs alone.
  func hasRoom(for work: BranchWork) -> Bool {
    taken.isEmpty
      || (min(work.cores, allCores) <= freeCores && work.memory <= freeMemory)
  }

  mutating func take(_ branch: BranchID, cores: Int, memory: Int) {
    taken[branch] = (cores, memory)
    freeCores -= cores
    freeMemory -= memory
  }

  mutating func giveBack(_ branch: BranchID) {
    guard let (cores, memory) = taken.removeValue(forKey: branch) else { return }
    freeCores += cores
    freeMemory += memory
  }
}

/// Facts about the computer.
package enum Machine {
  package static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }
  /// Bytes.
  static var memory: Int { Int(ProcessInfo.processInfo.physicalMemory) }
  package static var name: String { ProcessInfo.processInfo.hostName }
}
