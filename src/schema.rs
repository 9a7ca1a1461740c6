//! What fanfold's JSON is called: its writer and its reader agree on it here.

use crate::format::Format;

/// The name of the schema.
pub const NAME: &str = "fanfold";

/// The version of the schema: `major.minor`. A reader of the same major takes any minor.
pub const VERSION: &str = "0.1";

/// JSON as a format.
pub(crate) const FORMAT: Format = Format {
    name: "json",
    aliases: &[],
    extensions: &["json"],
    media_type: "application/json",
    text: true,
    description: "the document model as JSON, lossless",
};
