//! Which cells head a cell, told where it does not follow from scopes: in a table whose header
//! cells span (PDF 32000-1, table 349).

use super::super::Flow;
use super::grid::{Grid, Part, is_header};
use crate::layout::structure::{Role, StructId};
use crate::model::Scope;

impl Flow<'_, '_, '_> {
    /// Names the header cells of each data cell, once all cells have their nodes.
    pub(super) fn name_headers(&mut self, grids: &[Grid<'_>]) {
        let heads = || grids.iter().flat_map(|g| g.rows.iter().flatten().map(move |p| (g.part, p)));
        let spanning = heads().any(|(part, p)| is_header(part, p.cell) && (p.columns > 1 || p.rows > 1));
        if !spanning {
            return;
        }
        let columns = heads().map(|(_, p)| p.column + p.columns).max().unwrap_or(0);
        // Those of the table's head, and the last one met below it.
        let mut above: Vec<Vec<StructId>> = vec![Vec::new(); columns];
        let mut nearest: Vec<Option<StructId>> = vec![None; columns];
        for grid in grids {
            // Header cells of the rows at hand, with the row in which each ends.
            let mut beside: Vec<(usize, StructId)> = Vec::new();
            for (number, row) in grid.rows.iter().enumerate() {
                beside.retain(|(end, _)| *end > number);
                for placed in row {
                    let Some(node) = placed.node.get() else { continue };
                    let span = placed.column..placed.column + placed.columns;
                    if grid.part == Part::Head {
                        above[span].iter_mut().for_each(|column| column.push(node));
                    } else if placed.cell.scope == Some(Scope::Row) {
                        beside.push((number + placed.rows, node));
                    } else if placed.cell.scope.is_some() {
                        nearest[span].fill(Some(node));
                    }
                }
                for placed in row {
                    let Some(node) = placed.node.get() else { continue };
                    let span = placed.column..placed.column + placed.columns;
                    let mut named: Vec<StructId> = above[span.clone()].iter().flatten().copied().collect();
                    named.extend(nearest[span].iter().flatten());
                    named.extend(beside.iter().map(|(_, node)| *node));
                    named.sort_unstable();
                    named.dedup();
                    if let Role::TableData { headers, .. } = &mut self.structure.node_mut(node).role {
                        *headers = named;
                    }
                }
            }
        }
    }
}
