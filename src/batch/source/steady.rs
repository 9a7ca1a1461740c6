//! A file that is noticed to shrink while it is read.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// A file and the bytes it had when it was opened. An end before that is an error, so that half a
/// source is never taken for the whole.
pub(in crate::batch) struct Steady {
    file: File,
    left: u64,
}

impl Steady {
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = crate::batch::open(path)?;
        let meta = file.metadata()?;
        // Pipes and devices have no length.
        Ok(Steady { left: if meta.is_file() { meta.len() } else { 0 }, file })
    }

    /// Bytes that are to come, as far as they are known.
    pub fn left(&self) -> u64 {
        self.left
    }
}

impl Read for Steady {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        if read == 0 && self.left > 0 && !buffer.is_empty() {
            self.left = 0;
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the file shrank while it was read"));
        }
        self.left = self.left.saturating_sub(read as u64);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_shrinks_is_an_error_and_one_that_grows_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, [1; 100]).unwrap();
        let mut file = Steady::open(&path).unwrap();
        file.read_exact(&mut [0; 10]).unwrap();
        std::fs::write(&path, [1; 50]).unwrap();
        let error = file.read_to_end(&mut Vec::new()).unwrap_err();
        assert_eq!(error.to_string(), "the file shrank while it was read");
        let mut file = Steady::open(&path).unwrap();
        std::fs::write(&path, [1; 60]).unwrap();
        assert_eq!(file.read_to_end(&mut Vec::new()).unwrap(), 60);
    }
}
