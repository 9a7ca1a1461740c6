//! What belongs to the whole document rather than to a page: the logical structure that assistive
//! technology reads (PDF 32000-1, 14.7 and 14.8), the outline, anchors and page labels.

use super::length::Length;
use crate::math::elements::MathElement;
use crate::model::LanguageTag;
use std::collections::{BTreeMap, BTreeSet};

/// Everything about the document that is known once its last page is set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Index {
    /// The structure tree.
    pub structure: Structure,
    /// The outline, in order; a level may be at most one deeper than the entry before.
    pub outline: Vec<OutlineEntry>,
    /// Where each anchor is.
    pub anchors: BTreeMap<String, Place>,
    /// Ranges of page labels: the index of the first page (from 0), and how it and those after
    /// it are numbered.
    pub labels: Vec<(usize, PageLabels)>,
}

/// A place on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Page, from 0.
    pub page: usize,
    /// Distance from the left edge.
    pub x: Length,
    /// Distance from the top edge.
    pub y: Length,
}

/// An entry of the outline.
#[derive(Clone, Debug, PartialEq)]
pub struct OutlineEntry {
    /// Depth, from 0.
    pub depth: usize,
    /// The words.
    pub title: String,
    /// Where it leads.
    pub place: Place,
    /// The element of its heading.
    pub node: StructId,
}

/// How pages are labelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageLabels {
    /// i, ii, iii from the given number.
    LowerRoman(u32),
    /// 1, 2, 3 from the given number.
    Decimal(u32),
}

/// The structure tree. A node's parent comes before it, and siblings come in reading order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Structure {
    nodes: Vec<StructNode>,
    /// Nodes that are read after another child of their parent instead of where they were added.
    moved: Vec<(StructId, StructId)>,
    // What few elements have is kept beside them: there are six for every item of a list.
    /// Languages that differ from the parent's.
    languages: BTreeMap<StructId, LanguageTag>,
    /// Alternative texts, of figures and formulas.
    alternatives: BTreeMap<StructId, String>,
    /// The header cells that head a data cell.
    headers: BTreeMap<StructId, Vec<StructId>>,
    /// The formulas that could be read, as MathML.
    formulas: BTreeMap<StructId, String>,
    /// The elements that these formulas are.
    math: BTreeMap<StructId, Vec<MathElement>>,
    /// The notes that stand in a list, and not at the foot of a page.
    endnotes: BTreeSet<StructId>,
    /// The elements that anchors name.
    named: BTreeMap<String, StructId>,
}

/// The number of a node in the structure tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StructId(pub u32);

/// A node of the structure tree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StructNode {
    /// The node it belongs to; `None` for the root only.
    pub parent: Option<StructId>,
    /// What it is.
    pub role: Role,
}

const _: () = assert!(size_of::<StructNode>() <= 16);

impl Structure {
    /// Adds a node as its parent's last child.
    ///
    /// # Panics
    /// With more than 4 billion nodes, far above any limit on a document.
    pub fn add(&mut self, parent: Option<StructId>, role: Role) -> StructId {
        let id = u32::try_from(self.nodes.len()).expect("fewer than 2^32 nodes");
        self.nodes.push(StructNode { parent, role });
        StructId(id)
    }

    /// Marks the elements from number `first` on, all of one block, as of a language. The section that a
    /// heading opens and the notes that a block calls are not the block's own.
    pub(super) fn speak(&mut self, first: usize, lang: &LanguageTag) {
        for n in first..self.nodes.len() {
            let node = &self.nodes[n];
            let outermost = node.parent.is_none_or(|StructId(parent)| {
                (parent as usize) < first || self.nodes[parent as usize].role == Role::Section
            });
            let other = matches!(node.role, Role::Section | Role::Note | Role::Content);
            if outermost && !other {
                self.languages.entry(StructId(n as u32)).or_insert_with(|| lang.clone());
            }
        }
    }

    /// Each node's first child and next sibling; 0 is none, for the root is no child.
    pub(crate) fn links(&self) -> (Vec<u32>, Vec<u32>) {
        let (mut first, mut next) = (vec![0; self.nodes.len()], vec![0; self.nodes.len()]);
        for (n, node) in self.nodes.iter().enumerate().rev() {
            if let Some(StructId(parent)) = node.parent {
                next[n] = std::mem::replace(&mut first[parent as usize], n as u32);
            }
        }
        for &(StructId(node), StructId(sibling)) in &self.moved {
            let Some(StructId(parent)) = self.nodes[node as usize].parent else { continue };
            let (mut before, mut at) = (None, first[parent as usize]);
            while at != node {
                before = Some(at);
                at = next[at as usize];
            }
            let after = next[node as usize];
            match before {
                None => first[parent as usize] = after,
                Some(before) => next[before as usize] = after,
            }
            next[node as usize] = std::mem::replace(&mut next[sibling as usize], node);
        }
        (first, next)
    }

    /// Has an anchor name an element, if it is the first to bear it.
    pub(super) fn name(&mut self, anchor: String, node: StructId) {
        self.named.entry(anchor).or_insert(node);
    }

    /// The element that an anchor names.
    pub fn named(&self, anchor: &str) -> Option<StructId> {
        self.named.get(anchor).copied()
    }

    /// Gives an element a language; it has none of its own until then.
    pub fn set_language(&mut self, element: StructId, language: LanguageTag) {
        self.languages.insert(element, language);
    }

    /// An element's language, where it differs from the parent's.
    pub fn language(&self, element: StructId) -> Option<&LanguageTag> {
        self.languages.get(&element)
    }

