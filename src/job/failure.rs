//! Why a document failed as a whole.

use crate::account::Totals;
use crate::diagnostic::{Diagnostic, Remedy, Wording, advised};
use crate::format::Error;
use std::time::Duration;

/// Why a document failed as a whole.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// It could not be read, or was stopped.
    #[error(transparent)]
    Error(Error),
    /// It took longer than it may.
    #[error("it took longer than the limit of {} s", .limit.as_secs_f64())]
    Late {
        /// Its time.
        limit: Duration,
    },
    /// A part of the program panicked over it, with this message.
    #[error("panic: {0}")]
    Panic(String),
    /// A diagnostic of this code was reported, and the [gate](super::Gate) denies it.
    #[error("'{0}' is denied")]
    Denied(&'static str),
    /// What was made is wrong, and the [gate](super::Gate) does not allow it.
    #[error("{}", .0.message)]
    Wrong(Box<Diagnostic>),
    /// More is lost than the [gate](super::Gate) allows.
    #[error("{} of its {} bytes are lost, which is too much", .0.lost(), .0.all())]
    Lost(Totals),
}

impl Failure {
    /// What to say or to set against it.
    pub fn remedy(&self) -> Option<Remedy> {
        match self {
            Failure::Error(error) => error.remedy(),
            Failure::Late { .. } => Some(Remedy::Time),
            Failure::Wrong(diagnostic) => diagnostic.remedy,
            _ => None,
        }
    }

    /// The message, and what helps.
    pub fn text(&self, wording: Wording) -> String {
        match self {
            Failure::Wrong(wrong) => match wrong.advice(wording) {
                Some(advice) => format!("{self}; {advice}"),
                None => self.to_string(),
            },
            _ => advised(self, self.remedy(), wording),
        }
    }
}
