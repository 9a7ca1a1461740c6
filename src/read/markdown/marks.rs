//! Mark-up of running text that the parser does not know: spans with attributes, notes in the text,
//! raised and marked text, links in double brackets, emoji by name.
//!
//! It works on the nodes of one container, where signs stand in texts that are the source's own bytes.

use super::reader::Reader;
use super::{attributes, calls, emoji, heading_links, tex};
use crate::account::Fate;
use crate::diagnostic::{Diagnostic, Remedy, code};
use crate::model::{Inline, InlineKind, Note, NoteId, Span, Style, plain_text};

/// What may be open.
#[derive(Clone, Copy, PartialEq)]
enum Sign {
    Bracket,
    Note,
    Raised,
    Lowered,
    Marked,
    Strong,
}

struct Opener {
    sign: Sign,
    /// The node that shows it as text, should nothing end it.
    at: usize,
}

/// As many may be open at once: what is in them is looked at again when each ends.
const MOST_OPEN: usize = 12;

pub(super) struct Marks {
    pub(super) out: Vec<Inline>,
    open: Vec<Opener>,
    /// What lies before this place is read.
    skip: usize,
    /// No link in double brackets ends between the one and the other.
    unended: (usize, usize),
    /// Where backslashes were counted last, and where those before it begin: very many may follow each other.
    backslashes: (usize, usize),
}

