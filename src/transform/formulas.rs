//! Formulas in TeX are read; those that came in as trees get their TeX.

use crate::math::{source, tex};
use crate::model::visit::{VisitMut, walk_article_mut, walk_block_mut, walk_inline_mut};
use crate::model::{Block, BlockKind, Document, Formula, Inline, InlineKind};

/// Gives every formula that can be read its tree. What can't be stays TeX: who writes it says so.
pub fn formulas(document: &mut Document) {
    for article in &mut document.articles {
        walk_article_mut(&mut Formulas, article);
    }
}

struct Formulas;

impl VisitMut<'_> for Formulas {
    fn block(&mut self, block: &mut Block) {
        if let BlockKind::Math(formula) = &mut block.kind {
            complete(formula, true);
        }
        walk_block_mut(self, block);
    }

    fn inline(&mut self, inline: &mut Inline) {
        if let InlineKind::Math(formula) = &mut inline.kind {
            complete(formula, false);
        }
        walk_inline_mut(self, inline);
    }
}

fn complete(formula: &mut Formula, display: bool) {
    match &formula.tree {
        // A tree that no setter could walk: TeX says the same, if it is there.
        Some(tree) if !tree.is_bounded() => formula.tree = None,
        Some(tree) if formula.tex.is_empty() => formula.tex = source::source(tree),
        Some(_) => {}
        None => formula.tree = tex::read(&formula.tex, display).ok(),
    }
}
