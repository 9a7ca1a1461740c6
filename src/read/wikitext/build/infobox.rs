//! Infoboxes: a template's arguments as title, picture and rows.

use super::builder::Builder;
use super::media;
use super::reference::markers;
use crate::model::*;
use crate::read::wikitext::expand::arguments::Argument;
use crate::read::wikitext::expand::claims::Subject;
use crate::read::wikitext::expand::flat::Flat;
use crate::read::wikitext::parse::link::{self, Wikilink};
use crate::read::wikitext::parse::marker::Item;

/// Arguments that name the box.
#[rustfmt::skip]
static TITLES: [&str; 30] = [
    "name", "title", "titel", "nom", "nombre", "nome", "naam", "nazwa", "imię i nazwisko", "название", "имя", "русское название",
    "اسم", "الاسم", "名称", "名前", "이름", "정식표기", "tên", "ชื่อ", "नाम", "பெயர்", "ქართული სახელი", "όνομα", "název", "név",
    "nume", "navn", "naziv", "日本語表記",
];

/// Arguments that hold the picture.
#[rustfmt::skip]
static IMAGES: [&str; 34] = [
    "image", "img", "photo", "picture", "image skyline", "image photo", "image1", "bild", "bildname", "foto", "imagen", "imagem",
    "immagine", "afbeelding", "grafika", "zdjęcie", "изображение", "фото", "портрет", "صورة", "画像", "그림", "사진", "图像", "圖片",
    "hình", "ภาพ", "चित्र", "சுராட்", "სურათი", "εικόνα", "logo", "cover", "beeld naam",
];

/// Arguments with the line under the picture.
#[rustfmt::skip]
static CAPTIONS: [&str; 20] = [
    "caption", "image caption", "imagecaption", "photo caption", "bildtext", "bildbeschreibung", "légende", "legenda", "pie", "didascalia",
    "подпись", "описание изображения", "تعليق", "画像説明", "그림설명", "图像说明", "chú thích hình", "opis zdjęcia", "beeld byskrif", "opis grafiki",
];

/// Arguments with the words that stand for the picture.
static ALTS: [&str; 5] = ["alt", "image alt", "alt text", "logo alt", "bildbeschreibung alt"];

/// What an argument's name contains when it only says how something is shown or found.
#[rustfmt::skip]
static LAYOUT: [&str; 53] = [
    "width", "size", "color", "colour", "style", "class", "zoom", "position", "spacing", "border", "pushpin",
    "mapsize", "map_", "map ", "latd", "latm", "lats", "latns", "longd", "longm", "longs", "longew", "coordinates_", "coor_", "imgwidth",
    "breedte", "breite", "grösse", "größe", "farbe", "taille", "tamaño", "размер", "ширина", "цвет", "rozmiar", "szerokość", "크기",
    "위도", "경도", "꼬리표", "サイズ", "緯度", "経度", "lat_", "long_", "lat deg", "lon deg", "maxbreedte", "module",
    "dot_", "embed", "footnote_pos",
];

