//! From HTML to a tree, by the algorithm of the HTML Standard (section 13.2), in html5ever.
//!
//! html5ever tells no places. It gets the text in pieces that end where a tag may begin or end, so
//! that what it makes of a piece stands in that piece, or between the last token and its end.

use super::fragment::{Fragment, Part};
use super::hole::Hole;
use super::sink::{HOLE, Sink};
use super::tree::{Mark, NodeId, Tree};
use crate::diagnostic::Remedy;
use crate::format::{Error, Limits};
use crate::markup::elements::VOID;
use crate::markup::tag::attributes;
use crate::model::{Inline, InlineKind, Span};
use html5ever::interface::{ElementFlags, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, QualName, local_name, ns};
use std::cell::{Cell, RefCell};
use std::ops::Range;

/// Elements inside each other, for each level of the model that the limit allows; a page has many
/// that say nothing.
const ELEMENTS_A_LEVEL: usize = 4;

/// Bytes that elements may take which the algorithm opens by itself: so many, and so many more for each byte of
/// the page.
const MOST_REOPENED: usize = 16 << 20;
const REOPENED_A_BYTE: usize = 4;

/// Parses a page. In `xml` an element may end where it begins, and there are sections of text as it stands.
///
/// # Errors
/// When it has more elements and texts than the limit allows; those count that the algorithm opens
/// again and again as well.
pub(super) fn parse(text: &str, start: usize, xml: bool, limits: &Limits) -> Result<Tree, Error> {
    let builder = TreeBuilder::new(Sink::new(Span::new(start, text.len())), options());
    let tokens = Tokens { xml, ..Tokens::new(text, builder, limits, None) };
    let tokenizer = tokens.tokenizer();
    let last = tokens.feed(&tokenizer, &StrTendril::from_slice(text), start..text.len(), limits)?;
    tokenizer.end();
    if tokens.is_endless(last, text.len()) {
        tokens.mark(Span::new(last, text.len()), Mark::Endless);
    }
    Ok(tokens.into_tree())
}

/// Parses the pieces of a fragment, with what stands between them.
///
/// # Errors
/// As of [`parse`].
pub(super) fn weave(mut fragment: Fragment, limits: &Limits) -> Result<Tree, Error> {
    let parts = std::mem::take(&mut fragment.parts);
    let sink = Sink::new(Span::default());
    let body = QualName::new(None, ns!(html), local_name!("body"));
    let body = sink.create_element(body, Vec::new(), ElementFlags::default());
    let builder = TreeBuilder::new_for_fragment(sink, body, None, options());
    let tokens = Tokens::new(&fragment.text, builder, limits, Some(&fragment));
    let whole = StrTendril::from_slice(&fragment.text);
    for part in parts {
        match part {
            Part::Html(range) => {
                let tokenizer = tokens.tokenizer();
                let end = range.end;
                let last = tokens.feed(&tokenizer, &whole, range, limits)?;
                // What began in this piece ends with it, but for elements.
                tokenizer.end();
                // Where nothing is marked, the end has said it already.
                let said = tokens.builder.sink.in_raw_text() && tokens.last.get() > last;
                tokens.leave_raw_text();
                // What never becomes a tag is text, as in all of Markdown.
                if !said && tokens.is_endless(last, end) {
                    let span = fragment.place(Span::new(last, end));
                    let text = InlineKind::Text { text: fragment.text[last..end].to_owned() };
                    tokens.hole(Hole::Inlines(vec![Inline::new(text, span)]));
                }
            }
            Part::Hole(hole) => tokens.hole(hole),
        }
    }
    let _ = tokens.builder.process_token(Token::EOFToken, 0);
    tokens.builder.end();
    Ok(tokens.into_tree())
}

fn options() -> TreeBuilderOpts {
    TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() }
}

/// Where a piece of the text ends: before a '<' or after a '>', and after so much in any case.
fn piece_end(text: &str, from: usize) -> usize {
    let bytes = &text.as_bytes()[from..];
    let most = text.floor_char_boundary((from + LONG).min(text.len())).max(from + 1);
    let end = match bytes[1..].iter().take(LONG).position(|b| matches!(b, b'<' | b'>')) {
        _ if bytes[0] == b'>' => from + 1,
        Some(at) => from + 1 + at + usize::from(bytes[1 + at] == b'>'),
        None => most,
    };
    end.min(text.ceil_char_boundary(most))
}

