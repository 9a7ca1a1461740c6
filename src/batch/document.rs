//! One document: read once, written in every format, whatever happens told as an outcome.

use super::deadline::Deadline;
use super::entry::{Content, Entry};
use super::images::Images;
use super::manifest::{Row, Source, Status};
use super::source::Steady;
use super::{Settings, hash, reason};
use crate::account::Ledger;
use crate::asset::Loader;
use crate::diagnostic::{Diagnostic, Severity, Sink};
use crate::model::Document;
use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

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

/// What came of reading a document that is not written by itself.
#[derive(Debug)]
pub struct Reading {
    /// The identifier.
    pub id: String,
    /// What was read; none when it could not be, or was denied.
    pub document: Option<Document>,
    /// Its bytes.
    pub source: Vec<u8>,
    /// What was noticed on the way.
    pub diagnostics: Vec<Diagnostic>,
}

/// The row of a document before anything is known of what becomes of it, and its bytes.
pub(crate) fn load(entry: Entry, settings: &Settings) -> (Row, Option<Loaded>) {
    let key = settings.key(&entry);
    let mut row = Row { id: entry.id, title: entry.title, options: Some(key), ..Row::default() };
    let read = match entry.content {
        Content::Bytes(bytes) => Ok(bytes),
        Content::File(path) => read(&path, settings.converter.limits().input_bytes),
    };
    match read {
        Ok(bytes) => {
            row.source = Some(Source { bytes: bytes.len() as u64, sha256: hash::hex(&bytes) });
            (row, Some(Loaded { bytes, images: entry.images, format: entry.format, meta: entry.meta }))
        }
        Err(message) => {
            row.fail(message);
            (row, None)
        }
    }
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

/// Asked whether a document that is begun now has taken too long, and why it then fails.
fn stop(settings: &Settings) -> impl Fn() -> Option<String> + use<> {
    let deadline = settings.time.map(Deadline::after);
    move || deadline.and_then(|d| d.passed())
}

/// A document in memory.
pub(crate) struct Loaded {
    pub bytes: Vec<u8>,
    images: Option<Images>,
    format: Option<String>,
    meta: crate::model::Meta,
}

impl Loaded {
    /// Hashes of the images that an earlier run found, when all are as they were.
    pub fn images_unchanged(&self, row: &Row, limit: usize) -> bool {
        row.images.iter().all(|(source, sha256)| {
            let images = self.images.as_ref();
            let bytes = images.and_then(|images| images.load(source, limit).ok());
            bytes.is_some_and(|b| hash::hex(&b) == *sha256)
        })
    }

    /// Makes every output. The row says how it went; there are outputs only when all are there.
    pub fn convert(self, row: &mut Row, settings: &Settings) -> Vec<Made> {
        let mut gate = Gate { settings, row, denied: None, kept: None };
        gate.guard(|gate| self.outputs(gate)).unwrap_or_default()
    }

    /// Reads only. The row says how it went.
    pub fn read(self, row: &mut Row, settings: &Settings) -> Reading {
        let id = row.id.clone();
        let mut gate = Gate { settings, row, denied: None, kept: Some(Vec::new()) };
        let document = gate.guard(|gate| self.document(&stop(settings), gate));
        Reading { id, document, diagnostics: gate.kept.unwrap_or_default(), source: self.bytes }
    }

    fn document(&self, stop: &dyn Fn() -> Option<String>, gate: &mut Gate<'_>) -> Result<Document, String> {
        let settings = gate.settings;
        let converter = settings.converter.knowing(&self.meta);
        let name = gate.row.id.clone();
        let title = gate.row.title.clone();
        let mut cx = converter.context(&name, gate);
        cx.stop = Some(stop);
        cx.title = title.as_deref();
        cx.loader = self.images.as_ref().map(|images| images as &dyn Loader);
        let mut ledger = settings.allows.as_ref().map(|_| Ledger::default());
        cx.ledger = ledger.as_mut();
        let format = self.format.as_deref().or(settings.from.as_deref());
        let document = converter.read(&self.bytes, format, &mut cx).map_err(|e| e.to_string())?;
        let totals = ledger.as_ref().and_then(Ledger::account).map(|account| account.totals());
        if let (Some(allows), Some(totals)) = (&settings.allows, totals)
            && !allows(totals)
        {
            return Err(format!(
                "{} of its {} bytes are lost, which is too much",
                totals.lost(),
                totals.all()
            ));
        }
        let row = &mut *gate.row;
        row.title = document.title().or(row.title.take());
        let assets = document.assets.iter();
        row.images = assets.map(|(source, asset)| (source.clone(), hash::hex(&asset.data))).collect();
        Ok(document)
    }

    fn outputs(&self, gate: &mut Gate<'_>) -> Result<Vec<Made>, String> {
        let settings = gate.settings;
        let stop = stop(settings);
        let document = self.document(&stop, gate)?;
        let name = gate.row.id.clone();
        let mut made = Vec::new();
        for format in &settings.formats {
            let mut out = Limited { bytes: Vec::new(), limit: settings.output_bytes };
            let mut cx = settings.converter.context(&name, gate);
            cx.source = Some(&self.bytes);
            cx.stop = Some(&stop);
            let written = settings.converter.write(&document, format.name, &mut out, &mut cx);
            written.map_err(|e| e.to_string())?;
            let extension = format.extension();
            made.push(Made {
                format: format.name,
                extension,
                text: format.text,
                bytes: out.bytes,
                packed: None,
            });
        }
        Ok(made)
    }
}

/// Counts diagnostics, notes the first that is denied, and keeps them where they are wanted.
struct Gate<'g> {
    settings: &'g Settings,
    row: &'g mut Row,
    denied: Option<&'static str>,
    kept: Option<Vec<Diagnostic>>,
}

impl Gate<'_> {
    /// Does a document's work. The row says how it went; there is a result only when all is well.
    fn guard<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, String>) -> Option<T> {
        // What a panic leaves half done is dropped with the document; the converter is not changed
        // by converting.
        let result = match catch_unwind(AssertUnwindSafe(|| work(self))) {
            Ok(result) => result,
            Err(panic) => {
                let text = panic.downcast_ref::<String>().map(String::as_str);
                let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
                Err(format!("panic: {}", text.unwrap_or("of unknown cause")))
            }
        };
        match (result, self.denied) {
            (Ok(done), None) => {
                self.row.status = Status::Done;
                Some(done)
            }
            (Ok(_), Some(code)) => {
                self.row.fail(format!("'{code}' is denied"));
                None
            }
            (Err(message), _) => {
                self.row.fail(message);
                None
            }
        }
    }
}

impl Sink for Gate<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        let name = diagnostic.code.name;
        *self.row.diagnostics.entry(name.to_owned()).or_default() += 1;
        if diagnostic.code.severity >= Severity::Warning {
            self.row.warnings += 1;
        }
        if self.denied.is_none() && (self.settings.deny)(&diagnostic) {
            self.denied = Some(name);
        }
        if let Some(kept) = &mut self.kept {
            kept.push(diagnostic);
        }
    }
}

/// Takes bytes up to a limit.
struct Limited {
    bytes: Vec<u8>,
    limit: usize,
}

impl Write for Limited {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        if self.bytes.len().saturating_add(buffer.len()) > self.limit {
            return Err(io::Error::other(format!("the output is over the limit of {} bytes", self.limit)));
        }
        self.bytes.extend_from_slice(buffer);
        Ok(buffer.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
