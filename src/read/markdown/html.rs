//! Raw HTML in Markdown: tags the model can say become nodes, others are dropped with a
//! diagnostic; the text between tags always stays.

use super::frame::FrameKind;
use super::reader::Reader;
use crate::account::Fate;
use crate::diagnostic::{Diagnostic, code};
use crate::format::ReadContext;
use crate::model::{
    Attr, Block, BlockKind, Image, Inline, InlineKind, Level, Marker, NumberStyle, Span, Style,
};
use crate::read::tag::{Attribute, HtmlTag, STYLES, set_attribute, tag, unescaped};
use std::ops::Range;

/// Says that a tag is left out.
pub(super) fn report(cx: &mut ReadContext<'_>, span: Span, message: String) {
    cx.report(Diagnostic::new(&code::HTML_DROPPED, span, message));
}

/// Reads one tag, comment or declaration inside running text.
pub(super) fn read(reader: &mut Reader<'_, '_, '_>, span: Span) {
    let text = reader.text;
    let Some(html) = text.get(span.range()) else { return };
    match tag(html) {
        (Some(tag), _) => {
            let start = span.start as usize;
            apply(reader, &tag, span, false, |range| Span::new(start + range.start, start + range.end));
        }
        (None, _) => report_unseen(reader.cx, html, span),
    }
}

/// Says that a comment, a declaration or an instruction is left out.
fn report_unseen(cx: &mut ReadContext<'_>, html: &str, span: Span) {
    if html.starts_with("<!--") {
        cx.report(Diagnostic::new(&code::COMMENT_DROPPED, span, "a comment was left out"));
    } else {
        report(cx, span, "a declaration or instruction".to_owned());
    }
}

/// An HTML block: its lines, without the marks of what encloses it, and where each stands.
#[derive(Default)]
pub(super) struct Html {
    text: String,
    /// Offset in the text, offset in the source.
    lines: Vec<(usize, usize)>,
}

impl Html {
    pub fn push(&mut self, line: &str, at: u32) {
        self.lines.push((self.text.len(), at as usize));
        self.text.push_str(line);
    }

    fn span(&self, from: usize, to: usize) -> Span {
        let place = |offset: usize| {
            let after = self.lines.partition_point(|&(start, _)| start <= offset);
            let (start, at) = after.checked_sub(1).map(|i| self.lines[i]).unwrap_or_default();
            at + offset - start
        };
        // The end is the place after the last byte, which may stand on another line than `to`.
        Span::new(place(from), place(to.saturating_sub(1)) + usize::from(to > 0))
    }
}

/// Reads an HTML block.
pub(super) fn read_block(reader: &mut Reader<'_, '_, '_>, html: &Html) {
    reader.end_paragraph();
    let text = html.text.as_str();
    let mut at = 0;
    // After a tag that never ends no other is looked for: each would be read to the end as well.
    let mut endless = false;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with('<') && !endless {
            let (found, length) = tag(rest);
            if let Some(tag) = found {
                let mut end = at + length;
                let hidden = ["script", "style", "head", "title", "template", "textarea"];
                if !tag.closing && hidden.contains(&tag.name.as_str()) {
                    end = end_of(text, end, &tag.name);
                    report(reader.cx, html.span(at, end), format!("<{}> and what is in it", tag.name));
                } else {
                    let place = |r: Range<usize>| html.span(at + r.start, at + r.end);
                    apply(reader, &tag, html.span(at, end), true, place);
                }
                at = end;
                continue;
            }
            if length > 0 {
                report_unseen(reader.cx, rest, html.span(at, at + length));
                at += length;
                continue;
            }
            endless = rest[1..].trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
        }
        // The first character is text even where it is a '<'.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[first..].find('<').map_or(text.len(), |next| at + first + next);
        words(reader, &text[at..end], html.span(at, end));
        at = end;
    }
    reader.end_paragraph();
}

/// Text between tags, with white space as HTML has it: any run is one space.
fn words(reader: &mut Reader<'_, '_, '_>, text: &str, span: Span) {
    let text = unescaped(text);
    let mut out = String::with_capacity(text.len());
    if text.starts_with(|c: char| c.is_ascii_whitespace()) && !reader.top().inlines.is_empty() {
        out.push(' ');
    }
    for (i, word) in text.split_ascii_whitespace().enumerate() {
        if i > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
    if out.trim().is_empty() && reader.top().inlines.is_empty() {
        return;
    }
    if text.ends_with(|c: char| c.is_ascii_whitespace()) && !out.ends_with(' ') {
        out.push(' ');
    }
    reader.push(InlineKind::Text { text: out }, span);
}

/// Where an element without nested tags ends: after its closing tag.
fn end_of(text: &str, from: usize, name: &str) -> usize {
    let rest = &text[from..];
    let closing = |(at, _): &(usize, &str)| {
        rest.get(at + 2..at + 2 + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name))
    };
    match rest.match_indices("</").find(closing) {
        Some((at, _)) => rest[at..].find('>').map_or(text.len(), |close| from + at + close + 1),
        None => text.len(),
    }
}

impl HtmlTag {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|a| a.name == name).map(|a| a.value.as_str())
    }

    /// A length in pixels.
    pub fn pixels(&self, name: &str) -> Option<u32> {
        self.attribute(name).and_then(|n| n.trim_end_matches("px").parse().ok())
    }

    /// What of its attributes every node can carry.
    pub fn attr(&self) -> Option<Box<Attr>> {
        let mut attr = Attr::default();
        for attribute in &self.attributes {
            set_attribute(&mut attr, &attribute.name, &attribute.value);
        }
        (attr != Attr::default()).then(|| Box::new(attr))
    }
}

