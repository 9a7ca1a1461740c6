//! Where documents come from. Each source is read as a stream: one document is in memory at a
//! time, whatever the source holds.

mod archive;
mod compressed;
mod dump;
mod folder;
mod globs;
mod list;
mod multistream;
pub(super) mod ndjson;
mod page;
mod steady;

use super::Error;
use super::entry::{Content, Entry, Found};
use super::images::Images;
use super::members::{Members, components};
use crate::format::{Limits, Registry};
use globs::Globs;
use std::collections::BTreeSet;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
pub(super) use steady::Steady;

/// Takes what is found, and says whether to go on.
pub(crate) type Visit<'v> = dyn FnMut(Found) -> ControlFlow<()> + 'v;

/// The sources of a run, in order.
#[derive(Clone, Debug)]
pub struct Sources {
    /// Documents as they are, whatever their names.
    pub(crate) documents: Vec<Entry>,
    /// Files, archives, dumps and folders.
    pub paths: Vec<PathBuf>,
    /// Paths from lists, whose folders the outputs mirror.
    pub(crate) listed: Vec<PathBuf>,
    /// Whether links in a folder that lead out of it are followed.
    pub follow_links: bool,
    /// What is never read, though it may lie in a folder that is: the run's own outputs.
    pub(crate) skip: Vec<PathBuf>,
    /// The namespaces of a dump's pages to take, by number; all when empty.
    pub namespaces: BTreeSet<i64>,
    /// Most bytes of one document.
    pub(crate) document_bytes: usize,
    /// Threads to decompress with.
    pub(crate) threads: usize,
    /// Whether the images of archives are wanted, beside their articles.
    pub(crate) images: bool,
    /// Whether the texts of dumps are wanted, and not only the names of their pages.
    pub(crate) texts: bool,
    globs: Globs,
    /// Extensions that readers know, in lower case; `None` when every file is taken.
    extensions: Option<BTreeSet<String>>,
}

impl Sources {
    /// Sources of which every file is taken, whatever its extension, when `any` says so, and else
    /// those that a reader knows. `include` and `exclude` are globs as in a `.gitignore`.
    ///
    /// # Errors
    /// When a glob is badly formed.
    pub fn new(
        paths: Vec<PathBuf>,
        registry: &Registry,
        any: bool,
        include: &[String],
        exclude: &[String],
    ) -> Result<Self, Error> {
        let known =
            || registry.readers().flat_map(|r| r.format().extensions.iter().map(|e| e.to_lowercase()));
        Ok(Sources {
            documents: Vec::new(),
            paths,
            listed: Vec::new(),
            follow_links: false,
            skip: Vec::new(),
            namespaces: BTreeSet::from([0]),
            document_bytes: Limits::default().input_bytes,
            threads: 1,
            images: true,
            texts: true,
            globs: Globs::new(include, exclude)?,
            extensions: (!any && include.is_empty()).then(|| known().collect()),
        })
    }

    #[doc(hidden)]
    /// These documents and no others.
    pub fn documents(documents: Vec<Entry>) -> Self {
        Sources {
            documents,
            paths: Vec::new(),
            listed: Vec::new(),
            follow_links: false,
            skip: Vec::new(),
            namespaces: BTreeSet::new(),
            document_bytes: Limits::default().input_bytes,
            threads: 1,
            images: true,
            texts: true,
            globs: Globs::default(),
            extensions: None,
        }
    }

    #[doc(hidden)]
    /// Never reads what lies there.
    pub fn leave_out(&mut self, path: &Path) {
        self.skip.push(path.to_owned());
    }

