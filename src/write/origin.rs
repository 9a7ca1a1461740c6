//! The paragraph that names where an article comes from, as far as a format has it.

use crate::model::Block;

/// The blocks of an article without the paragraph that names its source, authors and licence at its end.
#[cfg(feature = "markdown")]
pub(super) fn without_attribution(blocks: &[Block]) -> &[Block] {
    without(blocks, "attribution")
}

/// The blocks of an article as plain words: only its own, unless terms of use or the caller ask for where
/// they come from. The address that a page gives for itself is metadata, which other formats have fields for.
pub(super) fn own_words(blocks: &[Block]) -> &[Block] {
    without(blocks, "courtesy")
}

fn without<'b>(blocks: &'b [Block], class: &str) -> &'b [Block] {
    match blocks.split_last() {
        Some((Block { attr: Some(attr), .. }, before)) if attr.classes.iter().any(|c| c == class) => before,
        _ => blocks,
    }
}
