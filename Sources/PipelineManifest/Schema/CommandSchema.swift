/// What a stage of kind `command` may have, as JSON Schema.
enum CommandSchema {
  static let stage: JSONTree = .object([
    ("description", .string("Runs any program in a folder that holds exactly its inputs.")),
    ("type", .string("object")),
    ("required", .array(["kind", "command", "outputs"].map { .string($0) })),
    ("additionalProperties", .boolean(false)),
    (
      "properties",
      .object([
        ("kind", .object([("const", .string(StageKinds.command))])),
        ("description", ManifestSchema.described(.string, "What the stage is for.")),
        ("inputs", ManifestSchema.reference("inputs")),
        ("map", ManifestSchema.reference("map")),
        (
          "params",
          .object([
            (
              "description",
              .string("Values for PIPE_PARAM_… and {params.…}; they are in the key.")
            ),
            ("type", .string("object")),
            ("propertyNames", .object([("pattern", .string("^[A-Za-z_][A-Za-z0-9_-]*$"))])),
          ])
        ),
        ("outputs", outputs), ("command", command),
        ("environment", variables("Names of variables whose values are in the key.")),
        ("passEnvironment", variables("Names of variables that are passed on but in no key.")),
        ("tools", texts("Further programs whose content is in the key.")),
        ("timeout", timeout),
        (
          "retries",
          ManifestSchema.described(
            .integer, "Further attempts after a failure.", limits(0, 1_000, 0))
        ),
        (
          "cores",
          ManifestSchema.described(
            .integer, "Processor cores reserved while it runs.", limits(1, 65_536, 1))
        ),
        ("memory", memory),
        (
          "workdir",
          .object([
            (
              "description",
              .string("private: a folder with exactly the declared inputs; project: the project.")
            ),
            ("enum", .array([.string("private"), .string("project")])),
            ("default", .string("private")),
          ])
        ),
      ])
    ),
  ])

  private static let outputs: JSONTree = .object([
    ("description", .string("Paths in the project by name; a folder ends in '/'.")),
    ("type", .string("object")), ("minProperties", .integer(1)),
    ("propertyNames", ManifestSchema.reference("name")),
    (
      "additionalProperties",
      .object([("type", .string("string")), ("minLength", .integer(1))])
    ),
  ])

  private static let command: JSONTree = .object([
    (
      "description",
      .string(
        "Text for sh -c, or a program and its arguments with {inputs.x} {outputs.y} {params.p} {axis}."
      )
    ),
    (
      "anyOf",
      .array([
        .object([("type", .string("string")), ("minLength", .integer(1))]),
        .object([
          ("type", .string("array")), ("minItems", .integer(1)),
          ("items", .object([("type", .string("string"))])),
        ]),
      ])
    ),
  ])

  private static let timeout: JSONTree = .object([
    ("description", .string("Time limit: \"90s\", \"10m\", \"1h30m\", or seconds.")),
    (
      "anyOf",
      .array([
        .object([("type", .string("number")), ("exclusiveMinimum", .integer(0))]),
        .object([
          ("type", .string("string")), ("pattern", .string("^ *([0-9][0-9. ]*[dhms] *)+$")),
        ]),
      ])
    ),
  ])

  private static let memory: JSONTree = .object([
    ("description", .string("Memory reserved while it runs: \"512MB\", \"2GB\", or bytes.")),
    (
      "anyOf",
      .array([
        .object([("type", .string("integer")), ("minimum", .integer(1))]),
        .object([
          ("type", .string("string")),
          ("pattern", .string("^ *[0-9][0-9. ]*([kKMGT]B|[KMGT]iB|B)$")),
        ]),
      ])
    ),
  ])

  private static func variables(_ text: String) -> JSONTree {
    ManifestSchema.described(
      .array, text,
      [
        ("uniqueItems", .boolean(true)),
        (
          "items",
          .object([
            ("type", .string("string")), ("pattern", .string("^(?!PIPE_)[A-Za-z_][A-Za-z0-9_]*$")),
          ])
        ),
      ])
  }

  private static func texts(_ text: String) -> JSONTree {
    ManifestSchema.described(
      .array, text,
      [("items", .object([("type", .string("string")), ("minLength", .integer(1))]))])
  }

  private static func limits(_ least: Int, _ most: Int, _ fallback: Int) -> [(String, JSONTree)] {
    [("minimum", .integer(least)), ("maximum", .integer(most)), ("default", .integer(fallback))]
  }
}
