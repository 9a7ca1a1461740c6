//! Lines that say again what one right before them says.

use super::measure::Measure;
use super::tree::{NodeId, Tree};
use std::collections::{BTreeSet, VecDeque};

/// Bytes of what stands beside a picture, and how far above it.
const MOST: usize = 600;
const LEVELS: usize = 4;

/// The lines right before one, in which it may be said already: what shows pictures one by one says beneath
/// them, in its list of them and on its cover what each shows.
pub(super) struct Recent<'t> {
    tree: &'t Tree,
    /// Elements of a few words that hold a picture.
    pictured: BTreeSet<NodeId>,
    /// Each with whether it stands beside a picture.
    lines: VecDeque<(String, bool)>,
}

impl<'t> Recent<'t> {
    /// Lines that are remembered.
    const LINES: usize = 8;

    /// Bytes of a line that says enough not to be said twice by chance.
    const LEAST: usize = 60;

    pub fn of(tree: &'t Tree, measure: &Measure, root: NodeId) -> Self {
        let pictures = tree.descendants(root).filter(|id| tree.name(*id) == "img");
        let above = |id: NodeId| {
            std::iter::successors(tree.parent(id), |id| tree.parent(*id))
                .take_while(|id| *id != root && measure.text[*id] <= MOST)
                .take(LEVELS)
        };
        Recent { tree, pictured: pictures.flat_map(above).collect(), lines: VecDeque::new() }
    }

    /// Whether a line is a part of one of those before it, or the beginning of one, and one of both stands
    /// beside a picture; then it is remembered.
    pub fn repeats(&mut self, line: &str, id: NodeId) -> bool {
        let pictured = std::iter::successors(Some(id), |id| self.tree.parent(*id))
            .take(LEVELS)
            .any(|id| self.pictured.contains(&id));
        let cut = ["... more", "… more", "...", "…"].iter().find_map(|end| line.strip_suffix(end));
        let said = cut.unwrap_or(line).trim_end();
        let repeats = said.len() >= Self::LEAST
            && self.lines.iter().any(|(before, other)| (pictured || *other) && before.contains(said));
        if self.lines.len() == Self::LINES {
            self.lines.pop_front();
        }
        self.lines.push_back((line.to_owned(), pictured));
        repeats
    }
}
