//! Carries out a plan.

use super::batch::silence_workers;
use super::interrupt::Interrupt;
use super::plan::{Input, Job, Output, Plan};
use super::report::Report;
use super::said::Said;
use super::{output, plan};
use fanfold::account::report as loss;
use fanfold::batch::{Batch, Entry, Event, Handed, Row, Sources, Status};
use fanfold::diagnostic::Severity;
use fanfold::internals::{lies_beside, open, reason};
use fanfold::model::{Asset, Document};
use fanfold::registry;
use fanfold::write::asset_file_name;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::channel;

/// Converts every input. One that fails does not stop the others.
pub(super) fn convert(plan: &Plan, interrupt: &Interrupt) -> Result<ExitCode, String> {
    let mut run = Run {
        said: Said::new(&plan.conversion, plan.report.is_some()),
        interrupt: interrupt.clone(),
        told: Vec::new(),
        failures: 0,
        plan,
    };
    let (mut entries, mut jobs) = (Vec::new(), Vec::new());
    interrupt.nothing_to_finish();
    for job in &plan.jobs {
        match entry(&job.input, plan.conversion.settings.converter.limits().input_bytes) {
            Ok(entry) => {
                entries.push(entry);
                jobs.push(job);
            }
            Err(error) => run.fail(&job.input.name(), &error),
        }
    }
    interrupt.something_to_finish();
    let mut settings = plan.conversion.settings.clone();
    settings.stop = Some({
        let interrupt = interrupt.clone();
        Arc::new(move || interrupt.reason())
    });
    let threads = plan.threads.min(jobs.len());
    // What is over works within documents.
    settings.threads = plan.threads / threads.max(1);
    let (sender, handed) = channel();
    let output = fanfold::batch::Output::Handed(sender);
    let mut batch = Batch::new(settings, Sources::documents(entries), output);
    batch.threads = threads;
    batch.stop = interrupt.asked.clone();
    batch.watch = Some(run.said.watch());
    silence_workers();
    let mut jobs = jobs.into_iter().peekable();
    run.said.turn(jobs.peek().map(|job| job.input.name()).as_deref());
    let summary = batch.run(&mut |event| {
        if let Event::Finished(row) = event
            && let Some(job) = jobs.next()
        {
            // What is handed over comes before what is told of it.
            run.finish(job, row, handed.try_recv().ok().map(|handed| *handed));
            run.said.turn(jobs.peek().map(|job| job.input.name()).as_deref());
        }
    });
    let summary = summary.map_err(|e| e.to_string())?;
    if let Some(fatal) = summary.fatal {
        run.fail("fanfold", &fatal.to_string());
    }
    if interrupt.reason().is_some() {
        return Ok(interrupt.code(ExitCode::FAILURE));
    }
    if let Some(path) = &plan.report {
        run.report(path);
    }
    Ok(if run.failures > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What an input is to the engine; one that may have to be waited for is read here.
fn entry(input: &Input, limit: usize) -> Result<Entry, String> {
    let name = input.name();
    match input {
        Input::File(path) if path.is_file() => Ok(Entry::file(name, path)),
        _ => {
            let beside = if let Input::File(path) = input { path } else { Path::new("-") };
            Ok(Entry::file(name, beside).with_bytes(source(input, limit)?))
        }
    }
}

/// Reads an input whole, up to one byte over the limit, which the reader then reports.
pub(super) fn source(input: &Input, limit: usize) -> Result<Vec<u8>, String> {
    let limit = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let mut source = Vec::new();
    let read = match input {
        Input::Stdin => io::stdin().lock().take(limit).read_to_end(&mut source),
        Input::File(path) if path.is_dir() => {
            let name = path.display();
            return Err(format!(
                "is a folder: 'fanfold batch {name}' converts each document in it, 'fanfold book {name}' makes one \
                 book of them"
            ));
        }
        Input::File(path) => open(path).and_then(|file| file.take(limit).read_to_end(&mut source)),
    };
    match read {
        Ok(_) => Ok(source),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err("no such file".into()),
        Err(error) => Err(format!("can't be read: {}", reason(&error))),
    }
}

/// What is told and written while a plan is carried out.
struct Run<'p> {
    plan: &'p Plan,
    said: Arc<Said>,
    interrupt: Interrupt,
    /// What the report tells of each input.
    told: Vec<String>,
    failures: usize,
}

impl Run<'_> {
    fn fail(&mut self, name: &str, error: &str) {
        Report::new(name, &[]).error(error);
        self.failures += 1;
    }

    /// Writes what was made of an input, or tells why nothing is.
    fn finish(&mut self, job: &Job, row: &Row, handed: Option<Handed>) {
        let diagnostics = self.said.finished(&row.id);
        let failed = row.status == Status::Failed;
        self.failures += usize::from(failed);
        let Some(Handed { source, done, .. }) = handed else {
            return Report::new(&row.id, &[]).error(row.error.as_deref().unwrap_or_default());
        };
        if self.plan.report.is_some()
            && let Some(account) = done.account()
        {
            self.told.extend(serde_json::to_string(&loss::Report::new(account, &diagnostics)));
        }
        let mut report = Report::new(&row.id, &source);
        for (_, made) in &done.outputs {
            if let Err(error) = made {
                report.error_of(error);
            }
        }
        if let Some(failure) = &done.failure {
            return report.failure(failure);
        }
        // After an interrupt nothing more is written, though others were done with it.
        if self.interrupt.reason().is_some() {
            return;
        }
        let outputs = job.outputs.iter().zip(done.outputs);
        let made: Vec<_> =
            outputs.filter_map(|(to, (format, made))| Some((to, format, made.ok()?))).collect();
        let mut written = true;
        if let (Some(folder), Some(document)) = (&self.plan.conversion.assets, &done.document) {
            for (to, ..) in made.iter().filter(|(_, format, _)| format.name == "json") {
                for (path, bytes) in beside(to, folder, document) {
                    written &= self.write(&Output::File(path), bytes, false);
                }
            }
        }
        for (to, _, bytes) in &made {
            written &= self.write(to, bytes, self.plan.no_clobber);
        }
        self.failures += usize::from(!written && !failed);
    }

    /// Whether an output could be written; if not, that is told.
    fn write(&self, to: &Output, bytes: &[u8], no_clobber: bool) -> bool {
        let (target, result) = match to {
            Output::Stdout => {
                // Who reads it may never do so.
                self.interrupt.nothing_to_finish();
                let result = output::to_stdout(bytes);
                self.interrupt.something_to_finish();
                ("standard output".into(), result)
            }
            Output::File(path) => (path.display().to_string(), output::to_file(path, bytes, no_clobber)),
        };
        match &result {
            Ok(()) if self.plan.conversion.loudness.verbose => output::written(&target, bytes.len()),
            Ok(()) => {}
            Err(error) => output::unwritable(&target, error),
        }
        result.is_ok()
    }

    fn report(&mut self, path: &Path) {
        let mut report = format!("{{\"report\":\"fanfold\",\"version\":\"{}\",\"inputs\":[\n", loss::VERSION);
        report += &self.told.join(",\n");
        report += "\n]}\n";
        let to = if plan::is_dash(path) { Output::Stdout } else { Output::File(path.to_owned()) };
        self.failures += usize::from(!self.write(&to, report.as_bytes(), false));
    }
}

