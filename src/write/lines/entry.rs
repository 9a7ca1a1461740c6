//! What is written of a document: its blocks one after another, and how large a passage of them may be.

use crate::model::{Inline, Span};
use serde::Serialize;

/// How much a passage may hold, at least 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Budget {
    /// So many characters.
    Characters(usize),
    /// So many words: what stands between spaces, and each ideograph and kana.
    Words(usize),
}

impl Default for Budget {
    fn default() -> Self {
        Budget::Characters(2000)
    }
}

/// A block with what says where it belongs.
#[derive(Debug, Serialize)]
pub(super) struct Entry<'d> {
    /// The same as long as the block's words and the headings above it are.
    pub id: String,
    /// The article's title.
    pub article: String,
    /// The headings above it, the highest first.
    pub path: Vec<String>,
    /// The kind of block, as in the full JSON; `note` for a note.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Its words; lines of a list, a table or an infobox are lines here.
    pub text: String,
    pub span: Span,
    /// The running text that `text` is made of, where it is nothing else.
    #[serde(skip)]
    pub content: Option<&'d [Inline]>,
}
