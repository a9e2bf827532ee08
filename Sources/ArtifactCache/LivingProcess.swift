#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A process of this host that has not ended.
struct LivingProcess {
  /// When it began, in seconds since 1970; nil where the system does not say.
  let began: Double?

  /// Nil when no such process is alive: one that only waits for its parent to hear of its end is not.
  init?(_ process: pid_t) {
    guard kill(process, 0) == 0 || errno != ESRCH else { return nil }
    #if os(Linux)
      let fields = Self.fields(of: process)
      if let state = fields.first, state == "Z" || state == "X" { return nil }
      began = fields.count > 19 ? Self.time(ofTick: fields[19]) : nil
    #else
      began = nil
    #endif
  }

  #if os(Linux)
    /// What `/proc` says of a process after its name, which may hold anything: state, parent and so on.
    private static func fields(of process: pid_t) -> [Substring] {
      let files = SystemFiles()
      guard let file = try? OpenFile.reading("/proc/\(process)/stat", files),
        let bytes = try? file.read(4096, at: 0),
        let end = bytes.lastIndex(of: UInt8(ascii: ")"))
      else { return [] }
      return String(decoding: bytes[(end + 1)...], as: UTF8.self).split(separator: " ")
    }

    /// The time of a tick since the machine was started, which a container hides less than its date.
    private static func time(ofTick text: Substring) -> Double? {
      var sinceBoot = timespec()
      guard let tick = Double(text), clock_gettime(CLOCK_BOOTTIME, &sinceBoot) == 0 else {
        return nil
      }
      let uptime = Double(sinceBoot.tv_sec) + Double(sinceBoot.tv_nsec) / 1e9
      let age = uptime - tick / Double(sysconf(Int32(_SC_CLK_TCK)))
      return age < 0 ? nil : Clock.now - age
    }
  #endif
}
