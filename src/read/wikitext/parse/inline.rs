//! Running text: from tokens to elements.

use super::address;
use super::block::Lines;
use super::html::{self, Tag, Written};
use super::link::{self, Found, LinkData, Target, Wikilink};
use super::marker::Item;
use super::quote::{self, Quote, Run, State};
use super::token::{Token, tokenise};
use crate::read::wikitext::build::media::{self, Picture};
use crate::read::wikitext::data::namespace::{Space, space};
use std::ops::Range;

impl Lines<'_> {
    /// Reads running text from `at` to the end of its line, at most to `limit`. Returns that end.
    pub fn inline(&mut self, at: usize, limit: usize) -> usize {
        let mut tokens = std::mem::take(&mut self.tokens);
        let first = tokens.len();
        let end = tokenise(self.text, &self.pairs, at, limit, &mut tokens);
        let mut runs: Vec<Run> = Vec::new();
        for token in &tokens[first..] {
            if let Token::Quotes(range, before) = token {
                // Apostrophes that are only text count as what stands before.
                let before = if range.len() == 4 || range.len() > 5 { quote::Before::Word } else { *before };
                runs.push(Run { count: range.len(), before });
            }
        }
        quote::resolve(&mut runs);
        let mut runs = runs.into_iter().peekable();
        let mut state = State::None;
        let mut i = first;
        while i < tokens.len() {
            // Taken out, for links read their words into the same list.
            let token = std::mem::replace(&mut tokens[i], Token::Text(0..0));
            i += 1;
            match token {
                Token::Quotes(range, _) => {
                    let count = runs.next().map_or(0, |r| r.count);
                    let markup = range.end - count;
                    self.characters(range.start..markup);
                    let (next, steps) = match quote::step(state, count) {
                        (State::Both, _) => quote::first_closed(runs.peek().map(|r| r.count)),
                        done => done,
                    };
                    state = next;
                    for &(style, open) in steps {
                        self.quote(style, open, markup..range.end);
                    }
                }
                Token::Text(range) | Token::Switch(range) if range.is_empty() => {}
                Token::Switch(range) => self.marks.markup.push(range),
                Token::Text(range) => self.characters(range),
                Token::Tag(start, tag) => self.tag(start, tag),
                Token::Link(whole, found) => {
                    self.tokens = std::mem::take(&mut tokens);
                    i = self.wikilink(whole, *found, i, limit);
                    tokens = std::mem::take(&mut self.tokens);
                }
                Token::External { whole, url, label } => {
                    self.tokens = std::mem::take(&mut tokens);
                    self.external(whole, url, label);
                    tokens = std::mem::take(&mut self.tokens);
                }
                Token::Bare(range) => {
                    self.marks.markup.push(range.clone());
                    let written = &self.text[range.clone()];
                    let url = address::cleaned_address(written);
                    let words = (url != crate::markup::entity::decode(written)).then(|| url.clone());
                    self.link(range.clone(), Target::Url(url), words, |lines| {
                        lines.characters(range.clone())
                    });
                }
                Token::Identifier(range) => {
                    let url = address::identifier_url(&self.text[range.clone()]);
                    self.link(range.clone(), Target::Url(url), None, |lines| lines.characters(range.clone()));
                }
                Token::Marker(range, index) => self.marker(range, index, end),
            }
        }
        for &style in quote::unclosed(state) {
            self.quote(style, false, end..end);
        }
        tokens.truncate(first);
        self.tokens = tokens;
        end
    }

    fn quote(&mut self, style: Quote, open: bool, range: Range<usize>) {
        let tag = if style == Quote::Italic { Tag::I } else { Tag::B };
        if open {
            self.tree.open_inline(tag, range, 0..0, true);
        } else {
            self.tree.close_inline(tag, range.end);
        }
    }

    /// Adds characters; white space doesn't start a paragraph.
    pub fn characters(&mut self, mut range: Range<usize>) {
        if !self.tree.in_leaf() {
            let text = &self.text[range.clone()];
            let trimmed = text.trim_start_matches([' ', '\t', '\n']);
            if trimmed.is_empty() {
                return;
            }
            range.start = range.end - trimmed.len();
            self.tree.ensure_leaf(range.start);
        }
        self.tree.text(range);
    }

    fn tag(&mut self, start: usize, tag: Written) {
        let range = start..tag.end;
        if tag.tag == Tag::Img {
            self.marks.markup.push(range.clone());
            if let (false, Some(picture)) = (tag.closing, media::of_tag(&self.text[tag.attributes])) {
                self.picture(range, picture);
            }
            return;
        }
        self.marks.markup.push(range.start..tag.attributes.start);
        self.marks.attributes.push(tag.attributes.clone());
        if tag.tag.is_block() {
            return self.block_tag(range, tag);
        }
        if tag.tag.is_void() {
            if tag.tag == Tag::Br {
                self.tree.ensure_leaf(start);
                self.tree.add(Tag::Br, range, 0..0);
            }
        } else if tag.closing {
            self.tree.close_inline(tag.tag, tag.end);
        } else {
            self.tree.open_inline(tag.tag, range, tag.attributes, false);
            if tag.self_closing {
                self.tree.close_inline(tag.tag, tag.end);
            }
        }
    }

    fn block_tag(&mut self, range: Range<usize>, tag: Written) {
        if self.only_inline > 0 {
            // In a heading or a link's words a block's edge is at most a space.
            return self.tree.add(Tag::Wbr, range, 0..0);
        }
        let rest = self.text.get(tag.end..).unwrap_or_default();
        match tag.tag {
            // Nothing but a place to lead to: what follows stays the paragraph that it is.
            Tag::Div
                if !tag.closing
                    && rest.starts_with("</div>")
                    && html::attribute(&self.text[tag.attributes.clone()], "id").is_some() =>
            {
                self.tree.open_inline(Tag::Span, range, tag.attributes, false);
                self.tree.close_inline(Tag::Span, tag.end);
            }
            Tag::Hr => {
                self.tree.close_leaf(range.start);
                self.tree.add(Tag::Hr, range, 0..0);
            }
            Tag::P => {
                self.tree.close_leaf(range.start);
                if !tag.closing && !tag.self_closing {
                    self.tree.open_paragraph(range, tag.attributes, false);
                }
            }
            tag_name if tag.closing => self.tree.close_block(tag_name, range.end),
            tag_name if tag_name.is_leaf() => {
                self.tree.close_leaf(range.start);
                self.tree.push(tag_name, range, tag.attributes, false);
            }
            tag_name => {
                self.tree.open_block(tag_name, range.clone(), tag.attributes);
                if tag.self_closing {
                    self.tree.close_block(tag_name, range.end);
                }
            }
        }
    }

    /// Opens a link, lets its words be read, closes it.
    fn link(
        &mut self,
        whole: Range<usize>,
        target: Target,
        words: Option<String>,
        content: impl FnOnce(&mut Self),
    ) {
        self.tree.ensure_leaf(whole.start);
        let depth = self.tree.depth();
        let index = self.links.len();
        self.links.push(LinkData { target, words });
        let opened = self.tree.push(Tag::Link, whole.clone(), index..index, true);
        self.only_inline += 1;
        content(self);
        self.only_inline -= 1;
        if opened {
            self.tree.pop_to(depth, whole.end);
        }
    }

    /// Reads the words of a link, which may go over lines.
    fn words(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            at = self.inline(at, range.end);
            if at < range.end {
                self.characters(at..at + 1);
                at += 1;
            }
        }
    }

    /// Adds `[[…]]`. `next` is the index of the token after it, whose start may belong to the link;
    /// returns where to go on.
    fn wikilink(&mut self, whole: Range<usize>, found: Found, next: usize, limit: usize) -> usize {
        self.marks.markup.push(found.target.clone());
        match found.link {
            Wikilink::Category(name) => {
                let prefix = self.text[found.target.clone()].split(':').next().unwrap_or_default();
                self.categories.push((name, prefix.to_owned(), whole));
            }
            Wikilink::Interlanguage => self.marks.languages.push(whole),
            Wikilink::Media(name) => self.media(whole, &name, found.label),
            link => {
                let mut whole = whole;
                let trail = self.text.get(whole.end..limit).map_or(0, link::trail);
                let mut trail_range = whole.end..whole.end;
                if let (true, Some(Token::Text(text))) = (trail > 0, self.tokens.get_mut(next))
                    && text.start == whole.end
                {
                    let length = trail.min(text.len());
                    trail_range = text.start..text.start + length;
                    text.start += length;
                    whole.end += length;
                }
                let target = found.target.clone();
                let shown = match &found.label {
                    None if self.text[target.clone()].trim_start().starts_with(':') => {
                        let text = &self.text[target.clone()];
                        Some(
                            target.start + text.len() - text.trim_start().trim_start_matches(':').len()
                                ..target.end,
                        )
                    }
                    None => Some(target.clone()),
                    Some(label) if label.is_empty() => None,
                    Some(label) => Some(label.clone()),
                };
                let words = match &shown {
                    None => Some(link::pipe_trick(&self.text[target]).to_owned()),
                    // What is shown is the title, not how it is encoded.
                    Some(shown) if found.label.is_none() => link::percent_decoded(&self.text[shown.clone()])
                        .map(|title| crate::markup::entity::decode(&title).into_owned()),
                    _ => None,
                };
                let words = words.map(|words| words + &self.text[trail_range.clone()]);
                let labelled = found.label.is_some();
                self.link(whole, Target::Wiki(link), words, |lines| {
                    if let Some(shown) = shown {
                        if labelled {
                            lines.words(shown);
                        } else {
                            lines.characters(shown);
                        }
                        lines.characters(trail_range);
                    }
                });
            }
        }
        next
    }

    fn external(&mut self, whole: Range<usize>, url: Range<usize>, label: Range<usize>) {
        let address = address::cleaned_address(&self.text[url.clone()]);
        self.marks.markup.push(url);
        let blank = self.text[label.clone()].trim().is_empty();
        let words = blank.then(|| {
            self.numbered += 1;
            format!("[{}]", self.numbered)
        });
        self.link(whole, Target::Url(address), words, |lines| {
            if !blank {
                let text = &lines.text[label.clone()];
                let start = label.end - text.trim_start().len();
                lines.words(start..label.end);
            }
        });
    }

    fn media(&mut self, whole: Range<usize>, name: &str, options: Option<Range<usize>>) {
        // A template's argument may name the namespace that its rule has put before it.
        let name = match name.split_once(':') {
            Some((prefix, rest)) if space(prefix) == Some(Space::Media) => rest.trim_start(),
            _ => name,
        };
        self.picture(whole, media::read(self.text, &self.pairs, name, options));
    }

    fn picture(&mut self, whole: Range<usize>, picture: Picture) {
        let block = picture.block && self.only_inline == 0 && !self.tree.in_leaf();
        if !block {
            self.tree.ensure_leaf(whole.start);
        }
        let depth = self.tree.depth();
        let index = self.pictures.len();
        let caption = picture.caption.clone();
        self.pictures.push(picture);
        let opened = self.tree.push(Tag::Figure, whole.clone(), index..index, true);
        if let Some(caption) = caption {
            if opened {
                self.only_inline += 1;
                self.words(caption);
                self.only_inline -= 1;
            } else {
                // Too deep to be read; its characters stay.
                self.characters(caption);
            }
        }
        if opened {
            self.tree.pop_to(depth, whole.end);
        }
    }

    /// Adds an item: as a block where it is one.
    fn marker(&mut self, range: Range<usize>, index: usize, line_end: usize) {
        let Some(item) = self.items.get(index) else { return };
        let (is_block, mut may_be_block, invisible) =
            (item.is_block(), item.may_be_block(), item.is_invisible());
        // What is kept as it is stands for the words of an item.
        may_be_block &= !matches!(item, Item::Unresolved { .. }) || !self.tree.in_item();
        let block = self.only_inline == 0 && (is_block || (may_be_block && self.alone(range.end, line_end)));
        if block {
            self.tree.close_leaf(range.start);
        } else if !invisible {
            self.tree.ensure_leaf(range.start);
        }
        self.tree.add(Tag::Item, range, index..index);
    }

    /// Whether only markers follow on the line, and no text stands before them.
    fn alone(&mut self, at: usize, line_end: usize) -> bool {
        if self.tree.in_leaf() {
            return false;
        }
        if self.only_markers <= at {
            let mut inside = false;
            let rest = &self.text[at..line_end.max(at)];
            let other = rest.find(|c: char| {
                inside ^= c == '\0';
                !inside && c != '\0' && !c.is_whitespace()
            });
            self.only_markers = other.map_or(line_end.max(at), |n| at + n);
        }
        self.only_markers >= line_end
    }
}
