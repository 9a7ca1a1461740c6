//! The second pass: templates by their rules, parser functions, extension tags put aside.
//!
//! What comes out is wikitext again, as in MediaWiki, with a marker (`NUL index NUL`; the decoder
//! lets no NUL through) for each thing that isn't text: an extension tag, an infobox, a template
//! that no rule knows.

use super::claims::{Claims, Subject};
use super::flat::Flat;
use super::preprocess::{Kind, Mode, Tokens, preprocess};
use super::rules::{Action, Rules, Table};
use super::{citation, function, measure, series};
use crate::format::Limits;
use crate::model::{Citation, Span};
use std::cell::Cell;
use std::ops::Range;

/// Something that a marker stands for.
#[derive(Clone, Debug)]
pub(super) enum Item {
    /// An extension tag.
    Extension { name: &'static str, attributes: String, body: Option<Body>, span: Span },
    /// A template that stays as it is.
    Unresolved { name: String, arguments: Vec<(String, String)>, source: Range<usize>, why: Why },
    /// An infobox, whose arguments are still to be read as rows.
    Infobox { name: String, arguments: Vec<Argument> },
    /// A template that is left out on purpose.
    Dropped { name: String, what: Dropped },
}

/// Why a template is not expanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// No rule has its name.
    Unknown,
    /// It is written in Lua.
    Lua,
    /// It's nested too deeply.
    Nesting,
    /// Too many were expanded before it.
    Calls,
    /// All expansions together got too long.
    Length,
    /// Its page calls itself.
    Loop,
    /// It asks for the time at which the page is shown.
    Clock,
}

/// What kind of template is left out on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dropped {
    /// A navigation box.
    Navigation,
    /// A message to editors.
    Message,
    /// What a rule says is not shown.
    Rule,
}

/// The content of an extension tag.
#[derive(Clone, Debug)]
pub(super) enum Body {
    /// A range of the source that has not been looked at.
    Source(Range<usize>),
    /// Text that has been expanded.
    Made(Flat),
}

/// An argument of a template.
#[derive(Clone, Debug, Default)]
pub(super) struct Argument {
    /// Its name; a number for one without.
    pub name: String,
    pub value: Flat,
    /// Where it stands in the source, with its name; empty when another template's text calls.
    pub span: Span,
    /// Whether anything asked for it.
    used: Cell<bool>,
}

impl Argument {
    pub fn new(name: String, value: Flat, span: Span) -> Self {
        Argument { name, value, span, used: Cell::new(false) }
    }

    /// It is shown.
    pub fn show(&self) {
        self.used.set(true);
    }
}

/// What a template was called with, in order.
#[derive(Debug, Default)]
pub(super) struct Arguments {
    pub list: Vec<Argument>,
}

impl Arguments {
    /// The last argument of that name.
    pub fn get(&self, name: &str) -> Option<&Flat> {
        let found = self.list.iter().rev().find(|a| a.name == name)?;
        found.used.set(true);
        Some(&found.value)
    }

    /// The first of these arguments that isn't blank, trimmed.
    pub fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|n| self.get(n).map(|v| v.text.trim()).filter(|v| !v.is_empty()))
    }
}

/// What the page says about itself by the way.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub display_title: Option<Flat>,
    pub citations: Vec<Citation>,
    pub claims: Claims,
    /// Spans that only say something about the page.
    pub meta_spans: Vec<Span>,
}

/// A text with its tokens; `call` is where it was put into the source, `None` for the source itself.
#[derive(Clone, Copy)]
pub(super) struct Page<'p> {
    pub text: &'p str,
    pub tokens: &'p Tokens,
    pub call: Option<Span>,
}

/// One part of a call, between pipes: token ranges of its name and value.
pub(super) struct Part {
    pub name: Option<Range<usize>>,
    pub value: Range<usize>,
}

pub(super) struct Expander<'a> {
    pub source: &'a str,
    pub rules: &'a Rules,
    pub title: &'a str,
    pub items: Vec<Item>,
    pub findings: Findings,
    /// Bytes that may still be made.
    pub budget: usize,
    /// Calls that may still be expanded.
    calls: usize,
    /// How many calls may be inside each other.
    pub nesting: usize,
    /// The templates whose texts are being expanded, the outer ones first.
    active: Vec<String>,
    /// Whether what is being expanded only decides what is shown.
    deciding: usize,
    /// Where the first heading of the source stands.
    first_heading: usize,
}

