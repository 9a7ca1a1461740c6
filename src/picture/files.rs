//! Images in folders on the disk, and nothing from outside of them.

use super::loader::{LoadError, Loader};
use crate::input::files::open;
use percent_encoding::percent_decode_str;
use std::collections::HashMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Loads images from files that lie in a folder or below it. What leads out of the folder, be it by `..`
/// or by a link, is not read unless it lies in a [root](Self::with_roots), and nothing is fetched.
///
/// In a name spaces and underscores are the same, and so is the first letter in both cases, as wikis have
/// it; it may be percent-encoded.
///
/// ```
/// use fanfold::{Converter, asset::Files, diagnostic::Ignore};
///
/// let (converter, mut sink) = (Converter::default(), Ignore);
/// let path = std::path::Path::new("tests/fixtures/page.md");
/// let images = Files::beside(path);
/// let mut cx = converter.read_context("page.md", &mut sink).with_loader(&images);
/// let document = converter.read(b"![Dots](dots.png)", None, &mut cx)?;
/// assert_eq!(document.assets["dots.png"].media_type, "image/png");
/// # Ok::<(), fanfold::format::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Files {
    folders: Vec<PathBuf>,
    /// Further folders that names may lead into.
    roots: Vec<PathBuf>,
    /// Whether a file of the name is looked for below the folders.
    searched: bool,
    files: OnceLock<HashMap<String, (usize, PathBuf)>>,
}

/// Most files and folders that are looked at.
const ENTRIES: usize = 1 << 20;

impl Files {
    /// Images by their paths from this folder on.
    pub fn in_folder(folder: impl Into<PathBuf>) -> Self {
        Files { folders: vec![folder.into()], roots: Vec::new(), searched: false, files: OnceLock::new() }
    }

