//! The loss report: an account as JSON.

use super::{Account, Fate, Portion, Totals};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Source, Span};
use serde::ser::{SerializeSeq, SerializeTuple};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// The version of the report's form: `major.minor`.
pub const VERSION: &str = "0.1";

/// What is told of one input.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    /// The input's name as given, its format and encoding, and how long it is when decoded to UTF-8,
    /// which is what all offsets count in.
    input: &'a Source,
    /// How many bytes have which fate.
    totals: Totals,
    /// The losses by the code that tells them.
    losses: BTreeMap<&'static str, Loss>,
    /// The whole input, `[start, end, fate]` each; what is dropped has its code as a fourth element.
    #[serde(serialize_with = "portions")]
    portions: &'a [Portion],
    /// What reading and writing had to say, in order.
    #[serde(serialize_with = "diagnostics")]
    diagnostics: &'a [Diagnostic],
}

/// What was dropped under one code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
struct Loss {
    /// Bytes.
    bytes: usize,
    /// Places that don't touch.
    places: usize,
}

impl<'a> Report<'a> {
    /// The report of an input from its account and what was said on the way.
    pub fn new(account: &'a Account, diagnostics: &'a [Diagnostic]) -> Self {
        let mut losses: BTreeMap<&'static str, Loss> = BTreeMap::new();
        for Portion { range, fate } in account.portions() {
            if let Some(Fate::Dropped(code)) = fate {
                let loss = losses.entry(code.name).or_default();
                loss.bytes += range.len();
                loss.places += 1;
            }
        }
        Report {
            input: account.source(),
            totals: account.totals(),
            losses,
            portions: account.portions(),
            diagnostics,
        }
    }
}

fn portions<S: Serializer>(portions: &&[Portion], s: S) -> Result<S::Ok, S::Error> {
    struct One<'a>(&'a Portion);
    impl Serialize for One<'_> {
        fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
            let Portion { range, fate } = self.0;
            let (name, code) = match fate {
                None => ("unaccounted", None),
                Some(Fate::Rendered) => ("rendered", None),
                Some(Fate::Metadata) => ("metadata", None),
                Some(Fate::Syntax) => ("syntax", None),
                Some(Fate::Dropped(code)) => ("dropped", Some(code.name)),
            };
            let mut tuple = s.serialize_tuple(3 + usize::from(code.is_some()))?;
            tuple.serialize_element(&range.start)?;
            tuple.serialize_element(&range.end)?;
            tuple.serialize_element(name)?;
            if let Some(code) = code {
                tuple.serialize_element(code)?;
            }
            tuple.end()
        }
    }
    let mut seq = s.serialize_seq(Some(portions.len()))?;
    portions.iter().try_for_each(|portion| seq.serialize_element(&One(portion)))?;
    seq.end()
}

fn diagnostics<S: Serializer>(diagnostics: &&[Diagnostic], s: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Said<'a> {
        code: &'static str,
        severity: Severity,
        loss: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        span: Option<Span>,
        message: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        help: Option<String>,
    }
    s.collect_seq(diagnostics.iter().map(|said| Said {
        code: said.code.name,
        severity: said.code.severity,
        loss: said.code.loss,
        span: said.span,
        message: &said.message,
        help: said.advice(|remedy| remedy.to_string()),
    }))
}
