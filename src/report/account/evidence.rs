//! What a document shows of its source: the words of its nodes where their spans say.

use super::strip::{Fate, METADATA, RENDERED, SYNTAX, Strip};
use super::words::{align, escapes, is_reference, is_word, touches_reference, words, words_of_address};
use crate::model::visit::{Visit, walk_article, walk_block, walk_inline};
use crate::model::{
    Attr, Block, BlockKind, Document, Infobox, Inline, InlineKind, ListItem, Meta, Note, SourceId, Span,
    Target,
};
use std::collections::BTreeSet;
use std::ops::Range;

/// Paints what the document shows.
pub(super) fn paint(strip: &mut Strip<'_>, document: &Document) {
    metadata(strip, &document.meta);
    for article in &document.articles {
        metadata(strip, &article.meta);
    }
    for article in &document.articles {
        let mut evidence = Evidence { strip, notes: &article.notes };
        walk_article(&mut evidence, article);
        for inline in document.meta.title.iter().chain(&document.meta.subtitle).chain(&article.meta.subtitle)
        {
            evidence.inline(inline);
        }
        for note in &article.notes {
            evidence.carried(note.span, [note.name.as_deref(), note.group.as_deref()].into_iter().flatten());
        }
        for citation in &article.citations {
            let values = citation.arguments.iter().map(|(_, value)| value.as_str());
            evidence.carried(citation.span, values);
        }
    }
}

/// Metadata paints over syntax, but not over what a diagnostic says is dropped.
fn metadata(strip: &mut Strip<'_>, meta: &Meta) {
    for span in &meta.spans {
        let end = (span.end as usize).min(strip.fates.len());
        for fate in &mut strip.fates[(span.start as usize).min(end)..end] {
            if *fate == 0 || *fate == SYNTAX {
                *fate = METADATA;
            }
        }
    }
}

struct Evidence<'s, 't, 'd> {
    strip: &'s mut Strip<'t>,
    notes: &'d [Note],
}

impl<'t> Evidence<'_, 't, '_> {
    fn source(&self, span: Span) -> Option<&'t str> {
        if span.source != SourceId(0) { None } else { self.strip.text.get(span.range()) }
    }

    /// A node that is these words.
    fn says(&mut self, span: Span, text: &str) {
        let Some(source) = self.source(span) else { return };
        let start = span.start as usize;
        if source == text {
            return self.strip.paint(span.range(), Fate::Rendered);
        }
        align(source, text, |word| self.strip.paint(start + word.start..start + word.end, Fate::Rendered));
        // Marks between the words are the text's own where the text has them.
        for (at, c) in source.char_indices().filter(|&(_, c)| !is_word(c)) {
            if text.contains(c) {
                self.strip.paint(start + at..start + at + c.len_utf8(), Fate::Rendered);
            }
        }
    }

    /// A block of code without the line that opens it.
    fn below_fence(&self, span: Span) -> Span {
        let source = self.source(span).unwrap_or_default();
        let fenced = ["```", "~~~"].iter().any(|fence| source.trim_start().starts_with(fence));
        let line = source.find('\n').filter(|_| fenced).unwrap_or_default();
        Span { start: span.start + line as u32, ..span }
    }

    /// A node that carries these strings beside its words, in no order.
    fn carried<'a>(&mut self, span: Span, strings: impl Iterator<Item = &'a str>) {
        let Some(source) = self.source(span) else { return };
        let start = span.start as usize;
        let mut carried = BTreeSet::new();
        for string in strings {
            carried.extend(words_of_address(string).chain(words(string)).map(|r| &string[r]));
            // An address as it stands, with the marks in it.
            if string.contains(|c| !is_word(c)) {
                for (at, _) in source.match_indices(string) {
                    self.show(start + at..start + at + string.len());
                }
            }
        }
        if carried.is_empty() {
            return;
        }
        for word in words_of_address(source) {
            let part = &source[word.clone()];
            let shown = carried.contains(part)
                || is_reference(source, &word)
                || (touches_reference(source, &word) && carried.iter().any(|c| c.contains(part)));
            if shown {
                self.show(start + word.start..start + word.end);
            }
        }
        for escape in escapes(source) {
            self.show(start + escape.start..start + escape.end);
        }
    }

    /// Paints what is not painted as rendered.
    fn show(&mut self, range: Range<usize>) {
        if self.strip.fates.get(range.clone()).is_some_and(|fates| fates.iter().any(|f| *f != RENDERED)) {
            self.strip.paint(range, Fate::Rendered);
        }
    }

    fn attributes(&mut self, span: Span, attr: Option<&Attr>) {
        let Some(attr) = attr else { return };
        let strings = attr.id.iter().chain(&attr.classes).chain(&attr.title).map(String::as_str);
        let lang = attr.lang.as_ref().map(|tag| tag.as_str());
        self.carried(span, strings.chain(lang));
    }

    /// A node that is one tag, such as `<br />`, and nothing beside it.
    fn mark(&mut self, span: Span) {
        let inside = self.source(span).and_then(|s| s.strip_prefix('<')?.strip_suffix('>'));
        if inside.is_some_and(|tag| !tag.contains(['<', '>', '{', '['])) {
            self.strip.paint(span.range(), Fate::Syntax);
        }
    }

    /// The number before an item: `12.` or `b)`.
    fn number(&mut self, item: &ListItem) {
        let Some(source) = self.source(item.span) else { return };
        let indent = source.len() - source.trim_start().len();
        let source = &source[indent..];
        let marker = source.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(source.len());
        if marker <= 9 && source[marker..].starts_with(['.', ')']) {
            let start = item.span.start as usize + indent;
            self.strip.paint(start..start + marker + 1, Fate::Syntax);
        }
    }

    fn infobox(&mut self, span: Span, infobox: &Infobox) {
        for row in &infobox.rows {
            self.carried(row.span, row.key.as_deref().into_iter());
        }
        if let Some(image) = &infobox.image {
            self.carried(span, [image.image.source.as_str()].into_iter().chain(image.image.alt.as_deref()));
        }
    }
}

