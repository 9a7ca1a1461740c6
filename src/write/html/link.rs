//! Links as markup.

use super::escape::push_attribute;
use super::links::{Hole, Wanted};
use super::writer::ContentWriter;
use crate::diagnostic::code;
use crate::markup::address::{self, Address};
use crate::model::{Inline, Link, Span, Target, plain_text};

impl ContentWriter<'_, '_> {
    pub(super) fn hole(&mut self, hole: Hole) {
        self.holes.push((self.out.len(), hole));
    }

    pub(super) fn link(&mut self, link: &Link, inline: &Inline) {
        if self.in_link {
            return self.inlines(&link.content);
        }
        let attributes = {
            let at = self.out.len();
            self.attributes(inline.attr.as_deref(), "");
            self.out.split_off(at)
        };
        let words = |w: &mut Self| {
            if link.content.is_empty()
                || plain_text(&link.content).trim().is_empty() && !has_image(&link.content)
            {
                // A link without words can't be seen, heard or clicked.
                match &link.target {
                    Target::Url(url) => w.text(url, inline.span),
                    Target::Anchor(anchor) => w.text(anchor, inline.span),
                    Target::Article { title, .. } => w.text(title, inline.span),
                }
            }
            w.in_link = true;
            w.inlines(&link.content);
            w.in_link = false;
        };
        if let Target::Url(url) = &link.target {
            let Some(address) = self.address(url, inline.span) else {
                return self.without_link(attributes, words);
            };
            self.out.push_str("<a href=\"");
            push_attribute(&mut self.out, &address);
            self.out.push('"');
            self.out.push_str(&attributes);
            self.out.push('>');
            words(self);
            self.out.push_str("</a>");
        } else {
            let index = self.links.wanted.len();
            self.links.wanted.push(Wanted { target: link.target.clone(), attributes, place: None });
            self.hole(Hole::Open(index));
            words(self);
            self.hole(Hole::Close(index));
        }
        self.pending_note_calls();
    }

    fn without_link(&mut self, attributes: String, words: impl Fn(&mut Self)) {
        if attributes.is_empty() {
            words(self);
        } else {
            self.out.push_str(&format!("<span{attributes}>"));
            words(self);
            self.out.push_str("</span>");
        }
        self.pending_note_calls();
    }

    /// The address as it may stand in the output; `None`, reported, when it may not.
    fn address(&mut self, url: &str, span: Span) -> Option<String> {
        let (code, why) = match address::parse(url) {
            Address::Absolute(url) => return Some(url),
            Address::Relative(url) if !self.settings.has_files() => return Some(url),
            // An image of the document's own lies beside its pages; a book of EPUB leads to no bare image.
            Address::Relative(_) if let Some(file) = self.shown_file(url) => return Some(file),
            Address::Relative(_) => (&code::INVALID_LINK, "leads nowhere from inside a book"),
            Address::Invalid => (&code::INVALID_LINK, "is no valid URL"),
            Address::Unsafe => (&code::UNSAFE_LINK, address::UNSAFE),
        };
        self.cx.report(address::refused(url, code, why, span));
        None
    }
}

fn has_image(inlines: &[Inline]) -> bool {
    use crate::model::InlineKind;
    inlines.iter().any(|i| match &i.kind {
        InlineKind::Image(_) => true,
        InlineKind::Styled { content, .. } => has_image(content),
        InlineKind::Link(link) => has_image(&link.content),
        _ => false,
    })
}
