//! The structure tree (PDF 32000-1, 14.7 and 14.8) as PDF/UA-1 wants it, or that of PDF 2.0 (ISO 32000-2) as
//! PDF/UA-2 does.

use super::file::File;
use super::images::ImageSet;
use super::pages::{Mark, ParentKey, Record};
use super::standard::Version;
use super::tree;
use crate::format::Error;
use crate::layout::structure::{Role, StructId, StructNode, Structure};
use crate::style::Length;
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

mod element;
mod formula;

/// The structure tree that is written.
pub(super) struct Tags {
    pub(super) root: ObjectId,
    /// The object of each element, or of the nearest above it that is written.
    objects: Vec<u32>,
}

impl Tags {
    /// The object of an element; without one, that of the whole document.
    pub(super) fn element(&self, node: Option<StructId>) -> ObjectId {
        let node = node.map_or(0, |StructId(n)| n as usize);
        self.objects.get(node).map_or(self.root, |&object| (object, 0))
    }
}

/// Writes the structure tree. `formulas`: the files that formulas are associated with.
pub(super) fn write(
    structure: &Structure,
    record: &Record,
    images: &ImageSet,
    formulas: &BTreeMap<StructId, ObjectId>,
    version: Version,
    file: &mut File<'_>,
) -> Result<Tags, Error> {
    let mut plan = Plan::new(structure, record, formulas, version, file);
    let root = file.reserve();
    if version == Version::V2_0 {
        let mut namespace = Dictionary::new();
        namespace.set("Type", "Namespace");
        namespace.set("NS", Object::string_literal("http://iso.org/pdf2/ssn"));
        plan.namespace = Some(file.add(namespace)?);
        if !plan.math.is_empty() {
            let mut namespace = Dictionary::new();
            namespace.set("Type", "Namespace");
            namespace.set("NS", Object::string_literal("http://www.w3.org/1998/Math/MathML"));
            plan.mathml = Some(file.add(namespace)?);
        }
    }
    for index in 0..structure.nodes().len() {
        plan.write_element(index, root, images, file)?;
    }
    let mut dict = Dictionary::new();
    dict.set("Type", "StructTreeRoot");
    dict.set("K", if structure.nodes().is_empty() { Object::Null } else { plan.reference(0) });
    dict.set("ParentTree", plan.write_parent_tree(file)?);
    dict.set("ParentTreeNextKey", record.parents.len() as i64);
    match plan.namespace {
        Some(namespace) => {
            let namespaces = [namespace].into_iter().chain(plan.mathml).map(Object::Reference);
            dict.set("Namespaces", namespaces.collect::<Vec<_>>());
        }
        None => {
            // Types of later PDF versions, by the nearest of 1.7.
            let mut roles = Dictionary::new();
            roles.set("Title", "H1");
            roles.set("Aside", "Sect");
            dict.set("RoleMap", roles);
        }
    }
    let ids: Vec<_> = (0..structure.nodes().len())
        .filter(|&n| plan.is_identified(n))
        .map(|n| (identifier(n), plan.reference(n)))
        .collect();
    if !ids.is_empty() {
        dict.set("IDTree", tree::names(file, ids)?);
    }
    file.object(root, dict)?;
    let mut objects = plan.objects;
    for (n, node) in structure.nodes().iter().enumerate() {
        if objects[n] == 0 {
            objects[n] = node.parent.map_or(root.0, |StructId(parent)| objects[parent as usize]);
        }
    }
    Ok(Tags { root, objects })
}

/// The children of each node, in the order in which they are read.
pub(super) struct Children {
    /// Each node's first child and next sibling, by number; 0 is none, for the root is no child.
    first: Vec<u32>,
    next: Vec<u32>,
}

impl Children {
    /// The children of a node in order.
    pub(super) fn of(&self, n: usize) -> impl Iterator<Item = usize> {
        let some = |n: u32| (n != 0).then_some(n);
        let first = self.first.get(n).copied().and_then(some);
        std::iter::successors(first, move |&n| some(self.next[n as usize])).map(|n| n as usize)
    }
}

/// Everything that must be known before the first element is written.
struct Plan<'a> {
    structure: &'a Structure,
    nodes: &'a [StructNode],
    record: &'a Record,
    children: Children,
    /// Marks and links by their node.
    marks: ByNode,
    links: ByNode,
    /// The element's object number; 0 for content leaves and for what is left out.
    objects: Vec<u32>,
    /// The object number of the link inside an element that leads somewhere but is no link.
    inner_links: BTreeMap<usize, u32>,
    /// Heading levels without gaps.
    levels: BTreeMap<usize, u8>,
    /// What is drawn in figures and formulas: page, edges, image.
    boxes: BTreeMap<usize, (usize, [Length; 4], Option<usize>)>,
    /// Header cells that data cells name.
    named_headers: BTreeSet<usize>,
    /// The files that formulas are associated with.
    formulas: &'a BTreeMap<StructId, ObjectId>,
    version: Version,
    /// That of PDF 2.0, in a file of it.
    namespace: Option<ObjectId>,
    /// In PDF 2.0, the number of the object of each formula's `math`, which those of the elements in it follow;
    /// and their namespace.
    math: BTreeMap<usize, u32>,
    mathml: Option<ObjectId>,
    /// In PDF 2.0, the elements that an element refers to: notes and their calls each other, entries of the
    /// contents their headings.
    refs: BTreeMap<usize, BTreeSet<usize>>,
}

