use super::{Block, BlockKind, Document, Inline, Row, plain_text};

impl Block {
    /// The words of the block without any mark-up, lines where it has lines.
    pub fn plain_text(&self) -> String {
        let mut out = String::new();
        push(self, &mut out);
        out
    }
}

impl Document {
    /// The words of the whole without any mark-up, a block on lines of its own: titles, bodies,
    /// then notes. For text that people read, there is the [text writer](crate::write::Text).
    ///
    /// ```
    /// use fanfold::{Converter, diagnostic::Ignore, format::{ReadContext, Limits}};
    ///
    /// let (limits, mut sink) = (Limits::default(), Ignore);
    /// let mut cx = ReadContext::new("cat.txt", &limits, &mut sink);
    /// let document = Converter::default().read(b"= Cat =\n\nA small animal.\n", None, &mut cx)?;
    /// assert_eq!(document.plain_text(), "Cat\nA small animal.");
    /// # Ok::<(), fanfold::format::Error>(())
    /// ```
    pub fn plain_text(&self) -> String {
        let mut out = String::new();
        inlines(&self.meta.title, &mut out);
        for article in &self.articles {
            inlines(&article.meta.title, &mut out);
            push_all(&article.blocks, &mut out);
            article.notes.iter().for_each(|note| push_all(&note.blocks, &mut out));
        }
        out
    }
}

/// The words of blocks, each on lines of its own.
pub(crate) fn words_of(blocks: &[Block]) -> String {
    let mut out = String::new();
    push_all(blocks, &mut out);
    out
}

fn push_all(blocks: &[Block], out: &mut String) {
    for block in blocks {
        push(block, out);
    }
}

/// Adds a line.
fn line(text: &str, out: &mut String) {
    if !text.trim().is_empty() {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(text.trim_end());
    }
}

fn inlines(content: &[Inline], out: &mut String) {
    line(&plain_text(content), out);
}

fn push(block: &Block, out: &mut String) {
    match &block.kind {
        BlockKind::Heading { content, .. } | BlockKind::Paragraph { content } => inlines(content, out),
        BlockKind::Quote { body } | BlockKind::Aside { body, .. } => push_all(body, out),
        BlockKind::List { items, .. } => items.iter().for_each(|item| push_all(&item.blocks, out)),
        BlockKind::Definitions { items } => {
            for item in items {
                item.terms.iter().for_each(|term| inlines(term, out));
                item.details.iter().for_each(|detail| push_all(detail, out));
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
            for row in &infobox.rows {
                let (label, value) = (plain_text(&row.label), words_of(&row.value));
                match (label.is_empty(), value.is_empty()) {
                    (false, false) => line(&format!("{label}: {value}"), out),
                    _ => line(&format!("{label}{value}"), out),
                }
            }
        }
        BlockKind::Figure { body, caption } => {
            push_all(body, out);
            inlines(caption, out);
        }
        BlockKind::Unknown(unknown) => inlines(&unknown.content, out),
        BlockKind::Notes { .. } | BlockKind::Rule | BlockKind::Unresolved(_) => {}
    }
}

fn row(row: &Row, out: &mut String) {
    let cells: Vec<String> = row.cells.iter().map(|cell| words_of(&cell.blocks).replace('\n', " ")).collect();
    line(&cells.join("\t"), out);
}
