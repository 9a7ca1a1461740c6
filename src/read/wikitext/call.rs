//! Calls of templates that stand in something else than wikitext: a wiki's HTML tells what it was made of.

use super::Wikitext;
use super::expand::action::{Action, Native};
use crate::diagnostic::{Diagnostic, code};
use crate::format::{Limits, ReadContext, Reader};
use crate::model::visit::{Visit, VisitMut, walk_article, walk_article_mut, walk_block_mut, walk_inline_mut};
use crate::model::{Article, Block, BlockKind, Inline, InlineKind, Span};

/// Reads calls as a page of wikitext would have them.
#[derive(Default)]
pub(in crate::read) struct Calls {
    reader: Wikitext,
}

impl Calls {
    /// Whether more is known of a template than what a page shows of it: a box of facts, a source, pictures,
    /// a place; or that it is no part of the article.
    pub fn knows(&self, name: &str) -> bool {
        self.reader.rules.find(name.trim()).is_some_and(|found| {
            matches!(
                found.action,
                Action::Infobox
                    | Action::Pictures
                    | Action::Citation
                    | Action::Navigation
                    | Action::Message
                    | Action::Native(Native::Coordinates)
            )
        })
    }

    /// What some wikitext is on a page of that title, all of it at one place, and what there is to say of it;
    /// `None` where something in it has no rule.
    pub fn read(
        &self,
        source: &str,
        title: &str,
        place: Span,
        limits: &Limits,
    ) -> Option<(Article, Vec<Diagnostic>)> {
        let mut said = Vec::new();
        let mut cx = ReadContext::new("-", limits, &mut said).with_title(title);
        let mut article = self.reader.read(source.as_bytes(), &mut cx).ok()?.articles.pop()?;
        let mut unresolved = Unresolved(false);
        walk_article(&mut unresolved, &article);
        if unresolved.0 || said.iter().any(|d| d.code.name == code::UNRESOLVED.name) {
            return None;
        }
        walk_article_mut(&mut At(place), &mut article);
        article.notes.iter_mut().for_each(|note| note.span = place);
        article.citations.iter_mut().for_each(|citation| citation.span = place);
        // Of the page as a whole the wiki's HTML speaks itself.
        said.retain(|d| d.code.loss && d.code.name != code::NOTE_UNUSED.name);
        said.iter_mut().for_each(|d| d.span = Some(place));
        Some((article, said))
    }
}

/// Whether something has no rule.
struct Unresolved(bool);

impl Visit<'_> for Unresolved {
    fn block(&mut self, block: &Block) {
        self.0 |= matches!(block.kind, BlockKind::Unresolved(_));
        crate::model::visit::walk_block(self, block);
    }

    fn inline(&mut self, inline: &Inline) {
        self.0 |= matches!(inline.kind, InlineKind::Unresolved(_));
        crate::model::visit::walk_inline(self, inline);
    }
}

/// Puts all nodes at one place.
struct At(Span);

impl VisitMut<'_> for At {
    fn block(&mut self, block: &mut Block) {
        block.span = self.0;
        match &mut block.kind {
            BlockKind::Infobox(infobox) => infobox.rows.iter_mut().for_each(|row| row.span = self.0),
            BlockKind::List { items, .. } => items.iter_mut().for_each(|item| item.span = self.0),
            BlockKind::Definitions { items } => items.iter_mut().for_each(|item| item.span = self.0),
            BlockKind::Table(table) => {
                for row in table.head.iter_mut().chain(&mut table.body).chain(&mut table.foot) {
                    row.span = self.0;
                    row.cells.iter_mut().for_each(|cell| cell.span = self.0);
                }
            }
            _ => {}
        }
        walk_block_mut(self, block);
    }

    fn inline(&mut self, inline: &mut Inline) {
        inline.span = self.0;
        walk_inline_mut(self, inline);
    }
}
