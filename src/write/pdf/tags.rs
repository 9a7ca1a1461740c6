//! The structure tree (PDF 32000-1, 14.7 and 14.8) as PDF/UA-1 wants it, or that of PDF 2.0 (ISO 32000-2) as
//! PDF/UA-2 does.

use super::file::File;
use super::images::ImageSet;
use super::ops::points;
use super::pages::{ParentKey, Record};
use super::standard::Version;
use super::text_string;
use super::tree;
use crate::format::Error;
use crate::layout::structure::{ListNumbering, Role, StructId, StructNode, Structure};
use crate::model::Scope;
use crate::style::Length;
use lopdf::{Dictionary, Object, ObjectId, StringFormat};
use std::collections::{BTreeMap, BTreeSet};

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
        Some(namespace) => dict.set("Namespaces", vec![namespace.into()]),
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
            Some(((*destination)?, structure.named(anchor)?.0 as usize))
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

    fn write_element(
        &self,
        n: usize,
        root: ObjectId,
        images: &ImageSet,
        file: &mut File<'_>,
    ) -> Result<(), Error> {
        if self.objects[n] == 0 {
            return Ok(());
        }
        let node = &self.nodes[n];
        let id = (self.objects[n], 0);
        let parent = node.parent.map_or(root, |p| (self.holder(p.0 as usize), 0));
        let mut dict = Dictionary::new();
        let name = self.name(n);
        dict.set("S", name);
        self.set_namespace(name, &mut dict);
        dict.set("P", parent);
        if let Some(refs) = self.refs.get(&n) {
            dict.set("Ref", refs.iter().map(|&n| self.reference(n)).collect::<Vec<_>>());
        }
        if let Some(lang) = self.structure.language(StructId(n as u32)) {
            dict.set("Lang", Object::string_literal(lang.as_str()));
        }
        if let Some(alt) = self.alternative(n, images) {
            dict.set("Alt", text_string::object(&alt));
        }
        if self.is_identified(n) {
            dict.set("ID", Object::String(identifier(n), StringFormat::Literal));
        }
        if let Some(attributes) = self.attributes(n) {
            dict.set("A", attributes);
        }
        if let Some(&mathml) = self.formulas.get(&StructId(n as u32)) {
            dict.set("AF", vec![Object::Reference(mathml)]);
        }
        match self.inner_links.get(&n) {
            None => self.set_kids(n, &mut dict),
            Some(&inner) => {
                dict.set("K", (inner, 0));
                let mut link = Dictionary::new();
                link.set("S", "Link");
                self.set_namespace("Link", &mut link);
                link.set("P", id);
                self.set_kids(n, &mut link);
                file.object((inner, 0), link)?;
            }
        }
        file.object(id, dict)
    }

    /// Sets the kids of an element: marked content, elements, links.
    fn set_kids(&self, n: usize, dict: &mut Dictionary) {
        // The page that marks without a page of their own are on.
        let mut on: Option<u32> = None;
        let mut kids = Vec::new();
        for child in self.children.of(n) {
            if self.nodes[child].role != Role::Content {
                if self.objects[child] != 0 {
                    kids.push(self.reference(child));
                }
                continue;
            }
            for &mark in self.marks.of(child) {
                let mark = self.record.marks[mark as usize];
                if *on.get_or_insert(mark.page) == mark.page {
                    kids.push(i64::from(mark.id).into());
                } else {
                    let mut reference = Dictionary::new();
                    reference.set("Type", "MCR");
                    reference.set("Pg", self.page(mark.page));
                    reference.set("MCID", i64::from(mark.id));
                    kids.push(reference.into());
                }
            }
        }
        for &link in self.links.of(n) {
            let link = self.record.links[link as usize];
            let mut reference = Dictionary::new();
            reference.set("Type", "OBJR");
            if on != Some(link.page) {
                reference.set("Pg", self.page(link.page));
            }
            reference.set("Obj", link.annotation);
            kids.push(reference.into());
        }
        if let Some(page) = on {
            dict.set("Pg", self.page(page));
        }
        match kids.len() {
            0 => {}
            1 => dict.set("K", kids.swap_remove(0)),
            _ => dict.set("K", kids),
        }
    }

    /// Says that a type is one of PDF 2.0 and not of 1.7, whose types need no namespace (ISO 32000-2, 14.8.6).
    fn set_namespace(&self, name: &str, dict: &mut Dictionary) {
        if let Some(namespace) = self.namespace
            && !matches!(name, "BlockQuote" | "Code" | "Reference" | "TOC" | "TOCI")
        {
            dict.set("NS", namespace);
        }
    }

    fn name(&self, n: usize) -> &'static str {
        if self.version == Version::V2_0 {
            match (&self.nodes[n].role, self.parent_role(n)) {
                (Role::Note, _) => return "FENote",
                // What lists and entries of contents may hold (ISO/TS 32005, table 5).
                (Role::Link, Some(Role::TocItem)) => return "Reference",
                (Role::Paragraph, Some(Role::Toc)) => return "Caption",
                (Role::BlockQuote | Role::Aside, Some(Role::TableData { .. } | Role::TableHeader { .. }))
                | (Role::Aside, Some(Role::Aside | Role::BlockQuote)) => return "Div",
                (Role::Heading(_), Some(Role::Note)) => return "P",
                _ => {}
            }
        }
        match self.nodes[n].role {
            Role::Document => "Document",
            Role::Part => "Part",
            Role::Section => "Sect",
            Role::Title => "Title",
            Role::Heading(_) => match self.levels.get(&n) {
                None | Some(1) => "H1",
                Some(2) => "H2",
                Some(3) => "H3",
                Some(4) => "H4",
                Some(5) => "H5",
                Some(_) => "H6",
            },
            Role::Paragraph => "P",
            Role::List(_) => "L",
            Role::ListItem => "LI",
            Role::Label => "Lbl",
            Role::ListBody => "LBody",
            Role::Table => "Table",
            // A table of heads alone has them for its body: without one it may have neither.
            Role::TableHead | Role::TableFoot if !self.has_body(n) => "TBody",
            Role::TableHead => "THead",
            Role::TableBody => "TBody",
            Role::TableFoot => "TFoot",
            Role::TableRow => "TR",
            Role::TableHeader { .. } => "TH",
            Role::TableData { .. } => "TD",
            Role::Caption => "Caption",
            Role::Figure => "Figure",
            Role::Formula => "Formula",
            Role::BlockQuote => "BlockQuote",
            Role::Code => "Code",
            Role::Aside => "Aside",
            Role::Note => "Note",
            Role::Reference => "Reference",
            Role::Toc => "TOC",
            Role::TocItem => "TOCI",
            // One that leads nowhere in the file is words like others.
            Role::Link if self.links.of(n).is_empty() => "Span",
            Role::Link => "Link",
            Role::Span | Role::Content => "Span",
        }
    }

    /// Whether there is a body beside a part of a table.
    fn has_body(&self, part: usize) -> bool {
        let parts = self.nodes[part].parent.map(|StructId(table)| self.children.of(table as usize));
        parts.into_iter().flatten().any(|n| self.nodes[n].role == Role::TableBody && self.objects[n] != 0)
    }

    /// The alternative text; figures and formulas need one.
    fn alternative(&self, n: usize, images: &ImageSet) -> Option<String> {
        let given = self.structure.alternative(StructId(n as u32));
        let given = given.filter(|alt| !alt.trim().is_empty()).map(str::to_owned);
        match self.nodes[n].role {
            Role::Figure => given.or_else(|| {
                let image = self.boxes.get(&n).and_then(|(_, _, image)| *image);
                let name = image.and_then(|i| images.name(i)).filter(|name| !name.trim().is_empty());
                Some(name.unwrap_or("Image").to_owned())
            }),
            Role::Formula => given.or_else(|| Some("Formula".to_owned())),
            _ => given,
        }
    }

    /// Standard attributes (14.8.5).
    fn attributes(&self, n: usize) -> Option<Dictionary> {
        let mut dict = Dictionary::new();
        match &self.nodes[n].role {
            Role::List(numbering) => {
                dict.set("O", "List");
                let numbering = match numbering {
                    ListNumbering::Disc => "Disc",
                    ListNumbering::Decimal => "Decimal",
                    ListNumbering::LowerAlpha => "LowerAlpha",
                    ListNumbering::UpperAlpha => "UpperAlpha",
                    ListNumbering::LowerRoman => "LowerRoman",
                    ListNumbering::UpperRoman => "UpperRoman",
                    // Terms and what they mean.
                    ListNumbering::None if self.version == Version::V2_0 => "Description",
                    ListNumbering::None => "None",
                };
                dict.set("ListNumbering", numbering);
            }
            Role::TableHeader { scope, col_span, row_span } => {
                dict.set("O", "Table");
                dict.set("Scope", if *scope == Scope::Row { "Row" } else { "Column" });
                set_spans(&mut dict, *col_span, *row_span);
            }
            Role::TableData { col_span, row_span } => {
                let headers =
                    self.structure.headers().get(&StructId(n as u32)).map_or(&[][..], Vec::as_slice);
                if *col_span <= 1 && *row_span <= 1 && headers.is_empty() {
                    return None;
                }
                dict.set("O", "Table");
                set_spans(&mut dict, *col_span, *row_span);
                if !headers.is_empty() {
                    let id = |header: &StructId| identifier(header.0 as usize);
                    let ids = headers.iter().map(|h| Object::String(id(h), StringFormat::Literal));
                    dict.set("Headers", ids.collect::<Vec<_>>());
                }
            }
            Role::Figure | Role::Formula => {
                let (_, edges, _) = self.boxes.get(&n)?;
                dict.set("O", "Layout");
                dict.set("BBox", edges.map(|edge| Object::Real(points(edge))).to_vec());
            }
            Role::Note if self.version == Version::V2_0 => {
                dict.set("O", "FENote");
                // At the foot of its page or in a list: the structure is the same.
                dict.set("NoteType", "None");
            }
            _ => return None,
        }
        Some(dict)
    }

    /// From each page's marks and each link to their elements (14.7.4.4).
    fn write_parent_tree(&self, file: &mut File<'_>) -> Result<ObjectId, Error> {
        let element = |leaf: StructId| {
            let parent = self.nodes[leaf.0 as usize].parent.unwrap_or(leaf);
            Object::Reference((self.holder(parent.0 as usize), 0))
        };
        let entries = self.record.parents.iter().enumerate().map(|(key, parent)| {
            let value = match parent {
                ParentKey::Page(marks) => {
                    Object::Array(self.record.marks[marks.clone()].iter().map(|m| element(m.leaf)).collect())
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

fn set_spans(dict: &mut Dictionary, col_span: u16, row_span: u16) {
    if col_span > 1 {
        dict.set("ColSpan", i64::from(col_span));
    }
    if row_span > 1 {
        dict.set("RowSpan", i64::from(row_span));
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
