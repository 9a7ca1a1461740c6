//! The metadata block.

use super::Flavour;
use crate::model::{Creator, Meta, Origin, plain_text};

/// What is known of a document in YAML; `None` where that is nothing but a title that a heading says.
pub(super) fn matter(meta: &Meta, whole: &Meta, flavour: Flavour, title_is_heading: bool) -> Option<String> {
    if !flavour.has_front_matter() {
        return None;
    }
    let mut out = String::new();
    let mut put = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            out.push_str(&format!("{name}: {}\n", scalar(value)));
        }
    };
    let title = plain_text(&meta.title);
    put("title", (!title_is_heading && !title.is_empty()).then_some(&*title));
    let subtitle = plain_text(&meta.subtitle);
    put("subtitle", (!subtitle.is_empty()).then_some(&*subtitle));
    let creators = if meta.creators.is_empty() { &whole.creators } else { &meta.creators };
    let is_name = |creator: &Creator| *creator == Creator::new(creator.name.as_str());
    if creators.iter().all(is_name) {
        match creators.as_slice() {
            [] => {}
            [one] => put("author", Some(&one.name)),
            many => {
                let names: Vec<String> =
                    many.iter().map(|creator| format!("  - {}\n", scalar(&creator.name))).collect();
                out.push_str(&format!("author:\n{}", names.concat()));
            }
        }
    } else {
        out.push_str("author:\n");
        for creator in creators {
            out.push_str(&format!("  - name: {}\n", scalar(&creator.name)));
            let fields = [("role", &creator.role), ("email", &creator.email), ("orcid", &creator.orcid)];
            for (name, value) in fields {
                if let Some(value) = value {
                    out.push_str(&format!("    {name}: {}\n", scalar(value)));
                }
            }
            if !creator.affiliations.is_empty() {
                out.push_str("    affiliation:\n");
                for name in &creator.affiliations {
                    out.push_str(&format!("      - {}\n", scalar(name)));
                }
            }
        }
    }
    let mut put = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            out.push_str(&format!("{name}: {}\n", scalar(value)));
        }
    };
    put("date", meta.date.as_deref());
    let given = meta.language.as_ref().filter(|language| language.origin == Origin::Given);
    put("lang", given.map(|language| language.tag.as_str()));
    put("description", meta.description.as_deref());
    put("identifier", meta.identifier.as_deref());
    put("publisher", meta.publisher.as_deref());
    put("rights", meta.rights.as_deref());
    put("source", meta.source_url.as_deref());
    put("revision", meta.revision.as_deref());
    if !meta.subjects.is_empty() {
        let subjects: Vec<String> =
            meta.subjects.iter().map(|subject| format!("  - {}\n", scalar(subject))).collect();
        out.push_str(&format!("keywords:\n{}", subjects.concat()));
    }
    (!out.is_empty()).then(|| format!("---\n{out}---"))
}

/// A value as YAML: as it is where nothing in it means something there, else in quotation marks.
fn scalar(value: &str) -> String {
    let plain = value.starts_with(|c: char| c.is_alphabetic())
        && !value.ends_with([' ', ':'])
        && !value.contains(|c: char| c.is_control() || "#\"'{}[]&*|>%@`!".contains(c))
        && !value.contains(": ")
        && !["true", "false", "yes", "no", "null", "on", "off"].contains(&&*value.to_ascii_lowercase());
    if plain {
        return value.to_owned();
    }
    let mut out = String::from("\"");
    for c in value.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", c as u32)),
            _ => out.push(c),
        }
    }
    out + "\""
}
