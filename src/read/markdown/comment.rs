//! Obsidian's comments, `%%…%%`.

use super::region::{Edits, NOTHING};
use crate::model::Span;

/// Leaves out what stands between two signs of a comment, on one line or on several.
pub(super) fn comments(edits: &mut Edits<'_>, start: usize, found: &mut Vec<Span>) {
    let text = edits.text;
    let mut signs = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find("%%").map(|next| at + next) {
        at = next + 2 + text[next + 2..].len() - text[next + 2..].trim_start_matches('%').len();
        if !edits.is_kept(next) {
            signs.push(next);
        }
    }
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut signs = signs.into_iter().peekable();
    while let Some(open) = signs.next() {
        let Some(&close) = signs.peek() else { break };
        let inline = text[open..close].find('\n').is_none();
        // One that takes several lines begins and ends a line.
        let begins = || text[..open].rsplit('\n').next().is_some_and(|before| before.trim().is_empty());
        let fits = !word(text[..open].chars().next_back()) && !word(text[close + 2..].chars().next());
        if !fits || !(inline || begins()) {
            continue;
        }
        signs.next();
        for (line, content) in super::region::lines(&text[open..close + 2]) {
            edits.put(open + line..open + line + content.len(), &NOTHING.to_string().repeat(content.len()));
        }
        found.push(Span::new(start + open, start + close + 2));
    }
}
