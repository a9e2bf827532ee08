import DataFormats
import Testing

struct IDXTests {
  private let file: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 7, 8, 9, 255]

  @Test func readsAndWritesTheSameBytes() throws {
    let idx = try IDX(parsing: file)
    #expect(idx.dimensions == [2, 1, 2])
    #expect(idx.elements == [7, 8, 9, 255])
    #expect(idx.encoded() == file)
    #expect(IDX(dimensions: [2, 1, 2], elements: [7, 8, 9, 255]) == idx)
  }

  @Test func anEmptyDimensionHoldsNothing() throws {
    let empty = IDX(dimensions: [0, 28], elements: [])
    #expect(try IDX(parsing: empty.encoded()) == empty)
  }

  @Test func everyTruncationIsRefused() {
    for length in 0..<file.count {
      #expect(throws: IDXError.self) { try IDX(parsing: Array(file[0..<length])) }
    }
    #expect(throws: IDXError.truncated(expected: 20, found: 19)) {
      try IDX(parsing: file.dropLast())
    }
  }

  @Test func everyLieInTheHeaderIsRefused() {
    #expect(throws: IDXError.trailingBytes(expected: 20, found: 21)) {
      try IDX(parsing: file + [0])
    }
    #expect(throws: IDXError.notIDX(magic: [0x1f, 0x8b, 8, 3])) {
      try IDX(parsing: [0x1f, 0x8b] + file.dropFirst(2))
    }
    #expect(throws: IDXError.unsupportedElement(code: 0x0d)) { try IDX(parsing: [0, 0, 0x0d, 1]) }
    #expect(throws: IDXError.noDimensions) { try IDX(parsing: [0, 0, 8, 0]) }
  }

  @Test func dimensionsThatOverflowAreRefused() {
    let huge = Array(repeating: UInt8(255), count: 12)
    #expect(throws: IDXError.self) { try IDX(parsing: [0, 0, 8, 3] + huge) }
    // 2³¹ · 2³¹ · 2 = 2⁶³ is one more than fits.
    let edge: [UInt8] = [0x80, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 2]
    #expect(throws: IDXError.tooLarge(dimensions: [1 << 31, 1 << 31, 2])) {
      try IDX(parsing: [0, 0, 8, 3] + edge)
    }
    // A zero after the overflow does not make it harmless.
    let zero: [UInt8] = edge + [0, 0, 0, 0]
    #expect(throws: IDXError.self) { try IDX(parsing: [0, 0, 8, 4] + zero) }
  }
}
