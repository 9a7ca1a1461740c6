//! Tables: rows of cells, over pages and on turned ones. The grid and the widths of its columns have
//! files of their own.

mod columns;
mod dress;
mod grid;
mod rows;

use super::measure::Extremes;
use super::{Flow, Frame};
use crate::diagnostic::{Diagnostic, code};
use crate::format::Error;
use crate::layout::inline::TextAlign;
use crate::layout::length::Length;
use crate::layout::page::Tag;
use crate::layout::structure::StructId;
use crate::layout::vertical::{Break, Galley, Glue, Kind, Piece, heights, natural};
use crate::model::{Align, Part, Span, Table};
use crate::style::Rules;
use columns::{Columns, PAD, fit};
use dress::rule;
use grid::{Grid, Placed, figures, grids, group_end, is_header};
use rows::Wants;
use std::collections::VecDeque;
use std::rc::Rc;

impl<'a> Flow<'a, '_, '_> {
    /// A table: at its place in the text, or on turned sheets of its own when it is too wide for
    /// that even in small type.
    pub(super) fn table(
        &mut self,
        node: StructId,
        table: &'a Table,
        span: Span,
        frame: &Frame,
        galley: &mut Galley,
    ) -> Result<(), Error> {
        let (grids, columns) = grids(table);
        let mut place = frame.inner();
        let cells = self.cell_frame(&place);
        let (extremes, wants) = self.column_extremes(&grids, columns, &cells.text, cells.depth, place.width);
        let smallest = self.smallest().min(cells.text.size);
        let [least, most] = [0, 1].map(|end| {
            let of = |e: &Extremes| if end == 0 { e.0 } else { e.1 };
            extremes.iter().map(of).sum::<Length>()
        });
        let cramped = least.scale(5, 4) > frame.width && most > frame.width;
        let least = least.scale(smallest.0, cells.text.size.0);
        if frame.top_level && self.text_width > frame.width && cramped && least <= self.text_width {
            (place.x, place.width) = (Length::ZERO, self.text_width);
            let mut wide = Galley::default();
            wide.anchors = std::mem::take(&mut galley.anchors);
            self.table_here(node, table, &grids, (&extremes, &wants), span, &place, &mut wide)?;
            let wide = sheets_high(wide.pieces, self.style.geometry().text_height);
            galley.push(Piece { kind: Kind::Wide(wide), ..Piece::default() });
            galley.keep_with_next();
            return Ok(());
        }
        let turned = self.style.geometry().turned();
        if frame.top_level && least > frame.width && least <= turned.measure {
            let message = format!("a table of {columns} columns is too wide for the page and was turned");
            let said = vec![Diagnostic::new(&code::TABLE_TURNED, span, message)];
            (place.x, place.width) = (Length::ZERO, turned.measure);
            let mut apart = Galley::default();
            apart.anchors = std::mem::take(&mut galley.anchors);
            let upright = std::mem::replace(&mut self.column_height, turned.text_height);
            let set = self.table_here(node, table, &grids, (&extremes, &wants), span, &place, &mut apart);
            self.column_height = upright;
            set?;
            galley.push(Piece { kind: Kind::Turned(apart.pieces), said, ..Piece::default() });
            // A heading before it stays with the text after it.
            galley.keep_with_next();
            return Ok(());
        }
        galley.clear();
        self.table_here(node, table, &grids, (&extremes, &wants), span, &place, galley)
    }

    /// A table is never set smaller.
    fn smallest(&self) -> Length {
        self.scale.size.scale(i64::from(self.style.tables.smallest.0), 100)
    }

    /// The place of a table, with the text of its cells.
    fn cell_frame(&self, place: &Frame) -> Frame {
        let mut cells = place.clone();
        (cells.text.size, cells.text.leading) = self.scale.small;
        cells.text.align = TextAlign::Start;
        cells.text.indent = Length::ZERO;
        cells
    }

