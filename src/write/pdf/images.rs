//! Images as XObjects (PDF 32000-1, 8.9.5): JPEG as it is, other images of pixels decoded and
//! compressed without loss, with their transparency as a soft mask, SVG as vectors.

use super::file::File;
use super::picture::Picture;
use crate::asset::{self, LoadError};
use crate::diagnostic::{Diagnostic, code};
use crate::font::FontLibrary;
use crate::format::{Error, WriteContext};
use crate::layout::{COVER, ImageSizes, LOGO, PageStyle};
use crate::model::Document;
use crate::picture::svg::{self, Drawing};
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::BTreeMap;

/// The images of a file; their resources are named `I` and their number.
#[derive(Default)]
pub(super) struct ImageSet {
    objects: Vec<ObjectId>,
    numbers: BTreeMap<String, usize>,
}

impl ImageSet {
    /// Writes the images that the document shows and has, and the style's own, and tells their sizes; reports
    /// those that can't be shown. The text of drawings is set in `fonts`.
    pub(super) fn write(
        document: &Document,
        style: &PageStyle,
        fonts: &FontLibrary,
        file: &mut File<'_>,
        cx: &mut WriteContext<'_>,
    ) -> Result<(Self, ImageSizes), Error> {
        let (mut set, mut sizes) = (ImageSet::default(), ImageSizes::default());
        let mut faces = None;
        let of_document = |(source, span)| Some((document.assets.get(&source)?, source, Some(span)));
        let own = [(LOGO, &style.logo), (COVER, &style.cover)];
        let own = own.into_iter().filter_map(|(name, image)| Some((image.as_ref()?, name.to_owned(), None)));
        for (asset, source, span) in asset::sources(document).into_iter().filter_map(of_document).chain(own) {
            cx.go_on()?;
            let written = if asset.media_type == "image/svg+xml" {
                let faces = faces.get_or_insert_with(|| svg::faces(fonts));
                match Drawing::parse(&asset.data, faces) {
                    Ok(drawing) => {
                        let (id, omitted) = super::drawing::write(&drawing, cx.limits(), file)?;
                        for what in omitted {
                            let message = format!("image '{source}' is drawn without {what}");
                            cx.report(Diagnostic::new(&code::IMAGE_SIMPLIFIED, span, message));
                        }
                        sizes.add_drawing(source.clone(), &drawing);
                        Ok(id)
                    }
                    Err(why) => Err(LoadError::from(why)),
                }
            } else {
                match Picture::pixels(asset, cx.limits()) {
                    Ok(picture) => {
                        let (width, height) = picture.size();
                        sizes.add_pixels(source.clone(), width as usize, height as usize);
                        Ok(picture.write(file)?)
                    }
                    Err(why) => Err(why),
                }
            };
            match written {
                Ok(id) => {
                    set.numbers.insert(source, set.objects.len());
                    set.objects.push(id);
                }
                Err(why) => {
                    let message = match &*source {
                        COVER => format!("the cover: {why}; there is no page with it"),
                        LOGO => format!("the logo: {why}; the pages have none"),
                        source => format!("image '{source}': {why}; its words stand in its place"),
                    };
                    let unavailable = Diagnostic::new(&code::IMAGE_UNAVAILABLE, span, message);
                    cx.report(unavailable.remedy(why.remedy()));
                }
            }
        }
        Ok((set, sizes))
    }

    /// The number of an image.
    pub(super) fn index(&self, asset: &str) -> Option<usize> {
        self.numbers.get(asset).copied()
    }

    /// The name of the image with a number.
    pub(super) fn name(&self, number: usize) -> Option<&str> {
        self.numbers.iter().find(|(_, n)| **n == number).map(|(name, _)| name.as_str())
    }

    /// The resources of a page that shows these images.
    pub(super) fn resources(&self, shown: impl IntoIterator<Item = usize>) -> Dictionary {
        shown.into_iter().map(|n| (format!("I{n}"), Object::Reference(self.objects[n]))).collect()
    }
}
