use crate::model::visit::{
    Visit, VisitMut, walk_article, walk_article_mut, walk_block, walk_block_mut, walk_inline, walk_inline_mut,
};
use crate::model::{Block, Document, Inline, InlineKind};
use crate::text::is_ideograph;

/// Takes away the line ends between two ideographs: their scripts have no spaces, and where a source
/// starts a new line says nothing (CSS Text 3, 4.1.3).
pub fn line_ends(document: &mut Document) {
    for article in &mut document.articles {
        let mut found = Found::default();
        walk_article(&mut found, article);
        if found.joins.contains(&true) {
            walk_article_mut(&mut Join(found.joins.into_iter()), article);
        }
    }
}

/// Of each line end, in reading order, whether it is between ideographs.
#[derive(Default)]
struct Found {
    joins: Vec<bool>,
    /// What the text ends with, and whether a line end came after it.
    last: Option<char>,
    open: bool,
}

impl Visit<'_> for Found {
    fn block(&mut self, block: &Block) {
        (self.last, self.open) = (None, false);
        walk_block(self, block);
    }

    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::SoftBreak => {
                self.joins.push(false);
                self.open = true;
            }
            InlineKind::Text { text } if !text.is_empty() => {
                let is = |c: Option<char>| c.is_some_and(is_ideograph);
                if std::mem::take(&mut self.open) && is(self.last) && is(text.chars().next()) {
                    self.joins.pop();
                    self.joins.push(true);
                }
                self.last = text.chars().next_back();
            }
            InlineKind::HardBreak | InlineKind::Code { .. } | InlineKind::Math(_) | InlineKind::Image(_) => {
                (self.last, self.open) = (None, false);
            }
            _ => {}
        }
        walk_inline(self, inline);
    }
}

struct Join(std::vec::IntoIter<bool>);

impl VisitMut<'_> for Join {
    fn block(&mut self, block: &mut Block) {
        walk_block_mut(self, block);
    }

    fn inline(&mut self, inline: &mut Inline) {
        if inline.kind == InlineKind::SoftBreak && self.0.next() == Some(true) {
            inline.kind = InlineKind::Text { text: String::new() };
        }
        walk_inline_mut(self, inline);
    }
}
