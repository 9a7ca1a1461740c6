//! Tables: drawn as a grid where the page is wide enough, else as records.

use super::lines::{Lines, Setting};
use super::{Page, breaks};
use crate::model::{Align, Block, BlockKind, Grid, Inline, Part, Place, Scope, Table};
use crate::text::width;
use std::collections::BTreeMap;

/// What a cell looks like in lines as long as it wants them, and the widest of these.
type Wanted = (String, usize);

impl<'d> Page<'d> {
    pub(super) fn table(&mut self, table: &'d Table) {
        if !table.caption.is_empty() {
            self.paragraph(&table.caption);
            self.lines.blank();
        }
        // A table inside a table is never drawn: each level would be set anew for each width tried.
        let room = self.lines.room();
        let grid = Grid::of(table);
        let drawable = !self.in_table && (1..=room / 3).contains(&grid.columns.len());
        if !drawable || !self.draw(&grid, room) {
            self.records(&grid);
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
    fn draw(&mut self, grid: &Grid<'d>, room: usize) -> bool {
        let Some((widths, natural)) = self.column_widths(grid, room) else { return false };
        let set = |(place, (text, widest)): (&Place<'d>, (String, usize))| {
            let room = room_of(place, &widths);
            // Running text that fits as it is would be set the same again.
            let fits = widest <= room && only_paragraph(&place.cell.blocks).is_some();
            if fits { text } else { self.cell(&place.cell.blocks, room) }
        };
        let texts: Vec<String> = grid.places.iter().zip(natural).map(set).collect();
        let heights = row_heights(grid, &texts);
        let tall = heights.iter().any(|&h| h > 1) || grid.places.iter().any(|place| place.rows > 1);
        let drawing = Drawing {
            grid,
            owner: &owners(grid),
            widths: &widths,
            texts: &texts,
            heights: &heights,
            tall,
            head: grid.part(Part::Head).len(),
            ascii: self.options.ascii,
        };
        drawing.draw(&mut self.lines);
        true
    }

    /// The columns' widths, without borders, and what each cell looks like in lines as long as it wants them,
    /// with the widest of these; `None` when the longest words don't fit.
    fn column_widths(&mut self, grid: &Grid<'d>, room: usize) -> Option<(Vec<usize>, Vec<Wanted>)> {
        let available = room.checked_sub(3 * grid.columns.len() + 1)?;
        let (mut least, mut natural) = (vec![1; grid.columns.len()], vec![1; grid.columns.len()]);
        let mut wants: Vec<(&Place<'_>, usize, usize)> = Vec::with_capacity(grid.places.len());
        let mut texts = Vec::with_capacity(grid.places.len());
        for place in &grid.places {
            let text = self.cell(&place.cell.blocks, UNBOUNDED);
            let widest = text.lines().map(width).max().unwrap_or_default();
            let word =
                text.lines().map(|line| longest_piece(line, &place.cell.blocks)).max().unwrap_or_default();
            wants.push((place, word, widest));
            texts.push((text, widest));
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
            return Some((natural, texts));
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
        Some((least, texts))
    }

    /// One block of `label: value` lines for each row, with the head's words as labels.
    fn records(&mut self, grid: &Grid<'d>) {
        let mut labels: BTreeMap<usize, &'d [Block]> = BTreeMap::new();
        let head = grid.part(Part::Head);
        let mut rows = 0..grid.rows.len();
        if head.end < rows.end && !head.is_empty() {
            // Head rows above the last one say what groups of columns have in common.
            for row in head.start..head.end - 1 {
                self.record(grid.row(row), &BTreeMap::new());
                self.lines.blank();
            }
            labels.extend(grid.row(head.end - 1).iter().map(|p| (p.column, &*p.cell.blocks)));
            rows.start = head.end;
        }
        for row in rows.clone() {
            if row > rows.start {
                self.lines.blank();
            }
            self.record(grid.row(row), &labels);
        }
    }

    fn record(&mut self, row: &[Place<'d>], labels: &BTreeMap<usize, &'d [Block]>) {
        let mut fields: Vec<(&'d [Inline], &'d [Block])> = Vec::with_capacity(row.len());
        // A row's header is the label of its only other cell.
        if let [label, value] = row
            && label.cell.scope == Some(Scope::Row)
            && let Some(label) = only_paragraph(&label.cell.blocks)
        {
            fields.push((label, &value.cell.blocks));
        } else {
            for place in row.iter().filter(|place| !place.cell.blocks.is_empty()) {
                let label = labels.get(&place.column).and_then(|blocks| only_paragraph(blocks));
                fields.push((label.unwrap_or_default(), &place.cell.blocks));
            }
        }
        self.fields(&fields);
    }
}

/// A width that no line reaches, where a cell's text has its natural width.
const UNBOUNDED: usize = 4096;

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
        None => width(line).min(longest + 8),
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

/// The columns of text that a cell has.
fn room_of(place: &Place<'_>, widths: &[usize]) -> usize {
    widths[place.column..place.column + place.columns].iter().sum::<usize>() + 3 * (place.columns - 1)
}

/// Which cell covers each field, row by row.
fn owners(grid: &Grid<'_>) -> Vec<usize> {
    let columns = grid.columns.len();
    let mut owner = vec![0; grid.rows.len() * columns];
    for (number, place) in grid.places.iter().enumerate() {
        for row in place.row..place.row + place.rows {
            owner[row * columns + place.column..][..place.columns].fill(number);
        }
    }
    owner
}

/// Lines that each row needs; what a cell of several rows lacks goes to its last.
fn row_heights(grid: &Grid<'_>, texts: &[String]) -> Vec<usize> {
    let mut heights = vec![1; grid.rows.len()];
    for spanning in [false, true] {
        for (place, text) in grid.places.iter().zip(texts) {
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
    owner: &'a [usize],
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
    fn draw(&self, lines: &mut Lines) {
        // The lines of each cell that are still to be written.
        let mut left: Vec<std::str::Lines<'_>> = self.texts.iter().map(|t| t.lines()).collect();
        lines.line(&self.rule(0, &mut left));
        for row in 0..self.heights.len() {
            for _ in 0..self.heights[row] {
                let mut line = String::new();
                let mut column = 0;
                while column < self.widths.len() {
                    line.push_str(self.bar());
                    line.push(' ');
                    column += self.piece(row, column, &mut left, &mut line);
                    line.push(' ');
                }
                line.push_str(self.bar());
                lines.line(&line);
            }
            let next = row + 1;
            if next == self.heights.len() || next == self.head || self.tall {
                lines.line(&self.rule(next, &mut left));
            }
        }
    }

    fn bar(&self) -> &'static str {
        if self.ascii { "|" } else { "│" }
    }

    fn owner(&self, row: usize, column: usize) -> usize {
        self.owner[row * self.widths.len() + column]
    }

    /// Adds the next line of the cell at a field and returns how many columns it took.
    fn piece(&self, row: usize, column: usize, left: &mut [std::str::Lines<'_>], line: &mut String) -> usize {
        let owner = self.owner(row, column);
        let place = &self.grid.places[owner];
        let text = left[owner].next().unwrap_or_default();
        let free = room_of(place, self.widths).saturating_sub(width(text));
        let before = match self.grid.align(place) {
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
    fn rule(&self, row: usize, left: &mut [std::str::Lines<'_>]) -> String {
        let (rows, columns) = (self.heights.len(), self.widths.len());
        let heavy = row > 0 && row == self.head && row < rows;
        let mut line = String::new();
        let crossed =
            |column: usize| row > 0 && row < rows && self.owner(row, column) == self.owner(row - 1, column);
        let divided = |row: usize, column: usize| {
            column == 0 || column == columns || self.owner(row, column - 1) != self.owner(row, column)
        };
        let mut column = 0;
        while column <= columns {
            let joint = Joint {
                up: row > 0 && divided(row - 1, column),
                down: row < rows && divided(row, column),
                left: column > 0 && !crossed(column - 1),
                right: column < columns && !crossed(column),
            };
            line.push(joint.draw(heavy, self.ascii));
            if column == columns {
                break;
            }
            if crossed(column) {
                line.push(' ');
                column += self.piece(row, column, left, &mut line);
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
