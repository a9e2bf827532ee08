import ChildPrograms
import Foundation

/// A mirror on 127.0.0.1 with a fault of one's choice, for the length of a test.
///
/// It serves the files of `folder` gzipped, and writes what it was asked into `folder/requests.txt`.
struct MirrorServer {
  let url: String
  private let folder: String

  /// Starts a server with the fault `behaviour` (see the script), runs `body`, and ends the server.
  static func run(
    _ behaviour: String, folder: String, _ body: (MirrorServer) async throws -> Void
  ) async throws {
    let printed = folder + "/server-\(UUID().uuidString).txt"
    _ = FileManager.default.createFile(atPath: printed, contents: nil)
    let output = try FileHandle(forWritingTo: URL(fileURLWithPath: printed))
    let server = Task {
      try await PythonProgram.process(script, folder, behaviour).run(output: output.fileDescriptor)
    }
    do {
      let port = try await firstLine(of: printed)
      try await body(MirrorServer(url: "http://127.0.0.1:\(port)/mirror/", folder: folder))
    } catch {
      server.cancel()
      _ = await server.result
      throw error
    }
    server.cancel()
    _ = await server.result
  }

  private struct NoServer: Error {
    let printed: String
  }

  /// The first line of a file, once it is there.
  private static func firstLine(of path: String) async throws -> String {
    let deadline = ContinuousClock.now + .seconds(600)
    while true {
      let text = try String(contentsOfFile: path, encoding: .utf8)
      if let end = text.firstIndex(of: "\n") { return String(text[..<end]) }
      if ContinuousClock.now > deadline { throw NoServer(printed: text) }
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  /// `PATH RANGE IF-RANGE` of each request, `-` where a field is absent.
  var requests: [String] {
    let text = try? String(contentsOfFile: folder + "/requests.txt", encoding: .utf8)
    return (text ?? "").split(separator: "\n").map(String.init)
  }

  private static let script = #"""
    import gzip, http.server, os, sys, threading, time
    folder, behaviour = sys.argv[1:]
    content = {}
    for name in os.listdir(folder):
        if name.endswith('-ubyte'):
            data = open(os.path.join(folder, name), 'rb').read()
            content[name + '.gz'] = gzip.compress(data, mtime=0)
    seen = set()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = 'HTTP/1.1'
        def log_message(self, *args): pass

        def answer(self, status, data, fields={}, length=None):
            self.send_response(status)
            for name, value in fields.items(): self.send_header(name, value)
            self.send_header('Content-Length', str(len(data) if length is None else length))
            self.end_headers()
            self.wfile.write(data)

        def cut(self, data, fields={}):
            self.answer(200, data[:len(data) // 2], fields, len(data))
            self.wfile.flush()
            self.close_connection = True

        def continued(self, data, tag):
            start = self.headers.get('Range')
            condition = self.headers.get('If-Range')
            if start is None or (condition is not None and condition != tag):
                return self.answer(200, data, {'ETag': tag})
            start = int(start[len('bytes='):-1])
            self.answer(206, data[start:], {
                'ETag': tag, 'Content-Range': f'bytes {start}-{len(data) - 1}/{len(data)}'})

        def do_GET(self):
            name = os.path.basename(self.path)
            with open(os.path.join(folder, 'requests.txt'), 'a') as log:
                print(name, self.headers.get('Range', '-'), self.headers.get('If-Range', '-'), file=log)
            data = content.get(name, b'')
            isFirst = name not in seen
            seen.add(name)
            if behaviour == 'good': self.continued(data, '"one"')
            elif behaviour == 'cut': self.cut(data, {'ETag': '"one"'}) if isFirst else self.continued(data, '"one"')
            elif behaviour == 'cut-without-validator':
                self.cut(data) if isFirst else self.continued(data, '"one"')
            elif behaviour == 'cut-then-ignores-range':
                self.cut(data, {'ETag': '"one"'}) if isFirst else self.answer(200, data)
            elif behaviour == 'cut-then-changed':
                self.cut(data[::-1], {'ETag': '"one"'}) if isFirst else self.continued(data, '"two"')
            elif behaviour == 'cut-then-other-pieces':
                self.cut(data[::-1]) if isFirst else self.continued(data, '"one"')
            elif behaviour == 'cut-then-wrong-range':
                if isFirst: self.cut(data)
                elif 'Range' in self.headers:
                    self.answer(206, data, {'Content-Range': f'bytes 0-{len(data) - 1}/{len(data)}'})
                else: self.answer(200, data)
            elif behaviour == 'cut-then-boundless':
                if isFirst: self.cut(data)
                else:
                    start = int(self.headers['Range'][len('bytes='):-1])
                    self.answer(206, data[start:], {
                        'Content-Range': f'bytes {start}-{len(data) - 1}/{2 ** 63 - 1}'})
            elif behaviour == 'cut-then-416':
                if isFirst: self.cut(data)
                elif 'Range' in self.headers: self.answer(416, b'')
                else: self.answer(200, data)
            elif behaviour == 'always-cut': self.cut(data)
            elif behaviour.startswith('status'): self.answer(int(behaviour[6:]), b'<html>sorry</html>')
            elif behaviour == 'page': self.answer(200, b'<!DOCTYPE html><title>Welcome</title>')
            elif behaviour == 'loop': self.answer(302, b'', {'Location': self.path})
            elif behaviour == 'to-file': self.answer(302, b'', {'Location': 'file:///etc/hostname'})
            elif behaviour == 'moved':
                if self.path.startswith('/mirror/'): self.answer(301, b'', {'Location': '/new/' + name})
                else: self.answer(200, data)
            elif behaviour == 'stall':
                self.answer(200, data[:9], {}, len(data))
                self.wfile.flush()
                time.sleep(600)
            elif behaviour == 'silent': time.sleep(600)
            elif behaviour == 'huge': self.answer(200, b'', {}, 10 ** 12)
            elif behaviour == 'endless':
                self.send_response(200)
                self.end_headers()
                self.close_connection = True
                while True: self.wfile.write(b'\x1f\x8b' * 32768)
            elif behaviour == 'bomb': self.answer(200, gzip.compress(bytes(8 << 20), mtime=0))
            elif behaviour == 'truncated': self.answer(200, data[:-9])
            elif behaviour == 'other': self.answer(200, gzip.compress(b'\0\0\x08\x01\0\0\0\x01\0', mtime=0))
            elif behaviour == 'empty': self.answer(200, b'')

    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
    server.daemon_threads = True
    print(server.server_port, flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    threading.Event().wait()
    """#
}
