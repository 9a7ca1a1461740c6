//! Images from folders that hold them for all documents, found by name as a wiki finds its files.

use super::images::{from_disk, names};
use crate::asset::Loader;
use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

/// Loads images that lie in these folders or below them.
///
/// A path is looked for as it is, in the order of the folders; then a file of that name anywhere in
/// them, as they were when the first image was looked for. In a name spaces and underscores are the
/// same, and so is the first letter in both cases. A scaled image, `120px-Cat.jpg`, stands for
/// `Cat.jpg`, and the other way round.
#[derive(Debug)]
pub struct Resources {
    folders: Vec<PathBuf>,
    files: OnceLock<HashMap<String, (usize, PathBuf)>>,
}

/// Most files and folders that are looked at.
const ENTRIES: usize = 1 << 20;

impl Resources {
    /// Images in these folders.
    pub fn new(folders: Vec<PathBuf>) -> Self {
        Resources { folders, files: OnceLock::new() }
    }

    /// Every file by its name, with the folder that it is below of. Links are not followed.
    fn files(&self) -> &HashMap<String, (usize, PathBuf)> {
        self.files.get_or_init(|| {
            let (mut files, mut scaled) = (HashMap::new(), Vec::new());
            let mut left = ENTRIES;
            for (index, root) in self.folders.iter().enumerate() {
                let mut folders = vec![root.clone()];
                while let Some(folder) = folders.pop() {
                    let mut entries: Vec<_> =
                        fs::read_dir(folder).into_iter().flatten().flatten().take(left).collect();
                    left -= entries.len();
                    entries.sort_by_key(fs::DirEntry::file_name);
                    for entry in entries {
                        let Ok(kind) = entry.file_type() else { continue };
                        if kind.is_dir() {
                            folders.push(entry.path());
                        } else if let (true, Some(name)) = (kind.is_file(), entry.file_name().to_str()) {
                            let name = canonical(name);
                            if let Some(full) = unscaled(&name) {
                                scaled.push((full, (index, entry.path())));
                            }
                            files.entry(name).or_insert_with(|| (index, entry.path()));
                        }
                    }
                }
            }
            for (name, place) in scaled {
                files.entry(name).or_insert(place);
            }
            files
        })
    }
}

impl Loader for Resources {
    fn load(&self, source: &str, limit: usize) -> Result<Vec<u8>, String> {
        let limit = u64::try_from(limit).unwrap_or(u64::MAX);
        let written = names(source);
        for folder in &self.folders {
            if let Some(bytes) = written.iter().find_map(|name| from_disk(folder, name, limit).ok()) {
                return Ok(bytes);
            }
        }
        let names = written.iter().map(|name| canonical(name.rsplit('/').next().unwrap_or_default()));
        let found = names
            .flat_map(|name| [unscaled(&name), Some(name)])
            .flatten()
            .find_map(|name| self.files().get(&name));
        let (index, path) = found.ok_or("no such file or folder")?;
        let folder = &self.folders[*index];
        let below = path.strip_prefix(folder).unwrap_or(path);
        from_disk(folder, &below.to_string_lossy(), limit)
    }
}

/// A name as a wiki has it: spaces, a capital first.
fn canonical(name: &str) -> String {
    let name = name.replace('_', " ");
    let mut chars = name.trim().chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

/// The file that a scaled one was made of: of `120px-Cat.svg.png` it is `Cat.svg`.
fn unscaled(name: &str) -> Option<String> {
    let (size, rest) = name.split_once("px-")?;
    let size = size.rsplit('-').next().unwrap_or(size);
    let is_size = !size.is_empty() && size.bytes().all(|b| b.is_ascii_digit());
    let vector = [".svg.png", ".tif.jpg", ".tiff.jpg", ".webp.png", ".pdf.jpg"];
    let rest = match vector.iter().any(|ending| rest.to_lowercase().ends_with(ending)) {
        true => rest.rsplit_once('.').map_or(rest, |(stem, _)| stem),
        false => rest,
    };
    is_size.then(|| canonical(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_as_a_wiki_finds_it() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a").join("ab");
        fs::create_dir_all(&deep).unwrap();
        fs::write(deep.join("My_cat.gif"), b"GIF89a").unwrap();
        fs::write(deep.join("120px-Map.svg.png"), b"scaled").unwrap();
        let resources = Resources::new(vec![folder.path().to_owned()]);
        for name in ["My cat.gif", "my_cat.gif", "My%20cat.gif", "thumb/a/ab/My_cat.gif/60px-My_cat.gif"] {
            assert_eq!(resources.load(name, 10).as_deref(), Ok(b"GIF89a".as_slice()), "{name}");
        }
        assert_eq!(resources.load("Map.svg", 10).unwrap(), b"scaled");
        assert!(resources.load("../My_cat.gif/x", 10).is_err());
        assert!(resources.load("none.gif", 10).is_err());
    }
}
