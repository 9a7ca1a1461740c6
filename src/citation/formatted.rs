//! What hayagriva writes, as running text.

use hayagriva::citationberg::{Display, FontStyle, FontVariant, FontWeight, TextDecoration, VerticalAlign};
use hayagriva::{Elem, ElemChild, ElemChildren, ElemMeta, Formatted};

use crate::model::{Formula, Inline, InlineKind, Span, Style};

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
        ElemChild::Text(text) => out.extend(styled(text, span)),
        ElemChild::Markup(tex) => out.push(Inline::new(InlineKind::Math(Formula::tex(tex.as_str())), span)),
        ElemChild::Link { text, url } => {
            out.push(Inline::link(url.as_str(), styled(text, span).into_iter().collect(), span))
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

fn styled(Formatted { text, formatting }: &Formatted, span: Span) -> Option<Inline> {
    if text.is_empty() {
        return None;
    }
    let styles = [
        (formatting.font_style == FontStyle::Italic).then_some(Style::Emphasis),
        (formatting.font_weight == FontWeight::Bold).then_some(Style::Strong),
        (formatting.font_variant == FontVariant::SmallCaps).then_some(Style::SmallCaps),
        (formatting.text_decoration == TextDecoration::Underline).then_some(Style::Underline),
        (formatting.vertical_align == VerticalAlign::Sup).then_some(Style::Superscript),
        (formatting.vertical_align == VerticalAlign::Sub).then_some(Style::Subscript),
    ];
    let node = Inline::text(text.as_str(), span);
    Some(
        styles
            .into_iter()
            .flatten()
            .fold(node, |node, style| Inline::new(InlineKind::Styled { style, content: vec![node] }, span)),
    )
}
