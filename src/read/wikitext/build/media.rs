//! Pictures: `[[File:name|options|caption]]` and the lines of a gallery.

use crate::read::wikitext::parse::html;
use crate::read::wikitext::parse::pairs::Pairs;
use std::ops::Range;

/// A picture as its link describes it.
#[derive(Clone, Debug, Default)]
pub struct Picture {
    pub name: String,
    /// Set apart from the text, with its caption.
    pub block: bool,
    pub width: Option<u32>,
    pub height: Option<u32>,
    pub alt: Option<String>,
    /// The last option that is none.
    pub caption: Option<Range<usize>>,
    /// The options that say how it is shown, or what it is by other words.
    pub options: Vec<Range<usize>>,
    /// What leads elsewhere or plays a part of it, and captions before the last one.
    pub lost: Vec<Range<usize>>,
}

/// Words that set a picture apart, in the languages of the larger wikis.
#[rustfmt::skip]
static BLOCK: [&str; 58] = [
    "thumb", "thumbnail", "frame", "framed", "left", "right", "center", "centre", "none",
    "mini", "miniatur", "gerahmt", "links", "rechts", "zentriert", "ohne",
    "vignette", "cadre", "gauche", "droite", "centré", "néant",
    "miniaturadeimagen", "miniatura", "izquierda", "derecha", "centro", "no", "esquerda", "direita",
    "miniaturadaimagem", "sinistra", "destra", "mały", "lewo", "prawo", "centruj",
    "мини", "миниатюра", "слева", "справа", "центр", "ліворуч", "праворуч", "міні",
    "تصغير", "يسار", "يمين", "مركز", "サムネイル", "左", "右", "中央", "섬네일", "왼쪽", "오른쪽", "缩略图", "nhỏ",
];

/// Options that only say how a picture is shown.
#[rustfmt::skip]
static PLAIN: [&str; 32] = [
    "frameless", "border", "upright", "hochkant", "redresse", "bezramki", "безрамки", "обрамить", "граница",
    "baseline", "sub", "super", "top", "text-top", "middle", "bottom", "text-bottom", "rahmenlos", "rand",
    "sans_cadre", "bordure", "sincerco", "sem_borda", "bez_ramki", "إطار", "بإطار", "حدود", "giữa", "phải", "trái",
    "가운데", "ramka",
];

/// The words for alternative text.
static ALT: [&str; 6] = ["alt", "alternativtext", "альт", "بديل", "代替文", "대체글"];

/// The picture of `<img>`, which GitHub's wikitext has and some wikis allow. None without an address.
pub fn of_tag(attributes: &str) -> Option<Picture> {
    let value = |name| html::attribute(attributes, name).filter(|value| !value.is_empty());
    let text = |name| value(name).map(|value| crate::markup::entity::decode(value).into_owned());
    let pixels = |name| value(name)?.trim_end_matches("px").parse().ok();
    Some(Picture {
        name: text("src")?,
        alt: text("alt"),
        width: pixels("width"),
        height: pixels("height"),
        ..Picture::default()
    })
}

