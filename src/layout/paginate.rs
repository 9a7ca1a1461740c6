//! Breaking the flow into columns and pages.
//!
//! The flow arrives as [`Piece`]s, each a line or something else that no page break cuts. A column
//! is cut off the queue as soon as enough has arrived to choose its best break: of all breaks that
//! are allowed and fit, the one that leaves the least white to distribute, where a break may have
//! a cost of its own. So memory holds about a page, however long the document.

use super::Length;
use super::page::{Color, Item, ItemKind, LinkArea, SourcePlace, Tag};
use super::reline::Reline;
use super::style::Geometry;
use std::collections::VecDeque;
use std::rc::Rc;

/// White above a piece; dropped at the head of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Glue {
    /// What it is when nothing presses or pulls.
    pub natural: Length,
    /// How much it may grow so that the column ends where it should.
    pub stretch: Length,
    /// How much it may give.
    pub shrink: Length,
}

/// Whether a column may end before a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    /// It may not.
    Never,
    /// It may, at a cost: 0 for a good place, 100 for one as bad as a column stretched to its limit.
    At(i64),
    /// The piece starts a new page.
    Always,
}

/// Something of the flow that no page break cuts: a line, a row, an image.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// The white above.
    pub before: Glue,
    /// Whether a column may end before it.
    pub keep: Break,
    /// Its height in the flow.
    pub height: Length,
    /// How far it reaches down beside what follows: the infobox. At least what follows up to there
    /// stays in the column with it.
    pub reach: Length,
    /// What it draws: x from the column's left edge, y from the piece's top.
    pub items: Vec<Item>,
    /// Where it leads, in the same coordinates.
    pub links: Vec<LinkArea>,
    /// The anchors that lead to it.
    pub anchors: Vec<String>,
    /// Where in the source it starts.
    pub source: Option<SourcePlace>,
    /// The notes it calls, to stand at the foot of its column.
    pub notes: Vec<Vec<Piece>>,
    /// The heading it is, when it is the first line of one.
    pub heading: Option<Box<Heading>>,
    /// What is to be repeated above it when it starts a column: a table's head.
    pub head: Option<Rc<[Piece]>>,
    /// May stand at the head of a later column when it has no room in this one.
    pub floats: bool,
    /// Stands over all columns; only at the head of a page.
    pub spans: bool,
    /// What stands on turned sheets of its own, after the sheet of this piece.
    pub apart: Vec<Piece>,
    /// How to set the paragraph that starts here in a line more or fewer.
    pub reline: Option<Rc<Reline>>,
}

impl Default for Piece {
    fn default() -> Self {
        Piece {
            before: Glue::default(),
            keep: Break::At(0),
            height: Length::ZERO,
            reach: Length::ZERO,
            items: Vec::new(),
            links: Vec::new(),
            anchors: Vec::new(),
            source: None,
            notes: Vec::new(),
            heading: None,
            head: None,
            floats: false,
            spans: false,
            apart: Vec::new(),
            reline: None,
        }
    }
}

/// What the outline and the running heads say about a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    /// 0 for the title of an article, else the heading's level.
    pub level: u8,
    /// Its words.
    pub title: String,
}

/// A piece in its place.
#[derive(Debug)]
pub(super) struct Placed {
    /// The column's left edge on the sheet.
    pub x: Length,
    /// The piece's top on the sheet.
    pub y: Length,
    /// The piece.
    pub piece: Piece,
}

/// A sheet with everything in its place.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// The pieces.
    pub placed: Vec<Placed>,
    /// It is wider than high, by the [turned](Geometry::turned) geometry.
    pub turned: bool,
}

