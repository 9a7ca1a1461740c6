//! What conversion has to say about its input: codes, severities, places, messages.
//!
//! Nothing in the library prints. Readers, transforms and writers hand diagnostics to the
//! [`Sink`] in their context; the command line prints them, tests collect them.

pub(crate) use super::remedy::advised;
pub use super::remedy::{Remedy, Wording};

use crate::model::Span;

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing is wrong with the output.
    Note,
    /// The output differs from what the source says or the user asked for.
    Warning,
    /// The output would be wrong: a [gate](crate::job::Gate) that does not allow it holds it back.
    Error,
}

/// A kind of diagnostic. Names are stable: `--deny`, reports and tests use them.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Code {
    /// The stable name, in kebab case.
    pub name: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Whether the bytes of its span do not arrive in the output.
    pub loss: bool,
    /// What it says, in sentences.
    pub about: &'static str,
}

impl Code {
    /// A code of something worth knowing.
    pub const fn note(name: &'static str, about: &'static str) -> Self {
        Code { name, severity: Severity::Note, loss: false, about }
    }
    /// A code of output that differs from what the source says or the user asked for.
    pub const fn warning(name: &'static str, about: &'static str) -> Self {
        Code { name, severity: Severity::Warning, loss: false, about }
    }
    /// A code of output that would be wrong.
    pub const fn error(name: &'static str, about: &'static str) -> Self {
        Code { name, severity: Severity::Error, loss: false, about }
    }
    /// A code of bytes that do not arrive in the output and need not.
    pub const fn loss_note(name: &'static str, about: &'static str) -> Self {
        Code { name, severity: Severity::Note, loss: true, about }
    }
    /// A code of bytes that do not arrive in the output.
    pub const fn loss(name: &'static str, about: &'static str) -> Self {
        Code { name, severity: Severity::Warning, loss: true, about }
    }
}

/// The codes that fanfold's own readers, transforms and writers use.
pub mod code {
    use super::Code;

