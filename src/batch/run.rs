//! The engine: sources in, outcomes out.

use super::document::Watch;
use super::entry::Content;
use super::entry::{Entry, Found};
use super::gone::Gone;
use super::manifest::{Earlier, Row, Status};
use super::name::{Names, Naming};
use super::output::{Destination, Output, beside};
use super::source::Sources;
use super::window::Window;
use super::worker::{Message, Outcome, Shared, Task, Worker};
use super::{Error, Shard, hash};
use crate::diagnostic::{Wording, advised};
use crate::format::Format;
use crate::job::Settings;
use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// How often progress is told and limits of time are looked at.
const TICK: Duration = Duration::from_millis(100);
/// How often the manifest is made to outlast a loss of power.
const SYNC: Duration = Duration::from_secs(1);
/// Documents under way for each thread: enough that none waits, few enough that memory is flat.
const AHEAD: usize = 4;

/// Threads that were given up and still work. Each keeps a core busy and its document in memory, so
/// a run that makes more of them ends.
pub(super) const STRAYS: usize = 8;

/// A run over many documents.
#[non_exhaustive]
pub struct Batch {
    /// How each is converted.
    pub settings: Settings,
    /// Stands for all options that change outputs: work done under other options is done again.
    #[doc(hidden)]
    pub options: String,
    /// Takes the diagnostics of documents that are [handed over](Output::Handed).
    #[doc(hidden)]
    pub watch: Option<Watch>,
    /// Where they come from.
    pub sources: Sources,
    /// Where their outputs go.
    pub output: Output,
    /// How the outputs are laid out.
    pub naming: Naming,
    /// Threads that convert; 0 for as many as the machine has cores.
    pub threads: usize,
    /// Which of the documents are this run's.
    pub shard: Shard,
    /// Whether work that an earlier run did, and that is unchanged, is left as it is. Only for a
    /// folder.
    pub resume: bool,
    /// Only tell what would be written.
    pub dry_run: bool,
    /// Stop after so many failures.
    pub max_failures: Option<u64>,
    /// Set from outside to stop: documents under way are finished, no other is begun.
    pub stop: Arc<AtomicBool>,
}

/// What is told while a run goes on.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// How many documents there are.
    Counted(u64),
    /// What a dry run would write: an identifier and paths.
    Planned(&'a str, &'a [String]),
    /// A document is done, or was done by an earlier run.
    Finished(&'a Row),
    /// Time has passed. The names of documents under way.
    Tick(&'a Summary, &'a [String]),
}

/// How a run went.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Summary {
    /// Documents converted.
    pub done: u64,
    /// Documents that an earlier run converted.
    pub unchanged: u64,
    /// Documents and parts of sources that failed.
    pub failed: u64,
    /// What was nothing to convert.
    pub skipped: u64,
    /// Pages that lead to other ones.
    pub redirects: u64,
    /// Documents of an earlier run that the sources hold no more.
    pub gone: u64,
    /// Documents with warnings.
    pub warned: u64,
    /// The failure that was recorded first: its identifier and what is wrong.
    pub first_failure: Option<(String, String)>,
    /// Where the manifest is.
    pub manifest: Option<PathBuf>,
    /// Whether the run was stopped from outside.
    pub interrupted: bool,
    /// Why the run could not go on.
    pub fatal: Option<Error>,
}

impl Summary {
    /// Whether everything asked for is there.
    pub fn is_complete(&self) -> bool {
        self.failed == 0 && !self.interrupted && self.fatal.is_none()
    }
}

impl Batch {
    /// A run with as many threads as the machine has cores, and otherwise nothing special.
    pub fn new(settings: Settings, sources: Sources, output: Output) -> Self {
        Batch {
            settings,
            options: String::new(),
            watch: None,
            sources,
            output,
            naming: Naming::default(),
            threads: 0,
            shard: Shard::default(),
            resume: false,
            dry_run: false,
            max_failures: None,
            stop: Arc::default(),
        }
    }