/// What a call costs of the budget beside the bytes that it makes: calls that make none are not free.
const CALL_COST: usize = 64;

impl<'a> Expander<'a> {
    pub fn new(source: &'a str, rules: &'a Rules, title: &'a str, limits: &Limits) -> Self {
        Expander {
            source,
            rules,
            title,
            items: Vec::new(),
            findings: Findings::default(),
            budget: source.len().saturating_mul(32).saturating_add(1 << 20),
            calls: limits.template_expansions,
            // A page has no meaning with less.
            nesting: limits.depth().max(8),
            active: Vec::new(),
            deciding: 0,
            first_heading: source.find("\n==").unwrap_or(source.len()),
        }
    }

    /// Expands a range of the source.
    pub fn expand_source(&mut self, range: Range<usize>) -> Flat {
        let tokens = preprocess(self.source, range, Mode::Page);
        let page = Page { text: self.source, tokens: &tokens, call: None };
        let mut out = Flat::default();
        self.expand(page, 0..tokens.tokens.len(), None, 0, &mut out);
        out
    }

    /// Expands a range of a page's tokens.
    pub fn expand(
        &mut self,
        page: Page<'_>,
        range: Range<usize>,
        arguments: Option<&Arguments>,
        depth: usize,
        out: &mut Flat,
    ) {
        let mut i = range.start;
        while i < range.end {
            let token = page.tokens.tokens[i];
            match token.kind {
                Kind::Comment => self.comment(page, token.range()),
                Kind::Text | Kind::Pipe | Kind::Equals | Kind::Close | Kind::Link => {
                    self.copy(page, token.range(), out);
                }
                Kind::Extension => self.extension(page, i, out),
                Kind::Template => {
                    self.template(page, i, arguments, depth, out);
                    i = token.mate as usize;
                }
                Kind::Parameter => {
                    self.parameter(page, i, arguments, depth, out);
                    i = token.mate as usize;
                }
            }
            i += 1;
        }
    }

    /// Expands a range into a text of its own.
    pub fn expanded(
        &mut self,
        page: Page<'_>,
        range: Range<usize>,
        arguments: Option<&Arguments>,
        depth: usize,
    ) -> Flat {
        let mut out = Flat::default();
        self.expand(page, range, arguments, depth, &mut out);
        out
    }

    fn copy(&mut self, page: Page<'_>, range: Range<usize>, out: &mut Flat) {
        match page.call {
            None => out.push_source(page.text, range),
            Some(span) => {
                self.budget = self.budget.saturating_sub(range.len());
                out.push_made(&page.text[range], span);
            }
        }
    }

    /// The place in the source of a range of a page.
    fn span(&self, page: Page<'_>, range: Range<usize>) -> Span {
        page.call.unwrap_or_else(|| Span::new(range.start, range.end))
    }

    /// A comment is lost; a tag that steers inclusion is mark-up.
    fn comment(&mut self, page: Page<'_>, range: Range<usize>) {
        if page.call.is_none() && page.text[range.clone()].trim_start().starts_with("<!--") {
            self.findings.claims.lose(Subject::Comments, "", Span::new(range.start, range.end));
        } else {
            self.syntax(page, range);
        }
    }

    /// A range of a page is mark-up.
    fn syntax(&mut self, page: Page<'_>, range: Range<usize>) {
        if page.call.is_none() {
            self.findings.claims.syntax(Span::new(range.start, range.end));
        }
    }

    /// Expands what only decides what is shown: the condition of a function, a template's name.
    pub fn decided(
        &mut self,
        page: Page<'_>,
        range: Range<usize>,
        arguments: Option<&Arguments>,
        depth: usize,
    ) -> Flat {
        self.deciding += 1;
        let flat = self.expanded(page, range, arguments, depth);
        self.deciding -= 1;
        flat
    }

    /// Puts an item aside and its marker into the text.
    pub fn mark(&mut self, item: Item, span: Span, out: &mut Flat) {
        out.push_made(&format!("\0{}\0", self.items.len()), span);
        self.items.push(item);
    }

