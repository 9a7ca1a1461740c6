//! The words that styles need, in the languages that hayagriva has them in.

use crate::model::LanguageTag;
use hayagriva::citationberg::{Locale, LocaleCode};
use std::sync::LazyLock;

/// All of them.
pub(super) static LOCALES: LazyLock<Vec<Locale>> = LazyLock::new(hayagriva::archive::locales);

/// What CSL calls a language; the first that has its primary subtag, where the tag itself is not known.
pub(super) fn code(tag: &LanguageTag) -> Option<LocaleCode> {
    let main = match tag.primary() {
        "de" => "de-DE",
        "en" => "en-US",
        "es" => "es-ES",
        "fr" => "fr-FR",
        "pt" => "pt-PT",
        "zh" => "zh-CN",
        _ => "",
    };
    let codes = || LOCALES.iter().filter_map(|locale| locale.lang.as_ref());
    let known = |wanted: &str| codes().find(|code| code.0 == wanted);
    let found = known(tag.as_str()).or_else(|| known(main));
    found.or_else(|| codes().find(|code| code.0.split('-').next() == Some(tag.primary()))).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_their_locale() {
        for (tag, is) in
            [("de", "de-DE"), ("de-AT", "de-AT"), ("en-AU", "en-US"), ("cs", "cs-CZ"), ("zh-TW", "zh-TW")]
        {
            assert_eq!(code(&LanguageTag::new(tag).unwrap()).unwrap().0, is);
        }
        assert!(code(&LanguageTag::new("tlh").unwrap()).is_none());
    }
}
