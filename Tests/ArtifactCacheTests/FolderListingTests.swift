import ArtifactCache
import Testing

@Suite struct FolderListingTests {
  private func entry(_ path: String, _ kind: FolderListing.Kind = .folder) -> FolderListing.Entry {
    FolderListing.Entry(path: Array(path.utf8), kind: kind)
  }

  private let file = FolderListing.Kind.file(executable: false, digest: .of("x"))

  @Test func listingRoundTripsSorted() throws {
    let listing = try FolderListing([
      entry("b/c", .file(executable: true, digest: .of("c"))), entry("b"), entry("a", file),
      entry("b/d", .link(target: Array("../a".utf8))), entry("empty folder\n"),
      FolderListing.Entry(path: [0xFF, 0xFE], kind: .folder),
    ])
    #expect(
      listing.entries.map(\.path)
        == listing.entries.map(\.path).sorted { $0.lexicographicallyPrecedes($1) })
    #expect(try FolderListing(decoding: listing.encoded) == listing)
    #expect(listing.fileDigests == [.of("x"), .of("c")])
  }

  @Test(arguments: ["", "/a", "a/", "a//b", ".", "..", "a/../b", "a/.", "a\0b"])
  func pathsThatAreNotPlainAreRefused(path: String) {
    #expect(throws: CacheError.self) { try FolderListing([entry(path)]) }
  }

  @Test(arguments: ["/etc", "..", "../..", "x/../../..", ""])
  func linksThatLeadOutsideAreRefused(target: String) {
    #expect(throws: CacheError.self) {
      try FolderListing([entry("link", .link(target: Array(target.utf8)))])
    }
  }

  @Test func entriesTwiceOrBelowAFileAreRefused() {
    #expect(throws: CacheError.self) { try FolderListing([entry("a"), entry("a", file)]) }
    #expect(throws: CacheError.self) { try FolderListing([entry("a", file), entry("a/b")]) }
  }

  @Test func everyPrefixAndEveryLongerTextIsRefused() throws {
    let bytes = try FolderListing([entry("a", file), entry("b")]).encoded
    for count in 0..<bytes.count {
      #expect(throws: CacheError.self) { try FolderListing(decoding: Array(bytes[..<count])) }
    }
    #expect(throws: CacheError.self) { try FolderListing(decoding: bytes + [0]) }
  }

  @Test func anAbsurdCountIsRefusedBeforeAnythingIsAllocated() {
    let bytes = Array("pipe-folder 1\n".utf8) + [0xFF, 0xFF, 0xFF, 0xFF]
    #expect(throws: CacheError.self) { try FolderListing(decoding: bytes) }
  }
}
