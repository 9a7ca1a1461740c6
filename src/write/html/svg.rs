//! Whether an SVG image is one, and is safe to put into a book.

use quick_xml::{Reader, XmlVersion, events::Event};

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
    fn what_is_no_xml_is_not() {
        for body in ["a\u{6}b", "&x;", "<x:rect/>", "]]>", "<!-- a -- b -->"] {
            assert!(!is_safe(format!("{HEAD}{body}</svg>").as_bytes()), "{body:?}");
        }
        assert!(!is_safe(format!("{HEAD}</svg>a").as_bytes()));
        assert!(!is_safe(b"<svg/>"), "of no namespace");
    }
}
