//! The tree of a page: elements and texts, each with its place.

use super::hole::Hole;
use crate::model::Span;
use html5ever::{Attribute, LocalName, QualName, ns};
use std::cell::{Cell, RefCell};

/// A node's place in the [`Tree`].
pub(super) type NodeId = usize;

/// What a page is made of. Node 0 is the document.
///
/// A page may have a node for each few bytes of it, so that a node is small: its children are a chain, texts
/// stand in one string, and attributes are kept by those alone that have some.
pub(super) struct Tree {
    nodes: Vec<Node>,
    /// The texts, one after another.
    texts: String,
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

struct Node {
    kind: Kept,
    /// What it is in, its first and last child, and what stands before and after it: numbers of nodes, or
    /// `NONE`.
    parent: u32,
    first: u32,
    last: u32,
    before: u32,
    after: u32,
    /// A text; or an element with its tags and what is in them, as far as they are there.
    start: u32,
    end: u32,
}

/// The memory of a node; that of its attributes and words comes to it.
pub(super) const NODE: usize = size_of::<Node>();
const _: () = assert!(NODE <= 64);

const NONE: u32 = u32::MAX;

enum Kept {
    Document,
    Element(Element),
    /// Where it begins and ends in the texts.
    Text(u32, u32),
    Hole(Box<(LocalName, RefCell<Hole>)>),
}

/// What a node is.
pub(super) enum NodeKind<'t> {
    Document,
    Element(&'t Element),
    Text(&'t str),
    /// What is no HTML, and the name that the tree builder has for it.
    Hole(&'t LocalName, &'t RefCell<Hole>),
}

pub(super) struct Element {
    local: LocalName,
    attributes: Option<Box<Attributes>>,
    /// The tag that opens it; of no length when it has none.
    tag: (u32, u32),
    /// How many elements it is in, itself among them.
    depth: u16,
    namespace: Space,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Space {
    Html,
    Svg,
    MathMl,
}

struct Attributes {
    all: Vec<Attribute>,
    /// Which of them something was made of: bit n for the nth.
    used: Cell<u64>,
}

impl Element {
    /// An element that a tag opens, if it has one.
    pub fn new(name: QualName, attributes: Vec<Attribute>, tag: Option<Span>) -> Self {
        let namespace = match name.ns {
            ns!(svg) => Space::Svg,
            ns!(mathml) => Space::MathMl,
            _ => Space::Html,
        };
        let mut element = Element { local: name.local, attributes: None, tag: (0, 0), depth: 0, namespace };
        element.add_attributes(attributes);
        element.open(tag);
        element
    }

    /// Takes note of the tag that opens it, when it has none yet.
    pub fn open(&mut self, tag: Option<Span>) {
        if self.tag().is_none() {
            self.tag = tag.map_or((0, 0), |tag| (tag.start, tag.end));
        }
    }

    /// Adds the attributes that it has not.
    pub fn add_attributes(&mut self, attributes: Vec<Attribute>) {
        if attributes.is_empty() {
            return;
        }
        let Some(own) = &mut self.attributes else {
            self.attributes = Some(Box::new(Attributes { all: attributes, used: Cell::new(0) }));
            return;
        };
        for attribute in attributes {
            if !own.all.iter().any(|a| a.name == attribute.name) {
                own.all.push(attribute);
            }
        }
    }

    /// The tag that opens it, when it has one.
    pub fn tag(&self) -> Option<Span> {
        let (start, end) = self.tag;
        (start < end).then(|| Span::new(start as usize, end as usize))
    }

    /// The name, whatever it is an element of.
    pub fn local(&self) -> &LocalName {
        &self.local
    }

    /// The name, as the tree builder has it.
    pub fn qualified(&self) -> QualName {
        let namespace = match self.namespace {
            Space::Html => ns!(html),
            Space::Svg => ns!(svg),
            Space::MathMl => ns!(mathml),
        };
        QualName::new(None, namespace, self.local.clone())
    }

    /// The name, when it is an element of HTML; empty for one of SVG or MathML.
    pub fn name(&self) -> &str {
        if self.namespace == Space::Html { &self.local } else { "" }
    }

    /// The name of an element of MathML.
    pub fn math_name(&self) -> Option<&str> {
        (self.namespace == Space::MathMl).then_some(&*self.local)
    }

    /// Whether it is an element of SVG.
    pub fn is_svg(&self) -> bool {
        self.namespace == Space::Svg
    }

    /// Its attributes, with the names that they have in XML.
    pub fn all_attributes(&self) -> &[Attribute] {
        self.attributes.as_ref().map_or(&[], |attributes| &attributes.all)
    }

    /// The value of an attribute, of which something is now made.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let attributes = self.all_attributes();
        let index = attributes.iter().position(|a| &*a.name.local == name)?;
        self.use_attribute(index);
        Some(&attributes[index].value)
    }

    /// The value of an attribute, to look at only.
    pub fn peek(&self, name: &str) -> Option<&str> {
        self.all_attributes().iter().find(|a| &*a.name.local == name).map(|a| &*a.value)
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

    /// Whether the page says that it is not shown. A panel of several is only not shown yet.
    pub fn is_hidden(&self) -> bool {
        if self.has_role("tabpanel") {
            return false;
        }
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
        self.all_attributes().iter().enumerate().map(|(i, a)| (i, &*a.name.local, &*a.value))
    }

    pub fn use_attribute(&self, index: usize) {
        if let Some(Attributes { used, .. }) = self.attributes.as_deref() {
            used.set(used.get() | 1u64.checked_shl(index as u32).unwrap_or_default());
        }
    }

    /// The names of attributes that nothing was made of.
    pub fn unused(&self) -> impl Iterator<Item = &str> {
        let used = self.attributes.as_ref().map_or(0, |attributes| attributes.used.get());
        self.attributes().filter(move |(i, ..)| *i < 64 && used >> i & 1 == 0).map(|(_, name, _)| name)
    }
}

impl Tree {
    /// A page that stands there, with nothing in it.
    pub fn new(span: Span) -> Self {
        let mut tree = Tree { nodes: Vec::new(), texts: String::new(), marks: Vec::new(), flattened: None };
        tree.push(Kept::Document, span);
        tree
    }

    /// How many nodes there are; their numbers are those below.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    fn push(&mut self, kind: Kept, span: Span) -> NodeId {
        let (start, end) = (span.start, span.end);
        let none = NONE;
        self.nodes.push(Node {
            kind,
            parent: none,
            first: none,
            last: none,
            before: none,
            after: none,
            start,
            end,
        });
        self.nodes.len() - 1
    }

    /// An element that stands there, and in nothing so far.
    pub fn add_element(&mut self, element: Element, span: Span) -> NodeId {
        self.push(Kept::Element(element), span)
    }

    /// What is no HTML, which stands in nothing so far.
    pub fn add_hole(&mut self, name: LocalName, hole: Hole, span: Span) -> NodeId {
        self.push(Kept::Hole(Box::new((name, RefCell::new(hole)))), span)
    }

    /// What shows nothing.
    pub fn add_comment(&mut self) -> NodeId {
        self.push(Kept::Document, Span::default())
    }

    /// A text that stands there, and in nothing so far.
    pub fn add_text(&mut self, text: &str, span: Span) -> NodeId {
        let start = self.texts.len() as u32;
        self.texts.push_str(text);
        self.push(Kept::Text(start, self.texts.len() as u32), span)
    }

    /// Adds to a text what goes on there, if it is the last that was written.
    pub fn go_on(&mut self, id: NodeId, text: &str, span: Span) -> bool {
        let whole = self.span(id).to(span);
        let node = &mut self.nodes[id];
        let Kept::Text(_, end) = &mut node.kind else { return false };
        if *end as usize != self.texts.len() {
            return false;
        }
        self.texts.push_str(text);
        *end = self.texts.len() as u32;
        (node.start, node.end) = (whole.start, whole.end);
        true
    }

    /// Takes a node out of what it is in.
    pub fn detach(&mut self, id: NodeId) {
        let Node { parent, before, after, .. } = self.nodes[id];
        if parent == NONE {
            return;
        }
        match before {
            NONE => self.nodes[parent as usize].first = after,
            before => self.nodes[before as usize].after = after,
        }
        match after {
            NONE => self.nodes[parent as usize].last = before,
            after => self.nodes[after as usize].before = before,
        }
        let node = &mut self.nodes[id];
        (node.parent, node.before, node.after) = (NONE, NONE, NONE);
    }

    /// Puts a node that is in nothing into another, before one that is in it, or at its end.
    pub fn attach(&mut self, id: NodeId, parent: NodeId, next: Option<NodeId>) {
        let after = next.map_or(NONE, |next| next as u32);
        let before = match next {
            Some(next) => std::mem::replace(&mut self.nodes[next].before, id as u32),
            None => std::mem::replace(&mut self.nodes[parent].last, id as u32),
        };
        match before {
            NONE => self.nodes[parent].first = id as u32,
            before => self.nodes[before as usize].after = id as u32,
        }
        let depth = self.element(parent).map_or(0, |element| element.depth);
        let node = &mut self.nodes[id];
        (node.parent, node.before, node.after) = (parent as u32, before, after);
        if let Kept::Element(element) = &mut node.kind {
            element.depth = depth.saturating_add(1);
        }
    }

    /// Puts all that is in a node into another, at its end.
    pub fn move_children(&mut self, from: NodeId, to: NodeId) {
        while let Some(child) = self.children(from).next() {
            self.detach(child);
            self.attach(child, to, None);
        }
    }

    /// Lets each element reach over what is in it.
    pub fn reach(&mut self) {
        let mut id = self.innermost(0);
        while id != 0 {
            let span = self.span(id);
            let parent = self.parent(id).unwrap_or_default();
            if parent != 0 && !span.is_empty() {
                let of = self.span(parent);
                self.set_span(parent, if of.is_empty() { span } else { of.to(span) });
            }
            // What is in a node comes before it.
            id = there(self.nodes[id].after).map_or(parent, |next| self.innermost(next));
        }
    }

    /// The first of the first of what is in a node, or itself.
    fn innermost(&self, id: NodeId) -> NodeId {
        std::iter::successors(Some(id), |id| self.children(*id).next()).last().unwrap_or(id)
    }

    /// How many elements a node is in, itself among them.
    pub fn depth(&self, id: NodeId) -> usize {
        self.element(id).map_or(0, |element| usize::from(element.depth))
    }

    pub fn kind(&self, id: NodeId) -> NodeKind<'_> {
        match &self.nodes[id].kind {
            Kept::Document => NodeKind::Document,
            Kept::Element(element) => NodeKind::Element(element),
            Kept::Text(start, end) => {
                NodeKind::Text(self.texts.get(*start as usize..*end as usize).unwrap_or_default())
            }
            Kept::Hole(hole) => NodeKind::Hole(&hole.0, &hole.1),
        }
    }

    pub fn span(&self, id: NodeId) -> Span {
        Span::new(self.nodes[id].start as usize, self.nodes[id].end as usize)
    }

    pub fn set_span(&mut self, id: NodeId, span: Span) {
        (self.nodes[id].start, self.nodes[id].end) = (span.start, span.end);
    }

    /// What a node is in.
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        there(self.nodes[id].parent)
    }

