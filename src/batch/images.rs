//! Images from the input's own folder, on the disk or in an archive, and nothing from outside it.

use super::members::Members;
use super::reason;
use crate::asset::Loader;
use percent_encoding::percent_decode_str;
use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Loads images that lie in a folder or below it.
#[derive(Clone, Debug)]
pub struct Images(Place);

#[derive(Clone)]
enum Place {
    Disk(PathBuf),
    /// A folder of an archive.
    Archive(Arc<Members>, Vec<String>),
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Disk(folder) => write!(f, "{}", folder.display()),
            Place::Archive(_, folder) => write!(f, "{} in an archive", folder.join("/")),
        }
    }
}

/// Why an image elsewhere is not loaded.
const OUTSIDE: &str = "it lies outside the input's folder";

impl Images {
    /// Images in the folder of a file.
    pub fn beside(file: &Path) -> Self {
        let folder = file.parent().filter(|p| !p.as_os_str().is_empty());
        Images(Place::Disk(folder.unwrap_or(Path::new(".")).to_owned()))
    }

    /// Images in the folder of a file of an archive.
    pub(super) fn within(members: &Arc<Members>, file: &[String]) -> Self {
        let folder = file.split_last().map_or(&[][..], |(_, folder)| folder);
        Images(Place::Archive(members.clone(), folder.to_vec()))
    }
}

impl Loader for Images {
    fn load(&self, source: &str, limit: usize) -> Result<Vec<u8>, String> {
        if source.split_once(':').is_some_and(|(scheme, rest)| scheme.len() > 1 && rest.starts_with("//")) {
            return Err("images are not fetched from the network; save it beside the input".into());
        }
        let limit = u64::try_from(limit).unwrap_or(u64::MAX);
        let load = |path: &str| match &self.0 {
            Place::Disk(folder) => from_disk(folder, path, limit),
            Place::Archive(members, folder) => members.load(&below(folder, path)?, limit),
        };
        let mut names = names(source).into_iter();
        let first = load(&names.next().unwrap_or_default());
        first.or_else(|error| names.find_map(|name| load(&name).ok()).ok_or(error))
    }
}

/// What the file of an image may be called: as it is written, percent-decoded, with underscores for
/// spaces or the other way round, and with its first letter in the other case, as wikis have it.
pub(super) fn names(source: &str) -> Vec<String> {
    let decoded = percent_decode_str(source).decode_utf8_lossy().into_owned();
    let (folder, name) = decoded.rsplit_once('/').map_or(("", decoded.as_str()), |(f, n)| (f, n));
    let mut chars = name.chars();
    let turned: String = match chars.next() {
        Some(c) if c.is_lowercase() => c.to_uppercase().chain(chars).collect(),
        Some(c) => c.to_lowercase().chain(chars).collect(),
        None => String::new(),
    };
    let mut names = vec![source.to_owned(), decoded.clone()];
    for name in [name, &turned] {
        for name in [name.to_owned(), name.replace(' ', "_"), name.replace('_', " ")] {
            let name = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    if names[0] == names[1] {
        names.remove(1);
    }
    names
}

pub(super) fn from_disk(folder: &Path, path: &str, limit: u64) -> Result<Vec<u8>, String> {
    let path = folder.join(path).canonicalize().map_err(|e| reason(&e))?;
    // A link or a `..` may lead anywhere; what counts is where it ends.
    let root = folder.canonicalize().map_err(|e| reason(&e))?;
    if !path.starts_with(&root) {
        return Err(OUTSIDE.into());
    }
    let mut bytes = Vec::new();
    let file = super::open(&path).map_err(|e| reason(&e))?;
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| reason(&e))?;
    Ok(bytes)
}

/// The path of an image in its archive.
fn below(folder: &[String], path: &str) -> Result<String, String> {
    let mut names: Vec<&str> = Vec::new();
    if path.starts_with('/') {
        return Err(OUTSIDE.into());
    }
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." if names.pop().is_none() => return Err(OUTSIDE.into()),
            ".." => {}
            name => names.push(name),
        }
    }
    let folder = folder.iter().map(String::as_str);
    Ok(folder.chain(names).collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_the_folder_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("in");
        std::fs::create_dir(&inside).unwrap();
        std::fs::write(inside.join("my cat.gif"), b"GIF89a").unwrap();
        std::fs::write(folder.path().join("secret"), b"GIF89a").unwrap();
        let images = Images::beside(&inside.join("a.md"));
        for name in ["my%20cat.gif", "my_cat.gif", "My cat.gif"] {
            assert_eq!(images.load(name, 10).unwrap(), b"GIF89a", "{name}");
        }
        let outside = "it lies outside the input's folder";
        assert_eq!(images.load("../secret", 10).unwrap_err(), outside);
        assert_eq!(images.load("/etc/hostname", 10).unwrap_err(), outside);
        assert!(images.load("https://example.org/a.gif", 10).unwrap_err().contains("not fetched"));
        assert_eq!(images.load("none.gif", 10).unwrap_err(), "no such file or folder");
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.path().join("secret"), inside.join("link")).unwrap();
            assert_eq!(images.load("link", 10).unwrap_err(), outside);
        }
    }
}
