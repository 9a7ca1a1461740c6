//! Running text: characters to words, white space to single spaces.

use crate::markup::entity;
use crate::model::*;
use crate::read::wikitext::expand::flat::Flat;
use std::ops::Range;

/// Running text in the making.
#[derive(Default)]
pub struct Running {
    pub inlines: Vec<Inline>,
    /// Figures that stand in the text; they go before it.
    pub figures: Vec<Block>,
    /// Whether a space would be one too many.
    pub after_space: bool,
    /// Whether the last text was made by a call.
    made: bool,
}

impl Running {
    pub fn new() -> Self {
        Running { after_space: true, ..Running::default() }
    }

    /// Appends words that a template stands for: what follows in the source is no part of them.
    pub fn push_made(&mut self, words: Vec<Inline>) {
        if !words.is_empty() {
            (self.after_space, self.made) = (false, true);
            self.inlines.extend(words);
        }
    }

    pub fn push(&mut self, kind: InlineKind, span: Span) {
        self.inlines.push(Node::new(kind, span));
        self.after_space = false;
    }
}

pub fn flush(loose: &mut Running, span: &mut Option<Span>, out: &mut Vec<Block>) {
    let running = std::mem::replace(loose, Running::new());
    out.extend(running.figures);
    let content = finish(running.inlines);
    if let (Some(span), false) = (span.take(), content.is_empty()) {
        out.push(Node::paragraph(content, span));
    }
}

/// Running text without white space at its end.
pub fn finish(mut inlines: Vec<Inline>) -> Vec<Inline> {
    trim_end(&mut inlines, true);
    inlines
}

pub fn trim_end(inlines: &mut Vec<Inline>, breaks: bool) {
    while let Some(last) = inlines.last_mut() {
        match &mut last.kind {
            InlineKind::Text { text } => {
                text.truncate(text.trim_end_matches(' ').len());
                if !text.is_empty() {
                    return;
                }
            }
            InlineKind::SoftBreak => {}
            InlineKind::HardBreak if breaks => {}
            InlineKind::Styled { content, .. } => {
                let was_empty = content.is_empty();
                trim_end(content, breaks);
                if !content.is_empty() || was_empty {
                    return;
                }
            }
            _ => return,
        }
        inlines.pop();
    }
}

/// Appends text: references decoded, white space made one space, line breaks told apart.
pub fn push_text(flat: &Flat, range: Range<usize>, out: &mut Running) {
    // What stands apart in the source becomes nodes of their own, so that their spans are true.
    flat.pieces(range, |piece| push_piece(flat, piece, out));
}

fn push_piece(flat: &Flat, range: Range<usize>, out: &mut Running) {
    let text = &flat.text[range.clone()];
    let mut at = 0;
    let mut word = String::new();
    let mut word_start = 0;
    let bytes = text.as_bytes();
    while at < bytes.len() {
        match bytes[at] {
            b' ' | b'\t' | b'\r' | b'\n' => {
                let length =
                    bytes[at..].iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n')).count();
                let breaks = bytes[at..at + length].contains(&b'\n');
                if breaks {
                    push_word(flat, &mut word, range.start + word_start..range.start + at, out);
                    if !out.after_space {
                        let span = flat.span(range.start + at..range.start + at + length);
                        out.inlines.push(Node::new(InlineKind::SoftBreak, span));
                        out.after_space = true;
                    } else if let Some(Node { kind: InlineKind::Text { text }, .. }) = out.inlines.last_mut()
                    {
                        // The space before the line break gives way to it.
                        if text.ends_with(' ') {
                            text.pop();
                            let span = flat.span(range.start + at..range.start + at + length);
                            out.inlines.push(Node::new(InlineKind::SoftBreak, span));
                        }
                    }
                    word_start = at + length;
                } else if !out.after_space {
                    word.push(' ');
                    out.after_space = true;
                }
                at += length;
            }
            b'&' => {
                match entity::reference(&text[at..]) {
                    Some((characters, length)) => {
                        word.extend(characters);
                        at += length;
                    }
                    None => {
                        word.push('&');
                        at += 1;
                    }
                }
                out.after_space = false;
            }
            _ => {
                let length = plain_length(&bytes[at..]);
                if word.is_empty() {
                    word.reserve_exact(if at + length == bytes.len() { length } else { bytes.len() - at });
                }
                word.push_str(&text[at..at + length]);
                out.after_space = false;
                at += length;
            }
        }
    }
    push_word(flat, &mut word, range.start + word_start..range.end, out);
}

/// The length of what stays as it is at the start of text: words with single spaces between them.
fn plain_length(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(n) = bytes[at..].iter().position(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n' | b'&')) {
        at += n;
        let within = bytes[at] == b' '
            && !matches!(bytes.get(at + 1), None | Some(b' ' | b'\t' | b'\r' | b'\n' | b'&'));
        if !within {
            return at;
        }
        at += 1;
    }
    bytes.len()
}

fn push_word(flat: &Flat, word: &mut String, range: Range<usize>, out: &mut Running) {
    if word.is_empty() {
        return;
    }
    let span = flat.span(range.clone());
    let text = std::mem::take(word);
    let made = flat.is_made(range.start);
    let after_made = std::mem::replace(&mut out.made, made);
    match out.inlines.last_mut() {
        // What goes on in the source, or was made by the same call.
        Some(Node { kind: InlineKind::Text { text: last }, attr: None, span: before })
            if (!made && !after_made && before.end == span.start) || (made && *before == span) =>
        {
            last.push_str(&text);
            before.end = before.end.max(span.end);
        }
        _ => out.inlines.push(Node::new(InlineKind::Text { text }, span)),
    }
}
