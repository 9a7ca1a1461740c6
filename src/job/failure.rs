//! Why a document failed as a whole.

use crate::account::Totals;
use crate::diagnostic::{Remedy, Wording, advised};
use crate::format::Error;
use std::fmt;
use std::time::Duration;

/// Why a document failed as a whole.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure {
    /// It could not be read, or was stopped.
    Error(Error),
    /// It took longer than it may.
    Late {
        /// Its time.
        limit: Duration,
    },
    /// A part of the program panicked over it, with this message.
    Panic(String),
    /// A diagnostic of this code was reported, and the [gate](super::Gate) denies it.
    Denied(&'static str),
    /// More is lost than the [gate](super::Gate) allows.
    Lost(Totals),
}

impl Failure {
    /// What to say or to set against it.
    pub fn remedy(&self) -> Option<Remedy> {
        match self {
            Failure::Error(error) => error.remedy(),
            Failure::Late { .. } => Some(Remedy::Time),
            _ => None,
        }
    }

    /// The message, and what helps.
    pub fn text(&self, wording: Wording) -> String {
        advised(self, self.remedy(), wording)
    }
}

impl std::error::Error for Failure {}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Error(error) => error.fmt(f),
            Failure::Late { limit } => {
                write!(f, "it took longer than the limit of {} s", limit.as_secs_f64())
            }
            Failure::Panic(message) => write!(f, "panic: {message}"),
            Failure::Denied(code) => write!(f, "'{code}' is denied"),
            Failure::Lost(totals) => {
                write!(f, "{} of its {} bytes are lost, which is too much", totals.lost(), totals.all())
            }
        }
    }
}
