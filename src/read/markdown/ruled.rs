//! Tables whose columns a line of dashes rules: with a line for each row, or with rows of several lines
//! between blank ones, which lines of dashes begin and end.

use super::drawn::{Drawn, Line, Piece};
use crate::model::{Align, Column, Span};
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

/// The columns of a line that is dashes and spaces, by where the dashes stand in it.
pub(super) fn rule(words: &str) -> Option<Vec<Range<usize>>> {
    if !words.starts_with('-') || !words.bytes().all(|b| matches!(b, b'-' | b' ' | b'\t')) {
        return None;
    }
    let mut columns: Vec<Range<usize>> = Vec::new();
    for (at, _) in words.match_indices('-') {
        match columns.last_mut() {
            Some(last) if last.end == at => last.end += 1,
            _ => columns.push(at..at + 1),
        }
    }
    // `- - -` parts sections.
    (columns.iter().any(|column| column.len() > 1)).then_some(columns)
}

/// Where the next line ends a table with blank lines in it: dashes before a blank line.
pub(super) fn ends(lines: &[Line<'_>]) -> Vec<usize> {
    let mut next = usize::MAX;
    let mut out = vec![next; lines.len()];
    for (i, line) in lines.iter().enumerate().rev() {
        let blank_below = lines.get(i + 1).is_none_or(|line| line.is_blank());
        let is_end = blank_below && line.words().len() > 2 && rule(line.words()).is_some();
        if is_end {
            next = i;
        }
        out[i] = next;
    }
    out
}

/// The table that begins on a line, and the line after it.
pub(super) fn ruled(lines: &[Line<'_>], at: usize, ends: &[usize]) -> Option<(usize, Drawn)> {
    let first = lines.get(at).filter(|line| !line.is_blank())?;
    let rule_at = |at: usize| {
        let line = lines.get(at).filter(|line| line.run == first.run)?;
        (line.indent - line.margin() < 5).then(|| rule(line.words())).flatten()
    };
    let is_blank = |at: usize| lines.get(at).is_none_or(|line| line.is_blank() || line.run != first.run);
    let end_of =
        |at: usize| ends.get(at).copied().filter(|end| lines.get(*end).is_some_and(|l| l.run == first.run));
    let many = |columns: &Vec<Range<usize>>| columns.len() > 1;
    let Some(columns) = rule_at(at) else {
        // A line of words above the rule.
        let columns = rule_at(at + 1).filter(many)?;
        let rows = (at + 2..).take_while(|row| !is_blank(*row) && rule_at(*row).is_none());
        let end = at + 2 + rows.count();
        let closed = rule_at(end).is_some() && is_blank(end + 1);
        if end == at + 2 || !(closed || is_blank(end)) {
            return None;
        }
        let table = Ruled { lines, rule: at + 1, columns };
        let drawn = table.drawn(Some(at..at + 1), (at + 2..end).map(|row| row..row + 1).collect());
        return Some((end + usize::from(closed), drawn));
    };
    if columns.len() == 1 {
        // A rule over the head, and one with the columns below it.
        let head = (at + 1..).take_while(|row| !is_blank(*row) && rule_at(*row).is_none()).count();
        let below = at + 1 + head;
        let columns = rule_at(below).filter(|columns| head > 0 && many(columns))?;
        let end = end_of(below + 1)?;
        let table = Ruled { lines, rule: below, columns };
        return Some((end + 1, table.drawn(Some(at + 1..below), parts(lines, below + 1..end)?)));
    }
    let rows = (at + 1..).take_while(|row| !is_blank(*row) && rule_at(*row).is_none());
    let end = at + 1 + rows.count();
    if end == at + 1 {
        return None;
    }
    let table = Ruled { lines, rule: at, columns };
    if rule_at(end).is_some() && is_blank(end + 1) {
        return Some((end + 1, table.drawn(None, (at + 1..end).map(|row| row..row + 1).collect())));
    }
    let end = end_of(at + 1)?;
    Some((end + 1, table.drawn(None, parts(lines, at + 1..end)?)))
}

/// Parts between blank lines; `None` where there are none.
fn parts(lines: &[Line<'_>], all: Range<usize>) -> Option<Vec<Range<usize>>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for at in all {
        let blank = lines[at].is_blank();
        match out.last_mut() {
            _ if blank => {}
            Some(part) if open => part.end = at + 1,
            _ => out.push(at..at + 1),
        }
        open = !blank;
    }
    (!out.is_empty()).then_some(out)
}

/// A table whose columns a line rules.
struct Ruled<'a, 't> {
    lines: &'a [Line<'t>],
    rule: usize,
    /// The dashes over each column, as bytes of the words of the rule.
    columns: Vec<Range<usize>>,
}

impl Ruled<'_, '_> {
    fn drawn(self, head: Option<Range<usize>>, body: Vec<Range<usize>>) -> Drawn {
        // Without a head, the first line says how columns are set, where each line is a row.
        let shown = head.clone().or_else(|| body.first().cloned().filter(|row| row.len() == 1));
        let columns = (0..self.columns.len()).map(|i| self.align(i, shown.clone())).collect();
        let rows = head.iter().cloned().chain(body);
        let rows = rows.map(|row| (0..self.columns.len()).map(|i| self.cell(i, row.clone())).collect());
        let span = Span::default();
        Drawn { columns, head: head.is_some().into(), foot: 0, rows: rows.collect(), running: true, span }
    }

    fn cell(&self, column: usize, rows: Range<usize>) -> Piece {
        let lines = rows.map(|row| {
            let line = &self.lines[row];
            let (from, to) = self.part(line, column, column == 0);
            line.at + from..line.at + to
        });
        Piece { lines: lines.collect(), columns: 1, rows: 1 }
    }

    /// The part of a line that is a column's, in bytes; what stands before the first column is of it.
    fn part(&self, line: &Line<'_>, column: usize, whole: bool) -> (usize, usize) {
        let rule = &self.lines[self.rule];
        let indent = rule.indent - rule.margin();
        let place = |column: usize| {
            self.columns.get(column).map_or(line.text.len(), |dashes| at_column(line, indent + dashes.start))
        };
        (if whole { line.margin() } else { place(column) }, place(column + 1))
    }

    /// How a column is set: by where its words stand under or over the dashes.
    fn align(&self, column: usize, rows: Option<Range<usize>>) -> Column {
        let parts = rows.into_iter().flatten().map(|row| {
            let line = &self.lines[row];
            let (from, to) = self.part(line, column, false);
            line.text[from..to.max(from)].trim_end()
        });
        let shortest = parts.filter(|part| !part.is_empty()).min_by_key(|part| part.len());
        let Some(words) = shortest else { return Column::default() };
        let width: usize = words.chars().filter_map(UnicodeWidthChar::width).sum();
        let align = match (words.starts_with([' ', '\t']), width < self.columns[column].len()) {
            (true, false) => Some(Align::End),
            (false, true) => Some(Align::Start),
            (true, true) => Some(Align::Center),
            (false, false) => None,
        };
        Column { align }
    }
}

/// Where a column of a terminal begins in a line.
fn at_column(line: &Line<'_>, column: usize) -> usize {
    let mut seen = 0;
    for (at, c) in line.text[line.margin()..].char_indices() {
        if seen >= column {
            return line.margin() + at;
        }
        seen += if c == '\t' { 4 - seen % 4 } else { c.width().unwrap_or_default() };
    }
    line.text.len()
}
