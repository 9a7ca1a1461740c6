//! Tables: drawn as a grid where the page is wide enough, else as records.

use super::lines::{Lines, Setting};
use super::{Page, breaks};
use crate::model::{Align, Block, BlockKind, Cell, Inline, Row, Scope, Table};
use std::collections::BTreeMap;

impl<'d> Page<'d> {
    pub(super) fn table(&mut self, table: &'d Table) {
        if !table.caption.is_empty() {
            self.paragraph(&table.caption);
            self.lines.blank();
        }
        // A table inside a table is never drawn: each level would be set anew for each width tried.
        let room = self.lines.room();
        let drawn = !self.in_table && {
            match Grid::new(table, room / 3) {
                Some(grid) => self.draw(&grid, table, room),
                None => false,
            }
        };
        if !drawn {
            self.records(table);
        }
    }

    /// What the blocks of a cell look like at a width.
    fn cell(&mut self, blocks: &'d [Block], width: usize) -> String {
        let outside = std::mem::replace(&mut self.lines, Lines::new(width, Setting::default()));
        let nested = std::mem::replace(&mut self.in_table, true);
        self.blocks(blocks, false);
        self.in_table = nested;
        std::mem::replace(&mut self.lines, outside).buf
    }

    /// Draws the table; `false` when its words are too wide for the room.
    fn draw(&mut self, grid: &Grid<'d>, table: &Table, room: usize) -> bool {
        let Some(widths) = self.column_widths(grid, room) else { return false };
        let texts: Vec<String> =
            grid.cells.iter().map(|place| self.cell(&place.cell.blocks, place.width(&widths))).collect();
        let heights = row_heights(grid, &texts);
        let tall = heights.iter().any(|&h| h > 1) || grid.cells.iter().any(|place| place.rows > 1);
        let head = table.head.len();
        Drawing {
            grid,
            widths: &widths,
            texts: &texts,
            heights: &heights,
            tall,
            head,
            ascii: self.options.ascii,
        }
        .draw(table, &mut self.lines);
        true
    }

