//! Whether an SVG image is one, and is safe to put into a book.

use quick_xml::{Reader, XmlVersion, events::Event};
use std::collections::HashMap;

/// Whether the bytes are a well-formed SVG image without script, style sheet or anything that
/// leads out of the file.
pub(crate) fn is_safe(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else { return false };
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    // The walk below takes what a reading system would not: control characters, unknown entities and
    // prefixes, text around the root.
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let Ok(tree) = roxmltree::Document::parse_with_options(text, options) else { return false };
    if tree.root_element().tag_name().namespace() != Some("http://www.w3.org/2000/svg") {
        return false;
    }
    let is_style = |node: &roxmltree::Node<'_, '_>| node.tag_name().name() == "style";
    let texts =
        tree.descendants().filter(is_style).flat_map(|node| node.descendants()).filter_map(|n| n.text());
    // Whole sheets, comments and all, by the strictest reading.
    if texts.into_iter().any(|css| css.contains('@') || !value_is_safe(&css.to_ascii_lowercase())) {
        return false;
    }
    if drawn(&tree).is_none() {
        return false;
    }
    let mut reader = Reader::from_str(text);
    let (mut depth, mut root) = (0usize, false);
    loop {
        let (element, opens) = match reader.read_event() {
            Ok(Event::Start(element)) => (element, 1),
            Ok(Event::Empty(element)) => (element, 0),
            Ok(Event::End(_)) => {
                depth = depth.saturating_sub(1);
                continue;
            }
            Ok(Event::Eof) => return root && depth == 0,
            // An entity could hold anything; a processing instruction can fetch a style sheet.
            Ok(Event::DocType(doctype)) if is_of_svg(doctype.as_ref()) => continue,
            Ok(Event::DocType(_) | Event::PI(_)) | Err(_) => return false,
            Ok(_) => continue,
        };
        let name = element.local_name();
        let name = name.as_ref();
        if depth == 0 && (root || name != "svg") {
            return false;
        }
        root = true;
        const REFUSED: &[&str] =
            &["script", "foreignObject", "iframe", "a", "animate", "set", "handler", "listener"];
        if REFUSED.contains(&name) || !element.attributes().all(|a| a.is_ok_and(|a| attribute_is_safe(&a))) {
            return false;
        }
        depth += opens;
    }
}

/// Elements that a drawing may consist of once each use of another stands for it.
const MOST_DRAWN: usize = 1_000_000;

/// Uses that may lead from one to the next.
const MOST_USES: usize = 32;

/// How many elements are drawn; `None` when those that use others, such as `<use>` and what is filled with a
/// pattern, make too many of them.
fn drawn(tree: &roxmltree::Document<'_>) -> Option<usize> {
    let elements = tree.root_element().descendants().filter(roxmltree::Node::is_element);
    let named = elements.filter_map(|element| Some((element.attribute("id")?, element)));
    let mut uses = Uses { named: named.collect(), drawn: HashMap::new(), left: 4 * MOST_DRAWN };
    // A style sheet may fill any element: with a gradient, which draws none.
    let gradient =
        |name: &str| uses.named.get(name).is_none_or(|used| used.tag_name().name().ends_with("Gradient"));
    let sheets = tree.descendants().filter(|node| node.tag_name().name() == "style");
    let sheets = sheets.flat_map(|sheet| sheet.descendants()).filter_map(|node| node.text());
    if !sheets.into_iter().flat_map(references).all(gradient) {
        return None;
    }
    uses.of(tree.root_element(), 0)
}

struct Uses<'a, 'i> {
    named: HashMap<&'a str, roxmltree::Node<'a, 'i>>,
    /// What is drawn of an element that is used.
    drawn: HashMap<roxmltree::NodeId, usize>,
    /// Elements that may yet be looked at.
    left: usize,
}

impl<'a> Uses<'a, '_> {
    fn of(&mut self, element: roxmltree::Node<'a, '_>, depth: usize) -> Option<usize> {
        if let Some(drawn) = self.drawn.get(&element.id()) {
            return Some(*drawn);
        }
        let mut all = 0usize;
        for element in element.descendants().filter(roxmltree::Node::is_element) {
            self.left = self.left.checked_sub(1)?;
            all += 1;
            for attribute in element.attributes() {
                for name in used(attribute) {
                    let Some(used) = self.named.get(name).copied() else { continue };
                    // One that uses itself is drawn by none.
                    let more = if depth < MOST_USES { self.of(used, depth + 1)? } else { return None };
                    all = all.checked_add(more).filter(|all| *all <= MOST_DRAWN)?;
                }
            }
        }
        self.drawn.insert(element.id(), all);
        Some(all)
    }
}

/// The elements that an attribute names.
fn used<'a>(attribute: roxmltree::Attribute<'a, '_>) -> impl Iterator<Item = &'a str> {
    let value = attribute.value();
    let whole = if attribute.name() == "href" { value.trim().strip_prefix('#') } else { None };
    whole.into_iter().chain(references(value))
}

/// The elements that a style names.
fn references(style: &str) -> impl Iterator<Item = &str> {
    style.split("url(").skip(1).filter_map(|reference| {
        let name = reference.trim_start_matches([' ', '"', '\'', '\t', '\n']).strip_prefix('#')?;
        name.split([')', '"', '\'', ' ', '\t', '\n']).next()
    })
}

