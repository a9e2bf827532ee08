/// Processes that go without the index write records that those who have it would never see. A file
/// in the store tells of them; while it is there, everybody reads the journals beside the index.
extension RecordBook {
  /// Goes on with the journals alone, and lets others know.
  func goWithoutIndex(_ state: inout State, because reason: String?) throws(CacheError) {
    if let reason { state.notices.append(.indexUnavailable(reason: reason)) }
    if !isReadOnly { noteGoingWithout() }
    state.overlay = RecordOverlay()
    state.notices += try state.overlay.refresh(from: journals)
  }

  /// Without the file others would do some work twice, which is no reason to fail.
  private func noteGoingWithout() {
    _ = try? OpenFile.updating(layout.unindexed, files)
  }

  /// Reads what the journals have and the index may lack, if anybody records without it.
  func readUnindexed(_ state: inout State) throws(CacheError) {
    guard state.index != nil else {
      state.notices += try state.overlay.refresh(from: journals)
      return
    }
    guard try files.status(at: layout.unindexed) != nil else { return }
    if !state.overlay.hasBegun {
      let known = try asking(&state) { index throws(IndexFailure) in try index.journals() }
      state.overlay = RecordOverlay(after: known ?? [:])
    }
    state.notices += try state.overlay.refresh(from: journals)
  }

  /// Removes the file once nobody else has the store open and the index knows everything.
  func endGoingWithout(_ state: inout State) throws(CacheError) {
    guard let locks, try files.status(at: layout.unindexed) != nil else { return }
    do throws(CacheError) {
      try locks.exclusively(for: "completing the index") { () throws(CacheError) in
        try catchUp(&state, reason: nil)
        if state.index != nil { try files.remove(layout.unindexed) }
      }
    } catch CacheError.inUse {
      return
    }
  }
}
