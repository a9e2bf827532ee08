import Foundation

// Called by the CodeDigest plugin:
//   code-digest OUTPUT MANIFEST SWIFTC [--package "NAME VERSION"]… [--target NAME FOLDER]…
// Depends on no package: one that did would be compiled again for the host in every clean build.

let arguments = CommandLine.arguments
guard arguments.count >= 4 else {
  FileHandle.standardError.write(Data("usage: code-digest OUTPUT MANIFEST SWIFTC …\n".utf8))
  exit(64)
}

var digest = CodeDigest()
digest.add("settings", try compilerSettings(inManifest: arguments[2]))
digest.add("compiler", try compilerVersion(of: arguments[3]))
var rest = arguments.dropFirst(4)
while let option = rest.popFirst() {
  switch (option, rest.popFirst()) {
  case ("--package", let package?):
    digest.add("package", Array(package.utf8))
  case ("--target", let name?):
    guard let folder = rest.popFirst() else { exit(64) }
    digest.add("target", Array(name.utf8))
    try digest.add(filesBelow: folder)
  default: exit(64)
  }
}
let source = """
  /// The digest of all code that can change what this stage kind writes.
  let generatedCodeVersion = "\(digest.hexadecimal)"

  """
try Data(source.utf8).write(to: URL(fileURLWithPath: arguments[1]))

/// The part of `Package.swift` between its two marker lines: the flags that change generated code.
func compilerSettings(inManifest path: String) throws -> [UInt8] {
  let text = try String(contentsOfFile: path, encoding: .utf8)
  let parts = text.components(separatedBy: "// code version:")
  guard parts.count == 3 else {
    fatalError("\(path): expected two lines that begin with '// code version:'")
  }
  return Array(parts[1].utf8)
}

/// The first line of `swiftc --version`; the second names the machine's target.
func compilerVersion(of path: String) throws -> [UInt8] {
  let process = Process()
  let pipe = Pipe()
  process.executableURL = URL(fileURLWithPath: path)
  process.arguments = ["--version"]
  process.standardOutput = pipe
  process.standardError = FileHandle.nullDevice
  try process.run()
  let output = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return Array(output.prefix { $0 != UInt8(ascii: "\n") })
}