    fn extension(&mut self, page: Page<'_>, at: usize, out: &mut Flat) {
        let token = page.tokens.tokens[at];
        let found = &page.tokens.extensions[token.mate as usize];
        let span = self.span(page, token.range());
        let body = found.body.clone().map(|range| match page.call {
            None => Body::Source(range),
            Some(call) => {
                let mut made = Flat::default();
                made.push_made(&page.text[range], call);
                Body::Made(made)
            }
        });
        let attributes = page.text[found.attributes.clone()].to_owned();
        let inner = found.body.clone().unwrap_or(token.range().end..token.range().end);
        self.syntax(page, token.range().start..inner.start);
        self.syntax(page, inner.end..token.range().end);
        self.mark(Item::Extension { name: found.name, attributes, body, span }, span, out);
    }

    /// Puts an extension tag aside whose content has been expanded.
    pub fn mark_extension(
        &mut self,
        name: &'static str,
        attributes: String,
        body: Flat,
        span: Span,
        out: &mut Flat,
    ) {
        self.mark(Item::Extension { name, attributes, body: Some(Body::Made(body)), span }, span, out);
    }

    /// The parts of the call that starts at a token.
    fn parts(page: Page<'_>, at: usize) -> Vec<Part> {
        let close = page.tokens.tokens[at].mate as usize;
        let mut parts = Vec::new();
        let (mut start, mut equals) = (at + 1, None);
        let mut i = at + 1;
        loop {
            let kind = if i >= close { Kind::Pipe } else { page.tokens.tokens[i].kind };
            match kind {
                Kind::Pipe => {
                    parts.push(match equals.take() {
                        Some(e) => Part { name: Some(start..e), value: e + 1..i },
                        None => Part { name: None, value: start..i },
                    });
                    start = i + 1;
                }
                // An equals sign in the name of what is called is part of the name.
                Kind::Equals if equals.is_none() && !parts.is_empty() => equals = Some(i),
                Kind::Template | Kind::Parameter | Kind::Link => i = page.tokens.tokens[i].mate as usize,
                _ => {}
            }
            if i >= close {
                return parts;
            }
            i += 1;
        }
    }

    fn parameter(
        &mut self,
        page: Page<'_>,
        at: usize,
        arguments: Option<&Arguments>,
        depth: usize,
        out: &mut Flat,
    ) {
        let parts = Self::parts(page, at);
        let name = self.decided(page, parts[0].value.clone(), arguments, depth + 1);
        if let Some(value) = arguments.and_then(|a| a.get(name.text.trim())) {
            if self.deciding > 0 {
                self.findings.claims.syntax_of(value, 0..value.text.len());
            }
            self.budget = self.budget.saturating_sub(value.text.len());
            if self.budget > 0 {
                out.push_flat(value);
            }
        } else if let Some(default) = parts.get(1) {
            let range = default.name.as_ref().map_or(default.value.start, |n| n.start)..default.value.end;
            if depth < self.nesting {
                self.expand(page, range, arguments, depth + 1, out);
            }
        } else {
            let close = page.tokens.tokens[at].mate as usize;
            self.literal(page, at, close, arguments, depth, out);
        }
    }

    /// Shows a call that is none: its brackets are text, what is inside of it is expanded.
    fn literal(
        &mut self,
        page: Page<'_>,
        at: usize,
        close: usize,
        arguments: Option<&Arguments>,
        depth: usize,
        out: &mut Flat,
    ) {
        let (open, end) = (page.tokens.tokens[at], page.tokens.tokens[close]);
        if depth >= self.nesting {
            self.copy(page, open.start as usize..end.end as usize, out);
            return;
        }
        self.copy(page, open.range(), out);
        self.expand(page, at + 1..close, arguments, depth + 1, out);
        self.copy(page, end.range(), out);
    }

