#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What every command is given of the environment that `pipe` runs in.
package struct CommandHost: Sendable {
  package let path: String
  package let home: String?

  package init(path: String, home: String?) {
    self.path = path
    self.home = home
  }

  /// PATH and HOME of this process.
  package static var current: CommandHost {
    CommandHost(path: variable("PATH") ?? "/usr/local/bin:/usr/bin:/bin", home: variable("HOME"))
  }

  /// A variable of this process's environment, for what a stage declares or passes on; nil if unset.
  package static func variable(_ name: String) -> String? {
    getenv(name).flatMap { String(validatingCString: $0) }
  }
}
