//! Link annotations (PDF 32000-1, 12.5.6.5).

use super::ops::points;
use super::text_string;
use crate::layout::Length;
use crate::layout::page::LinkArea;
use crate::model::Target;
use lopdf::{Dictionary, Object, StringFormat};

/// The annotation of an area, or `None` when it leads nowhere that a file may lead.
pub(super) fn annotation(area: &LinkArea, page_height: Length, struct_parent: usize) -> Option<Dictionary> {
    const PRINT: i64 = 1 << 2;

    let mut dict = Dictionary::new();
    let bottom = page_height - area.y - area.height;
    let rect = [area.x, bottom, area.x + area.width, bottom + area.height];
    dict.set("Type", "Annot");
    dict.set("Subtype", "Link");
    dict.set("Rect", rect.map(|edge| Object::Real(points(edge))).to_vec());
    dict.set("Border", vec![0.into(), 0.into(), 0.into()]);
    dict.set("F", PRINT);
    dict.set("StructParent", struct_parent as i64);
    let mut contents = area.contents.as_str();
    match &area.target {
        Target::Url(url) => {
            let mut action = Dictionary::new();
            action.set("S", "URI");
            action.set("URI", Object::string_literal(uri(url)?));
            dict.set("A", action);
            if contents.trim().is_empty() {
                contents = url;
            }
        }
        Target::Anchor(name) if name.trim().is_empty() => return None,
        Target::Anchor(name) => {
            dict.set("Dest", Object::String(name.clone().into_bytes(), StringFormat::Literal));
            if contents.trim().is_empty() {
                contents = name;
            }
        }
        Target::Article { .. } => return None,
    }
    dict.set("Contents", text_string::object(contents));
    Some(dict)
}

/// The address as a URI in ASCII (RFC 3986), if a click on it does no more than open a page, a
/// mail or a call: no scripts, no local files.
pub(super) fn uri(url: &str) -> Option<String> {
    const SAFE: [&str; 16] = [
        "http", "https", "mailto", "ftp", "ftps", "tel", "sms", "geo", "news", "nntp", "irc", "ircs", "xmpp",
        "gopher", "doi", "urn",
    ];
    let url = url.trim();
    let (scheme, rest) = match url.strip_prefix("//") {
        Some(rest) => ("https", format!("//{rest}")),
        None => url.split_once(':').map(|(scheme, rest)| (scheme, rest.to_owned()))?,
    };
    if !SAFE.iter().any(|safe| safe.eq_ignore_ascii_case(scheme)) {
        return None;
    }
    let mut uri = format!("{}:", scheme.to_ascii_lowercase());
    for byte in rest.bytes() {
        match byte {
            b'!'..=b'~' if !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}') => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    Some(uri)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::structure::StructId;

    #[test]
    fn what_leads_nowhere_and_says_nothing_is_no_link() {
        let side = Length::pt(9);
        let area = |name: &str| LinkArea {
            x: side,
            y: side,
            width: side,
            height: side,
            target: Target::Anchor(name.to_owned()),
            contents: " ".to_owned(),
            owner: StructId(0),
        };
        assert!(annotation(&area("a"), side, 0).is_some());
        assert!(annotation(&area(""), side, 0).is_none());
    }

    #[test]
    fn only_harmless_schemes() {
        assert_eq!(
            uri("https://de.wikipedia.org/wiki/Köln?a=b c").as_deref(),
            Some("https://de.wikipedia.org/wiki/K%C3%B6ln?a=b%20c")
        );
        assert_eq!(uri("//example.org/").as_deref(), Some("https://example.org/"));
        assert_eq!(uri("MAILTO:a@b.org").as_deref(), Some("mailto:a@b.org"));
        for bad in [
            "javascript:alert(1)",
            "JavaScript:x",
            "file:///etc/passwd",
            "data:text/html,x",
            "other.pdf",
            "java\nscript:x",
        ] {
            assert_eq!(uri(bad), None, "{bad}");
        }
    }
}
