//! Bounds on what one document may cost.

/// Bounds on what one document may cost, whatever it holds. What would pass one ends in an
/// [error](super::Error::Limit) or, where the rest of the document is still good, in a diagnostic; each
/// names the option of the command line that raises it.
///
/// How long a document may take is not among them, for the library has no clock: whoever has one
/// gives [`ReadContext::with_stop`](super::ReadContext::with_stop).
///
/// ```
/// use fanfold::{Converter, format::{Error, Limits}};
///
/// let limits = Limits::default().with(|limits| limits.input_bytes = 10);
/// let converter = Converter::builder().limits(limits).build();
/// let mut diagnostics = Vec::new();
/// let mut cx = converter.read_context("cat.txt", &mut diagnostics);
/// let refused = converter.read(b"= Cat =\n\nA small animal.\n", None, &mut cx);
/// assert!(matches!(refused, Err(Error::Limit { limit: 10, .. })));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of the input: 64 MiB. A larger one is an error (`--max-input-bytes`).
    pub input_bytes: usize,
    /// Blocks and inlines inside each other: 64. Deeper ones are made flat with a diagnostic; JSON
    /// that is nested deeper is an error (`--max-nesting`). At most [`Limits::MOST_NESTING`] counts.
    pub nesting: usize,
    /// Blocks, inlines, rows, cells and items together: 5,000,000. More are an error
    /// (`--max-nodes`).
    pub nodes: usize,
    /// Cells of one table: 1,000,000. More are an error (`--max-table-cells`).
    pub table_cells: usize,
    /// Pages that are set: 50,000. More are an error (`--max-pages`).
    pub pages: usize,
    /// Bytes of one image: 64 MiB. Of a larger one the words are shown, with a diagnostic
    /// (`--max-image-bytes`).
    pub image_bytes: usize,
    /// Bytes of all images together: 256 MiB. Of further ones the words are shown, with a diagnostic
    /// (`--max-total-image-bytes`).
    pub total_image_bytes: usize,
    /// Pixels of one image, width times height: 100,000,000. Of one with more the words are shown,
    /// with a diagnostic (`--max-image-pixels`).
    pub image_pixels: usize,
    /// Calls of templates and parser functions that are expanded, those that templates make
    /// included: 1,000,000. Further ones are kept unexpanded, with a diagnostic
    /// (`--max-template-expansions`). The text that they make is bounded as well, by 32 times the
    /// page and 1 MiB.
    pub template_expansions: usize,
}

crate::format::options!(Limits);

impl Default for Limits {
    fn default() -> Self {
        Limits {
            input_bytes: 64 << 20,
            nesting: 64,
            nodes: 5_000_000,
            table_cells: 1_000_000,
            pages: 50_000,
            image_bytes: 64 << 20,
            total_image_bytes: 256 << 20,
            image_pixels: 100_000_000,
            template_expansions: 1_000_000,
        }
    }
}

impl Limits {
    /// Deeper nesting than a thread's stack holds is not read, whatever the limit says.
    pub const MOST_NESTING: usize = 200;

    /// Blocks and inlines inside each other that are read.
    pub fn depth(&self) -> usize {
        self.nesting.min(Self::MOST_NESTING)
    }
}