fn attribute_is_safe(attribute: &quick_xml::events::attributes::Attribute<'_>) -> bool {
    let name = attribute.key.local_name();
    let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) else { return false };
    let value = value.trim().to_ascii_lowercase();
    let local = value.is_empty()
        || value.starts_with('#')
        || value.starts_with("data:image/png")
        || value.starts_with("data:image/jpeg");
    match name.as_ref() {
        "href" | "src" => local,
        name if name.len() > 2 && name.as_bytes()[..2].eq_ignore_ascii_case(b"on") => false,
        _ => value_is_safe(&value) && !value.contains("@import"),
    }
}

/// Whether a value in lower case leads to nothing outside, and hides nothing behind an escape.
fn value_is_safe(value: &str) -> bool {
    !value.contains('\\')
        && value
            .match_indices("url(")
            .all(|(at, _)| value[at + 4..].trim_start_matches([' ', '"', '\'']).starts_with('#'))
}

/// Whether a document type is that of SVG 1.1, which EPUB takes, with no entities of its own.
fn is_of_svg(doctype: &str) -> bool {
    !doctype.contains('[') && doctype.contains("\"-//W3C//DTD SVG 1.1//EN\"")
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    const HEAD: &str =
        r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">"#;

    #[test]
    fn drawings_are_safe() {
        for body in ["", "<rect fill=\"url(#g)\"/>", "<use xlink:href=\"#a\"/>", "<text>a &amp; b</text>"] {
            assert!(is_safe(format!("{HEAD}{body}</svg>").as_bytes()), "{body}");
        }
        assert!(is_safe(format!("<?xml version=\"1.0\"?>\n<!-- a -->{HEAD}</svg>").as_bytes()));
        assert!(is_safe(format!("{HEAD}<style>.a{{fill:url(#g)}}</style></svg>").as_bytes()));
        let svg = r#"<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">"#;
        assert!(is_safe(format!("{svg}{HEAD}</svg>").as_bytes()));
    }

    #[test]
    fn what_runs_or_fetches_is_not() {
        for body in [
            "<script>alert(1)</script>",
            "<rect onload=\"alert(1)\"/>",
            "<image href=\"http://example.org/a.png\"/>",
            "<image xlink:href=\"file:///etc/passwd\"/>",
            "<rect fill=\"url(http://example.org/#g)\"/>",
            "<rect style=\"fill:u\\72l(http://example.org)\"/>",
            "<style>@import 'http://example.org'</style>",
            "<style>.a{fill:url(http://example.org/#g)}</style>",
            "<style><![CDATA[.a{fill:u\\72l(http://example.org)}]]></style>",
            "<foreignObject/>",
            "<rect></svg>",
        ] {
            assert!(!is_safe(format!("{HEAD}{body}</svg>").as_bytes()), "{body}");
        }
        assert!(!is_safe(format!("<!DOCTYPE svg [<!ENTITY a 'b'>]>{HEAD}</svg>").as_bytes()));
        assert!(!is_safe(format!("<?xml-stylesheet href='x'?>{HEAD}</svg>").as_bytes()));
        assert!(!is_safe(b"<html/>"));
    }

    #[test]
    fn what_grows_without_bound_is_not() {
        let step = |n: usize, one: &str| format!("<g id=\"a{n}\">{}</g>", one.repeat(10));
        let uses: String = (1..9).map(|n| step(n, &format!("<use href=\"#a{}\"/>", n - 1))).collect();
        let fills: String =
            (1..9).map(|n| step(n, &format!("<rect style=\"fill: url( '#a{}' )\"/>", n - 1))).collect();
        for steps in [uses, fills] {
            let body = format!("<defs><g id=\"a0\"/>{steps}</defs><use href=\"#a8\"/>");
            assert!(!is_safe(format!("{HEAD}{body}</svg>").as_bytes()), "{body}");
        }
        let filled = "<style>rect { fill: url(#a) }</style>";
        assert!(
            !is_safe(format!("{HEAD}{filled}<pattern id=\"a\"><rect/></pattern></svg>").as_bytes()),
            "a circle"
        );
        assert!(is_safe(format!("{HEAD}{filled}<linearGradient id=\"a\"/><rect/></svg>").as_bytes()));
        assert!(!is_safe(format!("{HEAD}<g id=\"a\"><use href=\"#a\"/></g></svg>").as_bytes()), "a circle");
        let few = "<g id=\"a\"><rect/></g>".to_owned() + &"<use href=\"#a\"/>".repeat(1000);
        assert!(is_safe(format!("{HEAD}{few}</svg>").as_bytes()));
    }

    #[test]
    fn what_is_no_xml_is_not() {
        for body in ["a\u{6}b", "&x;", "<x:rect/>", "]]>", "<!-- a -- b -->"] {
            assert!(!is_safe(format!("{HEAD}{body}</svg>").as_bytes()), "{body:?}");
        }
        assert!(!is_safe(format!("{HEAD}</svg>a").as_bytes()));
        assert!(!is_safe(b"<svg/>"), "of no namespace");
    }
}
