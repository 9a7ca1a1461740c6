//! Displayed formulas.

use super::{Flow, Frame};
use crate::layout::length::Length;
use crate::layout::math::Set;
use crate::layout::page::{Color, Tag};
use crate::layout::structure::StructId;
use crate::layout::vertical::{Break, Galley, Piece};
use crate::math;
use crate::model::{Formula, Math};

/// A formula that is wider than the column is set smaller, down to so many thousandths.
const SMALLEST: i64 = 500;

impl Flow<'_, '_, '_> {
    /// A displayed formula, or its TeX where that can't be read.
    pub(super) fn math(&mut self, node: StructId, formula: &Formula, frame: &Frame, galley: &mut Galley) {
        let Ok(tree) = math::tree(formula, true) else {
            return self.preformatted(node, None, &formula.tex, None, frame, galley);
        };
        let Some(set) = self.typesetter.formulas().set(&tree, frame.text.size, true) else { return };
        self.displayed(&tree, set, node, frame, galley);
    }

    fn displayed(&mut self, tree: &Math, set: Set, node: StructId, frame: &Frame, galley: &mut Galley) {
        galley.clear();
        // The leaf right after it, as the structure has it.
        let leaf = StructId(node.0 + 1);
        let (size, color) = (frame.text.size, frame.text.color);
        galley.space(frame.white(5));
        if set.width > frame.width && !set.breaks.is_empty() {
            let mut indent = Length::ZERO;
            for line in broken(set, frame.width, size * 2) {
                let keep = if indent == Length::ZERO { Break::At(0) } else { Break::Never };
                galley.push(piece(&line, frame.x + indent, frame.text.leading, color, leaf, keep));
                indent = size * 2;
            }
        } else {
            let tags = self.tags(tree, size);
            let widest = tags.iter().map(|(_, tag)| tag.width).max().unwrap_or(Length::ZERO);
            let room = frame.width - if widest > Length::ZERO { widest + size } else { Length::ZERO };
            let mut set = set;
            if set.width > room {
                // Smaller is better than cut off.
                let scale = room.0.max(1) * 1000 / set.width.0.max(1);
                let smaller = size.scale(scale.max(SMALLEST), 1000);
                if let Some(fits) = self.typesetter.formulas().set(tree, smaller, true) {
                    set = fits;
                }
            }
            // In the middle of the column, but not over its tags.
            let x = ((frame.width - set.width) / 2).min(room - set.width).max(Length::ZERO);
            let mut piece = piece(&set, frame.x + x, frame.text.leading, color, leaf, Break::At(0));
            if let (Math::Table(table), false) = (tree, tags.is_empty())
                && let Some(setter) = self.typesetter.formulas().setter()
            {
                let baselines = setter.baselines(table, size);
                let base = above(&set, frame.text.leading);
                for (row, tag) in tags {
                    let y = base + baselines.get(row).copied().unwrap_or(Length::ZERO);
                    let x = frame.x + frame.width - tag.width;
                    tag.items(x, y, color, Tag::Content(leaf), &mut piece.items);
                }
            }
            galley.push(piece);
        }
        galley.space(frame.white(5));
    }

    fn tags(&self, tree: &Math, size: Length) -> Vec<(usize, Set)> {
        self.typesetter.formulas().setter().map(|setter| setter.tags(tree, size)).unwrap_or_default()
    }
}

/// How far above its baseline a displayed formula starts.
fn above(set: &Set, leading: Length) -> Length {
    set.ascent.max(leading.scale(60, 100))
}

fn piece(set: &Set, x: Length, leading: Length, color: Color, leaf: StructId, keep: Break) -> Piece {
    let above = above(set, leading);
    let height = above + set.descent.max(leading.scale(25, 100));
    let mut piece = Piece { keep, height, ..Piece::default() };
    set.items(x, above, color, Tag::Content(leaf), &mut piece.items);
    piece
}

/// Lines of a formula that is too wide: as much as has room, cut after relations and operators; all
/// but the first are set in.
fn broken(set: Set, width: Length, indent: Length) -> Vec<Set> {
    let mut lines: Vec<Set> = Vec::new();
    for (part, _) in set.pieces() {
        let room = if lines.len() > 1 { width - indent } else { width };
        match lines.last_mut() {
            Some(line) if line.width + part.width <= room => {
                let x = line.width;
                line.width += part.width;
                line.place(part, x, Length::ZERO);
            }
            _ => lines.push(part),
        }
    }
    lines
}
