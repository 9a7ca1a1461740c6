//! How wide the columns of a table are.

use super::super::measure::Extremes;
use super::super::{Flow, Frame};
use super::grid::{Grid, grids, is_header};
use super::rows::{LOOKED_AT, Wants, lower};
use crate::layout::inline::TextStyle;
use crate::layout::length::Length;
use crate::model::{Part, Table};
use std::rc::Rc;

/// White left and right of a cell's content, in hundredths of the type size.
pub(super) const PAD: i64 = 32;

impl<'a> Flow<'a, '_, '_> {
    /// The extremes of a table that stands in a cell of another.
    pub(in crate::layout::flow) fn table_extremes(
        &mut self,
        table: &'a Table,
        style: &TextStyle,
        depth: usize,
    ) -> Extremes {
        let (grids, columns) = grids(table);
        let (columns, _) = self.column_extremes(&grids, columns, style, depth, self.measure);
        columns.iter().fold((Length::ZERO, Length::ZERO), |sum, c| (sum.0 + c.0, sum.1 + c.1))
    }

    /// The extremes of each column in a style of text, with the white beside the content, and what the cells of
    /// each row want. Where the words
    /// take most of the `room`, those of headers may be hyphenated for the sake of what is under them.
    pub(super) fn column_extremes(
        &mut self,
        grids: &[Grid<'a>],
        columns: usize,
        style: &TextStyle,
        depth: usize,
        room: Length,
    ) -> (Vec<Extremes>, Wants) {
        let pad = style.size.scale(PAD, 100) * 2;
        let mut extremes = vec![(pad, pad); columns];
        let mut heads = vec![Length::ZERO; columns];
        let mut spanning = Vec::new();
        let mut wants: Wants = Vec::new();
        let cells = grids.iter().flat_map(|g| g.rows.iter().enumerate().map(move |row| (g.part, row)));
        let cells = cells.flat_map(|(part, (row, cells))| cells.iter().map(move |p| (part, row, p)));
        for (part, row, placed) in cells {
            let style = TextStyle { bold: is_header(part, placed.cell), ..style.clone() };
            let (min, max) = self.measure_blocks(&placed.cell.blocks, &style, depth);
            if placed.columns == 1 {
                let column = &mut extremes[placed.column];
                if part == Part::Head {
                    let head = &mut heads[placed.column];
                    *head = (*head).max(min + pad);
                } else {
                    // What lacks little to stand in one line does.
                    let near = max + pad <= (min + pad).scale(5, 4);
                    column.0 = column.0.max(if near { max } else { min } + pad);
                }
                column.1 = column.1.max(max + pad);
                if part == Part::Body && placed.rows == 1 && row < LOOKED_AT {
                    wants.resize(wants.len().max(row + 1), Vec::new());
                    wants[row].push((placed.column, max + pad));
                }
            } else {
                spanning.push((placed.column, placed.columns, min + pad, max + pad));
            }
        }
        let least: Length = extremes.iter().zip(&heads).map(|(column, head)| column.0.max(*head)).sum();
        let cut = style.hyphenate && least > room.scale(6, 10);
        for (column, head) in extremes.iter_mut().zip(&heads) {
            let hyphenated = head.scale(55, 100).max(pad + style.size * 3).min(*head);
            let wider = *head > column.0.scale(4, 3);
            column.0 = column.0.max(if cut && wider { hyphenated } else { *head });
        }
        // What a spanning cell needs beyond its columns is shared among them.
        for (first, count, min, max) in spanning {
            let columns = &mut extremes[first..first + count];
            let have = columns.iter().fold((Length::ZERO, Length::ZERO), |s, c| (s.0 + c.0, s.1 + c.1));
            // Rounded up, so that a word that just fits still fits.
            let share = |need: Length, have: Length| {
                ((need - have).max(Length::ZERO) + Length(count as i64 - 1)) / count as i64
            };
            let (more_min, more_max) = (share(min, have.0), share(max, have.1));
            for column in columns {
                *column = (column.0 + more_min, column.1 + more_max);
            }
        }
        for column in &mut extremes {
            column.1 = column.1.max(column.0);
        }
        (extremes, wants)
    }
}

/// Type that is smaller than the others by no more than this, in hundredths, keeps rows in one line.
const ONE_LINE: i64 = 76;

/// The columns of a table, or of a part of it, as they stand beside each other.
pub(super) struct Columns {
    /// Left edge in the column of text.
    pub(super) x: Length,
    /// First column, and those after it.
    first: usize,
    widths: Vec<Length>,
    /// Width of the table's first column when it stands again before these.
    again: Option<Length>,
    /// Some column is narrower than its widest word.
    pub(super) narrow: bool,
    /// The columns of figures, which end where others start.
    figures: Rc<[bool]>,
    rtl: bool,
}

impl Columns {
    pub(super) fn width(&self) -> Length {
        self.again.unwrap_or_default() + self.widths.iter().copied().sum()
    }

