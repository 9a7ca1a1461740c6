//! Where a column ends best.

use super::paginator::Paginator;
use crate::layout::length::Length;
use crate::layout::vertical::{Break, Halves, Kind, Piece, heights, natural};
use std::ops::Range;

/// Figures that wait at the same time; more are not passed by the text.
const MOST_FLOATS: usize = 4;

/// The cost of a column that can't end well.
const AWFUL: i64 = 10_000;
/// A column whose end costs no more is left as it is.
const FAIR: i64 = 100;
/// What it costs to set a paragraph in another number of lines.
const RELINED: i64 = 20;
/// Paragraphs of a column with which that is tried.
const MOST_RELINED: usize = 8;

impl Paginator {
    /// Chooses what goes into a column of this height. Where it would end badly, a paragraph that
    /// starts in it is set in a line more or fewer, if that helps.
    pub(super) fn choose_or_reline(&mut self, height: Length, owed: Length) -> Plan {
        let mut plan = self.choose(height, owed);
        if plan.cost <= FAIR {
            return plan;
        }
        let lines = |at: &usize| self.queue[*at].reline().map_or(0, |reline| reline.count);
        let whole = |at: &usize| lines(at) > 0 && at + lines(at) <= self.queue.len();
        let mut starts: Vec<usize> = (0..plan.end).filter(whole).collect();
        // The more lines, the less one of them is seen.
        starts.sort_by_key(|at| std::cmp::Reverse(lines(at)));
        starts.truncate(MOST_RELINED);
        let mut best = None;
        for at in starts {
            for change in [1, -1] {
                let Some(reline) = self.queue[at].reline().cloned() else { continue };
                let Some(pieces) = reline.pieces(self.queue.range(at..at + reline.count), change) else {
                    continue;
                };
                let old = self.swap(at, reline.count, pieces);
                let other = self.choose(height, owed);
                let count = reline.count.saturating_add_signed(change as isize);
                let pieces = self.swap(at, count, old);
                if other.cost + RELINED < plan.cost {
                    plan = other;
                    best = Some((at, reline.count, pieces));
                }
            }
            if plan.cost <= RELINED {
                break;
            }
        }
        if let Some((at, count, pieces)) = best {
            self.swap(at, count, pieces);
        }
        plan
    }

    /// What goes into the first of two columns of which the last need not be full, so that they end at the
    /// same line: the least that leaves no more for the second.
    pub(super) fn balanced(&self, height: Length) -> Option<Plan> {
        if self.geometry.columns != 2 || self.column != 0 {
            return None;
        }
        let starts = self.queue.iter().skip(1).position(|piece| piece.keep == Break::Always);
        let end = starts.map(|at| at + 1).or(self.ending.then_some(self.queue.len()))?;
        if self.queue.iter().take(end).any(|piece| piece.floats() || matches!(piece.kind, Kind::Beside(_))) {
            return None;
        }
        let of = |range: Range<usize>| {
            let mut extent = Extent::new(Length::ZERO, self.leading);
            for (index, piece) in self.queue.range(range).enumerate() {
                extent.add(piece, index == 0);
            }
            extent.text() + extent.notes
        };
        let all = of(0..end);
        let mut tried = all / 2;
        while tried < height && all <= height * 2 {
            let plan = self.choose(tried, Length::ZERO);
            if (1..end).contains(&plan.end) && of(plan.end..end) <= tried.max(of(0..plan.end)) {
                return Some(plan);
            }
            tried += self.leading / 2;
        }
        None
    }

    /// Puts other pieces in the place of some; those come back.
    fn swap(&mut self, at: usize, count: usize, pieces: Vec<Piece>) -> Vec<Piece> {
        let after = self.queue.split_off(at + count);
        let old: Vec<Piece> = self.queue.split_off(at).into();
        for piece in &old {
            self.count(piece, -1);
        }
        for piece in pieces {
            self.push(piece);
        }
        self.queue.extend(after);
        old
    }

    /// Chooses what goes into a column of this height, when notes of a height `owed` stand at its
    /// foot already.
    fn choose(&self, height: Length, owed: Length) -> Plan {
        let mut extent = Extent::new(owed, self.leading);
        let mut deferred = Vec::new();
        let mut best: Option<(i64, usize)> = None;
        let mut end = self.queue.len();
        let mut bound = false;
        let mut forced = 0;
        for (index, piece) in self.queue.iter().enumerate() {
            if index > 0 {
                let own = match piece.keep {
                    Break::Always => {
                        best = None;
                        end = index;
                        break;
                    }
                    Break::At(cost) if !bound => Some(cost),
                    Break::At(_) | Break::Never => None,
                };
                bound = false;
                if let Some(cost) = own.and_then(|own| Some(own + self.cost(height, &extent)?))
                    && best.is_none_or(|(least, _)| cost <= least)
                {
                    best = Some((cost, index));
                }
            }
            let before = extent;
            extent.add(piece, index == 0);
            // No figure overtakes another.
            let waits = piece.floats() && !deferred.is_empty();
            if (waits || extent.least() > height) && (index > 0 || owed > Length::ZERO) {
                if self.may_wait(index) && deferred.len() < MOST_FLOATS {
                    // It waits for the next column; what follows may still come into this one, and
                    // stays with a heading that stands before it.
                    bound = piece.keep == Break::Never;
                    deferred.push(index);
                    extent = before;
                    continue;
                }
                // Where no break is allowed the column must end all the same.
                (end, forced) = (index, AWFUL);
                break;
            }
            if index + 1 == self.queue.len() {
                // Everything fits, and nothing follows.
                best = None;
            }
        }
        let cost = best.map_or(forced, |(cost, _)| cost);
        let end = best.map_or(end, |(_, index)| index);
        deferred.retain(|&index| index < end);
        Plan { end, deferred, cost }
    }

