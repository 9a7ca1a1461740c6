//! The tree that the line pass builds: an arena, with the recovery of HTML for what is badly nested.

use super::html::Tag;
use std::ops::Range;

pub type ElementId = u32;

/// No element.
pub const NONE: ElementId = u32::MAX;

/// An element. Ranges are those of the expanded text.
#[derive(Clone, Debug)]
pub struct Element {
    pub tag: Tag,
    /// Made by wikitext, not by a tag.
    pub wiki: bool,
    pub start: u32,
    pub end: u32,
    /// Attributes, or what identifies a link, picture or item.
    pub detail: Range<u32>,
    pub first_child: ElementId,
    last_child: ElementId,
    pub next: ElementId,
}

/// How many inline elements are opened again in the next paragraph.
const CARRIED: usize = 8;

/// A tree under construction.
#[derive(Debug)]
pub struct Tree {
    pub elements: Vec<Element>,
    stack: Vec<ElementId>,
    /// Inline tags that were open when a paragraph ended: opened again in the next.
    carried: Vec<(Tag, Range<u32>)>,
    /// Elements that are too deep to be opened and not yet closed.
    overflow: usize,
    /// The deepest the stack may get.
    limit: usize,
    /// Where something was first too deep.
    pub flattened: Option<Range<usize>>,
}

impl Tree {
    pub fn new(length: usize, limit: usize) -> Self {
        let mut tree = Tree {
            elements: Vec::with_capacity(length / 24 + 8),
            stack: Vec::with_capacity(32),
            carried: Vec::new(),
            overflow: 0,
            limit: limit.max(4),
            flattened: None,
        };
        let root = tree.element(Tag::Root, 0..length, 0..0);
        tree.stack.push(root);
        tree
    }

    pub fn get(&self, id: ElementId) -> &Element {
        &self.elements[id as usize]
    }

