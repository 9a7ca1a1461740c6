//! The few words that writers add themselves, in the document's language.

use crate::model::LanguageTag;

/// Words of headings that stand in no source.
#[derive(Debug)]
pub(crate) struct Terms {
    /// The language they are in, as a tag.
    pub language: &'static str,
    /// Heading of the table of contents.
    pub contents: &'static str,
    /// Heading of the notes.
    pub notes: &'static str,
    /// Heading of the list of figures.
    pub figures: &'static str,
    /// Heading of the list of tables.
    pub tables: &'static str,
    /// Heading of the list of pages.
    pub pages: &'static str,
    /// Heading of the landmarks.
    pub landmarks: &'static str,
    /// The landmark where reading starts.
    pub start: &'static str,
    /// The cover.
    pub cover: &'static str,
    /// The title of a document that has none.
    pub untitled: &'static str,
    /// The way to the chapter before.
    pub previous: &'static str,
    /// The way to the chapter after.
    pub next: &'static str,
}

macro_rules! terms {
    ($($language:literal: $contents:literal $notes:literal $figures:literal $tables:literal $pages:literal
       $landmarks:literal $start:literal $cover:literal $untitled:literal $previous:literal $next:literal;)*) => {
        &[$(Terms {
            language: $language, contents: $contents, notes: $notes, figures: $figures, tables: $tables,
            pages: $pages, landmarks: $landmarks, start: $start, cover: $cover, untitled: $untitled,
            previous: $previous, next: $next,
        }),*]
    };
}

/// English first: it stands in for every language that is not here.
static TERMS: &[Terms] = terms! {
    "en": "Contents" "Notes" "Figures" "Tables" "Pages" "Landmarks" "Start of text" "Cover" "Untitled" "Previous" "Next";
    "ar": "المحتويات" "ملاحظات" "الأشكال" "الجداول" "الصفحات" "معالم" "بداية النص" "الغلاف" "بلا عنوان" "السابق" "التالي";
    "cs": "Obsah" "Poznámky" "Obrázky" "Tabulky" "Stránky" "Orientační body" "Začátek textu" "Obálka" "Bez názvu" "Předchozí" "Další";
    "de": "Inhalt" "Anmerkungen" "Abbildungen" "Tabellen" "Seiten" "Orientierungspunkte" "Textbeginn" "Umschlag" "Ohne Titel" "Zurück" "Weiter";
    "el": "Περιεχόμενα" "Σημειώσεις" "Εικόνες" "Πίνακες" "Σελίδες" "Ορόσημα" "Αρχή κειμένου" "Εξώφυλλο" "Χωρίς τίτλο" "Προηγούμενο" "Επόμενο";
    "es": "Índice" "Notas" "Figuras" "Tablas" "Páginas" "Puntos de referencia" "Comienzo del texto" "Cubierta" "Sin título" "Anterior" "Siguiente";
    "fa": "فهرست" "یادداشت‌ها" "شکل‌ها" "جدول‌ها" "صفحه‌ها" "نشانه‌ها" "آغاز متن" "جلد" "بی‌عنوان" "قبلی" "بعدی";
    "fr": "Sommaire" "Notes" "Figures" "Tableaux" "Pages" "Repères" "Début du texte" "Couverture" "Sans titre" "Précédent" "Suivant";
    "he": "תוכן העניינים" "הערות" "איורים" "טבלאות" "עמודים" "ציוני דרך" "תחילת הטקסט" "כריכה" "ללא כותרת" "הקודם" "הבא";
    "it": "Indice" "Note" "Figure" "Tabelle" "Pagine" "Punti di riferimento" "Inizio del testo" "Copertina" "Senza titolo" "Precedente" "Successivo";
    "ja": "目次" "注" "図" "表" "ページ" "ランドマーク" "本文" "表紙" "無題" "前へ" "次へ";
    "ko": "차례" "주" "그림" "표" "쪽" "이정표" "본문 시작" "표지" "제목 없음" "이전" "다음";
    "nl": "Inhoud" "Noten" "Figuren" "Tabellen" "Pagina’s" "Oriëntatiepunten" "Begin van de tekst" "Omslag" "Zonder titel" "Vorige" "Volgende";
    "pl": "Spis treści" "Przypisy" "Rysunki" "Tabele" "Strony" "Punkty orientacyjne" "Początek tekstu" "Okładka" "Bez tytułu" "Poprzedni" "Następny";
    "pt": "Sumário" "Notas" "Figuras" "Tabelas" "Páginas" "Pontos de referência" "Início do texto" "Capa" "Sem título" "Anterior" "Seguinte";
    "ru": "Содержание" "Примечания" "Рисунки" "Таблицы" "Страницы" "Ориентиры" "Начало текста" "Обложка" "Без названия" "Назад" "Далее";
    "sv": "Innehåll" "Noter" "Figurer" "Tabeller" "Sidor" "Landmärken" "Textens början" "Omslag" "Utan titel" "Föregående" "Nästa";
    "tr": "İçindekiler" "Notlar" "Şekiller" "Tablolar" "Sayfalar" "Yer işaretleri" "Metnin başı" "Kapak" "Başlıksız" "Önceki" "Sonraki";
    "uk": "Зміст" "Примітки" "Рисунки" "Таблиці" "Сторінки" "Орієнтири" "Початок тексту" "Обкладинка" "Без назви" "Назад" "Далі";
    "zh": "目录" "注释" "图" "表" "页" "地标" "正文" "封面" "无标题" "上一页" "下一页";
};

impl Terms {
    /// The words in the language, or in English.
    pub(crate) fn of(language: Option<&LanguageTag>) -> &'static Terms {
        let primary = language.map_or("en", LanguageTag::primary);
        TERMS.iter().find(|t| t.language == primary).unwrap_or(&TERMS[0])
    }
}
