import PipelineManifest
import StageInterface
import Testing

@Suite struct BranchNameTests {
  @Test func valuesAreWrittenSoThatNoShellMindsThem() {
    #expect(BranchName.encoded("emma-1.5_x+") == "emma-1.5_x+")
    #expect(BranchName.encoded("a b,c=%é") == "a%20b%2Cc%3D%25%C3%A9")
    #expect(BranchName.decoded("a%20b%2Cc%3D%25%C3%A9") == "a b,c=%é")
    #expect(BranchName.decoded("%C3") == nil)
    #expect(BranchName.decoded("50%") == "50%")
  }
}
