//! One document at a time.

use crate::arrow::Chunks;
use crate::batch::{self, Batch};
use crate::document::{Document, Read, Said, said};
use crate::source::{Bytes, Source};
use crate::{fault, options, work};
use fanfold::asset::Loader;
use fanfold::diagnostic::Diagnostic;
use fanfold::job::{Done, Job, Settings};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Converts, by options that are understood once.
#[pyclass(frozen, module = "fanfold._fanfold")]
pub struct Converter {
    settings: Arc<Settings>,
}

/// A document that went through.
pub struct Made {
    pub name: String,
    pub bytes: Bytes,
    pub said: Vec<Diagnostic>,
    pub done: Done,
}

impl Converter {
    /// The settings of one call.
    fn settings(&self, from: Option<String>, formats: &[String]) -> PyResult<Settings> {
        let mut settings = (*self.settings).clone();
        let registry = settings.converter.registry();
        if let Some(from) = &from {
            registry.reader(from).map_err(|error| fault::of_error("", &[], &error))?;
        }
        let formats = formats.iter().map(|format| registry.writer(format).map(|writer| writer.format()));
        settings.formats =
            formats.collect::<Result<_, _>>().map_err(|error| fault::of_error("", &[], &error))?;
        settings.from = from;
        Ok(settings)
    }
}

/// Takes a document through, on a thread of its own.
fn run(py: Python<'_>, source: Source, mut settings: Settings) -> PyResult<Made> {
    let stop = Arc::new(AtomicBool::new(false));
    settings.stop = Some({
        let stop = stop.clone();
        Arc::new(move || stop.load(Ordering::Relaxed).then(|| "interrupted".to_owned()))
    });
    work::work(py, &stop, move || {
        let (name, images) = (source.name(), source.images(&settings.roots));
        let bytes = source.bytes(settings.converter.limits().input_bytes)?;
        let (mut said, loader) = (Vec::new(), images.as_ref().map(|images| images as &dyn Loader));
        let done = Job::new(&name, &bytes).loader(loader).run(&settings, &mut said);
        match fault::of_done(&name, &bytes, &said, &done) {
            Some(fault) => Err(fault),
            None => Ok(Made { name, bytes, said, done }),
        }
    })?
}

#[pymethods]
impl Converter {
    #[new]
    #[pyo3(signature = (options=None))]
    fn new(options: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        Ok(Converter { settings: options::settings(options)? })
    }

    /// A source in another format, and, where they are wanted, what was said of it.
    #[pyo3(signature = (source, to, from_=None, diagnostics=false))]
    fn convert<'py>(
        &self,
        py: Python<'py>,
        source: Source,
        to: String,
        from_: Option<String>,
        diagnostics: bool,
    ) -> PyResult<(Bound<'py, PyBytes>, Vec<Said>)> {
        let made = run(py, source, self.settings(from_, &[to])?)?;
        let output = made.done.outputs.into_iter().find_map(|(_, output)| output.ok()).unwrap_or_default();
        let said = if diagnostics { said(&made.name, &made.bytes, &made.said) } else { Vec::new() };
        Ok((PyBytes::new(py, &output), said))
    }

    /// A source as a document.
    #[pyo3(signature = (source, from_=None))]
    fn read(&self, py: Python<'_>, source: Source, from_: Option<String>) -> PyResult<Document> {
        let mut settings = self.settings(from_, &[])?;
        settings.account = true;
        let mut made = run(py, source, settings.clone())?;
        let account = made.done.account().cloned();
        let document = made.done.document.take().ok_or_else(|| fault::own("there is no document"))?;
        let Made { name, bytes, said, .. } = made;
        Ok(Read { name, bytes, document, said, account, settings: Arc::new(settings) }.into())
    }

    /// Many sources.
    #[pyo3(signature = (sources, documents, to, from_=None, threads=None, include=vec![], exclude=vec![], namespaces=vec![0]))]
    #[allow(clippy::too_many_arguments, reason = "they are keywords")]
    fn batch(
        &self,
        sources: Vec<PathBuf>,
        documents: Vec<(String, Vec<u8>)>,
        to: Vec<String>,
        from_: Option<String>,
        threads: Option<usize>,
        include: Vec<String>,
        exclude: Vec<String>,
        namespaces: Vec<i64>,
    ) -> PyResult<Batch> {
        let sources = batch::Given { paths: sources, documents, include, exclude, namespaces };
        Batch::start(sources, self.settings(from_, &to)?, threads)
    }

    /// The passages of many sources, in batches of records.
    #[pyo3(signature = (sources, documents, from_=None, threads=None, include=vec![], exclude=vec![], namespaces=vec![0], rows=4096))]
    #[allow(clippy::too_many_arguments, reason = "they are keywords")]
    fn arrow_chunks(
        &self,
        sources: Vec<PathBuf>,
        documents: Vec<(String, Vec<u8>)>,
        from_: Option<String>,
        threads: Option<usize>,
        include: Vec<String>,
        exclude: Vec<String>,
        namespaces: Vec<i64>,
        rows: usize,
    ) -> PyResult<Chunks> {
        let sources = batch::Given { paths: sources, documents, include, exclude, namespaces };
        Ok(Chunks::new(Batch::start(sources, self.settings(from_, &["chunks".to_owned()])?, threads)?, rows))
    }
}
