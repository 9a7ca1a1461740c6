//! Images of pixels, decoded: PNG, GIF and WebP, and a JPEG that PDF can't show as it is.

use crate::asset::LoadError;
use crate::format::Limits;
use std::io::Cursor;
use std::num::NonZeroU64;
use zune_jpeg::zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions};

/// Rows of pixels, a byte a sample.
pub(super) struct Pixels {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Samples of a pixel: gray, gray and opacity, colour, colour and opacity.
    pub(super) channels: u8,
    pub(super) samples: Vec<u8>,
}

/// Decodes a PNG, of an animation the image for who shows none.
///
/// # Errors
/// What is wrong with it, or that it has too many pixels.
pub(super) fn png(data: &[u8], limits: &Limits) -> Result<Pixels, LoadError> {
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(data), png::Limits { bytes: memory(limits) });
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().map_err(|e| e.to_string())?;
    let (width, height) = reader.info().size();
    check_size(width, height, limits)?;
    let (color, depth) = reader.output_color_type();
    let mut samples = vec![0; reader.output_buffer_size().ok_or("it is too large")?];
    reader.next_frame(&mut samples).map_err(|e| e.to_string())?;
    if depth == png::BitDepth::Sixteen {
        let nearest = |pair: &[u8; 2]| ((u32::from(u16::from_be_bytes(*pair)) + 128) / 257) as u8;
        samples = samples.as_chunks().0.iter().map(nearest).collect();
    }
    Ok(Pixels { width, height, channels: color.samples() as u8, samples })
}

/// Decodes the first frame of a GIF.
///
/// # Errors
/// What is wrong with it, or that it has too many pixels.
pub(super) fn gif(data: &[u8], limits: &Limits) -> Result<Pixels, LoadError> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    if let Some(bytes) = NonZeroU64::new(memory(limits) as u64) {
        options.set_memory_limit(gif::MemoryLimit::Bytes(bytes));
    }
    let mut decoder = options.read_info(data).map_err(|e| e.to_string())?;
    let (width, height) = (usize::from(decoder.width()), usize::from(decoder.height()));
    check_size(width as u32, height as u32, limits)?;
    let frame = decoder.read_next_frame().map_err(|e| e.to_string())?.ok_or("it has no frame")?;
    // What the frame leaves uncovered is transparent.
    let mut samples = vec![0; width * height * 4];
    let (left, top) = (usize::from(frame.left).min(width), usize::from(frame.top).min(height));
    let frame_width = usize::from(frame.width).max(1);
    let shown = frame_width.min(width - left);
    let rows = samples.chunks_exact_mut(width * 4).skip(top);
    for (row, from) in rows.zip(frame.buffer.chunks_exact(frame_width * 4)) {
        row[left * 4..(left + shown) * 4].copy_from_slice(&from[..shown * 4]);
    }
    Ok(Pixels { width: width as u32, height: height as u32, channels: 4, samples })
}

/// Decodes a WebP, of an animation the first frame.
///
/// # Errors
/// What is wrong with it, or that it has too many pixels.
pub(super) fn webp(data: &[u8], limits: &Limits) -> Result<Pixels, LoadError> {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(data)).map_err(|e| e.to_string())?;
    decoder.set_memory_limit(memory(limits));
    let (width, height) = decoder.dimensions();
    check_size(width, height, limits)?;
    let mut samples = vec![0; decoder.output_buffer_size().ok_or("it is too large")?];
    decoder.read_image(&mut samples).map_err(|e| e.to_string())?;
    Ok(Pixels { width, height, channels: if decoder.has_alpha() { 4 } else { 3 }, samples })
}

/// The size of a JPEG.
///
/// # Errors
/// What is wrong with it, or that it has too many pixels.
pub(super) fn jpeg_size(data: &[u8], limits: &Limits) -> Result<(u32, u32), LoadError> {
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(data), jpeg_options());
    decoder.decode_headers().map_err(|e| e.to_string())?;
    let info = decoder.info().ok_or("it is empty")?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    check_size(width, height, limits)?;
    Ok((width, height))
}

/// Decodes a JPEG whose size was asked before.
///
/// # Errors
/// What is wrong with it.
pub(super) fn jpeg(data: &[u8], (width, height): (u32, u32)) -> Result<Pixels, LoadError> {
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(data), jpeg_options());
    decoder.decode_headers().map_err(|e| e.to_string())?;
    let (color, channels) = match decoder.input_colorspace() {
        Some(ColorSpace::Luma) => (ColorSpace::Luma, 1),
        _ => (ColorSpace::RGB, 3),
    };
    decoder.set_options(jpeg_options().jpeg_set_out_colorspace(color));
    let samples = decoder.decode().map_err(|e| e.to_string())?;
    Ok(Pixels { width, height, channels, samples })
}

fn jpeg_options() -> DecoderOptions {
    let most = usize::from(u16::MAX);
    DecoderOptions::default().set_strict_mode(false).set_max_width(most).set_max_height(most)
}

/// Bytes that a decoder may take: for the pixels, and as much again.
fn memory(limits: &Limits) -> usize {
    limits.image_pixels.saturating_mul(16)
}

fn check_size(width: u32, height: u32, limits: &Limits) -> Result<(), LoadError> {
    if width == 0 || height == 0 {
        return Err("it is empty".into());
    }
    if u64::from(width) * u64::from(height) > limits.image_pixels as u64 {
        return Err(LoadError::Pixels { limit: limits.image_pixels });
    }
    Ok(())
}
