//! What hayagriva writes, as running text.

use hayagriva::citationberg::{Display, FontStyle, FontVariant, FontWeight, TextDecoration, VerticalAlign};
use hayagriva::{Elem, ElemChild, ElemChildren, ElemMeta, Formatted};

use crate::model::{Formula, Inline, InlineKind, Span, Style, plain_text};

/// Makes running text of parts; what is of one of the citation's works goes through `wrap`, by its number.
pub(super) fn inlines(
    parts: &ElemChildren,
    span: Span,
    wrap: &mut dyn FnMut(usize, Vec<Inline>) -> Vec<Inline>,
) -> Vec<Inline> {
    let mut out = Vec::new();
    for part in &parts.0 {
        child(part, span, wrap, &mut out);
    }
    out
}

pub(super) fn child(
    part: &ElemChild,
    span: Span,
    wrap: &mut dyn FnMut(usize, Vec<Inline>) -> Vec<Inline>,
    out: &mut Vec<Inline>,
) {
    match part {
        ElemChild::Text(text) => styled(text, span, out),
        ElemChild::Markup(tex) => out.push(Inline::new(InlineKind::Math(Formula::tex(tex.as_str())), span)),
        ElemChild::Link { text, url } => {
            let mut content = Vec::new();
            styled(text, span, &mut content);
            out.push(Inline::link(url.as_str(), content, span));
        }
        ElemChild::Transparent { .. } => {}
        ElemChild::Elem(Elem { children, display, meta }) => {
            if matches!(display, Some(Display::Block | Display::Indent)) && !out.is_empty() {
                out.push(Inline::new(InlineKind::HardBreak, span));
            }
            let mut inner = inlines(children, span, wrap);
            if let Some(ElemMeta::Entry(number)) = meta {
                inner = wrap(*number, inner);
            }
            out.extend(inner);
            if *display == Some(Display::LeftMargin) {
                out.push(Inline::text(" ", span));
            }
        }
    }
}

fn styled(Formatted { text, formatting }: &Formatted, span: Span, out: &mut Vec<Inline>) {
    let styles = [
        (formatting.font_style == FontStyle::Italic).then_some(Style::Emphasis),
        (formatting.font_weight == FontWeight::Bold).then_some(Style::Strong),
        (formatting.font_variant == FontVariant::SmallCaps).then_some(Style::SmallCaps),
        (formatting.text_decoration == TextDecoration::Underline).then_some(Style::Underline),
        (formatting.vertical_align == VerticalAlign::Sup).then_some(Style::Superscript),
        (formatting.vertical_align == VerticalAlign::Sub).then_some(Style::Subscript),
    ];
    let mut content = Vec::new();
    commands(text, span, &mut content);
    let content = styles.into_iter().flatten().fold(content, |content, style| match content.is_empty() {
        true => content,
        false => vec![Inline::new(InlineKind::Styled { style, content }, span)],
    });
    out.extend(content);
}

/// Reads commands of TeX in a text, such as `\emph{…}`, which lists in BibTeX have in titles.
fn commands(mut text: &str, span: Span, out: &mut Vec<Inline>) {
    while let Some(at) = text.find('\\') {
        let name = &text[at + 1..];
        let length = name.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(name.len());
        let (name, inside) = name.split_at(length);
        let style = match name {
            "emph" | "textit" | "textsl" => Some(Style::Emphasis),
            "textbf" => Some(Style::Strong),
            "textsc" => Some(Style::SmallCaps),
            "textsuperscript" => Some(Style::Superscript),
            "textsubscript" => Some(Style::Subscript),
            "underline" => Some(Style::Underline),
            _ => None,
        };
        let inside = inside.strip_prefix('{').and_then(|inside| Some((inside, inside.find(['{', '}'])?)));
        let inside = inside.filter(|(inside, end)| inside[*end..].starts_with('}'));
        let (Some(style), Some((inside, end))) = (style, inside) else {
            push(&text[..at + 1 + length], span, out);
            text = &text[at + 1 + length..];
            continue;
        };
        push(&text[..at], span, out);
        let content = vec![Inline::text(&inside[..end], span)];
        out.push(Inline::new(InlineKind::Styled { style, content }, span));
        text = &inside[end + 1..];
    }
    push(text, span, out);
}

/// Adds a text without the signs that styles leave twice where a field is empty.
fn push(text: &str, span: Span, out: &mut Vec<Inline>) {
    let mut text = text.to_owned();
    for (twice, once) in [(".”.", ".”"), ("?”.", "?”"), ("!”.", "!”"), (",.", "."), (",)", ")"), ("  ", " ")]
    {
        if text.contains(twice) {
            text = text.replace(twice, once);
        }
    }
    if !text.is_empty() {
        out.push(Inline::text(text, span));
    }
}

/// Takes away signs at the beginning of texts that stand at the end of what is before them.
pub(super) fn tidied(content: &mut [Inline]) {
    let mut before = String::new();
    for node in content {
        if let InlineKind::Text { text } = &mut node.kind {
            let ends = |ends: &[&str]| ends.iter().any(|end| before.ends_with(end));
            if text.starts_with('.') && ends(&[".”", "?”", "!”", ".", "?", "!"]) && !text.starts_with("..")
            {
                text.remove(0);
            } else if text.starts_with(", ") && ends(&[",", ".”,"]) {
                text.replace_range(..1, "");
            }
        }
        before = plain_text(node);
    }
}
