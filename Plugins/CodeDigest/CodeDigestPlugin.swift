import Foundation
import PackagePlugin

/// Generates `generatedCodeVersion` in a stage kind's module.
///
/// The version digests the sources of the module and of every module of this package that it can see,
/// the versions of the packages it uses, the compiler, and the settings block of `Package.swift`.
/// Headers, module maps and symbolic links count; `sourceFiles` would leave them out.
@main
struct CodeDigestPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let manifest = context.package.directoryURL.appending(path: "Package.swift")
    let targets = visibleTargets(from: target, in: context.package)
    let sources = try targets.flatMap { try files(below: $0.directoryURL) } + [manifest]
    let packages = usedPackages(by: targets, in: context.package)
    let output = context.pluginWorkDirectoryURL.appending(path: "CodeVersion.swift")
    let arguments =
      [output.path, manifest.path, try context.tool(named: "swiftc").url.path]
      + packages.flatMap { ["--package", $0] }
      + targets.flatMap { ["--target", $0.name, $0.directoryURL.path] }
    return [
      .buildCommand(
        displayName: "Digesting the code of \(target.name)",
        executable: try context.tool(named: "code-digest").url,
        arguments: arguments, inputFiles: sources, outputFiles: [output])
    ]
  }

  /// This target and every target of this package it depends on, directly or not, by name.
  private func visibleTargets(from target: any Target, in package: Package) -> [any Target] {
    let own = Set(package.targets.map(\.id))
    return ([target] + target.recursiveTargetDependencies)
      .filter { own.contains($0.id) }
      .sorted { $0.name < $1.name }
  }

  /// `name version` of every package whose products these targets use.
  private func usedPackages(by targets: [any Target], in package: Package) -> [String] {
    let products = targets.flatMap(\.dependencies).compactMap { dependency in
      if case .product(let product) = dependency { product.id } else { nil }
    }
    return package.dependencies.map(\.package)
      .filter { used in used.products.contains { products.contains($0.id) } }
      .map { used in
        guard case .repository(_, let version, _) = used.origin else { return used.displayName }
        return "\(used.displayName) \(version)"
      }
      .sorted()
  }

  private func files(below folder: URL) throws -> [URL] {
    let root = folder.resolvingSymlinksInPath()
    let manager = FileManager.default
    return try manager.subpathsOfDirectory(atPath: root.path).sorted().flatMap { path in
      let file = root.appending(path: path)
      var isFolder: ObjCBool = false
      guard manager.fileExists(atPath: file.path, isDirectory: &isFolder) else { return [URL]() }
      guard isFolder.boolValue else { return [file] }
      let isLink = (try? manager.destinationOfSymbolicLink(atPath: file.path)) != nil
      return isLink ? try files(below: file) : []
    }
  }
}
