//! Link annotations (PDF 32000-1, 12.5.6.5).

use super::file::File;
use super::ops::points;
use super::text_string;
use crate::format::Error;
use crate::layout::page::{Link, LinkArea};
use crate::model::Target;
use crate::style::Length;
use lopdf::{Dictionary, Object, ObjectId};

/// Links that say more than this share it between the annotations of their lines.
const LONG: usize = 512;

/// What all annotations of a link have in common.
#[derive(Clone)]
pub(super) struct Said {
    /// Where it leads: an action, or a destination.
    leads: (&'static str, Object),
    contents: Object,
}

impl Said {
    /// `None` when it leads nowhere that a file may lead. `destination` is the object of the element that an
    /// anchor names, where it is to be named.
    pub(super) fn of(link: &Link, destination: Option<ObjectId>) -> Option<Said> {
        let (leads, own) = match &link.target {
            Target::Url(url) => {
                let mut action = Dictionary::new();
                action.set("S", "URI");
                action.set("URI", text_string::string(uri(url)?.into_bytes()));
                (("A", action.into()), url)
            }
            Target::Anchor(name) if name.trim().is_empty() => return None,
            Target::Anchor(name) => {
                let named = text_string::string(name.clone().into_bytes());
                let leads = match destination {
                    None => ("Dest", named),
                    Some(element) => ("A", go_to(named, element.into()).into()),
                };
                (leads, name)
            }
            Target::Article { .. } => return None,
        };
        let contents = if link.contents.trim().is_empty() { own } else { &link.contents };
        Some(Said { leads, contents: text_string::object(contents) })
    }

    /// The same by reference, when it is long.
    pub(super) fn shared(self, link: &Link, file: &mut File<'_>) -> Result<Said, Error> {
        let (Target::Url(own) | Target::Anchor(own)) = &link.target else { return Ok(self) };
        if own.len() + link.contents.len() <= LONG {
            return Ok(self);
        }
        let (key, leads) = self.leads;
        let leads = (key, Object::Reference(file.add(leads)?));
        Ok(Said { leads, contents: Object::Reference(file.add(self.contents)?) })
    }
}

/// An action that goes to a destination, by its place or name and by its element.
pub(super) fn go_to(place: Object, element: Object) -> Dictionary {
    let mut action = Dictionary::new();
    action.set("S", "GoTo");
    action.set("D", place);
    action.set("SD", element);
    action
}

/// The annotation of an area.
pub(super) fn annotation(
    area: &LinkArea,
    said: Said,
    page_height: Length,
    struct_parent: usize,
) -> Dictionary {
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
    dict.set(said.leads.0, said.leads.1);
    dict.set("Contents", said.contents);
    dict
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
        let link = |name: &str| Link {
            target: Target::Anchor(name.to_owned()),
            contents: " ".to_owned(),
            owner: StructId(0),
        };
        assert!(Said::of(&link("a"), None).is_some());
        assert!(Said::of(&link(""), None).is_none());
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
