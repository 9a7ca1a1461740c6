//! Breaking the flow into columns and pages.
//!
//! The flow arrives as [`Piece`]s, each a line or something else that no page break cuts. A column
//! is cut off the queue as soon as enough has arrived to choose its best break: of all breaks that
//! are allowed and fit, the one that leaves the least white to distribute, where a break may have
//! a cost of its own. So memory holds about a page, however long the document.

mod choose;
mod paginator;
mod place;
#[cfg(test)]
mod tests;

pub(super) use paginator::{Paginator, Placed, Sheet};

use super::length::Length;
use super::style::Geometry;
use super::vertical::{Break, Kind, Piece, heights, natural};
use choose::{Extent, Plan};
use place::split_notes;
use std::collections::VecDeque;

impl Paginator {
    pub fn new(geometry: Geometry, leading: Length) -> Self {
        Paginator {
            geometry,
            leading,
            rtl: false,
            queue: VecDeque::new(),
            queued: Length::ZERO,
            floating: Length::ZERO,
            starts: 0,
            carried: VecDeque::new(),
            floats: Vec::new(),
            sheet: Vec::new(),
            wide: VecDeque::new(),
            apart: Vec::new(),
            turned: VecDeque::new(),
            column: 0,
            spanned: Length::ZERO,
            ending: false,
        }
    }

    /// Takes the next piece of the flow.
    pub fn push(&mut self, piece: Piece) {
        self.count(&piece, 1);
        self.queue.push_back(piece);
    }

    fn count(&mut self, piece: &Piece, sign: i64) {
        // Of what stands in two columns the page has room for twice as much.
        let height = if piece.half().is_some() { natural(piece) / 2 } else { natural(piece) };
        self.queued += height * sign;
        if piece.floats() {
            self.floating += natural(piece) * sign;
        }
        if piece.keep == Break::Always {
            self.starts = if sign > 0 { self.starts + 1 } else { self.starts - 1 };
        }
    }

    /// The height that is left in the column after all that has arrived; at least zero.
    pub fn room(&self) -> Length {
        let mut extent = Extent::new(heights(&self.carried), self.leading);
        for (index, piece) in self.queue.iter().enumerate() {
            extent.add(piece, index == 0);
        }
        (self.column_height() - extent.text() - extent.notes).max(Length::ZERO)
    }

    /// The next sheet, when enough has arrived to know how it ends.
    pub fn next_sheet(&mut self) -> Option<Sheet> {
        if let Some(sheet) = self.turned.pop_front() {
            return Some(sheet);
        }
        while self.starts > 1 || self.page_has_ended() || self.is_enough() {
            if let Some(sheet) = self.next_column() {
                return Some(sheet);
            }
        }
        None
    }

    /// The next sheet of what is left, after the last piece.
    pub fn finish(&mut self) -> Option<Sheet> {
        self.ending = true;
        if let Some(sheet) = self.turned.pop_front() {
            return Some(sheet);
        }
        while !(self.queue.is_empty()
            && self.carried.is_empty()
            && self.floats.is_empty()
            && self.wide.is_empty())
        {
            if let Some(sheet) = self.next_column() {
                return Some(sheet);
            }
        }
        (!self.sheet.is_empty()).then(|| self.end_sheet())
    }

    /// Whether what comes next can't change the next column any more: it can't after a column and a
    /// half of text, and figures beyond some pages are not waited for.
    fn is_enough(&self) -> bool {
        let height = self.column_height();
        self.queued - self.floating > height.scale(3, 2) || self.queued > height * 6
    }

    /// Whether a piece that starts a page waits behind others.
    fn page_has_ended(&self) -> bool {
        self.starts == 1 && self.queue.front().is_some_and(|p| p.keep != Break::Always)
    }

    fn column_height(&self) -> Length {
        (self.geometry.text_height - self.spanned).max(self.leading)
    }

    fn pop(&mut self) -> Option<Piece> {
        let piece = self.queue.pop_front()?;
        self.count(&piece, -1);
        Some(piece)
    }

    fn end_sheet(&mut self) -> Sheet {
        self.column = 0;
        self.spanned = Length::ZERO;
        if !self.apart.is_empty() {
            let mut paginator = Paginator::new(self.geometry.turned(), self.leading);
            std::mem::take(&mut self.apart).into_iter().for_each(|piece| paginator.push(piece));
            while let Some(sheet) = paginator.finish() {
                self.turned.push_back(Sheet { turned: true, ..sheet });
            }
        }
        let sheet = Sheet { placed: std::mem::take(&mut self.sheet), turned: false };
        let empty = |p: &Placed| p.piece.items.is_empty() && p.piece.anchors.is_empty();
        if sheet.placed.iter().all(empty) {
            // A sheet for nothing but the place in the text.
            return self.turned.pop_front().unwrap_or(sheet);
        }
        sheet
    }