    macro_rules! codes {
        ($($(#[doc = $about:literal])+ $name:ident = $kind:ident $text:literal;)*) => {
            $($(#[doc = $about])+ pub static $name: Code = Code::$kind($text, concat!($($about),+));)*

            /// Every code there is.
            pub static ALL: &[&Code] = &[$(&$name),*];
        };
    }

    codes! {
        /// Bytes that are not valid in the input's encoding became U+FFFD.
        INVALID_ENCODING = warning "invalid-encoding";
        /// The text is no UTF-8 and declares no encoding; it was read in the one that it looks like.
        ENCODING_GUESSED = warning "encoding-guessed";
        /// A NUL character became U+FFFD.
        NUL_CHARACTER = warning "nul-character";
        /// Nothing says the language and the text is too short or too mixed to tell.
        LANGUAGE_GUESSED = note "language-guessed";
        /// The document has no title of its own.
        NO_TITLE = note "no-title";
        /// Nothing says under which licence the text may be used. Reported only where it is denied.
        MISSING_LICENSE = note "missing-license";
        /// No face has glyphs for characters of a script; boxes are drawn.
        MISSING_GLYPH = warning "missing-glyph";
        /// More than two in a hundred characters of the pages are boxes, since no face has them.
        MISSING_GLYPHS = error "missing-glyphs";
        /// A font file in a folder given for fonts is broken or of no use.
        FONT_UNUSABLE = warning "font-unusable";
        /// Nesting is deeper than the limit; what is deeper was made flat.
        NESTING_FLATTENED = warning "nesting-flattened";
        /// Raw HTML that the model cannot hold was left out.
        HTML_DROPPED = loss "html-dropped";
        /// A part of the page that is not of its article was left out: a menu, comments, other articles.
        BOILERPLATE = loss_note "boilerplate";
        /// A link that could run code or read files was left out; its words stay.
        UNSAFE_LINK = loss "unsafe-link";
        /// A link's address is no URL, or leads nowhere from where the output is read; its words stay.
        INVALID_LINK = warning "invalid-link";
        /// Control characters that no markup can hold were left out.
        CONTROL_REMOVED = loss "control-removed";
        /// A character turns the direction of what comes after it, so that it is not read as it stands.
        BIDI_OVERRIDE = warning "bidi-override";
        /// A link leads to an anchor that does not exist.
        BROKEN_ANCHOR = warning "broken-anchor";
        /// A table is too wide for the page and was set in parts, some columns under others.
        TABLE_SPLIT = note "table-split";
        /// A head or foot of the pages is longer than its line and ends with an ellipsis.
        RUNNING_LINE_CUT = warning "running-line-cut";
        /// Two colours of a style are too much alike for text (WCAG 2.2, 1.4.3, level AA).
        LOW_CONTRAST = warning "low-contrast";
        /// An option says something that nothing that is written has a use for.
        UNUSED_OPTION = warning "unused-option";
        /// An option that a document gives for itself is none, or is not its to give; it was left out.
        OPTION_DROPPED = warning "option-dropped";
        /// A table is too wide for the page and stands on a turned one.
        TABLE_TURNED = note "table-turned";
        /// An image could not be loaded or is of no known kind; its words stand in its place.
        IMAGE_UNAVAILABLE = warning "image-unavailable";
        /// A drawing has something that the output has no form for; the rest is drawn.
        IMAGE_SIMPLIFIED = warning "image-simplified";
        /// An image has no alternative text.
        NO_ALT = warning "no-alt";
        /// Math is shown as its TeX source.
        MATH_AS_SOURCE = note "math-as-source";
        /// A template that the page does not need, such as a navigation box, was left out.
        TEMPLATE_DROPPED = loss_note "template-dropped";
        /// Text that the source hides was left out.
        HIDDEN_TEXT = loss "hidden-text";
        /// A note is called, but nothing says what is in it.
        NOTE_UNDEFINED = warning "note-undefined";
        /// A note that nothing calls was left out.
        NOTE_UNUSED = loss "note-unused";
        /// A note is given more than once, and not by the same words; the first counts.
        NOTE_REPEATED = loss "note-repeated";
        /// A template or extension was kept but not expanded; what of it is shown, the reader's policy says.
        UNRESOLVED = loss "unresolved";
        /// An argument of a template that is not shown was left out.
        ARGUMENT_DROPPED = loss "argument-dropped";
        /// The label of an infobox's row is the bare name of a template's argument.
        RAW_LABEL = note "raw-label";
        /// What only says how something looks was left out: colours, sizes, places.
        PRESENTATION_DROPPED = loss_note "presentation-dropped";
        /// A metadata field that the model has no place for was left out.
        METADATA_DROPPED = loss "metadata-dropped";
        /// Which day a date means can't be told: it is shown as it is, and kept in no metadata.
        DATE_UNCLEAR = warning "date-unclear";
        /// Raw mark-up that means something to one output format only was left out.
        RAW_DROPPED = loss "raw-dropped";
        /// An attribute that the model has no place for was left out.
        ATTRIBUTE_DROPPED = loss "attribute-dropped";
        /// A comment, which only those who edit the source see, was left out.
        COMMENT_DROPPED = loss_note "comment-dropped";
        /// The definition of a link that no text uses was left out.
        LINK_UNUSED = loss "link-unused";
        /// A table's row has more cells than the table has columns; the rest were left out.
        CELLS_DROPPED = loss "cells-dropped";
        /// Something of a newer version of the JSON was kept as it is; at most its words are shown.
        UNKNOWN_KEPT = warning "unknown-kept";
        /// A part of a construct that the model has no place for was left out.
        STRUCTURE_DROPPED = loss "structure-dropped";
        /// What looks like mark-up, of a dialect that is not read or not whole, stands in the text as it is.
        MARKUP_AS_TEXT = warning "markup-as-text";
        /// No list of works has what a citation cites; it stands as it is written.
        CITATION_UNKNOWN = warning "citation-unknown";
        /// A list of works, a work of one, or a style of citations can't be read.
        WORK_UNREADABLE = warning "work-unreadable";
        /// The output format has no form for a construct; its words stay.
        STRUCTURE_FLATTENED = warning "structure-flattened";
    }
}

/// Something to say about the input.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The kind.
    pub code: &'static Code,
    /// Where in the source, when it is about a place.
    pub span: Option<Span>,
    /// What happened, in a sentence without a full stop.
    pub message: String,
    /// What to do about it in the source, when something can be done there.
    pub help: Option<String>,
    /// What to say or to set against it.
    pub remedy: Option<Remedy>,
}

impl Diagnostic {
    /// A diagnostic without advice.
    pub fn new(code: &'static Code, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Diagnostic { code, span: span.into(), message: message.into(), help: None, remedy: None }
    }

    /// Adds what to do about it in the source.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds what to say or to set against it.
    pub fn remedy(mut self, remedy: impl Into<Option<Remedy>>) -> Self {
        self.remedy = remedy.into();
        self
    }

    /// What to do about it, in words.
    pub fn advice(&self, wording: Wording) -> Option<String> {
        match (&self.help, self.remedy) {
            (Some(help), Some(remedy)) => Some(format!("{help}, or {}", wording(remedy))),
            (help, remedy) => help.clone().or(remedy.map(wording)),
        }
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
