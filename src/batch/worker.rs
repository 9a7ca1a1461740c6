//! Threads that convert documents.

use super::document::{self, Handed, Made, Watch, described};
use super::entry::Entry;
use super::manifest::{Earlier, Row, Status};
use super::output::{ArchiveKind, Folder, Work, pack};
use super::window::Window;
use super::{Error, reason};
use crate::diagnostic::Wording;
use crate::job::{Failure, Settings, patience};
use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

/// As much as a main thread usually has.
const STACK: usize = 8 << 20;

/// What the threads of a run share.
pub(super) struct Shared {
    pub settings: Settings,
    pub options: String,
    pub watch: Option<Watch>,
    pub work: Work,
    pub earlier: Earlier,
    pub window: Window,
    /// Set when no further document is to be begun.
    pub stop: AtomicBool,
    /// Documents and other rows sent on so far.
    pub sent: AtomicU64,
}

impl Shared {
    /// The folder that outputs are written to.
    pub fn folder(&self) -> Option<&Folder> {
        if let Work::Write(folder) = &self.work { Some(folder) } else { None }
    }

    pub fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// A document to convert.
pub(super) struct Task {
    /// Its place among everything found.
    pub number: u64,
    pub entry: Entry,
    /// Where its outputs go.
    pub place: String,
    pub bytes: u64,
}

/// What became of it.
pub(super) struct Outcome {
    pub number: u64,
    /// None for a document that was not begun.
    pub row: Option<Row>,
    /// Outputs that are not written yet.
    pub made: Vec<Made>,
    pub handed: Option<Handed>,
    /// Whether an earlier run did the work.
    pub unchanged: bool,
    /// What makes going on pointless.
    pub fatal: Option<Error>,
    pub bytes: u64,
}

impl Outcome {
    pub fn of(number: u64, row: Option<Row>, bytes: u64) -> Self {
        Outcome { number, row, made: Vec::new(), handed: None, unchanged: false, fatal: None, bytes }
    }
}

/// What the main thread is told.
pub(super) enum Message {
    Outcome(Box<Outcome>),
    /// The sources are at their end, and this many outcomes there are to be.
    End(u64),
}

/// What a worker is doing.
enum State {
    Idle,
    Working {
        since: Instant,
        number: u64,
        id: String,
        bytes: u64,
    },
    Writing,
    /// It took too long. What it makes is no longer wanted.
    Abandoned,
}

/// A thread and what it is doing.
pub(super) struct Worker {
    state: Arc<Mutex<State>>,
    thread: JoinHandle<()>,
}

impl Worker {
    pub fn start(
        shared: &Arc<Shared>,
        tasks: &Arc<Mutex<Receiver<Task>>>,
        messages: &Sender<Message>,
    ) -> io::Result<Self> {
        let state = Arc::new(Mutex::new(State::Idle));
        let (shared, tasks, messages) = (shared.clone(), tasks.clone(), messages.clone());
        let of_thread = state.clone();
        let run = move || work(&shared, &tasks, &messages, &of_thread);
        let thread = Builder::new().name("fanfold-worker".into()).stack_size(STACK).spawn(run)?;
        Ok(Worker { state, thread })
    }

    /// The document it works at.
    pub fn current(&self) -> Option<String> {
        match &*lock(&self.state) {
            State::Working { id, .. } => Some(id.clone()),
            _ => None,
        }
    }

    /// Gives the worker up if it has worked at one document for much longer than `limit`; the
    /// outcome of that document.
    pub fn give_up(&self, limit: Duration, wording: Wording) -> Option<Outcome> {
        let mut state = lock(&self.state);
        let State::Working { since, number, id, bytes } = &mut *state else { return None };
        if since.elapsed() <= patience(limit) {
            return None;
        }
        let mut row = Row { id: std::mem::take(id), ..Row::default() };
        row.fail(Failure::Late { limit }.text(wording));
        let outcome = Outcome::of(*number, Some(row), *bytes);
        *state = State::Abandoned;
        Some(outcome)
    }

    /// Whether its thread has come to its end.
    pub fn has_ended(&self) -> bool {
        self.thread.is_finished()
    }

    /// Waits for its end, unless it was given up.
    pub fn join(self) {
        if !matches!(*lock(&self.state), State::Abandoned) {
            // It catches the panics of documents; one of its own has nothing to tell here.
            let _ = self.thread.join();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn work(shared: &Shared, tasks: &Mutex<Receiver<Task>>, messages: &Sender<Message>, state: &Mutex<State>) {
    loop {
        let task = lock(tasks).recv();
        let Ok(task) = task else { return };
        let outcome = if shared.stopped() {
            Outcome::of(task.number, None, task.bytes)
        } else {
            let id = task.entry.id.clone();
            let (number, bytes) = (task.number, task.bytes);
            *lock(state) = State::Working { since: Instant::now(), number, id, bytes };
            match convert(task, shared, state) {
                Some(outcome) => outcome,
                None => return,
            }
        };
        if messages.send(Message::Outcome(Box::new(outcome))).is_err() {
            return;
        }
    }
}

/// The outcome of a document; none when the worker was given up over it.
fn convert(task: Task, shared: &Shared, state: &Mutex<State>) -> Option<Outcome> {
    let Task { number, entry, place, bytes } = task;
    let (mut row, loaded) = document::load(entry, &shared.settings, &shared.options);
    let earlier = shared.earlier.row(&row.id);
    let mut outcome = Outcome::of(number, None, bytes);
    if let Some(loaded) = loaded {
        // What is handed over stands in no manifest.
        if !matches!(shared.work, Work::HandOver) {
            row.source = Some(loaded.source());
        }
        let unchanged = |earlier: &Row| {
            earlier.status == Status::Done
                && (&earlier.source, &earlier.options) == (&row.source, &row.options)
                && earlier.outputs.len() == shared.settings.formats.len()
                && shared.folder().is_some_and(|f| earlier.outputs.values().all(|o| f.has(o, &place)))
                && loaded.images_unchanged(earlier, &shared.settings)
        };
        if let Some(earlier) = earlier.filter(unchanged) {
            outcome.unchanged = true;
            row = earlier;
        } else if matches!(shared.work, Work::HandOver) {
            outcome.handed = Some(loaded.hand_over(&mut row, &shared.settings, shared.watch.as_ref()));
        } else {
            outcome.made = loaded.convert(&mut row, &shared.settings);
            if !matches!(shared.work, Work::Make) {
                row.outputs = described(&place, &outcome.made);
            }
            if matches!(shared.work, Work::Archive(ArchiveKind::Zip)) {
                pack(&mut outcome.made);
            }
        }
    }
    {
        let mut state = lock(state);
        if matches!(*state, State::Abandoned) {
            return None;
        }
        *state = State::Writing;
    }
    if let Some(folder) = shared.folder()
        && row.status == Status::Done
        && !outcome.unchanged
    {
        let made = std::mem::take(&mut outcome.made);
        match folder.put(number, &row.outputs, &made) {
            Ok(()) => {}
            Err(error) => {
                row.outputs.clear();
                row.fail(format!("its outputs can't be written: {}", reason(&error)));
                if error.kind() == io::ErrorKind::StorageFull {
                    outcome.fatal = Some(error.into());
                }
            }
        }
    }
    outcome.row = Some(row);
    *lock(state) = State::Idle;
    Some(outcome)
}
