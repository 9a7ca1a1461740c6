//! What is noticed of documents that are converted at once, told in their order.

use super::conversion::Conversion;
use super::remedy::worded;
use super::report::{Report, emit};
use fanfold::batch::Watch;
use fanfold::diagnostic::{Diagnostic, Sink};
use fanfold::job::Gate;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Prints the diagnostics of the document whose turn it is as they come, and holds those of others
/// back until they are finished.
pub(super) struct Said {
    gate: Gate,
    quiet: bool,
    /// Whether a report wants the diagnostics as well.
    keep: bool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The document whose turn it is.
    turn: Option<String>,
    held: BTreeMap<String, Held>,
}

#[derive(Default)]
struct Held {
    text: String,
    kept: Vec<Diagnostic>,
}

impl Said {
    pub fn new(conversion: &Conversion, keep: bool) -> Arc<Self> {
        let (gate, quiet) = (conversion.settings.gate.clone(), conversion.loudness.quiet);
        Arc::new(Said { gate, quiet, keep, state: Mutex::default() })
    }

    /// Takes the diagnostics of the documents of a batch.
    pub fn watch(self: &Arc<Self>) -> Watch {
        let said = self.clone();
        Arc::new(move |name, source| Box::new(said.of(name, source)))
    }

    /// Takes the diagnostics of one document.
    pub fn of<'s>(self: &Arc<Self>, name: &'s str, source: &'s [u8]) -> SaidOf<'s> {
        self.within(name, name, source)
    }

    /// Takes what is said of a document at places in one of its files.
    pub fn within<'s>(self: &Arc<Self>, document: &'s str, file: &'s str, source: &'s [u8]) -> SaidOf<'s> {
        SaidOf { said: self.clone(), name: document, report: Report::new(file, source) }
    }

    /// From now on what is said of this document is printed as it comes.
    pub fn turn(&self, name: Option<&str>) {
        let mut state = self.state();
        state.turn = name.map(str::to_owned);
        if let Some(held) = name.and_then(|name| state.held.get_mut(name)) {
            emit(&std::mem::take(&mut held.text));
        }
    }

    /// Prints what is left to say of a document; all that was said of it, where that is kept.
    pub fn finished(&self, name: &str) -> Vec<Diagnostic> {
        let held = self.state().held.remove(name).unwrap_or_default();
        emit(&held.text);
        held.kept
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes the diagnostics of one document.
pub(super) struct SaidOf<'s> {
    said: Arc<Said>,
    name: &'s str,
    report: Report<'s>,
}

impl Sink for SaidOf<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        let Said { gate, quiet, keep, .. } = &*self.said;
        let denied = gate.denies(&diagnostic);
        let shown = denied || !quiet;
        let text = if shown { self.report.text(&diagnostic, denied) } else { String::new() };
        let mut state = self.said.state();
        if state.turn.as_deref() == Some(self.name) {
            emit(&text);
            if !keep {
                return;
            }
        }
        let turn = state.turn.as_deref() == Some(self.name);
        let held = state.held.entry(self.name.to_owned()).or_default();
        if !turn {
            held.text += &text;
        }
        if *keep {
            held.kept.push(worded(diagnostic));
        }
    }
}
