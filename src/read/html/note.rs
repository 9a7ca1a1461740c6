//! Notes: which elements are notes, what calls them, and what only leads back.

use super::build::Builder;
use super::tree::NodeId;
use crate::account::Fate;
use crate::model::{BlockKind, InlineKind, Note, Span};

impl Builder<'_, '_, '_> {
    /// The notes, each with what it says.
    pub fn notes(&mut self) -> Vec<Note> {
        let order = std::mem::take(&mut self.notes.order);
        let mut notes = Vec::new();
        for id in order {
            // It is a note, and called by its number.
            if let Some(element) = self.tree.element(id) {
                element.use_names(&["id", "value"]);
            }
            let mut note = Note::new(self.blocks(id), self.span(id));
            note.group = self.group_of_notes(id);
            // "1. " before the words is the number that writers set anew; the link back took the 1.
            if let Some(BlockKind::Paragraph { content }) =
                note.blocks.first_mut().map(|block| &mut block.kind)
                && let Some(first) = content.first_mut()
                && let InlineKind::Text { text } = &mut first.kind
                && let Some(rest) = text.strip_prefix(". ")
            {
                *text = rest.to_owned();
                let start = first.span.start as usize;
                self.cx.claim(Span::new(start, start + 1), Fate::Syntax);
            }
            notes.push(note);
        }
        notes
    }

    /// The group of a wiki's notes whose list a note stands in.
    fn group_of_notes(&self, note: NodeId) -> Option<String> {
        let list = self.tree.element(self.tree.parent(note)?)?;
        list.attribute("data-mw-group").filter(|group| !group.is_empty()).map(str::to_owned)
    }
}