impl Visit<'_> for Evidence<'_, '_, '_> {
    fn block(&mut self, block: &Block) {
        let span = block.span;
        if let BlockKind::List { items, .. } = &block.kind {
            items.iter().for_each(|item| self.number(item));
        }
        walk_block(self, block);
        match &block.kind {
            BlockKind::Code { language, text, .. } => {
                let span = self.below_fence(span);
                match self.source(span).and_then(|source| source.find(text.as_str())) {
                    Some(at) => {
                        let start = span.start as usize + at;
                        self.strip.paint(start..start + text.len(), Fate::Rendered);
                    }
                    // Its lines are indented, or marked as what encloses it is.
                    None => self.says(span, text),
                }
                self.carried(block.span, language.as_deref().into_iter());
            }
            BlockKind::Math(formula) => self.says(span, &formula.tex),
            BlockKind::Rule => self.mark(span),
            BlockKind::Infobox(infobox) => self.infobox(span, infobox),
            BlockKind::Table(table) => {
                for cell in
                    [&table.head, &table.body, &table.foot].into_iter().flatten().flat_map(|row| &row.cells)
                {
                    self.attributes(cell.span, cell.attr.as_deref());
                }
            }
            _ => {}
        }
        self.attributes(span, block.attr.as_deref());
    }

    fn inline(&mut self, inline: &Inline) {
        let span = inline.span;
        walk_inline(self, inline);
        match &inline.kind {
            InlineKind::Text { text } | InlineKind::Code { text } => self.says(span, text),
            InlineKind::Math(formula) => self.says(span, &formula.tex),
            InlineKind::Link(link) => match &link.target {
                Target::Url(address) | Target::Anchor(address) => {
                    self.carried(span, [address.as_str()].into_iter())
                }
                Target::Article { title, section } => {
                    self.carried(span, [title.as_str()].into_iter().chain(section.as_deref()));
                }
            },
            InlineKind::Image(image) => {
                if let Some(alt) = &image.alt {
                    self.says(span, alt);
                }
                let sizes = [image.width, image.height].map(|n| n.map(|n| n.to_string()).unwrap_or_default());
                let strings = [image.source.as_str()].into_iter().chain(image.alt.as_deref());
                self.carried(span, strings.chain(sizes.iter().map(String::as_str)));
            }
            InlineKind::Note { note } => {
                if let Some(note) = self.notes.get(note.0 as usize) {
                    self.carried(span, [note.name.as_deref(), note.group.as_deref()].into_iter().flatten());
                }
            }
            InlineKind::SoftBreak | InlineKind::HardBreak => self.mark(span),
            InlineKind::Styled { .. } | InlineKind::Unresolved(_) | InlineKind::Unknown(_) => {}
        }
        self.attributes(span, inline.attr.as_deref());
    }
}
