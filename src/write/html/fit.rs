//! How a table of an e-book fits its page. Books are read in pages as well, where a table that scrolls ends with
//! the page and its other rows are lost; so only one that is no longer than a page scrolls.

use crate::model::{Block, BlockKind, Grid, plain_text};
use crate::text::{is_ideograph, width};

/// What a letter takes, a column's padding, and a page of the narrowest phone, in hundredths of an em.
const LETTER: usize = 58;
const PADDING: usize = 105;
const NARROWEST: usize = 1800;

/// So many columns are the most that fit the narrowest page, whatever is done.
const COLUMNS: usize = 24;

/// So many lines are on a phone's page, and so many letters on a line of a cell that scrolls.
const LINES: usize = 18;
const CELL: usize = 24;

/// The classes of a table that is too wide for some pages, by their width in em (`book.css`): there it scrolls, or its
/// cells are small and their words broken anywhere.
pub(super) fn class(grid: &Grid<'_>) -> Option<&'static str> {
    let scrolls = grid.columns.len() > COLUMNS || lines(grid) <= LINES;
    Some(match (least(grid), scrolls) {
        (0..=NARROWEST, _) => return None,
        (..=2700, true) => "scroll30",
        (..=2700, false) => "fit30",
        (..=4100, true) => "scroll45",
        (..=4100, false) => "fit45",
        (..=5500, true) => "scroll60",
        (..=5500, false) => "fit60",
        (_, true) => "scroll",
        (_, false) => "fit",
    })
}

/// How many lines it has, about, where it scrolls.
fn lines(grid: &Grid<'_>) -> usize {
    let of_place = |place: &crate::model::Place<'_>| 1 + width(&plain_text(&place.cell.blocks)) / CELL;
    let rows = grid.rows.iter().map(|row| grid.places[row.places.clone()].iter().map(of_place).max());
    rows.map(|lines| lines.unwrap_or(1)).sum()
}

/// The width below which words of a table would be broken.
fn least(grid: &Grid<'_>) -> usize {
    let mut columns = vec![PADDING; grid.columns.len()];
    for place in &grid.places {
        let wanted = blocks(&place.cell.blocks) + PADDING;
        let end = (place.column + place.columns).min(columns.len());
        let Some(covered) = columns.get_mut(place.column..end) else { continue };
        let others: usize = covered.iter().rev().skip(1).sum();
        if let Some(last) = covered.last_mut() {
            *last = (*last).max(wanted.saturating_sub(others));
        }
    }
    columns.iter().sum()
}

fn blocks(blocks: &[Block]) -> usize {
    blocks.iter().map(block).max().unwrap_or(0)
}

fn block(block: &Block) -> usize {
    match &block.kind {
        BlockKind::Table(table) => least(&Grid::of(table)),
        _ => {
            let text = plain_text(std::slice::from_ref(block));
            text.split(char::is_whitespace).map(word).max().unwrap_or(0)
        }
    }
}

/// Letters of further scripts are wider than those of Latin, Greek and Cyrillic, and their marks are not counted.
fn word(word: &str) -> usize {
    let letter = if word.chars().any(|c| c >= '\u{900}' && !is_ideograph(c)) { 2 * LETTER } else { LETTER };
    width(word) * letter
}
