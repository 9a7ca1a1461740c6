//! Files in a folder, each whole or not at all.

use crate::batch::document::Made;
use crate::batch::hash;
use crate::batch::manifest::Written;
use crate::batch::shard::Shard;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The hidden folder of temporary files.
const HIDDEN: &str = ".fanfold";

/// A folder of outputs.
pub(crate) struct Folder {
    root: PathBuf,
    /// Where the temporary files of this shard are.
    temporary: PathBuf,
}

impl Folder {
    /// Makes the folder. The manifest's lock must be held: what an earlier run of the shard left
    /// among the temporary files is swept.
    pub fn open(root: &Path, shard: Shard) -> io::Result<Self> {
        let hidden = root.join(HIDDEN);
        // A link would lead out of the folder.
        if fs::symlink_metadata(&hidden).is_ok_and(|m| !m.is_dir()) {
            let message = format!("'{}' is in the way", hidden.display());
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
        }
        let temporary = hidden.join(shard.manifest());
        match fs::remove_dir_all(&temporary) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        fs::create_dir_all(&temporary)?;
        Ok(Folder { root: root.to_owned(), temporary })
    }

    /// Writes the outputs of one document: all to temporary files first, then each under its name.
    pub fn put(&self, number: u64, outputs: &BTreeMap<String, Written>, made: &[Made]) -> io::Result<()> {
        let temporary = |made: &Made| self.temporary.join(format!("{number}.{}", made.format));
        let result = self.put_all(outputs, made, &temporary);
        if result.is_err() {
            for made in made {
                let _ = fs::remove_file(temporary(made));
            }
        }
        result
    }

    fn put_all(
        &self,
        outputs: &BTreeMap<String, Written>,
        made: &[Made],
        temporary: &dyn Fn(&Made) -> PathBuf,
    ) -> io::Result<()> {
        for made in made {
            let mut file = fs::File::create(temporary(made))?;
            file.write_all(&made.bytes)?;
        }
        for made in made {
            let Some(output) = outputs.get(made.format) else { continue };
            let path = self.root.join(&output.path);
            self.within(&output.path)?;
            match fs::rename(temporary(made), &path) {
                // The first output of its folder makes it.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    fs::create_dir_all(path.parent().unwrap_or(&self.root))?;
                    fs::rename(temporary(made), &path)?;
                }
                renamed => renamed?,
            }
        }
        Ok(())
    }

    /// Refuses a path below the folder that leads through a link, which may end anywhere.
    fn within(&self, path: &str) -> io::Result<()> {
        let mut folder = self.root.clone();
        for name in path.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev() {
            folder.push(name);
            match fs::symlink_metadata(&folder) {
                Ok(meta) if meta.is_symlink() => {
                    return Err(io::Error::other(format!("'{}' is a link", folder.display())));
                }
                Ok(_) => {}
                // It is made when it is needed, and nothing below it is there.
                Err(_) => break,
            }
        }
        Ok(())
    }

    /// Removes an output of a document that is gone, if it is as it was written. Whether it is gone.
    pub fn remove(&self, output: &Written) -> bool {
        let there = self.is_as_written(output);
        there && self.within(&output.path).is_ok() && fs::remove_file(self.root.join(&output.path)).is_ok()
    }

    /// Whether an output is there as it was written, and in its place.
    pub fn has(&self, output: &Written, place: &str) -> bool {
        let extension = output.path.strip_prefix(place).and_then(|rest| rest.strip_prefix('.'));
        if extension.is_none_or(|e| e.contains(['/', '.'])) {
            return false;
        }
        self.within(&output.path).is_ok() && self.is_as_written(output)
    }

    fn is_as_written(&self, output: &Written) -> bool {
        let path = self.root.join(&output.path);
        let length = fs::metadata(&path).map(|m| m.len());
        length.is_ok_and(|l| l == output.bytes)
            && fs::read(&path).is_ok_and(|bytes| hash::hex(&bytes) == output.sha256)
    }

    /// Removes the hidden folder, unless another shard uses it.
    pub fn close(&self) {
        let _ = fs::remove_dir_all(&self.temporary);
        if let Some(hidden) = self.temporary.parent() {
            let _ = fs::remove_dir(hidden);
        }
    }
}
