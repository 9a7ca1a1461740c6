//! `fanfold batch`: many documents in one run.

use super::conversion::{self, Conversion, ConversionArgs};
use super::interrupt::{self, Interrupt};
use super::limits::size;
use super::loudness::Loudness;
use super::progress::{Progress, print_summary};
use clap::Args;
use fanfold::batch::{Batch, Naming, Output, Shard, Sources};
use fanfold::job::Settings;
use std::collections::BTreeSet;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

#[derive(Debug, Args)]
#[command(after_help = "\
The manifest, OUTPUT/manifest.ndjson, has a line for each document: what was read, what was written,
what went wrong. After a run that was stopped or that had failures, the same command with --resume
does what is missing, what failed and what has changed.

Examples:
  fanfold batch articles/ -t pdf,epub,txt,json -o out/
  fanfold batch enwiki-pages-articles-multistream.xml.bz2 -t text --by-letter -o out/
  find . -name '*.wiki' -print0 | fanfold batch - -t epub -o out/
  fanfold batch dump.xml -t json -o out/ --shard 0/8 --resume")]
pub(super) struct BatchArgs {
    #[command(flatten)]
    pub sources: SourceArgs,

    /// Formats to write, repeated or separated by commas
    #[arg(short, long, value_name = "FORMAT", value_delimiter = ',', required = true)]
    pub to: Vec<String>,

    /// Folder to write to; it is made when it is not there
    #[arg(short, long, value_name = "DIR", required_unless_present_any = ["archive", "ndjson"])]
    pub output: Option<PathBuf>,

    /// Write one archive, .zip or .tar, instead of a folder; the manifest lies beside it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["output", "ndjson", "resume"])]
    pub archive: Option<PathBuf>,

    /// Write a line of JSON for each document to standard output: text as it is, other formats in
    /// base64
    #[arg(long, conflicts_with_all = ["output", "resume", "flat", "by_letter"])]
    pub ndjson: bool,

    /// All outputs in one folder, instead of mirroring the sources
    #[arg(long, conflicts_with = "by_letter")]
    pub flat: bool,

    /// Outputs in a folder for each first letter
    #[arg(long)]
    pub by_letter: bool,

    /// Go on where an earlier run into the same folder stopped; what it made of documents that the
    /// sources hold no more is removed
    #[arg(long)]
    pub resume: bool,

    /// Do part I of N, I from 0 to N-1; the parts may run at once into one folder
    #[arg(long, value_name = "I/N", default_value = "0/1", hide_default_value = true)]
    pub shard: Shard,

    /// Only list what would be written
    #[arg(long)]
    pub dry_run: bool,

    #[command(flatten)]
    pub engine: EngineArgs,

    #[command(flatten)]
    pub conversion: ConversionArgs,

    #[command(flatten)]
    pub limit: OutputArgs,
}

// How the engine runs.
#[derive(Debug, Args)]
pub(super) struct EngineArgs {
    /// Stop at the first failure
    #[arg(long, conflicts_with = "max_failures")]
    fail_fast: bool,

    /// Stop after N failures
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    max_failures: Option<u64>,

    #[command(flatten)]
    pub threads: ThreadArgs,
}

// How many work at once.
#[derive(Debug, Args)]
pub(super) struct ThreadArgs {
    /// Threads that work; otherwise one for each core
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
}

impl ThreadArgs {
    pub fn count(&self) -> usize {
        let all = || std::thread::available_parallelism().map_or(1, usize::from);
        self.jobs.map_or_else(all, usize::from)
    }
}

impl EngineArgs {
    pub fn max_failures(&self) -> Option<u64> {
        if self.fail_fast { Some(1) } else { self.max_failures }
    }
}

// Where documents come from.
#[derive(Debug, Args)]
pub(super) struct SourceArgs {
    /// Files, folders, .zip and .tar(.gz) archives, .ndjson files, MediaWiki dumps (.xml, .xml.bz2);
    /// '-' is a list of paths on standard input, one a line or separated by NUL
    #[arg(value_name = "SOURCE", required_unless_present = "files_from")]
    pub sources: Vec<PathBuf>,

    /// Take the paths in this list as well, one a line or separated by NUL; repeat it for several
    #[arg(long, value_name = "FILE")]
    pub files_from: Vec<PathBuf>,

    /// Of folders and archives take only what matches, as in a .gitignore; repeat it for several
    #[arg(long, value_name = "GLOB")]
    pub include: Vec<String>,

    /// Of folders and archives leave out what matches, as in a .gitignore; repeat it for several
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,

    /// Follow links in folders that lead out of them
    #[arg(long)]
    pub follow_links: bool,

    /// Of dumps take the pages of these namespaces, by number, or of 'all'
    #[arg(
        long,
        value_name = "NUMBERS",
        value_delimiter = ',',
        default_value = "0",
        allow_hyphen_values = true
    )]
    pub namespace: Vec<String>,
}

// What one output may cost.
#[derive(Debug, Args)]
#[command(next_help_heading = "Limits")]
pub(super) struct OutputArgs {
    /// Most bytes of one output, such as '256M'
    #[arg(long, value_name = "SIZE", default_value = "256M", value_parser = size)]
    pub max_output_bytes: usize,
}

