//! Lists by the characters that lines start with: `*`, `#`, `:`, `;`.

use super::block::Lines;
use super::html::Tag;
use std::ops::Range;

impl Lines<'_> {
    /// The lists of wikitext that are open here, the outer ones first: the depth below each and its
    /// character. What a cell or a table holds is a world of its own.
    pub fn open_lists(&self) -> Vec<(usize, u8)> {
        let mut lists = Vec::new();
        let count = self.tree.depth();
        let mut item = b':';
        for (i, element) in self.tree.open_elements().enumerate() {
            match element.tag {
                Tag::Td | Tag::Th | Tag::Caption | Tag::Table => break,
                _ if !element.wiki => {}
                Tag::Ul => lists.push((count - 1 - i, b'*')),
                Tag::Ol => lists.push((count - 1 - i, b'#')),
                Tag::Dl => lists.push((count - 1 - i, item)),
                Tag::Dt => item = b';',
                Tag::Dd => item = b':',
                _ => {}
            }
        }
        lists.reverse();
        lists
    }

    pub fn list_line(&mut self, start: usize, end: usize) {
        let prefix = self.text.as_bytes()[start..end]
            .iter()
            .take_while(|b| matches!(b, b'*' | b'#' | b':' | b';'))
            .count();
        self.tree.close_leaf(start);
        let open = self.open_lists();
        // `;` and `:` make the same list.
        let kind = |b: u8| if b == b';' { b':' } else { b };
        let bytes = self.text.as_bytes();
        let mut common = 0;
        while common < prefix && common < open.len() {
            let (was, is) = (open[common].1, bytes[start + common]);
            // As in MediaWiki, a term goes on only where the line ends in it.
            let same = kind(was) == kind(is) && (is != b';' || common + 1 == prefix || was == b';');
            if !same {
                break;
            }
            common += 1;
        }
        let mut content = start + prefix;
        if common == prefix {
            // The same list or one further out: a new item.
            let (depth, _) = open[prefix - 1];
            self.tree.pop_to(depth + 1, start);
            let last = bytes[start + prefix - 1];
            content = self.item(last, start..content, content, end);
        } else {
            if let Some(&(depth, _)) = open.get(common) {
                self.tree.pop_to(depth, start);
            }
            for i in common..prefix {
                let character = bytes[start + i];
                let list = match character {
                    b'*' => Tag::Ul,
                    b'#' => Tag::Ol,
                    _ => Tag::Dl,
                };
                if !self.tree.push(list, start + i..end, 0..0, true) {
                    self.tree.forget_carried();
                    break;
                }
                content = self.item(character, start + i..start + prefix, content, end);
            }
        }
        self.at = self.inline(content.min(end), self.text.len());
        self.tree.close_leaf(self.at);
        self.tree.forget_carried();
    }

    /// Opens an item. A term takes the text up to its colon and opens its definition. Returns where
    /// the content goes on.
    fn item(&mut self, character: u8, marker: Range<usize>, content: usize, end: usize) -> usize {
        let tag = match character {
            b'*' | b'#' => Tag::Li,
            b';' => Tag::Dt,
            _ => Tag::Dd,
        };
        if !self.tree.push(tag, marker, 0..0, true) {
            self.tree.forget_carried();
            return content;
        }
        if character != b';' {
            return content;
        }
        let Some(colon) = self.term_colon(content, end) else { return content };
        self.inline(content, colon);
        self.tree.close_leaf(colon);
        self.tree.pop(colon);
        if !self.tree.push(Tag::Dd, colon..end, 0..0, true) {
            self.tree.forget_carried();
        }
        colon + 1
    }

    /// The colon that ends a term: not one in a link, a tag, an address, or what is bold or italic.
    fn term_colon(&self, start: usize, end: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let (mut at, mut level, mut quotes) = (start, 0usize, 0);
        while at < end {
            match bytes[at] {
                b':' if bytes.get(at + 1) == Some(&b'/') && bytes.get(at + 2) == Some(&b'/') => at += 3,
                b':' if ["news", "mailto"].iter().any(|scheme| self.text[start..at].ends_with(scheme))
                    && bytes.get(at + 1).is_some_and(|next| !next.is_ascii_whitespace()) =>
                {
                    at += 1;
                }
                b':' if level == 0 && quotes == 0 => return Some(at),
                b'\'' => {
                    let run = bytes[at..end].iter().take_while(|b| **b == b'\'').count();
                    quotes = match (quotes, run) {
                        (open, 0..=1) => open,
                        (0, run) => run,
                        (open, run) if run >= open => 0,
                        (open, _) => open,
                    };
                    at += run;
                }
                b'[' if bytes.get(at + 1) == Some(&b'[') => at = self.pairs.end(at).unwrap_or(at + 1),
                // An address with words of its own.
                b'[' if self.text[at + 1..end]
                    .split([' ', ']'])
                    .next()
                    .is_some_and(|address| address.contains("://")) =>
                {
                    at += self.text[at..end].find(']').unwrap_or(1);
                }
                b'<' => match super::html::tag_at(self.text, at, end) {
                    Some(tag) => {
                        if tag.closing {
                            level = level.saturating_sub(1);
                        } else if !tag.self_closing && !tag.tag.is_void() {
                            level += 1;
                        }
                        at = tag.end;
                    }
                    None => at += 1,
                },
                _ => at += 1,
            }
        }
        None
    }
}
