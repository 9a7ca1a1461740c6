//! The dialects of Markdown, and what each of them reads.

use pulldown_cmark::Options;

/// Whose Markdown it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dialect {
    /// What all of them write, where it means one thing alone.
    #[default]
    Any,
    /// CommonMark and nothing else.
    CommonMark,
    /// GitHub's.
    GitHub,
    /// Pandoc's.
    Pandoc,
    /// Obsidian's.
    Obsidian,
}

impl Dialect {
    /// What pandoc adds: attributes, spans and divs, notes in the text, lists with letters.
    pub(super) fn pandoc(self) -> bool {
        matches!(self, Dialect::Any | Dialect::Pandoc)
    }

    /// What Obsidian adds: links and embeds in double brackets, comments, callouts with titles.
    pub(super) fn obsidian(self) -> bool {
        matches!(self, Dialect::Any | Dialect::Obsidian)
    }

    /// What neither CommonMark nor pandoc has: emoji by name, alerts.
    pub(super) fn github(self) -> bool {
        matches!(self, Dialect::Any | Dialect::GitHub | Dialect::Obsidian)
    }

    /// The name that chooses it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Dialect::Any => "markdown",
            Dialect::CommonMark => "commonmark",
            Dialect::GitHub => "gfm",
            Dialect::Pandoc => "pandoc-markdown",
            Dialect::Obsidian => "obsidian",
        }
    }

    /// What the parser is asked for. Named one by one: all of it would bring an older form of notes and
    /// turn `~x~` from struck into lowered text.
    pub(super) fn options(self) -> Options {
        let tables = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
        let notes = Options::ENABLE_FOOTNOTES | Options::ENABLE_MATH;
        match self {
            Dialect::CommonMark => Options::empty(),
            Dialect::GitHub | Dialect::Obsidian => tables | notes | Options::ENABLE_GFM,
            Dialect::Pandoc => tables | notes | Options::ENABLE_DEFINITION_LIST,
            Dialect::Any => tables | notes | Options::ENABLE_GFM | Options::ENABLE_DEFINITION_LIST,
        }
    }
}
