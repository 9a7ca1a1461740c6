//! The second pass: templates by their rules, parser functions, extension tags put aside.
//!
//! What comes out is wikitext again, as in MediaWiki, with a marker (`NUL index NUL`; the decoder
//! lets no NUL through) for each thing that isn't text: an extension tag, an infobox, a template
//! that no rule knows.

use super::arguments::Arguments;
use super::claims::{Claims, Subject};
use super::flat::Flat;
use super::rules::Rules;
use crate::format::Limits;
use crate::model::{Citation, Span};
use crate::read::wikitext::parse::marker::{Body, Item};
use crate::read::wikitext::parse::preprocess::{Kind, Mode, Tokens, preprocess};
use crate::read::wikitext::show::Show;
use std::ops::Range;

/// What a call costs of the budget beside the bytes that it makes: calls that make none are not free.
pub const CALL_COST: usize = 64;

/// What the page says about itself by the way.
#[derive(Debug, Default)]
pub struct Findings {
    pub display_title: Option<Flat>,
    pub citations: Vec<Citation>,
    pub claims: Claims,
    /// Spans that only say something about the page.
    pub meta_spans: Vec<Span>,
}

/// A text with its tokens, and how it came to be expanded.
#[derive(Clone, Copy)]
pub struct Frame<'p> {
    pub text: &'p str,
    pub tokens: &'p Tokens,
    /// Where it was put into the source; `None` for the source itself.
    pub call: Option<Span>,
    /// What its parameters stand for.
    pub arguments: Option<&'p Arguments>,
    /// What `{{{#}}}` stands for: the number of the arguments whose turn it is in `#every`.
    pub turn: Option<usize>,
    /// How many calls it is inside of.
    pub depth: usize,
}

impl<'p> Frame<'p> {
    /// The same text, inside of one more call.
    pub fn inner(self) -> Self {
        Frame { depth: self.depth + 1, ..self }
    }

    /// The place in the source of a range of the text.
    pub fn span(self, range: Range<usize>) -> Span {
        self.call.unwrap_or_else(|| Span::new(range.start, range.end))
    }

    /// The bytes of a range of tokens.
    pub fn bytes(self, range: &Range<usize>) -> Range<usize> {
        let tokens = &self.tokens.tokens[range.clone()];
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => first.start as usize..last.end as usize,
            _ => 0..0,
        }
    }

    /// The source of a range of tokens, without white space around.
    pub fn written(self, range: &Range<usize>) -> &'p str {
        self.text[self.bytes(range)].trim()
    }
}

/// One part of a call, between pipes: token ranges of its name and value.
pub struct Part {
    pub name: Option<Range<usize>>,
    pub value: Range<usize>,
}

pub struct Expander<'a> {
    pub source: &'a str,
    pub rules: &'a Rules,
    pub title: &'a str,
    /// What is shown of templates that stay as they are.
    pub show: Show,
    pub items: Vec<Item>,
    pub findings: Findings,
    /// Bytes that may still be made.
    pub budget: usize,
    /// Calls that may still be expanded.
    pub calls: usize,
    /// Asked whether to end: nothing more is expanded then, and the reader ends with the reason.
    pub stop: Option<&'a dyn Fn() -> Option<String>>,
    /// How many calls may be inside each other.
    pub nesting: usize,
    /// The templates whose texts are being expanded, the outer ones first.
    pub active: Vec<String>,
    /// What each repeated text is at that is being expanded, the outer ones first.
    pub counts: Vec<i64>,
    /// Whether what is being expanded only decides what is shown.
    pub deciding: usize,
    /// Where the first heading of the source stands.
    pub first_heading: usize,
}

impl<'a> Expander<'a> {
    pub fn new(
        source: &'a str,
        rules: &'a Rules,
        title: &'a str,
        show: Show,
        limits: &Limits,
        stop: Option<&'a dyn Fn() -> Option<String>>,
    ) -> Self {
        Expander {
            source,
            rules,
            title,
            show,
            items: Vec::new(),
            findings: Findings::default(),
            budget: source.len().saturating_mul(32).saturating_add(1 << 20),
            calls: limits.template_expansions,
            stop,
            // A page has no meaning with less.
            nesting: limits.depth().max(8),
            active: Vec::new(),
            counts: Vec::new(),
            deciding: 0,
            first_heading: source.find("\n==").unwrap_or(source.len()),
        }
    }

    /// Expands a range of the source.
    pub fn expand_source(&mut self, range: Range<usize>) -> Flat {
        let tokens = preprocess(self.source, range, Mode::Page);
        let frame =
            Frame { text: self.source, tokens: &tokens, call: None, arguments: None, turn: None, depth: 0 };
        let mut out = Flat::default();
        // Templates take more room in the source than in what is shown of them.
        out.text.reserve(tokens.tokens.last().map_or(0, |token| token.end as usize));
        self.expand(frame, 0..tokens.tokens.len(), &mut out);
        self.close_up(out)
    }

    /// Expands a range of a page's tokens.
    pub fn expand(&mut self, frame: Frame<'_>, range: Range<usize>, out: &mut Flat) {
        let mut i = range.start;
        while i < range.end {
            let token = frame.tokens.tokens[i];
            match token.kind {
                Kind::Comment => self.comment(frame, token.range()),
                Kind::Text | Kind::Pipe | Kind::Equals | Kind::Close | Kind::Link => {
                    self.copy(frame, token.range(), out);
                }
                Kind::Extension => self.extension(frame, i, out),
                Kind::Template => {
                    self.template(frame, i, out);
                    i = token.mate as usize;
                }
                Kind::Parameter => {
                    self.parameter(frame, i, out);
                    i = token.mate as usize;
                }
            }
            i += 1;
        }
    }

