//! Blocks of code, and of raw mark-up.

use super::attributes;
use super::reader::Reader;
use crate::account::Fate;
use crate::diagnostic::code;
use crate::markup::numbered;
use crate::model::{Attr, Inline, InlineKind, Span};
use std::ops::Range;

/// What the line of a fence says of its code.
#[derive(Default)]
pub(super) struct Fence {
    pub language: Option<String>,
    /// The number of its first line, where lines are to be numbered.
    pub numbers: Option<u32>,
    pub attr: Option<Box<Attr>>,
    /// Its title, such as the name of a file.
    pub title: Option<Inline>,
}

/// The number of the first line, where what follows a language asks for numbers: Material for MkDocs,
/// Docusaurus.
fn asked(rest: &str) -> Option<u32> {
    let mut words = rest.split_whitespace();
    words.find_map(|word| match word.strip_prefix("linenums=") {
        Some(value) => value.trim_matches(['"', '\'']).parse().ok(),
        None => (word == "showLineNumbers").then_some(1),
    })
}

/// What the title of code is called.
const TITLES: [&str; 4] = ["title", "filename", "file", "caption"];

impl Reader<'_, '_, '_> {
    /// What stands after a fence: the language is the first word. Of the rest a title is kept; what else says
    /// how the code is shown or run is not.
    pub fn fence(&mut self, info: &str, span: Span) -> Fence {
        let mut fence = Fence::default();
        let braced = Some(info.trim_start()).filter(|info| self.dialect.pandoc() && info.starts_with('{'));
        if let Some(mut found) = braced.and_then(attributes::parse) {
            fence.numbers = numbered::take(&mut found.classes, &mut found.values);
            fence.language = (!found.classes.is_empty()).then(|| found.classes.remove(0));
            self.fence_attributes(found, self.info(info, span), &mut fence);
            return fence;
        }
        // Cells of notebooks have the language in braces.
        let info = braced.map_or(info, |info| info[1..].trim_end().trim_end_matches('}'));
        let Some(word) = info.split([' ', '\t', ',']).find(|word| !word.is_empty()) else { return fence };
        let start = span.start as usize;
        let line = self.text[start..span.end as usize].lines().next().unwrap_or_default();
        let at = line.find(word).unwrap_or(line.len());
        let rest = (at + word.len()).min(line.len());
        // The name of a file may stand right behind the language.
        let (language, file) = match word.split_once(':') {
            Some((language, file)) if !language.is_empty() && file.contains('.') => (language, Some(file)),
            _ => (word, None),
        };
        // Without a language the title may come first.
        let language = if word.contains("=\"") || word.contains("='") { "" } else { language };
        fence.language = (!language.is_empty()).then(|| language.to_owned());
        if let Some(file) = file {
            let file_span = Span::new(start + rest - file.len(), start + rest);
            fence.title = Some(self.title(file, file_span));
        }
        if let Some((open, mut found)) = attributes::at_end(line).filter(|_| self.dialect.pandoc())
            && line.get(rest..open).is_some_and(|between| between.trim().is_empty())
        {
            fence.numbers = numbered::take(&mut found.classes, &mut found.values);
            let braces = Span::new(start + open, start + line.trim_end().len());
            self.fence_attributes(found, braces, &mut fence);
            return fence;
        }
        let from = if language.is_empty() { at } else { rest };
        let options = Span::new(start + from, start + line.trim_end().len().max(from));
        if !line[from..].contains(char::is_alphanumeric) {
            return fence;
        }
        fence.numbers = asked(&line[from..]);
        let title = TITLES.iter().find_map(|name| quoted(&line[from..], name));
        if let Some(range) = title {
            let title_span = Span::new(start + from + range.start, start + from + range.end);
            fence.title = Some(self.title(&line[from..][range.clone()], title_span));
        } else if fence.numbers.is_none() {
            let what = "what says how code is shown or run".to_owned();
            self.gathered.leave_out(what, &code::PRESENTATION_DROPPED, options);
        }
        fence
    }

    fn title(&mut self, text: &str, span: Span) -> Inline {
        self.cx.claim(span, Fate::Rendered);
        Inline::new(InlineKind::Text { text: text.to_owned() }, span)
    }

    /// Takes over attributes in braces; a title among them is the code's.
    fn fence_attributes(&mut self, mut found: attributes::Attributes, span: Span, fence: &mut Fence) {
        let title = found.values.iter().position(|(name, _)| TITLES.contains(&name.as_str()));
        if let Some(at) = title {
            let (_, title) = found.values.remove(at);
            fence.title = Some(Inline::new(InlineKind::Text { text: title }, span));
        }
        self.give(&mut fence.attr, None, found, span);
        fence.attr = fence.attr.take().filter(|attr| !attr.is_empty());
        if fence.title.is_some() {
            self.cx.claim(span, Fate::Rendered);
        }
    }

    /// Where what follows a fence stands.
    fn info(&self, info: &str, span: Span) -> Span {
        let start = span.start as usize;
        let line = self.text[start..span.end as usize].lines().next().unwrap_or_default();
        let at = line.find(info.trim()).unwrap_or(line.len());
        Span::new(start + at, start + line.trim_end().len())
    }

    /// Begins a block of raw mark-up, where the fence says that it is one.
    pub fn raw_block(&mut self, info: &str, span: Span) -> bool {
        if !self.dialect.pandoc() {
            return false;
        }
        let Some(format) = attributes::parse(info.trim()).and_then(|found| found.raw) else { return false };
        self.cx.claim(self.info(info, span), Fate::Syntax);
        self.raw = Some(attributes::is_html(&format));
        if self.raw == Some(true) {
            self.begin_html();
        } else {
            self.raw_dropped(&format, span);
        }
        true
    }
}

/// Where the value of a name stands in a line, between quotation marks.
fn quoted(line: &str, name: &str) -> Option<Range<usize>> {
    for (at, _) in line.match_indices(name) {
        let own = line[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, ',' | '{'));
        let rest = &line[at + name.len()..];
        let Some(value) = rest.strip_prefix('=').filter(|_| own) else { continue };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let from = at + name.len() + 2;
        let length = line[from..].find(quote).filter(|length| *length > 0)?;
        return Some(from..from + length);
    }
    None
}
