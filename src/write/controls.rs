//! Control characters, which steer terminals, kept out of what is plain text.

use crate::diagnostic::{Diagnostic, code};
use crate::format::WriteContext;
use crate::model::{Document, visit};
use std::io;

/// Hands text on without its control characters. Each call takes whole characters.
pub(super) struct Plain<'o> {
    out: &'o mut dyn io::Write,
    removed: usize,
}

impl<'o> Plain<'o> {
    pub fn new(out: &'o mut dyn io::Write) -> Self {
        Plain { out, removed: 0 }
    }

    /// Says how many were left out of a document, and where the first is.
    pub fn report(&self, document: &Document, cx: &mut WriteContext<'_>) {
        if self.removed == 0 {
            return;
        }
        let mut first = None;
        visit::each_text(document, &mut |text, span| first = first.or(text.contains(steers).then_some(span)));
        let what = if self.removed == 1 { "character" } else { "characters" };
        let message =
            format!("{} control {what} left out, the first here: they would steer a terminal", self.removed);
        cx.report(Diagnostic::new(&code::CONTROL_REMOVED, first, message));
    }
}

impl io::Write for Plain<'_> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        // Whole blocks at a time, without a branch: most text has none.
        let ascii =
            text.iter().fold(false, |found, &b| found | (b < b' ' && b != b'\n' && b != b'\t') | (b == 0x7F));
        let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
        // From U+0080 to U+009F.
        let latin = pairs.fold(false, |found, (&first, &second)| found | (first == 0xC2 && second < 0xA0));
        if !ascii && !latin {
            self.out.write_all(text)?;
        } else {
            let text = std::str::from_utf8(text).map_err(io::Error::other)?;
            let kept: String = text.chars().filter(|&c| !steers(c)).collect();
            self.removed += text.chars().filter(|&c| steers(c)).count();
            self.out.write_all(kept.as_bytes())?;
        }
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn steers(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t'
}
