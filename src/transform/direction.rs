use crate::diagnostic::{Diagnostic, code};
use crate::format::ReadContext;
use crate::model::{Document, visit};

/// Tells of characters that override the direction of text (U+202D, U+202E): what is read then is
/// not what stands there, as in `gpj.exe` for a file whose name ends in `exe.jpg`. They are kept, for
/// some texts need them.
pub fn direction(document: &Document, cx: &mut ReadContext<'_>) {
    let (mut count, mut first) = (0, None);
    visit::each_text(document, &mut |text, span| {
        // All of the general punctuation, which most texts have little of, starts with this byte.
        if text.as_bytes().contains(&0xE2) {
            let found = text.matches(['\u{202D}', '\u{202E}']).count();
            count += found;
            first = first.or((found > 0).then_some(span));
        }
    });
    if count > 0 {
        let what = match count {
            1 => "a character overrides".to_owned(),
            _ => format!("{count} characters override"),
        };
        let message = format!(
            "{what} the direction of text, the first here; what is read may not be what stands there"
        );
        cx.report(Diagnostic::new(&code::BIDI_OVERRIDE, first, message));
    }
}
