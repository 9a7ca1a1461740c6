//! Rows as low as they can be: width goes from a column of prose to those whose names take two lines.

use super::super::measure::Extremes;
use crate::layout::length::Length;

/// What each row's cells would like to be wide, by their columns.
pub(super) type Wants = Vec<Vec<(usize, Length)>>;

/// Rows that are looked at: how a table of more rows looks is known from them.
pub(super) const LOOKED_AT: usize = 100;
/// A table of more columns has no room to give.
const COLUMNS: usize = 12;
/// Most times that width is moved.
const MOVES: usize = 24;
/// Parts of the whole width that are moved at once.
const PARTS: [i64; 3] = [8, 16, 32];

/// Moves width between columns as long as the rows get lower, then as long as their cells do. No column gets
/// narrower than its widest word, none wider than its widest cell, and one that breaks no line keeps its width. `first` is the first of the columns that `widths` has.
pub(super) fn lower(widths: &mut [Length], first: usize, extremes: &[Extremes], rows: &Wants) {
    let count = widths.len();
    let rows: Vec<Vec<(usize, Length)>> = rows
        .iter()
        .map(|row| {
            let here = |(column, want): &(usize, Length)| Some((column.checked_sub(first)?, *want));
            row.iter().filter_map(here).filter(|(column, _)| *column < count).collect()
        })
        .collect();
    if !(2..=COLUMNS).contains(&count) {
        return;
    }
    let room: Length = widths.iter().copied().sum();
    let mut lines = lines_of(&rows, widths);
    for _ in 0..MOVES {
        let mut best: Option<(i64, usize, usize, Length)> = None;
        for (step, to) in PARTS.iter().flat_map(|part| (0..count).map(move |to| (room / *part, to))) {
            let step = step.min(extremes[to].1 - widths[to]);
            if step <= Length::ZERO {
                continue;
            }
            for from in 0..count {
                let (least, most) = extremes[from];
                if from == to || widths[from] >= most || widths[from] - step < least {
                    continue;
                }
                widths[from] -= step;
                widths[to] += step;
                let then = lines_of(&rows, widths);
                widths[from] += step;
                widths[to] -= step;
                if then < lines && best.is_none_or(|(least, ..)| then < least) {
                    best = Some((then, from, to, step));
                }
            }
        }
        let Some((then, from, to, step)) = best else { return };
        widths[from] -= step;
        widths[to] += step;
        lines = then;
    }
}

/// How much a line more of a row weighs against one of a cell.
const ROW: i64 = 8;

/// The lines of all rows, each as high as its highest cell, and less heavily of all cells. Lines of several are
/// never quite full.
fn lines_of(rows: &[Vec<(usize, Length)>], widths: &[Length]) -> i64 {
    let of_cell = |&(column, want): &(usize, Length)| {
        let width = widths[column].max(Length(1));
        if want <= width { 1 } else { 1 + (want.scale(11, 10).0 - 1) / width.0 }
    };
    let of_row = |row: &Vec<(usize, Length)>| {
        let lines = row.iter().map(of_cell).map(|lines: i64| lines.min(1 << 20));
        lines.clone().max().unwrap_or(0) * ROW + lines.sum::<i64>()
    };
    rows.iter().map(of_row).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_get_the_width_that_prose_can_miss() {
        let pt = Length::pt;
        let extremes = [(pt(30), pt(60)), (pt(50), pt(2000)), (pt(30), pt(60))];
        // One row has much to say; the others have names.
        let mut rows: Wants = vec![vec![(0, pt(60)), (1, pt(100)), (2, pt(60))]; 20];
        rows[3][1].1 = pt(2000);
        let mut widths = [pt(34), pt(232), pt(34)];
        lower(&mut widths, 0, &extremes, &rows);
        assert!(widths[0] >= pt(60) && widths[2] >= pt(60), "{widths:?}");
        assert_eq!(widths.iter().copied().sum::<Length>(), pt(300));
        // Where all are prose nothing is moved.
        let prose: Wants = vec![vec![(0, pt(60)), (1, pt(2000)), (2, pt(60))]; 20];
        let mut widths = [pt(34), pt(232), pt(34)];
        lower(&mut widths, 0, &extremes, &prose);
        assert!(widths[1] >= pt(232), "{widths:?}");
    }
}
