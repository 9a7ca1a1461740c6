//! Items of a list that are tasks, done or not.

use crate::model::{Block, BlockKind, Inline, InlineKind};

/// Takes the box before a task's words.
pub(super) fn task(first: &mut Block) -> Option<bool> {
    let BlockKind::Paragraph { content } = &mut first.kind else { return None };
    let Some(Inline { kind: InlineKind::Text { text }, .. }) = content.first_mut() else { return None };
    let checked = match text.chars().next()? {
        '☐' => false,
        '☑' | '☒' => true,
        _ => return None,
    };
    let rest = text['☐'.len_utf8()..].trim_start().to_owned();
    if rest.is_empty() {
        content.remove(0);
    } else {
        *text = rest;
    }
    Some(checked)
}