/// Reads a picture's options.
pub fn read(text: &str, pairs: &Pairs, name: &str, options: Option<Range<usize>>) -> Picture {
    let mut picture = Picture { name: name.replace('_', " "), ..Picture::default() };
    let Some(options) = options else { return picture };
    for range in split(text, pairs, options) {
        let option = text[range.clone()].trim();
        let lower = option.to_lowercase();
        if let Some((key, value)) = option.split_once('=') {
            let key = key.trim().to_lowercase();
            if ALT.contains(&key.as_str()) {
                picture.alt = Some(crate::markup::entity::decode(value.trim()).into_owned());
                picture.options.push(range);
                continue;
            }
            let known = matches!(
                key.as_str(),
                "link"
                    | "page"
                    | "lang"
                    | "class"
                    | "upright"
                    | "hochkant"
                    | "redresse"
                    | "thumb"
                    | "thumbnail"
                    | "verweis"
                    | "lien"
                    | "start"
                    | "end"
                    | "thumbtime"
                    | "seite"
                    | "ссылка"
                    | "وصلة"
                    | "عنوان"
            );
            if known {
                // A picture of its own to show small.
                picture.block |= matches!(key.as_str(), "thumb" | "thumbnail");
                let looks = matches!(key.as_str(), "class" | "upright" | "hochkant" | "redresse");
                let list =
                    if looks || value.trim().is_empty() { &mut picture.options } else { &mut picture.lost };
                list.push(range);
                continue;
            }
        }
        if BLOCK.contains(&lower.as_str()) {
            picture.block = true;
            picture.options.push(range);
        } else if let Some((width, height)) = size(&lower) {
            picture.width = width;
            picture.height = height;
            picture.options.push(range);
        } else if PLAIN.contains(&lower.as_str()) || upright(&lower) {
            picture.options.push(range);
        } else if let Some(earlier) = picture.caption.replace(range).filter(|r| !r.is_empty()) {
            picture.lost.push(earlier);
        }
    }
    picture
}

/// `upright 1.2`, an old form of `upright=1.2`.
fn upright(option: &str) -> bool {
    option.split_once(' ').is_some_and(|(word, number)| {
        matches!(word, "upright" | "hochkant" | "redresse") && number.parse::<f32>().is_ok()
    })
}

/// `200px`, `x100px`, `200x100px`.
fn size(option: &str) -> Option<(Option<u32>, Option<u32>)> {
    let number = option.trim_end_matches("px").trim_end_matches("пкс").trim_end_matches("بك").trim();
    if number.len() == option.len() && !option.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (width, height) = number.split_once('x').unwrap_or((number, ""));
    let parse = |s: &str| s.trim().parse::<u32>().ok().filter(|n| *n > 0);
    let fits = |s: &str| s.trim().is_empty() || s.trim().bytes().all(|b| b.is_ascii_digit());
    (fits(width) && fits(height) && !number.is_empty()).then(|| (parse(width), parse(height)))
}

/// The parts between pipes, but not those of links inside.
fn split(text: &str, pairs: &Pairs, range: Range<usize>) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut parts = Vec::new();
    let (mut start, mut at) = (range.start, range.start);
    while at < range.end {
        match bytes[at] {
            b'|' => {
                parts.push(start..at);
                at += 1;
                start = at;
            }
            // A table starts a line; its pipes part no options.
            b'{' if bytes.get(at + 1) == Some(&b'|') && at > 0 && bytes[at - 1] == b'\n' => {
                let table = &text[at..range.end];
                at = table.find("\n|}").map_or(at + 2, |end| at + end + 3);
            }
            b'[' if bytes.get(at + 1) == Some(&b'[') => at = pairs.end(at).unwrap_or(at + 1).min(range.end),
            _ => at += 1,
        }
    }
    parts.push(start..range.end);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(options: &str) -> (Picture, Option<&str>) {
        let found = read(options, &Pairs::find(options), "a.jpg", Some(0..options.len()));
        let caption = found.caption.clone().map(|r| &options[r]);
        (found, caption)
    }

    #[test]
    fn options_are_told_from_the_caption() {
        let (found, caption) = picture("thumb|200x100px|alt=A cat|The [[cat|Cat]]");
        assert!(found.block);
        assert_eq!((found.width, found.height), (Some(200), Some(100)));
        assert_eq!(found.alt.as_deref(), Some("A cat"));
        assert_eq!(caption, Some("The [[cat|Cat]]"));
        let (found, caption) = picture("섬네일|250px|upright=1.2|x = y");
        assert!(found.block);
        assert_eq!(caption, Some("x = y"));
        let (found, caption) = picture("20px");
        assert!(!found.block && caption.is_none());
    }
}
