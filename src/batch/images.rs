//! Images of a document: files beside it, or members of the archive that it lies in.

use super::members::Members;
use crate::asset::{Files, LoadError, Loader};
use crate::picture::files::by_any_name;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

/// Loads images that lie in a document's folder or below it.
#[derive(Clone)]
pub(crate) enum Images {
    Disk(Files),
    /// A folder of an archive.
    Archive(Arc<Members>, Vec<String>),
}

impl fmt::Debug for Images {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Images::Disk(files) => files.fmt(f),
            Images::Archive(_, folder) => write!(f, "{} in an archive", folder.join("/")),
        }
    }
}

impl Images {
    /// Images in the folder of a file of an archive.
    pub(super) fn within(members: &Arc<Members>, file: &[String]) -> Self {
        let folder = file.split_last().map_or(&[][..], |(_, folder)| folder);
        Images::Archive(members.clone(), folder.to_vec())
    }

    /// The same, with what lies in these folders of the disk; an archive is its own root.
    pub(super) fn with_roots(&self, roots: &[PathBuf]) -> Self {
        match self {
            Images::Disk(files) => Images::Disk(files.clone().with_roots(roots)),
            archive => archive.clone(),
        }
    }
}

impl Loader for Images {
    fn load(&self, source: &str, limit: usize) -> Result<Vec<u8>, LoadError> {
        match self {
            Images::Disk(files) => files.load(source, limit),
            Images::Archive(members, folder) => {
                let limit = u64::try_from(limit).unwrap_or(u64::MAX);
                by_any_name(source, |name| members.load(&below(folder, name)?, limit))
            }
        }
    }

    fn text(&self, name: &str, limit: usize) -> Result<Vec<u8>, LoadError> {
        match self {
            Images::Disk(files) => files.text(name, limit),
            Images::Archive(..) => Err(LoadError::Outside),
        }
    }
}

/// The path of an image in its archive.
fn below(folder: &[String], path: &str) -> Result<String, LoadError> {
    let mut names: Vec<&str> = Vec::new();
    if path.starts_with('/') {
        return Err(LoadError::Outside);
    }
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." if names.pop().is_none() => return Err(LoadError::Outside),
            ".." => {}
            name => names.push(name),
        }
    }
    let folder = folder.iter().map(String::as_str);
    Ok(folder.chain(names).collect::<Vec<_>>().join("/"))
}