/// Bytes after which a tag is looked at that has not ended: html5ever holds each of its attributes
/// against all before.
const LONG: usize = 1 << 16;

/// Attributes that a tag of such a length may have.
const MOST_ATTRIBUTES: usize = 1024;

/// What is to be done with a long tag.
enum LongTag {
    Whole,
    /// It ends at the second place, and is read up to the first.
    Cut(usize, usize),
    /// It never ends, so that it is none.
    Endless,
}

/// Looks at what began at `start` and has not ended at `at`.
fn long_tag(text: &str, start: usize, at: usize) -> LongTag {
    if !text[start..].starts_with('<') || !text[start + 1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return LongTag::Whole;
    }
    let Some((attributes, length)) = attributes(&text[start..]) else { return LongTag::Endless };
    match attributes.iter().map(|a| start + a.range.start).find(|attribute| *attribute >= at) {
        Some(attribute) if attributes.len() > MOST_ATTRIBUTES => LongTag::Cut(attribute, start + length),
        _ => LongTag::Whole,
    }
}

/// Gives each token its place on its way to the tree builder.
struct Tokens<'t> {
    text: &'t str,
    /// What the text is, when it is not the source.
    fragment: Option<&'t Fragment>,
    builder: TreeBuilder<NodeId, Sink>,
    /// Whether the rules of XML hold.
    xml: bool,
    /// The piece of the text that is being read.
    piece: Cell<(usize, usize)>,
    /// Where the piece before it began, and what came out since.
    before: Cell<usize>,
    state: Cell<State>,
    /// Where the last token ended.
    last: Cell<usize>,
    /// Elements inside each other, at most.
    most: usize,
    /// The names of start tags left out because they would be deeper, whose end tags are still to come.
    skipped: RefCell<Vec<LocalName>>,
    /// The element in which nothing is marked until it ends.
    raw: RefCell<Option<LocalName>>,
    flattened: Cell<Option<Span>>,
    marks: RefCell<Vec<(Span, Mark)>>,
}

/// What has come out of the tokenizer since a piece was put in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Fresh,
    /// Characters of the piece before.
    Late,
    /// A token of this piece.
    Begun,
}

impl<'t> Tokens<'t> {
    fn new(
        text: &'t str,
        builder: TreeBuilder<NodeId, Sink>,
        limits: &Limits,
        fragment: Option<&'t Fragment>,
    ) -> Self {
        Tokens {
            text,
            fragment,
            builder,
            xml: false,
            piece: Cell::default(),
            before: Cell::default(),
            state: Cell::new(State::Fresh),
            last: Cell::default(),
            most: limits.depth() * ELEMENTS_A_LEVEL,
            skipped: RefCell::default(),
            raw: RefCell::default(),
            flattened: Cell::new(None),
            marks: RefCell::default(),
        }
    }

