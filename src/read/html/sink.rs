//! What the tree builder does to the tree.

use super::hole::Hole;
use super::tree::{Element, Node, NodeId, NodeKind};
use crate::model::Span;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, ExpandedName, LocalName, QualName, ns};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};

/// Elements in which there are neither tags nor references.
const RAW_TEXT: [&str; 7] = ["iframe", "noembed", "noframes", "plaintext", "script", "style", "xmp"];

/// The name of the attribute that says of an element that it is a hole: one that no tag can have.
pub(super) const HOLE: &str = " hole";

/// Takes what the tree builder does.
pub(super) struct Sink {
    pub nodes: RefCell<Vec<Node>>,
    /// Where the token at hand stands, and the name that it opens.
    pub place: Cell<Span>,
    /// Where the last characters stand, and whether they are still to be put into the tree: in a
    /// table they are when something else comes.
    pub words: Cell<Span>,
    pub waiting: Cell<bool>,
    pub opening: RefCell<Option<LocalName>>,
    /// What the next element with the mark of a hole is.
    pub hole: RefCell<Option<Hole>>,
    /// The bytes of the elements that the algorithm opened by itself, again and again those of tags that are
    /// never closed.
    pub reopened: Cell<usize>,
    /// The tags, one after another, that were left out last.
    passed: Cell<Span>,
    /// The element that was put last, or what was around it once it is closed.
    current: Cell<NodeId>,
}

impl Sink {
    /// For a page that stands there.
    pub fn new(span: Span) -> Self {
        let document = Node { kind: NodeKind::Document, parent: None, children: Vec::new(), span };
        Sink {
            nodes: RefCell::new(vec![document]),
            place: Cell::default(),
            words: Cell::default(),
            waiting: Cell::default(),
            opening: RefCell::default(),
            hole: RefCell::default(),
            reopened: Cell::default(),
            passed: Cell::default(),
            current: Cell::default(),
        }
    }

    /// How many elements the next one would be in.
    pub fn depth(&self) -> usize {
        match &self.nodes.borrow()[self.current.get()].kind {
            NodeKind::Element(element) => element.depth,
            _ => 0,
        }
    }

    /// Takes note of a tag that is left out: what stands before and behind it is one text.
    pub fn pass_over(&self, tag: Span) {
        let passed = self.passed.get();
        self.passed.set(if passed.end == tag.start { passed.to(tag) } else { tag });
    }

    /// Whether nothing but tags that were left out stands between two places.
    fn is_passed(&self, from: u32, to: u32) -> bool {
        let passed = self.passed.get();
        passed.start <= from && to <= passed.end
    }

    /// Whether what comes is text in which nothing is marked.
    pub fn in_raw_text(&self) -> bool {
        match &self.nodes.borrow()[self.current.get()].kind {
            NodeKind::Element(element) => RAW_TEXT.contains(&&*element.name.local),
            _ => false,
        }
    }

    /// Ends the innermost element of a name, where its end tag stands. The tree builder knows better
    /// which elements are open, and does not tell.
    pub fn close(&self, name: &LocalName, place: Span) {
        let mut nodes = self.nodes.borrow_mut();
        let mut at = self.current.get();
        while let Node { kind: NodeKind::Element(element), parent, span, .. } = &mut nodes[at] {
            if element.name.local == *name {
                *span = span.to(place);
                self.current.set(parent.unwrap_or_default());
                return;
            }
            at = parent.unwrap_or_default();
        }
    }

    /// Puts the hole at the end of all.
    pub fn append_hole(&self) {
        let Some(hole) = self.hole.take() else { return };
        let mut nodes = self.nodes.borrow_mut();
        let Some(&root) = nodes[0].children.first() else { return };
        let id = nodes.len();
        let name = QualName::new(None, ns!(html), LocalName::from("div"));
        let span = self.place.get();
        let kind = NodeKind::Hole(name, RefCell::new(hole));
        nodes.push(Node { kind, parent: Some(root), children: Vec::new(), span });
        nodes[root].children.push(id);
    }

