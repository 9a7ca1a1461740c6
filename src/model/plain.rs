//! Words without any mark-up.

use super::{Block, BlockKind, InfoboxRow, Inline, InlineKind, ListItem, Row};

/// What has words.
pub trait Words {
    /// Adds its words to a text.
    fn push_words(&self, text: &mut String);
}

/// The words of inlines, of blocks or of a whole document without any mark-up.
///
/// Of inlines it is what a title in metadata or an outline says: notes are left out, an image gives its
/// alternative text, breaks are spaces. Blocks stand on lines of their own, with tabs between the cells of
/// a table; of a document these are titles, bodies, then notes. For text that people read, there is the
/// [text writer](crate::write::Text).
///
/// ```
/// use fanfold::{Converter, model::plain_text};
///
/// let (converter, mut diagnostics) = (Converter::default(), Vec::new());
/// let mut cx = converter.read_context("cat.txt", &mut diagnostics);
/// let document = converter.read(b"= Cat =\n\nA small animal.\n", None, &mut cx)?;
/// assert_eq!(plain_text(&document), "Cat\nA small animal.");
/// assert_eq!(plain_text(&document.articles[0].meta.title), "Cat");
/// assert_eq!(plain_text(&document.articles[0].blocks), "A small animal.");
/// # Ok::<(), fanfold::format::Error>(())
/// ```
pub fn plain_text(of: &(impl Words + ?Sized)) -> String {
    let mut text = String::new();
    of.push_words(&mut text);
    text
}

impl<T: Words + ?Sized> Words for &T {
    fn push_words(&self, text: &mut String) {
        (**self).push_words(text);
    }
}

impl<T> Words for Vec<T>
where
    [T]: Words,
{
    fn push_words(&self, text: &mut String) {
        self.as_slice().push_words(text);
    }
}

impl Words for [Inline] {
    fn push_words(&self, text: &mut String) {
        self.iter().for_each(|inline| inline.push_words(text));
    }
}

impl Words for Inline {
    fn push_words(&self, out: &mut String) {
        match &self.kind {
            InlineKind::Text { text } | InlineKind::Code { text } => out.push_str(text),
            InlineKind::Math(formula) => out.push_str(&formula.tex),
            InlineKind::Styled { content, .. } => content.push_words(out),
            InlineKind::Link(link) => link.content.push_words(out),
            InlineKind::Unknown(unknown) => unknown.content.push_words(out),
            InlineKind::Image(image) => out.push_str(image.alt.as_deref().unwrap_or_default()),
            InlineKind::SoftBreak | InlineKind::HardBreak => out.push(' '),
            InlineKind::Note { .. } | InlineKind::Unresolved(_) => {}
        }
    }
}

impl Words for [Block] {
    fn push_words(&self, text: &mut String) {
        self.iter().for_each(|block| block.push_words(text));
    }
}

impl Words for Block {
    fn push_words(&self, out: &mut String) {
        match &self.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph { content } => inlines(content, out),
            BlockKind::Quote { body } | BlockKind::Aside { body, .. } => body.push_words(out),
            BlockKind::List { items, .. } => items.iter().for_each(|item| item.push_words(out)),
            BlockKind::Definitions { items } => {
                for item in items {
                    item.terms.iter().for_each(|term| inlines(term, out));
                    item.details.iter().for_each(|detail| detail.push_words(out));
                }
            }
            BlockKind::Code { text, .. } => line(text, out),
            BlockKind::Math(formula) => line(&formula.tex, out),
            BlockKind::Table(table) => {
                inlines(&table.caption, out);
                table.head.iter().chain(&table.body).chain(&table.foot).for_each(|r| row(r, out));
            }
            BlockKind::Infobox(infobox) => {
                inlines(&infobox.title, out);
                if let Some(image) = &infobox.image {
                    inlines(&image.caption, out);
                }
                infobox.rows.iter().for_each(|row| row.push_words(out));
            }
            BlockKind::Figure { body, caption } => {
                // A picture that is described by words of its caption says them once.
                let described = plain_text(body);
                if !plain_text(caption).contains(described.trim()) {
                    line(&described, out);
                }
                inlines(caption, out);
            }
            BlockKind::Unknown(unknown) => inlines(&unknown.content, out),
            BlockKind::Notes { .. } | BlockKind::Rule | BlockKind::Unresolved(_) => {}
        }
    }
}

impl Words for ListItem {
    fn push_words(&self, text: &mut String) {
        self.blocks.push_words(text);
    }
}

/// The label, a colon, the value.
impl Words for InfoboxRow {
    fn push_words(&self, text: &mut String) {
        let (label, value) = (plain_text(&self.label), plain_text(&self.value));
        let colon = if label.is_empty() || value.is_empty() { "" } else { ": " };
        line(&format!("{label}{colon}{value}"), text);
    }
}

/// Adds a line.
pub(super) fn line(words: &str, text: &mut String) {
    if !words.trim().is_empty() {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(words.trim_end());
    }
}

fn inlines(content: &[Inline], text: &mut String) {
    line(&plain_text(content), text);
}

fn row(row: &Row, text: &mut String) {
    let cells: Vec<String> =
        row.cells.iter().map(|cell| plain_text(&cell.blocks).replace('\n', " ")).collect();
    line(&cells.join("\t"), text);
}