impl Reader<'_, '_, '_> {
    /// Running text with its mark-up read.
    pub fn marked(&mut self, inlines: Vec<Inline>) -> Vec<Inline> {
        let has_sign = |inline: &Inline| match &inline.kind {
            InlineKind::Text { text } => {
                text.contains(['[', '^', '=', ':', '{', '~', '@', '-', '.', '\\']) || text.contains("**")
            }
            _ => false,
        };
        if self.dialect == super::Dialect::CommonMark || !inlines.iter().any(has_sign) {
            return inlines;
        }
        let end = inlines.last().map_or(0, |last| last.span.end as usize);
        let out = Vec::with_capacity(inlines.len());
        let mut marks = Marks { out, open: Vec::new(), skip: 0, unended: (0, 0), backslashes: (0, 0) };
        for inline in inlines {
            let range = inline.span.range();
            if range.end <= marks.skip && !range.is_empty() {
                continue;
            }
            match &inline.kind {
                InlineKind::Text { text } if self.text.get(range.clone()) == Some(text) => {
                    self.scan(range.start.max(marks.skip), range.end, end, &mut marks);
                }
                _ => marks.out.push(inline),
            }
        }
        let mut out = joined(self.text, marks.out);
        if self.as_pandoc {
            out.iter_mut().for_each(|inline| self.dashes(inline));
        }
        out
    }

    /// Two hyphens are an en dash, three an em dash, three full stops an ellipsis, where no backslash stands
    /// before one.
    fn dashes(&self, inline: &mut Inline) {
        let InlineKind::Text { text } = &mut inline.kind else { return };
        if !text.contains("--") && !text.contains("...") {
            return;
        }
        let source = &self.text[inline.span.range()];
        if source.contains("\\-") || source.contains("\\.") {
            return;
        }
        let escaped = self.text[..inline.span.start as usize].ends_with('\\');
        let first = if escaped { text.chars().next().map_or(0, char::len_utf8) } else { 0 };
        let rest = text[first..].replace("---", "—").replace("--", "–").replace("...", "…");
        text.replace_range(first.., &rest);
    }

    /// Reads a text between two places; what is looked for ends before `last`.
    fn scan(&mut self, mut at: usize, end: usize, last: usize, marks: &mut Marks) {
        let text = self.text;
        let mut plain = at;
        // The character after a backslash is an ordinary one.
        if marks.backslashes(text, at) % 2 == 1 {
            at += text[at..end].chars().next().map_or(0, char::len_utf8);
        }
        while at < end {
            let Some(found) = text[at..end].find(['[', ']', '^', '=', ':', '{', '~', '@', '!', '*', '\\'])
            else {
                break;
            };
            at += found;
            // One that stands in the text is of `\ `, a space that is kept.
            if text.as_bytes()[at] == b'\\' {
                if self.as_pandoc
                    && let Some(length) = tex::command(&text[at..last.max(end)])
                {
                    marks.push_text(text, plain, at);
                    self.raw_dropped("tex", Span::new(at, at + length));
                    at += length;
                    plain = at;
                    marks.skip = marks.skip.max(at);
                    continue;
                }
                at += if text[at..end].starts_with("\\ ") { 2 } else { 1 };
                continue;
            }
            let length = self.sign(at, plain, end, last, marks);
            match length {
                0 => at += 1,
                length => {
                    at += length;
                    plain = at;
                    if at > end {
                        marks.skip = at;
                    }
                }
            }
        }
        if plain < end {
            marks.push_text(text, plain, end);
        }
    }

    /// Reads the sign at a place; how many bytes it takes, or 0 where it is none. What stands before it
    /// from `plain` on is handed over first.
    fn sign(&mut self, at: usize, plain: usize, end: usize, last: usize, marks: &mut Marks) -> usize {
        let text = self.text;
        let (pandoc, obsidian) = (self.dialect.pandoc(), self.dialect.obsidian());
        let rest = &text[at..last.max(end)];
        let before = text[..at].chars().next_back();
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let flush = |marks: &mut Marks| marks.push_text(text, plain, at);
        match rest.as_bytes()[0] {
            b'!' | b'[' if rest.trim_start_matches('!').starts_with("[[") => {
                let embed = rest.starts_with('!');
                if rest.starts_with("!!") || before == Some('[') {
                    return 0;
                }
                let Some(length) = marks.double_bracket(text, at + usize::from(embed), last.max(end)) else {
                    return 0;
                };
                let span = Span::new(at, at + usize::from(embed) + length);
                // Elsewhere than in Obsidian, brackets around a link are brackets.
                let sure = span.end as usize <= end || text[span.range()].contains('|');
                if !sure && self.dialect == super::Dialect::Any {
                    return 0;
                }
                if !obsidian {
                    if self.dialect != super::Dialect::CommonMark {
                        self.is_off(span, "a link in double brackets", super::Dialect::Obsidian);
                    }
                    return 0;
                }
                let Some(node) = self.wiki_link(span, embed) else { return 0 };
                flush(marks);
                marks.out.push(node);
                span.range().len()
            }
            b'!' => 0,
            b'[' => {
                if marks.open.len() >= MOST_OPEN || !pandoc && !obsidian {
                    return 0;
                }
                flush(marks);
                marks.open(Sign::Bracket, text, at, 1)
            }
            b'^' if rest.starts_with("^[") => {
                if marks.open.len() >= MOST_OPEN || !(pandoc || obsidian) {
                    return 0;
                }
                flush(marks);
                marks.open(Sign::Note, text, at, 2)
            }
            b']' => self.end_bracket(at, plain, rest, marks),
            b'=' if rest.starts_with("==") => {
                let after = rest[2..].chars().next();
                if rest[2..].starts_with('=') || before == Some('=') || !(pandoc || obsidian) {
                    return 0;
                }
                let opens = !is_word(before) && after.is_some_and(|c| !c.is_whitespace());
                let ends = !is_word(after) && before.is_some_and(|c| !c.is_whitespace());
                flush(marks);
                self.toggle(Sign::Marked, at, 2, opens, ends, marks)
            }
            b'^' if pandoc => {
                let opens = rest[1..].chars().next().is_some_and(|c| !c.is_whitespace() && c != '^');
                flush(marks);
                self.toggle(Sign::Raised, at, 1, opens, before.is_some_and(|c| c != '^'), marks)
            }
            b'~' if pandoc && !rest.starts_with("~~") && before != Some('~') => {
                let opens = rest[1..].chars().next().is_some_and(|c| !c.is_whitespace());
                flush(marks);
                self.toggle(Sign::Lowered, at, 1, opens, true, marks)
            }
            b':' if self.dialect.github() => {
                let Some((emoji, length)) = emoji::short_name(rest, before) else { return 0 };
                flush(marks);
                let span = Span::new(at, at + length);
                self.cx.claim(span, Fate::Rendered);
                marks.out.push(Inline::new(InlineKind::Text { text: emoji.to_owned() }, span));
                length
            }
            b'*' if self.strong.contains(&at) => {
                let after = rest[2..].chars().next();
                let opens = after.is_some_and(|c| !c.is_whitespace());
                let ends = before.is_some_and(|c| !c.is_whitespace());
                flush(marks);
                self.toggle(Sign::Strong, at, 2, opens, ends, marks)
            }
            b'{' if self.dialect == super::Dialect::Any && before != Some('{') && calls::begins(rest) => {
                // A transform puts in what is to be included, or tells why not.
                if let Some((length, maker)) = calls::call(rest).filter(|_| !calls::includes(rest)) {
                    let message = format!("what {maker} would put in here is not");
                    self.cx.report(Diagnostic::new(
                        &code::MARKUP_AS_TEXT,
                        Span::new(at, at + length),
                        message,
                    ));
                }
                0
            }
            b'{' if plain == at => self.attributes_after(at, rest, marks),
            b'@' if self.citing && self.examples.is_empty() => self.key(at, rest, plain, marks),
            b'@' if !self.examples.is_empty() && !is_word(before) => {
                let name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
                let length = rest[1..].find(|c| !name(c)).unwrap_or(rest.len() - 1);
                // Two hyphens are a dash.
                let length = rest[1..1 + length].find("--").unwrap_or(length);
                let Some(number) = self.examples.get(&rest[1..1 + length]).copied() else { return 0 };
                flush(marks);
                let span = Span::new(at, at + 1 + length);
                self.cx.claim(span, Fate::Rendered);
                marks.out.push(Inline::new(InlineKind::Text { text: number.to_string() }, span));
                1 + length
            }
            _ => 0,
        }
    }

    /// A sign that both begins and ends; the text before it has been handed over.
    fn toggle(
        &mut self,
        sign: Sign,
        at: usize,
        length: usize,
        opens: bool,
        ends: bool,
        marks: &mut Marks,
    ) -> usize {
        let depth = marks
            .open
            .iter()
            .rposition(|o| matches!(o.sign, Sign::Bracket | Sign::Note))
            .map_or(0, |n| n + 1);
        let opener = marks.open[depth..].iter().position(|o| o.sign == sign).map(|n| n + depth);
        if let Some(opener) = opener {
            let from = marks.open[opener].at;
            let content = &marks.out[from + 1..];
            let words = matches!(sign, Sign::Marked | Sign::Strong);
            let solid = words || !content.iter().any(has_space);
            let fits = ends && !content.is_empty() && solid && self.has_room(content);
            if fits {
                let span = Span::new(marks.out[from].span.start as usize, at + length);
                let mut content = marks.take(opener);
                let style = match sign {
                    Sign::Raised => Style::Superscript,
                    Sign::Lowered => Style::Subscript,
                    Sign::Strong => Style::Strong,
                    _ => Style::Mark,
                };
                if !words {
                    content.iter_mut().for_each(kept_spaces);
                }
                marks.out.push(Inline::new(
                    InlineKind::Styled { style, content: joined(self.text, content) },
                    span,
                ));
                return length;
            }
            if !words || opens {
                marks.open.remove(opener);
            }
        }
        if opens && marks.open.len() < MOST_OPEN {
            return marks.open(sign, self.text, at, length);
        }
        marks.push_text(self.text, at, at + length);
        length
    }

    fn end_bracket(&mut self, at: usize, plain: usize, rest: &str, marks: &mut Marks) -> usize {
        let Some(opener) = marks.open.iter().rposition(|o| matches!(o.sign, Sign::Bracket | Sign::Note))
        else {
            return 0;
        };
        let text = self.text;
        marks.push_text(text, plain, at);
        let from = marks.open[opener].at;
        let start = marks.out[from].span.start as usize;
        let room = self.has_room(&marks.out[from + 1..]);
        if marks.open[opener].sign == Sign::Note && room {
            let span = Span::new(start, at + 1);
            let content = joined(text, marks.take(opener));
            let content = self.with_links(content);
            let id = NoteId(self.notes.len() as u32);
            let block = super::frame::paragraph(content);
            self.notes.push(Some(Note::new(vec![block], span)));
            marks.out.push(Inline::new(InlineKind::Note { note: id }, span));
            return 1;
        }
        let found = attributes::parse(&rest[1..]).filter(|found| found.raw.is_none() && room);
        if let Some(found) = found {
            let length = 1 + found.length;
            let span = Span::new(start, at + length);
            if !self.dialect.pandoc() {
                self.is_off(span, "a span with attributes", super::Dialect::Pandoc);
            } else {
                let content = joined(text, marks.take(opener));
                let node = self.span_of(content, found, span, Span::new(at + 1, at + length));
                marks.out.push(node);
                return length;
            }
        }
        let bracket = self.dialect.pandoc() && marks.open[opener].sign == Sign::Bracket;
        if bracket && room && self.citation(opener, start, at + 1, marks) {
            return 1;
        }
        // Behind a word they are places in an array.
        let behind = text[..start].ends_with(char::is_alphanumeric);
        if bracket
            && !behind
            && rest.starts_with("][")
            && self.dialect == super::Dialect::Any
            && let Some(label) = heading_links::label(text, at)
        {
            let message = format!("no link is called '{label}' here; its brackets stand as they are");
            self.said_kept(Span::new(start, at + 1), &message);
        }
        marks.open.truncate(opener);
        marks.push_text(text, at, at + 1);
        1
    }

    /// Says of mark-up that the dialect does not have it.
    pub fn is_off(&mut self, span: Span, what: &str, of: super::Dialect) {
        let message = format!("{what} is not read as {}; it stands as it is", self.dialect.name());
        let said = Diagnostic::new(&code::MARKUP_AS_TEXT, span, message);
        self.cx.report(said.remedy(Remedy::Format(Some(of.name()))));
    }

    pub fn said_kept(&mut self, span: Span, message: &str) {
        self.cx.report(Diagnostic::new(&code::MARKUP_AS_TEXT, span, message));
    }

    /// Whether one node more fits around others.
    fn has_room(&self, content: &[Inline]) -> bool {
        self.depth + 2 + height(content) < self.cx.limits().depth()
    }
}