    pub(super) fn is_of_figures(&self, column: usize) -> bool {
        self.figures.get(column).copied().unwrap_or(false)
    }

    pub(super) fn repeats(&self, column: usize) -> bool {
        self.again.is_some() && column == 0
    }

    /// Left edge and width of a cell, from the left edge of the text.
    pub(super) fn span(&self, column: usize, columns: usize) -> Option<(Length, Length)> {
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
pub(super) fn fit(
    extremes: &[Extremes],
    wants: &Wants,
    figures: Rc<[bool]>,
    frame: &mut Frame,
    smallest: Length,
) -> Vec<Columns> {
    let room = frame.width;
    let rtl = frame.text.rtl;
    let least: Length = extremes.iter().map(|e| e.0).sum();
    let most: Length = extremes.iter().map(|e| e.1).sum();
    let size = frame.text.size;
    let mut rounding = Length::ZERO;
    // Somewhat smaller type is better than rows of two lines, but for prose.
    let prose = extremes.iter().any(|e| e.1 > room.scale(45, 100));
    let in_one_line = !prose && most > room && most.scale(ONE_LINE, 100) <= room;
    if least > room || in_one_line {
        // Each column is rounded up by so much, so that a word that just fits still fits.
        rounding = Length(64);
        let all = rounding * extremes.len() as i64;
        let needed = if in_one_line { most } else { least };
        let shrunk = size.scale((room - all).0, needed.0).max(smallest.min(size));
        frame.text.leading = frame.text.leading.scale(shrunk.0, size.0);
        frame.text.size = shrunk;
    }
    let scaled = |l: Length| l.scale(frame.text.size.0, size.0) + rounding;
    let extremes: Vec<_> =
        extremes.iter().map(|e| (scaled(e.0).min(room), scaled(e.1).max(scaled(e.0).min(room)))).collect();
    let wants: Wants =
        wants.iter().map(|row| row.iter().map(|(column, want)| (*column, scaled(*want))).collect()).collect();
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
                // What was rounded up can be missed.
                used += e.0.min(free) - rounding;
                used <= free
            })
            .count()
            .max(1);
        let extremes = &extremes[at..at + count];
        let mut widths = share(extremes, free);
        lower(&mut widths, at, extremes, &wants);
        let narrow = widths.iter().zip(extremes).any(|(width, e)| *width < e.0);
        let figures = Rc::clone(&figures);
        let mut part = Columns { x: frame.x, first: at, widths, again, narrow, figures, rtl };
        if rtl {
            part.x += room - part.width();
        }
        parts.push(part);
        at += count;
    }
    parts
}

/// Shares out a width: each column gets its least. Of what is left, those that want little get all of
/// it, so that a date is not broken for the sake of prose beside it; the others share what is left then
/// in proportion to what they want.
fn share(extremes: &[(Length, Length)], room: Length) -> Vec<Length> {
    let least: Length = extremes.iter().map(|e| e.0).sum();
    if least >= room {
        return extremes.iter().map(|e| e.0.scale(room.0, least.0.max(1))).collect();
    }
    let wants = |column: usize| extremes[column].1 - extremes[column].0;
    let mut widths: Vec<Length> = extremes.iter().map(|e| e.0).collect();
    let mut extra = room - least;
    let mut columns: Vec<usize> = (0..extremes.len()).collect();
    columns.sort_by_key(|column| wants(*column));
    let modest = columns
        .iter()
        .enumerate()
        .take_while(|(before, column)| {
            let fair = wants(**column) <= extra / (columns.len() - before) as i64;
            if fair {
                extra -= wants(**column);
            }
            fair
        })
        .count();
    for &column in &columns[..modest] {
        widths[column] = extremes[column].1;
    }
    let wanted: Length = columns[modest..].iter().map(|column| wants(*column)).sum();
    for &column in &columns[modest..] {
        widths[column] += extra.scale(wants(column).0, wanted.0.max(1));
    }
    widths
}
