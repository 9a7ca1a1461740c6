//! One image as an object of the file.

use super::file::File;
use super::pixels::{self, Pixels};
use crate::asset::LoadError;
use crate::format::{Error, Limits};
use crate::model::Asset;
use lopdf::{Dictionary, Object, ObjectId};

/// An image of pixels as the file has it.
pub(super) enum Picture<'a> {
    Jpeg { width: u32, height: u32, gray: bool, data: &'a [u8] },
    Samples { width: u32, height: u32, channels: u8, samples: Vec<u8>, alpha: Option<Vec<u8>> },
}

impl<'a> Picture<'a> {
    /// Reads an image.
    ///
    /// # Errors
    /// Why it can't be shown.
    pub(super) fn pixels(asset: &'a Asset, limits: &Limits) -> Result<Self, LoadError> {
        let data = &*asset.data;
        Ok(Picture::samples(match asset.media_type.as_str() {
            "image/jpeg" => {
                let (width, height) = pixels::jpeg_size(data, limits)?;
                if let Some(components @ (1 | 3)) = jpeg_components(data) {
                    return Ok(Picture::Jpeg { width, height, gray: components == 1, data });
                }
                pixels::jpeg(data, (width, height))?
            }
            "image/png" => pixels::png(data, limits)?,
            "image/gif" => pixels::gif(data, limits)?,
            "image/webp" => pixels::webp(data, limits)?,
            other => return Err(format!("{other} can't be shown").into()),
        }))
    }

    /// The samples of an image, of which no copy is kept: it may be large.
    fn samples(Pixels { width, height, channels, samples }: Pixels) -> Self {
        let (samples, alpha) = match channels {
            4 => part(&samples, 3),
            2 => part(&samples, 1),
            _ => (samples, None),
        };
        let colors = channels > 2;
        let gray = |p: &[u8]| p[0] == p[1] && p[1] == p[2];
        if colors && !samples.chunks_exact(3).all(gray) {
            return Picture::Samples { width, height, channels: 3, samples, alpha };
        }
        let samples = if colors { samples.into_iter().step_by(3).collect() } else { samples };
        Picture::Samples { width, height, channels: 1, samples, alpha }
    }

    /// Its width and height in pixels.
    pub(super) fn size(&self) -> (u32, u32) {
        match *self {
            Picture::Jpeg { width, height, .. } | Picture::Samples { width, height, .. } => (width, height),
        }
    }

    /// Writes it.
    pub(super) fn write(self, file: &mut File<'_>) -> Result<ObjectId, Error> {
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
                    write_samples(mask, dictionary(width, height, true), 1, alpha, file)?;
                    dict.set("SMask", mask);
                }
                write_samples(id, dict, channels, samples, file)?;
            }
        }
        Ok(id)
    }
}

/// Parts pixels of some colour channels from their opacity. Opacity that hides nothing is none.
fn part(pixels: &[u8], channels: usize) -> (Vec<u8>, Option<Vec<u8>>) {
    let pixels = pixels.chunks_exact(channels + 1);
    let colors = pixels.clone().flat_map(|p| &p[..channels]).copied().collect();
    let hides = pixels.clone().any(|p| p[channels] != 255);
    (colors, hides.then(|| pixels.map(|p| p[channels]).collect()))
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

/// Writes samples as differences from their left neighbours, which are small (TIFF's predictor 2).
fn write_samples(
    id: ObjectId,
    mut dict: Dictionary,
    channels: u8,
    mut samples: Vec<u8>,
    file: &mut File<'_>,
) -> Result<(), Error> {
    let columns = dict.get(b"Width").and_then(Object::as_i64).unwrap_or(1);
    let channels = usize::from(channels);
    for row in samples.chunks_exact_mut((columns as usize).max(1) * channels) {
        for at in (channels..row.len()).rev() {
            row[at] = row[at].wrapping_sub(row[at - channels]);
        }
    }
    let mut parms = Dictionary::new();
    parms.set("Predictor", 2);
    parms.set("Columns", columns);
    parms.set("Colors", channels as i64);
    dict.set("DecodeParms", parms);
    file.deflated_stream(id, dict, &samples)
}

/// The number of components in a JPEG of 8 bits, from its frame header (ITU-T T.81, B.2.2); `None`
/// as well when its end is missing.
fn jpeg_components(data: &[u8]) -> Option<u8> {
    let mut rest = data.get(2..)?;
    loop {
        let [0xFF, marker, after @ ..] = rest else { return None };
        match marker {
            // Fill bytes, and markers without a segment.
            0xFF => rest = &rest[1..],
            0x01 | 0xD0..=0xD7 => rest = after,
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                let ends = after.windows(2).any(|pair| pair == [0xFF, 0xD9]);
                return match after {
                    [_, _, 8, _, _, _, _, components, ..] if ends => Some(*components),
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

    /// A PNG of one colour.
    fn png(width: u32, height: u32, color: png::ColorType, pixel: &[u8]) -> Asset {
        let mut data = Vec::new();
        let mut encoder = png::Encoder::new(&mut data, width, height);
        encoder.set_color(color);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&pixel.repeat((width * height) as usize)).unwrap();
        drop(writer);
        Asset::new("image/png", data)
    }

    /// A JPEG of three components and 360 by 200 pixels.
    const HARBOUR: &[u8] = include_bytes!("../../../tests/golden/showcase/harbour.jpg");

    #[test]
    fn transparency_becomes_a_mask_only_where_there_is_some() {
        let clear = png(2, 1, png::ColorType::Rgba, &[9, 8, 7, 100]);
        let solid = png(2, 1, png::ColorType::Rgba, &[9, 9, 9, 255]);
        match Picture::pixels(&clear, &Limits::default()).unwrap() {
            Picture::Samples { channels: 3, samples, alpha: Some(alpha), .. } => {
                assert_eq!((samples, alpha), (vec![9, 8, 7, 9, 8, 7], vec![100, 100]));
            }
            _ => panic!("not colour with a mask"),
        }
        match Picture::pixels(&solid, &Limits::default()).unwrap() {
            Picture::Samples { channels: 1, alpha: None, .. } => {}
            _ => panic!("not gray without a mask"),
        }
    }

    #[test]
    fn an_image_of_too_many_pixels_is_not_decoded() {
        let asset = png(100, 100, png::ColorType::Grayscale, &[0]);
        let limits = Limits { image_pixels: 9_999, ..Limits::default() };
        assert!(matches!(Picture::pixels(&asset, &limits), Err(LoadError::Pixels { limit: 9_999 })));
    }

    #[test]
    fn a_torn_jpeg_does_not_pass() {
        assert_eq!(jpeg_components(HARBOUR), Some(3));
        assert_eq!(jpeg_components(&HARBOUR[..HARBOUR.len() - 20]), None);
    }

    #[test]
    fn a_jpeg_passes_as_it_is() {
        let asset = Asset::new("image/jpeg", HARBOUR);
        match Picture::pixels(&asset, &Limits::default()).unwrap() {
            Picture::Jpeg { width, height, gray: false, data } => {
                assert_eq!((width, height), (360, 200));
                assert_eq!(data, HARBOUR);
            }
            _ => panic!("re-encoded"),
        }
    }
}