    fn template(
        &mut self,
        page: Page<'_>,
        at: usize,
        arguments: Option<&Arguments>,
        depth: usize,
        out: &mut Flat,
    ) {
        let close = page.tokens.tokens[at].mate as usize;
        let range = page.tokens.tokens[at].start as usize..page.tokens.tokens[close].end as usize;
        let span = self.span(page, range.clone());
        let parts = Self::parts(page, at);
        let call = Call { page, parts: &parts, range, arguments, depth, span };
        self.budget = self.budget.saturating_sub(CALL_COST);
        let refused = match () {
            () if depth >= self.nesting => Some(Why::Nesting),
            () if self.calls == 0 => Some(Why::Calls),
            () if self.budget == 0 => Some(Why::Length),
            () => None,
        };
        if let Some(why) = refused {
            let name = page.text[token_range(page, &parts[0].value)].trim().to_owned();
            return self.unresolved(&call, name, why, out);
        }
        self.calls -= 1;
        let name = self.decided(page, parts[0].value.clone(), arguments, depth + 1).trimmed();
        if !is_title(&name.text) {
            return self.literal(page, at, close, arguments, depth, out);
        }
        self.names_are_syntax(&call);
        let mut made = Flat::default();
        match function::call(self, &call, &name, &mut made) {
            function::Outcome::Done => {
                // What of it is shown speaks for itself.
                self.syntax(page, call.range.clone());
                return append(made, out);
            }
            function::Outcome::Cannot(why) => return self.unresolved(&call, name.text, why, out),
            function::Outcome::NoFunction => {}
        }
        let Some(found) = self.rules.find(&name.text) else {
            if self.has_shape_of_infobox(&call) {
                let arguments = self.arguments(&call, "").list;
                self.mark(Item::Infobox { name: name.text, arguments }, span, &mut made);
                return append(made, out);
            }
            return self.unresolved(&call, name.text, Why::Unknown, out);
        };
        let given = match found.action {
            Action::Navigation | Action::Message | Action::Drop | Action::Layout => Arguments::default(),
            _ => self.arguments(&call, &found.matched),
        };
        match found.action {
            Action::Layout => self.findings.claims.syntax(span),
            Action::Drop => {
                self.mark(Item::Dropped { name: name.text, what: Dropped::Rule }, span, &mut made);
            }
            Action::Navigation => {
                self.mark(Item::Dropped { name: name.text, what: Dropped::Navigation }, span, &mut made);
            }
            Action::Message => {
                self.mark(Item::Dropped { name: name.text, what: Dropped::Message }, span, &mut made);
            }
            Action::Infobox => {
                let mut arguments = given.list;
                arguments.retain(|argument| argument.name != "0");
                self.mark(Item::Infobox { name: name.text, arguments }, span, &mut made);
            }
            Action::Citation => citation::expand(self, &name.text, &given, span, &mut made),
            Action::Native(native) => {
                measure::expand(*native, &given, span, &mut made);
                measure::account(&given, &name.text, &mut self.findings.claims);
            }
            Action::Table(table) => {
                let is_one = match table {
                    Table::Climate => series::climate(&given, span, &mut made),
                    Table::Populations => series::populations(&given, span, &mut made),
                };
                if !is_one {
                    return self.unresolved(&call, name.text, Why::Unknown, out);
                }
                self.lose_unused(&given, &name.text);
            }
            Action::Text(_) if self.active.contains(&name.text) => {
                return self.unresolved(&call, name.text, Why::Loop, out);
            }
            Action::Text(body) => {
                let page = Page { text: &body.text, tokens: body.tokens(), call: Some(span) };
                self.active.push(name.text);
                self.expand(page, 0..page.tokens.tokens.len(), Some(&given), depth + 1, &mut made);
                let name = self.active.pop().unwrap_or_default();
                self.lose_unused(&given, &name);
            }
        }
        append(made, out);
    }

    /// Whether an unknown template is a box of facts to judge by its form: above the first heading,
    /// on lines of its own, with several arguments that all have names.
    fn has_shape_of_infobox(&self, call: &Call<'_>) -> bool {
        let Call { page, parts, range, .. } = call;
        page.call.is_none()
            && range.end <= self.first_heading
            && (range.start == 0 || page.text.as_bytes()[range.start - 1] == b'\n')
            && parts.len() > 3
            && parts[1..].iter().all(|part| part.name.is_some())
            && ["\n|", "\n |"].iter().any(|line| page.text[range.clone()].contains(line))
    }

    /// The name of a call and those of its arguments; of a function, all that isn't shown.
    fn names_are_syntax(&mut self, call: &Call<'_>) {
        let Call { page, parts, .. } = *call;
        if page.call.is_some() {
            return;
        }
        self.syntax(page, token_range(page, &parts[0].value));
        for name in parts[1..].iter().filter_map(|part| part.name.as_ref()) {
            self.syntax(page, token_range(page, name));
        }
    }

    /// Says which arguments a template's text never asked for.
    fn lose_unused(&mut self, given: &Arguments, template: &str) {
        for argument in given.list.iter().filter(|a| !a.used.get() && !a.value.text.trim().is_empty()) {
            let subject = Subject::Arguments(template.to_owned());
            self.findings.claims.lose(subject, &argument.name, argument.span);
        }
    }

