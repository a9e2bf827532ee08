import DataFormats
import Testing

struct SafetensorsTests {
  @Test func writesTheDocumentedBytes() {
    let file = Safetensors(
      tensors: ["b": Tensor([Float(1)]), "a": Tensor([Float(2), 3], shape: [2, 1])],
      metadata: ["z": "1", "k": "a\"\\\n"])
    let header =
      #"{"__metadata__":{"k":"a\"\\\u000a","z":"1"},"#
      + #""a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"#
      + #""b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}"#
    let padded = Array(header.utf8) + Array(repeating: 0x20, count: (8 - header.utf8.count % 8) % 8)
    let length: [UInt8] = [UInt8(padded.count), 0, 0, 0, 0, 0, 0, 0]
    let values: [UInt8] = [0, 0, 0, 0x40, 0, 0, 0x40, 0x40, 0, 0, 0x80, 0x3f]
    #expect(file.encoded() == length + padded + values)
  }

  @Test func everyElementTypeComesBack() throws {
    let file = Safetensors(
      tensors: [
        "floats": Tensor([Float.pi, -0.0, .infinity, .leastNonzeroMagnitude], shape: [2, 2]),
        "doubles": Tensor([Double.pi, 1e300]),
        "integers": Tensor([Int64.min, -1, Int64.max]),
        "bytes": Tensor([UInt8(1), 2, 255], shape: [3, 1]),
        "scalar": Tensor([Float(4)], shape: []),
        "empty": Tensor([Float](), shape: [0, 7]),
        "naïve \u{1F600}\u{1}": Tensor([UInt8(9)]),
      ], metadata: ["seed": "20171107"])
    let bytes = file.encoded()
    let back = try Safetensors(parsing: bytes)
    #expect(back == file)
    #expect(back.tensors["doubles"]?.doubles == [Double.pi, 1e300])
    #expect(back.tensors["integers"]?.integers == [Int64.min, -1, Int64.max])
    #expect(back.tensors["bytes"]?.bytes == [1, 2, 255])
    #expect(back.tensors["bytes"]?.floats == nil)
    #expect(try back.floats("scalar", shape: []) == [4])
    // Aligned: the tensors begin at a multiple of 8, and the largest elements come first.
    #expect((8 + Int(bytes[0]) + Int(bytes[1]) << 8) % 8 == 0)
  }

  @Test func aTensorOfAnotherFormIsNamed() throws {
    let file = Safetensors(tensors: ["W1": Tensor([Float(1), 2], shape: [1, 2])])
    #expect(throws: SafetensorsError.missingTensor("W2", present: ["W1"])) {
      try file.floats("W2", shape: [1])
    }
    #expect(throws: SafetensorsError.wrongForm("W1", expected: "F32 [2]", found: "F32 [1, 2]")) {
      try file.floats("W1", shape: [2])
    }
  }

  @Test func everyTruncationIsRefused() {
    let bytes = Safetensors(
      tensors: ["a": Tensor([Float(2), 3]), "b": Tensor([1.5])], metadata: ["k": "v"]
    ).encoded()
    for length in 0..<bytes.count {
      #expect(throws: SafetensorsError.self) { try Safetensors(parsing: Array(bytes[0..<length])) }
    }
    #expect(throws: SafetensorsError.self) { try Safetensors(parsing: bytes + [0]) }
  }

  @Test(arguments: [
    // Not the grammar.
    (#""#, "expected '{'"), (#"[]"#, "expected '{'"), (#"{"a":1}"#, "expected '{'"),
    (#"{} x"#, "something follows"), (#"{"a"#, "does not end"), (#"{"a\q":{}}"#, "unknown escape"),
    (#"{"\ud800":{}}"#, "surrogate"), (#"{"\ud800\u0041":{}}"#, "surrogate"),
    (#"{"\u12g4":{}}"#, "four hexadecimal"), ("{\"a\u{1}\":{}}", "control character"),
    (#"{"__metadata__":{"k":1}}"#, "expected '\"'"), (#"{"a":{"dtype":"F32",}}"#, "expected '\"'"),
    // Not the members.
    (#"{"a":{"dtype":"F32","shape":[1]}}"#, "needs dtype, shape and data_offsets"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}"#, "unknown member 'x'"),
    (#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, "non-negative integer"),
    (#"{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}"#, "expected ']'"),
    (#"{"a":{"dtype":"F32","shape":[01],"data_offsets":[0,4]}}"#, "non-negative integer"),
    (#"{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}"#, "integer"),
    (#"{"a":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}"#, "'BF16'"),
    // Twice the same name.
    (#"{"__metadata__":{"k":"1","k":"2"}}"#, "'__metadata__.k' twice"),
    (#"{"__metadata__":{},"__metadata__":{}}"#, "'__metadata__' twice"),
    (#"{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, "'a.dtype' twice"),
    (
      #"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"#
        + #""\u0061":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}"#, "'a' twice"
    ),
    // Offsets that lie.
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, "[begin, end]"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#, "[begin, end]"),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, "ask for 8"),
    (
      #"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}"#,
      "more than memory"
    ),
    (#"{"a":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}"#, "leave a gap"),
    (
      #"{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"#
        + #""b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}"#, "overlap"
    ),
    (#"{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}"#, "belong to no tensor"),
    (#"{"a":{"dtype":"U8","shape":[5],"data_offsets":[0,5]}}"#, "cut off"),
  ])
  func everyLieInTheHeaderIsRefused(header: String, message: String) throws {
    let text = Array(header.utf8)
    let length = (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
    let error = #expect(throws: SafetensorsError.self) {
      try Safetensors(parsing: length + text + [1, 2, 3, 4])
    }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "none")")
  }

  @Test func aMonstrousHeaderIsRefusedBeforeItIsRead() {
    let length: [UInt8] = [255, 255, 255, 255, 255, 255, 255, 127]
    #expect(throws: SafetensorsError.headerTooLong(UInt64.max >> 1)) {
      try Safetensors(parsing: length + [1])
    }
  }

  @Test func badUTF8IsRefused() {
    let text: [UInt8] = Array(#"{"a"#.utf8) + [0xff, 0xfe] + Array(#"":{}}"#.utf8)
    #expect(throws: SafetensorsError.headerNotUTF8) {
      try Safetensors(parsing: [UInt8(text.count), 0, 0, 0, 0, 0, 0, 0] + text)
    }
  }

  @Test func escapesOfOtherWritersAreUnderstood() throws {
    let text = Array(#" { "__metadata__" : { "A\/\b\f\n\r\t\ud83d\ude00" : "\u00e9" } } "#.utf8)
    let file = try Safetensors(parsing: [UInt8(text.count), 0, 0, 0, 0, 0, 0, 0] + text)
    #expect(file.metadata == ["A/\u{8}\u{c}\n\r\t\u{1F600}": "é"])
    #expect(file.tensors.isEmpty)
  }
}
