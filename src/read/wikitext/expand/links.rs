//! `{{#links:between|before the last}}`: what a template was given as links, for the notes above sections that
//! lead to other articles. It is no function of MediaWiki's, whose templates do this in Lua.

use super::arguments::{Argument, Arguments, positional_arguments};
use super::flat::Flat;
use crate::model::Span;

/// The unnamed arguments as links, by the labels `l1`, `l2` … if there are any. Of more than two the last has a
/// comma before the word that joins it.
pub fn links(arguments: &Arguments, between: &Flat, last: &Flat, span: Span, out: &mut Flat) {
    let filled = |argument: &&Argument| !argument.value.text.trim().is_empty();
    let pages: Vec<&Argument> = positional_arguments(arguments).filter(filled).collect();
    for (index, page) in pages.iter().enumerate() {
        if index > 0 {
            let ends = index + 1 == pages.len() && !last.text.is_empty();
            if ends && index > 1 {
                out.push_made(",", span);
            }
            out.push_flat(if ends { last } else { between });
        }
        page.show();
        let label = ["l", "label "].into_iter().find_map(|name| {
            arguments.get(&format!("{name}{}", page.name)).filter(|label| !label.text.trim().is_empty())
        });
        link(&page.value.clone().trimmed(), label, span, out);
    }
}

fn link(page: &Flat, label: Option<&Flat>, span: Span, out: &mut Flat) {
    // A link already, or something that can't be in one.
    if page.text.contains(['[', '\0']) {
        return out.push_flat(page);
    }
    let is_plain = page.text.starts_with(':') || !page.text.contains(':');
    out.push_made(if is_plain { "[[" } else { "[[:" }, span);
    out.push_flat(page);
    if !page.text.contains('|') {
        if let Some(label) = label {
            out.push_made("|", span);
            out.push_flat(label);
        } else if let Some(mark) = page.text.find('#') {
            out.push_made("|", span);
            out.push_slice(page, 0..mark);
            out.push_made(if mark > 0 { " § " } else { "§ " }, span);
            out.push_slice(page, mark + 1..page.text.len());
        }
    }
    out.push_made("]]", span);
}
