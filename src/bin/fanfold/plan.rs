//! From arguments to a plan: which input is read how, and what is written where. All usage errors
//! are found here, before anything is read.

use super::args::Convert;
use super::conversion::{self, Conversion};
use super::loudness::Loudness;
use super::output::is_folder;
use fanfold::Converter;
use fanfold::format::Format;
use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// Everything that is to be done.
pub(super) struct Plan {
    pub conversion: Conversion,
    pub jobs: Vec<Job>,
    pub threads: usize,
    pub no_clobber: bool,
    pub watch: bool,
    pub report: Option<PathBuf>,
}

/// One input and what is made of it.
pub(super) struct Job {
    pub input: Input,
    /// Of each format, in order.
    pub outputs: Vec<Output>,
}

pub(super) enum Input {
    Stdin,
    File(PathBuf),
}

impl Input {
    /// The name in messages.
    pub fn name(&self) -> String {
        match self {
            Input::Stdin => "-".into(),
            Input::File(path) => path.display().to_string(),
        }
    }
}

pub(super) enum Output {
    Stdout,
    File(PathBuf),
}

/// Resolves the arguments, or says what is wrong with them.
pub(super) fn plan(args: Convert, loudness: Loudness) -> Result<Plan, String> {
    let mut conversion = args.conversion.resolve(loudness)?;
    let formats = formats(&args.to, args.output.as_deref(), &conversion.settings.converter)?;
    let inputs: Vec<Input> = match args.inputs {
        none if none.is_empty() => vec![piped()?],
        paths => paths.into_iter().map(input).collect(),
    };
    if inputs.iter().filter(|i| matches!(i, Input::Stdin)).count() > 1 {
        return Err("standard input ('-') can be read only once".into());
    }
    if args.watch && inputs.iter().any(|input| !matches!(input, Input::File(path) if path.is_file())) {
        return Err("--watch: only files can be watched, and each INPUT has to be one".into());
    }
    let jobs = destinations(inputs, &formats, args.output.as_deref())?;
    spare_inputs(&jobs, args.report.as_deref())?;
    conversion.tell_unused(&formats)?;
    conversion.settings.formats = formats;
    conversion.settings.account = args.report.is_some();
    let threads = args.threads.count();
    let (no_clobber, watch, report) = (args.no_clobber, args.watch, args.report);
    Ok(Plan { conversion, jobs, threads, no_clobber, watch, report })
}

/// Refuses to write over what is read, under whatever name, and a report over an output.
fn spare_inputs(jobs: &[Job], report: Option<&Path>) -> Result<(), String> {
    let inputs =
        jobs.iter().filter_map(|job| if let Input::File(path) = &job.input { Some(path) } else { None });
    // A terminal or the null device may well be both.
    let inputs = inputs.filter(|path| path.is_file());
    let inputs: BTreeSet<PathBuf> = inputs.filter_map(|path| path.canonicalize().ok()).collect();
    let outputs = jobs.iter().flat_map(|job| &job.outputs);
    let outputs =
        outputs.filter_map(|out| if let Output::File(path) = out { Some(path.as_path()) } else { None });
    let outputs: Vec<&Path> = outputs.collect();
    if let Some(report) = report.filter(|report| outputs.contains(report)) {
        return Err(format!("'{}' is both the report and an output", report.display()));
    }
    for path in outputs.into_iter().chain(report) {
        if path.canonicalize().is_ok_and(|path| inputs.contains(&path)) {
            return Err(format!("'{}' is an input: write to another file or folder", path.display()));
        }
    }
    Ok(())
}

/// Standard input, where something may come from it.
pub(super) fn piped() -> Result<Input, String> {
    match std::io::stdin().is_terminal() {
        true => Err("no INPUT: name a file, or pipe one in".into()),
        false => Ok(Input::Stdin),
    }
}

/// What a path given as an input means.
pub(super) fn input(path: PathBuf) -> Input {
    if is_dash(&path) { Input::Stdin } else { Input::File(path) }
}

pub(super) fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The formats to write: those asked for, else the one of the output's extension.
fn formats(to: &[String], output: Option<&Path>, converter: &Converter) -> Result<Vec<Format>, String> {
    if !to.is_empty() {
        return conversion::formats(to, converter);
    }
    let Some(output) = output.filter(|o| !is_dash(o) && !is_folder(o)) else {
        let remedy = "add --to FORMAT, or --output FILE with an extension";
        return Err(format!("nothing says which format to write: {remedy}"));
    };
    let extension = output.extension().and_then(|e| e.to_str()).unwrap_or_default();
    match converter.registry().writers().map(|w| w.format()).find(|f| f.has_extension(extension)) {
        Some(format) => Ok(vec![format]),
        None => Err(format!(
            "no format is known by the extension of '{}': add --to FORMAT (see 'fanfold formats'){}",
            output.display(),
            conversion::by_pandoc(extension, &output.display().to_string())
        )),
    }
}

fn destinations(inputs: Vec<Input>, formats: &[Format], output: Option<&Path>) -> Result<Vec<Job>, String> {
    if let Some(folder) = output.filter(|o| !is_dash(o) && is_folder(o)) {
        return in_folder(inputs, formats, folder);
    }
    let (Ok([input]), [format]) = (<[Input; 1]>::try_from(inputs), formats) else {
        return Err("several inputs or formats want a folder: --output DIR/".into());
    };
    let output = match output {
        Some(path) if !is_dash(path) => Output::File(path.to_owned()),
        _ if !format.text && std::io::stdout().is_terminal() => {
            let remedy = "name a file with --output, or redirect it";
            return Err(format!("{} is binary and standard output is a terminal: {remedy}", format.name));
        }
        _ => Output::Stdout,
    };
    Ok(vec![Job { input, outputs: vec![output] }])
}

/// Output names are the inputs' with the format's extension. No two may be the same.
fn in_folder(inputs: Vec<Input>, formats: &[Format], folder: &Path) -> Result<Vec<Job>, String> {
    let mut taken: BTreeMap<PathBuf, String> = BTreeMap::new();
    let mut jobs = Vec::new();
    for input in inputs {
        let stem = match &input {
            Input::Stdin => "stdin".into(),
            Input::File(path) => path.file_stem().unwrap_or(path.as_os_str()).to_os_string(),
        };
        let mut outputs = Vec::new();
        for format in formats {
            let mut file = stem.clone();
            file.push(".");
            file.push(format.extension());
            let path = folder.join(file);
            if let Some(other) = taken.insert(path.clone(), input.name()) {
                return Err(format!(
                    "'{other}' and '{}' would both be written to '{}': convert them into different folders",
                    input.name(),
                    path.display()
                ));
            }
            outputs.push(Output::File(path));
        }
        jobs.push(Job { input, outputs });
    }
    Ok(jobs)
}
