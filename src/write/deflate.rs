//! Compression: DEFLATE (RFC 1951), raw for archives and in a zlib stream (RFC 1950) for PDF.
//!
//! Straight through `zlib-rs`: what `flate2` resolves to depends on the other crates of the build. Its output
//! does not depend on the processor: what it has processors' own instructions for is to find how far two
//! strings are alike, to take a number from each of a table's, and checksums, which all have one answer.

use zlib_rs::{Deflate as Compressor, DeflateFlush, Status};

/// Bits of the window: all that DEFLATE has.
const WINDOW: u8 = 15;

/// As much room is kept from stream to stream.
const KEPT: usize = 1 << 16;

/// Compresses one stream after the other. The tables, a third of a megabyte, are taken once: to take
/// and to give them back for each stream is a fifth of what many small documents cost, for the
/// allocator hands them to the system each time.
pub(crate) struct Deflate {
    zlib: bool,
    level: i32,
    compressor: Option<Compressor>,
    /// Room for what is made, kept from stream to stream.
    out: Vec<u8>,
}

impl Deflate {
    /// Raw streams, as ZIP has them. Their level is high, for pages are small and written once.
    #[cfg(feature = "epub")]
    pub fn raw() -> Self {
        Deflate { zlib: false, level: 7, compressor: None, out: Vec::new() }
    }

    /// Streams of zlib, as PDF has them, at a middle between size and time: level 6 makes the same of text in a
    /// fifth more time.
    #[cfg(feature = "pdf")]
    pub fn zlib() -> Self {
        Deflate { zlib: true, level: 5, compressor: None, out: Vec::new() }
    }

    /// The bytes, compressed: the same whatever was compressed before.
    pub fn compress(&mut self, data: &[u8]) -> Vec<u8> {
        let compressor = match &mut self.compressor {
            Some(used) => {
                used.reset();
                used
            }
            none => none.insert(Compressor::new(self.level, self.zlib, WINDOW)),
        };
        let room = (data.len() / 2).max(64);
        if self.out.len() < room {
            self.out.resize(room, 0);
        }
        loop {
            let (read, written) = (compressor.total_in() as usize, compressor.total_out() as usize);
            let status = compressor.compress(&data[read..], &mut self.out[written..], DeflateFlush::Finish);
            if !matches!(status, Ok(Status::Ok | Status::BufError)) {
                // Done: neither its parameters nor its buffers can be wrong here.
                let length = compressor.total_out() as usize;
                if length < KEPT {
                    return self.out[..length].to_vec();
                }
                self.out.truncate(length);
                return std::mem::take(&mut self.out);
            }
            self.out.resize(self.out.len() * 2, 0);
        }
    }
}

#[cfg(all(test, feature = "epub", feature = "pdf"))]
mod tests {
    use super::*;
    use miniz_oxide::inflate::{decompress_to_vec, decompress_to_vec_zlib};

    #[test]
    fn nothing_is_left_of_the_stream_before() {
        let random: Vec<u8> = (0..200_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let streams =
            [&b""[..], b"a", &b"to be or not to be ".repeat(9000), &random, &random[..70], &[0; 100_000]];
        let (mut raw, mut zlib) = (Deflate::raw(), Deflate::zlib());
        for data in streams.into_iter().chain(streams.into_iter().rev()) {
            let (of_raw, of_zlib) = (raw.compress(data), zlib.compress(data));
            assert_eq!(of_raw, Deflate::raw().compress(data));
            assert_eq!(of_zlib, Deflate::zlib().compress(data));
            assert_eq!(decompress_to_vec(&of_raw).unwrap(), data);
            assert_eq!(decompress_to_vec_zlib(&of_zlib).unwrap(), data);
        }
    }
}
