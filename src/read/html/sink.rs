//! What the tree builder does to the tree.

use super::hole::Hole;
use super::tree::{Element, NODE, NodeId, NodeKind, Tree};
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
    pub tree: RefCell<Tree>,
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
        Sink {
            tree: RefCell::new(Tree::new(span)),
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
        self.tree.borrow().depth(self.current.get())
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
        let tree = self.tree.borrow();
        tree.element(self.current.get()).is_some_and(|element| RAW_TEXT.contains(&&**element.local()))
    }

    /// Ends the innermost element of a name, where its end tag stands. The tree builder knows better
    /// which elements are open, and does not tell.
    pub fn close(&self, name: &LocalName, place: Span) {
        let mut tree = self.tree.borrow_mut();
        let mut at = self.current.get();
        while let Some(element) = tree.element(at) {
            let parent = tree.parent(at).unwrap_or_default();
            if element.local() == name {
                let span = tree.span(at).to(place);
                tree.set_span(at, span);
                self.current.set(parent);
                return;
            }
            at = parent;
        }
    }

    /// Puts the hole at the end of all.
    pub fn append_hole(&self) {
        let Some(hole) = self.hole.take() else { return };
        let mut tree = self.tree.borrow_mut();
        let Some(root) = tree.children(0).next() else { return };
        let id = tree.add_hole(LocalName::from("div"), hole, self.place.get());
        tree.attach(id, root, None);
    }

    /// Puts a child into a parent, before one that it has, or at its end.
    fn insert(&self, parent: NodeId, next: Option<NodeId>, child: NodeOrText<NodeId>) {
        let place = self.words.get();
        let mut tree = self.tree.borrow_mut();
        match child {
            NodeOrText::AppendNode(id) => {
                tree.detach(id);
                tree.attach(id, parent, next.filter(|next| *next != id));
                if tree.element(id).is_some() {
                    self.current.set(id);
                }
            }
            NodeOrText::AppendText(text) => {
                self.waiting.set(false);
                let before = match next {
                    Some(next) => tree.before(next),
                    None => tree.children(parent).next_back(),
                };
                if let Some(before) = before
                    && let end = tree.span(before).end
                    // What was moved to other words stays by itself, so that it is where its span says.
                    && (place.start <= end || self.is_passed(end, place.start))
                    && tree.go_on(before, &text, place)
                {
                    return;
                }
                let id = tree.add_text(&text, place);
                tree.attach(id, parent, next);
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
        ElementName(match self.tree.borrow().kind(*target) {
            NodeKind::Element(element) => element.qualified(),
            NodeKind::Hole(name, _) => QualName::new(None, ns!(html), name.clone()),
            _ => QualName::new(None, ns!(), LocalName::from("")),
        })
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> NodeId {
        let mut tree = self.tree.borrow_mut();
        let place = self.place.get();
        self.waiting.set(false);
        if attributes.iter().any(|attribute| &*attribute.name.local == HOLE)
            && let Some(hole) = self.hole.take()
        {
            return tree.add_hole(name.local, hole, place);
        }
        // What the algorithm opens by itself has no tag of its own.
        let mut opening = self.opening.borrow_mut();
        let tag = opening.take_if(|opening| *opening == name.local).map(|_| place);
        if tag.is_none() {
            let cost = NODE + attributes.len() * size_of::<Attribute>();
            self.reopened.set(self.reopened.get().saturating_add(cost));
        }
        let span = tag.unwrap_or(Span::new(place.start as usize, place.start as usize));
        tree.add_element(Element::new(name, attributes, tag), span)
    }

    fn create_comment(&self, _: StrTendril) -> NodeId {
        self.tree.borrow_mut().add_comment()
    }

    fn create_pi(&self, _: StrTendril, data: StrTendril) -> NodeId {
        self.create_comment(data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.insert(*parent, None, child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, before: &NodeId, child: NodeOrText<NodeId>) {
        if self.tree.borrow().parent(*element).is_some() {
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
        let parent = self.tree.borrow().parent(*sibling);
        if let Some(parent) = parent {
            self.insert(parent, Some(*sibling), child);
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        let mut tree = self.tree.borrow_mut();
        let Some(element) = tree.element_mut(*target) else { return };
        element.add_attributes(attributes);
        // A second <html> or <body>.
        element.open(Some(self.place.get()));
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.tree.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.tree.borrow_mut().move_children(*node, *new_parent);
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