    /// Cuts one column off the queue; the sheet, when that fills it.
    fn next_column(&mut self) -> Option<Sheet> {
        let starts_page = self.queue.front().is_some_and(|p| p.keep == Break::Always);
        let owes = !self.carried.is_empty() || !self.floats.is_empty();
        if starts_page && !self.sheet.is_empty() && !owes {
            return Some(self.end_sheet());
        }
        // What is wide of an article ends it.
        let ends_with_wide = !self.wide.is_empty() && !owes && (starts_page || self.queue.is_empty());
        if ends_with_wide && !self.sheet.is_empty() {
            return Some(self.end_sheet());
        }
        // Columns go as the lines do.
        let at = if self.rtl { self.geometry.columns - 1 - self.column } else { self.column };
        let x = self.geometry.left + (self.geometry.measure + self.geometry.gutter) * at as i64;
        if self.sheet.is_empty() {
            if !owes && !ends_with_wide {
                self.place_spanning(self.geometry.left);
            }
            self.place_wide(self.geometry.left);
            if ends_with_wide || (self.spanned > Length::ZERO && self.column_height() < self.leading * 4) {
                return Some(self.end_sheet());
            }
        }
        for (index, mut piece) in std::mem::take(&mut self.floats).into_iter().enumerate().rev() {
            piece.keep = Break::At(0);
            // The first comes here, and at the head of a column the white is below it; the others go on
            // waiting where they have no room, and the text with them.
            if index == 0 {
                piece.kind = Kind::Plain;
                piece.height += piece.before.natural;
            }
            self.count(&piece, 1);
            self.queue.push_front(piece);
        }
        let height = self.column_height();
        let notes = split_notes(&mut self.carried, height - self.leading * 4, 1);
        // The notes of an article end before the next article starts.
        let front_starts = self.queue.front().is_some_and(|p| p.keep == Break::Always);
        let plan = if front_starts && !notes.is_empty() {
            Plan::default()
        } else if notes.is_empty()
            && let Some(plan) = self.balanced(height)
        {
            plan
        } else {
            self.choose_or_reline(height, heights(&notes))
        };
        self.place(x, height, plan, notes);
        self.column += 1;
        (self.column >= self.geometry.columns).then(|| self.end_sheet())
    }

    /// Puts what waits to stand over all columns at the head of the sheet, as much of it as has room.
    fn place_wide(&mut self, x: Length) {
        let (top, foot) = (self.geometry.top, self.geometry.top + self.geometry.text_height);
        let mut y = top + self.spanned;
        let first = self.wide.len();
        while let Some(mut piece) = self.wide.pop_front() {
            let white = if y > top { piece.before.natural } else { Length::ZERO };
            if y > top && y + white + piece.height > foot {
                self.wide.push_front(piece);
                break;
            }
            y += white;
            self.carried.extend(std::mem::take(&mut piece.notes).into_iter().flatten());
            let height = piece.height;
            self.sheet.push(Placed { x, y, piece });
            y += height;
        }
        if self.wide.len() < first {
            // White below it, to the next line of the text.
            let lines = (y - top + self.leading).0.div_euclid(self.leading.0.max(1)) + 1;
            self.spanned = (self.leading * lines).min(self.geometry.text_height);
        }
    }

    fn place_spanning(&mut self, x: Length) {
        let mut y = self.geometry.top;
        while self.geometry.columns > 1
            && self.queue.front().is_some_and(|p| {
                matches!(p.kind, Kind::Spanning) && (p.keep != Break::Always || self.sheet.is_empty())
            })
        {
            let Some(mut piece) = self.pop() else { break };
            if !self.sheet.is_empty() {
                y += piece.before.natural;
            }
            self.carried.extend(std::mem::take(&mut piece.notes).into_iter().flatten());
            let height = piece.height;
            self.sheet.push(Placed { x, y, piece });
            y += height;
        }
        if let Some(next) = self.queue.front()
            && !self.sheet.is_empty()
            && next.keep != Break::Always
        {
            // At the head of a column no white is left above.
            y += next.before.natural;
        }
        self.spanned = y - self.geometry.top;
    }
}
