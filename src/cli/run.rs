//! Carries out a plan.

use super::gate::Gate;
use super::interrupt::Interrupt;
use super::plan::{Input, Job, Output, Plan};
use super::report::Report;
use super::{output, plan};
use crate::account::Ledger;
use crate::account::report as loss;
use crate::batch::{Deadline, Images, reason};
use crate::format::Error;
use crate::model::{Asset, Document};
use crate::registry;
use crate::write::json;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Converts every input. One that fails does not stop the others.
pub(super) fn run(plan: &Plan) -> Result<ExitCode, String> {
    let interrupt = Interrupt::listen()?;
    let mut told = Vec::new();
    let mut failures = 0;
    for job in &plan.jobs {
        failures += usize::from(!convert(plan, job, &interrupt, &mut told));
        if interrupt.reason().is_some() {
            return Ok(interrupt.code(ExitCode::FAILURE));
        }
    }
    if let Some(path) = &plan.report {
        let mut report = format!("{{\"report\":\"fanfold\",\"version\":\"{}\",\"inputs\":[\n", loss::VERSION);
        report += &told.join(",\n");
        report += "\n]}\n";
        let result = match plan::is_dash(path) {
            true => output::to_stdout(report.as_bytes()),
            false => output::to_file(path, report.as_bytes(), false),
        };
        if let Err(error) = result {
            output::unwritable(&path.display().to_string(), &error);
            failures += 1;
        }
    }
    Ok(if failures > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Whether all outputs of a job were written. What a report tells of the input is added to `told`.
fn convert(plan: &Plan, job: &Job, interrupt: &Interrupt, told: &mut Vec<String>) -> bool {
    let name = job.input.name();
    let conversion = &plan.conversion;
    interrupt.nothing_to_finish();
    let source = match read(&job.input, conversion.converter.limits().input_bytes) {
        Ok(source) => source,
        Err(error) => {
            Report::new(&name, &[]).error(&error);
            return false;
        }
    };
    interrupt.something_to_finish();
    let deadline = Deadline::after(conversion.time);
    let stop = || interrupt.reason().or_else(|| deadline.passed());
    let mut report = Report::new(&name, &source);
    let kept = plan.report.is_some().then(Vec::new);
    let mut ledger = (kept.is_some() || conversion.max_loss.is_some()).then(Ledger::default);
    let (deny, quiet) = (&conversion.deny, conversion.quiet);
    let mut gate = Gate { deny, quiet, denied: false, kept, report: &mut report };
    let images = match &job.input {
        Input::File(path) => Images::beside(path),
        Input::Stdin => Images::beside(Path::new("-")),
    };
    let mut cx = conversion.converter.context(&name, &mut gate);
    cx.loader = Some(&images);
    cx.stop = Some(&stop);
    cx.ledger = ledger.as_mut();
    let document = match conversion.converter.read(&source, conversion.from.as_deref(), &mut cx) {
        Ok(document) => document,
        Err(error) => {
            report.failure(&error);
            return false;
        }
    };
    // Every format is made before any is written, so that a denied diagnostic of the last one
    // keeps the first back too.
    let mut made = Vec::new();
    let mut assets = Vec::new();
    let mut done = true;
    for (format, output) in &job.outputs {
        let mut bytes = Vec::new();
        let mut cx = conversion.converter.context(&name, &mut gate);
        cx.source = Some(&source);
        cx.stop = Some(&stop);
        match conversion.converter.write(&document, format, &mut bytes, &mut cx) {
            Ok(()) => {
                if let (Some(folder), "json") = (&conversion.assets, *format) {
                    assets.extend(beside(output, folder, &document));
                }
                made.push((output, bytes));
            }
            Err(error) => {
                gate.report.failure(&error);
                // What one format stopped, the others are not to begin.
                if matches!(error, Error::Stopped { .. }) {
                    return false;
                }
                done = false;
            }
        }
    }
    let account = ledger.as_ref().and_then(Ledger::account);
    if let (Some(kept), Some(account)) = (&gate.kept, account) {
        told.extend(serde_json::to_string(&loss::Report::new(account, kept)));
    }
    if gate.denied {
        report.error("nothing was written, because of --deny");
        return false;
    }
    if let (Some(most), Some(totals)) = (conversion.max_loss, account.map(|a| a.totals()))
        && !most.allows(totals)
    {
        let (lost, all) = (totals.lost(), totals.all());
        report.error(&format!("nothing was written, because of --max-loss: {lost} of {all} bytes are lost"));
        return false;
    }
    for (path, bytes) in assets {
        if let Err(error) = output::to_file(&path, bytes, false) {
            output::unwritable(&path.display().to_string(), &error);
            done = false;
        }
    }
    for (output, bytes) in made {
        let (target, result) = match output {
            Output::Stdout => {
                // Who reads it may never do so.
                interrupt.nothing_to_finish();
                ("standard output".into(), output::to_stdout(&bytes))
            }
            Output::File(path) => {
                (path.display().to_string(), output::to_file(path, &bytes, plan.no_clobber))
            }
        };
        if let Err(error) = result {
            output::unwritable(&target, &error);
            done = false;
        }
    }
    done
}

/// The files that a document's images lie in beside an output.
fn beside<'d>(output: &Output, folder: &str, document: &'d Document) -> Vec<(PathBuf, &'d [u8])> {
    let parent = match output {
        Output::File(path) => path.parent().unwrap_or(Path::new("")),
        Output::Stdout => Path::new(""),
    };
    let file = |asset: &'d Asset| (parent.join(folder).join(json::file_name(asset)), &*asset.data);
    document.assets.values().map(file).collect()
}

/// Reads an input whole, up to one byte over the limit, which the reader then reports.
pub(super) fn read(input: &Input, limit: usize) -> Result<Vec<u8>, String> {
    let limit = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let mut source = Vec::new();
    let result = match input {
        Input::Stdin => io::stdin().lock().take(limit).read_to_end(&mut source),
        Input::File(path) if path.is_dir() => return Err("is a folder; name the files in it".into()),
        Input::File(path) => std::fs::File::open(path).and_then(|f| f.take(limit).read_to_end(&mut source)),
    };
    match result {
        Ok(_) => Ok(source),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err("no such file".into()),
        Err(error) => Err(format!("can't be read: {}", reason(&error))),
    }
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
