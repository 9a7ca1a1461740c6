//! The few words that transforms add themselves, in the document's language.

use crate::model::LanguageTag;

/// Words that stand in no source.
#[derive(Debug)]
pub(super) struct Words {
    language: &'static str,
    pub source: &'static str,
    pub revision: &'static str,
    pub authors: &'static str,
    pub licence: &'static str,
    /// Title of the chapter of sources and licences.
    pub sources: &'static str,
    /// Title of the index of titles.
    pub index: &'static str,
}

macro_rules! words {
    ($($language:literal: $source:literal $revision:literal $authors:literal $licence:literal $sources:literal
       $index:literal;)*) => {
        &[$(Words {
            language: $language, source: $source, revision: $revision, authors: $authors, licence: $licence,
            sources: $sources, index: $index,
        }),*]
    };
}

/// English first: it stands in for every language that is not here.
static WORDS: &[Words] = words! {
    "en": "Source" "revision" "Authors" "Licence" "Sources and licences" "Index";
    "cs": "Zdroj" "revize" "Autoři" "Licence" "Zdroje a licence" "Rejstřík";
    "de": "Quelle" "Version" "Autoren" "Lizenz" "Quellen und Lizenzen" "Register";
    "es": "Fuente" "revisión" "Autores" "Licencia" "Fuentes y licencias" "Índice alfabético";
    "fr": "Source" "révision" "Auteurs" "Licence" "Sources et licences" "Index";
    "it": "Fonte" "revisione" "Autori" "Licenza" "Fonti e licenze" "Indice analitico";
    "ja": "出典" "版" "著者" "ライセンス" "出典とライセンス" "索引";
    "nl": "Bron" "versie" "Auteurs" "Licentie" "Bronnen en licenties" "Register";
    "pl": "Źródło" "wersja" "Autorzy" "Licencja" "Źródła i licencje" "Indeks";
    "pt": "Fonte" "revisão" "Autores" "Licença" "Fontes e licenças" "Índice remissivo";
    "ru": "Источник" "версия" "Авторы" "Лицензия" "Источники и лицензии" "Указатель";
    "sv": "Källa" "version" "Författare" "Licens" "Källor och licenser" "Register";
    "uk": "Джерело" "версія" "Автори" "Ліцензія" "Джерела та ліцензії" "Покажчик";
    "zh": "来源" "版本" "作者" "许可" "来源与许可" "索引";
};

impl Words {
    /// The words in the language, or in English.
    pub fn of(language: Option<&LanguageTag>) -> &'static Words {
        let primary = language.map_or("en", LanguageTag::primary);
        WORDS.iter().find(|w| w.language == primary).unwrap_or(&WORDS[0])
    }
}