impl<'a> Plan<'a> {
    fn new(
        structure: &'a Structure,
        record: &'a Record,
        formulas: &'a BTreeMap<StructId, ObjectId>,
        version: Version,
        file: &mut File<'_>,
    ) -> Self {
        let nodes = structure.nodes();
        let (first, next) = structure.links();
        let children = Children { first, next };
        let named_headers = structure.headers().values().flatten().map(|header| header.0 as usize).collect();
        let mut plan = Plan {
            structure,
            nodes,
            record,
            children,
            marks: ByNode::new(nodes.len(), record.marks.iter().map(|m| m.leaf)),
            links: ByNode::new(nodes.len(), record.links.iter().map(|l| l.owner)),
            objects: vec![0; nodes.len()],
            inner_links: BTreeMap::new(),
            levels: BTreeMap::new(),
            boxes: BTreeMap::new(),
            named_headers,
            formulas,
            version,
            namespace: None,
            math: BTreeMap::new(),
            mathml: None,
            refs: BTreeMap::new(),
        };
        plan.number(file);
        plan.refer(structure);
        plan.level_headings();
        plan.unite_boxes();
        plan
    }

    /// Gives object numbers to the elements that are written: those with something in them, and
    /// those that give a table its shape.
    fn number(&mut self, file: &mut File<'_>) {
        let mut kept = vec![false; self.nodes.len()];
        for (n, node) in self.nodes.iter().enumerate().rev() {
            let shapes = matches!(
                node.role,
                Role::Document | Role::TableRow | Role::TableData { .. } | Role::TableHeader { .. }
            );
            kept[n] |= shapes || !self.marks.of(n).is_empty() || !self.links.of(n).is_empty();
            if let (true, Some(StructId(parent))) = (kept[n], node.parent) {
                kept[parent as usize] = true;
            }
        }
        let elements = || (0..self.nodes.len()).filter(|&n| kept[n] && self.nodes[n].role != Role::Content);
        let first = file.reserve_many(elements().count());
        for (n, object) in elements().zip(first..) {
            self.objects[n] = object;
        }
        let outer = |n: &usize| !self.is_link(*n) && !self.links.of(*n).is_empty();
        let outer: Vec<_> = elements().filter(outer).collect();
        let first = file.reserve_many(outer.len());
        self.inner_links = outer.into_iter().zip(first..).collect();
        if self.version == Version::V2_0 {
            for (&StructId(n), elements) in self.structure.math() {
                let has_parts = |leaf: usize| {
                    self.marks.of(leaf).iter().any(|&mark| self.record.marks[mark as usize].part.is_some())
                };
                if self.objects[n as usize] != 0 && self.children.of(n as usize).any(has_parts) {
                    self.math.insert(n as usize, file.reserve_many(elements.len()));
                }
            }
        }
    }

    /// Whether an element may hold the annotation of a link itself.
    fn is_link(&self, n: usize) -> bool {
        match self.nodes[n].role {
            Role::Link => true,
            Role::Reference => self.version == Version::V2_0,
            _ => false,
        }
    }

    /// Finds what elements refer to (ISO 14289-2, 8.2.5.8 and 8.2.5.14), from where their links lead.
    fn refer(&mut self, structure: &Structure) {
        let named = |(anchor, destination): (&String, &Option<ObjectId>)| {
            let destination = (*destination)?;
            // What is not written is in what is; what nothing has, in the document.
            let mut target = structure.named(anchor).map_or(0, |StructId(n)| n as usize);
            while let (0, Some(StructId(parent))) = (self.objects[target], self.nodes[target].parent) {
                target = parent as usize;
            }
            Some((destination, target))
        };
        let targets: BTreeMap<ObjectId, usize> = self.record.anchors.iter().filter_map(named).collect();
        for link in &self.record.links {
            let Some(&target) = link.destination.as_ref().and_then(|d| targets.get(d)) else { continue };
            if self.objects[target] == 0 {
                continue;
            }
            let owner = link.owner.0 as usize;
            if self.nodes[target].role == Role::Note {
                self.refs.entry(owner).or_default().insert(target);
                self.refs.entry(target).or_default().insert(owner);
            } else if self.parent_role(owner) == Some(&Role::TocItem) {
                self.refs.entry(owner).or_default().insert(target);
            }
        }
    }

