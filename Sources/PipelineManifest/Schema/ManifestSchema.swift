import StageInterface

/// The JSON Schema (draft 2020-12) of `pipeline.json`, for editors to complete and check it.
///
/// A schema cannot say everything: cycles, axes and paths are checked by ``ManifestLoader`` alone. What
/// the schema refuses, the loader refuses too.
package enum ManifestSchema {
  package static let identifier =
    "https://json-schema.org/draft/2020-12/schema"

  /// The schema of manifests with the given stage kinds.
  ///
  /// - Parameter kinds: The built-in kinds.
  /// - Returns: Pretty JSON that ends with a line break.
  package static func text(for kinds: StageKinds) -> String {
    let declarations = kinds.kinds.map(\.declaration)
    return JSONTree.object([
      ("$schema", .string(identifier)),
      ("title", .string("pipeline.json")),
      ("description", .string("A research pipeline: stages, what they read and what they make.")),
      ("type", .string("object")),
      ("required", .array([.string("stages")])),
      ("additionalProperties", .boolean(false)),
      (
        "properties",
        .object([
          ("$schema", described(.string, "Where this schema is, for editors.")),
          ("name", described(.string, "What the pipeline is called.")),
          ("description", described(.string, "What the pipeline is for.")),
          (
            "cache",
            described(
              .string, "Folder of the store, to share it between projects.",
              [("minLength", .integer(1))])
          ),
          (
            "stages",
            .object([
              ("description", .string("The stages by name.")), ("type", .string("object")),
              ("minProperties", .integer(1)), ("propertyNames", reference("name")),
              ("additionalProperties", reference("stage")),
            ])
          ),
        ])
      ),
      ("$defs", .object(definitions(declarations))),
    ]).prettyText()
  }

  private static func definitions(_ declarations: [StageDeclaration]) -> [(String, JSONTree)] {
    [
      ("name", namePattern), ("stage", stage(declarations)), ("map", map), ("axisValue", axisValue),
      ("inputs", inputs), ("command", CommandSchema.stage),
    ] + declarations.map { ("kind-" + $0.kind, kind($0)) }
  }

  // MARK: Stages

  /// Any stage: its kind decides what else it may have.
  private static func stage(_ declarations: [StageDeclaration]) -> JSONTree {
    let words: [(String, String)] =
      declarations.map { ($0.kind, $0.summary) } + [(StageKinds.command, "Runs any program.")]
    return .object([
      ("type", .string("object")), ("required", .array([.string("kind")])),
      (
        "properties",
        .object([
          (
            "kind",
            .object([
              ("description", .string(words.map { "\($0.0): \($0.1)" }.joined(separator: "\n"))),
              ("enum", .array(words.map { .string($0.0) })),
            ])
          )
        ])
      ),
      (
        "allOf",
        .array(
          words.map { word, _ in
            .object([
              (
                "if",
                .object([
                  ("properties", .object([("kind", .object([("const", .string(word))]))])),
                  ("required", .array([.string("kind")])),
                ])
              ),
              ("then", reference(word == StageKinds.command ? "command" : "kind-" + word)),
            ])
          })
      ),
    ])
  }

  private static func kind(_ declaration: StageDeclaration) -> JSONTree {
    let inputs = declaration.inputs.map { input in
      (
        input.name,
        described(
          .string,
          input.summary
            + (input.isCollected ? " A collected reference: \"stage@*\"." : " A stage."),
          [("minLength", .integer(1))])
      )
    }
    let outputs = declaration.outputs.map { output in
      (
        output.name,
        described(
          .string, output.summary + " Without a path it stays in the store.",
          [("pattern", .string(output.form == .folder ? "/$" : "[^/]$"))])
      )
    }
    let required =
      ["kind"] + (inputs.isEmpty ? [] : ["inputs"])
    return .object([
      ("description", .string(declaration.summary)), ("type", .string("object")),
      ("required", .array(required.map { .string($0) })), ("additionalProperties", .boolean(false)),
      (
        "properties",
        .object([
          ("kind", .object([("const", .string(declaration.kind))])),
          ("description", described(.string, "What the stage is for.")),
          ("inputs", closed(inputs, required: inputs.map(\.0), "What the stage reads.")),
          ("map", reference("map")),
          (
            "params",
            // A required parameter may be set by an axis instead, so none is required here.
            closed(
              declaration.parameters.map { ($0.name, ParameterSchema.tree($0)) }, required: [],
              "Parameters of kind '\(declaration.kind)'.")
          ),
          ("outputs", closed(outputs, required: [], "Paths of outputs in the project.")),
        ])
      ),
    ])
  }

  // MARK: Parts

  private static let namePattern: JSONTree = .object([
    ("type", .string("string")), ("pattern", .string("^[A-Za-z_][A-Za-z0-9_.-]*$")),
    ("maxLength", .integer(200)),
  ])

  private static let axisValue: JSONTree = .object([
    ("type", .array([.string("number"), .string("string"), .string("boolean")])),
    ("minLength", .integer(1)),
  ])

  /// Any named inputs, as commands have them.
  private static let inputs: JSONTree = .object([
    (
      "description",
      .string(
        "What the stage reads: a stage, stage.output, a path, a folder (src/) or a pattern (src/**/*.py)."
      )
    ),
    ("type", .string("object")), ("propertyNames", reference("name")),
    (
      "additionalProperties",
      .object([("type", .string("string")), ("minLength", .integer(1))])
    ),
  ])

  private static let map: JSONTree = .object([
    (
      "description",
      .string("The stage's own axes (a list or a range each), or a list of explicit points.")
    ),
    (
      "anyOf",
      .array([
        .object([
          ("type", .string("object")), ("minProperties", .integer(1)),
          ("propertyNames", reference("name")),
          ("additionalProperties", .object([("anyOf", .array([values, range]))])),
        ]),
        .object([
          ("type", .string("array")), ("minItems", .integer(1)),
          (
            "items",
            .object([
              ("type", .string("object")), ("minProperties", .integer(1)),
              ("propertyNames", reference("name")),
              ("additionalProperties", reference("axisValue")),
            ])
          ),
        ]),
      ])
    ),
  ])

  private static let values: JSONTree = .object([
    ("type", .string("array")), ("minItems", .integer(1)), ("uniqueItems", .boolean(true)),
    ("items", reference("axisValue")),
  ])

  private static let range: JSONTree = .object([
    ("type", .string("object")), ("required", .array([.string("from"), .string("count")])),
    ("additionalProperties", .boolean(false)),
    (
      "properties",
      .object([
        ("from", .object([("type", .string("number"))])),
        (
          "count",
          .object([
            ("type", .string("integer")), ("minimum", .integer(1)),
            ("maximum", .integer(ManifestReader.branchLimit)),
          ])
        ),
        ("step", .object([("type", .string("number")), ("default", .integer(1))])),
      ])
    ),
  ])

  // MARK: Helpers

  enum JSONType: String {
    case string
    case integer
    case array
  }

  static func described(
    _ type: JSONType, _ text: String, _ more: [(String, JSONTree)] = []
  ) -> JSONTree {
    .object([("description", .string(text)), ("type", .string(type.rawValue))] + more)
  }

  static func reference(_ name: String) -> JSONTree {
    .object([("$ref", .string("#/$defs/" + name))])
  }

  /// An object that has no members but these.
  static func closed(
    _ properties: [(String, JSONTree)], required: [String], _ text: String
  ) -> JSONTree {
    .object(
      [
        ("description", .string(text)), ("type", .string("object")),
        ("additionalProperties", .boolean(false)), ("properties", .object(properties)),
      ] + (required.isEmpty ? [] : [("required", .array(required.map { .string($0) }))]))
  }
}