    /// Gives a figure or formula its alternative text.
    pub fn set_alternative(&mut self, element: StructId, words: String) {
        self.alternatives.insert(element, words);
    }

    /// An element's alternative text.
    pub fn alternative(&self, element: StructId) -> Option<&str> {
        self.alternatives.get(&element).map(String::as_str)
    }

    /// Says which header cells head a data cell.
    pub fn set_headers(&mut self, cell: StructId, headers: Vec<StructId>) {
        self.headers.insert(cell, headers);
    }

    /// The header cells that head each data cell of which that is said.
    pub fn headers(&self) -> &BTreeMap<StructId, Vec<StructId>> {
        &self.headers
    }

    /// Gives the MathML of a formula.
    pub fn set_mathml(&mut self, formula: StructId, mathml: String) {
        self.formulas.insert(formula, mathml);
    }

    /// The formulas that could be read, as MathML.
    pub fn formulas(&self) -> &BTreeMap<StructId, String> {
        &self.formulas
    }

    /// Gives the elements of a formula that is set.
    pub(super) fn set_math(&mut self, formula: StructId, elements: Vec<MathElement>) {
        self.math.insert(formula, elements);
    }

    /// The elements of each formula that is set.
    pub(crate) fn math(&self) -> &BTreeMap<StructId, Vec<MathElement>> {
        &self.math
    }

    /// Says of a note that it stands in a list.
    pub(super) fn set_endnote(&mut self, note: StructId) {
        self.endnotes.insert(note);
    }

    /// Whether a note stands in a list, and not at the foot of a page.
    pub fn is_endnote(&self, note: StructId) -> bool {
        self.endnotes.contains(&note)
    }

    /// Has a node read right after another child of its parent.
    pub(super) fn read_after(&mut self, node: StructId, sibling: StructId) {
        if node != sibling && self.node(node).parent == self.node(sibling).parent {
            self.moved.push((node, sibling));
        }
    }

    /// The nodes, by number.
    pub fn nodes(&self) -> &[StructNode] {
        &self.nodes
    }

    /// One node.
    pub fn node(&self, id: StructId) -> &StructNode {
        &self.nodes[id.0 as usize]
    }
}

/// Numbers the elements and leaves of running text as they are met, after the element they are in.
/// What makes them and what sets the text go by it alike.
#[derive(Clone, Debug)]
pub struct Numbering {
    next: u32,
    /// The last leaf and its parent: text goes on in it while the parent stays the same.
    leaf: Option<(StructId, StructId)>,
}

impl Numbering {
    /// For all the text under an element.
    pub fn under(parent: StructId) -> Self {
        Numbering::from(StructId(parent.0 + 1))
    }

    /// For text whose first element or leaf has a number.
    pub fn from(first: StructId) -> Self {
        Numbering { next: first.0, leaf: None }
    }

    /// The number of the next element.
    pub fn element(&mut self) -> StructId {
        self.leaf = None;
        self.take()
    }

    /// The number of the leaf for text of an element, and whether it is a new one.
    pub fn leaf(&mut self, parent: StructId) -> (StructId, bool) {
        match self.leaf {
            Some((leaf, of)) if of == parent => (leaf, false),
            _ => {
                let leaf = self.take();
                self.leaf = Some((leaf, parent));
                (leaf, true)
            }
        }
    }

    fn take(&mut self) -> StructId {
        let id = StructId(self.next);
        self.next += 1;
        id
    }
}

/// What a node of the structure tree is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Role {
    /// The root.
    Document,
    /// A chapter of a book.
    Part,
    /// A section.
    Section,
    /// The title of the document or chapter.
    Title,
    /// A heading, 1 to 6; the writer closes gaps.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list.
    List(ListNumbering),
    /// An item of a list.
    ListItem,
    /// The marker of an item or a note.
    Label,
    /// The body of an item.
    ListBody,
    /// A table.
    Table,
    /// The head rows.
    TableHead,
    /// The body rows.
    TableBody,
    /// The foot rows.
    TableFoot,
    /// A row.
    TableRow,
    /// A header cell.
    TableHeader {
        /// What it heads.
        scope: crate::model::Scope,
        /// Columns covered.
        col_span: u16,
        /// Rows covered.
        row_span: u16,
    },
    /// A data cell.
    TableData {
        /// Columns covered.
        col_span: u16,
        /// Rows covered.
        row_span: u16,
    },
    /// The caption of a table or figure.
    Caption,
    /// A figure.
    Figure,
    /// A formula.
    Formula,
    /// A block quotation.
    BlockQuote,
    /// Code, block or inline.
    Code,
    /// Something beside the running text, such as the infobox.
    Aside,
    /// A note at the foot of a page.
    Note,
    /// The call of a note.
    Reference,
    /// A table of contents.
    Toc,
    /// An entry of a table of contents.
    TocItem,
    /// A link.
    Link,
    /// A run of text that has a language of its own.
    Span,
    /// No element: drawn content of the parent at this place among its children. Only such
    /// leaves are referred to by [`Tag::Content`](super::page::Tag::Content).
    Content,
}

/// How a list's items are numbered (PDF 32000-1, table 347).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListNumbering {
    /// Bullets.
    Disc,
    /// Numbers.
    Decimal,
    /// Lower-case letters.
    LowerAlpha,
    /// Capital letters.
    UpperAlpha,
    /// Lower-case roman numerals.
    LowerRoman,
    /// Capital roman numerals.
    UpperRoman,
    /// No marker.
    None,
}
