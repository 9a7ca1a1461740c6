//! Puts into its place what was chosen for a column.

use super::choose::{Extent, Plan};
use super::paginator::{Paginator, Placed};
use crate::layout::length::Length;
use crate::layout::page::{Color, Item, ItemKind, Tag};
use crate::layout::vertical::{Break, Glue, Kind, Piece, heights, natural};
use std::collections::VecDeque;

impl Paginator {
    /// Puts what was chosen and the notes it calls into a column.
    pub(super) fn place(&mut self, x: Length, height: Length, plan: Plan, mut notes: Vec<Piece>) {
        let mut deferred = plan.deferred.into_iter().peekable();
        let mut pieces: Vec<Piece> = Vec::with_capacity(plan.end);
        for index in 0..plan.end {
            let Some(mut piece) = self.pop() else { break };
            if deferred.next_if_eq(&index).is_some() {
                self.floats.push(piece);
                continue;
            }
            if index == 0
                && let Kind::Row(head) = &piece.kind
            {
                pieces.extend(head.iter().cloned());
                piece.before = Glue::default();
            }
            if let Kind::Turned(apart) = &mut piece.kind {
                self.apart.append(apart);
            }
            pieces.push(piece);
        }
        let mut extent = Extent::new(Length::ZERO, self.leading);
        for (index, piece) in pieces.iter_mut().enumerate() {
            let called = std::mem::take(&mut piece.notes);
            notes.extend(called.into_iter().flatten());
            extent.add(piece, index == 0);
        }
        if !notes.is_empty() {
            let room = height - (extent.natural - extent.shrink).max(extent.reach) - self.leading;
            let mut called = VecDeque::from(notes);
            notes = split_notes(&mut called, room, usize::from(pieces.is_empty()));
            called.into_iter().rev().for_each(|piece| self.carried.push_front(piece));
        }
        let separator = if notes.is_empty() { Length::ZERO } else { self.leading };
        let left = height - extent.text() - heights(&notes) - separator;
        let ends = self.queue.front().is_none_or(|next| next.keep == Break::Always);
        let mut y = self.geometry.top + self.spanned;
        for (index, piece) in pieces.into_iter().enumerate() {
            if index > 0 {
                y += self.spread(piece.before, left, &extent, ends);
            }
            let height = piece.height;
            self.sheet.push(Placed { x, y, piece });
            y += height;
        }
        self.place_notes(x, self.geometry.top + self.spanned + height, notes);
    }

    /// The white above a piece in a column that has so much left.
    fn spread(&self, glue: Glue, left: Length, extent: &Extent, ends: bool) -> Length {
        if left < Length::ZERO && extent.shrink > Length::ZERO {
            return glue.natural - glue.shrink.scale(left.0.max(-extent.shrink.0).abs(), extent.shrink.0);
        }
        // White enough for a figure that went to the next column is left at the foot.
        let reachable = left <= extent.stretch + self.leading * 2;
        if ends || !reachable || left <= Length::ZERO || extent.stretch == Length::ZERO {
            return glue.natural;
        }
        glue.natural + glue.stretch.scale(left.0.min(extent.stretch.0), extent.stretch.0)
    }

    /// Notes stand on the foot of the column, under a rule.
    fn place_notes(&mut self, x: Length, foot: Length, notes: Vec<Piece>) {
        if notes.is_empty() {
            return;
        }
        let mut y = foot - heights(&notes);
        let rule = ItemKind::Rectangle {
            x: if self.rtl { self.geometry.measure - self.geometry.measure / 4 } else { Length::ZERO },
            y: Length::ZERO,
            width: self.geometry.measure / 4,
            height: Length::milli_pt(400),
            color: Color::BLACK,
        };
        let piece = Piece { items: vec![Item { tag: Tag::Layout, kind: rule }], ..Piece::default() };
        self.sheet.push(Placed { x, y: y - self.leading.scale(4, 10), piece });
        for piece in notes {
            let height = natural(&piece);
            self.sheet.push(Placed { x, y: y + piece.before.natural, piece });
            y += height;
        }
    }
}

/// Takes of notes what stands in this column, cut where they have to go on in the next: it is no higher
/// than `room` unless `least` pieces need more.
pub(super) fn split_notes(notes: &mut VecDeque<Piece>, room: Length, least: usize) -> Vec<Piece> {
    let (mut height, mut end) = (Length::ZERO, least.min(notes.len()));
    for (index, piece) in notes.iter().enumerate() {
        height += natural(piece);
        if height > room {
            break;
        }
        if notes.get(index + 1).is_none_or(|next| next.keep != Break::Never) {
            end = index + 1;
        }
    }
    notes.drain(..end).collect()
}
