//! Puts into its place what was chosen for a column.

use super::choose::{Extent, Plan};
use super::paginator::{Paginator, Placed};
use crate::layout::length::Length;
use crate::layout::page::{Item, ItemKind, Tag};
use crate::layout::vertical::{Break, Glue, Halves, Kind, Piece, heights, natural};
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
            if let Kind::Wide(wide) = &mut piece.kind {
                self.wide.extend(wide.drain(..));
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
        let mut pieces = pieces.into_iter().enumerate().peekable();
        while let Some((index, piece)) = pieces.next() {
            if index > 0 {
                y += self.spread(piece.before, left, &extent, ends);
            }
            if let Some(halves) = piece.half() {
                let mut run = vec![piece];
                while let Some((_, piece)) = pieces.next_if(|(_, next)| next.half() == Some(halves)) {
                    run.push(piece);
                }
                y += self.place_halves(x, y, run, halves);
                continue;
            }
            let height = piece.height;
            self.sheet.push(Placed { x, y, piece });
            y += height;
        }
        self.place_notes(x, self.geometry.top + self.spanned + height, notes);
    }

    /// Puts a run into two columns as even as they can be. Their height.
    fn place_halves(&mut self, x: Length, y: Length, mut run: Vec<Piece>, halves: Halves) -> Length {
        let (at, height) = middle(&run);
        let pad = halves.pad();
        if let Some((ground, color)) = halves.ground.and_then(|ground| Some((ground, ground.color?))) {
            let kind = ItemKind::Rectangle {
                x: ground.x,
                y: Length::ZERO,
                width: ground.width,
                height: height + pad * 2,
                color,
            };
            let items = vec![Item { tag: Tag::Layout, kind }];
            self.sheet.push(Placed { x, y, piece: Piece { items, ..Piece::default() } });
        }
        let second = run.split_off(at);
        let (first, after) = if self.rtl { (x + halves.shift, x) } else { (x, x + halves.shift) };
        for (x, column) in [(first, run), (after, second)] {
            let mut y = y + pad;
            for (index, piece) in column.into_iter().enumerate() {
                y += if index > 0 { piece.before.natural } else { Length::ZERO };
                let height = piece.height;
                self.sheet.push(Placed { x, y, piece });
                y += height;
            }
        }
        height + pad * 2
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
            color: self.geometry.ink,
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

/// Where a run is cut in two so that the higher part is as low as can be, and how high that is.
fn middle(run: &[Piece]) -> (usize, Length) {
    let column = |pieces: &[Piece]| {
        heights(pieces) - pieces.first().map_or(Length::ZERO, |first| first.before.natural)
    };
    let all = column(run);
    let mut best = (run.len(), all);
    let mut above = run.first().map_or(Length::ZERO, |first| first.height);
    for (index, piece) in run.iter().enumerate().skip(1) {
        let higher = above.max(all - above - piece.before.natural);
        if piece.keep != Break::Never && higher < best.1 {
            best = (index, higher);
        }
        above += natural(piece);
    }
    best
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
