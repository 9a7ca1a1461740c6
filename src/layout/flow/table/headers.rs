//! Which cells head a cell, told where it does not follow from scopes: in a table whose header
//! cells span (PDF 32000-1, table 349).

use super::super::Flow;
use super::grid::Grid;
use crate::layout::structure::Role;
use crate::model::{self, Table};

impl Flow<'_, '_, '_> {
    /// Names the header cells of each data cell, once all cells have their nodes.
    pub(super) fn name_headers(&mut self, table: &Table, grids: &[Grid<'_>]) {
        let grid = model::Grid::of(table);
        if !grid.has_spanning_headers() {
            return;
        }
        // The same places in the same order.
        let nodes: Vec<_> =
            grids.iter().flat_map(|g| g.rows.iter().flatten().map(|p| p.node.get())).collect();
        for (node, named) in nodes.iter().zip(grid.headers()) {
            let Some(node) = *node else { continue };
            let mut named: Vec<_> = named.into_iter().filter_map(|number| nodes[number]).collect();
            named.sort_unstable();
            if let Role::TableData { headers, .. } = &mut self.structure.node_mut(node).role {
                *headers = named;
            }
        }
    }
}