    /// The columns' widths, without borders; `None` when the longest words don't fit.
    fn column_widths(&mut self, grid: &Grid<'d>, room: usize) -> Option<Vec<usize>> {
        let available = room.checked_sub(3 * grid.columns + 1)?;
        let (mut least, mut natural) = (vec![1; grid.columns], vec![1; grid.columns]);
        let mut wants: Vec<(&Place<'_>, usize, usize)> = Vec::with_capacity(grid.cells.len());
        for place in &grid.cells {
            let text = self.cell(&place.cell.blocks, UNBOUNDED);
            let widest = text.lines().map(breaks::width).max().unwrap_or_default();
            let word =
                text.lines().map(|line| longest_piece(line, &place.cell.blocks)).max().unwrap_or_default();
            wants.push((place, word, widest));
        }
        // Cells of one column first, so that wider ones find what their columns have already.
        wants.sort_by_key(|(place, ..)| place.columns);
        for (place, word, widest) in wants {
            let columns = place.column..place.column + place.columns;
            grow(&mut least[columns.clone()], word);
            grow(&mut natural[columns], widest.max(word));
        }
        // What a spanning cell needs is shared out by what its columns have, which is not alike for both.
        for (natural, least) in natural.iter_mut().zip(&least) {
            *natural = (*natural).max(*least);
        }
        let (least_sum, natural_sum) = (least.iter().sum::<usize>(), natural.iter().sum::<usize>());
        if natural_sum <= available {
            return Some(natural);
        }
        let mut spare = available.checked_sub(least_sum)?;
        let mut wanted: usize = natural.iter().zip(&least).map(|(n, l)| n - l).sum();
        for (width, natural) in least.iter_mut().zip(&natural) {
            // In proportion to what each lacks; what rounding leaves goes to the later ones.
            let lacks = natural - *width;
            let share = (spare * lacks).checked_div(wanted).unwrap_or_default();
            *width += share;
            spare -= share;
            wanted -= lacks;
        }
        Some(least)
    }

    /// One block of `label: value` lines for each row, with the head's words as labels.
    fn records(&mut self, table: &'d Table) {
        let mut labels: BTreeMap<usize, &'d [Block]> = BTreeMap::new();
        let label_rows =
            if table.body.is_empty() && table.foot.is_empty() { &[] } else { table.head.as_slice() };
        if let Some(row) = label_rows.last() {
            // Head rows above the last one say what groups of columns have in common.
            for row in &label_rows[..label_rows.len() - 1] {
                self.record(row, &BTreeMap::new());
                self.lines.blank();
            }
            let mut column = 0;
            for cell in &row.cells {
                labels.insert(column, &cell.blocks);
                column += usize::from(cell.col_span.max(1));
            }
        }
        let rows = if label_rows.is_empty() { table.head.as_slice() } else { &[] };
        for (i, row) in rows.iter().chain(&table.body).chain(&table.foot).enumerate() {
            if i > 0 {
                self.lines.blank();
            }
            self.record(row, &labels);
        }
    }

    fn record(&mut self, row: &'d Row, labels: &BTreeMap<usize, &'d [Block]>) {
        let mut column = 0;
        let mut fields: Vec<(&'d [Inline], &'d [Block])> = Vec::with_capacity(row.cells.len());
        let mut cells = row.cells.iter().peekable();
        while let Some(cell) = cells.next() {
            let here = column;
            column += usize::from(cell.col_span.max(1));
            let own = only_paragraph(&cell.blocks);
            match (own, cells.peek()) {
                // A row's header is the label of its only other cell.
                (Some(label), Some(value)) if heads_row(cell) && row.cells.len() == 2 => {
                    fields.push((label, &value.blocks));
                    break;
                }
                _ => {
                    let label =
                        labels.get(&here).and_then(|blocks| only_paragraph(blocks)).unwrap_or_default();
                    if !cell.blocks.is_empty() {
                        fields.push((label, &cell.blocks));
                    }
                }
            }
        }
        self.fields(&fields);
    }
}

/// A width that no line reaches, where a cell's text has its natural width.
const UNBOUNDED: usize = 4096;

fn heads_row(cell: &Cell) -> bool {
    cell.scope == Some(Scope::Row)
}

fn only_paragraph(blocks: &[Block]) -> Option<&[Inline]> {
    match blocks {
        [Block { kind: BlockKind::Paragraph { content }, .. }] => Some(content),
        _ => None,
    }
}

/// The longest part of a line that filling leaves whole. Where blocks are more than running text,
/// their prefixes count too, so the line is taken whole unless it is long.
fn longest_piece(line: &str, blocks: &[Block]) -> usize {
    let mut longest = 0;
    breaks::fill(line.trim(), 1, None, |line| longest = longest.max(line.columns));
    match only_paragraph(blocks) {
        Some(_) => longest,
        None => breaks::width(line).min(longest + 8),
    }
}

/// Makes columns wide enough, together with the borders between them, for something.
fn grow(columns: &mut [usize], wanted: usize) {
    let count = columns.len();
    let have = columns.iter().sum::<usize>() + 3 * count.saturating_sub(1);
    let Some(lacking) = wanted.checked_sub(have) else { return };
    for (i, column) in columns.iter_mut().enumerate() {
        *column += lacking / count + usize::from(i < lacking % count);
    }
}

/// Where a cell stands in the grid.
struct Place<'d> {
    cell: &'d Cell,
    row: usize,
    rows: usize,
    column: usize,
    columns: usize,
}

impl Place<'_> {
    fn width(&self, widths: &[usize]) -> usize {
        widths[self.column..self.column + self.columns].iter().sum::<usize>() + 3 * (self.columns - 1)
    }
}