impl Marks {
    pub(super) fn push_text(&mut self, text: &str, from: usize, to: usize) {
        if from < to {
            let kind = InlineKind::Text { text: text[from..to].to_owned() };
            self.out.push(Inline::new(kind, Span::new(from, to)));
        }
    }

    /// How many backslashes stand right before a place.
    fn backslashes(&mut self, text: &str, at: usize) -> usize {
        let (known, start) = self.backslashes;
        let before = if known <= at { known } else { 0 };
        let run = text.as_bytes()[before..at].iter().rev().take_while(|b| **b == b'\\').count();
        let start = if at - run == before && before > 0 { start } else { at - run };
        self.backslashes = (at, start);
        at - start
    }

    /// Opens what a sign opens; the length of the sign.
    fn open(&mut self, sign: Sign, text: &str, at: usize, length: usize) -> usize {
        self.open.push(Opener { sign, at: self.out.len() });
        self.push_text(text, at, at + length);
        length
    }

    /// Whether a bracket is open.
    pub(super) fn is_in_bracket(&self) -> bool {
        self.open.iter().any(|open| open.sign == Sign::Bracket)
    }

    /// The node that shows what opens as text.
    pub(super) fn opened_at(&self, opener: usize) -> usize {
        self.open[opener].at
    }

    /// What stands after an opener, which is taken away with all that opened after it.
    pub(super) fn take(&mut self, opener: usize) -> Vec<Inline> {
        let at = self.open[opener].at;
        self.open.truncate(opener);
        let content = self.out.split_off(at + 1);
        self.out.pop();
        content
    }

