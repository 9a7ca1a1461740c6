//! Tables: the grid, the widths of its columns, its rows.

use super::galley::{Galley, join};
use super::{Flow, Frame};
use crate::diagnostic::{Diagnostic, code};
use crate::layout::Length;
use crate::layout::inline::TextAlign;
use crate::layout::page::{Color, Item, ItemKind, Tag};
use crate::layout::paginate::{Break, Piece};
use crate::layout::structure::{Role, StructId};
use crate::model::{Align, Cell, Row, Scope, Span, Table};
use std::collections::VecDeque;
use std::rc::Rc;

/// White left and right of a cell's content, in hundredths of the type size.
const PAD: i64 = 45;
/// A table is never set smaller, in hundredths of the size of the running text.
const SMALLEST: i64 = 62;
const RULE: Color = Color(0x30, 0x30, 0x30);
const HAIRLINE: Color = Color(0xC8, 0xC8, 0xC8);

/// A cell in its place in the grid.
struct Placed<'a> {
    cell: &'a Cell,
    /// Its first column and row.
    column: usize,
    row: usize,
    columns: usize,
    rows: usize,
}

/// What a table's rows are: the part of the table, which also says what its node is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Head,
    Body,
    Foot,
}

/// The rows of one part, with their cells in place.
struct Grid<'a> {
    part: Part,
    rows: Vec<Vec<Placed<'a>>>,
    /// The rows' nodes.
    nodes: Vec<StructId>,
}

