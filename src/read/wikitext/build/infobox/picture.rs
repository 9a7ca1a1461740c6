//! The picture in a value: a file's name, a link to it, or the first one of a montage.

use crate::model::{Image, Inline};
use crate::read::wikitext::build::builder::Builder;
use crate::read::wikitext::build::reference::markers;
use crate::read::wikitext::build::{media, phrase};
use crate::read::wikitext::data::namespace;
use crate::read::wikitext::expand::claims::Subject;
use crate::read::wikitext::expand::flat::Flat;
use crate::read::wikitext::parse::link::{self, Wikilink};
use crate::read::wikitext::parse::marker::Item;
use crate::read::wikitext::parse::pairs::Pairs;

impl Builder<'_, '_, '_> {
    /// The first picture in a value, with the caption that it brings along.
    pub fn picture(&mut self, flat: &Flat) -> Option<(Image, Vec<Inline>)> {
        let value = flat.text.trim();
        if let Some(rest) = value.strip_prefix("[[") {
            let end = rest.find("]]").filter(|_| !rest.contains("[[")).or_else(|| rest.rfind("]]"))?;
            let inner = &rest[..end];
            let length = inner.find('|').unwrap_or(inner.len());
            let Some(Wikilink::Media(name)) = link::classify(&inner[..length]) else { return None };
            let start = value.as_ptr() as usize - flat.text.as_ptr() as usize + 2;
            let options = (length < inner.len()).then_some(start + length + 1..start + inner.len());
            let pairs = Pairs::find(&flat.text);
            let picture = media::read(&flat.text, &pairs, &name, options);
            self.x.findings.claims.syntax_of(flat, start..start + length);
            self.picture_account(flat, &picture);
            let caption = picture.caption.clone().map(|range| {
                let mut part = Flat::default();
                part.push_slice(flat, range);
                self.inlines_of(&part)
            });
            return Some((phrase::image_of(&picture), caption.unwrap_or_default()));
        }
        if is_file_name(value) {
            // Of options after the name, as in a link to a file, nothing is shown.
            let file = value.split('|').next().unwrap_or(value);
            let start = file.as_ptr() as usize - flat.text.as_ptr() as usize;
            self.x.findings.claims.syntax_of(flat, start..start + file.len());
            let rest = start + file.len()..flat.text.len();
            self.x.findings.claims.lose_of(Subject::PictureOptions, "after a file's name", flat, rest);
            return Some((Image { source: file_name(file), ..Image::default() }, Vec::new()));
        }
        // A montage: its first picture stands for it.
        let index = *markers(flat).first()?;
        let Some(Item::Pictures { name, arguments }) = self.x.items.get(index).cloned() else {
            return None;
        };
        let first = arguments.iter().position(|a| is_file_name(a.value.text.trim()))?;
        let image = Image { source: file_name(arguments[first].value.text.trim()), ..Image::default() };
        let caption = arguments.iter().rposition(|a| a.name.contains("foot") || a.name.contains("caption"));
        for (i, argument) in arguments.iter().enumerate().filter(|(i, _)| *i != first && Some(*i) != caption)
        {
            let value = argument.value.text.trim();
            let is_picture = is_file_name(value);
            let subject = if is_picture { Subject::Pictures } else { Subject::Looks(name.clone()) };
            let named = if is_picture { value } else { argument.name.as_str() };
            if !value.is_empty() {
                self.x.findings.claims.lose(subject, named, arguments[i].span);
            }
        }
        let caption = caption.map(|i| self.inlines_of(&arguments[i].value));
        Some((image, caption.unwrap_or_default()))
    }
}

/// A file's name without its namespace.
pub fn file_name(written: &str) -> String {
    let name = written.split_once(':').filter(|(prefix, _)| namespace::space(prefix).is_some());
    name.map_or(written, |(_, rest)| rest).trim().replace('_', " ")
}

pub fn is_file_name(value: &str) -> bool {
    static ENDINGS: [&str; 9] = [".jpg", ".jpeg", ".png", ".svg", ".gif", ".tif", ".tiff", ".webp", ".pdf"];
    ends_with(value, &ENDINGS)
}

/// Whether a value is the name of a sound or film.
pub fn is_recording(value: &str) -> bool {
    static ENDINGS: [&str; 9] = [".ogg", ".oga", ".ogv", ".webm", ".mp3", ".mid", ".wav", ".opus", ".flac"];
    ends_with(value, &ENDINGS)
}

fn ends_with(value: &str, endings: &[&str]) -> bool {
    let value = value.split('|').next().unwrap_or(value).trim_end();
    let Some(dot) = value.rfind('.') else { return false };
    let ending = value[dot..].to_ascii_lowercase();
    endings.contains(&ending.as_str())
        && !value.contains(['\n', '<', '[', '{', '\0'])
        && !value.contains("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names() {
        assert!(is_file_name("Berlin Montage 4.jpg"));
        assert!(!is_file_name("http://a.b/c.png"));
        assert!(!is_file_name("34.5"));
        assert!(is_recording("Anthem.ogg"));
        assert_eq!(file_name("Datei:A_b.jpg"), "A b.jpg");
    }
}