    /// Expands the arguments of a call. The wildcard of the rule's name, if any, is argument 0.
    fn arguments(&mut self, call: &Call<'_>, matched: &str) -> Arguments {
        let mut list = Vec::with_capacity(call.parts.len());
        if !matched.is_empty() {
            let mut name = Flat::default();
            name.push_made(matched, call.span);
            list.push(Argument::new("0".to_owned(), name, Span::default()));
        }
        let mut position = 0;
        for part in &call.parts[1..] {
            let value = self.expanded(call.page, part.value.clone(), call.arguments, call.depth + 1);
            let first = part.name.as_ref().map_or(part.value.start, |name| name.start);
            let place = token_range(call.page, &(first..part.value.end));
            let span =
                if call.page.call.is_none() { Span::new(place.start, place.end) } else { Span::default() };
            let (name, value) = match &part.name {
                Some(name) => {
                    let name = self.decided(call.page, name.clone(), call.arguments, call.depth + 1);
                    (name.text.trim().to_owned(), value.trimmed())
                }
                None => {
                    position += 1;
                    (position.to_string(), value)
                }
            };
            list.push(Argument::new(name, value, span));
        }
        Arguments { list }
    }

    fn unresolved(&mut self, call: &Call<'_>, name: String, why: Why, out: &mut Flat) {
        let Call { page, parts, span, .. } = *call;
        let mut position = 0;
        let arguments = parts[1..]
            .iter()
            .map(|part| {
                let value = &page.text[token_range(page, &part.value)];
                match &part.name {
                    Some(name) => {
                        (page.text[token_range(page, name)].trim().to_owned(), value.trim().to_owned())
                    }
                    None => {
                        position += 1;
                        (position.to_string(), value.trim().to_owned())
                    }
                }
            })
            .collect();
        let source = if page.call.is_none() { call.range.clone() } else { span.range() };
        self.mark(Item::Unresolved { name, arguments, source, why }, span, out);
    }
}

/// A call whose name is known.
pub(super) struct Call<'c> {
    pub page: Page<'c>,
    pub parts: &'c [Part],
    /// Where it stands on its page.
    pub range: Range<usize>,
    pub arguments: Option<&'c Arguments>,
    pub depth: usize,
    pub span: Span,
}

/// Appends what a call made. What starts a block starts a line, as in MediaWiki.
fn append(made: Flat, out: &mut Flat) {
    let starts_block = made.text.starts_with("{|") || made.text.starts_with(['*', '#', ':', ';']);
    if starts_block && !out.text.is_empty() && !out.text.ends_with('\n') {
        let span = made.span(0..1);
        out.push_made("\n", span);
    }
    if out.text.is_empty() {
        *out = made;
    } else {
        out.push_flat(&made);
    }
}

/// The bytes of a range of tokens.
fn token_range(page: Page<'_>, range: &Range<usize>) -> Range<usize> {
    let tokens = &page.tokens.tokens[range.clone()];
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => first.start as usize..last.end as usize,
        _ => 0..0,
    }
}

/// Whether a name can be that of a page or function at all.
fn is_title(name: &str) -> bool {
    !name.is_empty()
        && (name.starts_with('#')
            || name.contains(':')
            || !name.contains(['\n', '[', ']', '{', '}', '<', '>', '\0']))
}

impl Item {
    /// Whether it stands for a block in any case.
    pub fn is_block(&self) -> bool {
        match self {
            Item::Infobox { .. } => true,
            Item::Extension { name, attributes, .. } => match *name {
                "gallery" | "pre" | "poem" | "references" | "timeline" | "imagemap" => true,
                "syntaxhighlight" | "source" => super::html::attribute(attributes, "inline").is_none(),
                "math" => super::html::attribute(attributes, "display") == Some("block"),
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether it is a block where it stands alone on its line.
    pub fn may_be_block(&self) -> bool {
        match self {
            Item::Unresolved { .. } => true,
            Item::Extension { name, .. } => {
                matches!(*name, "math" | "score" | "graph" | "mapframe" | "maplink" | "hiero")
            }
            _ => false,
        }
    }

    /// Whether it shows nothing, so that it doesn't start a paragraph.
    pub fn is_invisible(&self) -> bool {
        match self {
            Item::Dropped { .. } => true,
            Item::Extension { name, .. } => {
                matches!(*name, "templatestyles" | "indicator" | "section" | "templatedata")
            }
            _ => false,
        }
    }
}
