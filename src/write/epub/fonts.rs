//! Embedded fonts: which characters each face has to show, and the rules that name the faces.

use super::resource::Resource;
use crate::font::{FaceId, FontLibrary, FontStyle};
use crate::format::Error;
use crate::write::html::page::ContentFile;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use unicode_script::{Script, UnicodeScript};

/// The font files that the pages need, and a style sheet that uses them.
pub(super) fn embed(library: &FontLibrary, pages: &[ContentFile]) -> Result<(Vec<Resource>, String), Error> {
    let mut used = Used { library, faces: HashMap::new(), characters: BTreeMap::new() };
    for page in pages {
        used.page(&page.body);
    }
    let (mut css, mut resources) = (String::new(), Vec::new());
    let (mut serif, mut mono) = (Vec::new(), Vec::new());
    for (&id, characters) in &used.characters {
        let face = library.face(id);
        let font = face.web_font(characters).map_err(|error| Error::Writer {
            format: "epub",
            message: format!("the face {} can't be embedded: {error}", face.name()),
        })?;
        // Names are the font's own words: in a path and a style sheet only letters and digits are safe.
        let safe = |name: &str, keep: char| -> String {
            name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == keep).collect()
        };
        let family = safe(&font.family, ' ');
        let path = format!("fonts/{}-{}.{}", id.0, safe(face.name(), '-'), font.extension);
        css.push_str(&format!(
            "@font-face{{font-family:\"{family}\";font-weight:{};font-style:{};src:url({path})}}\n",
            if font.weight >= 600 { "bold" } else { "normal" },
            if font.italic { "italic" } else { "normal" },
        ));
        let families = if face.metrics().monospaced { &mut mono } else { &mut serif };
        if !families.contains(&family) {
            families.push(family);
        }
        resources.push(Resource { path, media_type: font.media_type, properties: "", data: font.data });
    }
    for (selector, families, generic) in [("body", serif, "serif"), ("code,kbd,samp", mono, "monospace")] {
        if !families.is_empty() {
            css.push_str(&format!("{selector}{{font-family:\"{}\",{generic}}}\n", families.join("\",\"")));
        }
    }
    Ok((resources, css))
}

struct Used<'a> {
    library: &'a FontLibrary,
    /// The face that shows a character in a style.
    faces: HashMap<(char, Look), Option<FaceId>>,
    characters: BTreeMap<FaceId, BTreeSet<char>>,
}

/// How text is set, as far as it chooses the face.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
struct Look {
    style: FontStyle,
    mono: bool,
    /// A formula, which has fonts of its own.
    math: bool,
}

impl Used<'_> {
    /// Takes the characters of a page's markup, which this crate has written: it is well-formed, and
    /// `<` and `>` stand in it for nothing but tags.
    fn page(&mut self, markup: &str) {
        let mut open = vec![Look::default()];
        let mut rest = markup;
        while let Some(at) = rest.find('<') {
            let look = open.last().copied().unwrap_or_default();
            self.text(&rest[..at], look);
            let tag = &rest[at + 1..];
            let Some(end) = tag.find('>') else { return };
            let (tag, after) = tag.split_at(end);
            if tag.starts_with('/') {
                open.pop();
            } else if !tag.ends_with('/') {
                open.push(inside(tag, look));
            }
            rest = &after[1..];
        }
    }

    fn text(&mut self, text: &str, look: Look) {
        if look.math {
            return;
        }
        let mut script = Script::Common;
        for c in text.chars().filter(|c| !c.is_control()) {
            if !matches!(c.script(), Script::Common | Script::Inherited) {
                script = c.script();
            }
            let library = self.library;
            let face = *self.faces.entry((c, look)).or_insert_with(|| {
                let family = if look.mono { library.mono() } else { library.serif() };
                // Readers of books have emoji, in colours.
                let mut faces =
                    library.candidates(family, look.style, script).filter(|&id| id != library.emoji());
                faces.find(|&id| library.face(id).covers(c))
            });
            if let Some(face) = face {
                self.characters.entry(face).or_default().insert(c);
            }
        }
    }
}

/// How the text in an element is set by the built-in style sheet and by readers' own.
fn inside(tag: &str, mut look: Look) -> Look {
    let name = tag.split([' ', '\n']).next().unwrap_or_default();
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "strong" | "th" | "caption" | "dt" => {
            look.style.bold = true
        }
        "em" | "cite" | "dfn" | "var" => look.style.italic = true,
        "code" | "kbd" | "samp" => look.mono = true,
        "math" => look.math = true,
        _ => look.style.italic |= tag.contains("hatnote\"") || tag.contains("subtitle\""),
    }
    look
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_face_has_the_characters_it_shows() {
        let body = "<h1>A</h1>\n<p>b <em>c<br/></em>d <code>e</code> &amp; <math><mi>q</mi></math> ش</p>";
        let page = ContentFile { body: body.to_owned(), ..ContentFile::default() };
        let library = FontLibrary::embedded();
        let mut used = Used { library: &library, faces: HashMap::new(), characters: BTreeMap::new() };
        used.page(&page.body);
        let by_name: BTreeMap<_, String> = used
            .characters
            .iter()
            .map(|(id, all)| (library.face(*id).name(), all.iter().collect()))
            .collect();
        let expected = [
            ("DejaVuSansMono", "e"),
            ("LibertinusSerif-Bold", "A"),
            ("LibertinusSerif-Italic", "c"),
            ("LibertinusSerif-Regular", " &;abdmp"),
            ("NotoNaskhArabic-Regular", "ش"),
        ];
        assert_eq!(by_name, expected.map(|(name, all)| (name, all.to_owned())).into());
        let (files, css) = embed(&library, &[page]).unwrap();
        assert_eq!(files.len(), 5);
        assert!(css.contains("body{font-family:\"Libertinus Serif\",\"Noto Naskh Arabic\",serif}"), "{css}");
        assert!(
            css.contains("font-weight:bold;font-style:normal;src:url(fonts/1-LibertinusSerif-Bold.otf)"),
            "{css}"
        );
    }
}
