//! Hashes that are the same on every machine and in every version.

use super::Error;
use sha2::{Digest, Sha256};
use std::io;
use std::path::Path;
use walkdir::WalkDir;

/// SHA-256 in lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    digits(&Sha256::digest(bytes))
}

/// Bytes in lower-case hexadecimal.
fn digits(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |n: u8| char::from(DIGITS[usize::from(n)]);
    bytes.iter().flat_map(|b| [digit(b >> 4), digit(b & 15)]).collect()
}

/// A hash of a file, or of all files of a folder and their names.
///
/// # Errors
/// When something can't be read.
pub fn digest(path: &Path) -> Result<String, Error> {
    let mut all = Sha256::new();
    for found in WalkDir::new(path).sort_by_file_name() {
        let found = found.map_err(|e| Error::file(path, io::Error::other(e)))?;
        all.update(found.path().as_os_str().as_encoded_bytes());
        if found.path().is_file() {
            let bytes = std::fs::read(found.path()).map_err(|e| Error::file(found.path(), e))?;
            all.update(hex(&bytes));
        }
    }
    Ok(digits(&all.finalize()))
}

/// The first eight bytes of SHA-256 as a number.
pub(crate) fn number(text: &str) -> u64 {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(8).fold(0, |n, b| n << 8 | u64::from(*b))
}

/// Twelve letters and digits (60 bits) that stand for a text, without those easily confused.
pub(crate) fn letters(text: &str) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let number = number(text);
    (0..12).map(|i| char::from(ALPHABET[(number >> (59 - 5 * i)) as usize & 31])).collect()
}