/// Whether the model keeps an attribute of a tag.
fn keeps(tag: &HtmlTag, attribute: &Attribute, in_block: bool) -> bool {
    let (name, value) = (attribute.name.as_str(), attribute.value.as_str());
    let node = STYLES.iter().any(|(n, _)| *n == tag.name)
        || matches!(tag.name.as_str(), "a" | "img" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    match (tag.name.as_str(), name) {
        ("a", "href") | ("img", "src" | "alt") => true,
        ("img", "width" | "height") => tag.pixels(name).is_some(),
        ("ol", "start") => in_block && value.parse::<u32>().is_ok(),
        _ => node && set_attribute(&mut Attr::default(), name, value),
    }
}

/// Tags that begin and end paragraphs and say no more than that.
const PARAGRAPHS: [&str; 10] =
    ["p", "div", "section", "article", "main", "header", "footer", "center", "figure", "figcaption"];

/// Other tags that open a frame.
const FRAMES: [&str; 12] = ["a", "blockquote", "code", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "ul"];

/// The name of a tag that opens a frame, as the frame keeps it.
fn frame_name(name: &str) -> Option<&'static str> {
    STYLES.iter().map(|&(n, _)| n).chain(FRAMES).find(|&n| n == name)
}

/// Does what a tag says. `place` tells where a part of the tag stands in the source.
fn apply(
    reader: &mut Reader<'_, '_, '_>,
    tag: &HtmlTag,
    span: Span,
    in_block: bool,
    place: impl Fn(Range<usize>) -> Span,
) {
    let name = tag.name.as_str();
    reader.cx.claim(span, Fate::Syntax);
    for attribute in tag.attributes.iter().filter(|a| !keeps(tag, a, in_block)) {
        let message = format!("the attribute '{}' of <{name}>", attribute.name);
        let span = place(attribute.range.clone());
        reader.cx.report(Diagnostic::new(&code::ATTRIBUTE_DROPPED, span, message));
    }
    match (name, tag.closing) {
        ("br", _) => reader.push(InlineKind::HardBreak, span),
        ("wbr", _) => reader.push_text("\u{200B}", span),
        ("hr", false) if in_block => reader.push_block(Block::new(BlockKind::Rule, span)),
        ("img", false) => {
            let image = Image {
                source: tag.attribute("src").unwrap_or_default().to_owned(),
                alt: tag.attribute("alt").map(str::to_owned),
                width: tag.pixels("width"),
                height: tag.pixels("height"),
            };
            let kind = InlineKind::Image(Box::new(image));
            let inline = Inline { attr: tag.attr(), ..Inline::new(kind, span) };
            reader.top().inlines.push(inline);
        }
        _ if PARAGRAPHS.contains(&name) && in_block => reader.end_paragraph(),
        (_, true) => close(reader, name, span, in_block),
        _ => open(reader, tag, span, in_block),
    }
}

fn open(reader: &mut Reader<'_, '_, '_>, tag: &HtmlTag, span: Span, in_block: bool) {
    let name = tag.name.as_str();
    let style = STYLES.iter().find(|(n, _)| *n == name).map(|&(_, style)| style);
    let kind = match name {
        _ if let Some(style) = style => FrameKind::Styled(style),
        "code" => FrameKind::InlineCode,
        "a" => match tag.attribute("href") {
            Some(address) => reader.link(address.to_owned(), span),
            None => FrameKind::Styled(Style::Span),
        },
        "blockquote" if in_block => FrameKind::Quote,
        "ul" if in_block => FrameKind::List { marker: Marker::Bullet, loose: false, items: Vec::new() },
        "ol" if in_block => {
            let start = tag.attribute("start").and_then(|n| n.parse().ok()).unwrap_or(1);
            let marker = Marker::Ordered { start, style: NumberStyle::Decimal };
            FrameKind::List { marker, loose: false, items: Vec::new() }
        }
        "li" if in_block => {
            reader.end_paragraph();
            if reader.top().tag == Some("li") {
                reader.close();
            }
            FrameKind::Item { checked: None }
        }
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if in_block => {
            FrameKind::Heading(Level::clamped(usize::from(name.as_bytes()[1] - b'0')))
        }
        _ => {
            reader.end_paragraph_if(in_block);
            return report(reader.cx, span, format!("the tag <{name}>; the text in it stays"));
        }
    };
    let inline =
        matches!(kind, FrameKind::Styled(_) | FrameKind::InlineCode | FrameKind::Link(_) | FrameKind::Flat);
    reader.end_paragraph_if(!inline);
    reader.open(kind, span);
    let attr = tag.attr();
    let top = reader.top();
    top.tag = frame_name(name);
    if matches!(top.kind, FrameKind::Styled(_) | FrameKind::Link(_) | FrameKind::Heading(_)) {
        top.attr = attr;
    }
}

fn close(reader: &mut Reader<'_, '_, '_>, name: &str, span: Span, in_block: bool) {
    if in_block && matches!(name, "ul" | "ol") && reader.top().tag == Some("li") {
        reader.end_paragraph();
        reader.close();
    }
    if in_block && FRAMES[1..].contains(&name) && name != "code" {
        reader.end_inline();
    }
    if reader.top().tag.is_some_and(|tag| tag == name) {
        reader.top().span.end = span.end;
        reader.close();
    } else {
        reader.end_paragraph_if(in_block);
        report(reader.cx, span, format!("the tag </{name}> closes nothing that is open"));
    }
}