impl Builder<'_, '_, '_> {
    /// An infobox from a template's arguments; `None` when nothing is in it.
    pub fn infobox(&mut self, name: &str, arguments: Vec<Argument>, span: Span) -> Option<Block> {
        let mut infobox = Infobox::default();
        let mut caption = Vec::new();
        let mut alt = None;
        for Argument { name: key, value: flat, span: whole, .. } in arguments {
            let value = flat.text.trim();
            if value.is_empty() {
                continue;
            }
            let known = key.trim().to_lowercase().replace('_', " ");
            if infobox.title.is_empty() && TITLES.contains(&known.as_str()) {
                infobox.title = self.inlines_of(&flat);
                continue;
            }
            if infobox.image.is_none()
                && IMAGES.contains(&known.as_str())
                && let Some((image, words)) = self.picture(&flat)
            {
                if caption.is_empty() {
                    caption = words;
                }
                infobox.image = Some(InfoboxImage { image, caption: Vec::new() });
                continue;
            }
            if caption.is_empty() && CAPTIONS.contains(&known.as_str()) {
                caption = self.inlines_of(&flat);
                continue;
            }
            if alt.is_none() && ALTS.contains(&known.as_str()) {
                self.x.findings.claims.reworded(&flat);
                alt = Some(crate::markup::entity::decode(value).into_owned());
                continue;
            }
            if is_layout(&key, &known, value) {
                self.x.findings.claims.lose(Subject::Looks(name.to_owned()), &key, whole);
                continue;
            }
            let value = if is_file_name(value) { self.picture_block(&flat) } else { self.blocks_of(&flat) };
            if value.is_empty() {
                continue;
            }
            let row_span = flat.span(0..flat.text.len());
            let positional = key.bytes().all(|b| b.is_ascii_digit());
            let label = if positional {
                Vec::new()
            } else {
                vec![Node::new(
                    InlineKind::Text { text: readable(&key) },
                    Span::new(row_span.start as usize, row_span.start as usize),
                )]
            };
            let key = (!positional).then_some(key);
            infobox.rows.push(InfoboxRow { label, value, key, span: row_span });
        }
        match &mut infobox.image {
            Some(image) => {
                image.caption = caption;
                image.image.alt = image.image.alt.take().or(alt);
            }
            None if !caption.is_empty() => {
                let value = vec![Node::new(BlockKind::Paragraph { content: caption }, span)];
                infobox.rows.push(InfoboxRow { label: Vec::new(), value, key: None, span });
            }
            None => {}
        }
        if infobox.title.is_empty() && infobox.image.is_none() && infobox.rows.is_empty() {
            return None;
        }
        let mut block = Node::new(BlockKind::Infobox(Box::new(infobox)), span);
        block.attr_mut().classes.push(name.to_owned());
        Some(block)
    }

    /// The first picture in a value: a bare file name, a link to a file, or one in a template.
    fn picture(&mut self, flat: &Flat) -> Option<(Image, Vec<Inline>)> {
        let value = flat.text.trim();
        if let Some(rest) = value.strip_prefix("[[") {
            let end = rest.rfind("]]")?;
            let inner = &rest[..end];
            let length = inner.find('|').unwrap_or(inner.len());
            let Some(Wikilink::Media(name)) = link::classify(&inner[..length]) else { return None };
            let start = value.as_ptr() as usize - flat.text.as_ptr() as usize + 2;
            let options = (length < inner.len()).then_some(start + length + 1..start + inner.len());
            let pairs = crate::read::wikitext::parse::token::Pairs::find(&flat.text);
            let picture = media::read(&flat.text, &pairs, &name, options);
            self.x.findings.claims.syntax_of(flat, start..start + length);
            self.picture_account(flat, &picture);
            let caption = picture.caption.clone().map(|range| {
                let mut part = Flat::default();
                part.push_slice(flat, range);
                self.inlines_of(&part)
            });
            return Some((super::phrase::image_of(&picture), caption.unwrap_or_default()));
        }
        if is_file_name(value) {
            // Of options after the name, as in a link to a file, nothing is shown.
            let file = value.split('|').next().unwrap_or(value);
            let start = file.as_ptr() as usize - flat.text.as_ptr() as usize;
            self.x.findings.claims.syntax_of(flat, start..start + file.len());
            let rest = start + file.len()..flat.text.len();
            self.x.findings.claims.lose_of(Subject::PictureOptions, "after a file's name", flat, rest);
            let name = file
                .split_once(':')
                .filter(|(p, _)| crate::read::wikitext::data::namespace::space(p).is_some());
            let name = name.map_or(file, |(_, rest)| rest.trim());
            let alt = None;
            return Some((Image { source: name.replace('_', " "), alt, ..Image::default() }, Vec::new()));
        }
        // A montage: its first picture stands for it.
        let index = *markers(flat).first()?;
        let Some(Item::Infobox { name, arguments, .. }) = self.x.items.get(index).cloned() else {
            return None;
        };
        let first = arguments.iter().position(|a| is_file_name(a.value.text.trim()))?;
        let image =
            Image { source: arguments[first].value.text.trim().replace('_', " "), ..Image::default() };
        let caption = arguments.iter().rposition(|a| a.name.contains("foot") || a.name.contains("caption"));
        for (i, argument) in arguments.iter().enumerate().filter(|(i, _)| *i != first && Some(*i) != caption)
        {
            let value = argument.value.text.trim();
            let subject = match is_file_name(value) {
                true => Subject::Pictures,
                false => Subject::Looks(name.clone()),
            };
            let named = if is_file_name(value) { value } else { argument.name.as_str() };
            if !value.is_empty() {
                self.x.findings.claims.lose(subject, named, arguments[i].span);
            }
        }
        let caption = caption.map(|i| self.inlines_of(&arguments[i].value));
        Some((image, caption.unwrap_or_default()))
    }

    fn picture_block(&mut self, flat: &Flat) -> Vec<Block> {
        let span = flat.span(0..flat.text.len());
        let Some((image, _)) = self.picture(flat) else { return Vec::new() };
        let content = vec![Node::new(InlineKind::Image(Box::new(image)), span)];
        vec![Node::new(BlockKind::Paragraph { content }, span)]
    }
}

fn is_file_name(value: &str) -> bool {
    static ENDINGS: [&str; 12] =
        [".jpg", ".jpeg", ".png", ".svg", ".gif", ".tif", ".tiff", ".webp", ".ogg", ".ogv", ".webm", ".pdf"];
    let Some(dot) = value.rfind('.') else { return false };
    let ending = value[dot..].to_ascii_lowercase();
    ENDINGS.contains(&ending.as_str())
        && !value.contains(['\n', '<', '[', '{', '\0'])
        && !value.contains("//")
}

fn is_layout(key: &str, known: &str, value: &str) -> bool {
    let lower = key.to_lowercase();
    LAYOUT.iter().any(|word| lower.contains(word) || known.contains(word))
        || (value.len() < 12
            && value.trim_end_matches("px").bytes().all(|b| b.is_ascii_digit())
            && value.ends_with("px"))
}

/// A label from an argument's name: `birth_place` becomes `Birth place`.
fn readable(key: &str) -> String {
    let key = key.replace(['_', '-'], " ");
    let words: Vec<&str> = key.split_whitespace().collect();
    let joined = words.join(" ");
    let mut chars = joined.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().collect::<String>() + chars.as_str(),
        None => joined,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_readable() {
        assert_eq!(readable("birth_place"), "Birth place");
        assert_eq!(readable("면적"), "면적");
    }

    #[test]
    fn file_names() {
        assert!(is_file_name("Berlin Montage 4.jpg"));
        assert!(!is_file_name("http://a.b/c.png"));
        assert!(!is_file_name("34.5"));
    }
}
