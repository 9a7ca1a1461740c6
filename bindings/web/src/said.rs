//! What there is to say about a document, as JSON.

use crate::lines::Lines;
use fanfold::diagnostic::{Diagnostic, Remedy, Severity};
use fanfold::format::Error;
use fanfold::job::{Done, Failure};
use fanfold::model::Span;
use serde::Serialize;

#[derive(Serialize)]
pub struct Report {
    diagnostics: Vec<Said>,
    pub error: Option<Said>,
}

#[derive(Serialize)]
pub struct Said {
    code: &'static str,
    severity: Severity,
    message: String,
    help: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
}

impl Report {
    /// That an option is not understood.
    pub fn option(message: &str) -> Self {
        Report { diagnostics: Vec::new(), error: Some(error("option", message.to_owned(), None)) }
    }

    /// What was said of a source, and why it failed if it did.
    pub fn new(source: &[u8], diagnostics: &[Diagnostic], done: &Done) -> Self {
        // Where nothing is said of a place, the source is not decoded for it.
        let mut lines = None;
        let mut placed = |said: Said, span: Option<Span>| match span {
            None => said,
            Some(span) => {
                let lines = lines.get_or_insert_with(|| Lines::new(source));
                let (line, column) = lines.place(span.start as usize);
                Said { line: Some(line), column: Some(column), ..said }
            }
        };
        let diagnostics = diagnostics.iter().map(|said| {
            let help = said.advice(|remedy| remedy.to_string());
            let (code, severity) = (said.code.name, said.code.severity);
            let message = said.message.clone();
            placed(Said { code, severity, message, help, line: None, column: None }, said.span)
        });
        let diagnostics = diagnostics.collect();
        let error = match &done.failure {
            Some(Failure::Error(error)) => Some(error),
            Some(_) => None,
            None => done.outputs.iter().find_map(|(_, made)| made.as_ref().err()),
        };
        let error = match (error, &done.failure) {
            (Some(error), _) => Some(placed(of(error), place(error))),
            (None, Some(failure)) => Some(self::error("failed", failure.to_string(), failure.remedy())),
            (None, None) => None,
        };
        Report { diagnostics, error }
    }
}

fn error(code: &'static str, message: String, remedy: Option<Remedy>) -> Said {
    let help = remedy.map(|remedy| remedy.to_string());
    Said { code, severity: Severity::Error, message, help, line: None, column: None }
}

fn of(why: &Error) -> Said {
    let code = match why {
        Error::Malformed { .. } => "malformed",
        Error::Foreign { .. } => "foreign-format",
        Error::OtherFormat { .. } => "other-format",
        Error::UnknownInput => "unknown-input",
        Error::Limit { .. } => "limit",
        _ => "failed",
    };
    error(code, why.to_string(), why.remedy())
}

fn place(error: &Error) -> Option<Span> {
    match error {
        Error::Malformed { span, .. } | Error::Limit { span, .. } => *span,
        _ => None,
    }
}
