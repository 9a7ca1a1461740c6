//! Tables that pandoc draws with lines: grids (`+---+`), and columns that dashes rule.
//!
//! The parser is given an instruction in the place of each, and blank lines.

use super::dialect::Dialect;
use super::drawn::Line;
use super::fence::{SIGN, inside};
use super::place::Place;
use super::region::{Edits, Region, lines};
use super::{grid, ruled};
use crate::model::Span;
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::collections::BTreeMap;
use std::ops::Range;

/// Masks the tables of a text and says where they stand.
pub(super) fn tables(
    text: &str,
    start: usize,
    dialect: Dialect,
    regions: &mut BTreeMap<u32, Region>,
) -> Option<String> {
    let may_be_grids = text.contains("+-") || text.contains("+=") || text.contains("+:");
    let may_be_ruled = text.lines().any(|line| {
        let words = line.trim_start_matches([' ', '\t', '>']);
        words.starts_with('-') && ruled::rule(words).is_some_and(|columns| columns.len() > 1)
    });
    if !(may_be_grids || may_be_ruled) {
        return None;
    }
    let (mut run, mut marks) = (0, 0);
    let lines: Vec<Line<'_>> = lines(text)
        .map(|(at, words)| {
            let indent = words.len() - words.trim_start_matches([' ', '\t', '>']).len();
            let count = words[..indent].bytes().filter(|b| *b == b'>').count();
            run += usize::from(count != marks);
            marks = count;
            Line { at, text: words, indent, run }
        })
        .collect();
    let mut edits = Edits { text, kept: code(text, dialect), edits: Vec::new() };
    let ends = ruled::ends(&lines);
    let mut at = 0;
    // A table may begin here: nothing goes on.
    let mut free = true;
    while at < lines.len() {
        let first = &lines[at];
        let begins = free || at.checked_sub(1).is_none_or(|before| lines[before].run != first.run);
        let words = inside(first.text);
        let marked = words.len() < first.text.len() - first.indent;
        let is_kept = |at: usize| lines.get(at).is_some_and(|line| edits.is_kept(line.at + line.indent));
        let found = if grid::begins(words) && (begins || marked) && !is_kept(at) {
            let many = lines[at + 1..].iter().take_while(|line| grid::goes_on(line, first)).count();
            grid::grid(&lines[at..=at + many], first.text.len() - words.len())
                .map(|drawn| (at + many + 1, drawn))
        } else if begins && !marked && !is_kept(at + usize::from(!words.starts_with('-'))) {
            // Of a line over the rule it may seem that it is code.
            ruled::ruled(&lines, at, &ends)
        } else {
            None
        };
        free = found.is_some() || first.is_blank() || words.starts_with(":::");
        let Some((end, mut drawn)) = found else {
            at += 1;
            continue;
        };
        let last = &lines[end - 1];
        // A header line that is indented must not look like code.
        let indent = match marked {
            true => first.text.len() - words.len(),
            false => first.indent.min(lines[at + 1].indent),
        };
        let begin = first.at + indent;
        drawn.span = Span::new(begin, last.at + last.text.len());
        let drawn = drawn.moved(&Place::new(start));
        regions.insert((start + begin) as u32, Region::Table(Box::new(drawn)));
        edits.put(begin..first.at + first.text.len(), SIGN);
        for line in &lines[at + 1..end] {
            edits.put(line.at + line.indent..line.at + line.text.len(), "");
        }
        at = end;
    }
    edits.done()
}

/// Where code and HTML stand.
fn code(text: &str, dialect: Dialect) -> Vec<Range<usize>> {
    let options = dialect.options() - Options::ENABLE_DEFINITION_LIST;
    let block =
        |(event, range)| matches!(event, Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock)).then_some(range);
    Parser::new_ext(text, options).into_offset_iter().filter_map(block).collect()
}
