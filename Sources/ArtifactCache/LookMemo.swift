/// What the last look at the whole pipeline depended on, if it found everything up to date.
///
/// As long as all of it is as it was, a new look would find the same, so none need be taken. What must
/// be in it, and why that is enough, is in `docs/up-to-date.md`.
package struct LookMemo: Sendable, Equatable {
  /// One stage, for `status`.
  package struct Stage: Sendable, Equatable {
    package let name: String
    package let kind: String
    package let branches: Int

    package init(name: String, kind: String, branches: Int) {
      self.name = name
      self.kind = kind
      self.branches = branches
    }
  }

  /// Where a program was found.
  package struct Program: Sendable, Equatable {
    package let name: String
    /// Absolute.
    package let path: String

    package init(name: String, path: String) {
      self.name = name
      self.path = path
    }
  }

  /// A variable of the environment that is in a key.
  package struct Variable: Sendable, Equatable {
    package let name: String
    /// Nil: it was not set.
    package let value: Digest?

    package init(name: String, value: Digest?) {
      self.name = name
      self.value = value
    }
  }

  /// The file of an object.
  package struct Object: Sendable, Equatable {
    package let digest: Digest
    package let signature: FileSignature

    package init(digest: Digest, signature: FileSignature) {
      self.digest = digest
      self.signature = signature
    }

    /// Relative to the store.
    package var path: String { StoreLayout.object(digest) }
  }

  /// The project's own cache folder, absolute.
  package var cacheFolder = ""
  /// The folder of the store, absolute.
  package var store = ""
  /// The store as `pipeline.json` names it; nil where it does not.
  package var declaredStore: String?
  package var stages: [Stage] = []
  package var programs: [Program] = []
  package var variables: [Variable] = []
  package var witnesses: [Witness] = []
  package var objects: [Object] = []

  package init() {}
}

extension LookMemo {
  init(decoding payload: ArraySlice<UInt8>) throws(MalformedBytes) {
    var reader = ByteReader(payload)
    cacheFolder = try reader.text()
    store = try reader.text()
    declaredStore = try reader.integer(UInt8.self) == 0 ? nil : try reader.text()
    stages = try reader.list(minimumSize: 12) { reader throws(MalformedBytes) in
      Stage(
        name: try reader.text(), kind: try reader.text(),
        branches: Int(try reader.integer(UInt32.self)))
    }
    programs = try reader.list(minimumSize: 8) { reader throws(MalformedBytes) in
      Program(name: try reader.text(), path: try reader.text())
    }
    variables = try reader.list(minimumSize: 5) { reader throws(MalformedBytes) in
      let name = try reader.text()
      let isSet = try reader.integer(UInt8.self) != 0
      return Variable(name: name, value: isSet ? try reader.digest() : nil)
    }
    witnesses = try reader.list(minimumSize: Witness.smallestSize) {
      reader throws(MalformedBytes) in try Witness(from: &reader)
    }
    objects = try reader.list(minimumSize: Digest.byteCount + FileSignature.encodedSize) {
      reader throws(MalformedBytes) in
      Object(digest: try reader.digest(), signature: try FileSignature(from: &reader))
    }
    try reader.end()
  }

  var encoded: [UInt8] {
    var writer = ByteWriter(reserving: 1024 + witnesses.count * 80 + objects.count * 72)
    writer.append(cacheFolder)
    writer.append(store)
    writer.append(UInt8(declaredStore == nil ? 0 : 1))
    if let declaredStore { writer.append(declaredStore) }
    writer.append(UInt32(stages.count))
    for stage in stages {
      writer.append(stage.name)
      writer.append(stage.kind)
      writer.append(UInt32(stage.branches))
    }
    writer.append(UInt32(programs.count))
    for program in programs {
      writer.append(program.name)
      writer.append(program.path)
    }
    writer.append(UInt32(variables.count))
    for variable in variables {
      writer.append(variable.name)
      writer.append(UInt8(variable.value == nil ? 0 : 1))
      if let value = variable.value { writer.append(value) }
    }
    writer.append(UInt32(witnesses.count))
    for witness in witnesses { witness.write(to: &writer) }
    writer.append(UInt32(objects.count))
    for object in objects {
      writer.append(object.digest)
      object.signature.write(to: &writer)
    }
    return writer.bytes
  }
}

extension ByteReader {
  /// A number of elements and that many of them, each at least `minimumSize` bytes long.
  fileprivate mutating func list<Element>(
    minimumSize: Int, _ element: (inout ByteReader) throws(MalformedBytes) -> Element
  ) throws(MalformedBytes) -> [Element] {
    var elements: [Element] = []
    let count = try count(minimumSize: minimumSize)
    elements.reserveCapacity(count)
    for _ in 0..<count { elements.append(try element(&self)) }
    return elements
  }
}
