//! Compression. Straight through `miniz_oxide`: what `flate2` resolves to depends on the other
//! crates of the build, and some of its backends give other bytes on another processor.

/// Deflates to a zlib stream, as `FlateDecode` wants it.
pub(super) fn zlib(data: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(data, LEVEL)
}

/// The usual middle between size and time.
const LEVEL: u8 = 6;
