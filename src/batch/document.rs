//! One document: read once, written in every format, whatever happens told as an outcome.

use super::entry::{Content, Entry};
use super::images::Images;
use super::manifest::{Row, Source, Status};
use super::source::Steady;
use super::{Settings, hash, reason};
use crate::account::Ledger;
use crate::asset::Loader;
use crate::diagnostic::{Diagnostic, Severity, Sink};
use crate::format::Context;
use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// An output that is made and not yet written.
#[derive(Debug)]
pub(crate) struct Made {
    pub format: &'static str,
    pub extension: &'static str,
    pub text: bool,
    pub bytes: Vec<u8>,
}

/// The row of a document before anything is known of what becomes of it, and its bytes.
pub(crate) fn load(entry: Entry, settings: &Settings) -> (Row, Option<Loaded>) {
    let key = settings.key(&entry);
    let mut row = Row { id: entry.id, title: entry.title, options: Some(key), ..Row::default() };
    let read = match entry.content {
        Content::Bytes(bytes) => Ok((bytes, None)),
        Content::File(path) => {
            read(&path, settings.limits.input_bytes).map(|b| (b, Some(Images::beside(&path))))
        }
    };
    match read {
        Ok((bytes, images)) => {
            row.source = Some(Source { bytes: bytes.len() as u64, sha256: hash::hex(&bytes) });
            (row, Some(Loaded { bytes, images, format: entry.format, meta: entry.meta }))
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
    let mut bytes = Vec::new();
    let file = Steady::open(path).map_err(|e| reason(&e))?;
    file.take(limit).read_to_end(&mut bytes).map_err(|e| reason(&e))?;
    Ok(bytes)
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
        let mut gate = Gate { settings, row, denied: None };
        // What a panic leaves half done is dropped with the document; the converter is not changed
        // by converting.
        let result = catch_unwind(AssertUnwindSafe(|| self.outputs(&mut gate)));
        let denied = gate.denied.take();
        let made = match result {
            Ok(Ok(made)) => made,
            Ok(Err(message)) => {
                row.fail(message);
                return Vec::new();
            }
            Err(panic) => {
                let text = panic.downcast_ref::<String>().map(String::as_str);
                let text =
                    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("of unknown cause");
                row.fail(format!("panic: {text}"));
                return Vec::new();
            }
        };
        match denied {
            Some(code) => {
                row.fail(format!("'{code}' is denied"));
                Vec::new()
            }
            None => {
                row.status = Status::Done;
                made
            }
        }
    }

    fn outputs(self, gate: &mut Gate<'_>) -> Result<Vec<Made>, String> {
        let settings = gate.settings;
        let converter = settings.converter.knowing(&self.meta);
        let name = gate.row.id.clone();
        let title = gate.row.title.clone();
        let mut cx = Context::new(&name, &settings.limits, gate);
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
        let mut made = Vec::new();
        for format in &settings.formats {
            let mut out = Limited { bytes: Vec::new(), limit: settings.output_bytes };
            let mut cx = Context::new(&name, &settings.limits, gate);
            cx.source = Some(&self.bytes);
            converter.write(&document, format.name, &mut out, &mut cx).map_err(|e| e.to_string())?;
            let extension = format.extensions.first().copied().unwrap_or(format.name);
            made.push(Made { format: format.name, extension, text: format.text, bytes: out.bytes });
        }
        Ok(made)
    }
}

/// Counts diagnostics and notes the first that is denied.
struct Gate<'g> {
    settings: &'g Settings,
    row: &'g mut Row,
    denied: Option<&'static str>,
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