    fn tokenizer(&self) -> Tokenizer<&Self> {
        Tokenizer::new(self, TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() })
    }

    /// Reads a part of the text, and tells where its last token ended.
    fn feed(
        &self,
        tokenizer: &Tokenizer<&Self>,
        whole: &StrTendril,
        part: Range<usize>,
        limits: &Limits,
    ) -> Result<usize, Error> {
        let queue = BufferQueue::default();
        let feed = |piece: StrTendril| {
            queue.push_back(piece);
            // It stops where a script would run; none does here.
            while !queue.is_empty() {
                let _ = tokenizer.feed(&queue);
            }
        };
        let text = &self.text[..part.end];
        let mut from = part.start;
        self.piece.set((from, from));
        self.last.set(from);
        let mut looked_at = None;
        while from < text.len() {
            let last = self.last.get();
            if from - last > LONG && looked_at.replace(last) != Some(last) {
                match long_tag(text, last, from) {
                    LongTag::Whole => {}
                    LongTag::Cut(at, end) => {
                        self.turn_to(from, end);
                        feed(whole.subtendril(from as u32, (at - from) as u32));
                        feed(StrTendril::from_slice(">"));
                        self.mark(Span::new(at, end), Mark::Attributes);
                        from = end;
                        continue;
                    }
                    LongTag::Endless => break,
                }
            }
            if self.builder.sink.tree.borrow().len() > limits.nodes {
                let (what, remedy) = ("the number of elements and texts", Remedy::Nodes);
                return Err(Error::limit(what, limits.nodes, remedy, self.source(Span::new(last, from))));
            }
            let most = MOST_REOPENED + REOPENED_A_BYTE * self.text.len();
            if self.builder.sink.reopened.get() > most {
                let what = "the memory of what tags that are never closed open again and again";
                return Err(Error::limit(what, most, Remedy::Nodes, self.source(Span::new(last, from))));
            }
            let to = piece_end(text, from);
            self.turn_to(from, to);
            if text[from..].starts_with("</>") {
                // It makes no token.
                self.mark(Span::new(from, to), Mark::Tag);
            }
            feed(whole.subtendril(from as u32, (to - from) as u32));
            from = to;
        }
        let last = self.last.get();
        self.turn_to(text.len(), text.len());
        Ok(last)
    }

    /// Whether a tag has not ended where the text does.
    fn is_endless(&self, last: usize, end: usize) -> bool {
        let tail = self.text[last..end].strip_prefix('<').map(|tail| tail.trim_start_matches('/'));
        tail.is_some_and(|t| t.starts_with(|c: char| c == '!' || c == '?' || c.is_ascii_alphabetic()))
    }

    /// Ends an element in which nothing is marked: what comes is no HTML.
    fn leave_raw_text(&self) {
        if let Some(name) = self.raw.take() {
            let tag = Tag {
                kind: TagKind::EndTag,
                name,
                self_closing: false,
                attrs: Vec::new(),
                had_duplicate_attributes: false,
            };
            let _ = self.builder.process_token(Token::TagToken(tag), 0);
        }
    }

    /// Puts what is no HTML where the tree builder would put an element.
    fn hole(&self, hole: Hole) {
        // A division ends a paragraph, as blocks do.
        let name = match &hole {
            Hole::Blocks(_) => local_name!("div"),
            Hole::Inlines(_) => local_name!("span"),
        };
        let sink = &self.builder.sink;
        sink.place.set(hole.span());
        *sink.opening.borrow_mut() = None;
        *sink.hole.borrow_mut() = Some(hole);
        let mark =
            Attribute { name: QualName::new(None, ns!(), LocalName::from(HOLE)), value: StrTendril::new() };
        for (kind, attrs) in [(TagKind::StartTag, vec![mark]), (TagKind::EndTag, Vec::new())] {
            let tag =
                Tag { kind, name: name.clone(), self_closing: false, attrs, had_duplicate_attributes: false };
            let _ = self.builder.process_token(Token::TagToken(tag), 0);
            sink.waiting.set(false);
            if sink.hole.borrow().is_some() {
                // Not every place takes an element; words are lost in none.
                sink.append_hole();
                return;
            }
        }
    }

    /// What was read, as a tree.
    fn into_tree(self) -> Tree {
        let Tokens { builder, flattened, marks, .. } = self;
        let mut tree = builder.sink.tree.into_inner();
        (tree.marks, tree.flattened) = (marks.into_inner(), flattened.get());
        tree.reach();
        tree
    }

    /// Where a place in the text is in the source.
    fn source(&self, span: Span) -> Span {
        self.fragment.map_or(span, |fragment| fragment.place(span))
    }

    fn mark(&self, span: Span, mark: Mark) {
        self.put_mark(self.source(span), mark);
    }

    /// Of a page's tags beside each other one mark is kept; in Markdown each is looked at by itself.
    fn put_mark(&self, place: Span, mark: Mark) {
        let mut marks = self.marks.borrow_mut();
        match marks.last_mut() {
            Some((last, Mark::Tag))
                if mark == Mark::Tag && self.fragment.is_none() && last.end == place.start =>
            {
                last.end = place.end;
            }
            _ => marks.push((place, mark)),
        }
    }

    fn turn_to(&self, from: usize, to: usize) {
        self.before.set(self.piece.replace((from, to)).0);
        self.state.set(State::Fresh);
    }

    fn place(&self, token: &Token) -> Span {
        let (from, to) = self.piece.get();
        let last = self.last.get();
        match token {
            Token::CharacterTokens(_) | Token::NullCharacterToken => {
                let opens = matches!(token, Token::CharacterTokens(text) if text.starts_with('<'));
                // The characters of a reference come when it is sure that no more of its name follows,
                // and those of the name that are not of the reference after them.
                let before = self.before.get()..from;
                let late = match self.state.get() {
                    State::Fresh => {
                        ends_in_reference(&self.text[before.clone()], opens)
                            && !self.builder.sink.in_raw_text()
                    }
                    State::Late => !opens,
                    State::Begun => false,
                };
                self.state.set(if late { State::Late } else { State::Begun });
                if late {
                    self.last.set(last.max(from));
                    return Span::new(before.start, before.end);
                }
                if last < from {
                    // A '<' that begins no tag after all; or all of a text in which there are neither
                    // tags nor references.
                    let end = if opens { from } else { to };
                    self.last.set(end);
                    return Span::new(last, end);
                }
                // One piece may give several such tokens.
                self.last.set(to);
                Span::new(from, to)
            }
            _ => {
                self.state.set(State::Begun);
                self.last.set(to);
                Span::new(last.min(from), to)
            }
        }
    }

    /// Whether a tag is left out, because it would open an element too deep, or close such a one.
    fn skips(&self, tag: &Tag, place: Span) -> bool {
        let mut skipped = self.skipped.borrow_mut();
        match tag.kind {
            TagKind::StartTag if self.builder.sink.depth() >= self.most && !VOID.contains(&&*tag.name) => {
                skipped.push(tag.name.clone());
                self.flattened.set(self.flattened.get().or(Some(place)));
                true
            }
            // The end of an element in which nothing is marked is its own: the tree builder waits for it.
            TagKind::EndTag if skipped.last() == Some(&tag.name) && self.raw.borrow().is_none() => {
                skipped.pop();
                true
            }
            _ => false,
        }
    }
}

