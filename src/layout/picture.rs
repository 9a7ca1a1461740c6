//! How large the images of a document want to be.

use super::length::Length;
use super::style::PageStyle;
use crate::asset;
use crate::diagnostic::{Diagnostic, code};
use crate::format::WriteContext;
use crate::model::{Asset, Block, Document, Image, InfoboxRow, Inline, InlineKind, Span, wordless_image};
use crate::picture::svg::Drawing;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the logo is called among the images; no source is.
pub(crate) const LOGO: &str = "\0logo";

/// And the cover.
pub(crate) const COVER: &str = "\0cover";

/// Width and height of the images that can be shown, by their key in the document's assets. The words of
/// others are set in their place.
#[derive(Debug, Default)]
pub struct ImageSizes(BTreeMap<String, (Length, Length)>);

impl ImageSizes {
    /// Measures a document's images and reports those that are broken.
    pub fn measured(document: &Document, cx: &mut WriteContext<'_>) -> Self {
        let mut sizes = ImageSizes::default();
        for (source, span) in asset::sources(document) {
            let Some(asset) = document.assets.get(&source) else { continue };
            if !sizes.measure(&source, asset) {
                let message = format!("the image '{source}' is broken; its words stand in its place");
                cx.report(Diagnostic::new(&code::IMAGE_UNAVAILABLE, span, message));
            }
        }
        sizes
    }

    /// Measures the logo and the cover of a style, too.
    pub(super) fn with_furniture(mut self, style: &PageStyle) -> Self {
        for (name, image) in [(LOGO, &style.logo), (COVER, &style.cover)] {
            if let Some(image) = image {
                self.measure(name, image);
            }
        }
        self
    }

    /// Whether an image can be measured.
    fn measure(&mut self, source: &str, asset: &Asset) -> bool {
        let source = source.to_owned();
        if asset.media_type == "image/svg+xml" {
            // Its text takes no part in its size, so it needs no faces.
            let drawing = Drawing::parse(&asset.data, &Arc::default());
            return drawing.map(|drawing| self.add_drawing(source, &drawing)).is_ok();
        }
        let size = imagesize::blob_size(&asset.data).ok();
        let size = size.filter(|size| size.width > 0 && size.height > 0);
        size.map(|size| self.add_pixels(source, size.width, size.height)).is_some()
    }

    /// The size of an image by its key.
    pub(super) fn size(&self, source: &str) -> Option<(Length, Length)> {
        self.0.get(source).copied()
    }

    /// Adds an image of pixels.
    pub(crate) fn add_pixels(&mut self, source: String, width: usize, height: usize) {
        self.0.insert(source, (pixels(width), pixels(height)));
    }

    /// Adds a drawing.
    pub(crate) fn add_drawing(&mut self, source: String, drawing: &Drawing) {
        // Whole thousandths, so that what follows is integer arithmetic.
        #[allow(clippy::float_arithmetic, reason = "one rounding of a size that the image gives as a float")]
        let length = |n: f32| pixels(1).scale((n.clamp(0.001, 1e7) * 1000.0) as i64, 1000).max(Length(1));
        let (width, height) = drawing.size();
        self.0.insert(source, (length(width), length(height)));
    }

    /// The size that an image asks for; `None` when there is nothing to show.
    pub fn natural_size(&self, image: &Image) -> Option<(Length, Length)> {
        let &(width, height) = self.0.get(image.source.as_str())?;
        Some(match (image.width, image.height) {
            (Some(w), _) if w > 0 => {
                let w = pixels(w as usize);
                (w, height.scale(w.0, width.0).max(Length(1)))
            }
            (_, Some(h)) if h > 0 => {
                let h = pixels(h as usize);
                (width.scale(h.0, height.0).max(Length(1)), h)
            }
            _ => (width, height),
        })
    }

    /// The size of an image in running text: as it is, but no larger than a few lines.
    pub fn inline_size(&self, image: &Image, leading: Length, measure: Length) -> Option<(Length, Length)> {
        let (width, height) = self.natural_size(image)?;
        let fit = (leading * 4).0.min(height.0);
        let (width, height) = (width.scale(fit, height.0), Length(fit));
        let narrow = width.0.min(measure.0);
        Some((Length(narrow), height.scale(narrow, width.0.max(1)).max(Length(1))))
    }

    /// Whether an image can be shown or has words in its place.
    pub fn says_something(&self, image: &Image) -> bool {
        image.has_words() || self.natural_size(image).is_some()
    }

    /// Whether a figure is an image that was not loaded, and nothing else.
    pub fn is_bare(&self, block: &Block) -> bool {
        wordless_image(block).is_some_and(|image| self.natural_size(image).is_none())
    }

    /// Whether a fact of an infobox is no more than that.
    pub fn is_bare_row(&self, row: &InfoboxRow) -> bool {
        !row.value.is_empty() && row.value.iter().all(|block| self.is_bare(block))
    }
}

/// The image of a paragraph that holds nothing else.
pub(super) fn only(content: &[Inline]) -> Option<(Span, &Image)> {
    match content {
        [Inline { kind: InlineKind::Image(image), span, .. }] => Some((*span, image)),
        _ => None,
    }
}

/// Where in the measure an image stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Middle,
    Right,
}

/// On which side the image of a paragraph that holds nothing else stands.
pub(super) fn side(content: &[Inline]) -> Side {
    let attr = content.first().and_then(|image| image.attr.as_deref());
    let has = |class: &str| attr.is_some_and(|attr| attr.classes.iter().any(|own| own == class));
    match (has("left"), has("right")) {
        (true, false) => Side::Left,
        (false, true) => Side::Right,
        _ => Side::Middle,
    }
}

/// The words of an image that can't be shown.
pub(super) fn words(image: &Image) -> &str {
    image.alt.as_deref().filter(|alt| !alt.trim().is_empty()).unwrap_or(&image.source)
}

/// CSS pixels, of 1/96 inch.
fn pixels(n: usize) -> Length {
    Length::milli_pt(750 * n.min(1 << 24) as i64)
}
