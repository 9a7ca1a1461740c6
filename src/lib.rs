//! fanfold turns an article into a typeset PDF, an EPUB, clean text or structured JSON.
//!
//! ```text
//! bytes ─ detect ─ Reader ─▶ Document ─ transforms ─▶ Document ─▶ Writer ─▶ bytes
//! ```
//!
//! Data flows one way. A reader knows no writer, a writer knows no reader, layout knows no PDF.
//!
//! ```
//! use fanfold::Converter;
//!
//! let (converter, mut diagnostics) = (Converter::default(), Vec::new());
//! let mut cx = converter.read_context("cat.txt", &mut diagnostics);
//! let document = converter.read(b"= Cat =\n\nA small animal.\n", None, &mut cx)?;
//! let mut json = Vec::new();
//! let mut cx = converter.write_context("cat.txt", &mut diagnostics);
//! converter.write(&document, "json", &mut json, &mut cx)?;
//! # Ok::<(), fanfold::format::Error>(())
//! ```
//!
//! # The map
//!
//! | module | what is in it |
//! |---|---|
//! | [`Converter`] | the whole way, built once and shared by threads; a [`Builder`] sets it up |
//! | [`job`] | one document through it, guarded: limits of time and loss, denied diagnostics, panics |
//! | [`format`](mod@format) | [`Reader`](format::Reader), [`Writer`](format::Writer), [`Registry`](format::Registry), [`ReadContext`](format::ReadContext), [`WriteContext`](format::WriteContext), [`Limits`](format::Limits), [`Error`](format::Error) |
//! | [`model`] | [`Document`](model::Document) and its nodes; [`visit`](model::visit) walks and changes them |
//! | [`read`], [`write`](mod@write) | the built-in formats, each with its options as fields |
//! | [`transform`] | passes between reading and writing |
//! | [`diagnostic`], [`account`] | what was said, and what became of each byte |
//! | [`asset`] | where images come from |
//! | [`style`] | how documents look, in every format: read from TOML |
//! | [`pdf`] | how its pages look and which faces they are set in |
//!
//! Readers and writers touch nothing but their arguments: no clock, no disk, no environment, no
//! globals. All of it is `Send + Sync`. `examples/` has a writer and a reader of one's own, a filter,
//! a document built by hand, and conversion over threads.
//!
//! # Features
//!
//! | feature | what it brings | crates it pulls in |
//! |---|---|---|
//! | none | the model, article and JSON formats, plain text, JSON lines | serde, icu_segmenter, uuid, whatlang |
//! | `markdown` | the Markdown reader, and `html`, which reads the HTML in it | pulldown-cmark |
//! | `wikitext` | the wikitext reader | quick-xml, toml, web_atoms |
//! | `pandoc` | pandoc's JSON, read and written | jsonc-parser |
//! | `html` | HTML, read and written | html5ever, quick-xml |
//! | `citations` | citations of works (`[@key]`), from BibTeX, BibLaTeX, CSL JSON and YAML, in styles of CSL | hayagriva |
//! | `epub` | the EPUB writer | epub-builder, quick-xml |
//! | `pdf` | typesetting, the PDF writer | printpdf, lopdf, harfrust, skrifa, subsetter |
//! | `fonts` | the faces of `pdf` compiled in; without it [`pdf::FontLibrary::from_files`] is given them | |
//! | `cli` | the command line | clap |
//! | `schema` | the JSON Schema made anew from the types | schemars |
//! | `tokens` | passages counted in the tokens of a language model | tokenizers |
//!
//! All but `citations`, `schema` and `tokens` are on by default.

#![forbid(unsafe_code)]
// The same bytes at every run, and nothing touched but the arguments; `clippy.toml` says what that means.
#![cfg_attr(
    not(test),
    warn(
        clippy::disallowed_methods,
        clippy::iter_over_hash_type,
        clippy::print_stderr,
        clippy::print_stdout
    )
)]

#[cfg(feature = "batch")]
#[allow(
    clippy::disallowed_methods,
    reason = "it reads and writes files, and bounds the time of each document"
)]
pub mod batch;
mod builtin;
mod citation;
mod convert;
#[cfg(feature = "pdf")]
mod font;
pub mod format;
mod input;
pub mod job;
mod json;
#[cfg(feature = "pdf")]
mod layout;
#[cfg_attr(
    not(all(feature = "html", feature = "pdf")),
    allow(dead_code, unused_imports, reason = "what formats share is not used by each")
)]
mod markup;
#[cfg_attr(
    not(all(feature = "html", feature = "pdf")),
    allow(dead_code, unused_imports, reason = "what formats share is not used by each")
)]
mod math;
#[cfg(any(feature = "batch", feature = "html", feature = "wikitext"))]
mod mediawiki;
pub mod model;
#[cfg(feature = "pdf")]
pub mod pdf;
mod picture;
pub mod read;
mod report;
#[cfg(any(feature = "epub", feature = "html", feature = "pdf"))]
pub mod style;
#[cfg_attr(
    not(all(feature = "html", feature = "pdf")),
    allow(dead_code, unused_imports, reason = "what formats share is not used by each")
)]
mod text;
pub mod transform;
pub mod write;

/// The guide's chapter on the library, whose programs are run.
#[cfg(all(doctest, feature = "html", feature = "markdown"))]
#[doc = include_str!("../examples/guide/library.md")]
pub struct Guide;

pub use builtin::registry;
#[cfg(feature = "citations")]
pub use citation::{Fault, Works};
pub use convert::{Builder, Converter};
pub use input::{decode, detect};
pub use json::schema;
pub use picture::asset;
pub use report::{account, diagnostic};

/// What is inside, for the project's own program and measurements: nothing here is kept.
#[doc(hidden)]
pub mod internals {
    #[cfg(feature = "batch")]
    pub use crate::batch::digest;
    #[cfg(feature = "pdf")]
    pub use crate::font::{FaceSurvey, Repertoire};
    pub use crate::input::files::{open, reason};
    #[cfg(feature = "pdf")]
    pub use crate::layout::{ImageSizes, PageSink, inline, page, structure, typeset};
    pub use crate::write::json::lies_beside;
}
