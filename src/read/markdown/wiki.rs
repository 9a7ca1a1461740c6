//! Links and embeds in double brackets, as Obsidian has them: `[[Note#Heading|words]]`,
//! `![[picture.png|300]]`.

use super::reader::Reader;
use crate::account::Fate;
use crate::diagnostic::{Diagnostic, code};
use crate::model::{Image, Inline, InlineKind, Link, Span, Target};
use crate::text::slug::slug;

impl Reader<'_, '_, '_> {
    /// The link or embed at a span of the source.
    pub fn wiki_link(&mut self, span: Span, embed: bool) -> Option<Inline> {
        let text = self.text;
        let open = span.start as usize + if embed { 3 } else { 2 };
        let inside = &text[open..span.end as usize - 2];
        // In a table the bar has a backslash before it.
        let (name, words) = match inside.split_once('|') {
            Some((name, words)) => (name.strip_suffix('\\').unwrap_or(name), Some(words)),
            None => (inside, None),
        };
        if is_contents(inside) {
            return None;
        }
        let (page, section) = match name.split_once('#') {
            Some((page, section)) => (page.trim(), Some(section.trim())),
            None => (name.trim(), None),
        };
        if page.is_empty() && section.is_none_or(str::is_empty) {
            return None;
        }
        self.cx.claim(span, Fate::Syntax);
        if embed && is_picture(page) {
            let mut image = Image { source: page.to_owned(), ..Image::default() };
            let mut alt = words.map(str::trim).filter(|words| !words.is_empty());
            if let Some(words) = alt {
                let (rest, size) = sized(words);
                if let Some((width, height)) = size {
                    (image.width, image.height) = (Some(width), height);
                    alt = (!rest.is_empty()).then_some(rest);
                }
            }
            image.alt = alt.map(str::to_owned);
            self.cx.claim(Span::new(open, open + name.len()), Fate::Rendered);
            return Some(Inline::new(InlineKind::Image(Box::new(image)), span));
        }
        if embed {
            let message = "a document that is to stand here is linked instead";
            self.cx.report(Diagnostic::new(&code::STRUCTURE_FLATTENED, span, message));
        }
        // Of headings in each other the last one is meant.
        let last = section.map(|section| section.rsplit('#').next().unwrap_or(section).trim());
        let anchor = last.map(|last| last.strip_prefix('^').map_or_else(|| slug(last), str::to_owned));
        let target = match anchor {
            Some(anchor) if page.is_empty() => Target::Anchor(anchor),
            _ => {
                let file = page.rsplit('/').next().unwrap_or(page);
                let title = file.strip_suffix(".md").unwrap_or(file).to_owned();
                Target::Article { title, section: last.map(str::to_owned) }
            }
        };
        let shown = match (words.map(str::trim).filter(|words| !words.is_empty()), section) {
            (Some(words), _) => words.to_owned(),
            (None, Some(section)) => {
                let sections = section.split('#').map(|part| part.trim().trim_start_matches('^'));
                let page = (!page.is_empty()).then_some(page);
                page.into_iter()
                    .chain(sections)
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(" > ")
            }
            (None, None) => page.to_owned(),
        };
        // Where the words stand as they are shown.
        let at = inside.rfind(&*shown).map_or(span, |at| Span::new(open + at, open + at + shown.len()));
        let code = shown.strip_prefix('`').and_then(|code| code.strip_suffix('`'));
        let kind = match code.filter(|code| !code.is_empty() && !code.contains('`')) {
            Some(code) => InlineKind::Code { text: code.to_owned() },
            None => InlineKind::Text { text: shown },
        };
        let content = vec![Inline::new(kind, at)];
        self.cx.claim(Span::new(open, open + name.len()), Fate::Rendered);
        Some(Inline::new(InlineKind::Link(Box::new(Link { target, content })), span))
    }
}

/// Whether what stands in double brackets is the sign for a list of contents.
fn is_contents(inside: &str) -> bool {
    inside.trim_matches('_').eq_ignore_ascii_case("toc")
}

/// Whether a file is a picture, by its extension.
fn is_picture(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    extension.is_some_and(|e| {
        matches!(&*e, "png" | "jpg" | "jpeg" | "gif" | "svg" | "webp" | "bmp" | "avif" | "tif" | "tiff")
    })
}

/// Words that end in a size (`300`, `words|300x200`): what stands before it, and the size.
pub(super) fn sized(words: &str) -> (&str, Option<(u32, Option<u32>)>) {
    let (before, last) = words.rsplit_once('|').unwrap_or(("", words));
    let (width, height) = match last.trim().split_once('x') {
        Some((width, height)) => (width, Some(height)),
        None => (last.trim(), None),
    };
    let pixels = |s: &str| s.parse().ok().filter(|n| (1..=100_000).contains(n));
    match (pixels(width), height.map(pixels)) {
        (Some(width), None) => (before.trim(), Some((width, None))),
        (Some(width), Some(Some(height))) => (before.trim(), Some((width, Some(height)))),
        _ => (words, None),
    }
}
