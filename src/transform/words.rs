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
    /// Title of the list of works that are cited.
    pub references: &'static str,
}

macro_rules! words {
    ($($language:literal: $source:literal $revision:literal $authors:literal $licence:literal $sources:literal
       $index:literal $references:literal;)*) => {
        &[$(Words {
            language: $language, source: $source, revision: $revision, authors: $authors, licence: $licence,
            sources: $sources, index: $index, references: $references,
        }),*]
    };
}

/// English first: it stands in for every language that is not here.
static WORDS: &[Words] = words! {
    "en": "Source" "revision" "Authors" "Licence" "Sources and licences" "Index" "References";
    "cs": "Zdroj" "revize" "Autoři" "Licence" "Zdroje a licence" "Rejstřík" "Literatura";
    "de": "Quelle" "Version" "Autoren" "Lizenz" "Quellen und Lizenzen" "Register" "Literatur";
    "es": "Fuente" "revisión" "Autores" "Licencia" "Fuentes y licencias" "Índice alfabético" "Referencias";
    "fr": "Source" "révision" "Auteurs" "Licence" "Sources et licences" "Index" "Références";
    "it": "Fonte" "revisione" "Autori" "Licenza" "Fonti e licenze" "Indice analitico" "Riferimenti bibliografici";
    "ja": "出典" "版" "著者" "ライセンス" "出典とライセンス" "索引" "参考文献";
    "nl": "Bron" "versie" "Auteurs" "Licentie" "Bronnen en licenties" "Register" "Literatuur";
    "pl": "Źródło" "wersja" "Autorzy" "Licencja" "Źródła i licencje" "Indeks" "Bibliografia";
    "pt": "Fonte" "revisão" "Autores" "Licença" "Fontes e licenças" "Índice remissivo" "Referências";
    "ru": "Источник" "версия" "Авторы" "Лицензия" "Источники и лицензии" "Указатель" "Список литературы";
    "sv": "Källa" "version" "Författare" "Licens" "Källor och licenser" "Register" "Referenser";
    "uk": "Джерело" "версія" "Автори" "Ліцензія" "Джерела та ліцензії" "Покажчик" "Список літератури";
    "zh": "来源" "版本" "作者" "许可" "来源与许可" "索引" "参考文献";
};

impl Words {
    /// The words in the language, or in English.
    pub fn of(language: Option<&LanguageTag>) -> &'static Words {
        let primary = language.map_or("en", LanguageTag::primary);
        WORDS.iter().find(|w| w.language == primary).unwrap_or(&WORDS[0])
    }
}
