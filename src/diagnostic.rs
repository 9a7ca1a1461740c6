//! What conversion has to say about its input: codes, severities, places, messages.
//!
//! Nothing in the library prints. Readers, transforms and writers hand diagnostics to the
//! [`Sink`] in their context; the command line prints them, tests collect them.

use crate::model::Span;

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing is wrong with the output.
    Note,
    /// The output differs from what the source says or the user asked for.
    Warning,
    /// The output would be wrong.
    Error,
}

/// A kind of diagnostic. Names are stable: `--deny`, reports and tests use them.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The stable name, in kebab case.
    pub name: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Whether the bytes of its span do not arrive in the output.
    pub loss: bool,
}

impl Code {
    const fn note(name: &'static str) -> Self {
        Code { name, severity: Severity::Note, loss: false }
    }
    const fn warning(name: &'static str) -> Self {
        Code { name, severity: Severity::Warning, loss: false }
    }
    const fn loss(name: &'static str) -> Self {
        Code { name, severity: Severity::Warning, loss: true }
    }
}

/// The codes that fanfold's own readers, transforms and writers use.
pub mod code {
    use super::Code;

    /// Bytes that are not valid in the input's encoding became U+FFFD.
    pub static INVALID_ENCODING: Code = Code::warning("invalid-encoding");
    /// A NUL character became U+FFFD.
    pub static NUL_CHARACTER: Code = Code::warning("nul-character");
    /// Nothing says the language and the text is too short or too mixed to tell.
    pub static LANGUAGE_GUESSED: Code = Code::note("language-guessed");
    /// The document has no title of its own.
    pub static NO_TITLE: Code = Code::note("no-title");
    /// No face has a glyph for a character; a box is drawn.
    pub static MISSING_GLYPH: Code = Code::warning("missing-glyph");
    /// Nesting is deeper than the limit; what is deeper was made flat.
    pub static NESTING_FLATTENED: Code = Code::warning("nesting-flattened");
    /// Raw HTML that the model cannot hold was left out.
    pub static HTML_DROPPED: Code = Code::loss("html-dropped");
    /// A link that could run code or read files was left out; its words stay.
    pub static UNSAFE_LINK: Code = Code::warning("unsafe-link");
    /// A link leads to an anchor that does not exist.
    pub static BROKEN_ANCHOR: Code = Code::warning("broken-anchor");
    /// An image could not be loaded or is of no known kind; its words stand in its place.
    pub static IMAGE_UNAVAILABLE: Code = Code::warning("image-unavailable");
    /// An image has no alternative text.
    pub static NO_ALT: Code = Code::warning("no-alt");
    /// Math is shown as its TeX source.
    pub static MATH_AS_SOURCE: Code = Code::note("math-as-source");
    /// A template or extension was kept but not expanded.
    pub static UNRESOLVED: Code = Code::warning("unresolved");
    /// A metadata field that the model has no place for was left out.
    pub static METADATA_DROPPED: Code = Code::loss("metadata-dropped");
}

/// Something to say about the input.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// The kind.
    pub code: &'static Code,
    /// Where in the source, when it is about a place.
    pub span: Option<Span>,
    /// What happened, in a sentence without a full stop.
    pub message: String,
    /// What to do about it, when something can be done.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic without a remedy.
    pub fn new(code: &'static Code, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Diagnostic { code, span: span.into(), message: message.into(), help: None }
    }

    /// Adds the remedy.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Where diagnostics go.
pub trait Sink {
    /// Takes one diagnostic.
    fn report(&mut self, diagnostic: Diagnostic);
}

/// Keeps them all, in order.
impl Sink for Vec<Diagnostic> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.push(diagnostic);
    }
}

/// Drops them all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ignore;

impl Sink for Ignore {
    fn report(&mut self, _: Diagnostic) {}
}
