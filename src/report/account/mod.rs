//! What becomes of each byte of an input.
//!
//! Every byte is [rendered](Fate::Rendered), [metadata](Fate::Metadata), [syntax](Fate::Syntax) or
//! [dropped](Fate::Dropped) under a code, and the four add up to the input because they are counted
//! off one strip as long as it. What keeps the count honest is how a byte gets its fate:
//!
//! - *rendered* is not claimed but found: the words of a node must stand in the source where the
//!   node's span says;
//! - *dropped* comes from the diagnostic of the loss, so that there is none without the other;
//! - *metadata* comes from the spans that the metadata names;
//! - *syntax* is white space, the few characters that a format marks with, and what a reader claims
//!   piece by piece ([`ReadContext::claim`](crate::format::ReadContext::claim)); there is no "everything else".
//!
//! What nothing speaks for stays [unaccounted](Totals::unaccounted), and tests hold that at 0.
//!
//! ```
//! use fanfold::{Converter, account::Ledger, format::{ReadContext, Limits}};
//!
//! let source = b"Some <blink>words</blink>.\n";
//! let (limits, mut said, mut ledger) = (Limits::default(), Vec::new(), Ledger::default());
//! let mut cx = ReadContext::new("a.md", &limits, &mut said).with_ledger(&mut ledger);
//! Converter::default().read(source, Some("markdown"), &mut cx)?;
//! let totals = ledger.account().expect("every reader here keeps account").totals();
//! assert_eq!((totals.rendered, totals.dropped, totals.unaccounted), (11, 15, 0));
//! assert_eq!(totals.all(), source.len());
//! # Ok::<(), fanfold::format::Error>(())
//! ```

mod evidence;
pub mod report;
mod strip;
mod words;

pub use strip::{Fate, Portion};

use strip::Strip;

use crate::model::{Document, Source, Span};

/// Takes claims while a reader reads, and settles them when it is done.
#[derive(Debug, Default)]
pub struct Ledger {
    claims: Vec<(Span, Fate)>,
    account: Option<Account>,
}

impl Ledger {
    /// What a span of the input became, where the document itself can't show it. Claims for the
    /// same byte: rendered comes before dropped, dropped before metadata, metadata before syntax.
    pub(crate) fn claim(&mut self, span: Span, fate: Fate) {
        if self.account.is_none() && !span.is_empty() {
            self.claims.push((span, fate));
        }
    }

    /// Settles the account of a text that was read into a document whose spans point into it.
    /// `marks` are the ASCII punctuation characters that the format marks with: where nothing else
    /// speaks for one, it is syntax.
    pub(crate) fn settle(&mut self, text: &str, document: &Document, marks: &str) {
        let mut strip = self.strip(text, marks);
        evidence::paint(&mut strip, document);
        self.account = Some(Account::of(strip, document.sources.first().cloned().unwrap_or_default()));
    }

    /// Settles the account of a text by the claims alone, for a format whose documents point into
    /// another source.
    pub(crate) fn settle_claims(&mut self, text: &str, source: Source, marks: &str) {
        self.account = Some(Account::of(self.strip(text, marks), source));
    }

    /// The account, once the reader has settled it; a reader that keeps none leaves `None`.
    pub fn account(&self) -> Option<&Account> {
        self.account.as_ref()
    }

    fn strip<'t>(&mut self, text: &'t str, marks: &str) -> Strip<'t> {
        let mut strip = Strip::new(text);
        strip.marks(marks);
        // The order is the precedence: what comes later paints over.
        let ranks: [fn(&Fate) -> bool; 4] = [
            |fate| *fate == Fate::Syntax,
            |fate| *fate == Fate::Metadata,
            |fate| matches!(fate, Fate::Dropped(_)),
            |fate| *fate == Fate::Rendered,
        ];
        for rank in ranks {
            for (span, fate) in self.claims.iter().filter(|(_, fate)| rank(fate)) {
                strip.paint(span.range(), *fate);
            }
        }
        self.claims = Vec::new();
        strip
    }
}

/// The settled account of an input.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Account {
    source: Source,
    portions: Vec<Portion>,
}

/// How many bytes have which fate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Totals {
    /// Bytes that are in the body.
    pub rendered: usize,
    /// Bytes that are in the metadata.
    pub metadata: usize,
    /// Bytes that say what something is.
    pub syntax: usize,
    /// Bytes that a diagnostic tells the loss of.
    pub dropped: usize,
    /// Bytes that nothing speaks for: a fault of the reader.
    pub unaccounted: usize,
}

impl Totals {
    /// All bytes of the input.
    pub fn all(&self) -> usize {
        self.rendered + self.metadata + self.syntax + self.dropped + self.unaccounted
    }

    /// Bytes that are in no output.
    pub fn lost(&self) -> usize {
        self.dropped + self.unaccounted
    }
}

impl Account {
    fn of(strip: Strip<'_>, source: Source) -> Self {
        Account { source, portions: strip.portions() }
    }

    /// The input: its name, and the format and the encoding it was read in.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The input from first to last byte, without gap or overlap.
    pub fn portions(&self) -> &[Portion] {
        &self.portions
    }

    /// The sums.
    pub fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        for Portion { range, fate } in &self.portions {
            *match fate {
                None => &mut totals.unaccounted,
                Some(Fate::Rendered) => &mut totals.rendered,
                Some(Fate::Metadata) => &mut totals.metadata,
                Some(Fate::Syntax) => &mut totals.syntax,
                Some(Fate::Dropped(_)) => &mut totals.dropped,
            } += range.len();
        }
        totals
    }
}
