//! Options by keyword: the same as on the command line, with underscores, and understood by the same
//! parser.

use crate::fault;
use crate::program::config::Understood;
use crate::program::conversion::ConversionArgs;
use crate::program::loudness::Loudness;
use crate::program::{own, whole};
use crate::tokens::Function;
use crate::work::lock;
use clap::error::ContextKind;
use clap::{Arg, ArgAction, Args, Command, FromArgMatches, ValueHint};
use fanfold::job::Settings;
use fanfold::write::Unit;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyList, PyTuple};
use std::ffi::OsString;
use std::sync::{Arc, Mutex};

/// Options that mean something to the program alone: its configuration, `from_`, which is an argument
/// here, and files beside an output.
const NOT_HERE: [&str; 6] = ["assets", "config", "from", "help", "no-config", "version"];

/// Settings made lately, by the arguments they were made of.
static MADE: Mutex<Vec<(Vec<OsString>, Arc<Settings>)>> = Mutex::new(Vec::new());

/// As many as are kept: making some costs about as much as converting a short text.
const KEPT: usize = 8;

fn command() -> Command {
    ConversionArgs::augment_args(Command::new("fanfold").no_binary_name(true))
}

fn options(command: &Command) -> impl Iterator<Item = &Arg> {
    command.get_arguments().filter(|arg| arg.get_long().is_some_and(|long| !NOT_HERE.contains(&long)))
}

/// The name that an option has in Python.
pub fn name(long: &str) -> String {
    long.replace('-', "_")
}

/// The names of all options.
#[pyfunction]
pub fn names() -> Vec<String> {
    options(&command()).filter_map(Arg::get_long).map(name).collect()
}

/// The settings of some options.
pub fn settings(given: Option<&Bound<'_, PyDict>>) -> PyResult<Arc<Settings>> {
    let (command, mut arguments, mut files, mut tokens) = (command(), Vec::new(), false, None);
    for (key, value) in given.into_iter().flatten() {
        let key: String = key.extract()?;
        let Some(option) = options(&command).find(|arg| arg.get_long().map(name).as_ref() == Some(&key))
        else {
            let known: Vec<String> = options(&command).filter_map(Arg::get_long).map(name).collect();
            return Err(fault::option(&key, &unknown(&key, &known)));
        };
        if key == "chunk_tokenizer" && value.is_callable() {
            tokens = Some(Unit::Tokens(Arc::new(Function::new(&value))));
            continue;
        }
        let before = arguments.len();
        argue(option, &key, &value, &mut arguments)?;
        files |= arguments.len() > before && option.get_value_hint() == ValueHint::AnyPath;
    }
    // The one variable of the environment that an output depends on.
    let epoch = std::env::var_os("SOURCE_DATE_EPOCH").unwrap_or_default();
    let made = || lock(&MADE);
    let mut key = arguments.clone();
    key.push(epoch);
    // Files may change until the next call, and functions can't be told apart.
    let kept = !files && tokens.is_none();
    if let Some((_, settings)) = made().iter().find(|(of, _)| kept && *of == key) {
        return Ok(settings.clone());
    }
    let parsed = command.try_get_matches_from(&arguments).and_then(|m| ConversionArgs::from_arg_matches(&m));
    let mut parsed = parsed.map_err(|error| blame(&error))?;
    let arguments = ["fanfold", "convert"].map(OsString::from).into_iter().chain(arguments).collect();
    let understood = Understood { command: whole, configured: Vec::new(), arguments };
    parsed.own = Some(own::taker(understood, tokens.clone()));
    parsed.tokens = tokens;
    let quiet = Loudness { quiet: true, verbose: false };
    let mut settings =
        parsed.resolve(quiet).map_err(|message| fault::option("", &in_python(&message)))?.settings;
    settings.wording = words;
    let settings = Arc::new(settings);
    if kept {
        let mut made = made();
        made.insert(0, (key, settings.clone()));
        made.truncate(KEPT);
    }
    Ok(settings)
}

/// Adds the arguments that a value is.
fn argue(option: &Arg, key: &str, value: &Bound<'_, PyAny>, out: &mut Vec<OsString>) -> PyResult<()> {
    let long = option.get_long().unwrap_or_default();
    if value.is_none() {
        return Ok(());
    }
    if !option.get_action().takes_values() {
        let Ok(flag) = value.cast::<PyBool>() else {
            return Err(fault::option(key, "it is True or False"));
        };
        if flag.is_true() {
            out.push(format!("--{long}").into());
        }
        return Ok(());
    }
    let several = value.cast::<PyList>().is_ok() || value.cast::<PyTuple>().is_ok();
    if several && !matches!(option.get_action(), ArgAction::Append) {
        return Err(fault::option(key, "it takes one value"));
    }
    let mut add = |value: &Bound<'_, PyAny>| {
        let mut argument = OsString::from(format!("--{long}="));
        if value.cast::<PyBool>().is_ok() {
            return Err(fault::option(key, "it takes a value, not True or False"));
        }
        match value.extract::<std::path::PathBuf>() {
            Ok(text) => argument.push(text),
            Err(_) => argument.push(value.str()?.extract::<String>()?),
        }
        out.push(argument);
        Ok(())
    };
    if several { value.try_iter()?.try_for_each(|value| add(&value?)) } else { add(value) }
}

/// That there is no such name, and which is nearest.
pub fn unknown(name: &str, known: &[String]) -> String {
    let likeness = |other: &String| strsim::jaro_winkler(name, other);
    let nearest = known.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    match nearest.filter(|nearest| likeness(nearest) > 0.7) {
        Some(nearest) => format!("there is no such option; the nearest is '{nearest}'"),
        None => "there is no such option; fanfold.options() lists them".into(),
    }
}

/// What is wrong with a value, by the option it is wrong with.
fn blame(error: &clap::Error) -> PyErr {
    let option = error.get(ContextKind::InvalidArg).map(ToString::to_string).unwrap_or_default();
    let long = option.split([' ', '=']).next().unwrap_or_default().trim_start_matches('-');
    let text = error.to_string();
    let first = text.split("\n\n").next().unwrap_or_default();
    let message = first.strip_prefix("error: ").unwrap_or(first).trim_end();
    fault::option(&name(long), &in_python(message))
}

/// What to do, by the options that do it.
pub fn words(remedy: fanfold::diagnostic::Remedy) -> String {
    in_python(&crate::program::remedy::words(remedy))
}

/// A message of the program with the names that its options have here.
fn in_python(message: &str) -> String {
    let mut out = String::new();
    let mut rest = message;
    while let Some((before, after)) = rest.split_once("--") {
        let end = after.find(|c: char| !c.is_ascii_lowercase() && c != '-').unwrap_or(after.len());
        let long = &after[..end];
        out += before;
        out += &if long == "from" { "from_".into() } else { name(long) };
        rest = &after[end..];
    }
    out + rest
}
