use super::{Flow, Frame};
use crate::layout::structure::{ListNumbering, Role};
use crate::layout::vertical::{Galley, Glue};
use crate::model::Definition;

impl<'a> Flow<'a, '_, '_> {
    pub(super) fn definitions(&mut self, items: &'a [Definition], frame: &Frame, galley: &mut Galley) {
        let node = self.structure.add(Some(frame.parent), Role::List(ListNumbering::None));
        for item in items {
            let item_node = self.structure.add(Some(node), Role::ListItem);
            galley.space(frame.white(4));
            for term in &item.terms {
                let label = self.structure.add(Some(item_node), Role::Label);
                let mut style = frame.text.clone();
                style.bold = true;
                let paragraph = self.shape(term, &style, label);
                self.set(&paragraph, frame, Glue::default(), galley);
                galley.keep_with_next();
            }
            let mut inner = frame.indented(self.scale.hang);
            for (index, detail) in item.details.iter().enumerate() {
                inner.parent = self.structure.add(Some(item_node), Role::ListBody);
                if index > 0 {
                    galley.space(frame.white(2));
                }
                self.blocks(detail, &inner, galley);
            }
        }
        galley.space(frame.white(4));
    }
}
