//! What a format is called and how it is recognised.

/// The name of a format and how to recognise it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Format {
    /// The name on the command line, such as `markdown`.
    pub name: &'static str,
    /// Other names, such as `md`.
    pub aliases: &'static [&'static str],
    /// File extensions without the dot, the usual one first.
    pub extensions: &'static [&'static str],
    /// Media type (RFC 6838).
    pub media_type: &'static str,
    /// Whether the bytes are text that a terminal can show.
    pub text: bool,
    /// What it is, in a few words.
    pub description: &'static str,
}

impl Format {
    /// A format by its name, the extensions of its files without the dot, the usual one first, and its
    /// media type. It is text when the media type says so.
    pub fn new(name: &'static str, extensions: &'static [&'static str], media_type: &'static str) -> Self {
        let text = media_type.starts_with("text/");
        Format { name, aliases: &[], extensions, media_type, text, description: "" }
    }

    /// Other names, such as `md`.
    pub fn with_aliases(self, aliases: &'static [&'static str]) -> Self {
        Format { aliases, ..self }
    }

    /// What it is, in a few words.
    pub fn with_description(self, description: &'static str) -> Self {
        Format { description, ..self }
    }

    /// Whether the bytes are text that a terminal can show.
    pub fn with_text(self, text: bool) -> Self {
        Format { text, ..self }
    }

    /// Whether `name` is the format's name or one of its aliases.
    pub(crate) fn is_named(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name) || self.aliases.iter().any(|a| a.eq_ignore_ascii_case(name))
    }

    /// The usual extension of its files, without the dot.
    pub fn extension(&self) -> &'static str {
        self.extensions.first().copied().unwrap_or(self.name)
    }

    /// Whether files of the format usually end in `extension`.
    pub fn has_extension(&self, extension: &str) -> bool {
        self.extensions.iter().any(|e| e.eq_ignore_ascii_case(extension))
    }
}
