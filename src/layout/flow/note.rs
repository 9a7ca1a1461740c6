//! Notes stand at the foot of the column where they are called first, or in lists.

use super::list::{Label, label_style};
use super::{Flow, Frame};
use crate::format::Error;
use crate::layout::inline::{TextAlign, note_anchor, note_call_anchor};
use crate::layout::length::Length;
use crate::layout::page::{Link, LinkArea};
use crate::layout::structure::Role;
use crate::layout::vertical::{Galley, Glue, Halves, Kind, Piece};
use crate::model::{NoteId, Target};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A list of so many notes is set in two columns,
const LONG_LIST: usize = 10;
/// if each is so wide, in sizes of its type.
const NARROWEST: i64 = 15;

impl<'a> Flow<'a, '_, '_> {
    /// Sets the notes that a line calls first.
    pub(super) fn notes(&mut self, called: &[NoteId], frame: &Frame) -> Result<Vec<Vec<Piece>>, Error> {
        let mut out = Vec::new();
        for id in called {
            let mut galley = Galley::default();
            self.note(id.0 as usize, &self.note_frame(frame), &mut galley)?;
            out.push(galley.pieces);
        }
        Ok(out)
    }

    /// A list of notes.
    pub(super) fn listed_notes(
        &mut self,
        notes: &[NoteId],
        frame: &Frame,
        galley: &mut Galley,
    ) -> Result<(), Error> {
        let mut inner = frame.inner();
        (inner.text.size, inner.text.leading) = self.scale.small;
        inner.text.align = TextAlign::Start;
        let gutter = inner.text.size.scale(15, 10);
        let width = (inner.width - gutter) / 2;
        let in_two = frame.top_level && notes.len() >= LONG_LIST && width >= inner.text.size * NARROWEST;
        if in_two {
            inner.x += if inner.text.rtl { width + gutter } else { Length::ZERO };
            inner.width = width;
        }
        galley.clear();
        galley.space(frame.white(4));
        let first = galley.pieces.len();
        let mut set = BTreeSet::new();
        for id in notes {
            let index = id.0 as usize;
            if set.insert(index) && index < self.current.article.notes.len() {
                self.note(index, &inner, galley)?;
            }
        }
        if in_two {
            let shift = width + gutter;
            let halves = Halves { shift: if inner.text.rtl { -shift } else { shift }, ground: None };
            galley.pieces[first..].iter_mut().for_each(|piece| piece.kind = Kind::Half(halves));
        }
        galley.space(frame.white(4));
        Ok(())
    }

    /// Notes that stand under the article.
    pub fn notes_under(&mut self, frame: &Frame, galley: &mut Galley) -> Result<(), Error> {
        match self.nodes() {
            Some(nodes) if !nodes.under.is_empty() => self.listed_notes(&nodes.under, frame, galley),
            _ => Ok(()),
        }
    }

    fn note_frame(&self, frame: &Frame) -> Frame {
        let mut inner = frame.inner();
        (inner.x, inner.width) = (Length::ZERO, self.measure);
        inner.text = self.text_style();
        (inner.text.size, inner.text.leading) = self.scale.small;
        inner
    }

    fn note(&mut self, index: usize, frame: &Frame, galley: &mut Galley) -> Result<(), Error> {
        let article = self.current.article;
        let Some((node, called)) = self.nodes().and_then(|nodes| nodes.note(index)) else { return Ok(()) };
        let note = &article.notes[index];
        let label_node = self.tree.child(node, &Role::Label);
        let style = label_style(&frame.text);
        let text = self.note_labels().get(index).cloned().unwrap_or_default();
        // The label leads back to the call, if there is one.
        let owner = if called { self.tree.child(label_node, &Role::Link) } else { label_node };
        let mut label = self.label(Label::Text(text.clone()), &style, owner);
        if called {
            label.piece.links.push(LinkArea {
                x: Length::ZERO,
                y: Length::ZERO,
                width: label.width,
                height: style.leading,
                link: Arc::new(Link {
                    target: Target::Anchor(note_call_anchor(self.current.index, index)),
                    contents: text,
                    owner,
                }),
            });
        }
        // Labels of a group, such as `note 12`, are wider than numbers.
        let column = label.width + frame.text.size.scale(6, 10);
        let inner = frame.indented(column.max(frame.text.size.scale(18, 10)));
        galley.anchors.push(note_anchor(self.current.index, index));
        galley.space(Glue::default());
        let first = galley.pieces.len();
        self.hanging(label, frame, &inner, galley, |flow, galley| flow.blocks(&note.blocks, &inner, galley))?;
        for piece in &mut galley.pieces[first..] {
            // The text goes on where the note is called, wherever the source has the note.
            piece.source = None;
        }
        Ok(())
    }
}
