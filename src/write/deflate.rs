//! Compression: DEFLATE (RFC 1951), raw for archives and in a zlib stream (RFC 1950) for PDF.
//!
//! Straight through `miniz_oxide`: what `flate2` resolves to depends on the other crates of the build,
//! and some of its backends give other bytes on another processor.

use miniz_oxide::DataFormat;
use miniz_oxide::deflate::core::{CompressorOxide, TDEFLFlush, TDEFLStatus, compress};

/// Compresses one stream after the other. The tables, a third of a megabyte, are taken once: to take
/// and to give them back for each stream is a fifth of what many small documents cost, for the
/// allocator hands them to the system each time.
pub(crate) struct Deflate {
    format: DataFormat,
    level: u8,
    compressor: Option<Box<CompressorOxide>>,
}

impl Deflate {
    /// Raw streams, as ZIP has them. Their level is high, for pages are small and written once.
    #[cfg(feature = "epub")]
    pub fn raw() -> Self {
        Deflate { format: DataFormat::Raw, level: 9, compressor: None }
    }

    /// Streams of zlib, as PDF has them, at the usual middle between size and time.
    #[cfg(feature = "pdf")]
    pub fn zlib() -> Self {
        Deflate { format: DataFormat::Zlib, level: 6, compressor: None }
    }

    /// The bytes, compressed: the same whatever was compressed before.
    pub fn compress(&mut self, mut data: &[u8]) -> Vec<u8> {
        let compressor = match &mut self.compressor {
            Some(used) => {
                used.reset();
                used
            }
            none => {
                let mut new = Box::<CompressorOxide>::default();
                new.set_format_and_level(self.format, self.level);
                none.insert(new)
            }
        };
        let mut out = vec![0; (data.len() / 2).max(64)];
        let mut length = 0;
        loop {
            let (status, read, written) = compress(compressor, data, &mut out[length..], TDEFLFlush::Finish);
            (data, length) = (&data[read..], length + written);
            if status != TDEFLStatus::Okay {
                // Done: neither its parameters nor its buffers can be wrong here.
                out.truncate(length);
                return out;
            }
            out.resize(out.len() * 2, 0);
        }
    }
}

#[cfg(all(test, feature = "epub", feature = "pdf"))]
mod tests {
    use super::*;
    use miniz_oxide::deflate::{compress_to_vec, compress_to_vec_zlib};

    #[test]
    fn nothing_is_left_of_the_stream_before() {
        let random: Vec<u8> = (0..200_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let streams =
            [&b""[..], b"a", &b"to be or not to be ".repeat(9000), &random, &random[..70], &[0; 100_000]];
        let (mut raw, mut zlib) = (Deflate::raw(), Deflate::zlib());
        for data in streams.into_iter().chain(streams.into_iter().rev()) {
            assert_eq!(raw.compress(data), compress_to_vec(data, 9));
            assert_eq!(zlib.compress(data), compress_to_vec_zlib(data, 6));
        }
    }
}
