//! The anchors of headings, as GitHub makes them.

use crate::model::visit::{Visit, VisitMut, walk_block, walk_block_mut, walk_inline};
use crate::model::{Block, BlockKind, Inline, InlineKind, Meta, Span, Style, Target, plain_text};
use std::collections::{HashMap, HashSet};
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Gives each heading without an anchor the one that GitHub gives it. Where the first heading became
/// the title, a link to it leads to the title.
pub(super) fn anchors(meta: &mut Meta, title_is_heading: bool, blocks: &mut [Block]) {
    let mut namer = Namer::default();
    if title_is_heading {
        let anchor = namer.name(&plain_text(&meta.title));
        let mut linked = Linked { anchor: &anchor, found: false };
        blocks.iter().for_each(|block| linked.block(block));
        if linked.found {
            let content = std::mem::take(&mut meta.title);
            let span = content.iter().map(|inline| inline.span).reduce(Span::to).unwrap_or_default();
            let mut title = Inline::new(InlineKind::Styled { style: Style::Span, content }, span);
            title.attr_mut().id = Some(anchor);
            meta.title.push(title);
        }
    }
    blocks.iter_mut().for_each(|block| namer.block(block));
}

/// Whether a link leads to an anchor.
struct Linked<'a> {
    anchor: &'a str,
    found: bool,
}

impl Visit<'_> for Linked<'_> {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Link(link) = &inline.kind {
            self.found |= matches!(&link.target, Target::Anchor(anchor) if anchor == self.anchor);
        }
        walk_inline(self, inline);
    }

    fn block(&mut self, block: &Block) {
        if !self.found {
            walk_block(self, block);
        }
    }
}

#[derive(Default)]
struct Namer {
    given: HashSet<String>,
    /// For each anchor as it was wanted, the last number that told equal ones apart.
    numbers: HashMap<String, usize>,
}

impl Namer {
    fn name(&mut self, heading: &str) -> String {
        let wanted = slug(heading);
        let mut name = wanted.clone();
        let number = self.numbers.entry(wanted.clone()).or_default();
        while !self.given.insert(name.clone()) {
            *number += 1;
            name = format!("{wanted}-{number}");
        }
        name
    }
}

impl VisitMut<'_> for Namer {
    fn block(&mut self, block: &mut Block) {
        if let BlockKind::Heading { content, .. } = &block.kind {
            let name = self.name(&plain_text(content));
            // Of a heading without letters the anchors pass makes one.
            if block.id().is_none() && !name.is_empty() {
                block.attr_mut().id = Some(name);
            }
        }
        walk_block_mut(self, block);
    }
}

/// Lower case, without what is no part of a word, and with a hyphen for each space.
pub(super) fn slug(heading: &str) -> String {
    let kept = |c: char| {
        c.is_alphabetic()
            || matches!(c, ' ' | '-')
            || c.general_category_group() == GeneralCategoryGroup::Mark
            || matches!(
                c.general_category(),
                GeneralCategory::DecimalNumber | GeneralCategory::ConnectorPunctuation
            )
    };
    let lower = heading.trim().to_lowercase();
    lower.chars().filter(|&c| kept(c)).map(|c| if c == ' ' { '-' } else { c }).collect()
}
