//! What fails a document that could be converted: denied diagnostics, too much that is lost.

use super::Failure;
use crate::account::Totals;
use crate::diagnostic::{Code, Diagnostic, Severity, Sink, code};
use crate::format::OptionError;
use std::str::FromStr;

/// What fails a document that could be converted; by default what makes the output wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gate {
    /// Whether any warning does.
    pub warnings: bool,
    /// The codes that do.
    pub denied: Vec<String>,
    /// The codes that do not, although they are warnings or errors.
    pub allowed: Vec<String>,
    /// How much of it may be lost.
    pub max_loss: Option<MaxLoss>,
}

impl Gate {
    /// Whether a diagnostic fails its document.
    pub fn denies(&self, diagnostic: &Diagnostic) -> bool {
        let named = |codes: &[String]| codes.iter().any(|code| code == diagnostic.code.name);
        let least = if self.warnings { Severity::Warning } else { Severity::Error };
        named(&self.denied) || (diagnostic.code.severity >= least && !named(&self.allowed))
    }

    /// Whether so much may be lost.
    pub(crate) fn allows(&self, totals: Totals) -> bool {
        self.max_loss.is_none_or(|most| most.allows(totals))
    }
}

/// How much of a document may be lost.
///
/// ```
/// use fanfold::job::MaxLoss;
///
/// assert_eq!("200".parse(), Ok(MaxLoss::Bytes(200)));
/// assert_eq!("0.5%".parse(), Ok(MaxLoss::Share(5_000)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MaxLoss {
    /// So many bytes.
    Bytes(usize),
    /// In millionths of the source.
    Share(u32),
}

impl MaxLoss {
    /// Whether so much may be lost.
    pub(crate) fn allows(self, totals: Totals) -> bool {
        match self {
            MaxLoss::Bytes(most) => totals.lost() <= most,
            MaxLoss::Share(parts) => {
                totals.lost() as u128 * 1_000_000 <= u128::from(parts) * totals.all() as u128
            }
        }
    }
}

impl FromStr for MaxLoss {
    type Err = OptionError;

    /// Reads `200` or `0.5%`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fault = "it is a number of bytes, or a share such as '0.5%'";
        let Some(percent) = text.strip_suffix('%') else {
            return text.parse().map(MaxLoss::Bytes).map_err(|_| fault.into());
        };
        let (whole, fraction) = percent.split_once('.').unwrap_or((percent, "0"));
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(fraction) || fraction.len() > 4 {
            return Err(fault.into());
        }
        let parts: u32 = format!("{whole}{fraction:0<4}").parse().map_err(|_| fault)?;
        if parts > 1_000_000 { Err("it is at most 100%".into()) } else { Ok(MaxLoss::Share(parts)) }
    }
}

/// What is true of a document whoever looks at it: readers tell it, and writers that come to it on their own.
static OF_THE_DOCUMENT: [&Code; 2] = [&code::NO_TITLE, &code::BROKEN_ANCHOR];

/// Hands diagnostics on and notes the first that is denied.
pub(super) struct Watched<'w> {
    pub gate: &'w Gate,
    pub sink: &'w mut dyn Sink,
    pub denied: Option<Failure>,
    /// Of what is true of the document, what was told in this step and in those before.
    now: [bool; 2],
    before: [bool; 2],
}

impl<'w> Watched<'w> {
    pub fn new(gate: &'w Gate, sink: &'w mut dyn Sink) -> Self {
        Watched { gate, sink, denied: None, now: Default::default(), before: Default::default() }
    }

    /// The next format is written: what was told before is not told again.
    pub fn next_step(&mut self) {
        self.before = self.now;
    }
}

impl Sink for Watched<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        if let Some(which) = OF_THE_DOCUMENT.iter().position(|code| code.name == diagnostic.code.name) {
            if self.before[which] {
                return;
            }
            self.now[which] = true;
        }
        if self.denied.is_none() && self.gate.denies(&diagnostic) {
            self.denied = Some(match diagnostic.code.severity {
                Severity::Error => Failure::Wrong(Box::new(diagnostic.clone())),
                _ => Failure::Denied(diagnostic.code.name),
            });
        }
        self.sink.report(diagnostic);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_bytes_or_a_share() {
        assert_eq!("200".parse(), Ok(MaxLoss::Bytes(200)));
        assert_eq!("0.5%".parse(), Ok(MaxLoss::Share(5_000)));
        assert_eq!("100%".parse(), Ok(MaxLoss::Share(1_000_000)));
        for wrong in ["", "%", "-1", "0.5", "101%", "1.23456%", ".5%", "5 %"] {
            assert!(wrong.parse::<MaxLoss>().is_err(), "{wrong}");
        }
        let totals = Totals { rendered: 995, dropped: 4, unaccounted: 1, ..Totals::default() };
        assert!(MaxLoss::Bytes(5).allows(totals) && !MaxLoss::Bytes(4).allows(totals));
        assert!(MaxLoss::Share(5_000).allows(totals) && !MaxLoss::Share(4_999).allows(totals));
        assert!(MaxLoss::Share(0).allows(Totals::default()), "an empty input loses nothing");
    }
}
