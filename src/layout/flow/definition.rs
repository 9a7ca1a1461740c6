use super::{Flow, Frame};
use crate::format::Error;
use crate::layout::structure::{Role, StructId};
use crate::layout::vertical::{Galley, Glue};
use crate::model::Definition;

impl<'a> Flow<'a, '_, '_> {
    pub(super) fn definitions(
        &mut self,
        node: StructId,
        items: &'a [Definition],
        frame: &Frame,
        galley: &mut Galley,
    ) -> Result<(), Error> {
        let nodes = self.tree.children_of_role(node, |role| *role == Role::ListItem);
        for (item, node) in items.iter().zip(nodes) {
            galley.space(frame.white(4));
            let labels = self.tree.children_of_role(node, |role| *role == Role::Label);
            for (term, label) in item.terms.iter().zip(labels) {
                let mut style = frame.text.clone();
                style.bold = true;
                let paragraph = self.shape(term, &style, label);
                self.set(&paragraph, frame, Glue::default(), galley)?;
                galley.keep_with_next();
            }
            let inner = frame.indented(self.scale.hang);
            for (index, detail) in item.details.iter().enumerate() {
                if index > 0 {
                    galley.space(frame.white(2));
                }
                self.blocks(detail, &inner, galley)?;
            }
        }
        galley.space(frame.white(4));
        Ok(())
    }
}
