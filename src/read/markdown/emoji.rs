//! Emoji by their short names, `:smile:`.

use crate::model::visit::{VisitMut, walk_block_mut, walk_inline_mut};
use crate::model::{Block, Inline, InlineKind, Note};

/// No name is longer.
const LONGEST: usize = 40;

/// The emoji at the start of a text, and how long its name is with the colons. What stands right after a
/// letter or a digit is a time, a name, or a number of a version.
pub(super) fn short_name(text: &str, before: Option<char>) -> Option<(&'static str, usize)> {
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-');
    if before.is_some_and(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let rest = text.strip_prefix(':')?;
    let length = rest.find(|c| !name(c)).filter(|length| (1..LONGEST).contains(length))?;
    if !rest[length..].starts_with(':') {
        return None;
    }
    Some((crate::markup::emoji::named(&rest[..length])?, length + 2))
}

/// Puts emoji into what was read from HTML, where no other mark-up is looked for.
pub(super) fn in_html(source: &str, blocks: &mut [Block], notes: &mut [Note]) {
    if !source.contains('<') {
        return;
    }
    let mut names = Names(source);
    let inside = notes.iter_mut().flat_map(|note| &mut note.blocks);
    blocks.iter_mut().chain(inside).for_each(|block| names.block(block));
}

struct Names<'s>(&'s str);

impl VisitMut<'_> for Names<'_> {
    fn block(&mut self, block: &mut Block) {
        walk_block_mut(self, block);
    }

    fn inline(&mut self, inline: &mut Inline) {
        // One behind a backslash is none.
        let escaped = self.0[..inline.span.start as usize].ends_with('\\');
        if let InlineKind::Text { text } = &mut inline.kind
            && !escaped
            && let Some(named) = named(text)
        {
            *text = named;
        }
        walk_inline_mut(self, inline);
    }
}

/// A text with the emoji that it names; `None` where it names none.
fn named(text: &str) -> Option<String> {
    let mut out: Option<String> = None;
    let mut done = 0;
    for (at, _) in text.match_indices(':') {
        if at < done {
            continue;
        }
        if let Some((emoji, length)) = short_name(&text[at..], text[..at].chars().next_back()) {
            let out = out.get_or_insert_default();
            out.push_str(&text[done..at]);
            out.push_str(emoji);
            done = at + length;
        }
    }
    out.map(|out| out + &text[done..])
}
