//! What a line says.

use serde::Serialize;

/// A passage of a document, as a line of JSON has it: a block, or a chunk of several.
///
/// Every line has every field, in this order; what is not known is `null`. What is counted in characters
/// counts Unicode scalar values, as Python's strings do.
///
/// The document's text is its blocks one after another, a blank line between them, without its title and
/// without its attribution: `text` without what it repeats is that text from `byte_start` to `byte_end`, and from
/// `char_start` to `char_end`. One passage begins where another ends, but for white space.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Passage {
    /// A UUID made from the document's id, the headings and the words: another one in every document, and the
    /// same as long as the passage says the same under the same headings.
    pub id: String,
    /// The document: the name of its input, with `#` and its title where that holds several articles.
    pub document_id: String,
    /// What it says, with what it repeats before.
    pub text: String,
    /// The kinds of blocks that it has a part of, in the order of the text, as in the full JSON; `note` for a note.
    pub types: Vec<&'static str>,
    /// The headings that its text stands under, the highest first; with its own when it begins with some.
    pub headings: Vec<String>,
    /// The document's title.
    pub title: Option<String>,
    /// The address that the document comes from.
    pub url: Option<String>,
    /// The document's revision.
    pub revision: Option<String>,
    /// The document's language, as a BCP 47 tag.
    pub language: Option<String>,
    /// The licence of the text.
    pub license: Option<String>,
    /// Source, authors and licence in a sentence, to be shown with what is quoted.
    pub attribution: Option<String>,
    /// The first page of the PDF that it is on, counted as pages are numbered, where that was asked for.
    pub page_start: Option<u32>,
    /// The last page that it is on.
    pub page_end: Option<u32>,
    /// Where it begins in the document's text, in bytes of UTF-8.
    pub byte_start: usize,
    /// Where it ends in the document's text, in bytes.
    pub byte_end: usize,
    /// Where it begins in the document's text, in characters.
    pub char_start: usize,
    /// Where it ends in the document's text, in characters.
    pub char_end: usize,
    /// How many bytes of `text` come first that are repeated from before: an overlap, a table's header.
    pub repeated_bytes: usize,
    /// The same in characters.
    pub repeated_chars: usize,
    /// The input that it comes from, by its name: a path or `-`.
    pub source: Option<String>,
    /// Where it begins in its input, in bytes of it decoded to UTF-8.
    pub source_byte_start: Option<usize>,
    /// Where it ends in its input, in bytes.
    pub source_byte_end: Option<usize>,
    /// Where it begins in its input, in characters; not known of what was read from a document's JSON.
    pub source_char_start: Option<usize>,
    /// Where it ends in its input, in characters.
    pub source_char_end: Option<usize>,
    /// The passage before it in the document.
    pub previous_id: Option<String>,
    /// The passage after it.
    pub next_id: Option<String>,
}
