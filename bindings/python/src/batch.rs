//! Many documents, one after the other as they are asked for.

use crate::document::{Document, Read, Said, said};
use crate::fault;
use crate::source::Bytes;
use crate::work::{self, lock};
use fanfold::account::Account;
use fanfold::batch::{self, Entry, Event, Handed, Output, Row, Sources, Status, Watch};
use fanfold::diagnostic::{Diagnostic, Sink};
use fanfold::job::Settings;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::Builder;

/// Most bytes of one output, as the program has it for many documents.
const OUTPUT_BYTES: usize = 256 << 20;

/// Items that wait to be taken: few, so that memory stays flat when nobody takes them.
const AHEAD: usize = 4;

/// Where documents come from.
pub struct Given {
    pub paths: Vec<PathBuf>,
    pub documents: Vec<(String, Vec<u8>)>,
    pub include: Vec<String>,
    pub exclude: Vec<String>,
    pub namespaces: Vec<i64>,
}

/// What the run tells.
pub enum Told {
    Item(Box<Item>),
    /// A page that only leads to another, and something that is no document.
    Redirect,
    Skipped,
    /// Why the run could not go on.
    Fatal(String),
}

/// A run.
#[pyclass(frozen, module = "fanfold._fanfold")]
pub struct Batch {
    told: Mutex<Receiver<Told>>,
    stop: Arc<AtomicBool>,
    current: Arc<Mutex<Vec<String>>>,
    counts: Mutex<Counts>,
}

#[derive(Clone, Copy, Default)]
struct Counts {
    done: u64,
    failed: u64,
    redirects: u64,
    skipped: u64,
}

/// Diagnostics of the documents under way, by their identifiers.
type Heard = Arc<Mutex<HashMap<String, Vec<Diagnostic>>>>;

/// Keeps the diagnostics of one document.
struct Ear<'s> {
    heard: Heard,
    id: &'s str,
}

impl Sink for Ear<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        lock(&self.heard).entry(self.id.to_owned()).or_default().push(diagnostic);
    }
}

impl Batch {
    /// Starts a run on threads of its own.
    pub fn start(given: Given, mut settings: Settings, threads: Option<usize>) -> PyResult<Self> {
        let Given { paths, documents, include, exclude, namespaces } = given;
        let registry = settings.converter.registry();
        let sources = if documents.is_empty() {
            let mut sources = Sources::new(paths, registry, settings.from.is_some(), &include, &exclude)
                .map_err(|error| fault::option("include", &error.to_string()))?;
            sources.namespaces = namespaces.into_iter().collect();
            sources
        } else {
            Sources::documents(documents.into_iter().map(|(id, bytes)| Entry::bytes(id, bytes)).collect())
        };
        settings.output_bytes = OUTPUT_BYTES;
        let kept = Arc::new(settings.clone());
        let (hand, handed) = channel();
        let mut run = batch::Batch::new(settings, sources, Output::Handed(hand));
        run.threads = threads.unwrap_or(run.threads);
        let heard = Heard::default();
        let watch: Watch = {
            let heard = heard.clone();
            Arc::new(move |id, _| Box::new(Ear { heard: heard.clone(), id }))
        };
        run.watch = Some(watch);
        let (stop, current) = (run.stop.clone(), Arc::<Mutex<Vec<String>>>::default());
        let (tell, told) = sync_channel(AHEAD);
        let follow = {
            let (stop, current) = (stop.clone(), current.clone());
            move || follow(run, &handed, &heard, &kept, &tell, &stop, &current)
        };
        Builder::new().name("fanfold-batch".into()).spawn(follow).map_err(fault::own)?;
        Ok(Batch { told: Mutex::new(told), stop, current, counts: Mutex::default() })
    }

    /// What comes next, waited for in the thread at hand without Python.
    pub fn wait(&self) -> Option<Told> {
        lock(&self.told).recv().ok()
    }
}

/// Carries out a run and tells of it. Telling waits until somebody takes what was told before.
fn follow(
    run: batch::Batch,
    handed: &Receiver<Box<Handed>>,
    heard: &Heard,
    settings: &Arc<Settings>,
    tell: &SyncSender<Told>,
    stop: &AtomicBool,
    current: &Mutex<Vec<String>>,
) {
    let summary = run.run(&mut |event| match event {
        Event::Finished(row) => {
            // What is handed over comes before what is told of it.
            let handed = handed.try_recv().ok().map(|handed| *handed);
            let said = lock(heard).remove(&row.id).unwrap_or_default();
            let told = match row.status {
                Status::Redirect => Told::Redirect,
                Status::Done | Status::Failed => {
                    Told::Item(Box::new(Item::new(row.clone(), handed, said, settings.clone())))
                }
                _ => Told::Skipped,
            };
            if tell.send(told).is_err() {
                stop.store(true, Ordering::Relaxed);
            }
        }
        Event::Tick(_, names) => *lock(current) = names.to_vec(),
        _ => {}
    });
    let fatal = match summary {
        Ok(summary) => summary.fatal.map(|error| error.to_string()),
        Err(error) => Some(error.to_string()),
    };
    if let Some(fatal) = fatal {
        // Nobody may be left to hear it.
        let _ = tell.send(Told::Fatal(fatal));
    }
}

