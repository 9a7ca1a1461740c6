//! Matrices and systems of equations.

use super::{Set, Setter, Style};
use crate::layout::length::Length;
use crate::model::{Form, MathAlign, MathTable};

impl Setter<'_> {
    /// A table, with the axis through its middle. Tags are left to who knows where the margin is.
    pub(super) fn table(&self, table: &MathTable, style: Style) -> Set {
        let (out, _) = self.table_rows(table, style);
        out
    }

    /// A table and the baseline of each row, downwards from its own.
    fn table_rows(&self, table: &MathTable, style: Style) -> (Set, Vec<Length>) {
        let style = Style { display: table.display, ..style };
        let rows: Vec<Vec<Set>> = table
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| self.set(cell, style, Form::Infix)).collect())
            .collect();
        let count = rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut widths = vec![Length::ZERO; count];
        for row in &rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.width);
            }
        }
        let gap = |column: usize| {
            let gap = table.gaps.get(column).or(table.gaps.last()).copied().unwrap_or(0);
            self.em(gap, style)
        };
        let mut lefts = Vec::with_capacity(count);
        let mut pen = Length::ZERO;
        for (n, width) in widths.iter().enumerate() {
            lefts.push(pen);
            pen += *width + if n + 1 < count { gap(n) } else { Length::ZERO };
        }
        let row_gap = self.em(table.row_gap, style);
        let mut baselines = Vec::with_capacity(rows.len());
        let mut top = Length::ZERO;
        let mut edges = vec![Length::ZERO];
        for (n, row) in rows.iter().enumerate() {
            let ascent = row.iter().map(|c| c.ascent).max().unwrap_or(Length::ZERO);
            let descent = row.iter().map(|c| c.descent).max().unwrap_or(Length::ZERO);
            baselines.push(top + ascent);
            top += ascent + descent;
            edges.push(top + if n + 1 < rows.len() { row_gap / 2 } else { Length::ZERO });
            top += if n + 1 < rows.len() { row_gap } else { Length::ZERO };
        }
        let half = top / 2;
        let axis = self.axis(style);
        let mut out = Set { width: pen, ascent: half + axis, descent: half - axis, ..Set::default() };
        let origin = -half - axis;
        for (row, baseline) in rows.into_iter().zip(&baselines) {
            for (column, cell) in row.into_iter().enumerate() {
                let free = widths[column] - cell.width;
                let x = lefts[column]
                    + match table.columns.get(column).copied().unwrap_or_default() {
                        MathAlign::Left => Length::ZERO,
                        MathAlign::Center => free / 2,
                        MathAlign::Right => free,
                    };
                out.place(cell, x, origin + *baseline);
            }
        }
        let line = self.em(60, style);
        for column in &table.column_lines {
            let column = usize::from(*column);
            let x = match lefts.get(column) {
                Some(left) if column > 0 => *left - gap(column - 1) / 2,
                Some(left) => *left,
                None => pen,
            };
            out.rule(x, origin, line, top);
        }
        for row in &table.row_lines {
            if let Some(edge) = edges.get(usize::from(*row)) {
                out.rule(Length::ZERO, origin + *edge, pen, line);
            }
        }
        let baselines = baselines.into_iter().map(|b| origin + b).collect();
        (out, baselines)
    }

    /// The baselines of a table's rows, downwards from its own.
    pub fn baselines(&self, table: &MathTable, size: Length) -> Vec<Length> {
        let style = Style { size, display: true, level: 0, cramped: false };
        self.table_rows(table, style).1
    }
}
