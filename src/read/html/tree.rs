//! The tree of a page: elements and texts, each with its place.

use super::hole::Hole;
use crate::model::Span;
use html5ever::{Attribute, QualName, ns};
use std::cell::{Cell, RefCell};

/// A node's place in the [`Tree`].
pub(super) type NodeId = usize;

/// What a page is made of. Node 0 is the document.
pub(super) struct Tree {
    pub nodes: Vec<Node>,
    /// Comments, declarations and tags that made no element, with what they are.
    pub marks: Vec<(Span, Mark)>,
    /// Where elements were too deep inside each other to be kept apart.
    pub flattened: Option<Span>,
}

/// What stands in the source and makes no node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Tag,
    Comment,
    /// The rest of a tag with too many attributes.
    Attributes,
    /// What begins like a tag or a comment and never ends.
    Endless,
}

pub(super) struct Node {
    pub kind: NodeKind,
    pub parent: Option<NodeId>,
    pub children: Vec<NodeId>,
    /// A text; or an element with its tags and what is in them, as far as they are there.
    pub span: Span,
}

pub(super) enum NodeKind {
    Document,
    Element(Element),
    Text(String),
    /// What is no HTML, and the name that the tree builder has for it.
    Hole(QualName, RefCell<Hole>),
}

pub(super) struct Element {
    pub name: QualName,
    pub attributes: Vec<Attribute>,
    /// The tag that opens it, when it has one.
    pub tag: Option<Span>,
    /// Which attributes something was made of: bit n for the nth.
    pub used: Cell<u64>,
    /// How many elements it is in, itself among them.
    pub depth: usize,
}

impl Element {
    /// The name, when it is an element of HTML; empty for one of SVG or MathML.
    pub fn name(&self) -> &str {
        if self.name.ns == ns!(html) { &self.name.local } else { "" }
    }

    /// The name of an element of MathML.
    pub fn math_name(&self) -> Option<&str> {
        (self.name.ns == ns!(mathml)).then_some(&*self.name.local)
    }

    /// Whether it is an element of SVG.
    pub fn is_svg(&self) -> bool {
        self.name.ns == ns!(svg)
    }

    /// The value of an attribute, of which something is now made.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let index = self.attributes.iter().position(|a| &*a.name.local == name)?;
        self.use_attribute(index);
        Some(&self.attributes[index].value)
    }

    /// The value of an attribute, to look at only.
    pub fn peek(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|a| &*a.name.local == name).map(|a| &*a.value)
    }

    /// Whether a class is among its classes.
    pub fn has_class(&self, class: &str) -> bool {
        self.peek("class").is_some_and(|classes| classes.split_ascii_whitespace().any(|c| c == class))
    }

    /// Whether it plays a role (WAI-ARIA), or is of an EPUB type.
    pub fn has_role(&self, role: &str) -> bool {
        self.peek("role").is_some_and(|r| r == role)
            || self.peek("epub:type").is_some_and(|t| Some(t) == role.strip_prefix("doc-"))
    }

    /// Whether the page says that it is not shown.
    pub fn is_hidden(&self) -> bool {
        let style = self.peek("style").unwrap_or_default().to_ascii_lowercase();
        let hides = |rule: &str| {
            rule.split_once(':').is_some_and(|(property, value)| match property.trim() {
                "display" => value.trim().starts_with("none"),
                "visibility" => value.trim().starts_with("hidden"),
                _ => false,
            })
        };
        self.peek("hidden").is_some() || style.split(';').any(hides)
    }

    /// Takes note that these attributes are said by the form of what is made of the element.
    pub fn use_names(&self, names: &[&str]) {
        for name in names {
            self.attribute(name);
        }
    }

    pub fn attributes(&self) -> impl Iterator<Item = (usize, &str, &str)> {
        self.attributes.iter().enumerate().map(|(i, a)| (i, &*a.name.local, &*a.value))
    }

    pub fn use_attribute(&self, index: usize) {
        self.used.set(self.used.get() | 1u64.checked_shl(index as u32).unwrap_or_default());
    }

    /// The names of attributes that nothing was made of.
    pub fn unused(&self) -> impl Iterator<Item = &str> {
        self.attributes().filter(|(i, ..)| *i < 64 && self.used.get() >> i & 1 == 0).map(|(_, name, _)| name)
    }
}

impl Tree {
    pub fn element(&self, id: NodeId) -> Option<&Element> {
        match &self.nodes[id].kind {
            NodeKind::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The name of an element of HTML; empty for anything else.
    pub fn name(&self, id: NodeId) -> &str {
        self.element(id).map_or("", Element::name)
    }

    /// Whether a node is blocks that are no HTML.
    pub fn is_hole_of_blocks(&self, id: NodeId) -> bool {
        matches!(&self.nodes[id].kind, NodeKind::Hole(_, hole) if matches!(*hole.borrow(), Hole::Blocks(_)))
    }

    /// The names of the elements that are SVG's or MathML's.
    pub fn foreign_names(&self) -> impl Iterator<Item = &str> {
        let elements = (0..self.nodes.len()).filter_map(|id| self.element(id));
        elements.filter(|element| element.name.ns != ns!(html)).map(|element| &*element.name.local)
    }

    /// A node and all in it, in document order.
    pub fn descendants(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let mut stack = vec![id];
        std::iter::from_fn(move || {
            let next = stack.pop()?;
            stack.extend(self.nodes[next].children.iter().rev());
            Some(next)
        })
    }

    /// What comes right after an element that holds nothing, on its level and apart from white space.
    pub fn after_void(&self, id: NodeId) -> Option<NodeId> {
        let parent = self.nodes[id].parent;
        // Nodes are numbered as they open, and nothing opens in it.
        let next = (id + 1..self.nodes.len()).take(2).find(|id| !self.is_blank(*id));
        next.filter(|id| self.nodes[*id].parent == parent)
    }

    /// Whether a node is white space alone.
    pub fn is_blank(&self, id: NodeId) -> bool {
        matches!(&self.nodes[id].kind, NodeKind::Text(text) if text.trim().is_empty())
    }

    /// The text in a node, as it stands.
    pub fn text(&self, id: NodeId) -> String {
        let mut out = String::new();
        for id in self.descendants(id) {
            match &self.nodes[id].kind {
                NodeKind::Text(text) => out.push_str(text),
                NodeKind::Hole(_, hole) => hole.borrow().push_text(&mut out),
                _ => {}
            }
        }
        out
    }
}