/// Breaks the flow into sheets.
pub(super) struct Paginator {
    geometry: Geometry,
    /// The unit in which a short column is judged.
    leading: Length,
    queue: VecDeque<Piece>,
    /// Natural height of the queue, and the part of it that floats.
    queued: Length,
    floating: Length,
    /// How many pieces of the queue start a page.
    starts: usize,
    /// Notes and parts of notes that the column before had no room for.
    carried: Vec<Piece>,
    /// Pieces that wait for the head of a column.
    floats: Vec<Piece>,
    sheet: Vec<Placed>,
    /// What is to stand on turned sheets after this one, and such sheets when they are set.
    apart: Vec<Piece>,
    turned: VecDeque<Sheet>,
    column: usize,
    /// Height that spanning pieces take at the head of the sheet.
    spanned: Length,
}

impl Paginator {
    pub fn new(geometry: Geometry, leading: Length) -> Self {
        Paginator {
            geometry,
            leading,
            queue: VecDeque::new(),
            queued: Length::ZERO,
            floating: Length::ZERO,
            starts: 0,
            carried: Vec::new(),
            floats: Vec::new(),
            sheet: Vec::new(),
            apart: Vec::new(),
            turned: VecDeque::new(),
            column: 0,
            spanned: Length::ZERO,
        }
    }

    /// Takes the next piece of the flow.
    pub fn push(&mut self, piece: Piece) {
        self.count(&piece, 1);
        self.queue.push_back(piece);
    }

