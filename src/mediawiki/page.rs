//! One page of an export.

use super::walk::{Step, Walk, attribute};

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
    fn a_badly_formed_page_says_so() {
        assert!(Page::read(b"<page></title>").unwrap_err().contains("badly formed"));
        assert!(Page::read(b"<page>\xFF</page>").unwrap_err().contains("UTF-8"));
    }
}
