use super::{Flow, Frame};
use crate::format::Error;
use crate::layout::length::Length;
use crate::layout::page::{Color, Item, ItemKind, Tag};
use crate::layout::structure::{Role, StructId};
use crate::layout::vertical::{Galley, Glue};
use crate::model::{Aside, Block, Inline, InlineKind, Span};

impl<'a> Flow<'a, '_, '_> {
    pub(super) fn aside(
        &mut self,
        node: StructId,
        role: Aside,
        body: &'a [Block],
        frame: &Frame,
        galley: &mut Galley,
    ) -> Result<(), Error> {
        if role == Aside::Hatnote {
            let mut inner = frame.indented(self.scale.hang);
            inner.text.italic = true;
            galley.space(frame.white(2));
            self.blocks(body, &inner, galley)?;
            galley.space(frame.white(5));
            // It tells of what comes after it, and so stays with the heading above and the text below.
            galley.keep_with_next();
            return Ok(());
        }
        galley.clear();
        galley.space(frame.white(5));
        let inner = frame.indented(self.scale.size);
        let at = galley.pieces.len();
        if let Some(title) = role.word() {
            let label = self.tree.child(node, &Role::Paragraph);
            let mut style = inner.text.clone();
            style.bold = true;
            let content = [Inline::new(InlineKind::Text { text: title.into() }, Span::default())];
            let paragraph = self.shape(&content, &style, label);
            self.set(&paragraph, &inner, Glue::default(), galley)?;
            galley.keep_with_next();
        }
        self.blocks(body, &inner, galley)?;
        // A bar at the side holds it together, also over pages.
        let (width, color) = (Length::milli_pt(1500), bar(role));
        let x = if frame.text.rtl { frame.x + frame.width - width } else { frame.x };
        for (index, piece) in galley.pieces.iter_mut().enumerate().skip(at) {
            if index > at {
                // The bar has no gaps: white between pieces becomes part of them.
                let above = std::mem::take(&mut piece.before).natural;
                piece.shift(Length::ZERO, above);
                piece.height += above;
            }
            let kind = ItemKind::Rectangle { x, y: Length::ZERO, width, height: piece.height, color };
            piece.items.insert(0, Item { tag: Tag::Layout, kind });
        }
        galley.space(frame.white(5));
        Ok(())
    }
}

fn bar(role: Aside) -> Color {
    match role {
        Aside::Note => Color(0x1F, 0x5F, 0xAF),
        Aside::Tip => Color(0x1A, 0x7F, 0x37),
        Aside::Important => Color(0x82, 0x50, 0xDF),
        Aside::Caution | Aside::Warning => Color(0xB4, 0x23, 0x18),
        Aside::Hatnote | Aside::Box => Color(0x80, 0x80, 0x80),
    }
}
