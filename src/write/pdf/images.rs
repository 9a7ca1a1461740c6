//! Images as XObjects (PDF 32000-1, 8.9.5): JPEG as it is, the others decoded and compressed
//! without loss, with their transparency as a soft mask.

use super::file::File;
use crate::diagnostic::{Diagnostic, code};
use crate::format::{Context, Error, Limits};
use crate::model::visit::{self, Visit};
use crate::model::{Asset, Block, BlockKind, Document, Image, Inline, InlineKind, Span};
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::BTreeMap;
use std::io::Cursor;

/// The images of a file; their resources are named `I` and their number.
#[derive(Default)]
pub(super) struct ImageSet {
    objects: Vec<ObjectId>,
    numbers: BTreeMap<String, usize>,
}

impl ImageSet {
    /// Writes the images that the document shows and has; reports those that can't be shown.
    pub(super) fn write(
        document: &Document,
        file: &mut File<'_>,
        cx: &mut Context<'_>,
    ) -> Result<Self, Error> {
        let mut shown = Shown::default();
        for article in &document.articles {
            visit::walk_article(&mut shown, article);
        }
        let mut set = ImageSet::default();
        for (source, span) in shown.0 {
            let Some(asset) = document.assets.get(&source) else { continue };
            match Picture::new(asset, cx.limits) {
                Ok(picture) => {
                    set.numbers.insert(source, set.objects.len());
                    set.objects.push(picture.write(file)?);
                }
                Err(why) => {
                    let message = format!("image '{source}': {why}; it is left out");
                    cx.report(Diagnostic::new(&code::IMAGE_UNAVAILABLE, span, message));
                }
            }
        }
        Ok(set)
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

/// The images of a document, each with its first place.
#[derive(Default)]
struct Shown(BTreeMap<String, Span>);

impl Shown {
    fn add(&mut self, image: &Image, span: Span) {
        self.0.entry(image.source.clone()).or_insert(span);
    }
}

impl Visit for Shown {
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

/// An image as the file has it.
enum Picture<'a> {
    Jpeg { width: u32, height: u32, gray: bool, data: &'a [u8] },
    Samples { width: u32, height: u32, channels: u8, samples: Vec<u8>, alpha: Option<Vec<u8>> },
}

impl<'a> Picture<'a> {
    fn new(asset: &'a Asset, limits: &Limits) -> Result<Self, String> {
        let format = match asset.media_type.as_str() {
            "image/jpeg" => ImageFormat::Jpeg,
            "image/png" => ImageFormat::Png,
            "image/gif" => ImageFormat::Gif,
            "image/webp" => ImageFormat::WebP,
            other => return Err(format!("{other} can't be shown")),
        };
        let mut reader = ImageReader::with_format(Cursor::new(&*asset.data), format);
        // Beside the pixels themselves a decoder may need as much again.
        let mut decoder_limits = image::Limits::default();
        decoder_limits.max_alloc = Some(limits.image_pixels as u64 * 16);
        reader.limits(decoder_limits);
        let decoder = reader.into_decoder().map_err(|e| e.to_string())?;
        let (width, height) = decoder.dimensions();
        if width == 0 || height == 0 {
            return Err("it is empty".to_owned());
        }
        if u64::from(width) * u64::from(height) > limits.image_pixels as u64 {
            return Err(format!("it has more than {} pixels (see --max-image-pixels)", limits.image_pixels));
        }
        if format == ImageFormat::Jpeg
            && let Some(components @ (1 | 3)) = jpeg_components(&asset.data)
        {
            return Ok(Picture::Jpeg { width, height, gray: components == 1, data: &asset.data });
        }
        let image = DynamicImage::from_decoder(decoder).map_err(|e| e.to_string())?;
        Ok(Picture::samples(&image))
    }

    fn samples(image: &DynamicImage) -> Self {
        let (width, height) = (image.width(), image.height());
        let alpha = image.color().has_alpha().then(|| match image {
            DynamicImage::ImageLumaA8(pixels) => pixels.pixels().map(|p| p.0[1]).collect(),
            _ => image.to_rgba8().pixels().map(|p| p.0[3]).collect::<Vec<_>>(),
        });
        // A mask that hides nothing is none.
        let alpha = alpha.filter(|alpha| alpha.iter().any(|a| *a != 255));
        if image.color().has_color() {
            let samples = image.to_rgb8().into_raw();
            if samples.chunks_exact(3).any(|p| p[0] != p[1] || p[1] != p[2]) {
                return Picture::Samples { width, height, channels: 3, samples, alpha };
            }
            let gray = samples.chunks_exact(3).map(|p| p[0]).collect();
            return Picture::Samples { width, height, channels: 1, samples: gray, alpha };
        }
        Picture::Samples { width, height, channels: 1, samples: image.to_luma8().into_raw(), alpha }
    }

    fn write(self, file: &mut File<'_>) -> Result<ObjectId, Error> {
        let id = file.reserve();
        match self {
            Picture::Jpeg { width, height, gray, data } => {
                let mut dict = dictionary(width, height, gray);
                dict.set("Filter", "DCTDecode");
                file.raw_stream(id, dict, data)?;
            }
            Picture::Samples { width, height, channels, samples, alpha } => {
                let mut dict = dictionary(width, height, channels == 1);
                if let Some(alpha) = alpha {
                    let mask = file.reserve();
                    write_samples(mask, dictionary(width, height, true), 1, &alpha, file)?;
                    dict.set("SMask", mask);
                }
                write_samples(id, dict, channels, &samples, file)?;
            }
        }
        Ok(id)
    }
}

fn dictionary(width: u32, height: u32, gray: bool) -> Dictionary {
    let mut dict = Dictionary::new();
    dict.set("Type", "XObject");
    dict.set("Subtype", "Image");
    dict.set("Width", i64::from(width));
    dict.set("Height", i64::from(height));
    dict.set("ColorSpace", if gray { "DeviceGray" } else { "DeviceRGB" });
    dict.set("BitsPerComponent", 8);
    dict
}

/// Writes samples with PNG's filter "sub" before compression: neighbours differ little.
fn write_samples(
    id: ObjectId,
    mut dict: Dictionary,
    channels: u8,
    samples: &[u8],
    file: &mut File<'_>,
) -> Result<(), Error> {
    let columns = dict.get(b"Width").and_then(Object::as_i64).unwrap_or(1);
    let channels = usize::from(channels);
    let width = (columns as usize).max(1) * channels;
    let mut rows = Vec::with_capacity(samples.len() + samples.len() / width);
    for row in samples.chunks_exact(width) {
        rows.push(1);
        let left = std::iter::repeat_n(&0, channels).chain(row);
        rows.extend(row.iter().zip(left).map(|(b, a)| b.wrapping_sub(*a)));
    }
    let mut parms = Dictionary::new();
    parms.set("Predictor", 15);
    parms.set("Columns", columns);
    parms.set("Colors", channels as i64);
    dict.set("DecodeParms", parms);
    dict.set("Filter", "FlateDecode");
    file.raw_stream(id, dict, &super::deflate::zlib(&rows))
}

/// The number of components in a JPEG of 8 bits, from its frame header (ITU-T T.81, B.2.2).
fn jpeg_components(data: &[u8]) -> Option<u8> {
    let mut rest = data.get(2..)?;
    loop {
        let [0xFF, marker, after @ ..] = rest else { return None };
        match marker {
            // Fill bytes, and markers without a segment.
            0xFF => rest = &rest[1..],
            0x01 | 0xD0..=0xD7 => rest = after,
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                return match after {
                    [_, _, 8, _, _, _, _, components, ..] => Some(*components),
                    _ => None,
                };
            }
            _ => {
                let [high, low, ..] = after else { return None };
                rest = after.get(usize::from(u16::from_be_bytes([*high, *low])).max(2)..)?;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(image: DynamicImage) -> Asset {
        let mut data = Vec::new();
        image.write_to(&mut Cursor::new(&mut data), ImageFormat::Png).unwrap();
        Asset { media_type: "image/png".to_owned(), data: data.into() }
    }

    #[test]
    fn transparency_becomes_a_mask_only_where_there_is_some() {
        let clear = DynamicImage::ImageRgba8(image::RgbaImage::from_pixel(2, 1, image::Rgba([9, 8, 7, 100])));
        let solid = DynamicImage::ImageRgba8(image::RgbaImage::from_pixel(2, 1, image::Rgba([9, 9, 9, 255])));
        let (clear, solid) = (png(clear), png(solid));
        match Picture::new(&clear, &Limits::default()).unwrap() {
            Picture::Samples { channels: 3, samples, alpha: Some(alpha), .. } => {
                assert_eq!((samples, alpha), (vec![9, 8, 7, 9, 8, 7], vec![100, 100]));
            }
            _ => panic!("not colour with a mask"),
        }
        match Picture::new(&solid, &Limits::default()).unwrap() {
            Picture::Samples { channels: 1, alpha: None, .. } => {}
            _ => panic!("not gray without a mask"),
        }
    }

    #[test]
    fn an_image_of_too_many_pixels_is_not_decoded() {
        let asset = png(DynamicImage::new_luma8(100, 100));
        let limits = Limits { image_pixels: 9_999, ..Limits::default() };
        assert!(Picture::new(&asset, &limits).err().unwrap().contains("--max-image-pixels"));
    }

    #[test]
    fn a_jpeg_passes_as_it_is() {
        let mut data = Vec::new();
        DynamicImage::new_rgb8(3, 2).write_to(&mut Cursor::new(&mut data), ImageFormat::Jpeg).unwrap();
        let asset = Asset { media_type: "image/jpeg".to_owned(), data: data.clone().into() };
        match Picture::new(&asset, &Limits::default()).unwrap() {
            Picture::Jpeg { width: 3, height: 2, gray: false, data: kept } => assert_eq!(kept, data),
            _ => panic!("re-encoded"),
        }
    }
}
