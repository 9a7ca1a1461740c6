//! Inlines.

use super::writer::ContentWriter;
use crate::model::{Inline, InlineKind, Style};

impl ContentWriter<'_, '_> {
    /// The words of a paragraph, a title, a caption: quotations start anew.
    pub(super) fn phrase(&mut self, inlines: &[Inline]) {
        self.quotes.start();
        self.inlines(inlines);
    }

    /// Words in the midst of others.
    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        let Some(language) = inline.attr.as_ref().and_then(|a| a.lang.as_ref()) else {
            return self.inline_of_language(inline);
        };
        let inside = self.quotes_of(Some(language));
        let around = std::mem::replace(&mut self.quotes, inside);
        self.inline_of_language(inline);
        self.quotes = around;
        self.quotes.object();
    }

    fn inline_of_language(&mut self, inline: &Inline) {
        if !matches!(inline.kind, InlineKind::Text { .. }) {
            self.page_breaks_before(inline.span);
        }
        let attr = inline.attr.as_deref();
        match &inline.kind {
            InlineKind::Text { text } if attr.is_none() => self.paged_prose(text, inline.span),
            InlineKind::Text { text } => {
                self.open("span", attr, "");
                self.paged_prose(text, inline.span);
                self.out.push_str("</span>");
            }
            InlineKind::Styled { style, content } => {
                let (element, extra) = element(*style);
                self.open(element, attr, extra);
                self.inlines(content);
                self.out.push_str("</");
                self.out.push_str(element);
                self.out.push('>');
            }
            InlineKind::Code { text } => {
                self.open("code", attr, "");
                self.text(text, inline.span);
                self.quotes.object();
                self.out.push_str("</code>");
            }
            InlineKind::Math(formula) => {
                if attr.is_some() {
                    self.open("span", attr, "");
                }
                self.math(formula, inline.span, false);
                if attr.is_some() {
                    self.out.push_str("</span>");
                }
            }
            InlineKind::Link(link) => self.link(link, inline),
            InlineKind::Image(image) => {
                self.image(image, attr, inline.span);
                self.quotes.object();
            }
            InlineKind::Note { note } => self.note_call(*note),
            InlineKind::SoftBreak => self.prose("\n", inline.span),
            InlineKind::HardBreak => {
                self.quotes.set("\n");
                self.out.push_str("<br>");
                self.end_void();
                self.out.push('\n');
            }
            InlineKind::Unknown(unknown) => self.phrase(&unknown.content),
            InlineKind::Unresolved(_) => {}
        }
    }
}

/// The element that means what the style means.
fn element(style: Style) -> (&'static str, &'static str) {
    match style {
        Style::Emphasis => ("em", ""),
        Style::Strong => ("strong", ""),
        Style::Underline => ("u", ""),
        Style::Strikeout => ("s", ""),
        Style::Superscript => ("sup", ""),
        Style::Subscript => ("sub", ""),
        Style::SmallCaps => ("span", " class=\"small-caps\""),
        Style::Small => ("small", ""),
        Style::Mark => ("mark", ""),
        Style::Keyboard => ("kbd", ""),
        Style::Sample => ("samp", ""),
        Style::Variable => ("var", ""),
        Style::Inserted => ("ins", ""),
        Style::Definition => ("dfn", ""),
        Style::Quotation => ("q", ""),
        Style::Abbreviation => ("abbr", ""),
        Style::Cite => ("cite", ""),
        Style::Span => ("span", ""),
    }
}