/// The cells of a table with their places.
struct Grid<'d> {
    columns: usize,
    rows: usize,
    cells: Vec<Place<'d>>,
    /// Which cell covers each field, row by row; `cells.len()` or more where none does.
    owner: Vec<usize>,
}

impl<'d> Grid<'d> {
    /// Lays the cells out; `None` when there are more than `most` columns, or none at all.
    fn new(table: &'d Table, most: usize) -> Option<Self> {
        let groups = [&table.head, &table.body, &table.foot];
        let rows = groups.iter().map(|g| g.len()).sum();
        let columns = groups
            .into_iter()
            .flatten()
            .map(|row| row.cells.iter().map(|c| usize::from(c.col_span.max(1))).sum::<usize>())
            .max()
            .unwrap_or_default()
            .max(table.columns.len());
        if columns == 0 || columns > most {
            return None;
        }
        let mut grid = Grid { columns, rows, cells: Vec::new(), owner: vec![usize::MAX; rows * columns] };
        let mut first = 0;
        for group in groups {
            // A cell never spans from the head into the body.
            let end = first + group.len();
            for (row, cells) in (first..end).zip(group) {
                let mut column = 0;
                for cell in &cells.cells {
                    while column < columns && grid.owner[row * columns + column] != usize::MAX {
                        column += 1;
                    }
                    if column == columns {
                        // Spans from above took its place: the grid can't show it, records can.
                        return None;
                    }
                    let free =
                        (column..columns).take_while(|c| grid.owner[row * columns + c] == usize::MAX).count();
                    let place = Place {
                        cell,
                        row,
                        rows: usize::from(cell.row_span.max(1)).min(end - row),
                        column,
                        columns: usize::from(cell.col_span.max(1)).min(free),
                    };
                    for r in place.row..place.row + place.rows {
                        for c in place.column..place.column + place.columns {
                            grid.owner[r * columns + c] = grid.cells.len();
                        }
                    }
                    column += place.columns;
                    grid.cells.push(place);
                }
            }
            first = end;
        }
        Some(grid)
    }

    fn owner(&self, row: usize, column: usize) -> usize {
        self.owner[row * self.columns + column]
    }
}

/// Lines that each row needs; what a cell of several rows lacks goes to its last.
fn row_heights(grid: &Grid<'_>, texts: &[String]) -> Vec<usize> {
    let mut heights = vec![1; grid.rows];
    for spanning in [false, true] {
        for (place, text) in grid.cells.iter().zip(texts) {
            if (place.rows > 1) == spanning {
                let rows = place.row..place.row + place.rows;
                // The rules between its rows are lines of it too.
                let have = heights[rows.clone()].iter().sum::<usize>() + place.rows - 1;
                heights[rows.end - 1] += text.lines().count().saturating_sub(have);
            }
        }
    }
    heights
}

/// A grid being drawn.
struct Drawing<'a> {
    grid: &'a Grid<'a>,
    widths: &'a [usize],
    texts: &'a [String],
    heights: &'a [usize],
    /// Rules between all rows, not only under the head.
    tall: bool,
    /// Rows of the head.
    head: usize,
    ascii: bool,
}