    /// Whether an identifier is one that these sources give, whether or not they hold it still.
    pub(super) fn cover(&self, id: &str) -> bool {
        self.paths.iter().any(|path| {
            let path = display(path);
            let rest = id.strip_prefix(path.trim_end_matches('/'));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '#']))
        })
    }

    /// Visits everything there is, in an order that only the sources determine.
    pub(crate) fn visit(&self, visit: &mut Visit<'_>) -> ControlFlow<()> {
        for document in &self.documents {
            visit(Found::Document(document.clone()))?;
        }
        for path in &self.paths {
            if path.is_dir() {
                self.folder(path, visit)?;
            } else {
                let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
                self.file(path, &display(path), &[name.unwrap_or_default()], visit)?;
            }
        }
        for path in &self.listed {
            if path.is_dir() {
                self.folder(path, visit)?;
            } else {
                self.file(path, &display(path), &components(path), visit)?;
            }
        }
        ControlFlow::Continue(())
    }

    /// A file by its name: a document, or a source of documents. `place` is its path from its
    /// source on.
    fn file(&self, path: &Path, id: &str, place: &[String], visit: &mut Visit<'_>) -> ControlFlow<()> {
        let name = place.last().map(String::as_str).unwrap_or_default();
        match Kind::of(name) {
            Kind::Document => {
                let path = Entry { path: without_extension(place), ..Entry::file(id, path) };
                visit(Found::Document(path))
            }
            Kind::Zip => self.zip(path, id, visit),
            kind => {
                let index = if kind == Kind::Bzip2 { multistream::index(path) } else { None };
                if let Some(index) = index {
                    return match multistream::open(path, &index, self.threads) {
                        Ok(parts) => {
                            let place = place_without(place, ".bz2");
                            self.stream(&mut BufReader::new(parts), id, &place, None, visit)
                        }
                        Err(message) => visit(Found::fault(display(&index), message)),
                    };
                }
                match Steady::open(path) {
                    Ok(file) => {
                        let images = if self.images { images(path, name).map(Arc::new) } else { None };
                        let mut bytes = BufReader::with_capacity(1 << 16, file);
                        self.stream(&mut bytes, id, place, images.as_ref(), visit)
                    }
                    Err(error) => visit(Found::fault(id, super::reason(&error))),
                }
            }
        }
    }

    /// A stream of bytes by its name, and the images of the archive that it is or that it is from.
    fn stream(
        &self,
        bytes: &mut dyn BufRead,
        id: &str,
        place: &[String],
        images: Option<&Arc<Members>>,
        visit: &mut Visit<'_>,
    ) -> ControlFlow<()> {
        let name = place.last().map(String::as_str).unwrap_or_default();
        match Kind::of(name) {
            Kind::Gzip => {
                let mut plain = BufReader::new(compressed::gzip(bytes));
                let inner = if name.to_ascii_lowercase().ends_with(".tgz") {
                    let mut inner = place.to_vec();
                    inner.push("x.tar".into());
                    inner
                } else {
                    place_without(place, ".gz")
                };
                self.stream(&mut plain, id, &inner, images, visit)
            }
            Kind::Bzip2 => {
                let mut plain = BufReader::new(compressed::bzip2(bytes));
                self.stream(&mut plain, id, &place_without(place, ".bz2"), images, visit)
            }
            Kind::Tar => self.tar(bytes, id, images, visit),
            Kind::Lines => self.ndjson(bytes, id, visit),
            Kind::Dump => self.dump(bytes, id, visit),
            Kind::Zip => visit(Found::fault(id, "a zip archive inside another source is not read")),
            Kind::Document => match self.whole(bytes) {
                Ok(Some(content)) => visit(Found::Document(Entry {
                    id: id.to_owned(),
                    path: without_extension(place),
                    images: images.map(|members| Images::within(members, place)),
                    content: Content::Bytes(Arc::new(content)),
                    ..Entry::default()
                })),
                Ok(None) => visit(Found::too_long(id, self.document_bytes)),
                Err(error) => visit(Found::fault(id, super::reason(&error))),
            },
        }
    }

    /// All bytes of a document; none when there are too many.
    fn whole(&self, bytes: &mut dyn BufRead) -> io::Result<Option<Vec<u8>>> {
        let mut content = Vec::new();
        let limit = u64::try_from(self.document_bytes).unwrap_or(u64::MAX);
        bytes.take(limit.saturating_add(1)).read_to_end(&mut content)?;
        Ok((content.len() <= self.document_bytes).then_some(content))
    }

    /// Whether a file of a folder or an archive is one to read.
    fn takes(&self, place: &str) -> bool {
        if !self.globs.take(place) {
            return false;
        }
        let Some(known) = &self.extensions else { return true };
        let name = place.rsplit('/').next().unwrap_or_default();
        let inner = Kind::of(name);
        match inner {
            Kind::Document => {
                crate::detect::extension(name).is_some_and(|e| known.contains(&e.to_lowercase()))
            }
            Kind::Gzip | Kind::Bzip2 => {
                let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
                name.to_ascii_lowercase().ends_with(".tgz") || self.takes(stem)
            }
            _ => true,
        }
    }
}

/// The images of a file that is a tar archive, compressed or not.
fn images(path: &Path, name: &str) -> Option<Members> {
    let lower = name.to_ascii_lowercase();
    if lower.ends_with(".tar") {
        return Members::of_tar(path);
    }
    let bytes = || std::fs::File::open(path).ok().map(BufReader::new);
    if lower.ends_with(".tgz") || lower.ends_with(".tar.gz") {
        return Members::of_stream(&mut BufReader::new(compressed::gzip(&mut bytes()?)));
    }
    if lower.ends_with(".tar.bz2") {
        return Members::of_stream(&mut BufReader::new(compressed::bzip2(&mut bytes()?)));
    }
    None
}

/// What a file is, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Document,
    Lines,
    Dump,
    Tar,
    Zip,
    Gzip,
    Bzip2,
}

impl Kind {
    fn of(name: &str) -> Self {
        match crate::detect::extension(name).map(str::to_ascii_lowercase).as_deref() {
            Some("ndjson" | "jsonl") => Kind::Lines,
            Some("xml") => Kind::Dump,
            Some("tar") => Kind::Tar,
            Some("zip") => Kind::Zip,
            Some("gz" | "tgz") => Kind::Gzip,
            Some("bz2") => Kind::Bzip2,
            _ => Kind::Document,
        }
    }
}

/// A path as identifiers have it: with `/`, and telling names apart that are not UTF-8.
fn display(path: &Path) -> String {
    let text = match path.to_str() {
        Some(text) => text.to_owned(),
        None => {
            let bytes = path.as_os_str().as_encoded_bytes();
            format!("{}~{}", path.display(), &super::hash::hex(bytes)[..12])
        }
    };
    if std::path::MAIN_SEPARATOR == '/' { text } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

fn without_extension(place: &[String]) -> Vec<String> {
    let mut place = place.to_vec();
    if let Some(last) = place.last_mut()
        && let Some(extension) = crate::detect::extension(last)
    {
        last.truncate(last.len() - extension.len() - 1);
    }
    place
}

fn place_without(place: &[String], ending: &str) -> Vec<String> {
    let mut place = place.to_vec();
    if let Some(last) = place.last_mut() {
        last.truncate(last.len() - ending.len());
    }
    place
}