    /// Expands a range into a text of its own.
    pub fn expanded(&mut self, frame: Frame<'_>, range: Range<usize>) -> Flat {
        let mut out = Flat::default();
        self.expand(frame, range, &mut out);
        out
    }

    pub fn copy(&mut self, frame: Frame<'_>, range: Range<usize>, out: &mut Flat) {
        match frame.call {
            None => out.push_source(frame.text, range),
            Some(span) => {
                self.budget = self.budget.saturating_sub(range.len());
                out.push_made(&frame.text[range], span);
            }
        }
    }

    /// A comment is lost; a tag that steers inclusion is mark-up.
    fn comment(&mut self, frame: Frame<'_>, range: Range<usize>) {
        if frame.call.is_none() && frame.text[range.clone()].trim_start().starts_with("<!--") {
            self.findings.claims.lose(Subject::Comments, "", Span::new(range.start, range.end));
        } else {
            self.syntax(frame, range);
        }
    }

    /// A range of a page is mark-up.
    pub fn syntax(&mut self, frame: Frame<'_>, range: Range<usize>) {
        if frame.call.is_none() {
            self.findings.claims.syntax(Span::new(range.start, range.end));
        }
    }

    /// Expands what only decides what is shown: the condition of a function, a template's name.
    pub fn decided(&mut self, frame: Frame<'_>, range: Range<usize>) -> Flat {
        self.deciding += 1;
        let flat = self.expanded(frame, range);
        self.deciding -= 1;
        flat
    }

    /// Puts an item aside and its marker into the text.
    pub fn mark(&mut self, item: Item, span: Span, out: &mut Flat) {
        out.push_made(&format!("\0{}\0", self.items.len()), span);
        self.items.push(item);
    }

    fn extension(&mut self, frame: Frame<'_>, at: usize, out: &mut Flat) {
        let token = frame.tokens.tokens[at];
        let found = &frame.tokens.extensions[token.mate as usize];
        let span = frame.span(token.range());
        let body = found.body.clone().map(|range| match frame.call {
            None => Body::Source(range),
            Some(call) => {
                let mut made = Flat::default();
                made.push_made(&frame.text[range], call);
                Body::Made(made)
            }
        });
        let attributes = frame.text[found.attributes.clone()].to_owned();
        let inner = found.body.clone().unwrap_or(token.range().end..token.range().end);
        self.syntax(frame, token.range().start..inner.start);
        self.syntax(frame, inner.end..token.range().end);
        self.mark(Item::Extension { name: found.name, attributes, body, span }, span, out);
    }

    /// Puts an extension tag aside whose content has been expanded.
    pub fn mark_extension(
        &mut self,
        name: &'static str,
        attributes: String,
        body: Flat,
        span: Span,
        out: &mut Flat,
    ) {
        self.mark(Item::Extension { name, attributes, body: Some(Body::Made(body)), span }, span, out);
    }

    /// The parts of the call that starts at a token.
    pub fn parts(frame: Frame<'_>, at: usize) -> Vec<Part> {
        let close = frame.tokens.tokens[at].mate as usize;
        let mut parts = Vec::new();
        let (mut start, mut equals) = (at + 1, None);
        let mut i = at + 1;
        loop {
            let kind = if i >= close { Kind::Pipe } else { frame.tokens.tokens[i].kind };
            match kind {
                Kind::Pipe => {
                    parts.push(match equals.take() {
                        Some(e) => Part { name: Some(start..e), value: e + 1..i },
                        None => Part { name: None, value: start..i },
                    });
                    start = i + 1;
                }
                // An equals sign in the name of what is called is part of the name.
                Kind::Equals if equals.is_none() && !parts.is_empty() => equals = Some(i),
                Kind::Template | Kind::Parameter | Kind::Link => i = frame.tokens.tokens[i].mate as usize,
                _ => {}
            }
            if i >= close {
                return parts;
            }
            i += 1;
        }
    }

    fn parameter(&mut self, frame: Frame<'_>, at: usize, out: &mut Flat) {
        let parts = Self::parts(frame, at);
        let name = self.decided(frame.inner(), parts[0].value.clone());
        if let (Some(turn), "#", 1) = (frame.turn, name.text.trim(), parts.len()) {
            out.push_made(&turn.to_string(), frame.call.unwrap_or_default());
        } else if let Some(value) = frame.arguments.and_then(|a| a.get(name.text.trim())) {
            if self.deciding > 0 {
                self.findings.claims.syntax_of(value, 0..value.text.len());
            }
            self.budget = self.budget.saturating_sub(value.text.len());
            if self.budget > 0 {
                out.push_flat(value);
            }
        } else if let Some(default) = parts.get(1) {
            let range = default.name.as_ref().map_or(default.value.start, |n| n.start)..default.value.end;
            if frame.depth < self.nesting {
                self.expand(frame.inner(), range, out);
            }
        } else {
            let close = frame.tokens.tokens[at].mate as usize;
            self.literal(frame, at, close, out);
        }
    }

    /// Shows a call that is none: its brackets are text, what is inside of it is expanded.
    pub fn literal(&mut self, frame: Frame<'_>, at: usize, close: usize, out: &mut Flat) {
        let (open, end) = (frame.tokens.tokens[at], frame.tokens.tokens[close]);
        if frame.depth >= self.nesting {
            self.copy(frame, open.start as usize..end.end as usize, out);
            return;
        }
        self.copy(frame, open.range(), out);
        self.expand(frame.inner(), at + 1..close, out);
        self.copy(frame, end.range(), out);
    }
}

/// A call whose name is known.
pub struct Call<'c> {
    pub frame: Frame<'c>,
    pub parts: &'c [Part],
    /// Where it stands on its page.
    pub range: Range<usize>,
    pub span: Span,
}
