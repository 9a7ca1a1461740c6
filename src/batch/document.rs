//! One document of a source: loaded, handed to its job, and what becomes of it told in its row.

use super::entry::{Content, Entry};
use super::images::Images;
use super::manifest::{Row, Source, Status, Written};
use super::source::Steady;
use super::{hash, reason};
use crate::asset::Loader;
use crate::diagnostic::{Diagnostic, Ignore, Severity, Sink};
use crate::job::{Done, Job, Loaders, Settings};
use crate::model::Meta;
use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;

/// An output that is made and not yet written.
#[derive(Debug)]
pub(crate) struct Made {
    pub format: &'static str,
    pub extension: &'static str,
    pub text: bool,
    pub bytes: Vec<u8>,
    /// The checksum (CRC-32) of the bytes before they were packed, once they are.
    pub packed: Option<u32>,
}

/// The row's entries for outputs.
pub(super) fn described(place: &str, made: &[Made]) -> BTreeMap<String, Written> {
    let output = |made: &Made| Written {
        path: format!("{place}.{}", made.extension),
        bytes: made.bytes.len() as u64,
        sha256: hash::hex(&made.bytes),
    };
    made.iter().map(|made| (made.format.to_owned(), output(made))).collect()
}

/// A document that is handed over instead of written.
#[derive(Debug)]
pub struct Handed {
    /// The identifier.
    pub id: String,
    /// Its bytes.
    pub source: Arc<Vec<u8>>,
    /// What became of it.
    pub done: Done,
}

/// Makes, of the name and the bytes of a document that is handed over, what takes its diagnostics
/// while it is converted.
pub type Watch = Arc<dyn for<'s> Fn(&'s str, &'s [u8]) -> Box<dyn Sink + 's> + Send + Sync>;

/// The row of a document before anything is known of what becomes of it, and its bytes. `options`
/// stands for all options that change what is written.
pub(crate) fn load(entry: Entry, settings: &Settings, options: &str) -> (Row, Option<Loaded>) {
    let key = key(&entry, settings, options);
    let mut row = Row { id: entry.id, title: entry.title, options: Some(key), ..Row::default() };
    let read = match entry.content {
        Content::Bytes(bytes) => Ok(bytes),
        Content::File(path) => read(&path, settings.converter.limits().input_bytes).map(Arc::new),
    };
    match read {
        Ok(bytes) => {
            (row, Some(Loaded { bytes, images: entry.images, format: entry.format, meta: entry.meta }))
        }
        Err(message) => {
            row.fail(message);
            (row, None)
        }
    }
}

/// A hash of everything but its bytes that decides what becomes of a document.
fn key(entry: &Entry, settings: &Settings, options: &str) -> String {
    let formats: Vec<_> = settings.formats.iter().map(|f| f.name).collect();
    let parts = serde_json::json!([
        env!("CARGO_PKG_VERSION"),
        options,
        settings.from,
        formats,
        entry.title,
        entry.format,
        entry.meta,
    ]);
    hash::hex(parts.to_string().as_bytes())
}

fn read(path: &std::path::Path, limit: usize) -> Result<Vec<u8>, String> {
    // One byte over the limit is enough for the reader to say so.
    let limit = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let file = Steady::open(path).map_err(|e| reason(&e))?;
    // One more than there are, so that the end is found without growing.
    let expected = usize::try_from(file.left().min(limit)).unwrap_or(0);
    let mut bytes = Vec::with_capacity(expected.saturating_add(1));
    file.take(limit).read_to_end(&mut bytes).map_err(|e| reason(&e))?;
    Ok(bytes)
}

/// A document in memory.
pub(crate) struct Loaded {
    pub bytes: Arc<Vec<u8>>,
    images: Option<Images>,
    format: Option<String>,
    meta: Meta,
}

impl Loaded {
    /// What a manifest says of it.
    pub fn source(&self) -> Source {
        Source { bytes: self.bytes.len() as u64, sha256: hash::hex(&self.bytes) }
    }

    /// Hashes of the images that an earlier run found, when all are as they were.
    pub fn images_unchanged(&self, row: &Row, settings: &Settings) -> bool {
        let own = self.images.as_ref().map(|images| images.with_roots(&settings.roots));
        let own = own.as_ref().map(|images| images as &dyn Loader);
        let loaders = Loaders { own, further: settings.loader.as_deref() };
        let limit = settings.converter.limits().image_bytes;
        row.images.iter().all(|(source, sha256)| {
            loaders.load(source, limit).is_ok_and(|bytes| hash::hex(&bytes) == *sha256)
        })
    }

    /// Makes every output. The row says how it went; there are outputs only when all are there.
    pub fn convert(self, row: &mut Row, settings: &Settings) -> Vec<Made> {
        let done = self.run(row, settings, &mut Ignore);
        if row.status != Status::Done {
            return Vec::new();
        }
        let made = done.outputs.into_iter().filter_map(|(format, made)| {
            let extension = format.extension();
            Some(Made { format: format.name, extension, text: format.text, bytes: made.ok()?, packed: None })
        });
        made.collect()
    }

    /// The same for one that is handed over, with all that became of it.
    pub fn hand_over(self, row: &mut Row, settings: &Settings, watch: Option<&Watch>) -> Handed {
        let done = {
            let id = row.id.clone();
            match watch {
                Some(watch) => self.run(row, settings, &mut *watch(&id, &self.bytes)),
                None => self.run(row, settings, &mut Ignore),
            }
        };
        Handed { id: row.id.clone(), source: self.bytes, done }
    }

    fn run(&self, row: &mut Row, settings: &Settings, sink: &mut dyn Sink) -> Done {
        let (id, title) = (row.id.clone(), row.title.clone());
        let images = self.images.as_ref().map(|images| images.with_roots(&settings.roots));
        let loader = images.as_ref().map(|images| images as &dyn Loader);
        let job = Job::new(&id, &self.bytes).title(title.as_deref()).from(self.format.as_deref());
        let done = job.meta(&self.meta).loader(loader).run(settings, &mut Counted { row, sink });
        if let Some(document) = &done.document {
            row.title = document.title().or(row.title.take());
            // For a manifest alone, as what the document itself is.
            if row.source.is_some() {
                let assets = document.assets.iter();
                row.images = assets.map(|(source, asset)| (source.clone(), hash::hex(&asset.data))).collect();
            }
        }
        match done.fault_in(settings.wording) {
            None => row.status = Status::Done,
            Some(fault) => row.fail(fault),
        }
        done
    }
}

/// Counts diagnostics in a row and hands them on.
struct Counted<'c> {
    row: &'c mut Row,
    sink: &'c mut dyn Sink,
}

impl Sink for Counted<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        *self.row.diagnostics.entry(diagnostic.code.name.to_owned()).or_default() += 1;
        if diagnostic.code.severity >= Severity::Warning {
            self.row.warnings += 1;
        }
        self.sink.report(diagnostic);
    }
}