/// Whether a character that comes next is of a reference that a text ends in. One with a number is
/// done at its semicolon; and a '<' is one's own, unless the reference is of that.
fn ends_in_reference(text: &str, opens: bool) -> bool {
    let Some((_, reference)) = text.rsplit_once('&') else { return false };
    let name = reference.strip_suffix(';').unwrap_or(reference);
    match name.strip_prefix('#') {
        Some(number) => {
            number.bytes().all(|b| b.is_ascii_alphanumeric()) && !reference.ends_with(';') && !opens
        }
        None => {
            name.bytes().all(|b| b.is_ascii_alphanumeric())
                && (!opens || name.to_ascii_lowercase().starts_with("lt"))
        }
    }
}

impl TokenSink for &Tokens<'_> {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        if matches!(token, Token::ParseError(_)) {
            // Every reader of HTML recovers in the same way, so that nothing is gained by telling.
            return TokenSinkResult::Continue;
        }
        if matches!(token, Token::EOFToken) && self.fragment.is_some() {
            return TokenSinkResult::Continue;
        }
        let place = self.source(self.place(&token));
        let sink = &self.builder.sink;
        sink.place.set(place);
        if matches!(token, Token::CharacterTokens(_) | Token::NullCharacterToken) {
            let waiting = sink.waiting.replace(true);
            sink.words.set(if waiting { sink.words.get().to(place) } else { place });
        }
        *sink.opening.borrow_mut() = None;
        match &token {
            Token::TagToken(tag) => {
                self.put_mark(place, Mark::Tag);
                if self.skips(tag, place) {
                    sink.pass_over(place);
                    return TokenSinkResult::Continue;
                }
                match tag.kind {
                    TagKind::StartTag => *sink.opening.borrow_mut() = Some(tag.name.clone()),
                    TagKind::EndTag => sink.close(&tag.name, place),
                }
            }
            Token::CommentToken(_) => self.put_mark(place, Mark::Comment),
            Token::DoctypeToken(_) => self.put_mark(place, Mark::Tag),
            _ => {}
        }
        let flushes = matches!(token, Token::TagToken(_) | Token::CommentToken(_));
        let opened = match &token {
            Token::TagToken(tag) => {
                self.raw.replace(None);
                Some(tag.name.clone())
            }
            _ => None,
        };
        if let Token::TagToken(tag) = &token
            && self.xml
            && tag.self_closing
            && tag.kind == TagKind::StartTag
            && !VOID.contains(&&*tag.name)
        {
            let end = Tag { kind: TagKind::EndTag, attrs: Vec::new(), self_closing: false, ..tag.clone() };
            let _ = self.builder.process_token(token, line);
            sink.waiting.set(false);
            sink.close(&end.name, place);
            let _ = self.builder.process_token(Token::TagToken(end), line);
            return TokenSinkResult::Continue;
        }
        let result = self.builder.process_token(token, line);
        if flushes {
            self.builder.sink.waiting.set(false);
        }
        if matches!(result, TokenSinkResult::RawData(_)) {
            *self.raw.borrow_mut() = opened;
        }
        result
    }

    fn end(&self) {
        if self.fragment.is_none() {
            self.builder.end();
        }
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.xml || self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}
