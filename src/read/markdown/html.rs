//! Raw HTML in Markdown: tags the model can say become nodes, others are dropped with a
//! diagnostic; the text between tags always stays.

use super::frame::FrameKind;
use super::reader::{Reader, language};
use crate::account::Fate;
use crate::diagnostic::{Diagnostic, code};
use crate::format::Context;
use crate::model::{
    Attr, Block, BlockKind, Direction, Image, Inline, InlineKind, Level, Marker, NumberStyle, Span, Style,
};
use std::borrow::Cow;
use std::ops::Range;

/// Says that a tag is left out.
pub(super) fn report(cx: &mut Context<'_>, span: Span, message: String) {
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
fn report_unseen(cx: &mut Context<'_>, html: &str, span: Span) {
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
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with('<') {
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

/// A tag.
struct HtmlTag {
    /// In lower case.
    name: String,
    closing: bool,
    attributes: Vec<Attribute>,
}

struct Attribute {
    /// In lower case.
    name: String,
    value: String,
    /// Where it stands, from the tag's `<` on.
    range: Range<usize>,
}

impl HtmlTag {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|a| a.name == name).map(|a| a.value.as_str())
    }

    /// A length in pixels.
    fn pixels(&self, name: &str) -> Option<u32> {
        self.attribute(name).and_then(|n| n.trim_end_matches("px").parse().ok())
    }

    /// Whether the model keeps an attribute of this tag.
    fn keeps(&self, attribute: &Attribute, in_block: bool) -> bool {
        let (name, value) = (attribute.name.as_str(), attribute.value.as_str());
        let node = STYLES.iter().any(|(n, _)| *n == self.name)
            || matches!(self.name.as_str(), "a" | "img" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        match (self.name.as_str(), name) {
            ("a", "href") | ("img", "src" | "alt") => true,
            ("img", "width" | "height") => self.pixels(name).is_some(),
            ("ol", "start") => in_block && value.parse::<u32>().is_ok(),
            _ => node && set_attribute(&mut Attr::default(), name, value),
        }
    }

    /// What of its attributes every node can carry.
    fn attr(&self) -> Option<Box<Attr>> {
        let mut attr = Attr::default();
        for attribute in &self.attributes {
            set_attribute(&mut attr, &attribute.name, &attribute.value);
        }
        (attr != Attr::default()).then(|| Box::new(attr))
    }
}

/// Sets an attribute that every node can carry; `false` for any other.
pub(super) fn set_attribute(attr: &mut Attr, name: &str, value: &str) -> bool {
    match name {
        "id" if !value.is_empty() => attr.id = Some(value.to_owned()),
        "class" => attr.classes.extend(value.split_ascii_whitespace().map(str::to_owned)),
        "title" if !value.is_empty() => attr.title = Some(value.to_owned()),
        "lang" | "xml:lang" => match language(value) {
            Some(tag) => attr.lang = Some(tag),
            None => return false,
        },
        "dir" if value.eq_ignore_ascii_case("ltr") => attr.dir = Some(Direction::Ltr),
        "dir" if value.eq_ignore_ascii_case("rtl") => attr.dir = Some(Direction::Rtl),
        _ => return false,
    }
    true
}

/// The tag at the start of some HTML and its length. A comment, a declaration and a processing
/// instruction have a length but are no tag; a `<` that begins none of these has neither.
fn tag(html: &str) -> (Option<HtmlTag>, usize) {
    let until = |end: &str| html.find(end).map_or(html.len(), |at| at + end.len());
    if let Some(comment) = html.strip_prefix("<!--") {
        return (None, comment.find("-->").map_or(html.len(), |at| at + 7));
    }
    if html.starts_with("<!") {
        return (None, until(">"));
    }
    if html.starts_with("<?") {
        return (None, until("?>"));
    }
    let Some(inside) = html.strip_prefix('<') else { return (None, 0) };
    let (closing, inside) = inside.strip_prefix('/').map_or((false, inside), |rest| (true, rest));
    if !inside.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return (None, 0);
    }
    let name_end = inside.find(|c: char| c.is_ascii_whitespace() || "/>".contains(c)).unwrap_or(inside.len());
    let name = inside[..name_end].to_ascii_lowercase();
    let mut rest = &inside[name_end..];
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            // It never ends, so it is text.
            return (None, 0);
        }
        if let Some(after) = rest.strip_prefix('>') {
            rest = after;
            break;
        }
        // The first character belongs to the name whatever it is, so that each round moves on.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[first..]
            .find(|c: char| c.is_ascii_whitespace() || "=/>".contains(c))
            .map_or(rest.len(), |n| first + n);
        let name = rest[..end].to_ascii_lowercase();
        let start = html.len() - rest.len();
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(after) = rest.trim_start().strip_prefix('=') {
            let after = after.trim_start();
            let (raw, remaining) = match after.chars().next() {
                Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                _ => after.split_at(
                    after.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(after.len()),
                ),
            };
            value = unescaped(raw).into_owned();
            rest = remaining;
        }
        attributes.push(Attribute { name, value, range: start..html.len() - rest.len() });
    }
    (Some(HtmlTag { name, closing, attributes }), html.len() - rest.len())
}

/// Tags that begin and end paragraphs and say no more than that.
const PARAGRAPHS: [&str; 10] =
    ["p", "div", "section", "article", "main", "header", "footer", "center", "figure", "figcaption"];

/// Styles by tag.
const STYLES: [(&str, Style); 25] = [
    ("abbr", Style::Abbreviation),
    ("b", Style::Strong),
    ("bdi", Style::Span),
    ("bdo", Style::Span),
    ("cite", Style::Cite),
    ("del", Style::Strikeout),
    ("dfn", Style::Definition),
    ("em", Style::Emphasis),
    ("i", Style::Emphasis),
    ("ins", Style::Inserted),
    ("kbd", Style::Keyboard),
    ("mark", Style::Mark),
    ("q", Style::Quotation),
    ("s", Style::Strikeout),
    ("samp", Style::Sample),
    ("small", Style::Small),
    ("span", Style::Span),
    ("strike", Style::Strikeout),
    ("strong", Style::Strong),
    ("sub", Style::Subscript),
    ("sup", Style::Superscript),
    ("tt", Style::Sample),
    ("u", Style::Underline),
    ("var", Style::Variable),
    ("time", Style::Span),
];

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
    for attribute in tag.attributes.iter().filter(|a| !tag.keeps(a, in_block)) {
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

/// Text with its character references resolved: numbers, and the names that XML has and `nbsp`.
/// Any other name stays as it stands.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|b| b == b';').unwrap_or_default();
        let name = rest.get(1..end).unwrap_or_default();
        let number = name.strip_prefix('#').and_then(|n| match n.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => n.parse().ok(),
        });
        let c = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some('\u{A0}'),
            _ => number.filter(|&n| n != 0).and_then(char::from_u32),
        };
        match c {
            Some(c) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out.into()
}

/// An anchor with its percent-encoded bytes (RFC 3986, section 2.1) decoded.
pub(super) fn percent_decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.as_bytes().iter();
    while let Some(&byte) = bytes.next() {
        let hex = bytes.as_slice().get(..2).filter(|_| byte == b'%');
        let decoded = hex
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if decoded.is_some() {
            bytes.nth(1);
        }
        out.push(decoded.unwrap_or(byte));
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}