impl Drawing<'_> {
    fn draw(&self, table: &Table, lines: &mut Lines) {
        // The lines of each cell that are still to be written.
        let mut left: Vec<std::str::Lines<'_>> = self.texts.iter().map(|t| t.lines()).collect();
        lines.line(&self.rule(0, table, &mut left));
        for row in 0..self.grid.rows {
            for _ in 0..self.heights[row] {
                let mut line = String::new();
                let mut column = 0;
                while column < self.grid.columns {
                    line.push_str(self.bar());
                    line.push(' ');
                    column += self.piece(row, column, table, &mut left, &mut line);
                    line.push(' ');
                }
                line.push_str(self.bar());
                lines.line(&line);
            }
            let next = row + 1;
            if next == self.grid.rows || next == self.head || self.tall {
                lines.line(&self.rule(next, table, &mut left));
            }
        }
    }

    fn bar(&self) -> &'static str {
        if self.ascii { "|" } else { "│" }
    }

    /// Adds the next line of the cell at a field and returns how many columns it took.
    fn piece(
        &self,
        row: usize,
        column: usize,
        table: &Table,
        left: &mut [std::str::Lines<'_>],
        line: &mut String,
    ) -> usize {
        let owner = self.grid.owner(row, column);
        let Some(place) = self.grid.cells.get(owner) else {
            line.extend(std::iter::repeat_n(' ', self.widths[column]));
            return 1;
        };
        let text = left[owner].next().unwrap_or_default();
        let free = place.width(self.widths).saturating_sub(breaks::width(text));
        let align = place.cell.align.or(table.columns.get(column).and_then(|c| c.align));
        let before = match align {
            Some(Align::End) => free,
            Some(Align::Center) => free / 2,
            Some(Align::Start) | None => 0,
        };
        line.extend(std::iter::repeat_n(' ', before));
        line.push_str(text);
        line.extend(std::iter::repeat_n(' ', free - before));
        place.columns
    }

    /// The rule above a row, or under the last. A cell that spans it writes its next line there.
    fn rule(&self, row: usize, table: &Table, left: &mut [std::str::Lines<'_>]) -> String {
        let grid = self.grid;
        let heavy = row > 0 && row == self.head && row < grid.rows;
        let mut line = String::new();
        let crossed = |column: usize| {
            row > 0 && row < grid.rows && {
                let owner = grid.owner(row, column);
                owner < grid.cells.len() && owner == grid.owner(row - 1, column)
            }
        };
        let divided = |row: usize, column: usize| {
            column == 0 || column == grid.columns || {
                let (a, b) = (grid.owner(row, column - 1), grid.owner(row, column));
                a != b || a >= grid.cells.len()
            }
        };
        let mut column = 0;
        while column <= grid.columns {
            let joint = Joint {
                up: row > 0 && divided(row - 1, column),
                down: row < grid.rows && divided(row, column),
                left: column > 0 && !crossed(column - 1),
                right: column < grid.columns && !crossed(column),
            };
            line.push(joint.draw(heavy, self.ascii));
            if column == grid.columns {
                break;
            }
            if crossed(column) {
                line.push(' ');
                column += self.piece(row, column, table, left, &mut line);
                line.push(' ');
            } else {
                let dash = match (self.ascii, heavy) {
                    (true, true) => '=',
                    (true, false) => '-',
                    (false, true) => '━',
                    (false, false) => '─',
                };
                line.extend(std::iter::repeat_n(dash, self.widths[column] + 2));
                column += 1;
            }
        }
        line
    }
}

/// Which borders meet at a corner.
struct Joint {
    up: bool,
    down: bool,
    left: bool,
    right: bool,
}

impl Joint {
    fn draw(&self, heavy: bool, ascii: bool) -> char {
        let Joint { up, down, left, right } = *self;
        if ascii {
            return match (up || down, left || right) {
                (true, true) => '+',
                (true, false) => '|',
                (false, _) => {
                    if heavy {
                        '='
                    } else {
                        '-'
                    }
                }
            };
        }
        let (light, strong) = match (up, down, left, right) {
            (true, true, true, true) => ('┼', '┿'),
            (true, true, false, true) => ('├', '┝'),
            (true, true, true, false) => ('┤', '┥'),
            (true, true, false, false) => ('│', '│'),
            (false, true, true, true) => ('┬', '┯'),
            (true, false, true, true) => ('┴', '┷'),
            (false, true, false, true) => ('┌', '┍'),
            (false, true, true, false) => ('┐', '┑'),
            (true, false, false, true) => ('└', '┕'),
            (true, false, true, false) => ('┘', '┙'),
            (true, false, false, false) | (false, true, false, false) => ('│', '│'),
            (false, false, _, _) => ('─', '━'),
        };
        if heavy { strong } else { light }
    }
}
