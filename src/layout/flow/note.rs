//! Notes stand at the foot of the column where they are called first.

use super::list::{Label, label_style};
use super::{Flow, Frame};
use crate::layout::inline::{note_anchor, note_call_anchor, note_label};
use crate::layout::length::Length;
use crate::layout::page::LinkArea;
use crate::layout::structure::Role;
use crate::layout::vertical::{Galley, Glue, Piece};
use crate::model::{NoteId, Target};

impl<'a> Flow<'a, '_, '_> {
    /// Sets the notes of a line that are called for the first time. Their nodes go after the
    /// paragraph that calls them.
    pub(super) fn notes(&mut self, called: &[NoteId], frame: &Frame) -> Vec<Vec<Piece>> {
        let mut out = Vec::new();
        for &id in called {
            let index = id.0 as usize;
            match self.current.set_notes.get_mut(index) {
                Some(set) if !*set => *set = true,
                _ => continue,
            }
            let frame = self.note_frame(frame);
            let mut galley = Galley::default();
            self.note(index, true, &frame, &mut galley);
            out.push(galley.pieces);
        }
        out
    }

    /// Notes that nothing calls, under the article.
    pub fn uncalled_notes(&mut self, frame: &Frame, galley: &mut Galley) {
        for index in 0..self.current.set_notes.len() {
            if !std::mem::replace(&mut self.current.set_notes[index], true) {
                galley.space(frame.white(3));
                let inner = self.note_frame(frame);
                self.note(index, false, &inner, galley);
            }
        }
    }

    fn note_frame(&self, frame: &Frame) -> Frame {
        let mut inner = frame.inner(frame.parent);
        (inner.x, inner.width) = (Length::ZERO, self.measure);
        inner.text = self.text_style();
        (inner.text.size, inner.text.leading) = self.scale.small;
        inner
    }

    fn note(&mut self, index: usize, called: bool, frame: &Frame, galley: &mut Galley) {
        let article = self.current.article;
        let Some(note) = article.notes.get(index) else { return };
        let node = self.structure.add(Some(frame.parent), Role::Note);
        let label_node = self.structure.add(Some(node), Role::Label);
        let style = label_style(&frame.text);
        let text = note_label(&article.notes, NoteId(index as u32));
        // The label leads back to the call, if there is one.
        let owner = if called { self.structure.add(Some(label_node), Role::Link) } else { label_node };
        let mut label = self.label(Label::Text(text.clone()), &style, owner);
        if called {
            label.piece.links.push(LinkArea {
                x: Length::ZERO,
                y: Length::ZERO,
                width: label.width,
                height: style.leading,
                target: Target::Anchor(note_call_anchor(self.current.index, index)),
                contents: text,
                owner,
            });
        }
        let mut inner = frame.indented(frame.text.size.scale(18, 10));
        inner.parent = node;
        galley.anchors.push(note_anchor(self.current.index, index));
        galley.space(Glue::default());
        let first = galley.pieces.len();
        self.hanging(label, frame, &inner, galley, |flow, galley| flow.blocks(&note.blocks, &inner, galley));
        for piece in &mut galley.pieces[first..] {
            // The text goes on where the note is called, wherever the source has the note.
            piece.source = None;
        }
    }
}
