//! Compression: DEFLATE (RFC 1951), raw for archives and in a zlib stream (RFC 1950) for PDF.
//!
//! Straight through `miniz_oxide`: what `flate2` resolves to depends on the other crates of the build,
//! and some of its backends give other bytes on another processor.

/// A raw DEFLATE stream, as ZIP has it.
#[cfg(feature = "epub")]
pub(crate) fn raw(data: &[u8]) -> Vec<u8> {
    // Pages are small and written once.
    miniz_oxide::deflate::compress_to_vec(data, 9)
}

/// A zlib stream, as PDF has it.
#[cfg(feature = "pdf")]
pub(crate) fn zlib(data: &[u8]) -> Vec<u8> {
    // The usual middle between size and time.
    miniz_oxide::deflate::compress_to_vec_zlib(data, 6)
}
