//! Infoboxes: a template's arguments as title, picture and rows.
//!
//! What is known of a template's family makes its rows ([`family`](Making::family)); of all other
//! arguments the shapes of their names tell what they are ([`shape`](Making::shape)).

mod given;
pub mod key;
mod making;
mod picture;

pub use picture::{file_name, is_file_name};

use super::builder::Builder;
use crate::diagnostic::code;
use crate::model::*;
use crate::read::wikitext::data::facts::facts;
use crate::read::wikitext::expand::arguments::Argument;
use crate::read::wikitext::expand::claims::Subject;
use crate::read::wikitext::expand::flat::Flat;
use given::Given;
use making::{Fact, Kind, Label, Making};
use std::collections::BTreeSet;

impl Builder<'_, '_, '_> {
    /// An infobox from a template's arguments; `None` when nothing is in it.
    pub fn infobox(&mut self, name: &str, arguments: Vec<Argument>, span: Span) -> Option<Block> {
        let language = facts().family(name).and_then(|family| family.language.as_deref());
        let language = language.or(self.language).or_else(|| given::language_of_script(&arguments));
        let mut making = Making::new(name, Given::new(arguments, language));
        making.family();
        making.shape();
        let Making { mut facts, title, images, captions, alts, lost, given, .. } = making;
        for (subject, index) in &lost {
            let argument = &given.list[*index];
            self.x.findings.claims.lose(subject.clone(), &argument.name, argument.span);
        }
        let lost: BTreeSet<usize> = lost.into_iter().map(|(_, index)| index).collect();
        // What is shown in another form, such as a number with its thousands parted.
        for (index, argument) in given.list.iter().enumerate() {
            let plain = !argument.value.text.contains(['[', '{', '<', '|', '\0', '&']);
            if plain && given.used[index] && !lost.contains(&index) {
                self.x.findings.claims.reworded(&argument.value);
            }
        }
        let mut infobox = Infobox::default();
        if let Some(title) = title {
            infobox.title = self.inlines_of(&title);
        }
        let mut captions = captions.into_iter();
        for flat in &images {
            if infobox.image.is_some() {
                // One picture stands for all.
                let all = 0..flat.text.len();
                self.x.findings.claims.lose_of(Subject::Pictures, flat.text.trim(), flat, all);
                continue;
            }
            let Some((image, words)) = self.picture(flat) else {
                facts.insert(0, Fact::unlabelled(flat.clone()));
                continue;
            };
            let caption = match captions.next() {
                Some(caption) => {
                    let caption = self.inlines_of(&caption);
                    self.one_caption(flat, words, caption)
                }
                None => words,
            };
            infobox.image = Some(InfoboxImage { image, caption });
        }
        for alt in alts {
            self.x.findings.claims.reworded(&alt);
            if let Some(image) = &mut infobox.image {
                let words = crate::markup::entity::decode(alt.text.trim()).into_owned();
                image.image.alt.get_or_insert(words);
            }
        }
        // A caption without its picture is all that there is to show of it.
        for caption in captions {
            let content = self.inlines_of(&caption);
            if !content.is_empty() {
                let value = vec![Node::new(BlockKind::Paragraph { content }, span)];
                infobox.rows.push(InfoboxRow { label: Vec::new(), value, key: None, span });
            }
        }
        self.box_rows(facts, language, &mut infobox);
        if infobox.title.is_empty() && infobox.image.is_none() && infobox.rows.is_empty() {
            return None;
        }
        let mut block = Node::new(BlockKind::Infobox(Box::new(infobox)), span);
        block.attr_mut().classes.push(name.to_owned());
        Some(block)
    }

    /// The rows of facts. A section without any has no heading.
    fn box_rows(&mut self, facts: Vec<Fact>, language: Option<&str>, infobox: &mut Infobox) {
        let mut section = None;
        let mut raw = Vec::new();
        for fact in facts {
            let row_span = fact.flat.span(0..fact.flat.text.len());
            let at = Span::new(row_span.start as usize, row_span.start as usize);
            if matches!(fact.kind, Kind::Section) {
                section = Some((self.row_label(fact.label, language, at, &mut raw), at));
                continue;
            }
            let mut value = match fact.kind {
                Kind::Picture { caption } => {
                    let caption = self.row_label(caption, language, at, &mut raw);
                    self.picture_row(&fact.flat, caption)
                }
                _ => self.blocks_of(&fact.flat),
            };
            let nested: Vec<Block> =
                value.extract_if(.., |block| matches!(block.kind, BlockKind::Infobox(_))).collect();
            if !has_words(&value) {
                value.clear();
            }
            if let (Some((label, at)), false) = (&section, value.is_empty() && nested.is_empty()) {
                infobox.rows.push(heading(label.clone(), *at));
                section = None;
            }
            if !value.is_empty() {
                let label = self.row_label(fact.label, language, at, &mut raw);
                infobox.rows.push(InfoboxRow { label, value, key: fact.key, span: row_span });
            }
            for block in nested {
                flatten(block, infobox);
            }
        }
        if let Some(&(_, span)) = raw.first() {
            let labels: Vec<String> = raw.into_iter().map(|(label, _)| format!("'{label}'")).collect();
            let message = format!("no rule has labels for these arguments of a box: {}", labels.join(", "));
            self.report(&code::RAW_LABEL, span, message);
        }
    }

    fn row_label(
        &mut self,
        label: Label,
        language: Option<&str>,
        at: Span,
        raw: &mut Vec<(String, Span)>,
    ) -> Vec<Inline> {
        let text = match label {
            Label::None => return Vec::new(),
            Label::Given(flat) => return self.inlines_of(&flat),
            Label::Known(text) => facts().translated(&text, language).to_owned(),
            Label::Name(name) => {
                let label = key::readable(&name);
                if key::is_raw(&label) {
                    raw.push((label.clone(), at));
                }
                facts().translated(&label, language).to_owned()
            }
        };
        vec![Node::new(InlineKind::Text { text }, at)]
    }

    /// The caption that a box gives to a picture, before the picture's own.
    fn one_caption(&mut self, flat: &Flat, own: Vec<Inline>, given: Vec<Inline>) -> Vec<Inline> {
        if given.is_empty() {
            return own;
        }
        if !own.is_empty() {
            let all = 0..flat.text.len();
            self.x.findings.claims.lose_of(Subject::PictureOptions, "a second caption", flat, all);
        }
        given
    }

    /// A row of a picture with what is said of it under it.
    fn picture_row(&mut self, flat: &Flat, caption: Vec<Inline>) -> Vec<Block> {
        let span = flat.span(0..flat.text.len());
        let Some((image, words)) = self.picture(flat) else { return self.blocks_of(flat) };
        let caption = self.one_caption(flat, words, caption);
        let content = vec![Node::new(InlineKind::Image(Box::new(image)), span)];
        let body = vec![Node::new(BlockKind::Paragraph { content }, span)];
        vec![Node::new(BlockKind::Figure { body, caption }, span)]
    }
}

