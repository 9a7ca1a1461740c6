//! Citations as pandoc has them: `[see @key, p. 3; -@other]`, and `@key` or `@key [p. 3]` in the sentence.
//!
//! What cites is a node that holds it as it is written; a transform sets it where lists of works are at hand.

use super::marks::Marks;
use super::reader::Reader;
use crate::model::{Inline, InlineKind, Span, Style};
use crate::text::citation::{self, CLASS, key};

impl Reader<'_, '_, '_> {
    /// The length of a key in the sentence that begins at `@`, or 0 where it cites nothing.
    pub fn key(&mut self, at: usize, rest: &str, plain: usize, marks: &mut Marks) -> usize {
        let before = self.text[..at].chars().next_back();
        let stands_free = before.is_none_or(|c| c.is_whitespace() || "([{\"'“‘—–*_;".contains(c));
        let in_brackets = marks.is_in_bracket();
        let Some((_, length)) = key(&rest[1..]).filter(|_| self.citing && stands_free && !in_brackets) else {
            return 0;
        };
        marks.push_text(self.text, plain, at);
        let span = Span::new(at, at + 1 + length);
        let content = vec![Inline::text(&self.text[span.range()], span)];
        marks.out.push(cited(content, span));
        1 + length
    }

    /// Makes a citation of what stands in brackets, or of its place in the work that stands before them.
    /// Whether it is one.
    pub fn citation(&mut self, opener: usize, start: usize, end: usize, marks: &mut Marks) -> bool {
        let text = self.text;
        let inside = &text[start + 1..end - 1];
        let whole = citation::is_citation(inside);
        let after_key = self.citing && !whole && marks.follows_citation(opener);
        if !whole && (!after_key || inside.contains('@')) {
            return false;
        }
        let mut content = vec![Inline::text("[", Span::new(start, start + 1))];
        content.extend(marks.take(opener));
        content.push(Inline::text("]", Span::new(end - 1, end)));
        let mut span = Span::new(start, end);
        if after_key {
            let at = marks.out.iter().rposition(is_cited).unwrap_or(marks.out.len());
            let before = marks.out.split_off(at);
            span = before.first().map_or(span, |first| first.span.to(span));
            let before = before.into_iter().flat_map(|inline| match inline.kind {
                InlineKind::Styled { content, .. } => content,
                _ => vec![inline],
            });
            content = before.chain(content).collect();
        }
        marks.out.push(cited(content, span));
        true
    }
}

impl Marks {
    /// Whether a citation stands right before what an opener opens, or with a space between.
    fn follows_citation(&self, opener: usize) -> bool {
        let before = &self.out[..self.opened_at(opener)];
        let spaces =
            before.last().is_some_and(|last| matches!(&last.kind, InlineKind::Text { text } if text == " "));
        before[..before.len() - usize::from(spaces)].last().is_some_and(is_cited)
    }
}

fn cited(content: Vec<Inline>, span: Span) -> Inline {
    let mut node = Inline::new(InlineKind::Styled { style: Style::Span, content }, span);
    node.attr_mut().classes.push(CLASS.to_owned());
    node
}

fn is_cited(inline: &Inline) -> bool {
    inline.attr.as_ref().is_some_and(|attr| attr.classes.iter().any(|class| class == CLASS))
}