#[pymethods]
impl Batch {
    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Item>> {
        loop {
            let next = work::wait(py, &self.told);
            let mut counts = lock(&self.counts);
            match next {
                Ok(Told::Item(item)) => {
                    let done = item.row.status == Status::Done;
                    *(if done { &mut counts.done } else { &mut counts.failed }) += 1;
                    return Ok(Some(*item));
                }
                Ok(Told::Redirect) => counts.redirects += 1,
                Ok(Told::Skipped) => counts.skipped += 1,
                Ok(Told::Fatal(message)) => return Err(fault::own(message)),
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
                Err(RecvTimeoutError::Timeout) => {
                    drop(counts);
                    if let Err(error) = py.check_signals() {
                        self.close();
                        return Err(error);
                    }
                }
            }
        }
    }

    /// Ends the run; documents under way are let go.
    fn close(&self) {
        self.stop.store(true, Ordering::Relaxed);
        // What waits to be told then finds nobody to tell it to.
        *lock(&self.told) = sync_channel(0).1;
    }

    #[getter]
    fn counts(&self) -> (u64, u64, u64, u64) {
        let Counts { done, failed, redirects, skipped } = *lock(&self.counts);
        (done, failed, redirects, skipped)
    }

    #[getter]
    fn current(&self) -> Vec<String> {
        lock(&self.current).clone()
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        self.close();
    }
}

/// A document of a run.
#[pyclass(module = "fanfold._fanfold")]
pub struct Item {
    row: Row,
    outputs: Vec<(&'static str, Vec<u8>)>,
    /// What is left of it, until the document is asked for.
    left: Option<Left>,
    said: Vec<Diagnostic>,
    settings: Arc<Settings>,
}

struct Left {
    bytes: Arc<Vec<u8>>,
    document: Option<fanfold::model::Document>,
    account: Option<Account>,
}

impl Item {
    fn new(row: Row, handed: Option<Handed>, said: Vec<Diagnostic>, settings: Arc<Settings>) -> Self {
        let (mut outputs, mut left) = (Vec::new(), None);
        if let Some(Handed { source, mut done, .. }) = handed {
            left = Some(Left {
                bytes: source,
                account: done.account().cloned(),
                document: done.document.take(),
            });
            if row.status == Status::Done {
                let made = done.outputs.into_iter();
                outputs = made.filter_map(|(format, output)| Some((format.name, output.ok()?))).collect();
            }
        }
        Item { row, outputs, left, said, settings }
    }

    /// Its identifier, and its first output.
    pub fn into_output(self) -> Result<(String, Vec<u8>), (String, String)> {
        match self.row.error {
            Some(error) => Err((self.row.id, error)),
            None => {
                Ok((self.row.id, self.outputs.into_iter().next().map(|(_, bytes)| bytes).unwrap_or_default()))
            }
        }
    }
}

#[pymethods]
impl Item {
    #[getter]
    fn id(&self) -> &str {
        &self.row.id
    }

    #[getter]
    fn title(&self) -> Option<&str> {
        self.row.title.as_deref()
    }

    #[getter]
    fn error(&self) -> Option<&str> {
        self.row.error.as_deref()
    }

    #[getter]
    fn outputs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let outputs = PyDict::new(py);
        for (format, bytes) in &self.outputs {
            outputs.set_item(format, PyBytes::new(py, bytes))?;
        }
        Ok(outputs)
    }

    #[getter]
    fn diagnostics(&self, py: Python<'_>) -> Vec<Said> {
        let source = self.left.as_ref().map(|left| left.bytes.as_slice()).unwrap_or_default();
        py.detach(|| said(&self.row.id, source, &self.said))
    }

    /// The document as it was read, for the one who asks first.
    fn take_document(&mut self) -> Option<Document> {
        let left = self.left.as_mut()?;
        let read = Read {
            name: self.row.id.clone(),
            bytes: Bytes::Shared(left.bytes.clone()),
            document: left.document.take()?,
            said: self.said.clone(),
            account: left.account.take(),
            settings: self.settings.clone(),
        };
        Some(read.into())
    }
}