fn heading(label: Vec<Inline>, span: Span) -> InfoboxRow {
    InfoboxRow { label, value: Vec::new(), key: None, span }
}

/// The rows of a box inside of a box, under its title.
fn flatten(block: Block, outer: &mut Infobox) {
    let BlockKind::Infobox(inner) = block.kind else { return };
    let Infobox { title, image, rows } = *inner;
    if !title.is_empty() && plain_text(&title) != plain_text(&outer.title) {
        outer.rows.push(heading(title, block.span));
    }
    if let Some(InfoboxImage { image, caption }) = image {
        if outer.image.is_none() {
            outer.image = Some(InfoboxImage { image, caption });
        } else {
            let content = vec![Node::new(InlineKind::Image(Box::new(image)), block.span)];
            let body = vec![Node::new(BlockKind::Paragraph { content }, block.span)];
            let value = vec![Node::new(BlockKind::Figure { body, caption }, block.span)];
            outer.rows.push(InfoboxRow { label: Vec::new(), value, key: None, span: block.span });
        }
    }
    outer.rows.extend(rows);
}

/// Whether a value shows anything.
fn has_words(blocks: &[Block]) -> bool {
    struct Words(bool);
    impl visit::Visit<'_> for Words {
        fn block(&mut self, block: &Block) {
            self.0 |= matches!(block.kind, BlockKind::Code { .. } | BlockKind::Math { .. });
            visit::walk_block(self, block);
        }
        fn inline(&mut self, inline: &Inline) {
            self.0 |= match &inline.kind {
                InlineKind::Text { text } => {
                    text.contains(|c: char| !c.is_whitespace() && !"()[],;:/".contains(c))
                }
                InlineKind::Code { .. }
                | InlineKind::Math { .. }
                | InlineKind::Image(_)
                | InlineKind::Note { .. } => true,
                _ => false,
            };
            visit::walk_inline(self, inline);
        }
    }
    let mut words = Words(false);
    for block in blocks {
        visit::Visit::block(&mut words, block);
    }
    words.0
}
