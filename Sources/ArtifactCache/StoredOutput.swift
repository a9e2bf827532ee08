/// Whether an output is one file or a folder of them.
package enum OutputForm: Sendable, Hashable {
  case file(executable: Bool)
  case folder
}

/// One named output of a branch, as a record keeps it.
package struct StoredOutput: Sendable, Hashable {
  package let name: String
  package let form: OutputForm
  /// The file's content, or a folder's ``FolderListing``.
  package let object: ObjectReference
  /// The contents of a folder's files; empty for a file.
  package let members: [ObjectReference]

  package init(
    name: String, form: OutputForm, object: ObjectReference, members: [ObjectReference] = []
  ) {
    self.name = name
    self.form = form
    self.object = object
    self.members = members
  }

  /// Every object that must be present for this output to be whole.
  package var objects: [ObjectReference] { [object] + members }
}

extension StoredOutput {
  init(from reader: inout ByteReader) throws(MalformedBytes) {
    name = try reader.text()
    switch try reader.integer(UInt8.self) {
    case 0: form = .file(executable: false)
    case 1: form = .file(executable: true)
    case 2: form = .folder
    case let other: throw MalformedBytes(reason: "output form \(other) is unknown")
    }
    object = try ObjectReference(from: &reader)
    let count = try reader.count(minimumSize: ObjectReference.encodedSize)
    var members: [ObjectReference] = []
    members.reserveCapacity(count)
    for _ in 0..<count { members.append(try ObjectReference(from: &reader)) }
    self.members = members
  }

  func write(to writer: inout ByteWriter) {
    writer.append(name)
    switch form {
    case .file(false): writer.append(UInt8(0))
    case .file(true): writer.append(UInt8(1))
    case .folder: writer.append(UInt8(2))
    }
    object.write(to: &writer)
    writer.append(UInt32(members.count))
    for member in members { member.write(to: &writer) }
  }
}