    fn detach(&self, id: NodeId) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(parent) = nodes[id].parent.take() {
            // What moves is most often the last.
            let at = nodes[parent].children.iter().rposition(|child| *child == id);
            at.map(|at| nodes[parent].children.remove(at));
        }
    }

    /// Puts a child into a parent, before its child number `at`.
    fn insert(&self, parent: NodeId, at: usize, child: NodeOrText<NodeId>) {
        let place = self.words.get();
        match child {
            NodeOrText::AppendNode(id) => {
                self.detach(id);
                let mut nodes = self.nodes.borrow_mut();
                let depth = match &nodes[parent].kind {
                    NodeKind::Element(element) => element.depth + 1,
                    _ => 1,
                };
                if let NodeKind::Element(element) = &mut nodes[id].kind {
                    element.depth = depth;
                    self.current.set(id);
                }
                nodes[id].parent = Some(parent);
                let at = at.min(nodes[parent].children.len());
                nodes[parent].children.insert(at, id);
            }
            NodeOrText::AppendText(text) => {
                self.waiting.set(false);
                let mut nodes = self.nodes.borrow_mut();
                let before = at.checked_sub(1).and_then(|at| nodes[parent].children.get(at)).copied();
                if let Some(before) = before
                    && let Node { kind: NodeKind::Text(words), span, .. } = &mut nodes[before]
                    // What was moved to other words stays by itself, so that it is where its span says.
                    && (place.start <= span.end || self.is_passed(span.end, place.start))
                {
                    words.push_str(&text);
                    *span = span.to(place);
                    return;
                }
                let id = nodes.len();
                nodes.push(Node {
                    kind: NodeKind::Text(text.to_string()),
                    parent: Some(parent),
                    children: Vec::new(),
                    span: place,
                });
                nodes[parent].children.insert(at, id);
            }
        }
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Self;
    type ElemName<'a> = ElementName;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        0
    }

    fn elem_name(&self, target: &NodeId) -> ElementName {
        match &self.nodes.borrow()[*target].kind {
            NodeKind::Element(Element { name, .. }) | NodeKind::Hole(name, _) => ElementName(name.clone()),
            _ => ElementName(QualName::new(None, ns!(), LocalName::from(""))),
        }
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> NodeId {
        let mut nodes = self.nodes.borrow_mut();
        let place = self.place.get();
        self.waiting.set(false);
        if attributes.iter().any(|attribute| &*attribute.name.local == HOLE)
            && let Some(hole) = self.hole.take()
        {
            let kind = NodeKind::Hole(name, RefCell::new(hole));
            nodes.push(Node { kind, parent: None, children: Vec::new(), span: place });
            return nodes.len() - 1;
        }
        // What the algorithm opens by itself has no tag of its own.
        let mut opening = self.opening.borrow_mut();
        let tag = opening.take_if(|opening| *opening == name.local).map(|_| place);
        if tag.is_none() {
            let cost = size_of::<Node>() + attributes.len() * size_of::<Attribute>();
            self.reopened.set(self.reopened.get().saturating_add(cost));
        }
        let span = tag.unwrap_or(Span::new(place.start as usize, place.start as usize));
        let element = Element { name, attributes, tag, used: Cell::new(0), depth: 0 };
        nodes.push(Node { kind: NodeKind::Element(element), parent: None, children: Vec::new(), span });
        nodes.len() - 1
    }

    fn create_comment(&self, _: StrTendril) -> NodeId {
        let mut nodes = self.nodes.borrow_mut();
        let span = Span::default();
        nodes.push(Node { kind: NodeKind::Document, parent: None, children: Vec::new(), span });
        nodes.len() - 1
    }

    fn create_pi(&self, _: StrTendril, data: StrTendril) -> NodeId {
        self.create_comment(data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        let at = self.nodes.borrow()[*parent].children.len();
        self.insert(*parent, at, child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, before: &NodeId, child: NodeOrText<NodeId>) {
        if self.nodes.borrow()[*element].parent.is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(before, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        *target
    }

    fn same_node(&self, a: &NodeId, b: &NodeId) -> bool {
        a == b
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        let nodes = self.nodes.borrow();
        let Some(parent) = nodes[*sibling].parent else { return };
        let at = nodes[parent].children.iter().rposition(|id| id == sibling).unwrap_or_default();
        drop(nodes);
        self.insert(parent, at, child);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        let mut nodes = self.nodes.borrow_mut();
        let NodeKind::Element(element) = &mut nodes[*target].kind else { return };
        for attribute in attributes {
            if !element.attributes.iter().any(|a| a.name == attribute.name) {
                element.attributes.push(attribute);
            }
        }
        // A second <html> or <body>.
        element.tag = element.tag.or(Some(self.place.get()));
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let children = std::mem::take(&mut self.nodes.borrow_mut()[*node].children);
        let mut nodes = self.nodes.borrow_mut();
        for child in &children {
            nodes[*child].parent = Some(*new_parent);
        }
        nodes[*new_parent].children.extend(children);
    }
}

/// The name of an element.
#[derive(Debug)]
pub(super) struct ElementName(QualName);

impl html5ever::interface::ElemName for ElementName {
    fn ns(&self) -> &html5ever::Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }

    fn expanded(&self) -> ExpandedName<'_> {
        self.0.expanded()
    }
}
