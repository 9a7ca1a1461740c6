//! What becomes of a call: a function, or a template by its rule.

use super::action::{Action, Table};
use super::arguments::{Argument, Arguments};
use super::claims::Subject;
use super::expander::{CALL_COST, Call, Expander, Frame};
use super::flat::Flat;
use super::{citation, formula, function, measure, reviews, series};
use crate::markup::entity;
use crate::model::Span;
use crate::read::wikitext::parse::marker::{Dropped, Item, Why};
use std::borrow::Cow;

impl Expander<'_> {
    pub fn template(&mut self, frame: Frame<'_>, at: usize, out: &mut Flat) {
        let close = frame.tokens.tokens[at].mate as usize;
        let range = frame.tokens.tokens[at].start as usize..frame.tokens.tokens[close].end as usize;
        let span = frame.span(range.clone());
        let parts = Self::parts(frame, at);
        let call = Call { frame, parts: &parts, range, span };
        self.budget = self.budget.saturating_sub(CALL_COST);
        if self.stop.is_some_and(|stop| stop().is_some()) {
            self.calls = 0;
        }
        let refused = match () {
            () if frame.depth >= self.nesting => Some(Why::Nesting),
            () if self.calls == 0 => Some(Why::Calls),
            () if self.budget == 0 => Some(Why::Length),
            () => None,
        };
        if let Some(why) = refused {
            let name = frame.written(&parts[0].value).to_owned();
            return self.unresolved(&call, name, why, out);
        }
        self.calls -= 1;
        let mut name = self.decided(frame.inner(), parts[0].value.clone()).trimmed();
        if !is_title(&name.text) {
            return self.literal(frame, at, close, out);
        }
        self.names_are_syntax(&call);
        let mut made = Flat::default();
        match function::call(self, &call, &name, &mut made) {
            function::Outcome::Done => {
                // What of it is shown speaks for itself.
                self.syntax(frame, call.range.clone());
                return append(made, out);
            }
            // Some modules are called as templates are, and have rules as well.
            function::Outcome::Cannot(Why::Lua) if self.rules.find(&name.text).is_some() => {}
            function::Outcome::Cannot(why) => {
                // What a function works on is no part of its name.
                let name = name.text.split('\0').next().unwrap_or_default();
                let name = name.trim_end_matches([':', ' ']).to_owned();
                return self.unresolved(&call, name, why, out);
            }
            function::Outcome::NoFunction => {}
        }
        if let Cow::Owned(title) = entity::decode(&name.text) {
            name.text = title.trim().to_owned();
        }
        // A section of a template is the template.
        if let Some(section) = name.text.find('#').filter(|at| *at > 0) {
            name.text.truncate(section);
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
            Action::Drop => self.drop(name.text, Dropped::Rule, span, &mut made),
            Action::Navigation => self.drop(name.text, Dropped::Navigation, span, &mut made),
            Action::Message => self.drop(name.text, Dropped::Message, span, &mut made),
            Action::Infobox => {
                let mut arguments = given.list;
                arguments.retain(|argument| argument.name != "0");
                for argument in &mut arguments {
                    argument.value = self.close_up(std::mem::take(&mut argument.value));
                }
                self.mark(Item::Infobox { name: name.text, arguments }, span, &mut made);
            }
            Action::Pictures => {
                self.mark(Item::Pictures { name: name.text, arguments: given.list }, span, &mut made);
            }
            Action::Citation => citation::expand(self, &name.text, &given, span, &mut made),
            Action::Native(native) => {
                let Some(misread) = measure::expand(*native, &given, span, &mut made) else {
                    return self.unresolved(&call, name.text, Why::Misread, out);
                };
                measure::account(&given, &misread, &name.text, &mut self.findings.claims);
            }
            Action::Formula(shape) => formula::expand(self, *shape, &given, &name.text, span, &mut made),
            Action::Table(table) => {
                let is_one = match table {
                    Table::Climate => series::climate(&given, span, &mut made),
                    Table::Populations => series::populations(&given, span, &mut made),
                    Table::Reviews => reviews::reviews(&given, span, &mut made),
                };
                if !is_one {
                    return self.unresolved(&call, name.text, Why::Unknown, out);
                }
                if *table == Table::Populations {
                    for value in series::STEER.iter().filter_map(|name| given.get(name)) {
                        self.findings.claims.syntax_of(value, 0..value.text.len());
                    }
                }
                self.lose_unused(&given, &name.text);
            }
            Action::Text(_) if self.active.contains(&name.text) => {
                return self.unresolved(&call, name.text, Why::Loop, out);
            }
            Action::Text(body) => {
                let inside = Frame {
                    text: &body.text,
                    tokens: body.tokens(),
                    call: Some(span),
                    arguments: Some(&given),
                    turn: None,
                    depth: frame.depth + 1,
                };
                self.active.push(name.text);
                self.expand(inside, 0..inside.tokens.tokens.len(), &mut made);
                let name = self.active.pop().unwrap_or_default();
                self.lose_unused(&given, &name);
            }
        }
        append(made, out);
    }

    fn drop(&mut self, name: String, what: Dropped, span: Span, out: &mut Flat) {
        self.mark(Item::Dropped { name, what }, span, out);
    }

    /// Whether an unknown template is a box of facts to judge by its form: above the first heading,
    /// on lines of its own, with several arguments that all have names.
    fn has_shape_of_infobox(&self, call: &Call<'_>) -> bool {
        let Call { frame, parts, range, .. } = call;
        frame.call.is_none()
            && range.end <= self.first_heading
            && (range.start == 0 || frame.text.as_bytes()[range.start - 1] == b'\n')
            && parts.len() > 3
            && parts[1..].iter().all(|part| part.name.is_some())
            && ["\n|", "\n |"].iter().any(|line| frame.text[range.clone()].contains(line))
    }

    /// The name of a call and those of its arguments; of a function, all that isn't shown.
    fn names_are_syntax(&mut self, call: &Call<'_>) {
        let Call { frame, parts, .. } = *call;
        if frame.call.is_some() {
            return;
        }
        self.syntax(frame, frame.bytes(&parts[0].value));
        for name in parts[1..].iter().filter_map(|part| part.name.as_ref()) {
            self.syntax(frame, frame.bytes(name));
        }
    }

    /// Says which arguments a template's text never asked for.
    fn lose_unused(&mut self, given: &Arguments, template: &str) {
        for argument in given.list.iter().filter(|a| a.is_lost()) {
            let subject = Subject::argument(template, &argument.name);
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
            let value = self.expanded(call.frame.inner(), part.value.clone());
            let first = part.name.as_ref().map_or(part.value.start, |name| name.start);
            let place = call.frame.bytes(&(first..part.value.end));
            let span =
                if call.frame.call.is_none() { Span::new(place.start, place.end) } else { Span::default() };
            let (name, value) = match &part.name {
                Some(name) => {
                    let name = self.decided(call.frame.inner(), name.clone());
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
        let Call { frame, parts, span, .. } = *call;
        let mut position = 0;
        let arguments = parts[1..]
            .iter()
            .map(|part| {
                let value = frame.written(&part.value).to_owned();
                match &part.name {
                    Some(name) => (frame.written(name).to_owned(), value),
                    None => {
                        position += 1;
                        (position.to_string(), value)
                    }
                }
            })
            .collect();
        let source = if frame.call.is_none() { call.range.clone() } else { span.range() };
        self.mark(Item::Unresolved { name, arguments, source, why }, span, out);
    }
}

/// Appends what a call made. What starts a block starts a line, as in MediaWiki.
fn append(made: Flat, out: &mut Flat) {
    let starts_block = made.text.starts_with("{|") || made.text.starts_with(['*', '#', ':', ';']);
    if starts_block && !out.text.is_empty() && !out.text.ends_with('\n') {
        let span = made.span(0..1);
        out.push_made("\n", span);
    }
    if out.text.capacity() == 0 {
        *out = made;
    } else {
        out.push_flat(&made);
    }
}

/// Whether a name can be that of a page or function at all.
fn is_title(name: &str) -> bool {
    !name.is_empty()
        && (name.starts_with('#')
            || name.contains(':')
            || !name.contains(['\n', '[', ']', '{', '}', '<', '>', '\0']))
}
