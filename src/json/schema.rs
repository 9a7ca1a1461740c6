//! What fanfold's JSON is called: its writer and its reader agree on it here.

use crate::format::Format;

/// The name of the schema.
pub const NAME: &str = "fanfold";

/// The version of the schema: `major.minor`. A reader of the same major takes any minor.
pub const VERSION: &str = "0.2";

/// A version's major and minor number.
pub(crate) fn version(version: &str) -> Option<(u32, u32)> {
    let (major, minor) = version.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

/// JSON as a format.
pub(crate) const FORMAT: Format = Format {
    name: "json",
    aliases: &[],
    extensions: &["json"],
    media_type: "application/json",
    text: true,
    description: "the document model as JSON, lossless",
};

/// The JSON Schema (2020-12) of what the JSON writer writes, as it is checked in.
pub const JSON_SCHEMA: &str = include_str!("schema.json");

/// The JSON Schema (2020-12) of a line of what is written as `flat` or `chunks`, as it is checked in.
pub const PASSAGE_SCHEMA: &str = include_str!("passage.schema.json");

/// Makes [`JSON_SCHEMA`] from the model's types. `tests/it/schema.rs` holds the two together.
#[cfg(feature = "schema")]
pub fn generate() -> String {
    format!("{:#}\n", schemars::schema_for!(Envelope).to_value())
}

/// Makes [`PASSAGE_SCHEMA`] from the type.
#[cfg(feature = "schema")]
pub fn generate_passage() -> String {
    format!("{:#}\n", schemars::schema_for!(crate::write::Passage).to_value())
}

/// What stands around the document.
#[cfg(feature = "schema")]
#[derive(schemars::JsonSchema)]
#[schemars(title = "fanfold document")]
#[expect(dead_code, reason = "a type for its schema alone")]
struct Envelope {
    /// Says that this is fanfold's JSON.
    #[schemars(extend("const" = NAME))]
    schema: String,
    /// The schema's version, `major.minor`.
    #[schemars(regex(pattern = r"^0\.[0-9]+$"))]
    version: String,
    #[schemars(flatten)]
    document: crate::model::Document,
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for crate::model::Asset {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Asset".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "Attached bytes, most often an image: in the document, or in a file beside it",
            "type": "object",
            "properties": {
                "media_type": {
                    "description": "Media type found from the bytes themselves, never from the file name.",
                    "type": "string"
                },
                "data": { "description": "The bytes.", "type": "string", "contentEncoding": "base64" },
                "file": { "description": "Where the bytes are, from the document's folder.", "type": "string" }
            },
            "required": ["media_type"],
            "oneOf": [{ "required": ["data"] }, { "required": ["file"] }]
        })
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for crate::model::Span {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Span".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "Bytes of the source decoded to UTF-8: start, end (exclusive), and the source's number where it is not 0",
            "type": "array",
            "items": { "type": "integer", "minimum": 0 },
            "minItems": 2,
            "maxItems": 3
        })
    }
}
