//! Headings as definitions of links: pandoc's `[words of a heading]` leads to it.

use super::attributes;
use super::definition::normal;
use crate::text::slug::Slugs;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::BTreeSet;

/// No label is longer, in bytes.
const LONGEST: usize = 200;

/// Definitions for the headings of a text whose words stand in brackets somewhere, to be read after it: in any
/// where that is pandoc's, else as the label of a link (`[words][Heading]`, `[Heading][]`).
pub(super) fn definitions(text: &str, options: Options, any: bool) -> String {
    let named: BTreeSet<String> = if any {
        let inside = text.split('[').skip(1).filter_map(|rest| rest.split(']').next());
        inside.filter(|label| label.len() < LONGEST).map(normal).collect()
    } else {
        text.match_indices("][").filter_map(|(at, _)| label(text, at)).map(normal).collect()
    };
    if named.is_empty() {
        return String::new();
    }
    let (mut out, mut slugs) = (String::new(), Slugs::default());
    let mut words: Option<String> = None;
    for (event, _) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. }) => words = Some(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(words) = &mut words {
                    words.push_str(&text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let Some(words) = words.take() else { continue };
                let found = attributes::at_end(&words);
                let label = found
                    .as_ref()
                    .map_or(&*words, |(open, _)| &words[..*open])
                    .trim()
                    .trim_end_matches('#')
                    .trim_end();
                let slug = slugs.name(label);
                let anchor = found.and_then(|(_, found)| found.id).unwrap_or(slug);
                if named.contains(&normal(label)) && !label.contains(['[', ']', '\\']) {
                    out.push_str(&format!("\n\n[{label}]: <#{anchor}>"));
                }
            }
            _ => {}
        }
    }
    out
}

/// The label of a link whose second bracket opens behind a place.
pub(super) fn label(text: &str, at: usize) -> Option<&str> {
    let rest = &text[at + 2..text.floor_char_boundary(at + 2 + LONGEST)];
    let label = &rest[..rest.find([']', '\n'])?];
    if !label.is_empty() || rest.starts_with('\n') {
        return Some(label).filter(|label| !label.is_empty() && !label.starts_with('^'));
    }
    let before = &text[text.ceil_char_boundary(at.saturating_sub(LONGEST))..at];
    before.rsplit_once('[').map(|(_, label)| label).filter(|label| !label.is_empty())
}
