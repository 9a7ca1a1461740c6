//! A drawing in a page as a file of its own: HTML needs neither its namespaces nor its quotation marks.

use super::tree::{NodeId, NodeKind, Tree};
use html5ever::ns;
use quick_xml::escape::escape;
use std::fmt::Write;

/// An element with all in it as XML.
pub(super) fn as_xml(tree: &Tree, root: NodeId) -> String {
    enum Step {
        Open(NodeId),
        Close(NodeId),
    }
    let mut out = String::new();
    let mut stack = vec![Step::Open(root)];
    while let Some(step) = stack.pop() {
        let (Step::Open(id) | Step::Close(id)) = step;
        match (tree.kind(id), step) {
            // Writing to a string can't fail.
            (NodeKind::Text(text), _) => out.push_str(&escape(text)),
            (NodeKind::Element(element), Step::Close(_)) => {
                let _ = write!(out, "</{}>", &**element.local());
            }
            (NodeKind::Element(element), Step::Open(_)) => {
                let _ = write!(out, "<{}", &**element.local());
                if id == root {
                    out.push_str(
                        " xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"",
                    );
                }
                for attribute in element.all_attributes() {
                    let name = &*attribute.name.local;
                    if name.starts_with("xmlns") || attribute.name.ns == ns!(xmlns) {
                        continue;
                    }
                    let prefix = attribute.name.prefix.as_deref().map(|prefix| format!("{prefix}:"));
                    let _ = write!(
                        out,
                        " {}{name}=\"{}\"",
                        prefix.unwrap_or_default(),
                        escape(&*attribute.value)
                    );
                }
                out.push('>');
                stack.push(Step::Close(id));
                stack.extend(tree.children(id).rev().map(Step::Open));
            }
            (NodeKind::Document | NodeKind::Hole(..), _) => {}
        }
    }
    out
}
