use super::common_words;
use crate::diagnostic::{Diagnostic, Remedy, code};
use crate::format::ReadContext;
use crate::model::visit::{self, Visit};
use crate::model::{Article, Block, Document, Inline, InlineKind, Language, LanguageTag, Origin};
use whatlang::{Lang, Script};

/// How much text is looked at: trigram statistics settle long before an article's end.
const SAMPLE: usize = 1200;

/// Finds each article's language from its text where nothing says it.
///
/// Where the text does not say it for sure, its script may: else it is `default`, or unknown. That is marked
/// as [`Origin::Guessed`] and reported.
pub fn language(document: &mut Document, default: Option<&LanguageTag>, cx: &mut ReadContext<'_>) {
    let given = document.meta.language.clone();
    for article in &mut document.articles {
        if article.meta.language.is_some() {
            continue;
        }
        let language = given.clone().unwrap_or_else(|| detect(article, default));
        if given.is_none() && language.origin == Origin::Guessed {
            let message = format!("the language can't be told for sure; taken as '{}'", language.tag);
            cx.report(
                Diagnostic::new(&code::LANGUAGE_GUESSED, article.span, message).remedy(Remedy::Language),
            );
        }
        if article.meta.set_language(language) {
            let message = "the language is told as only a newer version of fanfold knows; it was found anew";
            cx.report(Diagnostic::new(&code::ATTRIBUTE_DROPPED, article.span, message));
        }
    }
}

fn detect(article: &Article, default: Option<&LanguageTag>) -> Language {
    let mut sample = Sample::default();
    // The body first: titles are full of names.
    for block in &article.blocks {
        sample.block(block);
        if sample.full() {
            break;
        }
    }
    let guess =
        |tag| Language::new(LanguageTag::new(tag).expect("the tags below are well-formed"), Origin::Guessed);
    let unknown = || default.map_or_else(|| guess("und"), |tag| Language::new(tag.clone(), Origin::Guessed));
    if let Some(lang) = common_words::language(&sample.text) {
        return Language { origin: Origin::Detected, ..guess(tag(lang)) };
    }
    let Some(info) = whatlang::detect(&sample.text) else { return unknown() };
    match info.script() {
        _ if info.is_reliable() => Language { origin: Origin::Detected, ..guess(tag(info.lang())) },
        // So many languages are written in these that the likeliest is one at random.
        Script::Latin | Script::Cyrillic => {
            common_words::likely(&sample.text).map_or_else(unknown, |lang| guess(tag(lang)))
        }
        _ => guess(tag(info.lang())),
    }
}

#[derive(Default)]
struct Sample {
    text: String,
}

impl Sample {
    fn full(&self) -> bool {
        self.text.len() >= SAMPLE
    }
}

impl Visit<'_> for Sample {
    fn block(&mut self, block: &Block) {
        if !self.full() {
            visit::walk_block(self, block);
            self.text.push('\n');
        }
    }
    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            _ if self.full() => {}
            InlineKind::Text { text } => {
                let room = text.floor_char_boundary(SAMPLE - self.text.len());
                // One character at least, so that a sample one byte short of full fills up.
                let room = if room == 0 { text.chars().next().map_or(0, char::len_utf8) } else { room };
                self.text.push_str(&text[..room]);
            }
            InlineKind::SoftBreak | InlineKind::HardBreak => self.text.push(' '),
            _ => visit::walk_inline(self, inline),
        }
    }
}

