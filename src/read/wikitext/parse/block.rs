//! The pass over lines: headings, lists, tables, preformatted text, paragraphs.

use super::html::{self, Tag};
use super::link::LinkData;
use super::marker::Item;
use super::pairs::Pairs;
use super::token::{Token, switch};
use super::tree::Tree;
use crate::read::wikitext::build::media::Picture;
use crate::read::wikitext::expand::flat::Flat;
use std::ops::Range;

/// A text being read line by line into a tree.
pub struct Lines<'a> {
    pub text: &'a str,
    pub items: &'a [Item],
    pub pairs: Pairs,
    pub tree: Tree,
    pub links: Vec<LinkData>,
    pub pictures: Vec<Picture>,
    /// Category, the prefix it was written with, its place.
    pub categories: Vec<(String, String, Range<usize>)>,
    pub marks: Marks,
    /// External links without words are numbered.
    pub numbered: usize,
    /// How many constructs are open that hold no blocks.
    pub only_inline: usize,
    /// Scratch space.
    pub tokens: Vec<Token>,
    /// The wiki tables that are open: depths below the table, and below what its indent opened.
    pub tables: Vec<(usize, usize)>,
    pub at: usize,
    /// Up to here there are only markers and white space.
    pub only_markers: usize,
}

/// What stands in the text beside its words.
#[derive(Debug, Default)]
pub struct Marks {
    /// Links to the same article in other languages.
    pub languages: Vec<Range<usize>>,
    /// Mark-up that isn't made of marks: names of tags, targets of links, switches.
    pub markup: Vec<Range<usize>>,
    /// Attributes of tags, tables, rows and cells.
    pub attributes: Vec<Range<usize>>,
}

impl<'a> Lines<'a> {
    pub fn new(flat: &'a Flat, items: &'a [Item], nesting: usize, numbered: usize) -> Self {
        Lines {
            text: &flat.text,
            items,
            pairs: Pairs::find(&flat.text),
            tree: Tree::new(flat.text.len(), nesting),
            links: Vec::new(),
            pictures: Vec::new(),
            categories: Vec::new(),
            marks: Marks::default(),
            numbered,
            only_inline: 0,
            tokens: Vec::new(),
            tables: Vec::new(),
            at: 0,
            only_markers: 0,
        }
    }

    /// Reads the whole text.
    pub fn run(&mut self) {
        while self.at < self.text.len() {
            self.line();
        }
        self.tree.close_leaf(self.at);
        self.tree.pop_to(1, self.at);
    }

    /// Where the line that `at` is in ends, without its line break.
    pub fn line_end(&self, at: usize) -> usize {
        memchr::memchr(b'\n', &self.text.as_bytes()[at..]).map_or(self.text.len(), |n| at + n)
    }

    fn line(&mut self) {
        let end = self.line_end(self.at);
        self.switches_before_heading(end);
        let start = self.at;
        let line = &self.text[start..end];
        let content = start + line.len() - line.trim_start_matches([' ', '\t']).len();
        if self.table_line(content, end) {
            return self.next_line();
        }
        match line.as_bytes().first() {
            None => self.blank(start),
            Some(b'=') if self.heading(start, end) => {}
            Some(b'-') if line.starts_with("----") => {
                self.end_block(start);
                let dashes = line.bytes().take_while(|&b| b == b'-').count();
                self.tree.add(Tag::Hr, start..start + dashes, 0..0);
                self.at = self.inline(start + dashes, self.text.len());
            }
            Some(b'*' | b'#' | b':' | b';') => self.list_line(start, end),
            Some(b' ') if self.preformatted(start, content, end) => {}
            _ if content == end => self.blank(start),
            _ => self.text_line(start, end),
        }
        self.next_line();
    }

    /// Goes past behaviour switches that stand before a heading on its line.
    fn switches_before_heading(&mut self, end: usize) {
        let mut at = self.at;
        while self.text[at..end].starts_with('_')
            && let Some(length) = switch(&self.text[at..end])
        {
            at += length;
        }
        if self.at < at && self.text[at..end].starts_with('=') {
            self.marks.markup.push(self.at..at);
            self.at = at;
        }
    }

