//! Lines of output: prefixes, blank lines, filling.

use super::breaks::{self, End};
use crate::text;
use hypher::Lang;
use std::iter;

/// Text being written, line by line, each line after the prefix of what encloses it.
pub(super) struct Lines {
    /// What was written.
    pub buf: String,
    /// Columns of a line, prefix included.
    width: usize,
    /// What starts a line here: spaces, and `> ` for each quotation.
    indent: String,
    /// What starts the next line instead, when an item's marker is still to be written.
    lead: String,
    /// Length of the indent that a blank line, due before the next line, has.
    blank: Option<usize>,
    /// Whether any line was written.
    begun: bool,
    /// How paragraphs are set.
    pub setting: Setting,
}

/// How the lines of paragraphs are set.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Setting {
    /// Fills every line but the last to its last column.
    pub justify: bool,
    /// Hyphenates by the rules of this language.
    pub hyphenate: Option<Lang>,
}

/// An indent as it was, to be given back to [`Lines::leave`].
#[must_use]
pub(super) struct Enclosing(usize);

impl Lines {
    pub fn new(width: usize, setting: Setting) -> Self {
        Lines {
            buf: String::new(),
            width,
            indent: String::new(),
            lead: String::new(),
            blank: None,
            begun: false,
            setting,
        }
    }

    /// Columns left for text. Deep nesting never takes the last quarter of the page.
    pub fn room(&self) -> usize {
        self.width.saturating_sub(text::width(&self.indent)).max(self.width / 4).max(1)
    }

    /// Encloses what follows: `marker` starts the next line, `rest` the lines after it.
    pub fn enter(&mut self, marker: &str, rest: &str) -> Enclosing {
        let before = self.indent.len();
        if self.lead.is_empty() {
            self.lead.push_str(&self.indent);
        }
        self.lead.push_str(marker);
        self.indent.push_str(rest);
        Enclosing(before)
    }

    /// Like [`Lines::enter`] with a marker of the given width and spaces under it.
    pub fn enter_item(&mut self, marker: &str, width: usize) -> Enclosing {
        let before = self.indent.len();
        if self.lead.is_empty() {
            self.lead.push_str(&self.indent);
        }
        self.lead.push_str(marker);
        self.lead.extend(iter::repeat_n(' ', width.saturating_sub(text::width(marker))));
        self.indent.extend(iter::repeat_n(' ', width));
        Enclosing(before)
    }

    /// Ends what [`Lines::enter`] began; a marker without content gets its line.
    pub fn leave(&mut self, enclosing: Enclosing) {
        if !self.lead.trim_end().is_empty() && self.lead.len() > enclosing.0 {
            self.line("");
        }
        self.lead.clear();
        self.indent.truncate(enclosing.0);
    }

    /// Leaves a blank line before the next line, however often it is asked for.
    pub fn blank(&mut self) {
        if self.begun {
            let here = self.indent.len();
            self.blank = Some(self.blank.map_or(here, |n| n.min(here)));
        }
    }

    /// Whether any line was written.
    pub fn begun(&self) -> bool {
        self.begun
    }

    /// Leaves two blank lines before the next line.
    pub fn section_break(&mut self) {
        self.buf.push('\n');
        self.blank();
    }

    /// Writes a line as it is.
    pub fn line(&mut self, text: &str) {
        self.start();
        self.buf.push_str(text);
        self.end();
    }

    /// Writes a line of one repeated character.
    pub fn rule(&mut self, c: char, count: usize) {
        self.start();
        self.buf.extend(iter::repeat_n(c, count));
        self.end();
    }

    /// Fills lines with running text and returns the columns of the widest. A newline in it is a
    /// line break that is meant.
    pub fn fill(&mut self, text: &str) -> usize {
        let room = self.room();
        let mut widest = 0;
        for part in text.split('\n') {
            breaks::fill(part.trim_matches(' '), room, None, |line| {
                widest = widest.max(line.columns);
                self.line(line.text);
            });
        }
        widest
    }

    /// Fills lines with the text of a paragraph, set as paragraphs are.
    pub fn fill_paragraph(&mut self, text: &str) {
        let Setting { justify, hyphenate } = self.setting;
        if !justify && hyphenate.is_none() {
            self.fill(text);
            return;
        }
        let room = self.room();
        for part in text.split('\n') {
            breaks::fill(part.trim_matches(' '), room, hyphenate, |line| {
                let hyphen = if line.end == End::Hyphen { "-" } else { "" };
                let columns = line.columns + hyphen.len();
                let wide = if justify && line.end != End::Last {
                    breaks::justified(line.text, columns, room)
                } else {
                    None
                };
                self.start();
                self.buf.push_str(wide.as_deref().unwrap_or(line.text));
                self.buf.push_str(hyphen);
                self.end();
            });
        }
    }

    fn start(&mut self) {
        if let Some(length) = self.blank.take() {
            let indent = &self.indent[..length.min(self.indent.len())];
            self.buf.push_str(indent.trim_end());
            self.buf.push('\n');
        }
        self.begun = true;
        if self.lead.is_empty() {
            self.buf.push_str(&self.indent);
        } else {
            self.buf.push_str(&self.lead);
            self.lead.clear();
        }
    }

    fn end(&mut self) {
        let length = self.buf.trim_end_matches(' ').len();
        self.buf.truncate(length);
        self.buf.push('\n');
    }
}
