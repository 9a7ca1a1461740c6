//! A page that only leads to another one.

use super::builder::Builder;
use crate::model::Block;
use crate::read::wikitext::expand::flat::Flat;
use crate::read::wikitext::expand::redirect::link;

/// The blocks of a page that is a redirect: its link.
pub fn blocks(flat: &Flat, builder: &mut Builder<'_, '_, '_>) -> Option<Vec<Block>> {
    let open = link(&flat.text)?;
    builder.x.findings.claims.syntax_of(flat, 0..open);
    let mut part = Flat::default();
    part.push_slice(flat, open..flat.text.len());
    Some(builder.blocks_of(&part))
}
