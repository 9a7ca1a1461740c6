//! Where images are, beside the folders of their documents.

use clap::Args;
use fanfold::asset::{Files, LoadError, Loader};
use fanfold::internals::{open, reason};
use fanfold::job::Settings;
use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Clone, Debug, Args)]
pub(super) struct ImageArgs {
    /// Find images in this folder too, as a wiki finds its files; repeat it for several
    #[arg(long, value_name = "DIR")]
    pub resource_path: Vec<PathBuf>,

    /// Let documents show what lies under this folder, such as '../img/cat.png'; otherwise only what lies
    /// in their own folder or below it. Repeat it for several
    #[arg(long, value_name = "DIR")]
    pub root: Vec<PathBuf>,

    /// Take images of these addresses from files: a line has an address, a tab and a path from the folder
    /// of FILE on
    #[arg(long, value_name = "FILE")]
    pub media_map: Option<PathBuf>,
}

impl ImageArgs {
    /// Sets up where images come from, or says what is wrong with the arguments.
    pub fn set(self, settings: &mut Settings) -> Result<(), String> {
        for root in &self.root {
            if !root.is_dir() {
                return Err(format!("--root '{}': no such folder", root.display()));
            }
        }
        settings.roots = self.root;
        let files = (!self.resource_path.is_empty()).then(|| Files::searched(self.resource_path));
        let map = self.media_map.as_deref().map(MediaMap::read).transpose()?;
        if files.is_some() || map.is_some() {
            settings.loader = Some(Arc::new(Further { map, files }));
        }
        Ok(())
    }
}

/// Images that a map names, then those of folders.
struct Further {
    map: Option<MediaMap>,
    files: Option<Files>,
}

impl Loader for Further {
    fn load(&self, source: &str, limit: usize) -> Result<Vec<u8>, LoadError> {
        if let Some(found) = self.map.as_ref().and_then(|map| map.load(source, limit)) {
            return found;
        }
        self.files.as_ref().map_or(Err(LoadError::NotFound), |files| files.load(source, limit))
    }
}

/// The files of addresses.
struct MediaMap(HashMap<String, PathBuf>);

impl MediaMap {
    fn read(path: &Path) -> Result<Self, String> {
        let fault = |why: &dyn std::fmt::Display| format!("--media-map '{}': {why}", path.display());
        let text = std::fs::read_to_string(path).map_err(|error| fault(&reason(&error)))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut map = HashMap::new();
        for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
            let Some((address, file)) = line.split_once('\t') else {
                return Err(fault(&format!("line {number} has no tab between an address and a path")));
            };
            let file = folder.join(file.trim());
            if !file.is_file() {
                return Err(fault(&format!("line {number}: there is no file '{}'", file.display())));
            }
            map.entry(address.trim().to_owned()).or_insert(file);
        }
        Ok(MediaMap(map))
    }

    /// The image that the map has for an address, if it has one.
    fn load(&self, source: &str, limit: usize) -> Option<Result<Vec<u8>, LoadError>> {
        let path = self.0.get(source)?;
        let limit = u64::try_from(limit).unwrap_or(u64::MAX);
        let mut bytes = Vec::new();
        let read = open(path).and_then(|file| file.take(limit.saturating_add(1)).read_to_end(&mut bytes));
        Some(read.map(|_| bytes).map_err(|source| LoadError::File { path: path.clone(), source }))
    }
}
