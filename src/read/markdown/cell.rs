//! Cells of tables that are drawn with lines: each is a text of its own.

use super::Dialect;
use super::drawn::{Drawn, Piece};
use super::frame::FrameKind;
use super::mask;
use super::place::Place;
use super::reader::Reader;
use crate::model::{BlockKind, InlineKind, Span};
use pulldown_cmark::{Event, Parser, Tag};
use std::ops::Range;

/// Tables in cells are read as many in each other.
pub(super) const NESTED: usize = 4;

impl Reader<'_, '_, '_> {
    /// Reads a table that is drawn.
    pub fn drawn(&mut self, drawn: Drawn) {
        let Drawn { columns, head, foot, rows, running, span } = drawn;
        let kept = self.depth + 2 < self.cx.limits().depth();
        self.open(FrameKind::Table { columns, head: Vec::new(), body: Vec::new() }, span);
        for (i, row) in rows.into_iter().enumerate() {
            let ends = row.first().zip(row.last()).map(|(first, last)| (first.span(), last.span()));
            let whole = ends.map_or(Span { end: span.start, ..span }, |(first, last)| first.to(last));
            self.open(FrameKind::Row { head: i < head, cells: Vec::new() }, whole);
            for cell in row {
                self.open(FrameKind::Cell, cell.span());
                self.cell(&cell, running);
                if let FrameKind::Row { cells, .. } = &mut self.top().kind
                    && let Some(last) = cells.last_mut()
                {
                    (last.col_span, last.row_span) = (cell.columns, cell.rows);
                }
            }
            self.close();
        }
        self.close();
        if let Some(BlockKind::Table(table)) = self.top().blocks.last_mut().map(|block| &mut block.kind)
            && kept
        {
            table.foot = table.body.split_off(table.body.len().saturating_sub(foot));
        }
    }

    /// Reads what stands in the cell that is open, and ends it.
    fn cell(&mut self, cell: &Piece, running: bool) {
        let (level, cells) = (self.stack.len(), self.cells);
        let (text, place) = self.text_of(cell, running);
        let plain = !text.contains(['`', '*', '_', '[', '~', '$', '\\', '&', '<', '!', '^']);
        let given;
        let mut parts: Vec<(Event<'_>, Range<usize>)> = Vec::new();
        if !(running && plain) && self.depth + 2 < self.cx.limits().depth() {
            self.cells += 1;
            let masked = mask::masked(&text, 0, self.dialect, self.cells < NESTED);
            let defined = self.definitions.named_in(&text, self.text);
            given = format!("{}\n\n{defined}", masked.text);
            for (at, region) in masked.regions {
                self.regions.insert(place.at(at as usize) as u32, region.moved(&place));
            }
            self.said_masked(masked.comments, masked.kept, &place);
            parts = Parser::new_ext(&given, self.dialect.options())
                .into_offset_iter()
                .take_while(|(_, range)| range.start < text.len())
                .map(|(event, range)| (event, range.start..range.end.min(text.len())))
                .collect();
        }
        let before = std::mem::replace(&mut self.place, place);
        let blocks = parts.iter().filter(|(event, _)| {
            matches!(event, Event::Start(tag) if !is_running(tag)) || matches!(event, Event::Rule)
        });
        let is_paragraph = matches!(parts.first(), Some((Event::Start(Tag::Paragraph), _)));
        if parts.is_empty() || running && !(is_paragraph && blocks.count() == 1) {
            let mut at = 0;
            for line in text.split_inclusive('\n') {
                let words = line.trim_end_matches('\n');
                if at > 0 {
                    self.push(InlineKind::SoftBreak, self.place.span(&(at - 1..at)));
                }
                self.push_text(words, self.place.span(&(at..at + words.len())));
                at += line.len();
            }
        } else {
            for (event, range) in parts {
                self.event(event, range);
            }
        }
        while self.stack.len() > level {
            self.close();
        }
        self.raw = None;
        self.place = before;
        self.cells = cells;
        self.close();
    }

    /// The lines of a cell as a text, without what its column adds before them.
    fn text_of(&self, cell: &Piece, running: bool) -> (String, Place) {
        let mut lines: Vec<Range<usize>> = cell.lines.clone();
        for line in &mut lines {
            line.end = line.start + self.text[line.clone()].trim_end().len();
        }
        let indent = |line: &Range<usize>| {
            let words = &self.text[line.clone()];
            words.len() - words.trim_start_matches([' ', '\t']).len()
        };
        let filled = || lines.iter().filter(|line| !line.is_empty());
        let least = filled().map(indent).min().unwrap_or_default();
        let shared = if self.dialect == Dialect::Pandoc { least.min(1) } else { least };
        let (mut text, mut parts) = (String::new(), Vec::new());
        for line in &lines {
            let indent = if running { indent(line) } else { shared };
            let words = &self.text[(line.start + indent).min(line.end)..line.end];
            if text.is_empty() && words.is_empty() || running && words.is_empty() {
                continue;
            }
            if !text.is_empty() {
                text.push('\n');
            }
            parts.push((text.len(), line.end - words.len()));
            text.push_str(words);
        }
        text.truncate(text.trim_end().len());
        (text, Place::of(parts))
    }
}

impl Piece {
    fn span(&self) -> Span {
        let first = self.lines.first().map_or(0, |line| line.start);
        Span::new(first, self.lines.last().map_or(first, |line| line.end))
    }
}

fn is_running(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Link { .. }
            | Tag::Image { .. }
            | Tag::HtmlBlock
    )
}
