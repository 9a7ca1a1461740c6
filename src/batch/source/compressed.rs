//! Compressed streams.

use std::io::{BufRead, Read};

/// What a gzip stream holds, or several after each other.
pub(super) fn gzip<'r>(bytes: &'r mut dyn BufRead) -> impl Read + 'r {
    flate2::bufread::MultiGzDecoder::new(bytes)
}

/// What a bzip2 stream holds, or several after each other.
pub(super) fn bzip2<'r>(bytes: &'r mut dyn BufRead) -> impl Read + 'r {
    bzip2::bufread::MultiBzDecoder::new(bytes)
}
