//! Why a conversion failed.

use crate::diagnostic::{Remedy, Wording, advised};
use crate::input::foreign::Foreign;
use crate::model::Span;
use std::io;

/// Why a conversion failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The input is not of the format at all.
    #[error("{message}")]
    Malformed {
        /// What is wrong.
        message: String,
        /// Where, when known.
        span: Option<Span>,
    },
    /// The input is of a kind that no reader reads.
    #[error("it is {}, which is not read", kind.what)]
    Foreign {
        /// The kind.
        kind: Foreign,
    },
    /// The input is of a format that another reader reads.
    #[error("it is {what}")]
    OtherFormat {
        /// What it is, in words.
        what: &'static str,
        /// The name of its format.
        format: &'static str,
    },
    /// Neither its name nor its content tells which reader an input is for.
    #[error("the format can't be told from the name or the content")]
    UnknownInput,
    /// A [limit](super::Limits) was passed.
    #[error("{what} is over the limit of {limit}")]
    Limit {
        /// What was counted.
        what: &'static str,
        /// The limit.
        limit: usize,
        /// How to raise it, or to stay below it.
        remedy: Remedy,
        /// Where, when it is about a place.
        span: Option<Span>,
    },
    /// Whoever [could stop it](super::ReadContext::with_stop) had a reason to.
    #[error("{reason}")]
    Stopped {
        /// The reason.
        reason: String,
    },
    /// No reader or writer of that name.
    #[error("no {role} for the format '{name}'; known: {known}")]
    UnknownFormat {
        /// `reader` or `writer`.
        role: &'static str,
        /// The name asked for.
        name: String,
        /// The names there are.
        known: String,
    },
    /// Output could not be written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A writer could not make its format; a fault of fanfold or of a library under it.
    #[error("{format}: {message}")]
    Writer {
        /// The format being written.
        format: &'static str,
        /// What went wrong.
        message: String,
    },
}

impl Error {
    /// What to say or to set against it.
    pub fn remedy(&self) -> Option<Remedy> {
        match self {
            Error::Limit { remedy, .. } => Some(*remedy),
            Error::OtherFormat { format, .. } => Some(Remedy::Format(Some(format))),
            Error::UnknownInput => Some(Remedy::Format(None)),
            _ => None,
        }
    }

    /// The message, and what helps.
    pub fn text(&self, wording: Wording) -> String {
        advised(self, self.remedy(), wording)
    }

    /// The error of a limit that is passed at a place.
    pub(crate) fn limit(
        what: &'static str,
        limit: usize,
        remedy: Remedy,
        span: impl Into<Option<Span>>,
    ) -> Self {
        Error::Limit { what, limit, remedy, span: span.into() }
    }
}
