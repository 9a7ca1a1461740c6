//! A paragraph set again in a line more or fewer, for a column that would else end badly: short of
//! a line, or within a word.

use super::lines::Setting;
use super::piece::{Piece, Reline};

impl Reline {
    /// The paragraph's pieces in `change` lines more, from those it has now. `None` when its words
    /// can't be set so without being seen.
    pub fn pieces<'p>(
        &self,
        set: impl Iterator<Item = &'p Piece> + Clone,
        change: i32,
    ) -> Option<Vec<Piece>> {
        let mut lines = self.paragraph.lines(&self.shape, change);
        if Some(lines.len()) != self.count.checked_add_signed(change as isize) {
            return None;
        }
        let mut notes = set.clone().flat_map(|piece| &piece.notes);
        let mut called: Vec<Vec<_>> = Vec::with_capacity(lines.len());
        for line in &mut lines {
            called.push(line.notes.drain(..).filter_map(|_| notes.next().cloned()).collect());
        }
        let mut pieces = Setting { leading: self.leading, together: false }.pieces(lines);
        for (piece, notes) in pieces.iter_mut().zip(called) {
            piece.notes = notes;
        }
        let (first, old) = (pieces.first_mut()?, set.clone().next()?);
        (first.before, first.keep) = (old.before, old.keep);
        first.anchors.splice(0..0, self.anchors.iter().cloned());
        // All notes must have found their line.
        notes.next().is_none().then_some(pieces)
    }
}
