//! The infobox: a table of class `infobox`, alone or in an element of that class.

use super::block::Flow;
use super::build::{Builder, shows};
use super::tree::NodeId;
use crate::model::{Block, BlockKind, Image, Infobox, InfoboxImage, InfoboxRow, Inline, InlineKind};

impl Builder<'_, '_, '_> {
    /// An element of class `infobox`, if it is one around a table.
    pub(super) fn boxed(&mut self, id: NodeId, flow: &mut Flow) -> bool {
        let tree = self.tree;
        let mut inside = tree.children(id).filter(|child| tree.element(*child).is_some());
        match (inside.next(), inside.next()) {
            (Some(table), None) if tree.name(table) == "table" => self.infobox(id, table, flow),
            _ => false,
        }
    }

    /// The box that a table is, as `holder` holds it; not one whose rows have more than two cells.
    pub(super) fn infobox(&mut self, holder: NodeId, table: NodeId, flow: &mut Flow) -> bool {
        let tree = self.tree;
        let cells = |row: NodeId| {
            let children = tree.children(row);
            children.filter(|id| matches!(tree.name(*id), "td" | "th")).collect::<Vec<_>>()
        };
        let mut infobox = Infobox::default();
        let rows = self.rows_of(table, &mut infobox.title);
        if rows.iter().any(|(row, _)| cells(*row).len() > 2) {
            return false;
        }
        for (row, _) in rows {
            let cells = cells(row);
            // Said anew by the form that writers give the box.
            for element in cells.iter().filter_map(|id| tree.element(*id)) {
                element.use_names(&["colspan", "scope", "headers"]);
            }
            let span = self.span(row);
            let (label, value) = match *cells.as_slice() {
                [label] if tree.name(label) == "th" => {
                    let label = self.inlines(label);
                    if infobox.title.is_empty() && infobox.rows.is_empty() {
                        infobox.title = label;
                        continue;
                    }
                    (label, Vec::new())
                }
                [value] => {
                    if infobox.image.is_none() && infobox.rows.is_empty() && self.has_image(value) {
                        infobox.image = self.picture(value);
                        continue;
                    }
                    (Vec::new(), self.blocks(value))
                }
                [label, value] => (self.inlines(label), self.blocks(value)),
                _ => continue,
            };
            if shows(&label) || !value.is_empty() {
                infobox.rows.push(InfoboxRow { label, value, key: None, span });
            }
        }
        if let Some(element) = tree.element(holder) {
            element.use_names(&["aria-label"]);
        }
        let mut attr = self.attr(holder);
        if let Some(attr) = &mut attr {
            attr.classes.retain(|class| class != "infobox");
        }
        let attr = attr.filter(|attr| !attr.is_empty());
        flow.blocks.push(Block {
            kind: BlockKind::Infobox(Box::new(infobox)),
            attr,
            span: self.span(holder),
        });
        true
    }

    fn has_image(&self, id: NodeId) -> bool {
        self.tree.descendants(id).any(|id| self.tree.name(id) == "img")
    }

    /// The picture of a cell, and under it what else the cell says.
    fn picture(&mut self, cell: NodeId) -> Option<InfoboxImage> {
        let mut caption = self.inlines(cell);
        let image = take_image(&mut caption)?;
        while caption.first().is_some_and(|first| !shows(std::slice::from_ref(first))) {
            caption.remove(0);
        }
        Some(InfoboxImage { image, caption })
    }
}

/// Takes the first image out of running text; a link around nothing else goes with it.
fn take_image(content: &mut Vec<Inline>) -> Option<Image> {
    for index in 0..content.len() {
        let inner = match &mut content[index].kind {
            InlineKind::Image(image) => {
                let image = std::mem::take(&mut **image);
                content.remove(index);
                return Some(image);
            }
            InlineKind::Styled { content, .. } => content,
            InlineKind::Link(link) => &mut link.content,
            _ => continue,
        };
        if let Some(image) = take_image(inner) {
            if !shows(inner) {
                content.remove(index);
            }
            return Some(image);
        }
    }
    None
}
