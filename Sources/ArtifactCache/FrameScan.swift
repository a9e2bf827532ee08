/// What the bytes of a journal, or of its end, turned out to be.
struct FrameScan {
  struct Found {
    let kind: UInt32
    let offset: Int
    let length: Int
    let payload: ArraySlice<UInt8>
  }

  /// Bytes that are no frame.
  struct Gap: Hashable {
    let offset: Int
    let length: Int
  }

  private(set) var frames: [Found] = []
  private(set) var damaged: [Gap] = []
  /// An unfinished frame at the end: its writer is at it, or was killed.
  private(set) var torn: Gap?
  /// Where the last whole frame ends: what is appended later is to be read from here on.
  private(set) var end: Int

  /// Takes apart `bytes`, which begin at `offset` of their file.
  init(_ bytes: [UInt8], at offset: Int) {
    end = offset
    var position = 0
    while position < bytes.count {
      if let frame = Self.frame(in: bytes, at: position, base: offset) {
        frames.append(frame)
        position += frame.length
        end = offset + position
        continue
      }
      let next = Self.nextFrame(in: bytes, after: position, base: offset)
      let gap = Gap(offset: offset + position, length: (next ?? bytes.count) - position)
      if next == nil, Self.isUnfinished(bytes[position...]) {
        torn = gap
      } else {
        damaged.append(gap)
      }
      position = next ?? bytes.count
    }
  }

  private static func frame(in bytes: [UInt8], at position: Int, base: Int) -> Found? {
    guard let size = Frame.size(ofFrameAt: bytes[position...]), size <= bytes.count - position,
      let frame = Frame.decode(bytes[position..<position + size])
    else { return nil }
    return Found(kind: frame.kind, offset: base + position, length: size, payload: frame.payload)
  }

  private static func nextFrame(in bytes: [UInt8], after position: Int, base: Int) -> Int? {
    var candidate = position + 1
    while let start = bytes[candidate...].firstIndex(of: Frame.magic[0]) {
      if frame(in: bytes, at: start, base: base) != nil { return start }
      candidate = start + 1
    }
    return nil
  }

  /// Whether the bytes begin as a frame does, and there are fewer than it says.
  private static func isUnfinished(_ bytes: ArraySlice<UInt8>) -> Bool {
    if let size = Frame.size(ofFrameAt: bytes) { return size > bytes.count }
    return bytes.count < Frame.headerSize
      && bytes.prefix(8).elementsEqual(Frame.magic.prefix(bytes.count))
  }
}
