extension ProjectState {
  private var outputFile: StateFile { file("outputs.log", .writtenOutputs) }

  /// What the project put into its work tree: by the bytes of the project-relative path.
  package func writtenOutputs() throws(CacheError) -> [[UInt8]: FolderListing.Kind] {
    var outputs: [[UInt8]: FolderListing.Kind] = [:]
    for payload in try outputFile.payloads() {
      do throws(MalformedBytes) {
        var reader = ByteReader(payload)
        if try reader.integer(UInt8.self) == 0 { outputs = [:] }
        for _ in 0..<(try reader.count(minimumSize: 5)) {
          let path = Array(try reader.counted())
          outputs[path] = try FolderListing.Kind?(from: &reader)
        }
      } catch {
        outputFile.forget(error)
      }
    }
    return outputs
  }

  /// More notes than this are put into one.
  private static let mostNotes = 50

  /// Notes what has been written since; nil for what has been removed.
  package func noteWrittenOutputs(
    _ changes: [[UInt8]: FolderListing.Kind?]
  ) throws(CacheError) {
    let payload = Self.encode(isComplete: false, changes)
    try exclusively { () throws(CacheError) in
      try outputFile.append(payload)
      guard try outputFile.payloads().count > Self.mostNotes else { return }
      let all = try writtenOutputs()
      try outputFile.replace(with: Self.encode(isComplete: true, all.mapValues { $0 }))
    }
  }

  private static func encode(
    isComplete: Bool, _ outputs: [[UInt8]: FolderListing.Kind?]
  ) -> [UInt8] {
    var writer = ByteWriter(reserving: 8 + outputs.count * 80)
    writer.append(UInt8(isComplete ? 0 : 1))
    writer.append(UInt32(outputs.count))
    for (path, kind) in outputs {
      writer.append(counted: path)
      if let kind { kind.write(to: &writer) } else { writer.append(UInt8(255)) }
    }
    return writer.bytes
  }
}

extension FolderListing.Kind? {
  fileprivate init(from reader: inout ByteReader) throws(MalformedBytes) {
    let type = try reader.integer(UInt8.self)
    self = type == 255 ? nil : try FolderListing.Kind(type: type, from: &reader)
  }
}
