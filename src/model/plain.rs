use super::{Inline, InlineKind};

/// The words of inlines without any mark-up: what a title in metadata or an outline says.
///
/// Notes are left out, an image gives its alternative text, breaks are spaces.
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_plain_text(inlines, &mut out);
    out
}

/// Like [`plain_text`], onto a string that is already there.
pub fn push_plain_text(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text { text } | InlineKind::Code { text } => out.push_str(text),
            InlineKind::Math(formula) => out.push_str(&formula.tex),
            InlineKind::Styled { content, .. } => push_plain_text(content, out),
            InlineKind::Link(link) => push_plain_text(&link.content, out),
            InlineKind::Unknown(unknown) => push_plain_text(&unknown.content, out),
            InlineKind::Image(image) => out.push_str(image.alt.as_deref().unwrap_or_default()),
            InlineKind::SoftBreak | InlineKind::HardBreak => out.push(' '),
            InlineKind::Note { .. } | InlineKind::Unresolved(_) => {}
        }
    }
}
