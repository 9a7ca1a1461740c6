//! Images: what their bytes are, and whether they may stand in a book.

use super::escape::push_attribute;
use super::page::Kind;
use super::writer::{ContentWriter, Shown};
use crate::diagnostic::{Diagnostic, code};
use crate::markup::address::{self, Address};
use crate::model::{Asset, Attr, Image, Span};

/// Tells the kind from the bytes; names and declared types may lie. Of images of pixels the header
/// must say how many: EPUBCheck refuses a book with others (PKG-021), and nothing shows them.
pub(crate) fn kind(data: &[u8]) -> Option<Kind> {
    let still = |media_type, extension| Kind { media_type, extension, animated: false };
    let kind = match data {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => still("image/png", "png"),
        [0xFF, 0xD8, 0xFF, ..] => still("image/jpeg", "jpg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => {
            let animated = data.windows(11).any(|w| w == b"NETSCAPE2.0");
            Kind { media_type: "image/gif", extension: "gif", animated }
        }
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => {
            let animated =
                data.get(12..16) == Some(b"VP8X") && data.get(20).is_some_and(|flags| flags & 2 != 0);
            Kind { media_type: "image/webp", extension: "webp", animated }
        }
        _ => return super::svg::is_safe(data).then_some(still("image/svg+xml", "svg")),
    };
    imagesize::blob_size(data).is_ok_and(|size| size.width > 0 && size.height > 0).then_some(kind)
}

/// The name of a shown image's file in the book.
pub(crate) fn file_name(index: usize, kind: Kind) -> String {
    format!("images/{}.{}", index + 1, kind.extension)
}

impl<'a> ContentWriter<'a, '_> {
    /// An asset, if it is there and of a kind that can be shown. Its bytes are looked at once.
    fn shown(&mut self, name: &str) -> Option<(&'a Asset, Shown)> {
        let asset = self.document.assets.get(name)?;
        let shown = match self.shown.get(name) {
            Some(known) => *known,
            None => {
                let shown = kind(&asset.data).map(|kind| {
                    self.content.assets.push((name.to_owned(), kind));
                    Shown { index: self.content.assets.len() - 1, kind }
                });
                self.shown.insert(name.to_owned(), shown);
                shown
            }
        };
        Some((asset, shown?))
    }

    /// The path of an image's file beside the pages of a site.
    pub(super) fn shown_file(&mut self, name: &str) -> Option<String> {
        let shown = if self.is_epub() { None } else { self.shown(name) };
        shown.map(|(_, shown)| file_name(shown.index, shown.kind))
    }

    /// Where an image that was not loaded may still be seen: its address, or its path, unless that is a bare
    /// name, under which it would have been found.
    fn address_of_missing(&self, source: &str) -> Option<String> {
        match address::parse(source) {
            _ if self.in_link => None,
            Address::Absolute(url) => Some(url),
            Address::Relative(path) => Some(path).filter(|p| p.contains('/') && !self.settings.has_files()),
            _ => None,
        }
    }

    pub(super) fn image(&mut self, image: &Image, attr: Option<&Attr>, span: Span) {
        let document = self.document;
        let Some((asset, shown)) = self.shown(&image.source) else {
            // An image that was not loaded was reported by the transform that loads.
            if document.assets.contains_key(&image.source) {
                let source = image.source.escape_debug();
                let message = format!("the image '{source}' is broken, or of no kind that books can show");
                self.cx
                    .report(Diagnostic::new(&code::IMAGE_UNAVAILABLE, span, message).help(
                        "PNG, JPEG, GIF and WebP are shown, and SVG without scripts, styles and links",
                    ));
            }
            let words = image.alt.as_deref().filter(|alt| !alt.is_empty()).unwrap_or(&image.source);
            let address = self.address_of_missing(&image.source);
            let mut extra = " class=\"image\"".to_owned();
            if let Some(address) = &address {
                extra.push_str(" href=\"");
                push_attribute(&mut extra, address);
                extra.push('"');
            }
            let element = if address.is_some() { "a" } else { "span" };
            self.open(element, attr, &extra);
            self.text(words, span);
            self.out.push_str(&format!("</{element}>"));
            return;
        };
        let facts = &mut self.content.facts;
        if image.alt.as_deref() != Some("") {
            facts.images += 1;
        }
        facts.animated += usize::from(shown.kind.animated);
        if image.alt.is_none() {
            facts.undescribed += 1;
            self.cx.report(
                Diagnostic::new(
                    &code::NO_ALT,
                    span,
                    format!("the image '{}' has no alternative text", image.source),
                )
                .help("say what it shows, for who cannot see it"),
            );
        }
        self.out.push_str("<img");
        self.attributes(attr, "");
        self.out.push_str(" src=\"");
        if self.settings.has_files() {
            self.out.push_str(&file_name(shown.index, shown.kind));
        } else {
            use base64::{Engine, engine::general_purpose::STANDARD};
            self.out.push_str(&format!("data:{};base64,", shown.kind.media_type));
            STANDARD.encode_string(&asset.data, &mut self.out);
        }
        self.out.push_str("\" alt=\"");
        let removed = push_attribute(&mut self.out, image.alt.as_deref().unwrap_or_default());
        self.count_removed(removed, span);
        self.out.push('"');
        for (name, value) in [("width", image.width), ("height", image.height)] {
            if let Some(value) = value {
                self.out.push_str(&format!(" {name}=\"{value}\""));
            }
        }
        self.out.push('>');
        self.end_void();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01";
    const GIF: &[u8] = b"GIF89a\x01\0\x01\0......";

    #[test]
    fn the_bytes_tell_the_kind() {
        let media_type = |data: &[u8]| kind(data).map(|k| k.media_type);
        assert_eq!(media_type(PNG), Some("image/png"));
        assert_eq!(media_type(GIF), Some("image/gif"));
        let jpeg = b"\xFF\xD8\xFF\xC0\0\x0B\x08\0\x01\0\x01\x01\x01\x11\0";
        assert_eq!(media_type(jpeg), Some("image/jpeg"));
        let webp = b"RIFF\x16\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0\0\0\0\0\0\0";
        assert_eq!(media_type(webp), Some("image/webp"));
        assert_eq!(media_type(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), Some("image/svg+xml"));
        assert_eq!(media_type(b"<html></html>"), None);
        assert_eq!(media_type(b""), None);
    }

    #[test]
    fn a_broken_header_is_of_no_kind() {
        assert_eq!(kind(&PNG[..12]), None);
        assert_eq!(kind(b"GIF89a"), None);
        assert_eq!(kind(b"GIF89a\0\0\0\0......"), None);
        assert_eq!(kind(b"\xFF\xD8\xFF\xE0"), None);
        assert_eq!(kind(b"RIFF\0\0\0\0WEBPVP8 "), None);
    }

    #[test]
    fn animation_is_seen() {
        assert!(!kind(GIF).unwrap().animated);
        assert!(kind(&[GIF, b"NETSCAPE2.0..."].concat()).unwrap().animated);
    }
}
