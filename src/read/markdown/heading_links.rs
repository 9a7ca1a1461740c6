//! Headings as definitions of links: pandoc's `[words of a heading]` leads to it.

use super::attributes;
use super::definition::normal;
use crate::text::slug::Slugs;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::BTreeSet;

/// Definitions for the headings of a text whose words stand in brackets somewhere, to be read after it.
pub(super) fn definitions(text: &str, options: Options) -> String {
    let inside = text.split('[').skip(1).filter_map(|rest| rest.split(']').next());
    let named: BTreeSet<String> = inside.filter(|label| label.len() < 200).map(normal).collect();
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
