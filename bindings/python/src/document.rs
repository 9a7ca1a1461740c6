//! A document that was read.

use crate::options::words;
use crate::program::lines::Lines;
use crate::source::Bytes;
use crate::{fault, work};
use fanfold::account::{Account, Fate};
use fanfold::diagnostic::{Diagnostic, Severity};
use fanfold::job::{Job, Settings};
use fanfold::model::{self, Block, Grid, Inline, Part, Table, plain_text};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A diagnostic: code, severity, loss, file, line, column, start, end, message, help.
pub type Said = (
    &'static str,
    &'static str,
    bool,
    String,
    Option<usize>,
    Option<usize>,
    Option<u32>,
    Option<u32>,
    String,
    Option<String>,
);

/// A loss: code, line, column, start, end, text.
type Lost = (&'static str, usize, usize, usize, usize, String);

/// A heading: level, title, anchor, index of the article.
type Heading = (u8, String, Option<String>, usize);

/// A document, with its source and what was said of it.
#[pyclass(frozen, module = "fanfold._fanfold")]
pub struct Document {
    read: Arc<Read>,
}

/// What is known of a document, and what it is written with.
pub struct Read {
    pub name: String,
    pub bytes: Bytes,
    pub document: model::Document,
    pub said: Vec<Diagnostic>,
    pub account: Option<Account>,
    pub settings: Arc<Settings>,
}

impl From<Read> for Document {
    fn from(read: Read) -> Self {
        Document { read: Arc::new(read) }
    }
}

/// Diagnostics with their places.
pub fn said(name: &str, source: &[u8], said: &[Diagnostic]) -> Vec<Said> {
    let lines = said.iter().any(|said| said.span.is_some()).then(|| Lines::new(source));
    let told = said.iter().map(|said| {
        let severity = match said.code.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let place = said.span.zip(lines.as_ref()).map(|(span, lines)| lines.place(span.start as usize));
        let (line, column) = place.unzip();
        let (start, end) = said.span.map(|span| (span.start, span.end)).unzip();
        let help = said.advice(words);
        let (code, message) = (said.code, said.message.clone());
        (code.name, severity, code.loss, name.to_owned(), line, column, start, end, message, help)
    });
    told.collect()
}

#[pymethods]
impl Document {
    /// The document in another format.
    fn write<'py>(&self, py: Python<'py>, to: String) -> PyResult<Bound<'py, PyBytes>> {
        let read = self.read.clone();
        let stop = Arc::new(AtomicBool::new(false));
        let mut settings = (*read.settings).clone();
        let format = settings.converter.registry().writer(&to).map(|writer| writer.format());
        settings.formats = vec![format.map_err(|error| fault::of_error("", &[], &error))?];
        settings.stop = Some({
            let stop = stop.clone();
            Arc::new(move || stop.load(Ordering::Relaxed).then(|| "interrupted".to_owned()))
        });
        // What was read is accounted for already.
        (settings.account, settings.gate.max_loss) = (false, None);
        let made = work::work(py, &stop, move || {
            let (name, mut said) = (&read.name, Vec::new());
            let job = Job::new(name, &read.bytes);
            let done = job.make(&settings, &mut said, |_| Ok(read.document.clone()));
            match fault::of_done(name, &read.bytes, &said, &done) {
                Some(fault) => Err(fault),
                None => Ok(done.outputs.into_iter().find_map(|(_, output)| output.ok()).unwrap_or_default()),
            }
        })?;
        Ok(PyBytes::new(py, &made?))
    }

    /// The articles, without the bytes of images, as JSON.
    fn articles<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let read = &self.read;
        let json = py.detach(|| serde_json::to_vec(&read.document.articles));
        Ok(PyBytes::new(py, &json.map_err(fault::own)?))
    }

    /// What is known of the whole, as JSON.
    fn meta(&self) -> PyResult<String> {
        serde_json::to_string(&self.read.document.meta).map_err(fault::own)
    }

    #[getter]
    fn name(&self) -> &str {
        &self.read.name
    }

    #[getter]
    fn format(&self) -> Option<&str> {
        self.read.document.sources.first().map(|source| &*source.format)
    }

    #[getter]
    fn title(&self) -> Option<String> {
        self.read.document.title()
    }

    #[getter]
    fn language(&self) -> Option<&str> {
        self.read.document.language().map(|language| language.tag.as_str())
    }

    #[getter]
    fn text(&self, py: Python<'_>) -> String {
        py.detach(|| plain_text(&self.read.document))
    }

    #[getter]
    fn outline(&self) -> Vec<Heading> {
        let items = self.read.document.outline().into_iter();
        items.map(|item| (item.level, item.title, item.anchor.map(str::to_owned), item.article)).collect()
    }

    #[getter]
    fn diagnostics(&self, py: Python<'_>) -> Vec<Said> {
        py.detach(|| said(&self.read.name, &self.read.bytes, &self.read.said))
    }

    /// What of the source is in no output.
    #[getter]
    fn losses(&self, py: Python<'_>) -> Vec<Lost> {
        let read = &self.read;
        let lost = || {
            let portions = read.account.iter().flat_map(Account::portions);
            let lost = portions.filter_map(|portion| match portion.fate {
                Some(Fate::Dropped(code)) => Some((code.name, portion.range.clone())),
                None => Some(("unaccounted", portion.range.clone())),
                _ => None,
            });
            let lost: Vec<_> = lost.collect();
            if lost.is_empty() {
                return Vec::new();
            }
            let lines = Lines::new(&read.bytes);
            let told = lost.into_iter().map(|(code, range)| {
                let (line, column) = lines.place(range.start);
                let text = lines.text.get(range.clone()).unwrap_or_default().to_owned();
                (code, line, column, range.start, range.end, text)
            });
            told.collect()
        };
        py.detach(lost)
    }

    /// Images by the name that the source uses: media type and bytes.
    #[getter]
    fn images<'py>(&self, py: Python<'py>) -> Vec<(&str, &str, Bound<'py, PyBytes>)> {
        let assets = self.read.document.assets.iter();
        assets
            .map(|(name, asset)| (name.as_str(), asset.media_type.as_str(), PyBytes::new(py, &asset.data)))
            .collect()
    }
}

fn parsed<T: serde::de::DeserializeOwned>(json: &str) -> PyResult<T> {
    serde_json::from_str(json).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// A table in JSON as a grid: the words of each cell, in each of the places that it covers, and how many
/// rows head it.
#[pyfunction]
pub fn grid(json: &str) -> PyResult<(Vec<Vec<String>>, usize)> {
    let table: Table = parsed(json)?;
    let grid = Grid::of(&table);
    let mut rows = vec![vec![String::new(); grid.columns.len()]; grid.rows.len()];
    for place in &grid.places {
        let words = plain_text(&*place.cell.blocks);
        for row in rows.iter_mut().skip(place.row).take(place.rows) {
            for cell in row.iter_mut().skip(place.column).take(place.columns) {
                cell.clone_from(&words);
            }
        }
    }
    Ok((rows, grid.part(Part::Head).len()))
}

/// The words of blocks in JSON.
#[pyfunction]
pub fn words_of_blocks(json: &str) -> PyResult<String> {
    Ok(plain_text(&*parsed::<Vec<Block>>(json)?))
}

/// The words of inlines in JSON.
#[pyfunction]
pub fn words_of_inlines(json: &str) -> PyResult<String> {
    Ok(plain_text(&*parsed::<Vec<Inline>>(json)?))
}
