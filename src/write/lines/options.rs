//! What can be chosen of passages.

use crate::format::OptionError;
#[cfg(feature = "pdf")]
use crate::{font::FontLibrary, layout::PageStyle};
use std::fmt;
use std::sync::Arc;

/// Writes passages of bounded size, for an index or a language model.
///
/// A passage stays in one section. It ends between blocks where that keeps it in its size, else between
/// the rows of a table or the items of a list, else between sentences, and inside a sentence only when that
/// alone is over the size. A heading is never its end.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Chunks {
    /// The most that a passage's text holds, what it repeats included. Only a table that is not to be cut is larger.
    pub size: usize,
    /// What is counted.
    pub unit: Unit,
    /// The least that a passage holds, but for a document's only one; less than half of what the size leaves beside
    /// the overlap. Smaller sections join their neighbours. Without one it is a tenth of the size.
    pub min: Option<usize>,
    /// The most that a passage repeats of the text before it, in the same section; whole sentences where they fit.
    pub overlap: usize,
    /// How tables are written and cut.
    pub tables: ChunkTables,
    /// What the text is written in.
    pub text: ChunkText,
    /// Whether passages say which pages of the PDF they are on; a note, which it is called on.
    pub pages: ChunkPages,
}

crate::format::options!(Chunks);

impl Default for Chunks {
    fn default() -> Self {
        Chunks {
            size: 2000,
            unit: Unit::default(),
            min: None,
            overlap: 0,
            tables: ChunkTables::default(),
            text: ChunkText::default(),
            pages: ChunkPages::default(),
        }
    }
}

/// The sizes that passages keep.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub most: usize,
    pub least: usize,
    pub overlap: usize,
}

impl Chunks {
    /// The same, when its sizes go together.
    ///
    /// # Errors
    /// For a size of 0, and for a least size or an overlap that leaves no room to cut.
    pub fn checked(self) -> Result<Self, OptionError> {
        if self.size == 0 {
            return Err("a passage holds at least 1".into());
        }
        if self.overlap > self.size / 2 {
            return Err("an overlap is at most half of the size".into());
        }
        if self.min.is_some_and(|min| min > 1 && min > self.most_min()) {
            return Err("the least size is less than half of what the size leaves beside the overlap".into());
        }
        Ok(self)
    }

    /// Two passages of this least size and the blank line between them fit into one.
    fn most_min(&self) -> usize {
        (self.size.saturating_sub(self.overlap) / 2).saturating_sub(1)
    }

    /// The sizes, made to go together.
    pub(super) fn bounds(&self) -> Bounds {
        let most = self.size.max(1);
        let overlap = self.overlap.min(most / 2);
        let least = self.min.unwrap_or(most / 10).min(self.most_min()).max(1);
        Bounds { most, least, overlap }
    }
}

/// What the size of a passage is counted in.
#[derive(Clone, Default)]
#[non_exhaustive]
pub enum Unit {
    /// Characters: Unicode scalar values.
    #[default]
    Characters,
    /// Words: what stands between spaces, and each ideograph and kana.
    Words,
    /// The tokens of a language model.
    Tokens(Arc<dyn Tokenizer>),
}

impl fmt::Debug for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unit::Characters => "Characters",
            Unit::Words => "Words",
            Unit::Tokens(_) => "Tokens",
        })
    }
}

/// Cuts text into the tokens of a language model.
///
/// Each block is cut by itself, then each passage: where a passage that starts or ends inside a block has more tokens
/// than the parts of the blocks, it is made shorter. A passage is over the size only where one character is.
pub trait Tokenizer: Send + Sync {
    /// The byte at which each token starts, in order, without tokens that stand for no text.
    ///
    /// # Errors
    /// When it can't cut the text; then nothing is written.
    fn tokens(&self, text: &str) -> Result<Vec<usize>, Box<dyn std::error::Error + Send + Sync>>;
}

/// How tables are written and cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChunkTables {
    /// A row a line; cut between rows, with the header repeated.
    #[default]
    Rows,
    /// A row a line; never cut, even over the size.
    Whole,
    /// A row a line, each value after the name of its column; cut between rows.
    Records,
}

/// What the text of passages is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChunkText {
    /// Words without mark-up.
    #[default]
    Plain,
    /// GitHub's Markdown.
    #[cfg(feature = "markdown")]
    Markdown,
}

/// Whether passages say which pages of the PDF they are on.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub enum ChunkPages {
    /// They do not.
    #[default]
    None,
    /// The document's own PDF in this style: it is typeset to find where its pages start.
    #[cfg(feature = "pdf")]
    Typeset {
        /// The faces it is set in.
        fonts: Arc<FontLibrary>,
        /// How its pages look.
        style: Box<PageStyle>,
    },
}
