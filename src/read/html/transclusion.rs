//! What templates made: Parsoid leaves their calls on the page, in `data-mw` of the first element that they
//! made, and the others have its `about`. What more is known of a call than the page shows is read from the
//! call, as in wikitext.

use super::block::Flow;
use super::build::{Builder, paragraph, shows};
use super::data_mw::{DataMw, Part};
use super::tree::NodeId;
use crate::diagnostic::Diagnostic;
use crate::model::visit::{VisitMut, walk_article_mut, walk_inline_mut};
use crate::model::{Article, Block, BlockKind, Inline, InlineKind, NoteId};

impl Builder<'_, '_, '_> {
    /// Adds what a call made as blocks; whether the node is of one.
    pub(super) fn transcluded_blocks(&mut self, id: NodeId, flow: &mut Flow) -> bool {
        if !self.origin.parsoid {
            return false;
        }
        if self.transclusions.taken.contains(&id) {
            return true;
        }
        let Some(blocks) = self.transclusion(id) else { return false };
        let runs_on = !self.is_block(id) && !self.holds_blocks(id);
        match running(blocks) {
            Ok(content) if runs_on => self.splice(content, &mut flow.run),
            Ok(content) => {
                flow.end_paragraph();
                if shows(&content) {
                    flow.blocks.push(paragraph(content, self.span(id)));
                }
                self.space = true;
            }
            Err(blocks) => {
                flow.end_paragraph();
                flow.blocks.extend(blocks);
                self.space = true;
            }
        }
        true
    }

    /// Adds what a call made as running text; whether the node is of one.
    pub(super) fn transcluded_inlines(&mut self, id: NodeId, out: &mut Vec<Inline>) -> bool {
        if !self.origin.parsoid {
            return false;
        }
        if self.transclusions.taken.contains(&id) {
            return true;
        }
        let Some(blocks) = self.transclusion(id) else { return false };
        match running(blocks) {
            Ok(content) => self.splice(content, out),
            Err(blocks) => self.flatten(blocks, out),
        }
        true
    }

    /// What the call is whose first element this is, when more is known of it than the page shows.
    fn transclusion(&mut self, id: NodeId) -> Option<Vec<Block>> {
        let tree = self.tree;
        let element = tree.element(id)?;
        let kinds = element.peek("typeof")?;
        kinds.split_ascii_whitespace().find(|kind| *kind == "mw:Transclusion")?;
        let DataMw { parts } = serde_json::from_str(element.peek("data-mw")?).ok()?;
        let (mut source, mut known) = (String::new(), false);
        for part in &parts {
            known |= part.write(&mut source).is_some_and(|name| self.transclusions.calls.knows(name));
        }
        if !known || parts.iter().any(|part| matches!(part, Part::Other(_))) {
            return None;
        }
        let group = self.group(id, element.peek("about")?);
        let place = group.iter().map(|id| self.span(*id)).reduce(crate::model::Span::to)?;
        let title = self.title.clone();
        let (mut article, said) = self.transclusions.calls.read(&source, &title, place, self.cx.limits())?;
        self.renumber(&group, &mut article)?;
        for id in group {
            self.take_whole(id);
            self.transclusions.taken.insert(id);
        }
        for diagnostic in said {
            if self.transclusions.said.insert((diagnostic.code.name, diagnostic.message.clone())) {
                let Diagnostic { code, message, .. } = diagnostic;
                self.cx.report(Diagnostic::new(code, place, message));
            }
        }
        self.transclusions.citations.append(&mut article.citations);
        Some(article.blocks)
    }

    /// The elements that a call made: those with the same `about` beside each other.
    fn group(&self, first: NodeId, about: &str) -> Vec<NodeId> {
        let tree = self.tree;
        let siblings = tree.parent(first).into_iter().flat_map(|parent| tree.children(parent));
        let of = |id: &NodeId| tree.element(*id).is_some_and(|e| e.peek("about") == Some(about));
        siblings
            .skip_while(|id| *id != first)
            .take_while(|id| of(id) || tree.is_blank(*id))
            .filter(of)
            .collect()
    }

    /// Gives notes the numbers that they have on the page, where the elements of the call call the same ones.
    fn renumber(&self, group: &[NodeId], article: &mut Article) -> Option<()> {
        let mut calls: Vec<(String, NoteId)> = Vec::new();
        for id in group.iter().flat_map(|id| self.tree.descendants(*id)) {
            let Some(note) = self.notes.called(id) else { continue };
            let address = self.tree.element(id)?.peek("href")?;
            let (_, name) = address.rsplit_once("cite_note-")?;
            calls.push((name.to_owned(), note));
        }
        let mut numbers = Vec::new();
        for note in &article.notes {
            let at = match &note.name {
                // `cite_note-NAME-7`
                Some(name) => {
                    let name = name.replace(' ', "_");
                    let is = |call: &str| call.rsplit_once('-').is_some_and(|(called, _)| called == name);
                    calls.iter().position(|(call, _)| is(call))?
                }
                None => calls.iter().position(|(call, _)| call.bytes().all(|b| b.is_ascii_digit()))?,
            };
            numbers.push(calls[at].1);
            if note.name.is_none() {
                calls.remove(at);
            }
        }
        struct Numbers(Vec<NoteId>);
        impl VisitMut<'_> for Numbers {
            fn inline(&mut self, inline: &mut Inline) {
                if let InlineKind::Note { note } = &mut inline.kind
                    && let Some(number) = self.0.get(note.0 as usize)
                {
                    *note = *number;
                }
                walk_inline_mut(self, inline);
            }
        }
        walk_article_mut(&mut Numbers(numbers), article);
        Some(())
    }
}

/// Running text, when blocks are no more than a paragraph of it.
fn running(mut blocks: Vec<Block>) -> Result<Vec<Inline>, Vec<Block>> {
    match blocks.as_mut_slice() {
        [] => Ok(Vec::new()),
        [Block { kind: BlockKind::Paragraph { content }, attr: None, .. }] => Ok(std::mem::take(content)),
        _ => Err(blocks),
    }
}