    /// The length of a link in double brackets that begins at a place and ends on its line.
    fn double_bracket(&mut self, text: &str, at: usize, last: usize) -> Option<usize> {
        if (self.unended.0..self.unended.1).contains(&at) {
            return None;
        }
        // Not all of the line is looked at: there may be many on it. Of brackets in brackets the inner ones count.
        let mut seek = at + 2;
        let end = loop {
            let next = text[seek..last].find(['\n', '[', ']']).map_or(last, |next| seek + next);
            if next == last || text.as_bytes()[next] == b'\n' {
                self.unended = (at, next);
                return None;
            }
            match &text[next..last] {
                rest if rest.starts_with("]]") => break next - at,
                rest if rest.starts_with("[[") => return None,
                _ => seek = next + 1,
            }
        };
        let inside = &text[at + 2..at + end];
        (!inside.trim().is_empty() && !inside.starts_with('[')).then_some(end + 2)
    }
}

/// Texts that follow each other in the source as one.
pub(super) fn joined(source: &str, inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::with_capacity(inlines.len());
    // Whether the last text is what stands in the source: asked once of each part, and not of what has grown.
    let mut verbatim = false;
    for inline in inlines {
        let InlineKind::Text { text } = &inline.kind else {
            verbatim = false;
            out.push(inline);
            continue;
        };
        let is_verbatim = source.get(inline.span.range()) == Some(text);
        if let Some(Inline { kind: InlineKind::Text { text: before }, span, .. }) = out.last_mut()
            && span.end == inline.span.start
            && is_verbatim
            && verbatim
        {
            before.push_str(text);
            span.end = inline.span.end;
            continue;
        }
        verbatim = is_verbatim;
        out.push(inline);
    }
    out
}

/// Whether there is white space in it that no backslash keeps.
fn has_space(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::SoftBreak | InlineKind::HardBreak => true,
        InlineKind::Text { text } => text.replace("\\ ", "").contains(char::is_whitespace),
        InlineKind::Code { .. } | InlineKind::Math(_) => false,
        _ => plain_text(inline).contains(char::is_whitespace),
    }
}

/// Makes kept spaces of those behind a backslash.
pub(super) fn kept_spaces(inline: &mut Inline) {
    if let InlineKind::Text { text } = &mut inline.kind
        && text.contains("\\ ")
    {
        *text = text.replace("\\ ", "\u{a0}");
    }
}

/// How many nodes are inside each other.
fn height(content: &[Inline]) -> usize {
    let inner = |inline: &Inline| match &inline.kind {
        InlineKind::Styled { content, .. } => 1 + height(content),
        InlineKind::Link(link) => 1 + height(&link.content),
        _ => 1,
    };
    content.iter().map(inner).max().unwrap_or_default()
}