/// The shortest tag of a language (BCP 47 asks for two letters where there are two).
fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Afr => "af",
        Lang::Aka => "ak",
        Lang::Amh => "am",
        Lang::Ara => "ar",
        Lang::Aze => "az",
        Lang::Bel => "be",
        Lang::Ben => "bn",
        Lang::Bul => "bg",
        Lang::Cat => "ca",
        Lang::Ces => "cs",
        Lang::Cmn => "zh",
        Lang::Dan => "da",
        Lang::Deu => "de",
        Lang::Ell => "el",
        Lang::Eng => "en",
        Lang::Epo => "eo",
        Lang::Est => "et",
        Lang::Fin => "fi",
        Lang::Fra => "fr",
        Lang::Guj => "gu",
        Lang::Heb => "he",
        Lang::Hin => "hi",
        Lang::Hrv => "hr",
        Lang::Hun => "hu",
        Lang::Hye => "hy",
        Lang::Ind => "id",
        Lang::Ita => "it",
        Lang::Jav => "jv",
        Lang::Jpn => "ja",
        Lang::Kan => "kn",
        Lang::Kat => "ka",
        Lang::Khm => "km",
        Lang::Kor => "ko",
        Lang::Lat => "la",
        Lang::Lav => "lv",
        Lang::Lit => "lt",
        Lang::Mal => "ml",
        Lang::Mar => "mr",
        Lang::Mkd => "mk",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Nld => "nl",
        Lang::Nob => "nb",
        Lang::Ori => "or",
        Lang::Pan => "pa",
        Lang::Pes => "fa",
        Lang::Pol => "pl",
        Lang::Por => "pt",
        Lang::Ron => "ro",
        Lang::Rus => "ru",
        Lang::Sin => "si",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Sna => "sn",
        Lang::Spa => "es",
        Lang::Srp => "sr",
        Lang::Swe => "sv",
        Lang::Tam => "ta",
        Lang::Tel => "te",
        Lang::Tgl => "tl",
        Lang::Tha => "th",
        Lang::Tuk => "tk",
        Lang::Tur => "tr",
        Lang::Ukr => "uk",
        Lang::Urd => "ur",
        Lang::Uzb => "uz",
        Lang::Vie => "vi",
        Lang::Yid => "yi",
        Lang::Zul => "zu",
        #[allow(unreachable_patterns, reason = "whatlang may learn languages")]
        _ => "und",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Limits;
    use crate::model::{BlockKind, Node, Span};

    fn of(text: &str) -> (String, Origin, usize) {
        with_default(text, None)
    }

    fn with_default(text: &str, default: Option<&str>) -> (String, Origin, usize) {
        let content = vec![Node::new(InlineKind::Text { text: text.into() }, Span::default())];
        let blocks = vec![Node::new(BlockKind::Paragraph { content }, Span::default())];
        let mut document =
            Document { articles: vec![Article { blocks, ..Article::default() }], ..Document::default() };
        let (limits, mut sink) = (Limits::default(), Vec::new());
        let default = default.and_then(LanguageTag::new);
        language(&mut document, default.as_ref(), &mut ReadContext::new("-", &limits, &mut sink));
        let found = document.articles[0].meta.language.clone().unwrap();
        (found.tag.to_string(), found.origin, sink.len())
    }

    #[test]
    fn sure_languages_are_detected() {
        let english = "The quick brown fox jumps over the lazy dog, which was sleeping in the shade of the old \
                       tree that stands beside the house where they have lived for many years.";
        assert_eq!(of(english), ("en".into(), Origin::Detected, 0));
        assert_eq!(of("ქართული ენა საქართველოს სახელმწიფო ენაა.").0, "ka");
    }

    #[test]
    fn a_doubtful_one_is_a_guess_with_a_note() {
        for short in ["Ok.", "hello there", "Добро"] {
            assert_eq!(of(short), ("und".into(), Origin::Guessed, 1), "{short}");
            assert_eq!(with_default(short, Some("fr")), ("fr".into(), Origin::Guessed, 1), "{short}");
        }
        // Letters of few languages say more than nothing.
        assert_eq!(with_default("שלום", Some("fr")).0, "he");
        assert_eq!(of("12 34"), ("und".into(), Origin::Guessed, 1));
    }

    #[test]
    fn a_long_text_is_sampled_at_a_character_boundary() {
        assert_eq!(of(&"я".repeat(SAMPLE)).2, 1);
    }
}
