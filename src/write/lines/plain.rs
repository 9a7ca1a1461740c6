//! Blocks as words without mark-up: items keep their marks, rows their lines.

use super::page::Writing;
use crate::model::{
    Block, BlockKind, Infobox, Inline, InlineKind, ListItem, Marker, Span, Style, plain_text,
};
use crate::text::raised::raised;

impl Writing<'_, '_, '_> {
    pub fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.line();
            self.block(block);
        }
    }

    /// Blocks of which the first goes on in the line that has begun.
    pub fn item(&mut self, blocks: &[Block]) {
        if let Some((first, rest)) = blocks.split_first() {
            self.block(first);
            self.blocks(rest);
        }
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Heading { content, .. } | BlockKind::Paragraph { content } => self.inlines(content),
            BlockKind::Quote { body } => self.parts(body),
            BlockKind::Aside { role, body } => {
                if let Some(word) = role.word() {
                    self.words(word, block.span);
                    self.page.text.push_str(": ");
                    self.item(body);
                } else {
                    self.parts(body);
                }
            }
            BlockKind::List { marker, items, .. } => self.list(*marker, items),
            BlockKind::Definitions { items } => {
                for item in items {
                    self.part();
                    for term in &item.terms {
                        self.line();
                        self.inlines(term);
                    }
                    self.indented(2, |writing| {
                        for detail in &item.details {
                            writing.blocks(detail);
                        }
                    });
                }
            }
            BlockKind::Code { text, .. } => self.code(text, block.span),
            BlockKind::Math(formula) => self.words(&formula.tex, block.span),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Infobox(infobox) => self.infobox(infobox),
            BlockKind::Figure { body, caption } => {
                // A picture that is described by words of its caption says them once.
                if caption.is_empty() || !plain_text(caption).contains(plain_text(body).trim()) {
                    self.parts(body);
                }
                self.line();
                self.inlines(caption);
            }
            BlockKind::Unknown(unknown) => self.inlines(&unknown.content),
            BlockKind::Notes { .. } | BlockKind::Rule | BlockKind::Unresolved(_) => {}
        }
    }

    /// Blocks between which the text may be cut.
    fn parts(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.part();
            self.block(block);
        }
    }

    /// Begins a line at which the block may be cut.
    pub fn part(&mut self) {
        self.line();
        let at = self.page.text.len() - self.trailing();
        if !self.one_line
            && let Some(piece) = self.current()
        {
            piece.lines.push(at);
        }
    }

    /// White space at the end of the text.
    fn trailing(&self) -> usize {
        let text = &self.page.text;
        text.len() - text.trim_end_matches(' ').len()
    }

    /// Begins a line, unless it has begun; on what is one line, what stands for it.
    pub fn line(&mut self) {
        let start = self.page.pieces.last().map_or(0, |piece| piece.start);
        let trailing = self.trailing();
        let text = &mut self.page.text;
        let written = text.len() - trailing;
        if written <= start || text[..written].ends_with('\n') {
            return;
        }
        text.truncate(written);
        if self.one_line {
            let ended = text.ends_with(['.', '!', '?', ':', ';', ',', '。', '|']);
            text.push_str(if ended { " " } else { "; " });
        } else {
            text.push('\n');
            text.extend(std::iter::repeat_n(' ', self.indent));
        }
    }

    fn indented(&mut self, by: usize, write: impl FnOnce(&mut Self)) {
        self.indent += by;
        write(self);
        self.indent -= by;
    }

    fn list(&mut self, marker: Marker, items: &[ListItem]) {
        for (n, item) in items.iter().enumerate() {
            self.part();
            // Before the first line of a list in a cell nothing stands for it.
            let mut mark = match marker {
                _ if self.one_line => String::new(),
                Marker::Bullet => "- ".to_owned(),
                Marker::Ordered { start, style } => format!("{}. ", style.write(u64::from(start) + n as u64)),
            };
            if let Some(checked) = item.checked {
                mark.push_str(if checked { "[x] " } else { "[ ] " });
            }
            self.page.text.push_str(&mark);
            self.indented(2, |writing| writing.item(&item.blocks));
        }
    }

    fn code(&mut self, code: &str, span: Span) {
        if self.one_line {
            return self.words(&code.split_whitespace().collect::<Vec<_>>().join(" "), span);
        }
        let start = self.page.text.len();
        self.push(code, span);
        if let Some(piece) = self.page.pieces.last_mut() {
            // Between lines that are blank first, then anywhere between lines.
            let blank = code.match_indices("\n\n").map(|(at, _)| start + at + 2);
            piece.lines.extend(blank);
        }
    }

    fn infobox(&mut self, infobox: &Infobox) {
        self.inlines(&infobox.title);
        if let Some(image) = &infobox.image {
            self.line();
            self.inlines(&image.caption);
        }
        for row in &infobox.rows {
            self.part();
            let before = std::mem::replace(&mut self.one_line, true);
            let start = self.page.text.len();
            self.inlines(&row.label);
            if self.page.text[start..].trim().is_empty() {
                self.page.text.truncate(start);
            } else if !plain_text(&row.value).trim().is_empty() {
                let colon = if self.page.text.ends_with(':') { " " } else { ": " };
                self.page.text.push_str(colon);
            }
            self.item(&row.value);
            self.one_line = before;
        }
    }

    pub fn inlines(&mut self, content: &[Inline]) {
        content.iter().for_each(|inline| self.inline(inline));
    }

    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Text { text } | InlineKind::Code { text } => self.words(text, inline.span),
            InlineKind::Math(formula) => self.words(&formula.tex, inline.span),
            InlineKind::Styled { style, content } => {
                if let (Style::Superscript | Style::Subscript, [only]) = (style, content.as_slice())
                    && let Some(set) = raised(&plain_text(only), *style == Style::Superscript, false)
                {
                    return self.words(&set, inline.span);
                }
                self.inlines(content);
            }
            InlineKind::Link(link) => self.inlines(&link.content),
            InlineKind::Unknown(unknown) => self.inlines(&unknown.content),
            InlineKind::Image(image) => self.words(image.alt.as_deref().unwrap_or_default(), inline.span),
            InlineKind::HardBreak if !self.one_line => {
                let trailing = self.trailing();
                let text = &mut self.page.text;
                text.truncate(text.len() - trailing);
                text.push('\n');
            }
            InlineKind::HardBreak => self.line(),
            InlineKind::SoftBreak => self.words(" ", Span::default()),
            InlineKind::Note { .. } | InlineKind::Unresolved(_) => {}
        }
    }

    /// Adds words; white space only between words.
    fn words(&mut self, words: &str, span: Span) {
        // What is in brackets is said of what stands before it on the line above.
        if self.one_line && words.starts_with('(') && self.page.text.ends_with("; ") {
            let end = self.page.text.len() - 2;
            self.page.text.replace_range(end.., " ");
        }
        let begins = self.page.text.ends_with([' ', '\n']) || self.page.text.is_empty();
        let kept = if begins { words.trim_start_matches([' ', '\n', '\t']) } else { words };
        // Words that are the source's own have their own place in it.
        let own = span.range().len() == words.len();
        let skipped = words.len() - kept.len();
        let span = match own {
            true => {
                Span { source: span.source, ..Span::new(span.start as usize + skipped, span.end as usize) }
            }
            false => span,
        };
        if kept.trim().is_empty() {
            self.page.text.push_str(kept);
        } else {
            self.push(kept, span);
        }
    }
}
