//! A folder written whole or not at all.

use rawzip::{CompressionMethod, ZipArchive};
use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The file of a written folder that lists the others, a path a line: what it names may be replaced.
const LIST: &str = ".fanfold-site";

/// Puts the files of an archive that was just made into a folder in the place of those that an earlier run
/// put there. They are written beside it and take its place when all are there.
pub(super) fn to_folder(folder: &Path, archive: &[u8]) -> io::Result<()> {
    let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let there = folder.exists();
    if there && let Some(other) = foreign(&folder)? {
        let other = other.display();
        let message = format!("it holds '{other}', which no site before it had: name another folder");
        return Err(io::Error::other(message));
    }
    let parent = folder.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".fanfold-").suffix(".tmp");
    #[cfg(unix)]
    {
        // What a newly made folder has, less the process's mask; a temporary one would be private.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o777));
    }
    let made = builder.tempdir_in(parent)?;
    let mut list = unpack(archive, made.path())?;
    list.sort();
    fs::write(made.path().join(LIST), list.join("\n") + "\n")?;
    if there {
        let aside = builder.tempdir_in(parent)?;
        let old = aside.path().join("old");
        fs::rename(&folder, &old)?;
        fs::rename(made.path(), &folder).inspect_err(|_| {
            // What was there stays there; that it can't be put back is no better news than the first.
            let _ = fs::rename(&old, &folder);
        })?;
    } else {
        fs::rename(made.path(), &folder)?;
    }
    // It has moved: there is nothing to clear away.
    let _ = made.keep();
    Ok(())
}

/// Writes every file of an archive below a folder and tells their paths.
fn unpack(archive: &[u8], folder: &Path) -> io::Result<Vec<String>> {
    let archive = ZipArchive::from_slice(archive).map_err(io::Error::other)?;
    let mut entries = archive.entries();
    let mut list = Vec::new();
    while let Some(entry) = entries.next_entry().map_err(io::Error::other)? {
        let path = entry.file_path().try_normalize().map_err(io::Error::other)?.as_ref().to_owned();
        let data = archive.get_entry(entry.wayfinder()).map_err(io::Error::other)?;
        let bytes = match entry.compression_method() {
            CompressionMethod::STORE => data.data().to_vec(),
            _ => miniz_oxide::inflate::decompress_to_vec(data.data())
                .map_err(|e| io::Error::other(e.to_string()))?,
        };
        let file = folder.join(&path);
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(file, bytes)?;
        list.push(path);
    }
    Ok(list)
}

/// A file of a folder that its list does not name, if there is one.
fn foreign(folder: &Path) -> io::Result<Option<PathBuf>> {
    let list = fs::read_to_string(folder.join(LIST)).unwrap_or_default();
    let known: HashSet<&Path> = list.lines().map(Path::new).chain([Path::new(LIST)]).collect();
    let mut folders = vec![folder.to_owned()];
    while let Some(inside) = folders.pop() {
        for entry in fs::read_dir(inside)? {
            let entry = entry?;
            let path = entry.path();
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else if let Some(other) = path.strip_prefix(folder).ok().filter(|path| !known.contains(path)) {
                return Ok(Some(other.to_owned()));
            }
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An archive of one stored file.
    fn archive(name: &str) -> Vec<u8> {
        let mut files = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
        files.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        files.finish().unwrap().into_inner()
    }

    #[test]
    fn what_a_run_wrote_is_replaced_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("new/site");
        to_folder(&site, &archive("a/one.html")).unwrap();
        to_folder(&site, &archive("two.html")).unwrap();
        assert!(site.join("two.html").is_file() && !site.join("a").exists());
        fs::write(site.join("CNAME"), "a.example").unwrap();
        let error = to_folder(&site, &archive("three.html")).unwrap_err().to_string();
        assert!(error.contains("'CNAME'"), "{error}");
        assert!(site.join("two.html").is_file() && !site.join("three.html").exists());
        assert_eq!(fs::read_dir(folder.path().join("new")).unwrap().count(), 1, "something is left");
    }
}