    /// Goes past the line break that the line just read ends with.
    fn next_line(&mut self) {
        if self.at < self.text.len() {
            self.at += 1;
        }
    }

    fn blank(&mut self, start: usize) {
        self.end_block(start);
        self.at = self.line_end(start);
    }

    /// Ends the paragraph and the lists of wikitext.
    pub fn end_block(&mut self, at: usize) {
        self.tree.close_leaf(at);
        if let Some(&(depth, _)) = self.open_lists().first() {
            self.tree.pop_to(depth, at);
        }
    }

    fn text_line(&mut self, start: usize, end: usize) {
        if let Some(&(depth, _)) = self.open_lists().first() {
            self.tree.close_leaf(start);
            self.tree.pop_to(depth, start);
        }
        if self.tree.open_elements().any(|e| e.tag == Tag::Preformatted) {
            self.tree.close_leaf(start);
        }
        if start > 0 && self.tree.in_leaf() {
            // A line that holds a block is no part of the paragraph before it.
            let mut tags = self.text[start..end].match_indices('<');
            if tags.any(|(i, _)| html::tag_at(self.text, start + i, end).is_some_and(|t| t.tag.is_block())) {
                self.tree.close_leaf(start);
            } else {
                self.tree.text(start - 1..start);
            }
        }
        self.at = self.inline(start, self.text.len());
    }

    fn heading(&mut self, start: usize, end: usize) -> bool {
        let line = self.text[start..end].trim_end_matches([' ', '\t', '\r']);
        let before = line.bytes().take_while(|&b| b == b'=').count();
        let after = line.bytes().rev().take_while(|&b| b == b'=').count();
        let level = if before == line.len() { (before - 1) / 2 } else { before.min(after) }.min(6);
        if level == 0 {
            return false;
        }
        self.end_block(start);
        let content = start + level..start + line.len() - level;
        let opened = self.tree.push(Tag::heading(level), start..end, 0..0, true);
        self.only_inline += 1;
        self.inline(content.start, content.end);
        self.only_inline -= 1;
        if opened {
            self.tree.close_leaf(end);
            self.tree.forget_carried();
        }
        self.at = end;
        true
    }

    /// A line that starts with a space. False when such lines mean nothing here.
    fn preformatted(&mut self, start: usize, content: usize, end: usize) -> bool {
        let continues = self.tree.open_elements().any(|e| e.tag == Tag::Preformatted);
        if content == end && !continues {
            return false;
        }
        let inside_other =
            self.tree.open_elements().take_while(|e| !matches!(e.tag, Tag::Td | Tag::Th)).any(|e| {
                matches!(e.tag, Tag::Ul | Tag::Ol | Tag::Dl | Tag::Table) && !(e.wiki && e.tag != Tag::Table)
                    || (e.tag == Tag::P && !e.wiki)
            });
        let quoted = self.tree.open_elements().any(|e| e.tag == Tag::Blockquote);
        if inside_other || quoted || self.has_block(content, end) {
            return false;
        }
        if continues {
            self.tree.text(start - 1..start);
        } else {
            self.end_block(start);
            self.tree.forget_carried();
            if !self.tree.push(Tag::Preformatted, start..end, 0..0, true) {
                return false;
            }
        }
        self.only_inline += 1;
        self.at = self.inline(start + 1, self.text.len());
        self.only_inline -= 1;
        true
    }

    /// Whether a line holds something that is a block by itself.
    fn has_block(&self, start: usize, end: usize) -> bool {
        let line = &self.text[start..end];
        line.match_indices(['<', '\0']).any(|(i, found)| {
            if found == "<" {
                return html::tag_at(self.text, start + i, end).is_some_and(|t| t.tag.is_block());
            }
            let rest = &line[i + 1..];
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let item = rest[..digits].parse::<usize>().ok().and_then(|n| self.items.get(n));
            item.is_some_and(Item::is_block)
        })
    }
}
