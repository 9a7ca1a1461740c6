//! Images: which a document shows, where they come from and what kind they are.

pub use super::files::Files;
pub use super::loader::{LoadError, Loader};

#[cfg(any(feature = "html", feature = "pandoc"))]
use crate::model::Asset;
use crate::model::visit::{self, Visit};
use crate::model::{Block, BlockKind, Document, Image, Inline, InlineKind, Span};
#[cfg(any(feature = "html", feature = "pandoc"))]
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The media type of an image by its own bytes, if it is of a kind that fanfold knows: PNG, JPEG,
/// GIF, WebP, SVG. What a file is called does not count.
///
/// ```
/// assert_eq!(fanfold::asset::media_type(b"GIF89a..."), Some("image/gif"));
/// assert_eq!(fanfold::asset::media_type(b"<html>"), None);
/// ```
pub fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some("image/png"),
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => is_svg(bytes).then_some("image/svg+xml"),
    }
}

/// Keeps the image of a `data:` address (RFC 2397), given without its scheme, among the assets, and
/// tells its name there; `None` when it is no image of a known kind or has too many bytes.
#[cfg(any(feature = "html", feature = "pandoc"))]
pub(crate) fn keep_data(data: &str, assets: &mut BTreeMap<String, Asset>, most: usize) -> Option<String> {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let bytes = STANDARD.decode(data.split_once(";base64,")?.1).ok().filter(|bytes| bytes.len() <= most)?;
    let media_type = media_type(&bytes)?;
    let extension = media_type.rsplit('/').next().unwrap_or_default().trim_end_matches("+xml");
    let name = format!("image-{}.{extension}", assets.len() + 1);
    assets.insert(name.clone(), Asset::new(media_type, bytes));
    Some(name)
}

/// Whether the first element of an XML text is `svg`.
fn is_svg(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    if memchr::memmem::find(head, b"<svg").is_none() {
        return false;
    }
    let head = String::from_utf8_lossy(head);
    let mut rest = head.trim_start_matches('\u{FEFF}').trim_start();
    // Past the XML declaration, comments and the document type.
    while let Some(skipped) = ["<?", "<!--", "<!"].iter().find(|s| rest.starts_with(**s)) {
        let end = if *skipped == "<!--" { "-->" } else { ">" };
        match rest.find(end) {
            Some(at) => rest = rest[at + end.len()..].trim_start(),
            None => return false,
        }
    }
    rest.strip_prefix("<svg").is_some_and(|r| r.starts_with([' ', '>', '/', '\t', '\n', '\r']))
}

/// The addresses of the images that a document shows, in reading order, each once with its first
/// place.
pub(crate) fn sources(document: &Document) -> Vec<(String, Span)> {
    let mut sources = Sources::default();
    for article in &document.articles {
        visit::walk_article(&mut sources, article);
    }
    sources.found
}

#[derive(Default)]
struct Sources {
    found: Vec<(String, Span)>,
    seen: BTreeSet<String>,
}

impl Sources {
    fn add(&mut self, image: &Image, span: Span) {
        if self.seen.insert(image.source.clone()) {
            self.found.push((image.source.clone(), span));
        }
    }
}

impl Visit<'_> for Sources {
    fn block(&mut self, block: &Block) {
        if let BlockKind::Infobox(infobox) = &block.kind
            && let Some(image) = &infobox.image
        {
            self.add(&image.image, block.span);
        }
        visit::walk_block(self, block);
    }

    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Image(image) = &inline.kind {
            self.add(image, inline.span);
        }
        visit::walk_inline(self, inline);
    }
}

#[cfg(test)]
mod tests {
    use super::media_type;

    #[test]
    fn svg_is_known_behind_a_prologue() {
        let svg = b"\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- a > b -->\n<!DOCTYPE svg>\n<svg xmlns=''/>";
        assert_eq!(media_type(svg), Some("image/svg+xml"));
        assert_eq!(media_type(b"<svgx/>"), None);
        assert_eq!(media_type(b"<!-- <svg> "), None);
    }
}
