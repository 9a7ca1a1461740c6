//! Typographic quotation marks by language.
//!
//! Sources keep typewriter quotes; PDF, EPUB and HTML set them as the language does. The pass is a
//! small state machine over the text of one paragraph, in order, because whether a mark opens or
//! closes depends on what stood before it, also across a change of style.

use crate::model::LanguageTag;
use std::borrow::Cow;

/// The marks of a language: outer and inner, opening and closing, with the space French puts inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Marks {
    double: [&'static str; 2],
    single: [&'static str; 2],
}

/// Turns typewriter quotes into a language's own. Text of one paragraph is given piece by piece.
#[derive(Clone, Debug)]
pub(crate) struct Quotes {
    marks: Option<Marks>,
    previous: Option<char>,
    /// Double and single quotations that are open.
    open: [bool; 2],
}

impl Quotes {
    /// The marks of a language. Where a language's use is not known, or typewriter quotes have
    /// another meaning in its script, as in Hebrew, the source's marks are kept.
    pub(crate) fn new(language: &LanguageTag) -> Self {
        Quotes { marks: marks(language), previous: None, open: [false; 2] }
    }

    /// Keeps every mark as the source has it.
    pub(crate) fn kept() -> Self {
        Quotes { marks: None, previous: None, open: [false; 2] }
    }

    /// Forgets what came before: to be called where a paragraph starts.
    pub(crate) fn start(&mut self) {
        self.previous = None;
        self.open = [false; 2];
    }

    /// What stands between two pieces without being text, such as an image: a word character.
    pub(crate) fn object(&mut self) {
        self.previous = Some('\u{FFFC}');
    }

    /// The next piece of the paragraph, with its marks set.
    pub(crate) fn set<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        let Some(marks) = self.marks else { return Cow::Borrowed(text) };
        if !text.contains(['"', '\'']) {
            self.previous = text.chars().next_back().or(self.previous);
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len() + 8);
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '"' => out.push_str(self.double(marks, chars.peek().copied())),
                '\'' => out.push_str(self.single(marks, chars.peek().copied())),
                c => out.push(c),
            }
            self.previous = Some(c);
        }
        Cow::Owned(out)
    }

    fn double(&mut self, marks: Marks, next: Option<char>) -> &'static str {
        let [open, _] = self.open;
        if self.at_boundary() || (!open && !self.after_word() && next.is_some_and(char::is_alphanumeric)) {
            self.open[0] = true;
            marks.double[0]
        } else if !open && self.previous.is_some_and(|c| c.is_ascii_digit()) {
            "\"" // Inches or seconds.
        } else {
            self.open[0] = false;
            marks.double[1]
        }
    }

    fn single(&mut self, marks: Marks, next: Option<char>) -> &'static str {
        let [_, open] = self.open;
        let word_follows = next.is_some_and(|c| c.is_alphabetic() || c == '"');
        if self.after_word() && next.is_some_and(char::is_alphanumeric) {
            "’" // An apostrophe inside a word.
        } else if self.at_boundary() && word_follows {
            self.open[1] = true;
            marks.single[0]
        } else if open && !self.at_boundary() {
            self.open[1] = false;
            marks.single[1]
        } else if !open && self.previous.is_some_and(|c| c.is_ascii_digit()) {
            "'" // Feet or minutes.
        } else {
            "’"
        }
    }

    /// Whether a mark here can only open: nothing, a space, an opening bracket or a dash before it.
    fn at_boundary(&self) -> bool {
        match self.previous {
            None => true,
            Some(c) => {
                c.is_whitespace()
                    || "([{¿¡—–/«„“‘".contains(c)
                    || (c == '"' && self.open[0])
                    || (c == '\'' && self.open[1])
            }
        }
    }

    fn after_word(&self) -> bool {
        self.previous.is_some_and(|c| c.is_alphanumeric() || c == '\u{FFFC}')
    }
}

/// By CLDR's delimiters and, where usage in print differs from them, by national style guides.
fn marks(language: &LanguageTag) -> Option<Marks> {
    let m = |d0, d1, s0, s1| Some(Marks { double: [d0, d1], single: [s0, s1] });
    match (language.primary(), language.as_str()) {
        (_, "de-CH" | "it-CH" | "fr-CH") => m("«", "»", "‹", "›"),
        (_, "pt-PT") => m("«", "»", "“", "”"),
        (
            "en" | "pt" | "nl" | "tr" | "ga" | "cy" | "id" | "ms" | "vi" | "af" | "eo" | "tl" | "hi" | "bn"
            | "th" | "lv",
            _,
        ) => m("“", "”", "‘", "’"),
        ("de" | "cs" | "sk" | "sl" | "is" | "et" | "lt" | "bg" | "ka" | "mk" | "da", _) => {
            m("„", "“", "‚", "‘")
        }
        ("fr", _) => m("«\u{202F}", "\u{202F}»", "“", "”"),
        ("es" | "it" | "ca" | "gl" | "el" | "no" | "nb" | "nn" | "eu" | "la", _) => m("«", "»", "“", "”"),
        ("ru" | "uk" | "be" | "kk" | "hy", _) => m("«", "»", "„", "“"),
        ("pl" | "hr" | "ro", _) => m("„", "”", "‚", "’"),
        ("hu", _) => m("„", "”", "»", "«"),
        ("sr" | "bs", _) => m("„", "“", "‘", "’"),
        ("sv" | "fi", _) => m("”", "”", "’", "’"),
        ("ar" | "fa", _) => m("«", "»", "‹", "›"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(language: &str, text: &str) -> String {
        Quotes::new(&LanguageTag::new(language).unwrap()).set(text).into_owned()
    }

    #[test]
    fn english() {
        assert_eq!(set("en", r#"and that "Soviet-style" was."#), "and that “Soviet-style” was.");
        assert_eq!(set("en", r#"his "mouth shut"."#), "his “mouth shut”.");
        assert_eq!(set("en", r#"said:"Tarkovsky is" he"#), "said:“Tarkovsky is” he");
        assert_eq!(
            set("en", "the embassy's chiefs' 'own' rock 'n' roll"),
            "the embassy’s chiefs’ ‘own’ rock ‘n’ roll"
        );
        assert_eq!(set("en", "since the '90s"), "since the ’90s");
        assert_eq!(set("en", r#""'Tis 'nested' here," she said"#), "“‘Tis ‘nested’ here,” she said");
        assert_eq!(set("en", r#"a 5' 6" board"#), "a 5' 6\" board");
        assert_eq!(set("en", r#"("in brackets")—"after a dash""#), "(“in brackets”)—“after a dash”");
    }

    #[test]
    fn other_languages() {
        assert_eq!(set("de", "\"Wort\" und 'Wort', geht's"), "„Wort“ und ‚Wort‘, geht’s");
        assert_eq!(set("fr", "\"mot\""), "«\u{202F}mot\u{202F}»");
        assert_eq!(set("ru", "\"слово\""), "«слово»");
        assert_eq!(set("sv", "\"ord\""), "”ord”");
        assert_eq!(set("he", "צה\"ל"), "צה\"ל", "gershayim are no quotation marks");
    }

    #[test]
    fn the_state_goes_on_across_pieces() {
        let mut quotes = Quotes::new(&LanguageTag::new("en").unwrap());
        assert_eq!(quotes.set("a \""), "a “");
        assert_eq!(quotes.set("word"), "word");
        assert_eq!(quotes.set("\" b"), "” b");
        quotes.start();
        assert_eq!(quotes.set("\"c"), "“c");
    }
}
