//! The styles that are built in, each a file to copy.

use super::parts::Style;

/// Has every key; what other files lay themselves over.
pub(super) const BOOK: &str = include_str!("book.toml");

/// A style that is built in.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Builtin {
    /// Its name.
    pub name: &'static str,
    /// Its TOML.
    pub text: &'static str,
}

/// All of them, by name.
pub const BUILTIN: &[Builtin] = &[
    Builtin { name: "book", text: BOOK },
    Builtin { name: "large-print", text: include_str!("large-print.toml") },
    Builtin { name: "plain", text: include_str!("plain.toml") },
    Builtin { name: "report", text: include_str!("report.toml") },
];

/// The built-in style of a name.
pub fn builtin(name: &str) -> Option<&'static Builtin> {
    BUILTIN.iter().find(|built_in| built_in.name == name)
}

impl Builtin {
    /// Reads it.
    pub fn style(&self) -> Style {
        Style::parse(self.text).expect("a built-in style can be read")
    }

    /// What it is, from the first lines of its text.
    pub fn about(&self) -> &'static str {
        self.text.lines().next().unwrap_or_default().trim_start_matches("# ")
    }
}

crate::format::options!(Style);
