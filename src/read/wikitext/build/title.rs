//! What a page is called, when only its file's name says so.

use crate::model::visit::{self, Visit};
use crate::model::{Block, BlockKind, Inline, InlineKind, Style, plain_text};
use crate::read::wikitext::data::namespace::{self, Space};
use unicode_normalization::UnicodeNormalization;

/// The title of a page from the name of its file, in which spaces may be underscores.
pub fn of_file(source_name: &str) -> String {
    let file = source_name.rsplit(['/', '\\']).next().unwrap_or(source_name);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    if stem == "-" { String::new() } else { stem.replace('_', " ").trim().to_owned() }
}

/// The name of the article by its box of facts, or the first words in bold, where a file's name says
/// the same thing less well: in other letters, or with a number and a language before it.
pub fn better(file: &str, blocks: &[Block]) -> Option<String> {
    let mut names = Names::default();
    for block in blocks.iter().take(LOOKED_AT) {
        names.block(block);
    }
    name_of(file, names.found.iter().map(String::as_str))
}

/// The same before the source is read: by the first words in bold.
pub fn in_source(file: &str, source: &str) -> Option<String> {
    let head = &source[..source.floor_char_boundary(LOOKED_THROUGH.min(source.len()))];
    let bold = head.split("'''").skip(1).step_by(2).take(LOOKED_AT).filter(|name| !name.contains('\n'));
    name_of(file, bold.map(|name| name.trim_matches('\'')))
}

/// The first name that says the same as a file's, and better.
fn name_of<'n>(file: &str, mut names: impl Iterator<Item = &'n str>) -> Option<String> {
    let said = words(file);
    let lower = |words: &[String]| words.iter().map(|word| word.to_lowercase()).collect::<Vec<_>>();
    let same = |name: &&str| {
        let name = words(name);
        let Some(length) = said.len().checked_sub(name.len()) else { return false };
        let (before, rest) = said.split_at(length);
        !name.is_empty() && lower(rest) == lower(&name) && before.iter().all(|word| is_prefix(word))
    };
    let name = capitalised(names.find(same)?);
    (name != file).then_some(name)
}

/// A name with a capital at its start, as titles of pages have, and without the marks of stress that
/// Cyrillic names have in running text.
fn capitalised(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        let after_cyrillic = out.chars().next_back().is_some_and(|c| matches!(c, '\u{400}'..='\u{52F}'));
        match c {
            '\u{301}' if after_cyrillic => {}
            _ if out.is_empty() => out.extend(c.to_uppercase()),
            _ => out.push(c),
        }
    }
    out
}

/// Blocks in which a name is looked for.
const LOOKED_AT: usize = 12;

/// Bytes of a source in which one is.
const LOOKED_THROUGH: usize = 16_384;

/// What files of a collection have before a title: a number, a language.
fn is_prefix(word: &str) -> bool {
    let is_language = || matches!(namespace::space(word), Some(Space::Language));
    word.bytes().all(|b| b.is_ascii_digit())
        || (word.bytes().all(|b| b.is_ascii_lowercase()) && is_language())
}

/// Words without what a file's name may not have.
fn words(text: &str) -> Vec<String> {
    let plain: String = text.nfkd().filter(|c| !matches!(c, '\u{300}'..='\u{36F}')).collect();
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(str::to_owned).collect()
}

#[derive(Default)]
struct Names {
    found: Vec<String>,
}

impl Names {
    fn add(&mut self, content: &[Inline]) {
        let line = content.split(|inline| matches!(inline.kind, InlineKind::HardBreak)).next();
        let name = plain_text(line.unwrap_or_default()).trim().to_owned();
        if !name.is_empty() {
            self.found.push(name);
        }
    }
}

impl Visit<'_> for Names {
    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Infobox(infobox) => self.add(&infobox.title),
            BlockKind::Paragraph { .. } => visit::walk_block(self, block),
            _ => {}
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Styled { style: Style::Strong, content } => self.add(content),
            _ => visit::walk_inline(self, inline),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Node, Span};

    #[test]
    fn a_better_name_is_the_same_name() {
        let named = |name: &str| {
            let text = Node::new(InlineKind::Text { text: name.into() }, Span::default());
            let strong = InlineKind::Styled { style: Style::Strong, content: vec![text] };
            vec![Node::new(
                BlockKind::Paragraph { content: vec![Node::new(strong, Span::default())] },
                Span::default(),
            )]
        };
        let better = |file: &str, name: &str| better(&of_file(file), &named(name));
        assert_eq!(better("022_en_julia_kristeva.wiki", "Julia Kristeva").as_deref(), Some("Julia Kristeva"));
        assert_eq!(
            better("Canton_of_Etaples.wiki", "Canton of Étaples").as_deref(),
            Some("Canton of Étaples")
        );
        let source = "{{Main|}}\n'''''Julia Kristeva''''' is";
        assert_eq!(in_source("022 en julia kristeva", source).as_deref(), Some("Julia Kristeva"));
        assert_eq!(better("notes.wiki", "Julia Kristeva"), None);
        assert_eq!(better("A-Ha.wiki", "A-ha").as_deref(), Some("A-ha"));
        assert_eq!(better("United Kingdom.wiki", "Kingdom"), None);
        assert_eq!(better("Tom Hanks.wiki", "Hanks"), None);
        assert_eq!(better("tom_hanks.wiki", "Hanks"), None);
        assert_eq!(better("Берлин.wiki", "Берли́н"), None);
        assert_eq!(better("arithmetic_mean.wiki", "arithmetic mean").as_deref(), Some("Arithmetic mean"));
    }
}