impl<'a> Flow<'a, '_, '_> {
    pub(super) fn table(&mut self, table: &'a Table, span: Span, frame: &Frame, galley: &mut Galley) {
        let (mut grids, columns) = grids(table);
        galley.clear();
        galley.space(frame.white(8));
        let node = self.structure.add(Some(frame.parent), Role::Table);
        if !table.caption.is_empty() {
            self.caption(&table.caption, node, frame, galley);
            galley.space(frame.white(2));
            galley.keep_with_next();
        }
        if columns == 0 {
            return;
        }
        for grid in &mut grids {
            let role = match grid.part {
                Part::Head => Role::TableHead,
                Part::Body => Role::TableBody,
                Part::Foot => Role::TableFoot,
            };
            let part = self.structure.add(Some(node), role);
            grid.nodes = grid.rows.iter().map(|_| self.structure.add(Some(part), Role::TableRow)).collect();
        }
        let mut inner = frame.inner(node);
        (inner.text.size, inner.text.leading) = self.scale.small;
        inner.text.align = TextAlign::Start;
        inner.text.indent = Length::ZERO;
        let extremes = self.column_extremes(&grids, columns, &inner);
        let parts = fit(&extremes, &mut inner, self.scale.size.scale(SMALLEST, 100));
        if parts.len() > 1 {
            let message = format!(
                "a table of {columns} columns is too wide for the page and was set in {} parts",
                parts.len()
            );
            let help = "a wider paper or smaller type keeps it whole";
            self.cx.report(Diagnostic::new(&code::TABLE_SPLIT, span, message).help(help));
        }
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                galley.space(frame.white(8));
            }
            self.table_part(table, &grids, part, &inner, galley);
        }
        galley.space(frame.white(10));
    }

    /// The extremes of each column at the frame's type size, with the white beside the content.
    fn column_extremes(
        &mut self,
        grids: &[Grid<'a>],
        columns: usize,
        frame: &Frame,
    ) -> Vec<(Length, Length)> {
        let pad = frame.text.size.scale(PAD, 100) * 2;
        let mut extremes = vec![(pad, pad); columns];
        let mut spanning = Vec::new();
        for (part, placed) in grids.iter().flat_map(|g| g.rows.iter().flatten().map(|p| (g.part, p))) {
            let mut style = frame.text.clone();
            style.bold = is_header(part, placed.cell);
            let (min, max) = self.measure_blocks(&placed.cell.blocks, &style, frame.depth);
            if placed.columns == 1 {
                let column = &mut extremes[placed.column];
                *column = (column.0.max(min + pad), column.1.max(max + pad));
            } else {
                spanning.push((placed.column, placed.columns, min + pad, max + pad));
            }
        }
        // What a spanning cell needs beyond its columns is shared among them.
        for (first, count, min, max) in spanning {
            let columns = &mut extremes[first..first + count];
            let have = columns.iter().fold((Length::ZERO, Length::ZERO), |s, c| (s.0 + c.0, s.1 + c.1));
            let share = |need: Length, have: Length| (need - have).max(Length::ZERO) / count as i64;
            let (more_min, more_max) = (share(min, have.0), share(max, have.1));
            for column in columns {
                *column = (column.0 + more_min, column.1 + more_max);
            }
        }
        for column in &mut extremes {
            column.1 = column.1.max(column.0);
        }
        extremes
    }

    /// Sets the columns of one part, all rows.
    fn table_part(
        &mut self,
        table: &'a Table,
        grids: &[Grid<'a>],
        part: &Columns,
        frame: &Frame,
        galley: &mut Galley,
    ) {
        let mut head: Option<Rc<[Piece]>> = None;
        let most = self.column_height.scale(9, 10);
        let mut first = true;
        for grid in grids {
            let mut set = Galley::default();
            let limit = most - head.as_deref().map_or(Length::ZERO, |h| h.iter().map(|p| p.height).sum());
            let mut at = 0;
            while at < grid.rows.len() {
                let end = group_end(&grid.rows, at);
                self.row_group(table, grid, at..end, part, frame, limit, &mut set);
                at = end;
            }
            let mut pieces = set.pieces;
            let count = pieces.len();
            for (index, piece) in pieces.iter_mut().enumerate() {
                let top = index == 0 && first;
                if top {
                    rule(piece, part.x, part.width(), Length::ZERO, Length::milli_pt(700), RULE);
                }
                if index + 1 == count {
                    let y = piece.height;
                    rule(
                        piece,
                        part.x,
                        part.width(),
                        y,
                        Length::milli_pt(if grid.part == Part::Head { 500 } else { 700 }),
                        RULE,
                    );
                }
                // The head stays with the first row, the foot with the last.
                let bound = match grid.part {
                    Part::Head => !top,
                    Part::Body => index == 0 && head.is_some(),
                    Part::Foot => true,
                };
                if bound {
                    piece.keep = Break::Never;
                }
            }
            if grid.part == Part::Head {
                let height: Length = pieces.iter().map(|p| p.height).sum();
                if height < self.column_height / 3 && !pieces.is_empty() {
                    head = Some(pieces.iter().map(repeated).collect());
                }
            } else {
                for piece in &mut pieces {
                    piece.head = head.clone();
                }
            }
            first &= pieces.is_empty();
            for piece in pieces {
                galley.push(piece);
            }
        }
    }

    /// Sets rows that cells bind together; most often one row.
    #[expect(clippy::too_many_arguments, reason = "the table, the place in it and the place on the page")]
    fn row_group(
        &mut self,
        table: &'a Table,
        grid: &Grid<'a>,
        rows: std::ops::Range<usize>,
        part: &Columns,
        frame: &Frame,
        limit: Length,
        galley: &mut Galley,
    ) {
        let (above, below) = (frame.text.leading.scale(22, 100), frame.text.leading.scale(28, 100));
        let mut cells = Vec::new();
        for row in rows.clone() {
            for placed in &grid.rows[row] {
                if let Some(set) = self.cell(table, grid, placed, part, frame) {
                    cells.push((row - rows.start, placed, set));
                }
            }
        }
        let mut heights = vec![frame.text.leading + above + below; rows.len()];
        for rows_first in [true, false] {
            for (row, placed, set) in &cells {
                if (placed.rows == 1) == rows_first {
                    let need = above + below + set.iter().map(|p| p.before.natural + p.height).sum();
                    let span = *row..(row + placed.rows).min(heights.len());
                    let have: Length = heights[span.clone()].iter().copied().sum();
                    heights[span.end - 1] += (need - have).max(Length::ZERO);
                }
            }
        }
        let whole: Length = heights.iter().copied().sum();
        if whole <= limit {
            let mut pieces: Vec<Piece> = heights
                .iter()
                .map(|&height| Piece { height, keep: Break::Never, ..Piece::default() })
                .collect();
            for (row, _, set) in cells {
                join(set, Length::ZERO, above, &mut pieces[row]);
            }
            for (index, mut piece) in pieces.into_iter().enumerate() {
                let last = rows.start + index + 1 == grid.rows.len();
                if index == 0 {
                    piece.keep = Break::At(0);
                }
                if !last {
                    hairlines(&mut piece, grid, rows.start..rows.start + index + 1, part);
                }
                galley.push(piece);
            }
        } else {
            // Higher than a page: the rows stand for themselves, and go on over pages.
            let mut by_row: Vec<Vec<Vec<Piece>>> = vec![Vec::new(); rows.len()];
            for (row, _, set) in cells {
                by_row[row].push(set);
            }
            for columns in by_row {
                galley.space(crate::layout::paginate::Glue { natural: above, ..Default::default() });
                side_by_side(columns, limit, galley);
                if let Some(last) = galley.pieces.last_mut() {
                    last.height += below;
                }
            }
        }
    }

    /// Sets a cell's content; `None` when it starts in no column of this part.
    fn cell(
        &mut self,
        table: &'a Table,
        grid: &Grid<'a>,
        placed: &Placed<'a>,
        part: &Columns,
        frame: &Frame,
    ) -> Option<Vec<Piece>> {
        let (x, width) = part.span(placed.column, placed.columns)?;
        let cell = placed.cell;
        let (col_span, row_span) = (clamp_span(placed.columns), clamp_span(placed.rows));
        let heads = is_header(grid.part, cell);
        let role = if heads {
            Role::TableHeader { scope: cell.scope.unwrap_or(Scope::Column), col_span, row_span }
        } else {
            Role::TableData { col_span, row_span, headers: Vec::new() }
        };
        let repeats = part.repeats(placed.column);
        let row = grid.nodes[placed.row];
        // A column that is shown again is no new content.
        let mark = self.structure.nodes().len();
        let node = self.structure.add(Some(row), role);
        let pad = frame.text.size.scale(PAD, 100).min(width / 4);
        let mut inner = frame.inner(node);
        (inner.x, inner.width) = (part.x + x + pad, width - pad * 2);
        if let Some(attr) = &cell.attr {
            inner = self.own_language(&inner, attr.lang.as_ref(), attr.dir);
        }
        inner.text.bold = heads;
        inner.text.align = match cell.align.or(table.columns.get(placed.column).and_then(|c| c.align)) {
            None | Some(Align::Start) => TextAlign::Start,
            Some(Align::Center) => TextAlign::Center,
            Some(Align::End) => TextAlign::End,
        };
        let mut galley = Galley::default();
        self.blocks(&cell.blocks, &inner, &mut galley);
        if !repeats {
            return Some(galley.pieces);
        }
        self.structure.truncate(mark);
        Some(galley.pieces.iter().map(repeated).collect())
    }
}

/// Whether a cell heads others.
fn is_header(part: Part, cell: &Cell) -> bool {
    part == Part::Head || cell.scope.is_some()
}

/// The columns of a table, or of a part of it, as they stand beside each other.
struct Columns {
    /// Left edge in the column of text.
    x: Length,
    /// First column, and those after it.
    first: usize,
    widths: Vec<Length>,
    /// Width of the table's first column when it stands again before these.
    again: Option<Length>,
    rtl: bool,
}

impl Columns {
    fn width(&self) -> Length {
        self.again.unwrap_or_default() + self.widths.iter().copied().sum()
    }

    fn repeats(&self, column: usize) -> bool {
        self.again.is_some() && column == 0
    }

    /// Left edge and width of a cell, from the left edge of the text.
    fn span(&self, column: usize, columns: usize) -> Option<(Length, Length)> {
        let (start, width) = if let (0, Some(again)) = (column, self.again) {
            (Length::ZERO, again)
        } else {
            let from = column.checked_sub(self.first).filter(|&from| from < self.widths.len())?;
            let to = (from + columns).min(self.widths.len());
            let before: Length = self.widths[..from].iter().copied().sum();
            (self.again.unwrap_or_default() + before, self.widths[from..to].iter().copied().sum())
        };
        Some(if self.rtl { (self.width() - start - width, width) } else { (start, width) })
    }
}

/// Chooses type size and widths: wide enough that no word is cut, where the frame has room; else in
/// smaller type; else in parts.
fn fit(extremes: &[(Length, Length)], frame: &mut Frame, smallest: Length) -> Vec<Columns> {
    let room = frame.width;
    let rtl = frame.text.rtl;
    let least: Length = extremes.iter().map(|e| e.0).sum();
    let size = frame.text.size;
    if least > room {
        let shrunk = size.scale(room.0, least.0).max(smallest.min(size));
        frame.text.leading = frame.text.leading.scale(shrunk.0, size.0);
        frame.text.size = shrunk;
    }
    // Rounded up, so that a word that just fitted still fits.
    let scaled = |l: Length| Length(l.scale(frame.text.size.0, size.0).0 + 64);
    let extremes: Vec<_> =
        extremes.iter().map(|e| (scaled(e.0).min(room), scaled(e.1).max(scaled(e.0).min(room)))).collect();
    let mut parts = Vec::new();
    let again = extremes[0].0;
    let mut at = 0;
    while at < extremes.len() {
        let again = (at > 0 && again <= room / 3).then_some(again);
        let free = room - again.unwrap_or_default();
        let mut used = Length::ZERO;
        let count = extremes[at..]
            .iter()
            .take_while(|e| {
                used += e.0.min(free);
                used <= free + Length(64 * 512)
            })
            .count()
            .max(1);
        let widths = share(&extremes[at..at + count], free);
        let mut part = Columns { x: frame.x, first: at, widths, again, rtl };
        if rtl {
            part.x += room - part.width();
        }
        parts.push(part);
        at += count;
    }
    parts
}

/// Shares out a width: each column gets its least, and of what is left in proportion to what it
/// wants beyond that.
fn share(extremes: &[(Length, Length)], room: Length) -> Vec<Length> {
    let least: Length = extremes.iter().map(|e| e.0).sum();
    let wanted: Length = extremes.iter().map(|e| e.1 - e.0).sum();
    if least >= room {
        return extremes.iter().map(|e| e.0.scale(room.0, least.0.max(1))).collect();
    }
    let extra = (room - least).min(wanted);
    extremes.iter().map(|e| e.0 + extra.scale((e.1 - e.0).0, wanted.0.max(1))).collect()
}

/// Places the cells of all parts: each takes the first free place of its row, as in HTML.
fn grids(table: &Table) -> (Vec<Grid<'_>>, usize) {
    let mut columns = 0;
    let mut grids = Vec::new();
    for (part, rows) in [(Part::Head, &table.head), (Part::Body, &table.body), (Part::Foot, &table.foot)] {
        if rows.is_empty() {
            continue;
        }
        let rows = place(rows);
        columns = columns.max(rows.iter().flatten().map(|p| p.column + p.columns).max().unwrap_or(0));
        grids.push(Grid { part, rows, nodes: Vec::new() });
    }
    (grids, columns)
}

/// No table has more columns; a wider one is not read by anybody.
const MOST_COLUMNS: usize = 1000;

fn place(rows: &[Row]) -> Vec<Vec<Placed<'_>>> {
    // The first row in which each column is free again.
    let mut free_from: Vec<usize> = Vec::new();
    let mut out = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let mut placed = Vec::with_capacity(row.cells.len());
        let mut column = 0;
        for cell in &row.cells {
            while free_from.get(column).is_some_and(|&from| from > index) {
                column += 1;
            }
            let column_start = column.min(MOST_COLUMNS - 1);
            let wanted = usize::from(cell.col_span).clamp(1, MOST_COLUMNS - column_start);
            // A cell from above cuts a span short.
            let columns = (column_start..column_start + wanted)
                .take_while(|&c| free_from.get(c).is_none_or(|&from| from <= index))
                .count()
                .max(1);
            let rows_spanned = usize::from(cell.row_span).clamp(1, rows.len() - index);
            column = column_start + columns;
            if free_from.len() < column {
                free_from.resize(column, 0);
            }
            free_from[column_start..column].fill(index + rows_spanned);
            placed.push(Placed { cell, column: column_start, row: index, columns, rows: rows_spanned });
        }
        out.push(placed);
    }
    out
}

