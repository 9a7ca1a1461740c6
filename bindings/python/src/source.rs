//! What is converted: a file, or bytes in memory.

use crate::fault;
use fanfold::asset::Files;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use std::io::{self, Read};
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;

/// A source as Python gives it.
#[derive(FromPyObject)]
pub enum Source {
    /// Bytes in memory, which are not copied.
    Bytes(PyBackedBytes),
    /// A file.
    File(PathBuf),
}

/// The bytes of a source.
pub enum Bytes {
    Python(PyBackedBytes),
    Own(Vec<u8>),
    Shared(Arc<Vec<u8>>),
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Bytes::Python(bytes) => bytes,
            Bytes::Own(bytes) => bytes,
            Bytes::Shared(bytes) => bytes,
        }
    }
}

impl Source {
    /// What it is called in messages, and to whom its extension tells a format.
    pub fn name(&self) -> String {
        match self {
            Source::Bytes(_) => "-".into(),
            Source::File(path) => path.display().to_string(),
        }
    }

    /// Its images, which lie beside a file or in these folders.
    pub fn images(&self, roots: &[PathBuf]) -> Option<Files> {
        if let Source::File(path) = self { Some(Files::beside(path).with_roots(roots)) } else { None }
    }

    /// Its bytes, at most one over the limit, which the reader then reports.
    pub fn bytes(self, limit: usize) -> PyResult<Bytes> {
        let path = match self {
            Source::Bytes(bytes) => return Ok(Bytes::Python(bytes)),
            Source::File(path) => path,
        };
        let limit = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        let read = || -> io::Result<Vec<u8>> {
            let mut bytes = Vec::new();
            fanfold::internals::open(&path)?.take(limit).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        read().map(Bytes::Own).map_err(|error| fault::file(&path, &error))
    }
}
