//! Grids: tables whose cells stand in boxes drawn with `+`, `-`, `|` and, under the head, `=`.

use super::drawn::{Drawn, Line, Piece};
use crate::model::{Align, Column, Span};
use std::collections::{BTreeMap, BTreeSet};
use unicode_width::UnicodeWidthChar;

/// Whether a line can be the top of a grid.
pub(super) fn begins(words: &str) -> bool {
    words.starts_with("+-") || words.starts_with("+=") || words.starts_with("+:")
}

/// Whether a line goes on with the grid that began on another one.
pub(super) fn goes_on(line: &Line<'_>, first: &Line<'_>) -> bool {
    line.run == first.run && line.words().starts_with(['+', '|'])
}

/// The grid that lines are, which begins after `indent` bytes of the first one.
pub(super) fn grid(lines: &[Line<'_>], indent: usize) -> Option<Drawn> {
    if lines.len() < 3 {
        return None;
    }
    traced(lines, indent).or_else(|| barred(lines, indent))
}

/// A grid whose lines do not meet: as many bars on each line as the first one has crossings.
fn barred(lines: &[Line<'_>], indent: usize) -> Option<Drawn> {
    let first = lines[0].text[indent..].trim_end();
    let is_rule =
        |words: &str| words.len() > 2 && words.bytes().all(|b| matches!(b, b'+' | b'-' | b'=' | b':'));
    let count = first.matches('+').count();
    if !is_rule(first) || !first.ends_with('+') || !is_rule(lines[lines.len() - 1].words()) {
        return None;
    }
    let (mut rows, mut head, mut signs) = (Vec::new(), 0, first);
    let mut row: Vec<Piece> = Vec::new();
    for line in &lines[1..] {
        let words = line.words();
        if is_rule(words) {
            if words.matches('+').count() != count || row.is_empty() {
                return None;
            }
            rows.push(std::mem::take(&mut row));
            if words.contains('=') && head == 0 {
                (head, signs) = (rows.len(), words);
            }
            continue;
        }
        let bars: Vec<usize> = words.match_indices('|').map(|(at, _)| line.at + line.indent + at).collect();
        if bars.len() != count || !words.ends_with('|') {
            return None;
        }
        row.resize_with(count - 1, || Piece { lines: Vec::new(), columns: 1, rows: 1 });
        for (cell, ends) in row.iter_mut().zip(bars.windows(2)) {
            cell.lines.push(ends[0] + 1..ends[1]);
        }
    }
    let head = if head < rows.len() { head } else { 0 };
    let columns = signs.trim_matches('+').split('+').map(|sign| column(sign.as_bytes())).collect();
    Some(Drawn { columns, head, foot: 0, rows, running: false, span: Span::default() })
}

/// How a column is set, by the colons at the ends of the line over it.
fn column(sign: &[u8]) -> Column {
    let align = match (sign.first() == Some(&b':'), sign.last() == Some(&b':')) {
        (true, true) => Some(Align::Center),
        (true, false) => Some(Align::Start),
        (false, true) => Some(Align::End),
        (false, false) => None,
    };
    Column { align }
}

/// A grid whose lines meet, with cells that may span.
fn traced(lines: &[Line<'_>], indent: usize) -> Option<Drawn> {
    let mut picture = Picture::new(lines, indent);
    let rules: Vec<usize> = (0..lines.len()).filter(|y| picture.is_rule(*y)).collect();
    let double: Vec<usize> = rules.iter().copied().filter(|y| picture.rows[*y].contains(&b'=')).collect();
    let (bottom, right) = (lines.len() - 1, picture.width - 1);
    if rules.first() != Some(&0) || rules.last() != Some(&bottom) {
        return None;
    }
    let head_rule = double.iter().copied().find(|y| *y > 0 && *y < bottom);
    let signs = picture.rows[head_rule.unwrap_or(0)].clone();
    for y in rules {
        picture.rows[y].iter_mut().filter(|c| matches!(c, b'=' | b':')).for_each(|c| *c = b'-');
    }
    let cells = picture.cells()?;
    let places = |of: fn(&Outline) -> usize, last: usize| {
        let starts: BTreeSet<usize> = cells.iter().map(of).chain([last]).collect();
        starts.into_iter().enumerate().map(|(i, place)| (place, i)).collect::<BTreeMap<usize, usize>>()
    };
    let (xs, ys) = (places(|cell| cell.left, right), places(|cell| cell.top, bottom));
    let mut rows: Vec<Vec<Piece>> = (1..ys.len()).map(|_| Vec::new()).collect();
    for cell in &cells {
        let row = ys[&cell.top];
        let line = |y: usize| picture.bytes(y, cell.left + 1)..picture.bytes(y, cell.right);
        rows.get_mut(row)?.push(Piece {
            lines: (cell.top + 1..cell.bottom).map(line).collect(),
            columns: u16::try_from(xs[&cell.right] - xs[&cell.left]).ok()?,
            rows: u16::try_from(ys[&cell.bottom] - row).ok()?,
        });
    }
    let head = head_rule.and_then(|y| ys.get(&y)).copied().unwrap_or_default();
    // Between double lines at its end stands the foot.
    let foot_rule = match double.as_slice() {
        [.., rule, last] if *last == bottom && head_rule.is_some_and(|head| *rule > head) => ys.get(rule),
        _ => None,
    };
    let foot = foot_rule.map_or(0, |row| rows.len() - row);
    let starts: Vec<usize> = xs.into_keys().collect();
    let columns = starts.windows(2).map(|ends| column(&signs[ends[0] + 1..ends[1]])).collect();
    Some(Drawn { columns, head, foot, rows, running: false, span: Span::default() })
}

/// A cell by its corners.
struct Outline {
    top: usize,
    left: usize,
    bottom: usize,
    right: usize,
}

/// Lines as they are seen: a byte a column of a terminal.
struct Picture {
    rows: Vec<Vec<u8>>,
    /// Where each column stands in the text.
    places: Vec<Vec<usize>>,
    ends: Vec<usize>,
    width: usize,
    /// How much may still be looked at: a drawing that leads nowhere ends.
    steps: usize,
}

impl Picture {
    fn new(lines: &[Line<'_>], indent: usize) -> Self {
        let (mut rows, mut places, mut ends) = (Vec::new(), Vec::new(), Vec::new());
        for (i, line) in lines.iter().enumerate() {
            let from = if i == 0 { indent } else { line.indent };
            let text = line.text.trim_end();
            let (mut row, mut at) = (Vec::with_capacity(text.len()), Vec::with_capacity(text.len()));
            for (offset, c) in text[from.min(text.len())..].char_indices() {
                let shown = if c.is_ascii() { c as u8 } else { b'?' };
                for _ in 0..c.width().unwrap_or(1) {
                    row.push(shown);
                    at.push(line.at + from + offset);
                }
            }
            rows.push(row);
            places.push(at);
            ends.push(line.at + text.len());
        }
        let width = rows.iter().map(Vec::len).max().unwrap_or_default().max(1);
        rows.iter_mut().for_each(|row| row.resize(width, b' '));
        let steps = rows.len() * width * 16;
        Picture { rows, places, ends, width, steps }
    }

    /// Where a column of a line stands in the text.
    fn bytes(&self, y: usize, x: usize) -> usize {
        self.places[y].get(x).copied().unwrap_or(self.ends[y])
    }

    /// Whether a line parts all columns.
    fn is_rule(&self, y: usize) -> bool {
        let row = &self.rows[y];
        row.first() == Some(&b'+')
            && row.last() == Some(&b'+')
            && row.iter().all(|c| matches!(c, b'+' | b'-' | b'=' | b':'))
    }

    /// The cells, each followed along its lines from its upper left corner; `None` where they are not
    /// all of the picture.
    fn cells(&mut self) -> Option<Vec<Outline>> {
        let (bottom, right) = (self.rows.len() - 1, self.width - 1);
        // How far down each column is taken.
        let mut taken = vec![0; right];
        let mut corners = BTreeSet::from([(0, 0)]);
        let mut cells = Vec::new();
        while let Some((top, left)) = corners.pop_first() {
            if top == bottom || left == right || taken[left] > top {
                continue;
            }
            let cell = self.cell(top, left)?;
            for column in &mut taken[left..cell.right] {
                if *column != top {
                    return None;
                }
                *column = cell.bottom;
            }
            corners.extend([(top, cell.right), (cell.bottom, left)]);
            cells.push(cell);
        }
        taken.iter().all(|column| *column == bottom).then_some(cells)
    }

    /// The smallest cell at an upper left corner.
    fn cell(&mut self, top: usize, left: usize) -> Option<Outline> {
        for right in left + 1..self.width {
            self.step()?;
            match self.rows[top][right] {
                b'+' => {}
                b'-' => continue,
                _ => return None,
            }
            for bottom in top + 1..self.rows.len() {
                self.step()?;
                let sign = self.rows[bottom][right];
                if sign == b'+' && self.closes(top, left, bottom, right)? {
                    return Some(Outline { top, left, bottom, right });
                }
                if !matches!(sign, b'+' | b'|') {
                    break;
                }
            }
        }
        None
    }

    /// Whether a lower right corner is joined to an upper left one.
    fn closes(&mut self, top: usize, left: usize, bottom: usize, right: usize) -> Option<bool> {
        for x in (left..right).rev() {
            self.step()?;
            match self.rows[bottom][x] {
                b'+' => {}
                b'-' if x > left => {}
                _ => return Some(false),
            }
        }
        for y in (top..bottom).rev() {
            self.step()?;
            if !matches!(self.rows[y][left], b'+' | b'|') {
                return Some(false);
            }
        }
        Some(true)
    }

    fn step(&mut self) -> Option<()> {
        self.steps = self.steps.checked_sub(1)?;
        Some(())
    }
}
