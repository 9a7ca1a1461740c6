//! What goes wrong, as exceptions. Their classes are in Python, where they are documented.

use crate::options::words;
use crate::program::lines::Lines;
use fanfold::diagnostic::Diagnostic;
use fanfold::format::Error;
use fanfold::job::{Done, Failure};
use fanfold::model::Span;
use pyo3::exceptions::{PyOSError, PyRuntimeError};
use pyo3::prelude::*;
use std::io;
use std::path::Path;

/// An exception of a class of `fanfold._errors`.
fn raise(class: &str, arguments: impl for<'py> pyo3::call::PyCallArgs<'py>) -> PyErr {
    Python::attach(|py| {
        let made = py.import("fanfold._errors").and_then(|errors| errors.getattr(class)?.call1(arguments));
        made.map_or_else(|error| error, PyErr::from_value)
    })
}

/// An option that there is not, or a value that it does not take.
pub fn option(name: &str, message: &str) -> PyErr {
    raise("OptionError", (name.to_owned(), message.to_owned()))
}

/// A file that can't be read.
pub fn file(path: &Path, error: &io::Error) -> PyErr {
    match error.raw_os_error() {
        // By the number Python chooses the class.
        Some(number) => {
            PyOSError::new_err((number, fanfold::internals::reason(error), path.as_os_str().to_owned()))
        }
        None => PyOSError::new_err(format!("{}: {}", path.display(), fanfold::internals::reason(error))),
    }
}

/// What fails in the package itself.
pub fn own(error: impl ToString) -> PyErr {
    PyRuntimeError::new_err(error.to_string())
}

/// Why not all that was asked for is there.
pub fn of_done(name: &str, source: &[u8], said: &[Diagnostic], done: &Done) -> Option<PyErr> {
    let output = || done.outputs.iter().find_map(|(_, made)| made.as_ref().err());
    match &done.failure {
        Some(Failure::Error(error)) => Some(of_error(name, source, error)),
        Some(Failure::Denied(code)) => {
            let first = said.iter().find(|said| said.code.name == *code);
            let message = first.map_or_else(String::new, |said| format!(": {}", said.message));
            let help = first.and_then(|said| said.advice(words));
            let span = first.and_then(|said| said.span);
            Some(conversion(name, source, span, code, &format!("it is denied{message}"), help))
        }
        Some(Failure::Wrong(wrong)) => {
            let (code, help) = (wrong.code.name, wrong.advice(words));
            Some(conversion(name, source, wrong.span, code, &wrong.message, help))
        }
        Some(failure) => {
            let code = match failure {
                Failure::Late { .. } => "time",
                Failure::Panic(_) => "panic",
                Failure::Lost(_) => "loss",
                _ => "failed",
            };
            let help = failure.remedy().map(words);
            Some(conversion(name, source, None, code, &failure.to_string(), help))
        }
        None => output().map(|error| of_error(name, source, error)),
    }
}

/// An error of reading or writing.
pub fn of_error(name: &str, source: &[u8], error: &Error) -> PyErr {
    let (code, span) = match error {
        Error::Malformed { span, .. } => ("malformed", *span),
        Error::Foreign { .. } => ("foreign-format", None),
        Error::OtherFormat { .. } => ("other-format", None),
        Error::UnknownInput => ("unknown-input", None),
        Error::Limit { span, .. } => ("limit", *span),
        Error::Stopped { .. } => ("stopped", None),
        Error::UnknownFormat { role, name, known } => return format(role, name, known),
        Error::Io(_) => ("io", None),
        Error::Writer { .. } => ("writer", None),
        _ => ("failed", None),
    };
    conversion(name, source, span, code, &error.to_string(), error.remedy().map(words))
}

/// A format that there is not.
fn format(role: &str, name: &str, known: &str) -> PyErr {
    let names: Vec<String> = known.split(", ").map(str::to_owned).collect();
    let near = names.iter().filter(|other| strsim::jaro_winkler(name, other) > 0.7);
    let near = near.max_by(|a, b| strsim::jaro_winkler(name, a).total_cmp(&strsim::jaro_winkler(name, b)));
    let near = near.map(|near| format!("; the nearest is '{near}'")).unwrap_or_default();
    option(
        if role == "reader" { "from_" } else { "to" },
        &format!("no {role} for the format '{name}'{near}; known: {known}"),
    )
}

fn conversion(
    name: &str,
    source: &[u8],
    span: Option<Span>,
    code: &str,
    message: &str,
    help: Option<String>,
) -> PyErr {
    let place = span.map(|span| Lines::new(source).place(span.start as usize));
    let (line, column) = place.unzip();
    raise("ConversionError", (name.to_owned(), line, column, code.to_owned(), message.to_owned(), help))
}