    /// Converts everything. What happens is told to `progress` on the calling thread.
    ///
    /// # Errors
    /// When there is nothing to write to. What goes wrong later is told by the summary.
    pub fn run(self, progress: &mut dyn FnMut(Event<'_>)) -> Result<Summary, Error> {
        let Batch { settings, options, watch, mut sources, output, naming, threads, shard, resume, .. } =
            self;
        let stop = self.stop;
        let threads = match threads {
            0 => thread::available_parallelism().map_or(1, usize::from),
            threads => threads,
        };
        if !matches!(output, Output::Lines(_) | Output::Handed(_)) {
            distinct(&settings.formats)?;
        }
        sources.document_bytes = sources.document_bytes.min(settings.converter.limits().input_bytes);
        sources.threads = threads;
        match &output {
            Output::Folder(folder) => sources.skip.push(folder.clone()),
            Output::Archive(file) => sources.skip.extend([file.clone(), beside(file)]),
            Output::Lines(_) | Output::Handed(_) => {}
        }
        (sources.images, sources.texts) = (false, false);
        let names = match output {
            Output::Lines(_) | Output::Handed(_) => Names::default(),
            _ => count(&sources, naming, shard, &stop, progress),
        };
        if self.dry_run {
            return Ok(dry_run(&sources, &names, &settings, naming, shard, progress));
        }
        let earlier = match &output {
            Output::Folder(folder) if resume => Some(folder.clone()),
            _ => None,
        };
        (sources.images, sources.texts) = (true, true);
        let gone = earlier.is_some().then(|| Gone::new(sources.clone(), shard));
        let (destination, work) = Destination::open(output, shard, resume)?;
        let earlier = match earlier {
            Some(folder) => Earlier::read(&folder, shard).map_err(|e| Error::file(folder, e))?,
            None => Earlier::default(),
        };
        let shared = Arc::new(Shared {
            work,
            settings,
            options,
            watch,
            earlier,
            window: Window::new(threads * AHEAD),
            stop: AtomicBool::new(false),
            sent: AtomicU64::new(0),
        });
        let (task_sender, tasks) = sync_channel(threads * AHEAD);
        let tasks = Arc::new(Mutex::new(tasks));
        let (messages, inbox) = channel();
        let workers = (0..threads).map(|_| Worker::start(&shared, &tasks, &messages));
        let workers = workers.collect::<Result<Vec<_>, _>>()?;
        let feeder =
            Feeder { sources, names, naming, shard, shared: shared.clone(), messages: messages.clone() };
        let producer = thread::Builder::new().name("fanfold-sources".into());
        producer.spawn(move || feeder.feed(task_sender))?;

        let (strays, summary) = (Vec::new(), Summary::default());
        let mut run = Run { shared, tasks, messages, workers, strays, destination, summary, gone };
        run.summary.manifest = run.destination.manifest.as_ref().map(|m| m.path().to_owned());
        run.follow(&inbox, &stop, self.max_failures, progress);
        Ok(run.finish())
    }
}

/// Says so when outputs of two formats would have one name.
fn distinct(formats: &[Format]) -> Result<(), Error> {
    let mut taken = BTreeMap::new();
    for format in formats {
        let (second, extension) = (format.name, format.extension());
        if let Some(first) = taken.insert(extension, second) {
            return Err(Error::SameName { first, second, extension });
        }
    }
    Ok(())
}

/// Counts what the documents want to be called.
fn count(
    sources: &Sources,
    naming: Naming,
    shard: Shard,
    stop: &AtomicBool,
    progress: &mut dyn FnMut(Event<'_>),
) -> Names {
    let mut documents = 0;
    let names = Names::count(
        |see| {
            let _ = sources.visit(&mut |found| {
                documents += u64::from(shard.holds(found.id()));
                if let Found::Document(entry) = &found {
                    see(entry);
                }
                if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
        },
        naming,
    );
    progress(Event::Counted(documents));
    names
}

fn dry_run(
    sources: &Sources,
    names: &Names,
    settings: &Settings,
    naming: Naming,
    shard: Shard,
    progress: &mut dyn FnMut(Event<'_>),
) -> Summary {
    let mut summary = Summary::default();
    let _ = sources.visit(&mut |found| {
        if !shard.holds(found.id()) {
            return ControlFlow::Continue(());
        }
        match &found {
            Found::Document(entry) => {
                let place = names.place(entry, naming);
                let paths: Vec<_> =
                    settings.formats.iter().map(|f| format!("{place}.{}", f.extension())).collect();
                progress(Event::Planned(&entry.id, &paths));
                summary.done += 1;
            }
            Found::Redirect { .. } => summary.redirects += 1,
            Found::Skipped { .. } => summary.skipped += 1,
            Found::Fault { id, message, remedy } => {
                summary.failed += 1;
                let told = || (id.clone(), advised(message, *remedy, settings.wording));
                summary.first_failure.get_or_insert_with(told);
            }
        }
        ControlFlow::Continue(())
    });
    summary
}

/// Reads the sources and hands on what they hold.
struct Feeder {
    sources: Sources,
    names: Names,
    naming: Naming,
    shard: Shard,
    shared: Arc<Shared>,
    messages: Sender<Message>,
}

impl Feeder {
    fn feed(self, tasks: SyncSender<Task>) {
        let mut sent = 0;
        let mut seen = HashSet::new();
        let visit = &mut |found: Found| {
            if !self.shard.holds(found.id()) {
                return ControlFlow::Continue(());
            }
            let twice = self.names.is_shared(found.id()) && !seen.insert(hash::number(found.id()));
            let result = self.hand_on(sent, found, twice, &tasks);
            sent += u64::from(result.is_continue());
            result
        };
        let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| self.sources.visit(visit)));
        if ended.is_err() {
            let fault = Found::fault("sources", "reading them panicked; what comes after was not read");
            sent += u64::from(self.hand_on(sent, fault, false, &tasks).is_continue());
        }
        // A run that is over listens no more.
        let _ = self.messages.send(Message::End(sent));
    }

    fn hand_on(&self, number: u64, found: Found, twice: bool, tasks: &SyncSender<Task>) -> ControlFlow<()> {
        let bytes = match &found {
            Found::Document(Entry { content: Content::Bytes(bytes), .. }) => bytes.len() as u64,
            Found::Document(Entry { content: Content::File(path), .. }) => {
                std::fs::metadata(path).map_or(0, |m| m.len())
            }
            _ => 0,
        };
        if !self.shared.window.enter(bytes) || self.shared.stopped() {
            return ControlFlow::Break(());
        }
        self.shared.sent.fetch_add(1, Ordering::Relaxed);
        let handed = match found {
            Found::Document(entry) if !twice => {
                let place = self.names.place(&entry, self.naming);
                tasks.send(Task { number, entry, place, bytes }).is_ok()
            }
            other => {
                let outcome = Outcome::of(number, Some(row(other, self.shared.settings.wording)), bytes);
                self.messages.send(Message::Outcome(Box::new(outcome))).is_ok()
            }
        };
        if handed { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }
}

/// The row of something that is not converted.
fn row(found: Found, wording: Wording) -> Row {
    match found {
        Found::Document(entry) => {
            let mut row = Row { id: entry.id, title: entry.title, ..Row::default() };
            row.fail("another document has the same identifier");
            row
        }
        Found::Redirect { id, title, target } => {
            Row { id, title: Some(title), status: Status::Redirect, target: Some(target), ..Row::default() }
        }
        Found::Skipped { id, reason } => {
            Row { id, status: Status::Skipped, error: Some(reason), ..Row::default() }
        }
        Found::Fault { id, message, remedy } => {
            let mut row = Row { id, ..Row::default() };
            row.fail(advised(message, remedy, wording));
            row
        }
    }
}

/// The main thread's part.
struct Run {
    shared: Arc<Shared>,
    tasks: Arc<Mutex<Receiver<Task>>>,
    messages: Sender<Message>,
    workers: Vec<Worker>,
    /// Workers that were given up.
    strays: Vec<Worker>,
    destination: Destination,
    summary: Summary,
    /// Follows a resumed run.
    gone: Option<Gone>,
}

impl Run {
    /// Takes outcomes until there are no more to come.
    fn follow(
        &mut self,
        inbox: &Receiver<Message>,
        stop: &AtomicBool,
        max_failures: Option<u64>,
        progress: &mut dyn FnMut(Event<'_>),
    ) {
        let ordered = self.destination.is_ordered();
        let mut waiting = BTreeMap::new();
        let (mut taken, mut total, mut next) = (0, None, 0);
        let (mut synced, mut ticked) = (Instant::now(), Instant::now());
        while total != Some(taken) {
            match inbox.recv_timeout(TICK) {
                Ok(Message::End(count)) => total = Some(count),
                Ok(Message::Outcome(outcome)) if ordered => {
                    waiting.insert(outcome.number, outcome);
                }
                Ok(Message::Outcome(outcome)) => {
                    taken += 1;
                    self.take(*outcome, progress);
                }
                Err(RecvTimeoutError::Timeout) => {
                    // Sources that wait for input, such as a pipe, do not keep a stopped run up.
                    let all = taken + waiting.len() as u64 == self.shared.sent.load(Ordering::Relaxed);
                    if self.shared.stopped() && all && ticked.elapsed() > TICK {
                        total = Some(taken + waiting.len() as u64);
                    }
                }
                // The run itself keeps a sender.
                Err(RecvTimeoutError::Disconnected) => break,
            }
            while let Some(outcome) = waiting.remove(&next) {
                next += 1;
                taken += 1;
                self.take(*outcome, progress);
            }
            let failures = max_failures.is_some_and(|most| self.summary.failed >= most);
            self.summary.interrupted |= stop.load(Ordering::Relaxed);
            if (failures || self.summary.interrupted || self.summary.fatal.is_some())
                && !self.shared.stopped()
            {
                self.shared.stop.store(true, Ordering::Relaxed);
                self.shared.window.close();
            }
            if ticked.elapsed() >= TICK {
                ticked = Instant::now();
                self.give_up();
                let current: Vec<_> = self.workers.iter().filter_map(Worker::current).collect();
                progress(Event::Tick(&self.summary, &current));
            }
            if synced.elapsed() >= SYNC {
                synced = Instant::now();
                self.sync();
            }
        }
    }

    /// Gives up workers whose document takes too long, and starts others in their stead.
    fn give_up(&mut self) {
        let Some(limit) = self.shared.settings.time else { return };
        for worker in &mut self.workers {
            let Some(outcome) = worker.give_up(limit, self.shared.settings.wording) else { continue };
            // Nobody but this thread takes messages, and it is here.
            let _ = self.messages.send(Message::Outcome(Box::new(outcome)));
            match Worker::start(&self.shared, &self.tasks, &self.messages) {
                Ok(fresh) => self.strays.push(std::mem::replace(worker, fresh)),
                Err(error) => self.summary.fatal = Some(error.into()),
            }
        }
        self.strays.retain(|worker| !worker.has_ended());
        if self.strays.len() >= STRAYS {
            self.summary.fatal.get_or_insert(Error::Unstoppable { count: STRAYS });
        }
    }

    fn take(&mut self, outcome: Outcome, progress: &mut dyn FnMut(Event<'_>)) {
        let Outcome { row, made, handed, unchanged, fatal, bytes, .. } = outcome;
        self.shared.window.leave(bytes);
        self.summary.fatal = self.summary.fatal.take().or(fatal);
        let Some(mut row) = row else { return };
        if let Err(error) = self.destination.take(&mut row, &made, handed) {
            row.fail(format!("its outputs can't be written: {error}"));
            self.summary.fatal.get_or_insert(error);
        }
        match row.status {
            Status::Done if unchanged => self.summary.unchanged += 1,
            Status::Done => self.summary.done += 1,
            Status::Skipped => self.summary.skipped += 1,
            Status::Gone => self.summary.gone += 1,
            Status::Redirect => self.summary.redirects += 1,
            Status::Failed => {
                self.summary.failed += 1;
                let message = row.error.clone().unwrap_or_default();
                self.summary.first_failure.get_or_insert((row.id.clone(), message));
            }
        }
        self.summary.warned += u64::from(row.warnings > 0);
        let earlier = self.shared.earlier.row(&row.id);
        if let Some(gone) = &mut self.gone {
            gone.note(&row, earlier.as_ref());
        }
        let told = unchanged || earlier.is_some_and(|earlier| earlier == row);
        self.record(&row, told);
        progress(Event::Finished(&row));
    }

    /// Adds a row to the manifest, unless it is told there.
    fn record(&mut self, row: &Row, told: bool) {
        if let Some(manifest) = &mut self.destination.manifest
            && !told
            && let Err(error) = manifest.add(row)
        {
            self.summary.fatal.get_or_insert(Error::file(manifest.path(), error));
        }
    }

    /// Removes what is left of documents that are gone, if all that the sources hold was met.
    fn sweep(&mut self) {
        let Some(gone) = self.gone.take().filter(|_| !self.shared.stopped()) else { return };
        let Some(folder) = self.shared.folder() else { return };
        for row in gone.sweep(&self.shared.earlier, folder) {
            self.summary.gone += 1;
            self.record(&row, false);
        }
    }

    fn sync(&mut self) {
        if let Some(manifest) = &self.destination.manifest
            && let Err(error) = manifest.sync()
        {
            self.summary.fatal.get_or_insert(Error::file(manifest.path(), error));
        }
    }

    fn finish(mut self) -> Summary {
        self.sweep();
        self.sync();
        if let Some(folder) = self.shared.folder() {
            folder.close();
        }
        if let Err(error) = self.destination.finish() {
            self.summary.fatal.get_or_insert(error.into());
        }
        if !self.summary.interrupted {
            self.workers.into_iter().for_each(Worker::join);
        }
        self.summary
    }
}
