//! Everything that one program can test: a file a subject. Apart stand only the golden cases, which
//! are found at run time, and the batch engine, whose tests send signals.

mod common;
// The fuzz targets' checks and documents, which the properties run too.
#[cfg(all(
    feature = "cli",
    feature = "epub",
    feature = "html",
    feature = "markdown",
    feature = "pandoc",
    feature = "pdf",
    feature = "wikitext"
))]
#[path = "../fuzz/src/document.rs"]
mod document;
#[cfg(all(
    feature = "cli",
    feature = "epub",
    feature = "html",
    feature = "markdown",
    feature = "pandoc",
    feature = "pdf",
    feature = "wikitext"
))]
#[path = "../fuzz/src/targets.rs"]
mod targets;

mod account;
mod added_fonts;
mod architecture;
mod blocks;
mod books;
#[cfg(feature = "citations")]
mod citations;
mod cli;
mod config;
mod conformance_pdf;
mod determinism;
mod drawings;
mod endings;
mod examples;
mod fonts;
mod formulas;
#[cfg(all(feature = "cli", feature = "epub", feature = "html", feature = "markdown", feature = "pdf"))]
mod guide;
mod hostile;
mod html;
#[cfg(feature = "markdown")]
mod jobs;
mod json_input;
mod limits;
#[cfg(feature = "markdown")]
mod markdown;
mod own;
mod pandoc;
mod passages;
mod pieces;
mod properties;
mod published;
mod schema;
mod styles;
mod templates;
mod wikitext;
mod wikitext_account;
mod wikitext_infobox;