    /// Images by their paths from the folder of a file on.
    pub fn beside(file: &Path) -> Self {
        Files::in_folder(file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")))
    }

    /// Images by their paths from one of these folders on, the first first; then a file of that name
    /// anywhere below them, as they were when the first image was looked for. A scaled image,
    /// `120px-Cat.jpg`, stands for `Cat.jpg`, and the other way round.
    pub fn searched(folders: Vec<PathBuf>) -> Self {
        Files { folders, roots: Vec::new(), searched: true, files: OnceLock::new() }
    }

    /// The same, and what lies in one of these folders or below it may be shown too: names may lead there
    /// by `..`, and one that starts with `/` is looked for from each of them on, as sites have it.
    pub fn with_roots(self, roots: &[PathBuf]) -> Self {
        Files { roots: roots.to_vec(), ..self }
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

impl Loader for Files {
    fn load(&self, source: &str, limit: usize) -> Result<Vec<u8>, LoadError> {
        let mut why = LoadError::NotFound;
        for folder in &self.folders {
            match by_any_name(source, |name| self.named(folder, name, limit)) {
                Err(error) if matches!(why, LoadError::NotFound) => why = error,
                Err(_) => {}
                found => return found,
            }
        }
        if !self.searched {
            return Err(why);
        }
        let names = names(source).into_iter();
        let names = names.map(|name| canonical(name.rsplit('/').next().unwrap_or_default()));
        let found = names
            .flat_map(|name| [unscaled(&name), Some(name)])
            .flatten()
            .find_map(|name| self.files().get(&name));
        let Some((index, path)) = found else { return Err(why) };
        let folder = &self.folders[*index];
        let below = path.strip_prefix(folder).unwrap_or(path);
        read(folder, folder, &below.to_string_lossy(), limit)
    }

    /// Those of roots alone, and none that is hidden.
    fn text(&self, name: &str, limit: usize) -> Result<Vec<u8>, LoadError> {
        let is_hidden = |part: &str| part.starts_with('.') && !matches!(part, "." | "..");
        let mut found = Err(LoadError::Outside);
        for root in self.roots.iter().filter(|_| !name.split('/').any(is_hidden)) {
            for folder in &self.folders {
                found = found.or_else(|_| read(folder, root, name, limit));
            }
        }
        found
    }
}

impl Files {
    /// The image of a name seen from a folder.
    fn named(&self, folder: &Path, name: &str, limit: usize) -> Result<Vec<u8>, LoadError> {
        let mut found = read(folder, folder, name, limit);
        for root in &self.roots {
            if found.is_ok() {
                break;
            }
            let from_root = name.strip_prefix('/').map(|name| read(root, root, name, limit));
            let in_root = from_root.unwrap_or_else(|| read(folder, root, name, limit));
            // That it lies outside of its folder says nothing where a root holds its place.
            found = match (in_root, found) {
                (Err(error), Err(LoadError::Outside)) => Err(error),
                (in_root, found) => in_root.or(found),
            };
        }
        found
    }
}

/// The first image that is there under one of the names that a file may have. Else why there is none under
/// the name as it is written.
pub(crate) fn by_any_name(
    source: &str,
    load: impl Fn(&str) -> Result<Vec<u8>, LoadError>,
) -> Result<Vec<u8>, LoadError> {
    if source.split_once(':').is_some_and(|(scheme, rest)| scheme.len() > 1 && rest.starts_with("//")) {
        return Err(LoadError::Network);
    }
    let mut names = names(source).into_iter();
    let first = load(&names.next().unwrap_or_default());
    first.or_else(|error| names.find_map(|name| load(&name).ok()).ok_or(error))
}

/// The bytes of the file at a path from a folder on, when it lies under the root: at most one more than
/// `limit`.
fn read(from: &Path, root: &Path, path: &str, limit: usize) -> Result<Vec<u8>, LoadError> {
    let path = from.join(path);
    let fail = |source: io::Error| LoadError::File { path: path.clone(), source };
    let file = path.canonicalize().map_err(fail)?;
    // A link or a `..` may lead anywhere; what counts is where it ends.
    if !file.starts_with(root.canonicalize().map_err(fail)?) {
        return Err(LoadError::Outside);
    }
    let limit = u64::try_from(limit).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    let file = open(&file).map_err(fail)?;
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(fail)?;
    Ok(bytes)
}

/// What the file of an image may be called: as it is written, percent-decoded, with underscores for
/// spaces or the other way round, and with its first letter in the other case, as wikis have it.
fn names(source: &str) -> Vec<String> {
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
        let resources = Files::searched(vec![folder.path().to_owned()]);
        for name in ["My cat.gif", "my_cat.gif", "My%20cat.gif", "thumb/a/ab/My_cat.gif/60px-My_cat.gif"] {
            assert_eq!(resources.load(name, 10).unwrap(), b"GIF89a", "{name}");
        }
        assert_eq!(resources.load("Map.svg", 10).unwrap(), b"scaled");
        assert!(resources.load("../My_cat.gif/x", 10).is_err());
        assert!(resources.load("none.gif", 10).is_err());
    }

    #[test]
    fn a_root_may_be_led_into_and_nothing_above_it() {
        let folder = tempfile::tempdir().unwrap();
        let (text, img) = (folder.path().join("book/text"), folder.path().join("book/img"));
        fs::create_dir_all(&text).unwrap();
        fs::create_dir_all(&img).unwrap();
        fs::write(img.join("cat.gif"), b"GIF89a").unwrap();
        fs::write(folder.path().join("secret.gif"), b"GIF89a").unwrap();
        let images = Files::beside(&text.join("a.md"));
        assert!(matches!(images.load("../img/cat.gif", 10), Err(LoadError::Outside)));
        let images = images.with_roots(&[folder.path().join("none"), folder.path().join("book")]);
        for name in ["../img/cat.gif", "/img/cat.gif", "../img/Cat.gif"] {
            assert_eq!(images.load(name, 10).unwrap(), b"GIF89a", "{name}");
        }
        assert_eq!(images.text("../img/cat.gif", 10).unwrap(), b"GIF89a");
        assert!(matches!(images.text("../../secret.gif", 10), Err(LoadError::Outside)));
        assert!(Files::beside(&img.join("a.md")).text("cat.gif", 10).is_err(), "no root is given");
        for name in ["../../secret.gif", "/../secret.gif", "/etc/hostname"] {
            assert!(images.load(name, 10).is_err(), "{name}");
        }
        // A name that a root could have is not called outside of it.
        let missing = images.load("/img/none.gif", 10);
        assert!(matches!(missing, Err(LoadError::File { .. })), "{missing:?}");
    }

    #[test]
    fn nothing_outside_the_folder_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("in");
        std::fs::create_dir(&inside).unwrap();
        std::fs::write(inside.join("my cat.gif"), b"GIF89a").unwrap();
        std::fs::write(folder.path().join("secret"), b"GIF89a").unwrap();
        let images = Files::beside(&inside.join("a.md"));
        for name in ["my%20cat.gif", "my_cat.gif", "My cat.gif"] {
            assert_eq!(images.load(name, 10).unwrap(), b"GIF89a", "{name}");
        }
        assert!(matches!(images.load("../secret", 10), Err(LoadError::Outside)));
        assert!(matches!(images.load("/etc/hostname", 10), Err(LoadError::Outside)));
        assert!(matches!(images.load("https://example.org/a.gif", 10), Err(LoadError::Network)));
        assert_eq!(images.load("none.gif", 10).unwrap_err().to_string(), "no such file or folder");
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.path().join("secret"), inside.join("link")).unwrap();
            assert!(matches!(images.load("link", 10), Err(LoadError::Outside)));
        }
    }
}