    fn count(&mut self, piece: &Piece, sign: i64) {
        self.queued += natural(piece) * sign;
        if piece.floats {
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
        if let Some(sheet) = self.turned.pop_front() {
            return Some(sheet);
        }
        while !(self.queue.is_empty() && self.carried.is_empty() && self.floats.is_empty()) {
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
        let x = self.geometry.left + (self.geometry.measure + self.geometry.gutter) * self.column as i64;
        if self.sheet.is_empty() && !owes {
            self.place_spanning(x);
        }
        for mut piece in std::mem::take(&mut self.floats).into_iter().rev() {
            // At the head of a column the white is below it.
            piece.floats = false;
            piece.keep = Break::At(0);
            piece.height += piece.before.natural;
            self.count(&piece, 1);
            self.queue.push_front(piece);
        }
        let height = self.column_height();
        let (notes, carried) = split_notes(std::mem::take(&mut self.carried), height - self.leading * 4, 1);
        self.carried = carried;
        // The notes of an article end before the next article starts.
        let front_starts = self.queue.front().is_some_and(|p| p.keep == Break::Always);
        let plan = if front_starts && !notes.is_empty() {
            Plan::default()
        } else {
            self.choose_or_reline(height, heights(&notes))
        };
        self.place(x, height, plan, notes);
        self.column += 1;
        (self.column >= self.geometry.columns).then(|| self.end_sheet())
    }

    fn place_spanning(&mut self, x: Length) {
        let mut y = self.geometry.top;
        while self.geometry.columns > 1
            && self
                .queue
                .front()
                .is_some_and(|p| p.spans && (p.keep != Break::Always || self.sheet.is_empty()))
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

    /// Chooses what goes into a column of this height. Where it would end badly, a paragraph that
    /// starts in it is set in a line more or fewer, if that helps.
    fn choose_or_reline(&mut self, height: Length, owed: Length) -> Plan {
        let mut plan = self.choose(height, owed);
        if plan.cost <= FAIR {
            return plan;
        }
        let lines = |at: &usize| self.queue[*at].reline.as_ref().map_or(0, |reline| reline.count);
        let whole = |at: &usize| lines(at) > 0 && at + lines(at) <= self.queue.len();
        let mut starts: Vec<usize> = (0..plan.end).filter(whole).collect();
        // The more lines, the less one of them is seen.
        starts.sort_by_key(|at| std::cmp::Reverse(lines(at)));
        starts.truncate(MOST_RELINED);
        let mut best = None;
        for at in starts {
            for change in [1, -1] {
                let Some(reline) = self.queue[at].reline.clone() else { continue };
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
            if extent.least() > height && (index > 0 || owed > Length::ZERO) {
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
        let text = |next: &Piece| next.heading.is_none() && next.keep != Break::Always && !next.floats;
        self.queue[index].floats
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

    /// Puts what was chosen and the notes it calls into a column.
    fn place(&mut self, x: Length, height: Length, plan: Plan, mut notes: Vec<Piece>) {
        let mut deferred = plan.deferred.into_iter().peekable();
        let mut pieces: Vec<Piece> = Vec::with_capacity(plan.end);
        for index in 0..plan.end {
            let Some(mut piece) = self.pop() else { break };
            if deferred.next_if_eq(&index).is_some() {
                self.floats.push(piece);
                continue;
            }
            if index == 0
                && let Some(head) = &piece.head
            {
                pieces.extend(head.iter().cloned());
                piece.before = Glue::default();
            }
            self.apart.append(&mut piece.apart);
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
            let (here, later) = split_notes(notes, room, usize::from(pieces.is_empty()));
            notes = here;
            self.carried.splice(0..0, later);
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
            x: Length::ZERO,
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

/// What goes into a column: so many pieces of the queue, but for those that float on.
#[derive(Default)]
struct Plan {
    end: usize,
    deferred: Vec<usize>,
    /// How bad it is that the column ends there.
    cost: i64,
}

/// What pieces need that stand under each other from the head of a column.
#[derive(Clone, Copy, Default)]
struct Extent {
    natural: Length,
    stretch: Length,
    shrink: Length,
    /// How far something beside the text reaches down.
    reach: Length,
    /// Height of the notes with the rule above them.
    notes: Length,
    /// The part of that which may go to the next column.
    movable: Length,
    leading: Length,
}

impl Extent {
    fn new(owed: Length, leading: Length) -> Self {
        let notes = if owed > Length::ZERO { owed + leading } else { Length::ZERO };
        Extent { notes, leading, ..Extent::default() }
    }

    fn add(&mut self, piece: &Piece, first: bool) {
        if first {
            self.natural += piece.head.as_deref().map_or(Length::ZERO, heights);
        } else {
            self.natural += piece.before.natural;
            self.stretch += piece.before.stretch;
            self.shrink += piece.before.shrink;
        }
        if piece.reach > Length::ZERO {
            self.reach = self.reach.max(self.natural + piece.reach);
        }
        self.natural += piece.height;
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

    fn text(&self) -> Length {
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

fn natural(piece: &Piece) -> Length {
    piece.before.natural + piece.height
}

fn heights(pieces: &[Piece]) -> Length {
    pieces.iter().map(natural).sum()
}

/// Parts notes where they have to go on in the next column: the first part is no higher than `room`
/// unless `least` pieces need more.
fn split_notes(mut notes: Vec<Piece>, room: Length, least: usize) -> (Vec<Piece>, Vec<Piece>) {
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
    let later = notes.split_off(end);
    (notes, later)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Style;

    const LINE: Length = Length::pt(10);

    /// A page of ten lines.
    fn paginator(columns: usize) -> Paginator {
        let mut geometry = Style::default().geometry();
        geometry.text_height = LINE * 10;
        geometry.columns = columns;
        geometry.top = Length::ZERO;
        Paginator::new(geometry, LINE)
    }

    fn line(name: &str, keep: Break) -> Piece {
        Piece { keep, height: LINE, anchors: vec![name.to_owned()], ..Piece::default() }
    }

    /// A paragraph of `count` lines, of which none may stand alone.
    fn paragraph(name: &str, count: usize) -> Vec<Piece> {
        let keep = |i: usize| match i {
            0 => Break::At(0),
            _ if i == 1 || i + 1 == count => Break::Never,
            _ => Break::At(10),
        };
        (0..count).map(|i| line(&format!("{name}{i}"), keep(i))).collect()
    }

    fn heading(name: &str) -> Piece {
        let before = Glue { natural: LINE, stretch: LINE, shrink: Length::ZERO };
        Piece { before, ..line(name, Break::At(0)) }
    }

    /// The sheets, each as names with the line they stand on in tenths.
    fn sheets(mut paginator: Paginator, pieces: Vec<Piece>) -> Vec<Vec<(String, i64)>> {
        let mut out = Vec::new();
        let mut take = |sheet: Sheet| {
            let named = sheet.placed.into_iter().filter(|p| !p.piece.anchors.is_empty());
            out.push(named.map(|p| (p.piece.anchors.join("+"), p.y.0 / (LINE.0 / 10))).collect());
        };
        for piece in pieces {
            paginator.push(piece);
            while let Some(sheet) = paginator.next_sheet() {
                take(sheet);
            }
        }
        while let Some(sheet) = paginator.finish() {
            take(sheet);
        }
        out
    }

    fn names(sheet: &[(String, i64)]) -> String {
        sheet.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn no_line_of_a_paragraph_stands_alone() {
        let mut pieces = paragraph("a", 9);
        pieces.extend(paragraph("b", 4));
        let got = sheets(paginator(1), pieces);
        assert_eq!(names(&got[0]), "a0 a1 a2 a3 a4 a5 a6 a7 a8", "b0 alone would be an orphan");
        let got = sheets(paginator(1), paragraph("a", 11));
        assert_eq!(names(&got[1]), "a9 a10", "a10 alone would be a widow");
    }

    #[test]
    fn a_heading_goes_with_its_text_and_its_white_is_dropped_at_the_head() {
        let mut pieces = paragraph("a", 7);
        pieces.push(heading("h"));
        let mut text = paragraph("b", 12);
        text[0].keep = Break::Never;
        pieces.extend(text);
        let got = sheets(paginator(1), pieces);
        assert_eq!(names(&got[0]), "a0 a1 a2 a3 a4 a5 a6");
        assert_eq!(got[1][0], ("h".into(), 0));
    }

    #[test]
    fn white_stretches_so_that_pages_end_alike() {
        let mut pieces = paragraph("a", 3);
        pieces.push(heading("h"));
        let mut text = paragraph("b", 4);
        text[0].keep = Break::Never;
        pieces.extend(text);
        pieces.extend(paragraph("c", 14));
        let got = sheets(paginator(1), pieces);
        // Nine lines fit with the heading's white, one of which would be an orphan.
        assert_eq!(got[0].last(), Some(&("b3".into(), 90)));
    }

    #[test]
    fn a_note_stands_on_the_foot_of_its_page() {
        let mut pieces = paragraph("a", 12);
        pieces[1].notes = vec![paragraph("n", 2)];
        let got = sheets(paginator(1), pieces);
        assert_eq!(names(&got[0]), "a0 a1 a2 a3 a4 a5 a6 n0 n1");
        assert_eq!(got[0].last(), Some(&("n1".into(), 90)));
    }

    #[test]
    fn a_long_note_goes_on_over_pages_and_ends_before_the_next_article() {
        let mut pieces = paragraph("a", 2);
        pieces[0].notes = vec![paragraph("n", 20)];
        pieces.push(line("next", Break::Always));
        let got = sheets(paginator(1), pieces);
        assert_eq!(names(&got[0]), "a0 a1 n0 n1 n2 n3 n4 n5 n6");
        assert_eq!(got.iter().flatten().filter(|(name, _)| name.starts_with('n')).count(), 21);
        assert_eq!(names(got.last().unwrap()), "next");
    }

    #[test]
    fn a_figure_without_room_waits_and_the_text_goes_on() {
        let mut pieces = paragraph("a", 6);
        pieces.push(Piece {
            height: LINE * 6,
            floats: true,
            anchors: vec!["fig".into()],
            ..Piece::default()
        });
        pieces.extend(paragraph("b", 8));
        let got = sheets(paginator(1), pieces);
        assert_eq!(names(&got[0]), "a0 a1 a2 a3 a4 a5 b0 b1 b2 b3");
        assert_eq!(got[1][0].0, "fig");
    }

    #[test]
    fn a_heading_is_not_left_alone_by_its_figure() {
        let figure = |name: &str| Piece { height: LINE * 6, floats: true, ..line(name, Break::Never) };
        let mut pieces = paragraph("a", 5);
        pieces.extend([heading("h"), figure("fig")]);
        let mut album = pieces.clone();
        pieces.extend(paragraph("b", 8));
        let got = sheets(paginator(1), pieces);
        assert_eq!(names(&got[0]), "a0 a1 a2 a3 a4 h b0 b1 b2");
        assert_eq!(got[1][0].0, "fig");
        album.extend([heading("h2"), figure("fig2")]);
        let got = sheets(paginator(1), album);
        let got: Vec<_> = got.iter().map(|sheet| names(sheet)).collect();
        assert_eq!(got, ["a0 a1 a2 a3 a4", "h fig", "h2 fig2"]);
    }

    #[test]
    fn what_is_turned_stands_on_the_next_sheets_and_the_text_goes_on() {
        let mut pieces = paragraph("a", 6);
        pieces.push(Piece {
            apart: vec![line("t0", Break::At(0)), line("t1", Break::Always)],
            ..Piece::default()
        });
        pieces.extend(paragraph("b", 8));
        let got = sheets(paginator(1), pieces);
        let names: Vec<_> = got.iter().map(|sheet| names(sheet)).collect();
        assert_eq!(names, ["a0 a1 a2 a3 a4 a5 b0 b1 b2 b3", "t0", "t1", "b4 b5 b6 b7"]);
    }

    #[test]
    fn a_turned_table_alone_leaves_no_empty_sheet() {
        let apart = vec![line("t0", Break::At(0))];
        let got = sheets(paginator(1), vec![Piece { apart, ..Piece::default() }]);
        assert_eq!(got.len(), 1);
    }

    #[test]
    fn columns_are_filled_one_after_another() {
        let got = sheets(paginator(2), paragraph("a", 24));
        assert_eq!(got[0].len(), 20);
        assert_eq!(got[0][10], ("a10".into(), 0));
    }

    #[test]
    fn a_table_head_is_repeated_and_what_is_too_high_is_set_all_the_same() {
        let head: Rc<[Piece]> = vec![line("head", Break::Never)].into();
        let mut pieces = vec![line("head", Break::At(0))];
        pieces.extend(
            (0..12).map(|i| Piece { head: Some(head.clone()), ..line(&format!("r{i}"), Break::At(0)) }),
        );
        pieces.push(Piece { height: LINE * 30, ..line("tall", Break::Never) });
        pieces.push(line("after", Break::Never));
        let got = sheets(paginator(1), pieces);
        assert_eq!(got[1][0].0, "head");
        let all = got.iter().flatten().map(|(name, _)| name.as_str());
        assert_eq!(all.filter(|name| *name != "head").count(), 14);
    }

    #[test]
    fn every_piece_comes_out_once_whatever_comes_in() {
        // A linear congruential generator: the same pieces on every run.
        let mut state = 12345_u64;
        let mut random = |n: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % n
        };
        for columns in [1, 2] {
            let mut pieces = Vec::new();
            for i in 0..3000 {
                let keep = match random(20) {
                    0 => Break::Always,
                    1..=12 => Break::Never,
                    cost => Break::At(cost as i64),
                };
                let mut piece = line(&format!("p{i}"), keep);
                piece.height = Length::pt(random(40) as i64 * random(5) as i64);
                piece.floats = random(15) == 0;
                piece.spans = random(30) == 0;
                if random(9) == 0 {
                    piece.notes.push(paragraph(&format!("n{i}-"), 1 + random(30) as usize));
                }
                pieces.push(piece);
            }
            let count = |p: &Piece| 1 + p.notes.iter().map(Vec::len).sum::<usize>();
            let want: usize = pieces.iter().map(count).sum();
            let got = sheets(paginator(columns), pieces);
            assert_eq!(got.iter().map(Vec::len).sum::<usize>(), want);
        }
    }
}