    /// Sets a table in the width of the frame.
    #[expect(clippy::too_many_arguments, reason = "the table and the place on the page")]
    fn table_here(
        &mut self,
        node: StructId,
        table: &'a Table,
        grids: &[Grid<'a>],
        (extremes, wants): (&[Extremes], &Wants),
        span: Span,
        frame: &Frame,
        galley: &mut Galley,
    ) -> Result<(), Error> {
        galley.space(frame.white(8));
        if !table.caption.is_empty() {
            self.caption(&table.caption, node, frame, TextAlign::Start, galley)?;
            galley.space(frame.white(2));
            galley.keep_with_next();
        }
        if extremes.is_empty() {
            return Ok(());
        }
        let mut cells = self.cell_frame(frame);
        let figures = figures(grids, extremes.len()).into();
        let parts = fit(extremes, wants, figures, &mut cells, self.smallest());
        let mut said = Vec::new();
        if parts.len() > 1 {
            let message = format!(
                "a table of {} columns is too wide for the page and was set in {} parts",
                extremes.len(),
                parts.len()
            );
            let help = "a wider paper or smaller type keeps it whole";
            said.push(Diagnostic::new(&code::TABLE_SPLIT, span, message).help(help));
        }
        let at = galley.pieces.len();
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                galley.space(frame.white(8));
            }
            self.table_part(table, grids, part, &cells, galley)?;
        }
        if let Some(first) = galley.pieces.get_mut(at) {
            first.said.append(&mut said);
        }
        galley.space(frame.white(10));
        Ok(())
    }

    /// Sets the columns of one part, all rows.
    fn table_part(
        &mut self,
        table: &'a Table,
        grids: &[Grid<'a>],
        part: &Columns,
        frame: &Frame,
        galley: &mut Galley,
    ) -> Result<(), Error> {
        let mut head: Option<Rc<[Piece]>> = None;
        let most = self.column_height.scale(9, 10);
        let mut first = true;
        for grid in grids {
            let mut set = Galley::default();
            let head_height = head.as_deref().map_or(Length::ZERO, |h| h.iter().map(|p| p.height).sum());
            // A row kept whole leaves a hole at a page's foot, no larger than this.
            let limit = (most - head_height).min(self.column_height / 3);
            let mut at = 0;
            while at < grid.rows.len() {
                let end = group_end(&grid.rows, at);
                self.row_group(table, grid, at..end, part, frame, limit, &mut set)?;
                at = end;
            }
            let mut pieces = set.pieces;
            let count = pieces.len();
            for (index, piece) in pieces.iter_mut().enumerate() {
                let top = index == 0 && first;
                let color = self.style.colors.rules;
                let ruled = self.style.tables.rules != Rules::None;
                if top && ruled {
                    rule(piece, part.x, part.width(), Length::ZERO, Length::milli_pt(700), color);
                }
                if index + 1 == count && ruled {
                    let y = piece.height;
                    rule(
                        piece,
                        part.x,
                        part.width(),
                        y,
                        Length::milli_pt(if grid.part == Part::Head { 500 } else { 700 }),
                        color,
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
                    piece.kind = head.clone().map_or(Kind::Plain, Kind::Row);
                }
            }
            first &= pieces.is_empty();
            for piece in pieces {
                galley.push(piece);
            }
        }
        Ok(())
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
    ) -> Result<(), Error> {
        let (above, below) = (frame.text.leading.scale(22, 100), frame.text.leading.scale(28, 100));
        let mut cells = Vec::new();
        for row in rows.clone() {
            for placed in &grid.rows[row] {
                if let Some(set) = self.cell(table, grid, placed, part, frame)? {
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
        // A page may end before a row that no cell from above reaches into, where they are too high to
        // stay together.
        let tops: Vec<Length> =
            heights.iter().scan(Length::ZERO, |y, &height| Some(std::mem::replace(y, *y + height))).collect();
        let mut reach = vec![Length::ZERO; heights.len()];
        for (row, _, set) in &cells {
            let foot = tops[*row] + above + set.iter().map(|p| p.before.natural + p.height).sum();
            reach[*row] = reach[*row].max(foot);
        }
        let whole: Length = heights.iter().copied().sum();
        let mut cut = Vec::with_capacity(heights.len());
        let mut lowest = Length::ZERO;
        for (&top, &reach) in tops.iter().zip(&reach) {
            cut.push(whole > limit && lowest <= top);
            lowest = lowest.max(reach);
        }
        let mut highest = (Length::ZERO, Length::ZERO);
        for (&height, &cut) in heights.iter().zip(&cut) {
            highest.1 = if cut { height } else { highest.1 + height };
            highest.0 = highest.0.max(highest.1);
        }
        if highest.0 <= limit {
            let mut pieces: Vec<Piece> = heights
                .iter()
                .map(|&height| Piece { height, keep: Break::Never, ..Piece::default() })
                .collect();
            for (row, _, set) in cells {
                pieces[row].join(set, Length::ZERO, above);
            }
            for (index, mut piece) in pieces.into_iter().enumerate() {
                let last = rows.start + index + 1 == grid.rows.len();
                if index == 0 || cut[index] {
                    piece.keep = Break::At(0);
                }
                if !last {
                    self.hairlines(&mut piece, grid, rows.start..rows.start + index + 1, part);
                }
                // One ground for all rows, for a cell's words may reach over several.
                let height = if cut[1..].contains(&true) { piece.height } else { whole };
                let ground = self.row_ground(grid.part, rows.start).filter(|_| index == 0 || height != whole);
                self.dress(&mut piece, grid, (rows.start, index), height, part, ground);
                galley.push(piece);
            }
        } else {
            // The rows stand for themselves, and a high one goes on over pages.
            let mut by_row: Vec<Vec<Vec<Piece>>> = vec![Vec::new(); rows.len()];
            for (row, _, set) in cells {
                by_row[row].push(set);
            }
            for (index, columns) in by_row.into_iter().enumerate() {
                galley.space(Glue { natural: above, ..Glue::default() });
                let first = galley.pieces.len();
                side_by_side(columns, limit / 3, galley);
                let end = rows.start + index + 1;
                if let Some(last) = galley.pieces.last_mut() {
                    last.height += below;
                    if end < grid.rows.len() {
                        self.hairlines(last, grid, rows.start..end, part);
                    }
                }
                let ground = self.row_ground(grid.part, rows.start);
                for piece in galley.pieces.iter_mut().skip(first) {
                    if ground.is_some() || self.style.tables.rules == Rules::Grid {
                        // Grounds and rules have no gaps: white between pieces becomes part of them.
                        let above = std::mem::take(&mut piece.before).natural;
                        piece.shift(Length::ZERO, above);
                        piece.height += above;
                    }
                    let height = piece.height;
                    self.dress(piece, grid, (rows.start, index), height, part, ground);
                }
            }
        }
        Ok(())
    }

    /// Sets a cell's content; `None` when it starts in no column of this part.
    fn cell(
        &mut self,
        table: &'a Table,
        grid: &Grid<'a>,
        placed: &Placed<'a>,
        part: &Columns,
        frame: &Frame,
    ) -> Result<Option<Vec<Piece>>, Error> {
        let Some((x, width)) = part.span(placed.column, placed.columns) else { return Ok(None) };
        let cell = placed.cell;
        let heads = is_header(grid.part, cell);
        let pad = frame.text.size.scale(PAD, 100).min(width / 4);
        let mut inner = frame.inner();
        (inner.x, inner.width) = (part.x + x + pad, width - pad * 2);
        inner = Flow::own_frame(cell.attr.as_deref(), &inner).unwrap_or(inner);
        inner.text.bold = heads;
        // Words of a table are names and figures more often than prose: only what has no room is cut.
        inner.text.hyphenate &= (part.narrow || grid.part == Part::Head)
            && self.measure_blocks(&cell.blocks, &inner.text, inner.depth).0
                > inner.width + inner.text.size / 20;
        inner.text.align = match cell.align.or(table.columns.get(placed.column).and_then(|c| c.align)) {
            None if part.is_of_figures(placed.column) && placed.columns == 1 => TextAlign::End,
            None | Some(Align::Start) => TextAlign::Start,
            Some(Align::Center) => TextAlign::Center,
            Some(Align::End) => TextAlign::End,
        };
        let mut galley = Galley::default();
        self.blocks(&cell.blocks, &inner, &mut galley)?;
        // A column that is shown again is no new content.
        let repeats = part.repeats(placed.column);
        Ok(Some(if repeats { galley.pieces.iter().map(repeated).collect() } else { galley.pieces }))
    }
}

/// Sets pieces of several columns beside each other: as one row where that is no higher than `most`,
/// else as several, cut where every column can be.
pub(super) fn side_by_side(columns: Vec<Vec<Piece>>, most: Length, galley: &mut Galley) {
    let mut columns: Vec<VecDeque<Piece>> = columns.into_iter().map(VecDeque::from).collect();
    if columns.iter().filter(|c| !c.is_empty()).count() == 1 {
        // What stands alone is cut where it can be.
        return columns.into_iter().flatten().for_each(|piece| galley.push(piece));
    }
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
            let height = row.join(here, Length::ZERO, Length::ZERO);
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
    piece.said.clear();
    piece.source = None;
    piece
}

/// Rows as pieces that are no higher than a page, each with the head above it.
fn sheets_high(rows: Vec<Piece>, most: Length) -> Vec<Piece> {
    let (mut out, mut part, mut height) = (Vec::new(), Vec::new(), Length::ZERO);
    let joined = |part: &mut Vec<Piece>| {
        let mut whole = Piece::default();
        if let Some(first) = part.first() {
            whole.before = first.before;
        }
        whole.height = whole.join(std::mem::take(part), Length::ZERO, Length::ZERO);
        // The page that it comes on starts with other text.
        whole.source = None;
        whole
    };
    for mut row in rows {
        let full = height + natural(&row) > most && !part.is_empty() && row.keep != Break::Never;
        if full {
            out.push(joined(&mut part));
            height = Length::ZERO;
            if let Kind::Row(head) = &row.kind {
                part.extend(head.iter().cloned());
                height = heights(&**head);
                row.before = Glue::default();
            }
        }
        height += natural(&row);
        part.push(row);
    }
    out.push(joined(&mut part));
    out
}
