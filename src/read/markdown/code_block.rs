//! Blocks of code, and of raw mark-up.

use super::attributes;
use super::reader::Reader;
use crate::account::Fate;
use crate::diagnostic::{Diagnostic, code};
use crate::markup::numbered;
use crate::model::{Attr, Span};

/// The number of the first line, where all that follows a language asks for numbers: Material for MkDocs,
/// Docusaurus.
fn asked(rest: &str) -> Option<u32> {
    match rest.trim() {
        "showLineNumbers" => Some(1),
        rest => {
            let value = rest.strip_prefix("linenums=")?;
            value.trim_matches(['"', '\'']).parse().ok()
        }
    }
}

impl Reader<'_, '_, '_> {
    /// The language of a code block, the first word after its fence, and the number of its first line where
    /// what follows asks for one. The rest is not kept.
    pub fn code_language(
        &mut self,
        info: &str,
        span: Span,
        attr: &mut Option<Box<Attr>>,
    ) -> (Option<String>, Option<u32>) {
        let braced = Some(info.trim_start()).filter(|info| self.dialect.pandoc() && info.starts_with('{'));
        if let Some(mut found) = braced.and_then(attributes::parse) {
            let numbers = numbered::take(&mut found.classes, &mut found.values);
            let language = (!found.classes.is_empty()).then(|| found.classes.remove(0));
            self.give(attr, None, found, self.info(info, span));
            *attr = attr.take().filter(|attr| !attr.is_empty());
            return (language, numbers);
        }
        // Cells of notebooks have the language in braces.
        let info = braced.map_or(info, |info| info[1..].trim_end().trim_end_matches('}'));
        let Some(language) = info.split([' ', '\t', ',']).find(|word| !word.is_empty()) else {
            return (None, None);
        };
        let start = span.start as usize;
        let line = self.text[start..span.end as usize].lines().next().unwrap_or_default();
        let rest = line.find(language).map_or(line.len(), |at| at + language.len());
        if let Some((open, mut found)) = attributes::at_end(line).filter(|_| self.dialect.pandoc())
            && line.get(rest..open).is_some_and(|between| between.trim().is_empty())
        {
            let numbers = numbered::take(&mut found.classes, &mut found.values);
            self.give(attr, None, found, Span::new(start + open, start + line.trim_end().len()));
            *attr = attr.take().filter(|attr| !attr.is_empty());
            return (Some(language.to_owned()), numbers);
        }
        let numbers = asked(&line[rest..]);
        if numbers.is_none() && line[rest..].contains(char::is_alphanumeric) {
            let message = "what follows the language of the code is not kept";
            let span = Span::new(start + rest, start + line.trim_end().len());
            self.cx.report(Diagnostic::new(&code::ATTRIBUTE_DROPPED, span, message));
        }
        (Some(language.to_owned()), numbers)
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