    fn parent_role(&self, n: usize) -> Option<&Role> {
        self.nodes[n].parent.map(|StructId(parent)| &self.nodes[parent as usize].role)
    }

    /// Closes the gaps between heading levels: a heading is at most one below the one above it,
    /// and the first is level 1. Siblings stay siblings.
    fn level_headings(&mut self) {
        // The open headings: as the document has them, and as they are written.
        let mut open: Vec<(u8, u8)> = Vec::new();
        let mut stack = vec![0];
        while let Some(n) = stack.pop() {
            let level = match self.nodes[n].role {
                // In PDF 2.0 a title is no heading.
                Role::Title if self.version == Version::V1_7 => Some(1),
                Role::Heading(level) => Some(level),
                _ => None,
            };
            if let Some(level) = level.filter(|_| self.objects[n] != 0) {
                while open.last().is_some_and(|(above, _)| *above >= level) {
                    open.pop();
                }
                let written = (open.last().map_or(0, |(_, written)| *written) + 1).min(6);
                open.push((level, written));
                self.levels.insert(n, written);
            }
            let children: Vec<_> = self.children.of(n).collect();
            stack.extend(children.into_iter().rev());
        }
    }

    /// Unites what is drawn in each figure and formula, on the page where it starts.
    fn unite_boxes(&mut self) {
        for (page, drawn) in &self.record.boxes {
            let mut at = Some(drawn.leaf);
            while let Some(StructId(n)) = at {
                let node = &self.nodes[n as usize];
                if matches!(node.role, Role::Figure | Role::Formula) {
                    let (first, edges, _) =
                        self.boxes.entry(n as usize).or_insert((*page, drawn.edges, drawn.image));
                    if first == page {
                        let [left, bottom, right, top] = drawn.edges;
                        *edges = [
                            edges[0].min(left),
                            edges[1].min(bottom),
                            edges[2].max(right),
                            edges[3].max(top),
                        ];
                    }
                    break;
                }
                at = node.parent;
            }
        }
    }

    fn reference(&self, n: usize) -> Object {
        Object::Reference((self.objects[n], 0))
    }

    /// The object number of the element that a leaf's or link's content is in.
    fn holder(&self, n: usize) -> u32 {
        self.inner_links.get(&n).copied().unwrap_or(self.objects[n])
    }

    fn page(&self, page: u32) -> Object {
        Object::Reference(self.record.sizes[page as usize].object)
    }

    fn is_identified(&self, n: usize) -> bool {
        self.objects[n] != 0 && (self.nodes[n].role == Role::Note || self.named_headers.contains(&n))
    }

    /// From each page's marks and each link to their elements (14.7.4.4).
    fn write_parent_tree(&self, file: &mut File<'_>) -> Result<ObjectId, Error> {
        let element = |mark: &Mark| {
            let parent = self.nodes[mark.leaf.0 as usize].parent.unwrap_or(mark.leaf).0 as usize;
            let part = mark.part.zip(self.math.get(&parent)).map(|(part, first)| first + part);
            Object::Reference((part.unwrap_or_else(|| self.holder(parent)), 0))
        };
        let entries = self.record.parents.iter().enumerate().map(|(key, parent)| {
            let value = match parent {
                ParentKey::Page(marks) => {
                    Object::Array(self.record.marks[marks.clone()].iter().map(element).collect())
                }
                ParentKey::Link(link) => {
                    Object::Reference((self.holder(self.record.links[*link].owner.0 as usize), 0))
                }
            };
            (key, value)
        });
        tree::numbers(file, entries)
    }
}

/// An identifier that sorts as its number does.
fn identifier(n: usize) -> Vec<u8> {
    format!("s{n:08}").into_bytes()
}

/// Indices of a list by the node that each belongs to, in the list's order.
struct ByNode {
    /// Where each node's indices start; one more than there are nodes.
    starts: Vec<u32>,
    indices: Vec<u32>,
}

impl ByNode {
    fn new(nodes: usize, owners: impl Iterator<Item = StructId> + Clone) -> Self {
        let mut starts = vec![0u32; nodes + 1];
        for owner in owners.clone() {
            starts[owner.0 as usize + 1] += 1;
        }
        for n in 0..nodes {
            starts[n + 1] += starts[n];
        }
        let mut next = starts.clone();
        let mut indices = vec![0; starts[nodes] as usize];
        for (index, owner) in owners.enumerate() {
            let at = &mut next[owner.0 as usize];
            indices[*at as usize] = index as u32;
            *at += 1;
        }
        ByNode { starts, indices }
    }

    fn of(&self, n: usize) -> &[u32] {
        &self.indices[self.starts[n] as usize..self.starts[n + 1] as usize]
    }
}
