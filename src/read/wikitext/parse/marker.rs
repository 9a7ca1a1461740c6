//! What markers stand for: that which is no text, put aside until the text is read.

use crate::model::Span;
use crate::read::wikitext::expand::arguments::Argument;
use crate::read::wikitext::expand::flat::Flat;
use crate::read::wikitext::show::Show;
use std::ops::Range;

/// Something that a marker stands for.
#[derive(Clone, Debug)]
pub enum Item {
    /// An extension tag.
    Extension { name: &'static str, attributes: String, body: Option<Body>, span: Span },
    /// A template that stays as it is.
    Unresolved { name: String, arguments: Vec<(String, String)>, source: Range<usize>, why: Why },
    /// An infobox, whose arguments are still to be read as rows.
    Infobox { name: String, arguments: Vec<Argument> },
    /// Several pictures, whose arguments are still to be read.
    Pictures { name: String, arguments: Vec<Argument> },
    /// A template that is left out on purpose.
    Dropped { name: String, what: Dropped },
}

/// Why a template is not expanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// No rule has its name.
    Unknown,
    /// Its rule can't read its arguments.
    Misread,
    /// It works on what no rule knows.
    Figure,
    /// It is written in Lua.
    Lua,
    /// It's nested too deeply.
    Nesting,
    /// Too many were expanded before it.
    Calls,
    /// All expansions together got too long.
    Length,
    /// Its page calls itself.
    Loop,
    /// It asks for the time at which the page is shown.
    Clock,
}

/// What kind of template is left out on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dropped {
    /// A navigation box.
    Navigation,
    /// A message to editors.
    Message,
    /// What a rule says is not shown.
    Rule,
}

/// The content of an extension tag.
#[derive(Clone, Debug)]
pub enum Body {
    /// A range of the source that has not been looked at.
    Source(Range<usize>),
    /// Text that has been expanded.
    Made(Flat),
}

impl Item {
    /// What is shown of a template that is kept as it is, in one line; of anything else nothing. `alone`: it
    /// stands on lines of its own.
    pub fn shown(&self, show: Show, alone: bool, source: &str) -> String {
        let Item::Unresolved { name, arguments, source: at, why } = self else { return String::new() };
        // A figure that can't be read is not to be guessed.
        let show = if *why == Why::Misread { Show::Source } else { show };
        let text = match show {
            Show::Auto if alone || *why != Why::Unknown => return String::new(),
            Show::Auto => visible_words(arguments),
            Show::Nothing => return String::new(),
            Show::Name => name.clone(),
            Show::Arguments => {
                let values = arguments.iter().map(|(_, value)| value.as_str()).filter(|v| !v.is_empty());
                values.collect::<Vec<_>>().join(" ")
            }
            Show::Source => source.get(at.clone()).unwrap_or_default().to_owned(),
        };
        text.split_whitespace().collect::<Vec<_>>().join(" ").replace('\0', "")
    }

    /// Whether it stands for a block in any case.
    pub fn is_block(&self) -> bool {
        match self {
            Item::Infobox { .. } | Item::Pictures { .. } => true,
            Item::Extension { name, attributes, .. } => match *name {
                "gallery" | "pre" | "poem" | "references" | "timeline" | "imagemap" => true,
                "syntaxhighlight" | "source" => super::html::attribute(attributes, "inline").is_none(),
                "math" => super::html::attribute(attributes, "display") == Some("block"),
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether it is a block where it stands alone on its line.
    pub fn may_be_block(&self) -> bool {
        match self {
            Item::Unresolved { .. } => true,
            Item::Extension { name, .. } => {
                matches!(*name, "math" | "score" | "graph" | "mapframe" | "maplink" | "hiero")
            }
            _ => false,
        }
    }

    /// Whether it shows nothing, so that it doesn't start a paragraph.
    pub fn is_invisible(&self) -> bool {
        match self {
            Item::Dropped { .. } => true,
            Item::Extension { name, .. } => {
                matches!(*name, "templatestyles" | "indicator" | "section" | "templatedata")
            }
            _ => false,
        }
    }
}

/// The words of an unknown template's arguments: codes and numbers steer, words are shown.
fn visible_words(arguments: &[(String, String)]) -> String {
    let positional = arguments.iter().filter(|(name, _)| name.bytes().all(|b| b.is_ascii_digit()));
    let is_word = |c: char| c.is_alphabetic() && !c.is_ascii_uppercase();
    // What holds templates is not understood by itself.
    let plain = positional.filter(|(_, value)| !value.contains("{{") && !value.contains("{|"));
    let words = |value: &str| crate::markup::entity::decode(&bare(value)).into_owned();
    let visible = plain.map(|(_, value)| words(value)).filter(|v| v.chars().any(is_word));
    visible.collect::<Vec<_>>().join(" ")
}

/// The words of a text as it is written, without mark-up.
pub fn bare(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find(['[', ']', '<', '\'']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(link) = rest.strip_prefix("[[") {
            // Of a link, what it shows.
            let end = link.find("]]").unwrap_or(link.len());
            let shown = link[..end].rsplit('|').next().unwrap_or_default();
            out.push_str(shown);
            rest = link.get(end + 2..).unwrap_or("");
        } else if rest.starts_with('<') {
            rest = rest.find('>').map_or("", |end| &rest[end + 1..]);
        } else {
            let quotes = rest.bytes().take_while(|b| *b == b'\'').count();
            if quotes == 1 {
                out.push('\'');
            }
            rest = &rest[quotes.max(1)..];
        }
    }
    out.push_str(rest);
    out
}
