//! Images from the input's own folder, and nothing from outside it.

use super::reason;
use crate::asset::Loader;
use percent_encoding::percent_decode_str;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Loads images that lie in a folder or below it.
#[derive(Clone, Debug)]
pub struct Images {
    folder: PathBuf,
}

impl Images {
    /// Images in the folder of a file.
    pub fn beside(file: &Path) -> Self {
        let folder = file.parent().filter(|p| !p.as_os_str().is_empty());
        Images { folder: folder.unwrap_or(Path::new(".")).to_owned() }
    }
}

impl Loader for Images {
    fn load(&self, source: &str, limit: usize) -> Result<Vec<u8>, String> {
        if source.split_once(':').is_some_and(|(scheme, rest)| scheme.len() > 1 && rest.starts_with("//")) {
            return Err("images are not fetched from the network; save it beside the input".into());
        }
        let found = |path: &str| self.folder.join(path).canonicalize();
        let path = found(source)
            .or_else(|error| found(&percent_decode_str(source).decode_utf8_lossy()).map_err(|_| error))
            .map_err(|e| reason(&e))?;
        // A link or a `..` may lead anywhere; what counts is where it ends.
        let root = self.folder.canonicalize().map_err(|e| reason(&e))?;
        if !path.starts_with(&root) {
            return Err("it lies outside the input's folder".into());
        }
        let mut bytes = Vec::new();
        let file = File::open(path).map_err(|e| reason(&e))?;
        let limit = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        file.take(limit).read_to_end(&mut bytes).map_err(|e| reason(&e))?;
        Ok(bytes)
    }
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
        assert_eq!(images.load("my%20cat.gif", 10).unwrap(), b"GIF89a");
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
