//! Compression: DEFLATE (RFC 1951), raw for archives and in a zlib stream (RFC 1950) for PDF.
//!
//! Documents are made of many small streams, and libraries' compressors clear a third of a megabyte
//! for each, which costs more than to compress it. One [`Deflater`] here serves all streams of a
//! file: what an earlier stream left in its tables is told by its place, and need not be cleared.
//! The output depends on the input alone: neither on the processor nor on what was compressed before.

mod block;
mod huffman;
mod matches;

use block::Block;
use matches::Finder;

/// Input that is looked at as a whole; what is farther apart is not compared. Places are kept in 32
/// bits.
const PIECE: usize = 1 << 30;

/// Compresses streams, one after the other.
#[derive(Debug)]
pub(crate) struct Deflater {
    finder: Finder,
    block: Block,
}

impl Deflater {
    /// One that looks at up to `tries` places for a repetition.
    pub fn new(tries: u16) -> Self {
        Deflater { finder: Finder::new(tries), block: Block::default() }
    }

    /// A raw DEFLATE stream, as ZIP has it.
    #[cfg(feature = "epub")]
    pub fn raw(&mut self, data: &[u8]) -> Vec<u8> {
        let mut out = Bits::default();
        self.append(data, &mut out);
        out.bytes
    }

    /// A zlib stream, as PDF has it.
    #[cfg(feature = "pdf")]
    pub fn zlib(&mut self, data: &[u8]) -> Vec<u8> {
        // A window of 32 KiB, no dictionary, the usual effort; the two bytes are a multiple of 31.
        let mut out = Bits { bytes: vec![0x78, 0x9C], ..Bits::default() };
        self.append(data, &mut out);
        out.bytes.extend_from_slice(&adler32(data).to_be_bytes());
        out.bytes
    }

    fn append(&mut self, data: &[u8], out: &mut Bits) {
        out.bytes.reserve(data.len() / 2);
        let mut pieces = data.chunks(PIECE);
        let mut piece = pieces.next().unwrap_or_default();
        loop {
            let next = pieces.next();
            self.finder.compress(piece, next.is_none(), &mut self.block, out);
            match next {
                Some(next) => piece = next,
                None => break,
            }
        }
        out.align();
    }
}

/// Bits, the least significant of each byte first.
#[derive(Debug, Default)]
struct Bits {
    bytes: Vec<u8>,
    /// The bits that are not among the bytes yet, and how many they are: below 16 between calls.
    rest: u64,
    count: u32,
}

impl Bits {
    /// Appends up to 48 bits; those above `count` are 0.
    fn put(&mut self, bits: u64, count: u32) {
        self.rest |= bits << self.count;
        self.count += count;
        while self.count >= 16 {
            self.bytes.extend_from_slice(&(self.rest as u16).to_le_bytes());
            self.rest >>= 16;
            self.count -= 16;
        }
    }

    /// Ends the byte, with zeros.
    fn align(&mut self) {
        let bytes = self.count.div_ceil(8) as usize;
        self.bytes.extend_from_slice(&self.rest.to_le_bytes()[..bytes]);
        (self.rest, self.count) = (0, 0);
    }
}

/// The checksum of zlib streams (RFC 1950, section 8).
#[cfg(feature = "pdf")]
fn adler32(data: &[u8]) -> u32 {
    let (mut a, mut b) = (1u32, 0u32);
    // As many bytes as can't overflow the sums.
    for piece in data.chunks(5552) {
        for &byte in piece {
            a += u32::from(byte);
            b += a;
        }
        a %= 65_521;
        b %= 65_521;
    }
    b << 16 | a
}

#[cfg(test)]
mod tests {
    use super::*;
    use miniz_oxide::inflate::{decompress_to_vec, decompress_to_vec_zlib};
    use proptest::prelude::*;

    #[track_caller]
    fn round_trip(deflater: &mut Deflater, data: &[u8]) -> usize {
        let raw = deflater.raw(data);
        assert_eq!(decompress_to_vec(&raw).unwrap(), data);
        assert_eq!(decompress_to_vec_zlib(&deflater.zlib(data)).unwrap(), data);
        raw.len()
    }

    #[test]
    fn what_is_compressed_is_read_back() {
        let mut deflater = Deflater::new(32);
        let noise = |n: u32| (0..n).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect::<Vec<_>>();
        for data in [&b""[..], b"a", b"ab", b"abc", b"abcabc", b"aaaaaaaaaa", &[0; 258], &[7; 100_000]] {
            round_trip(&mut deflater, data);
        }
        // Many blocks, of text and of what can't be compressed.
        round_trip(&mut deflater, "The quick brown fox. ".repeat(20_000).as_bytes());
        assert!(round_trip(&mut deflater, &noise(300_000)) <= 300_000 + 100);
        // Repetitions as far apart as they can be told, and farther.
        for apart in [32_764, 32_767, 32_768, 32_769, 40_000] {
            let mut data = b"Repetition!".to_vec();
            data.extend(noise(apart));
            data.extend_from_slice(b"Repetition!");
            round_trip(&mut deflater, &data);
        }
    }

    #[test]
    fn frequencies_that_want_longer_codes_than_there_are() {
        // Each letter as often as the two before it together: 24 letters want codes of 23 bits.
        let (mut data, mut often, mut before) = (Vec::new(), 1, 1);
        for letter in 0..24u8 {
            // Spread, so that they are no repetitions.
            data.extend((0..often).map(|i| (i, letter)));
            (often, before) = (often + before, often);
        }
        data.sort_by_key(|&(i, letter): &(usize, u8)| {
            i.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ usize::from(letter)
        });
        let data: Vec<u8> = data.into_iter().map(|(_, letter)| letter).collect();
        round_trip(&mut Deflater::new(1), &data);
    }

    #[test]
    fn what_came_before_changes_nothing() {
        let text = b"one of the streams, one of the files, and the streams of the files".repeat(3);
        let alone = Deflater::new(16).raw(&text);
        let mut used = Deflater::new(16);
        used.raw(&b"streams of other files".repeat(5000));
        assert_eq!(used.raw(&text), alone);
    }

    #[test]
    fn text_takes_no_more_than_from_another_compressor() {
        let text = include_bytes!("../../../input/boris-bondarev.txt");
        let mine = round_trip(&mut Deflater::new(128), text);
        let other = miniz_oxide::deflate::compress_to_vec(text, 9).len();
        assert!(mine <= other + other / 200, "{mine} and {other}");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_back(data in proptest::collection::vec(any::<u8>(), 0..3000), few in 1u8..9) {
            let mut deflater = Deflater::new(8);
            round_trip(&mut deflater, &data);
            let data: Vec<u8> = data.into_iter().map(|byte| byte % few).collect();
            round_trip(&mut deflater, &data);
        }
    }
}