/// One past the last row that cells bind to the row `at`.
fn group_end(rows: &[Vec<Placed<'_>>], at: usize) -> usize {
    let mut end = at + 1;
    let mut row = at;
    while row < end.min(rows.len()) {
        end = rows[row].iter().map(|p| row + p.rows).fold(end, usize::max);
        row += 1;
    }
    end.min(rows.len())
}

fn clamp_span(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

/// Sets pieces of several columns beside each other: as one row where that is no higher than `most`,
/// else as several, cut where every column can be.
pub(super) fn side_by_side(columns: Vec<Vec<Piece>>, most: Length, galley: &mut Galley) {
    let mut columns: Vec<VecDeque<Piece>> = columns.into_iter().map(VecDeque::from).collect();
    while columns.iter().any(|c| !c.is_empty()) {
        let mut row = Piece::default();
        for column in &mut columns {
            let (mut height, mut count) = (Length::ZERO, usize::from(!column.is_empty()));
            for (index, piece) in column.iter().enumerate() {
                height += piece.height + if index > 0 { piece.before.natural } else { Length::ZERO };
                if height > most {
                    break;
                }
                if column.get(index + 1).is_none_or(|next| next.keep != Break::Never) {
                    count = index + 1;
                }
            }
            let here: Vec<Piece> = column.drain(..count).collect();
            let height = join(here, Length::ZERO, Length::ZERO, &mut row);
            row.height = row.height.max(height);
        }
        galley.push(row);
    }
}

/// The same to look at, but no content: what a reader has met before.
fn repeated(piece: &Piece) -> Piece {
    let mut piece = piece.clone();
    for item in &mut piece.items {
        item.tag = Tag::Layout;
    }
    piece.links.clear();
    piece.anchors.clear();
    piece.notes.clear();
    piece
}

fn rule(piece: &mut Piece, x: Length, width: Length, y: Length, height: Length, color: Color) {
    let kind = ItemKind::Rectangle { x, y: y - height / 2, width, height, color };
    piece.items.push(Item { tag: Tag::Layout, kind });
}

/// Thin lines under the last of the rows, but not through a cell that goes on below it. `rows` are
/// those that cells bind together, from the first.
fn hairlines(piece: &mut Piece, grid: &Grid<'_>, rows: std::ops::Range<usize>, part: &Columns) {
    let y = piece.height;
    let below = rows.end;
    let mut cut: Vec<(Length, Length)> = grid.rows[rows]
        .iter()
        .flatten()
        .filter(|placed| placed.row + placed.rows > below)
        .filter_map(|placed| part.span(placed.column, placed.columns))
        .map(|(x, width)| (x, x + width))
        .collect();
    cut.sort_unstable();
    let mut x = Length::ZERO;
    for (from, to) in cut.into_iter().chain([(part.width(), part.width())]) {
        if from > x {
            rule(piece, part.x + x, from - x, y, Length::milli_pt(300), HAIRLINE);
        }
        x = x.max(to);
    }
}
