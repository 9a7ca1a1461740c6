//! Which families are made for text of a script, by name.

use crate::model::LanguageTag;
use unicode_script::Script;

/// The forms that characters shared by East Asian scripts take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Forms {
    Simplified,
    Taiwan,
    HongKong,
    Japanese,
    Korean,
}

/// Whether a script belongs to Chinese, Japanese or Korean.
pub(crate) fn is_east_asian(script: Script) -> bool {
    matches!(script, Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul | Script::Bopomofo)
}

/// Families made for a script, the best first. The first is what a message advises.
pub(crate) fn families(script: Script, language: Option<&LanguageTag>, mono: bool) -> Vec<String> {
    let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    if is_east_asian(script) {
        return east_asian(forms(script, language), mono);
    }
    match script {
        Script::Common | Script::Inherited | Script::Unknown => {
            named(&["Noto Emoji", "Noto Sans Symbols", "Noto Sans Symbols 2", "Symbola"])
        }
        Script::Latin | Script::Greek | Script::Cyrillic => {
            named(&["Noto Serif", "DejaVu Serif", "Noto Sans", "DejaVu Sans"])
        }
        _ => {
            let name = script.full_name().replace('_', " ");
            vec![format!("Noto Serif {name}"), format!("Noto Sans {name}")]
        }
    }
}

/// A family to advise to who has none for a script; `None` for characters of private meaning.
pub(crate) fn advice(script: Script, language: Option<&LanguageTag>) -> Option<String> {
    // Noto has no serifs for most scripts, so that its sans is the name to look for.
    const SERIFS: [Script; 27] = [
        Script::Ahom,
        Script::Armenian,
        Script::Balinese,
        Script::Bengali,
        Script::Devanagari,
        Script::Dogra,
        Script::Ethiopic,
        Script::Georgian,
        Script::Grantha,
        Script::Gujarati,
        Script::Gurmukhi,
        Script::Hebrew,
        Script::Kannada,
        Script::Khmer,
        Script::Khojki,
        Script::Lao,
        Script::Makasar,
        Script::Malayalam,
        Script::Myanmar,
        Script::Oriya,
        Script::Sinhala,
        Script::Tamil,
        Script::Tangut,
        Script::Telugu,
        Script::Thai,
        Script::Tibetan,
        Script::Yezidi,
    ];
    if script == Script::Unknown {
        return None;
    }
    let names = families(script, language, false);
    let has_serif = is_east_asian(script) || names.len() != 2 || SERIFS.contains(&script);
    names.into_iter().nth(usize::from(!has_serif))
}

fn forms(script: Script, language: Option<&LanguageTag>) -> Forms {
    let subtags = language.map(LanguageTag::as_str).unwrap_or_default();
    let has = |subtag: &str| subtags.split('-').skip(1).any(|s| s == subtag);
    match language.map(LanguageTag::primary).unwrap_or_default() {
        "ja" => Forms::Japanese,
        "ko" => Forms::Korean,
        "yue" => Forms::HongKong,
        _ if has("Hans") => Forms::Simplified,
        _ if has("HK") || has("MO") => Forms::HongKong,
        _ if has("Hant") || has("TW") => Forms::Taiwan,
        "zh" | "cmn" => Forms::Simplified,
        _ => match script {
            Script::Hiragana | Script::Katakana => Forms::Japanese,
            Script::Hangul => Forms::Korean,
            Script::Bopomofo => Forms::Taiwan,
            _ => Forms::Simplified,
        },
    }
}

fn east_asian(forms: Forms, mono: bool) -> Vec<String> {
    let (region, others): (&str, &[&str]) = match forms {
        Forms::Simplified => ("SC", &["Songti SC", "SimSun", "AR PL UMing CN", "PingFang SC"]),
        Forms::Taiwan => ("TC", &["Songti TC", "PMingLiU", "AR PL UMing TW", "PingFang TC"]),
        Forms::HongKong => ("HK", &["Songti TC", "PMingLiU_HKSCS", "AR PL UMing HK", "PingFang HK"]),
        Forms::Japanese => ("JP", &["Hiragino Mincho ProN", "Yu Mincho", "IPAexMincho", "IPAMincho"]),
        Forms::Korean => ("KR", &["AppleMyungjo", "Batang", "UnBatang", "NanumMyeongjo"]),
    };
    let mut names = Vec::new();
    if mono {
        names.push(format!("Noto Sans Mono CJK {region}"));
    }
    for style in ["Serif", "Sans"] {
        names.push(format!("Noto {style} CJK {region}"));
        names.push(format!("Source Han {style} {region}"));
        names.push(format!("Noto {style} {region}"));
        if style == "Serif" {
            names.extend(others.iter().map(|name| (*name).to_owned()));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(script: Script, language: &str) -> Option<String> {
        advice(script, LanguageTag::new(language).as_ref())
    }

    #[test]
    fn ideographs_take_the_forms_of_the_language() {
        for (language, name) in [
            ("zh", "Noto Serif CJK SC"),
            ("zh-Hans-TW", "Noto Serif CJK SC"),
            ("zh-Hant", "Noto Serif CJK TC"),
            ("zh-HK", "Noto Serif CJK HK"),
            ("ja", "Noto Serif CJK JP"),
            ("ko", "Noto Serif CJK KR"),
            ("en", "Noto Serif CJK SC"),
        ] {
            assert_eq!(first(Script::Han, language).as_deref(), Some(name), "{language}");
        }
        assert_eq!(first(Script::Hiragana, "en").as_deref(), Some("Noto Serif CJK JP"));
    }

    #[test]
    fn the_advice_is_a_family_that_there_is() {
        assert_eq!(first(Script::Gujarati, "gu").as_deref(), Some("Noto Serif Gujarati"));
        assert_eq!(first(Script::Cherokee, "chr").as_deref(), Some("Noto Sans Cherokee"));
        assert_eq!(first(Script::Common, "en").as_deref(), Some("Noto Emoji"));
        assert_eq!(first(Script::Unknown, "en"), None);
    }
}
