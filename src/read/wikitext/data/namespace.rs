//! Names of namespaces, languages and projects, as links use them.

/// What a prefix of a link says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// Pictures, sounds, films.
    Media,
    /// Categories.
    Category,
    /// Templates.
    Template,
    /// Any other namespace of a wiki.
    Other,
    /// Wikipedia in another language.
    Language,
    /// Another project, at the address that its pages' titles follow.
    Project(&'static str),
}

/// The namespace of a prefix, in any case; `None` for the main one.
pub fn space(prefix: &str) -> Option<Space> {
    let key = prefix.replace('_', " ").to_lowercase();
    let key = key.trim();
    if MEDIA.contains(&key) {
        return Some(Space::Media);
    }
    if CATEGORIES.iter().any(|(name, _)| *name == key) {
        return Some(Space::Category);
    }
    if TEMPLATES.contains(&key) {
        return Some(Space::Template);
    }
    if OTHER.contains(&key) {
        return Some(Space::Other);
    }
    if let Ok(i) = PROJECTS.binary_search_by_key(&key, |(name, _)| name) {
        return Some(Space::Project(PROJECTS[i].1));
    }
    LANGUAGES.binary_search(&key).is_ok().then_some(Space::Language)
}

/// Whether a prefix is that of templates.
pub fn is_template(prefix: &str) -> bool {
    space(prefix) == Some(Space::Template)
}

/// The language whose wiki calls categories so, when only one does.
pub fn language_of_category(prefix: &str) -> Option<&'static str> {
    let key = prefix.trim().to_lowercase();
    CATEGORIES.iter().find(|(name, _)| *name == key).and_then(|(_, language)| *language)
}

#[rustfmt::skip]
static MEDIA: [&str; 66] = [
    "file", "image", "media", "datei", "bild", "fichier", "archivo", "imagen", "ficheiro", "imagem",
    "arquivo", "immagine", "bestand", "afbeelding", "fil", "plik", "grafika", "soubor", "súbor",
    "obrázok", "fájl", "kép", "fișier", "imagine", "файл", "изображение", "зображення", "слика",
    "датотека", "slika", "datoteka", "kuva", "tiedosto", "mynd", "dosya", "resim", "ملف", "صورة",
    "پرونده", "تصویر", "קובץ", "תמונה", "ファイル", "画像", "파일", "그림", "文件", "图像", "檔案", "圖像", "tập tin",
    "hình", "ไฟล์", "ภาพ", "चित्र", "படிமம்", "ფაილი", "სურათი", "αρχείο", "εικόνα", "lêer", "beeld",
    "berkas", "gambar", "fitxer", "vaizdas",
];

#[rustfmt::skip]
static TEMPLATES: [&str; 31] = [
    "template", "vorlage", "modèle", "plantilla", "predefinição", "sjabloon", "szablon", "шаблон",
    "テンプレート", "틀", "模板", "bản mẫu", "قالب", "الگو", "תבנית", "साँचा", "வார்ப்புரு", "თარგი", "πρότυπο",
    "mall", "mal", "skabelon", "malline", "sablon", "format", "șablona", "šablona", "şablon", "templat",
    "แม่แบบ", "šablon",
];

static CATEGORIES: [(&str, Option<&str>); 34] = [
    ("category", None),
    ("kategorie", None),
    ("catégorie", Some("fr")),
    ("categoría", Some("es")),
    ("categoria", None),
    ("categorie", None),
    ("kategoria", Some("pl")),
    ("категория", None),
    ("категорія", Some("uk")),
    ("категорија", None),
    ("kategori", None),
    ("kategória", None),
    ("kategooria", Some("et")),
    ("kategorija", None),
    ("luokka", Some("fi")),
    ("flokkur", Some("is")),
    ("تصنيف", Some("ar")),
    ("رده", Some("fa")),
    ("קטגוריה", Some("he")),
    ("カテゴリ", Some("ja")),
    ("분류", Some("ko")),
    ("分类", Some("zh")),
    ("分類", Some("zh")),
    ("thể loại", Some("vi")),
    ("หมวดหมู่", Some("th")),
    ("श्रेणी", None),
    ("பகுப்பு", Some("ta")),
    ("კატეგორია", Some("ka")),
    ("κατηγορία", Some("el")),
    ("kategorio", Some("eo")),
    ("kategorya", None),
    ("kateqoriya", Some("az")),
    ("санат", Some("kk")),
    ("বিষয়শ্রেণী", Some("bn")),
];

#[rustfmt::skip]
static OTHER: [&str; 35] = [
    "talk", "user", "user talk", "wikipedia", "wikipedia talk", "project", "project talk", "file talk",
    "mediawiki", "mediawiki talk", "template talk", "help", "help talk", "category talk", "portal",
    "portal talk", "special", "draft", "module", "book", "spezial", "benutzer", "diskussion", "hilfe",
    "utilisateur", "spécial", "aide", "projet", "портал", "участник", "википедия", "служебная", "特別",
    "利用者", "wikiprojekt",
];