impl SourceArgs {
    /// The sources, or what is wrong with them.
    pub fn resolve(self, conversion: &Conversion) -> Result<Sources, String> {
        let (lists, paths): (Vec<_>, Vec<_>) = self.sources.into_iter().partition(|p| p.as_os_str() == "-");
        let registry = conversion.settings.converter.registry();
        let any = conversion.settings.from.is_some();
        let sources = Sources::new(paths, registry, any, &self.include, &self.exclude);
        let mut sources = sources.map_err(|e| e.to_string())?;
        sources.follow_links = self.follow_links;
        sources.namespaces = namespaces(&self.namespace)?;
        for list in lists.into_iter().chain(self.files_from) {
            let mut bytes = Vec::new();
            let read = match list.as_os_str() == "-" {
                true => io::stdin().lock().read_to_end(&mut bytes),
                false => fanfold::internals::open(&list).and_then(|mut f| f.read_to_end(&mut bytes)),
            };
            read.map_err(|e| {
                format!("the list '{}' can't be read: {}", list.display(), fanfold::internals::reason(&e))
            })?;
            sources.add_list(&bytes);
        }
        Ok(sources)
    }
}

fn namespaces(asked: &[String]) -> Result<BTreeSet<i64>, String> {
    if asked.iter().any(|n| n == "all") {
        return Ok(BTreeSet::new());
    }
    let number =
        |n: &String| n.parse().map_err(|_| format!("--namespace: '{n}' is no number; '0' is the articles"));
    asked.iter().map(number).collect()
}

/// How documents are converted within the limits.
pub(super) fn settings(
    conversion: Conversion,
    to: &[String],
    output_bytes: usize,
) -> Result<Settings, String> {
    let formats = conversion::formats(to, &conversion.settings.converter)?;
    conversion.tell_unused(&formats)?;
    let mut settings = conversion.settings;
    settings.formats = formats;
    settings.output_bytes = output_bytes;
    Ok(settings)
}

/// Carries out the command, or says what is wrong with its arguments.
pub(super) fn run(args: BatchArgs, loudness: Loudness) -> Result<ExitCode, String> {
    let options = args.conversion.stamp()?;
    let conversion = args.conversion.resolve(loudness)?;
    let quiet = loudness.quiet;
    let sources = args.sources.resolve(&conversion)?;
    if let Some(folder) = &args.output {
        refuse_sources(&sources, folder)?;
    }
    let settings = settings(conversion, &args.to, args.limit.max_output_bytes)?;
    let interrupt = Interrupt::listen()?;
    let pipe = Pipe { closed: Arc::default(), stop: interrupt.asked.clone() };
    let output = match (args.output, args.archive) {
        (Some(folder), _) => Output::Folder(folder),
        (None, Some(file)) => Output::Archive(file),
        (None, None) => Output::Lines(Box::new(BufWriter::new(pipe.clone()))),
    };
    let mut batch = Batch::new(settings, sources, output);
    batch.naming = match (args.flat, args.by_letter) {
        (true, _) => Naming::Flat,
        (_, true) => Naming::ByLetter,
        _ => Naming::Mirror,
    };
    batch.options = options;
    batch.threads = args.engine.threads.count();
    batch.shard = args.shard;
    batch.resume = args.resume;
    batch.dry_run = args.dry_run;
    batch.max_failures = args.engine.max_failures();
    batch.stop = interrupt.asked.clone();
    silence_workers();
    let mut progress = Progress::new(loudness, args.dry_run);
    let summary = batch.run(&mut |event| progress.take(event)).map_err(|e| e.to_string())?;
    let elapsed = progress.finish();
    if pipe.closed.load(Ordering::SeqCst) {
        return Ok(ExitCode::SUCCESS);
    }
    print_summary(&summary, elapsed, quiet, args.dry_run);
    Ok(match summary {
        s if s.interrupted => ExitCode::from(interrupt::CODE),
        s if s.is_complete() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

/// Standard output. When its reader goes away, that has what it wants, and the run ends.
#[derive(Clone)]
struct Pipe {
    closed: Arc<AtomicBool>,
    stop: Arc<AtomicBool>,
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match io::stdout().write(bytes) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed.store(true, Ordering::SeqCst);
                self.stop.store(true, Ordering::SeqCst);
                Ok(bytes.len())
            }
            result => result,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.closed.load(Ordering::SeqCst) { Ok(()) } else { io::stdout().flush() }
    }
}

/// Nothing is read from and written to at once, neither a folder nor a file.
pub(super) fn refuse_sources(sources: &Sources, output: &Path) -> Result<(), String> {
    let Ok(output) = output.canonicalize() else { return Ok(()) };
    match sources.paths.iter().find(|p| p.canonicalize().is_ok_and(|p| p == output)) {
        Some(path) => Err(format!("'{}' is both a source and the output", path.display())),
        None => Ok(()),
    }
}

/// What panics in a worker is told in the manifest, with the document it happened on.
pub(crate) fn silence_workers() {
    let default = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().name() != Some("fanfold-worker") {
            default(info);
        }
    }));
}