    /// Whether a piece may go to a later column while the text goes on. A figure that is all there is
    /// under its heading may not.
    fn may_wait(&self, index: usize) -> bool {
        let text = |next: &Piece| next.heading.is_none() && next.keep != Break::Always && !next.floats();
        self.queue[index].floats()
            && index > 0
            && (self.queue[index].keep != Break::Never || self.queue.get(index + 1).is_some_and(text))
    }

    /// What it costs to end a column after what `extent` sums up; `None` when that doesn't fit.
    fn cost(&self, height: Length, extent: &Extent) -> Option<i64> {
        let left = height - extent.text() - extent.notes;
        if left >= Length::ZERO {
            // A tenth of a line is not seen; a line is worse than any stretch within its limits.
            let tenths = (left.0 * 10 / self.leading.0.max(1)).min(1000);
            let short = if tenths <= 1 { 0 } else { 120 + tenths * tenths };
            Some(short.min(badness(left, extent.stretch)))
        } else if extent.reach <= extent.natural && -left <= extent.shrink {
            Some(badness(-left, extent.shrink))
        } else {
            (left + extent.movable >= Length::ZERO).then_some(150)
        }
    }
}

/// What goes into a column: so many pieces of the queue, but for those that float on.
#[derive(Default)]
pub(super) struct Plan {
    pub end: usize,
    pub deferred: Vec<usize>,
    /// How bad it is that the column ends there.
    cost: i64,
}

/// What pieces need that stand under each other from the head of a column.
#[derive(Clone, Copy, Default)]
pub(super) struct Extent {
    pub natural: Length,
    pub stretch: Length,
    pub shrink: Length,
    /// How far something beside the text reaches down.
    pub reach: Length,
    /// Height of the notes with the rule above them.
    pub notes: Length,
    /// The part of that which may go to the next column.
    movable: Length,
    leading: Length,
    /// The run in two columns that the last piece belongs to.
    halves: Option<Run>,
}

/// A run in two columns so far.
#[derive(Clone, Copy)]
struct Run {
    halves: Halves,
    /// What stands above it.
    above: Length,
    height: Length,
    /// What no column break cuts: the last of it, and the highest.
    bound: Length,
    highest: Length,
}

impl Run {
    fn under(above: Length, halves: Halves) -> Self {
        let zero = Length::ZERO;
        Run { halves, above: above + halves.pad() * 2, height: zero, bound: zero, highest: zero }
    }

    fn add(&mut self, height: Length, bound: bool) {
        self.height += height;
        self.bound = if bound { self.bound + height } else { height };
        self.highest = self.highest.max(self.bound);
    }

    /// What both columns need at most: cut before or after what is in the middle.
    fn balanced(&self) -> Length {
        ((self.height + self.highest) / 2).min(self.height)
    }
}

impl Extent {
    pub fn new(owed: Length, leading: Length) -> Self {
        let notes = if owed > Length::ZERO { owed + leading } else { Length::ZERO };
        Extent { notes, leading, ..Extent::default() }
    }

    pub fn add(&mut self, piece: &Piece, first: bool) {
        let half = piece.half();
        let goes_on = half.is_some() && self.halves.map(|run| run.halves) == half;
        if first {
            if let Kind::Row(head) = &piece.kind {
                self.natural += heights(&**head);
            }
        } else if !goes_on {
            self.natural += piece.before.natural;
            self.stretch += piece.before.stretch;
            self.shrink += piece.before.shrink;
        }
        if let Kind::Beside(reach) = piece.kind {
            self.reach = self.reach.max(self.natural + reach);
        }
        if let Some(halves) = half {
            let start = Run::under(self.natural, halves);
            let mut run = self.halves.filter(|_| goes_on).unwrap_or(start);
            run.add(
                if goes_on { natural(piece) } else { piece.height },
                goes_on && piece.keep == Break::Never,
            );
            self.natural = run.above + run.balanced();
            self.halves = Some(run);
        } else {
            self.halves = None;
            self.natural += piece.height;
        }
        for note in &piece.notes {
            if self.notes == Length::ZERO {
                self.notes = self.leading;
            }
            self.notes += heights(note);
            let stays =
                note.iter().skip(1).position(|p| p.keep != Break::Never).map_or(note.len(), |at| at + 1);
            self.movable = heights(&note[stays..]);
        }
    }

    pub fn text(&self) -> Length {
        self.natural.max(self.reach)
    }

    /// The least height they can be set in.
    fn least(&self) -> Length {
        (self.natural - self.shrink).max(self.reach) + self.notes - self.movable
    }
}

/// How bad it is to change white that may change by `limit` by `change`: 100 at the limit, and
/// growing with the third power (TeX: the program, 108).
fn badness(change: Length, limit: Length) -> i64 {
    if change <= Length::ZERO {
        return 0;
    }
    if limit <= Length::ZERO {
        return AWFUL;
    }
    let percent = change.scale(100, limit.0).0.min(500);
    (percent * percent * percent / 10_000).min(AWFUL)
}