/// In order of their prefixes.
static PROJECTS: [(&str, &str); 29] = [
    ("b", "https://en.wikibooks.org/wiki/"),
    ("c", "https://commons.wikimedia.org/wiki/"),
    ("commons", "https://commons.wikimedia.org/wiki/"),
    ("d", "https://www.wikidata.org/wiki/"),
    ("doi", "https://doi.org/"),
    ("foundation", "https://foundation.wikimedia.org/wiki/"),
    ("iarchive", "https://archive.org/details/"),
    ("m", "https://meta.wikimedia.org/wiki/"),
    ("mediawikiwiki", "https://www.mediawiki.org/wiki/"),
    ("meta", "https://meta.wikimedia.org/wiki/"),
    ("mw", "https://www.mediawiki.org/wiki/"),
    ("n", "https://en.wikinews.org/wiki/"),
    ("phab", "https://phabricator.wikimedia.org/"),
    ("q", "https://en.wikiquote.org/wiki/"),
    ("rfc", "https://datatracker.ietf.org/doc/html/rfc"),
    ("s", "https://en.wikisource.org/wiki/"),
    ("species", "https://species.wikimedia.org/wiki/"),
    ("v", "https://en.wikiversity.org/wiki/"),
    ("voy", "https://en.wikivoyage.org/wiki/"),
    ("w", "https://en.wikipedia.org/wiki/"),
    ("wikibooks", "https://en.wikibooks.org/wiki/"),
    ("wikidata", "https://www.wikidata.org/wiki/"),
    ("wikinews", "https://en.wikinews.org/wiki/"),
    ("wikiquote", "https://en.wikiquote.org/wiki/"),
    ("wikisource", "https://en.wikisource.org/wiki/"),
    ("wikispecies", "https://species.wikimedia.org/wiki/"),
    ("wikivoyage", "https://en.wikivoyage.org/wiki/"),
    ("wikt", "https://en.wiktionary.org/wiki/"),
    ("wiktionary", "https://en.wiktionary.org/wiki/"),
];

/// Codes of Wikipedia's languages, in order.
#[rustfmt::skip]
static LANGUAGES: [&str; 324] = [
    "ab", "ace", "ady", "af", "als", "alt", "am", "ami", "an", "ang", "anp", "ar", "arc", "ary", "arz",
    "as", "ast", "atj", "av", "avk", "awa", "ay", "az", "azb", "ba", "ban", "bar", "bat-smg", "bcl",
    "be", "be-tarask", "be-x-old", "bg", "bh", "bi", "bjn", "blk", "bm", "bn", "bo", "bpy", "br", "bs",
    "bug", "bxr", "ca", "cbk-zam", "cdo", "ce", "ceb", "ch", "chr", "chy", "ckb", "co", "cr", "crh",
    "cs", "csb", "cu", "cv", "cy", "da", "dag", "de", "dga", "din", "diq", "dsb", "dty", "dv", "dz",
    "ee", "el", "eml", "en", "eo", "es", "et", "eu", "ext", "fa", "fat", "ff", "fi", "fiu-vro", "fj",
    "fo", "fon", "fr", "frp", "frr", "fur", "fy", "ga", "gag", "gan", "gcr", "gd", "gl", "glk", "gn",
    "gom", "gor", "got", "gpe", "gu", "guc", "gur", "guw", "gv", "ha", "hak", "haw", "he", "hi", "hif",
    "hr", "hsb", "ht", "hu", "hy", "hyw", "ia", "id", "ie", "ig", "igl", "ik", "ilo", "inh", "io", "is",
    "it", "iu", "ja", "jam", "jbo", "jv", "ka", "kaa", "kab", "kbd", "kbp", "kcg", "kg", "ki", "kk",
    "kl", "km", "kn", "ko", "koi", "krc", "ks", "ksh", "ku", "kv", "kw", "ky", "la", "lad", "lb", "lbe",
    "lez", "lfn", "lg", "li", "lij", "lld", "lmo", "ln", "lo", "lt", "ltg", "lv", "lzh", "mad", "mai",
    "map-bms", "mdf", "mg", "mhr", "mi", "min", "mk", "ml", "mn", "mnw", "mr", "mrj", "ms", "mt", "mwl",
    "my", "myv", "mzn", "nah", "nap", "nds", "nds-nl", "ne", "new", "nia", "nl", "nn", "no", "nov",
    "nqo", "nrm", "nso", "nv", "ny", "oc", "olo", "om", "or", "os", "pa", "pag", "pam", "pap", "pcd",
    "pcm", "pdc", "pfl", "pi", "pl", "pms", "pnb", "pnt", "ps", "pt", "pwn", "qu", "rm", "rmy", "rn",
    "ro", "roa-rup", "roa-tara", "ru", "rue", "rw", "sa", "sah", "sat", "sc", "scn", "sco", "sd", "se",
    "sg", "sh", "shi", "shn", "si", "simple", "sk", "skr", "sl", "sm", "smn", "sn", "so", "sq", "sr",
    "srn", "ss", "st", "stq", "su", "sv", "sw", "szl", "szy", "ta", "tay", "tcy", "te", "tet", "tg",
    "th", "ti", "tk", "tl", "tn", "to", "tpi", "tr", "trv", "ts", "tt", "tum", "tw", "ty", "tyv", "udm",
    "ug", "uk", "ur", "uz", "ve", "vec", "vep", "vi", "vls", "vo", "wa", "war", "wo", "wuu", "xal", "xh",
    "xmf", "yi", "yo", "za", "zea", "zh", "zh-classical", "zh-min-nan", "zh-yue", "zu",
];

/// A name without the namespace of templates.
pub fn strip_namespace(name: &str) -> &str {
    match name.split_once(':') {
        Some((space, rest)) if is_template(space.trim()) => rest.trim(),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_are_known_in_many_languages() {
        assert!(PROJECTS.is_sorted() && LANGUAGES.is_sorted());
        assert_eq!(space("DATEI"), Some(Space::Media));
        assert_eq!(space("Категория"), Some(Space::Category));
        assert_eq!(space("zh-min-nan"), Some(Space::Language));
        assert_eq!(space("User_talk"), Some(Space::Other));
        assert_eq!(space("2001"), None);
        assert!(is_template("Vorlage"));
        assert_eq!(language_of_category("Catégorie"), Some("fr"));
        assert_eq!(language_of_category("Category"), None);
    }
}
