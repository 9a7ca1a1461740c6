//! Marks where the pages of a printed edition start, so that print and e-book cite the same pages.

use super::escape::push_attribute;
use super::names::Place;
use super::page::{Entry, PageBreak};
use super::writer::ContentWriter;
use crate::model::Span;
use crate::text::is_ideograph;

impl ContentWriter<'_, '_> {
    /// Marks the pages that have started before a node.
    pub(super) fn page_breaks_before(&mut self, span: Span) {
        while let Some(mark) = self.page_break() {
            if (mark.at.source, mark.at.start, mark.letters) > (span.source, span.start, 0) {
                break;
            }
            self.mark_page();
        }
    }

    /// Appends the running text of a node, with marks where pages start in it.
    pub(super) fn paged_prose(&mut self, text: &str, span: Span) {
        self.page_breaks_before(span);
        let (mut done, mut from, mut letters) = (0, 0, 0);
        while let Some(mark) = self.page_break() {
            if (mark.at.source, mark.at.start) != (span.source, span.start) {
                break;
            }
            // Each character is counted once, however many pages start in the text.
            from += after_letters(&text[from..], mark.letters.saturating_sub(letters));
            letters = mark.letters;
            let at = done + word_start(&text[done..], from - done);
            self.prose(&text[done..at], span);
            self.mark_page();
            done = at;
        }
        self.prose(&text[done..], span);
    }

    /// Marks the pages that start after the last text.
    pub(super) fn rest_of_page_breaks(&mut self) {
        while self.page_break().is_some() {
            self.mark_page();
        }
    }

    /// The next to come; none inside notes, which the source may have anywhere.
    fn page_break(&self) -> Option<&PageBreak> {
        self.settings.page_breaks.get(self.next_break).filter(|_| !self.notes.being_written())
    }

    fn mark_page(&mut self) {
        let mark = &self.settings.page_breaks[self.next_break];
        self.next_break += 1;
        let id = self.names.fresh(&format!("page-{}", mark.label));
        let kind = if self.is_epub() { "epub:type=\"pagebreak\" " } else { "" };
        let mut label = String::new();
        push_attribute(&mut label, &mark.label);
        self.out.push_str(&format!(
            "<span {kind}role=\"doc-pagebreak\" id=\"{id}\" aria-label=\"{label}\"></span>"
        ));
        let place = Place { page: self.page_index(), id };
        let label = mark.label.clone();
        self.content.page_breaks.push(Entry { label, depth: 1, place, top: false, language: None });
    }
}

/// The place of the letter or digit after so many; the text's end when there is none.
fn after_letters(text: &str, letters: u32) -> usize {
    let mut alphanumeric = text.char_indices().filter(|(_, c)| c.is_alphanumeric());
    alphanumeric.nth(letters as usize).map_or(text.len(), |(at, _)| at)
}

/// The start of the word that a place is in, with what opens it, such as a quotation mark: a mark
/// in the midst of a word would make two of it.
fn word_start(text: &str, at: usize) -> usize {
    let before = &text[..at];
    if at == text.len() || before.ends_with(is_ideograph) {
        return at;
    }
    before.char_indices().rev().find(|(_, c)| c.is_whitespace()).map_or(0, |(at, c)| at + c.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::{after_letters, word_start};

    #[test]
    fn pages_start_between_words() {
        let cut = |text: &'static str, letters| &text[word_start(text, after_letters(text, letters))..];
        assert_eq!(cut("one two three", 3), "two three");
        assert_eq!(cut("one two three", 5), "two three");
        assert_eq!(cut("one, \"two\" three", 3), "\"two\" three");
        assert_eq!(cut("one two.", 99), "");
        assert_eq!(cut("one", 2), "one");
        assert_eq!(cut("a b 吾輩は猫である。名前は", 9), "名前は");
    }
}
