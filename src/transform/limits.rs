use crate::diagnostic::Remedy;
use crate::format::{Error, Limits, ReadContext};
use crate::model::visit::{Visit, walk_article, walk_block, walk_inline};
use crate::model::{Block, BlockKind, Document, Inline, Span, Table};

/// Counts what a document is made of, so that no later pass and no writer meets more than the
/// limits allow.
///
/// # Errors
/// When there are more [nodes](Limits::nodes), or more [cells](Limits::table_cells) of one table.
pub fn limits(document: &Document, cx: &ReadContext<'_>) -> Result<(), Error> {
    let mut count = Count { nodes: 0, limits: cx.limits(), fault: None };
    for article in &document.articles {
        walk_article(&mut count, article);
    }
    count.fault.map_or(Ok(()), Err)
}

struct Count<'l> {
    nodes: usize,
    limits: &'l Limits,
    fault: Option<Error>,
}

impl Count<'_> {
    fn add(&mut self, nodes: usize, span: Span) {
        self.nodes = self.nodes.saturating_add(nodes);
        if self.nodes > self.limits.nodes {
            let (most, remedy) = (self.limits.nodes, Remedy::Nodes);
            self.fault.get_or_insert_with(|| Error::limit("the number of its nodes", most, remedy, span));
        }
    }

    fn table(&mut self, table: &Table, span: Span) {
        let rows = || table.head.iter().chain(&table.body).chain(&table.foot);
        let cells = rows().map(|row| row.cells.len()).sum();
        self.add(rows().count().saturating_add(cells), span);
        if cells > self.limits.table_cells {
            let (most, remedy) = (self.limits.table_cells, Remedy::TableCells);
            self.fault
                .get_or_insert_with(|| Error::limit("the number of a table's cells", most, remedy, span));
        }
    }
}

impl Visit<'_> for Count<'_> {
    fn block(&mut self, block: &Block) {
        self.add(1, block.span);
        match &block.kind {
            BlockKind::Table(table) => self.table(table, block.span),
            BlockKind::List { items, .. } => self.add(items.len(), block.span),
            BlockKind::Definitions { items } => self.add(items.len(), block.span),
            BlockKind::Infobox(infobox) => self.add(infobox.rows.len(), block.span),
            _ => {}
        }
        if self.fault.is_none() {
            walk_block(self, block);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        self.add(1, inline.span);
        if self.fault.is_none() {
            walk_inline(self, inline);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Ignore, Remedy};
    use crate::model::{Article, Cell, Node, Row};

    fn checked(kind: BlockKind, limits: Limits) -> Result<(), Error> {
        let rule = Node::new(BlockKind::Rule, Span::new(0, 1));
        let blocks = vec![rule, Node::new(kind, Span::new(7, 9))];
        let document =
            Document { articles: vec![Article { blocks, ..Article::default() }], ..Document::default() };
        let mut ignore = Ignore;
        super::limits(&document, &ReadContext::new("-", &limits, &mut ignore))
    }

    fn table() -> BlockKind {
        let cell = Cell::new(vec![Node::new(BlockKind::Rule, Span::new(8, 9))], Span::new(8, 9));
        let row = Row { cells: vec![cell.clone(), cell], span: Span::new(8, 9) };
        BlockKind::Table(Box::new(Table { head: vec![row.clone()], body: vec![row], ..Table::default() }))
    }

    #[test]
    fn nodes_are_counted_and_the_first_too_many_is_named() {
        // The rule, the table, two rows, four cells and what is in them.
        assert!(checked(table(), Limits { nodes: 12, ..Limits::default() }).is_ok());
        let error = checked(table(), Limits { nodes: 11, ..Limits::default() }).unwrap_err();
        assert!(matches!(error, Error::Limit { limit: 11, span: Some(span), .. } if span.start == 8));
        assert_eq!(error.remedy(), Some(Remedy::Nodes));
    }

    #[test]
    fn cells_of_a_table_are_counted_in_all_its_parts() {
        assert!(checked(table(), Limits { table_cells: 4, ..Limits::default() }).is_ok());
        let error = checked(table(), Limits { table_cells: 3, ..Limits::default() }).unwrap_err();
        assert!(matches!(error, Error::Limit { limit: 3, span: Some(span), .. } if span.start == 7));
        assert_eq!(error.remedy(), Some(Remedy::TableCells));
    }
}
