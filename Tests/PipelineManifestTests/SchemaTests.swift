import PipelineManifest
import Testing

@Suite struct SchemaTests {
  @Test func theSchemaNamesKindsParametersAndRanges() {
    let schema = ManifestSchema.text(for: ExampleKinds.all)
    #expect(schema.hasPrefix("{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\""))
    #expect(schema.contains(#""enum": ["dataset","train","perturb","analyze","report","command"]"#))
    #expect(schema.contains(#""exclusiveMinimum": 0.0"#))
    #expect(schema.contains(#""description": "Units.""#))
    #expect(schema.contains(#""default": 20"#))
    #expect(schema.contains(#""anyOf": ["#))
    #expect(schema == ManifestSchema.text(for: ExampleKinds.all))
  }

  @Test func theSchemaIsJSON() {
    // Read by the loader, it is a JSON text without a slip whose keys are no manifest's.
    let found = problems(ManifestSchema.text(for: ExampleKinds.all))
    #expect(found.contains { $0.message.contains("no \"stages\"") })
    #expect(found.allSatisfy { $0.message.contains("has no key") || $0.message.contains("stages") })
  }
}
