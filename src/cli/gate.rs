//! What fails a conversion that could be done: denied diagnostics, too much that is lost.

use super::conversion::Deny;
use super::report::Report;
use crate::account::Totals;
use crate::diagnostic::{Diagnostic, Severity, Sink};

/// How much of an input may be lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MaxLoss {
    Bytes(usize),
    /// In millionths of the input.
    Share(u32),
}

/// Reads `200` or `0.5%`.
pub(super) fn max_loss(text: &str) -> Result<MaxLoss, &'static str> {
    let fault = "it is a number of bytes, or a share such as '0.5%'";
    let Some(percent) = text.strip_suffix('%') else {
        return text.parse().map(MaxLoss::Bytes).map_err(|_| fault);
    };
    let (whole, fraction) = percent.split_once('.').unwrap_or((percent, "0"));
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || fraction.len() > 4 {
        return Err(fault);
    }
    let parts: u32 = format!("{whole}{fraction:0<4}").parse().map_err(|_| fault)?;
    if parts > 1_000_000 { Err("it is at most 100%") } else { Ok(MaxLoss::Share(parts)) }
}

impl MaxLoss {
    /// Whether so much may be lost.
    pub fn allows(self, totals: Totals) -> bool {
        match self {
            MaxLoss::Bytes(most) => totals.lost() <= most,
            MaxLoss::Share(parts) => {
                totals.lost() as u128 * 1_000_000 <= u128::from(parts) * totals.all() as u128
            }
        }
    }
}

/// Prints diagnostics as they come, notes whether one of them is denied, and keeps them where a
/// report wants them.
pub(super) struct Gate<'g, 'r> {
    pub deny: &'g Deny,
    pub quiet: bool,
    pub denied: bool,
    pub kept: Option<Vec<Diagnostic>>,
    pub report: &'g mut Report<'r>,
}

impl Sink for Gate<'_, '_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        let denied = self.deny.denies(&diagnostic);
        self.denied |= denied;
        if denied || !self.quiet || diagnostic.code.severity == Severity::Error {
            self.report.diagnostic(&diagnostic, denied);
        }
        if let Some(kept) = &mut self.kept {
            kept.push(diagnostic);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_bytes_or_a_share() {
        assert_eq!(max_loss("200"), Ok(MaxLoss::Bytes(200)));
        assert_eq!(max_loss("0.5%"), Ok(MaxLoss::Share(5_000)));
        assert_eq!(max_loss("100%"), Ok(MaxLoss::Share(1_000_000)));
        for wrong in ["", "%", "-1", "0.5", "101%", "1.23456%", ".5%", "5 %"] {
            assert!(max_loss(wrong).is_err(), "{wrong}");
        }
        let totals = Totals { rendered: 995, dropped: 4, unaccounted: 1, ..Totals::default() };
        assert!(MaxLoss::Bytes(5).allows(totals) && !MaxLoss::Bytes(4).allows(totals));
        assert!(MaxLoss::Share(5_000).allows(totals) && !MaxLoss::Share(4_999).allows(totals));
        assert!(MaxLoss::Share(0).allows(Totals::default()), "an empty input loses nothing");
    }
}