    /// The children of an element, in order.
    pub fn children(&self, id: ElementId) -> impl Iterator<Item = ElementId> + '_ {
        let mut next = self.get(id).first_child;
        std::iter::from_fn(move || {
            let id = next;
            (id != NONE).then(|| {
                next = self.get(id).next;
                id
            })
        })
    }

    fn element(&mut self, tag: Tag, range: Range<usize>, detail: Range<usize>) -> ElementId {
        let id = self.elements.len() as ElementId;
        self.elements.push(Element {
            tag,
            wiki: false,
            start: range.start as u32,
            end: range.end as u32,
            detail: detail.start as u32..detail.end as u32,
            first_child: NONE,
            last_child: NONE,
            next: NONE,
        });
        id
    }

    fn append(&mut self, parent: ElementId, child: ElementId) {
        let last = self.elements[parent as usize].last_child;
        if last == NONE {
            self.elements[parent as usize].first_child = child;
        } else {
            self.elements[last as usize].next = child;
        }
        self.elements[parent as usize].last_child = child;
    }

    /// The innermost open element.
    pub fn top(&self) -> ElementId {
        // The root is never popped.
        self.stack.last().copied().unwrap_or(0)
    }

    /// The open element that so many others are around.
    pub fn tag_at_depth(&self, depth: usize) -> Option<Tag> {
        self.stack.get(depth).map(|&id| self.get(id).tag)
    }

    /// The open elements, innermost first.
    pub fn open_elements(&self) -> impl Iterator<Item = &Element> {
        self.stack.iter().rev().map(|&id| self.get(id))
    }

    pub fn depth(&self) -> usize {
        self.stack.len()
    }

    /// Opens an element without any recovery. False when it would be too deep.
    pub fn push(&mut self, tag: Tag, range: Range<usize>, detail: Range<usize>, wiki: bool) -> bool {
        if self.stack.len() >= self.limit {
            self.overflow += 1;
            self.flattened.get_or_insert(range);
            return false;
        }
        let id = self.element(tag, range, detail);
        self.elements[id as usize].wiki = wiki;
        self.append(self.top(), id);
        self.stack.push(id);
        true
    }

    /// Adds an element that has no content.
    pub fn add(&mut self, tag: Tag, range: Range<usize>, detail: Range<usize>) {
        let id = self.element(tag, range, detail);
        self.append(self.top(), id);
    }

    /// Adds characters, to the text before them where it ends.
    pub fn text(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let last = self.get(self.top()).last_child;
        if last != NONE && self.get(last).tag == Tag::Text && self.get(last).end as usize == range.start {
            self.elements[last as usize].end = range.end as u32;
            return;
        }
        self.add(Tag::Text, range, 0..0);
    }

    /// Closes the innermost element.
    pub fn pop(&mut self, at: usize) {
        if self.stack.len() > 1
            && let Some(id) = self.stack.pop()
        {
            self.elements[id as usize].end = at as u32;
        }
    }

    /// Closes all elements above a depth.
    pub fn pop_to(&mut self, depth: usize, at: usize) {
        while self.stack.len() > depth.max(1) {
            self.pop(at);
        }
    }

    /// The depth below the innermost open element that satisfies `wanted`, not looking past one that
    /// satisfies `boundary`.
    pub fn find(
        &self,
        wanted: impl Fn(&Element) -> bool,
        boundary: impl Fn(&Element) -> bool,
    ) -> Option<usize> {
        for (i, &id) in self.stack.iter().enumerate().skip(1).rev() {
            let element = self.get(id);
            if wanted(element) {
                return Some(i);
            }
            if boundary(element) {
                return None;
            }
        }
        None
    }

    /// Whether running text can be added: a paragraph or the like is open.
    pub fn in_leaf(&self) -> bool {
        self.open_elements()
            .find(|e| e.tag.is_block() || e.tag == Tag::Figure)
            .is_some_and(|e| e.tag.is_leaf() || e.tag == Tag::Figure)
    }

    /// Opens a paragraph, unless one is open, and the inline tags that reach into it.
    pub fn ensure_leaf(&mut self, at: usize) {
        if !self.in_leaf() {
            self.open_paragraph(at..at, 0..0, true);
        }
    }

    /// Opens a paragraph, and the inline tags that reach into it.
    pub fn open_paragraph(&mut self, range: Range<usize>, detail: Range<usize>, wiki: bool) {
        let at = range.start;
        // Without a paragraph the text stands in the container itself, which is as good.
        self.push_implied(Tag::P, range, detail, wiki);
        for (tag, detail) in std::mem::take(&mut self.carried) {
            self.push_implied(tag, at..at, detail.start as usize..detail.end as usize, false);
        }
    }

    /// Opens what nothing closes by its name.
    fn push_implied(&mut self, tag: Tag, range: Range<usize>, detail: Range<usize>, wiki: bool) {
        if !self.push(tag, range, detail, wiki) {
            self.overflow -= 1;
        }
    }

    /// Ends the paragraph, if one is open. Tags that are still open reach into the next one; what
    /// wikitext opened ends here.
    pub fn close_leaf(&mut self, at: usize) {
        let Some(block) = self.stack.iter().rposition(|&id| self.get(id).tag.is_block()) else { return };
        for i in block + 1..self.stack.len() {
            let element = self.get(self.stack[i]);
            let carried = !element.wiki
                && !matches!(element.tag, Tag::Link | Tag::Figure)
                && self.carried.len() < CARRIED
                && !self.carried.iter().any(|(tag, _)| *tag == element.tag);
            if carried {
                let entry = (element.tag, element.detail.clone());
                self.carried.push(entry);
            }
        }
        let leaf = self.get(self.stack[block]).tag.is_leaf();
        self.pop_to(if leaf { block } else { block + 1 }, at);
    }

    /// Nothing reaches further than this, as at the end of a cell.
    pub fn forget_carried(&mut self) {
        self.carried.clear();
        self.overflow = 0;
    }

    /// Opens an inline element.
    pub fn open_inline(&mut self, tag: Tag, range: Range<usize>, detail: Range<usize>, wiki: bool) {
        self.ensure_leaf(range.start);
        self.push(tag, range, detail, wiki);
    }

    /// Closes an inline element; those opened inside of it and still open are opened again after it.
    pub fn close_inline(&mut self, tag: Tag, at: usize) {
        if self.overflow > 0 {
            self.overflow -= 1;
            return;
        }
        let fence = |e: &Element| e.tag.is_block() || matches!(e.tag, Tag::Link | Tag::Figure);
        let Some(depth) = self.find(|e| e.tag == tag && !fence(e), fence) else {
            if let Some(i) = self.carried.iter().rposition(|(t, _)| *t == tag) {
                self.carried.remove(i);
            }
            return;
        };
        let again: Vec<(Tag, Range<u32>, bool)> = self.stack[depth + 1..]
            .iter()
            .map(|&id| {
                let e = self.get(id);
                (e.tag, e.detail.clone(), e.wiki)
            })
            .collect();
        self.pop_to(depth, at);
        for (tag, detail, wiki) in again {
            self.push(tag, at..at, detail.start as usize..detail.end as usize, wiki);
        }
    }

    /// Opens a block that a tag names, after ending what it can't be inside of.
    pub fn open_block(&mut self, tag: Tag, range: Range<usize>, detail: Range<usize>) {
        use Tag::*;
        let at = range.start;
        self.close_leaf(at);
        let cell = |e: &Element| matches!(e.tag, Td | Th | Caption);
        let implied = match tag {
            Li => self.find(|e| e.tag == Li, |e| matches!(e.tag, Ul | Ol) || cell(e)),
            Dt | Dd => self.find(|e| matches!(e.tag, Dt | Dd), |e| e.tag == Dl || cell(e)),
            Td | Th => self.find(cell, |e| e.tag == Table),
            Tr => self
                .find(|e| e.tag == Tr || cell(e), |e| e.tag == Table)
                .map(|depth| self.find(|e| e.tag == Tr, |e| e.tag == Table).unwrap_or(depth)),
            Tbody | Thead | Tfoot | Caption => self
                .find(|e| matches!(e.tag, Tbody | Thead | Tfoot | Caption | Tr), |e| e.tag == Table)
                .map(|depth| {
                    self.find(|e| matches!(e.tag, Tbody | Thead | Tfoot), |e| e.tag == Table).unwrap_or(depth)
                }),
            _ => None,
        };
        if let Some(depth) = implied {
            self.pop_to(depth, at);
        }
        if matches!(tag, Td | Th | Tr | Tbody | Thead | Tfoot | Caption)
            && self.find(|e| e.tag == Table, |e| matches!(e.tag, Td | Th)).is_none()
        {
            // A cell outside of any table: only its content counts.
            return;
        }
        if matches!(tag, Td | Th) && self.find(|e| e.tag == Tr, |e| e.tag == Table).is_none() {
            self.push_implied(Tr, at..at, 0..0, false);
        }
        self.push(tag, range, detail, false);
        if matches!(tag, Td | Th | Caption) {
            self.forget_carried();
        }
    }

    /// Closes a block that a tag names. What closes nothing ends the paragraph, but not in an item of a list.
    pub fn close_block(&mut self, tag: Tag, at: usize) {
        if self.overflow > 0 {
            self.close_leaf(at);
            self.overflow -= 1;
            return;
        }
        match self.closes(tag) {
            Some(depth) => {
                self.close_leaf(at);
                self.pop_to(depth, at);
            }
            None if self.in_item() => {}
            None => self.close_leaf(at),
        }
    }

    /// The depth below the block that a closing tag closes.
    fn closes(&self, tag: Tag) -> Option<usize> {
        use Tag::*;
        let boundary = |e: &Element| match tag {
            Table => false,
            Td | Th | Tr | Tbody | Thead | Tfoot | Caption => e.tag == Table,
            Li => matches!(e.tag, Ul | Ol | Td | Th | Caption),
            Dt | Dd => matches!(e.tag, Dl | Td | Th | Caption),
            _ => matches!(e.tag, Td | Th | Caption),
        };
        self.find(|e| e.tag == tag, boundary)
    }

    /// Whether the innermost block, paragraphs aside, is an item of a list of wikitext.
    pub fn in_item(&self) -> bool {
        let block = self.open_elements().find(|e| e.tag.is_block() && e.tag != Tag::P);
        block.is_some_and(|e| e.wiki && matches!(e.tag, Tag::Li | Tag::Dt | Tag::Dd))
    }
}