/// The files that a document's images lie in beside an output.
fn beside<'d>(
    output: &Output,
    folder: &str,
    document: &'d Document,
) -> impl Iterator<Item = (PathBuf, &'d [u8])> {
    let parent = match output {
        Output::File(path) => path.parent().unwrap_or(Path::new("")),
        Output::Stdout => Path::new(""),
    };
    let folder = parent.join(folder);
    let assets = document.assets.values().filter(|asset| lies_beside(asset));
    assets.map(move |asset: &Asset| (folder.join(asset_file_name(asset)), &*asset.data))
}

/// Prints the table of formats.
pub(super) fn formats() -> Result<ExitCode, String> {
    let registry = registry();
    let mut all: Vec<_> = registry.readers().map(|r| r.format()).collect();
    all.extend(registry.writers().map(|w| w.format()));
    all.sort_by_key(|f| f.name);
    all.dedup_by_key(|f| f.name);
    let row = |cells: [&str; 5]| {
        let [name, reads, writes, extensions, what] = cells;
        format!("{name:<10} {reads:<5} {writes:<6} {extensions:<26} {what}\n")
    };
    let mut table = row(["FORMAT", "READ", "WRITE", "EXTENSIONS", "WHAT IT IS"]);
    for format in all {
        let yes = |known: bool| if known { "yes" } else { "-" };
        let reads = yes(registry.reader(format.name).is_ok());
        let writes = yes(registry.writer(format.name).is_ok());
        let extensions: Vec<_> = format.extensions.iter().map(|e| format!(".{e}")).collect();
        table += &row([format.name, reads, writes, &extensions.join(" "), format.description]);
    }
    Ok(output::print(table.as_bytes()))
}

/// Prints the table of diagnostics.
pub(super) fn codes() -> Result<ExitCode, String> {
    let mut codes: Vec<_> = fanfold::diagnostic::code::ALL.iter().collect();
    codes.sort_by_key(|code| code.name);
    let mut table = format!("{:<22} {:<8} WHAT IT SAYS\n", "CODE", "SEVERITY");
    for code in codes {
        let severity = match code.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        table += &format!("{:<22} {severity:<8} {}\n", code.name, code.about.trim());
    }
    Ok(output::print(table.as_bytes()))
}
