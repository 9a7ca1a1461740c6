//! What helps, named by what is to be said or set and not by how a program lets it be set.

use std::fmt;

/// What helps: something to say of a document, or a bound to raise. The library names it; who runs it
/// words it for its users, as `fanfold` does with its options. [`Display`](fmt::Display) words it for
/// programmers.
///
/// ```
/// use fanfold::{Converter, diagnostic::Remedy, format::{Error, Limits}};
///
/// let limits = Limits::default().with(|limits| limits.input_bytes = 10);
/// let converter = Converter::builder().limits(limits).build();
/// let mut diagnostics = Vec::new();
/// let mut cx = converter.read_context("cat.txt", &mut diagnostics);
/// let error = converter.read(b"= Cat =\n\nA small animal.\n", None, &mut cx).unwrap_err();
/// assert_eq!(error.remedy(), Some(Remedy::InputBytes));
/// let words = error.text(|_| "choose a shorter one".to_owned());
/// assert_eq!(words, "the input's size in bytes is over the limit of 10; choose a shorter one");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remedy {
    /// Say the [title](crate::model::Meta::title).
    Title,
    /// Say the [language](crate::model::Meta::language).
    Language,
    /// Say the [licence](crate::model::Meta::rights).
    Licence,
    /// Say the [encoding](crate::format::ReadContext::with_encoding) of the source.
    Encoding,
    /// Say the format of the source: this one, where it is known.
    Format(Option<&'static str>),
    /// Give the image of the cover.
    Cover,
    /// Give a font that has the characters.
    Font,
    /// Give fonts that have the characters, or allow boxes in their stead.
    Fonts,
    /// Give a rule for the template, or its page.
    Template,
    /// Split the source, or raise [`Limits::input_bytes`](crate::format::Limits::input_bytes).
    InputBytes,
    /// Raise [`Limits::nesting`](crate::format::Limits::nesting).
    Nesting,
    /// Split the document, or raise [`Limits::nodes`](crate::format::Limits::nodes).
    Nodes,
    /// Split the table, or raise [`Limits::table_cells`](crate::format::Limits::table_cells).
    TableCells,
    /// Split the document, or raise [`Limits::pages`](crate::format::Limits::pages).
    Pages,
    /// Raise [`Limits::image_bytes`](crate::format::Limits::image_bytes).
    ImageBytes,
    /// Raise [`Limits::total_image_bytes`](crate::format::Limits::total_image_bytes).
    TotalImageBytes,
    /// Raise [`Limits::image_pixels`](crate::format::Limits::image_pixels).
    ImagePixels,
    /// Raise [`Limits::template_expansions`](crate::format::Limits::template_expansions).
    TemplateExpansions,
    /// Name a [folder](crate::job::Settings::roots) that the image lies in.
    Root,
    /// Give a file for the address.
    MediaMap,
    /// Give a [list of works](crate::Builder), which takes the feature `citations`.
    Works,
    /// Begin the files of a book at higher headings only.
    SplitLevel,
    /// Make several books of the articles.
    SeveralBooks,
    /// Raise the [time](crate::job::Settings::time) for one document.
    Time,
}

/// How remedies are worded for users; as their [`Display`](fmt::Display) has it where nobody says otherwise.
pub type Wording = fn(Remedy) -> String;

impl Remedy {
    #[doc(hidden)]
    /// Every remedy there is, with and without a name for the one that can have one.
    pub const ALL: &'static [Remedy] = &[
        Remedy::Title,
        Remedy::Language,
        Remedy::Licence,
        Remedy::Encoding,
        Remedy::Format(None),
        Remedy::Format(Some("pandoc")),
        Remedy::Cover,
        Remedy::Font,
        Remedy::Fonts,
        Remedy::Template,
        Remedy::InputBytes,
        Remedy::Nesting,
        Remedy::Nodes,
        Remedy::TableCells,
        Remedy::Pages,
        Remedy::ImageBytes,
        Remedy::TotalImageBytes,
        Remedy::ImagePixels,
        Remedy::TemplateExpansions,
        Remedy::Root,
        Remedy::MediaMap,
        Remedy::Works,
        Remedy::SplitLevel,
        Remedy::SeveralBooks,
        Remedy::Time,
    ];
}

impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Remedy::Title => "give it a title",
            Remedy::Language => "say its language",
            Remedy::Licence => "say its licence",
            Remedy::Encoding => "say its encoding, or save it as UTF-8",
            Remedy::Format(None) => "say its format",
            Remedy::Format(Some(format)) => return write!(f, "say that its format is {format}"),
            Remedy::Cover => "give the image of its cover",
            Remedy::Font => "give a font that has it",
            Remedy::Fonts => "give fonts that have them, or allow 'missing-glyphs' to get boxes",
            Remedy::Template => "give a rule for it, or its page",
            Remedy::InputBytes => "split it, or raise the limit on the input's bytes",
            Remedy::Nesting => "raise the limit on nesting",
            Remedy::Nodes => "split the document, or raise the limit on its nodes",
            Remedy::TableCells => "split the table, or raise the limit on its cells",
            Remedy::Pages => "split the document, or raise the limit on its pages",
            Remedy::ImageBytes => "raise the limit on an image's bytes",
            Remedy::TotalImageBytes => "raise the limit on the bytes of all images",
            Remedy::ImagePixels => "raise the limit on an image's pixels",
            Remedy::TemplateExpansions => "raise the limit on expansions of templates",
            Remedy::Root => "allow the folder that it lies in",
            Remedy::MediaMap => "save it beside the input, or give a file for its address",
            Remedy::Works if cfg!(feature = "citations") => "give the list of the works",
            Remedy::Works => "build with the feature 'citations' and give the list of the works",
            Remedy::SplitLevel => "split at a higher heading level",
            Remedy::SeveralBooks => "make several books of it",
            Remedy::Time => "give it more time",
        })
    }
}

/// A message and what helps against it.
pub(crate) fn advised(message: impl fmt::Display, remedy: Option<Remedy>, wording: Wording) -> String {
    match remedy {
        Some(remedy) => format!("{message}; {}", wording(remedy)),
        None => message.to_string(),
    }
}
