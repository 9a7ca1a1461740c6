//! Lists, nested by two spaces.

use super::{Body, Line, LineKind};
use crate::diagnostic::{Diagnostic, Remedy, code};
use crate::format::ReadContext;
use crate::model::{Block, BlockKind, ListItem, Marker, Node, NumberStyle, Span};

/// A list being built.
struct Open {
    /// Column of the list's items.
    indent: u16,
    marker: Marker,
    /// The number the next item must have to go on with the list.
    expected: u32,
    items: Vec<ListItem>,
}

impl Open {
    fn close(self) -> Block {
        let span = match (self.items.first(), self.items.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => Span::default(),
        };
        Node::new(BlockKind::List { marker: self.marker, tight: true, items: self.items }, span)
    }

    fn takes(&self, number: Option<u32>) -> bool {
        match (self.marker, number) {
            (Marker::Bullet, None) => true,
            // A number out of order starts a new list, so that none is changed.
            (Marker::Ordered { .. }, Some(n)) => n == self.expected,
            _ => false,
        }
    }
}

impl Body<'_> {
    /// The list that starts at the next line, which must be an item. It ends at the first line
    /// that is none, and at a top-level item of another kind.
    pub(super) fn list(&mut self, cx: &mut ReadContext<'_>) -> Block {
        let mut open: Vec<Open> = Vec::new();
        while let Some(&Line { kind: LineKind::Item { indent, number, content }, span }) = self.peek() {
            while open.len() > 1 && open.last().is_some_and(|l| indent < l.indent) {
                fold(&mut open);
            }
            let deeper = open.last().is_none_or(|l| indent >= l.indent.saturating_add(2));
            if deeper && open.len() >= cx.limits().depth() {
                let message = format!("a list deeper than {} levels was made flat", cx.limits().depth());
                cx.report(Diagnostic::new(&code::NESTING_FLATTENED, span, message).remedy(Remedy::Nesting));
            } else if deeper {
                open.push(start(indent, number));
            } else if open.last().is_some_and(|l| !l.takes(number)) {
                if open.len() == 1 {
                    break;
                }
                fold(&mut open);
                open.push(start(indent, number));
            }
            self.next += 1;
            let paragraph = BlockKind::Paragraph { content: super::inline::item(self.text, content) };
            let blocks = if content.is_empty() { Vec::new() } else { vec![Node::new(paragraph, content)] };
            if let Some(list) = open.last_mut() {
                list.expected = number.map_or(0, |n| n.saturating_add(1));
                list.items.push(ListItem { blocks, checked: None, span });
            }
        }
        while open.len() > 1 {
            fold(&mut open);
        }
        open.pop().expect("the first line was an item and opened a list").close()
    }
}

fn start(indent: u16, number: Option<u32>) -> Open {
    let marker = match number {
        None => Marker::Bullet,
        Some(start) => Marker::Ordered { start, style: NumberStyle::Decimal },
    };
    Open { indent, marker, expected: number.unwrap_or(0), items: Vec::new() }
}

/// Ends the innermost list and puts it into the last item of the one around it.
fn fold(open: &mut Vec<Open>) {
    let (Some(inner), Some(item)) = (open.pop(), open.last_mut().and_then(|l| l.items.last_mut())) else {
        return;
    };
    let inner = inner.close();
    item.span = item.span.to(inner.span);
    item.blocks.push(inner);
}
