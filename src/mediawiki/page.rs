//! One page of an export.

use super::walk::{Step, Walk, attribute};
use memchr::{memchr, memmem};
use std::ops::Range;

/// A page, as its last revision has it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Page {
    pub title: String,
    /// The number of its namespace.
    pub namespace: i64,
    pub id: String,
    /// The title it leads to.
    pub redirect: Option<String>,
    /// The number of the revision.
    pub revision: String,
    /// When it was written.
    pub timestamp: String,
    /// What its text is: wikitext, or something else.
    pub model: String,
    pub text: String,
}

impl Page {
    /// Reads the XML of a page, from `<page>` to `</page>`.
    ///
    /// # Errors
    /// A message when it is badly formed.
    pub fn read(xml: &[u8]) -> Result<Self, String> {
        // The text is nearly all of a page, and the walk would stop at each of its references.
        let text = only_text(xml).and_then(|range| {
            let text = std::str::from_utf8(&xml[range.clone()]).ok()?;
            let text = quick_xml::escape::unescape(text).ok()?;
            Some((range, text))
        });
        match text {
            Some((range, text)) => {
                Ok(Page { text: text.into_owned(), ..Page::walked(&without(xml, range))? })
            }
            None => Page::walked(xml),
        }
    }

    /// The same without the text.
    ///
    /// # Errors
    /// A message when what stands around the text is badly formed.
    #[cfg(feature = "batch")]
    pub fn head(xml: &[u8]) -> Result<Self, String> {
        match only_text(xml) {
            Some(range) => Page::walked(&without(xml, range)),
            None => Page::walked(xml),
        }
    }

    fn walked(xml: &[u8]) -> Result<Self, String> {
        let xml = std::str::from_utf8(xml).map_err(|_| "the page is not valid UTF-8".to_owned())?;
        Page::parse(xml).map_err(|message| format!("the page is badly formed: {message}"))
    }

    fn parse(xml: &str) -> Result<Self, String> {
        let mut page = Page::default();
        let mut walk = Walk::new(xml);
        while let Some(step) = walk.next()? {
            let path: Vec<&str> = walk.path.iter().map(String::as_str).collect();
            match (step, path.as_slice()) {
                (Step::Open(element), ["page", "redirect"]) => page.redirect = attribute(&element, "title"),
                // Of several revisions the last one is the newest.
                (Step::Open(_), ["page", "revision"]) => {
                    page.text.clear();
                    page.model.clear();
                }
                (Step::Text(text), ["page", "title"]) => page.title = text,
                (Step::Text(text), ["page", "ns"]) => page.namespace = text.trim().parse().unwrap_or(0),
                (Step::Text(text), ["page", "id"]) => page.id = text,
                (Step::Text(text), ["page", "revision", "id"]) => page.revision = text,
                (Step::Text(text), ["page", "revision", "timestamp"]) => page.timestamp = text,
                (Step::Text(text), ["page", "revision", "model"]) => page.model = text,
                (Step::Text(text), ["page", "revision", "text"]) => page.text = text,
                _ => {}
            }
        }
        Ok(page)
    }
}

/// Where the text of a page stands that has one text without anything but characters and references in it.
fn only_text(xml: &[u8]) -> Option<Range<usize>> {
    let open = memmem::find(xml, b"<text")?;
    let start = open + memchr(b'>', &xml[open..])? + 1;
    let end = start + memchr(b'<', &xml[start..])?;
    let tag = &xml[open..start];
    let whole_tag =
        !tag.ends_with(b"/>") && tag.iter().filter(|b| matches!(b, b'"' | b'\'')).count() % 2 == 0;
    let around = [&xml[..open], &xml[end..]];
    // In comments and the like a tag is none.
    let plain = around.iter().all(|part| memmem::find(part, b"<!").is_none());
    let only = whole_tag && plain && memmem::find(&xml[end..], b"<text").is_none();
    (only && xml[end..].starts_with(b"</text>") && memchr(b'\r', &xml[start..end]).is_none())
        .then_some(start..end)
}

fn without(xml: &[u8], range: Range<usize>) -> Vec<u8> {
    [&xml[..range.start], &xml[range.end..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_revision_counts_and_references_are_characters() {
        let page = Page::read(
            "<page><title>Vorlage:A&amp;B</title><ns>10</ns><revision><text>old</text></revision>\
             <revision><contributor><username>U</username><id>5</id></contributor><id>2</id>\
             <text bytes='3'>&lt;b&gt;{{{1}}}&#x21;</text></revision></page>"
                .as_bytes(),
        );
        let want = Page {
            title: "Vorlage:A&B".into(),
            namespace: 10,
            revision: "2".into(),
            text: "<b>{{{1}}}!".into(),
            ..Page::default()
        };
        assert_eq!(page, Ok(want));
        assert_eq!(
            Page::read(b"<page><title>C</title><revision><text/></revision></page>").unwrap().text,
            ""
        );
    }

    #[test]
    fn a_page_is_the_same_with_its_text_taken_out_and_walked_through() {
        let page = |text: &str| {
            format!("<page><title>A</title><id>1</id><revision><id>2</id>{text}<sha1/></revision></page>")
        };
        for text in [
            "<text>a</text>",
            "<text xml:space=\"preserve\">a &lt;b&gt; &#228; &amp;amp; ä\n </text>",
            "<text>a\r\nb</text>",
            "<text/>",
            "<text></text>",
            "<text a='>'>b</text>",
            "<text>a<![CDATA[<text>b</text>]]></text>",
            "<!-- <text>a</text> --><text>b</text>",
            "<text>a</text><text>b</text>",
            "<text>&nosuch;</text>",
            "<text>&#0;</text>",
            "<text>a & b</text>",
            "<text>a",
            "<text",
            "<texts>a</texts>",
        ] {
            let xml = page(text);
            assert_eq!(Page::read(xml.as_bytes()), Page::walked(xml.as_bytes()), "{text}");
            if let (Ok(page), Ok(head)) = (Page::read(xml.as_bytes()), Page::head(xml.as_bytes())) {
                assert_eq!(Page { text: head.text.clone(), ..page }, head, "{text}");
            }
        }
    }

    #[test]
    fn a_badly_formed_page_says_so() {
        assert!(Page::read(b"<page></title>").unwrap_err().contains("badly formed"));
        assert!(Page::read(b"<page>\xFF</page>").unwrap_err().contains("UTF-8"));
    }
}