    /// What stands before a node in what it is in.
    pub fn before(&self, id: NodeId) -> Option<NodeId> {
        there(self.nodes[id].before)
    }

    /// What a node holds, in order.
    pub fn children(&self, id: NodeId) -> Children<'_> {
        let node = &self.nodes[id];
        Children { tree: self, ends: there(node.first).zip(there(node.last)) }
    }

    /// What a node holds, when it is one.
    pub fn only_child(&self, id: NodeId) -> Option<NodeId> {
        let (first, last) = self.children(id).ends?;
        (first == last).then_some(first)
    }

    pub fn element(&self, id: NodeId) -> Option<&Element> {
        match &self.nodes[id].kind {
            Kept::Element(element) => Some(element),
            _ => None,
        }
    }

    pub fn element_mut(&mut self, id: NodeId) -> Option<&mut Element> {
        match &mut self.nodes[id].kind {
            Kept::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The name of an element of HTML; empty for anything else.
    pub fn name(&self, id: NodeId) -> &str {
        self.element(id).map_or("", Element::name)
    }

    /// Whether a node is blocks that are no HTML.
    pub fn is_hole_of_blocks(&self, id: NodeId) -> bool {
        matches!(self.kind(id), NodeKind::Hole(_, hole) if matches!(*hole.borrow(), Hole::Blocks(_)))
    }

    /// The names of the elements that are SVG's or MathML's.
    pub fn foreign_names(&self) -> impl Iterator<Item = &str> {
        let elements = (0..self.nodes.len()).filter_map(|id| self.element(id));
        elements.filter(|element| element.namespace != Space::Html).map(|element| &*element.local)
    }

    /// A node and all in it, in document order.
    pub fn descendants(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let mut stack = vec![id];
        std::iter::from_fn(move || {
            let next = stack.pop()?;
            stack.extend(self.children(next).rev());
            Some(next)
        })
    }

    /// What comes right after an element that holds nothing, on its level and apart from white space.
    pub fn after_void(&self, id: NodeId) -> Option<NodeId> {
        let parent = self.parent(id);
        // Nodes are numbered as they open, and nothing opens in it.
        let next = (id + 1..self.nodes.len()).take(2).find(|id| !self.is_blank(*id));
        next.filter(|id| self.parent(*id) == parent)
    }

    /// Whether a node is white space alone.
    pub fn is_blank(&self, id: NodeId) -> bool {
        matches!(self.kind(id), NodeKind::Text(text) if text.trim().is_empty())
    }

    /// The text in a node, as it stands.
    pub fn text(&self, id: NodeId) -> String {
        let mut out = String::new();
        for id in self.descendants(id) {
            match self.kind(id) {
                NodeKind::Text(text) => out.push_str(text),
                NodeKind::Hole(_, hole) => hole.borrow().push_text(&mut out),
                _ => {}
            }
        }
        out
    }
}

/// The node of a number, unless it says that there is none.
fn there(number: u32) -> Option<NodeId> {
    (number != NONE).then_some(number as usize)
}

/// The children of a node, from both ends.
#[derive(Clone)]
pub(super) struct Children<'t> {
    tree: &'t Tree,
    ends: Option<(NodeId, NodeId)>,
}

impl Iterator for Children<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        let (first, last) = self.ends?;
        let after = there(self.tree.nodes[first].after).filter(|_| first != last);
        self.ends = after.map(|after| (after, last));
        Some(first)
    }
}

impl DoubleEndedIterator for Children<'_> {
    fn next_back(&mut self) -> Option<NodeId> {
        let (first, last) = self.ends?;
        let before = self.tree.before(last).filter(|_| first != last);
        self.ends = before.map(|before| (first, before));
        Some(last)
    }
}
