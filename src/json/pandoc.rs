//! What pandoc's JSON is called: its writer and its reader agree on it here.

use crate::format::Format;

/// The version of pandoc-types whose JSON is written. A reader of the same two first numbers takes it.
pub(crate) const API_VERSION: [u32; 3] = [1, 23, 1];

/// Pandoc's JSON as a format. Files usually end in `.json`, which fanfold's own JSON has first.
pub(crate) const FORMAT: Format = Format {
    name: "pandoc",
    aliases: &[],
    extensions: &["pandoc"],
    media_type: "application/json",
    text: true,
    description: "pandoc's JSON, for every format that pandoc knows",
};

/// Classes for what pandoc's model has no node for.
pub(crate) mod class {
    /// An article of a document of many.
    pub const ARTICLE: &str = "article";
    /// An infobox: a table inside a division.
    pub const INFOBOX: &str = "infobox";
    /// A template that no rule could expand.
    pub const UNRESOLVED: &str = "unresolved";
    /// A link to another article by its title.
    pub const WIKILINK: &str = "wikilink";
}
