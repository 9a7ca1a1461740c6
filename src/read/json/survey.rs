//! One pass over the text of a JSON document, before its types are read: which names belong to it,
//! and what is to be done with those that don't.
//!
//! In a document of this version or an older one, a name that does not belong is an error. A newer
//! minor may have more: a node with fields of its own keeps those this version doesn't know; a node
//! whose type or content this version can't read is kept whole.

use super::shape::{EVERY_NODE, Field, Shape};
use super::text::{malformed, quoted};
use crate::account::Fate;
use crate::diagnostic::{Diagnostic, code};
use crate::format::{Error, ReadContext};
use crate::model::{Fields, Span};
use crate::schema;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What was found.
#[derive(Default)]
pub(super) struct Survey {
    /// What to read instead of a part of the text, in order.
    pub edits: Vec<(Range<usize>, String)>,
    /// Fields that are not known, by the way from the document to what keeps them.
    pub kept: BTreeMap<Vec<Step>, Fields>,
    /// The files of assets that are not in the text, by the asset's name.
    pub files: Vec<(String, String)>,
}

/// From an object or array to something in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Name(String),
    Index(usize),
}

/// Looks through a text that is known to be JSON. `newer`: its minor version is above this one.
pub(super) fn survey(
    text: &str,
    start: usize,
    newer: bool,
    cx: &mut ReadContext<'_>,
) -> Result<Survey, Error> {
    let mut walk = Walk { text, at: start, newer, found: Survey::default(), way: Vec::new(), cx };
    walk.value(&super::shape::ENVELOPE)?;
    walk.found.edits.sort_by_key(|(range, _)| (range.start, range.end));
    Ok(walk.found)
}

struct Walk<'t, 'c, 'd> {
    text: &'t str,
    at: usize,
    newer: bool,
    found: Survey,
    /// From the document to the value at hand, as far as it leads to what keeps fields.
    way: Vec<Step>,
    cx: &'c mut ReadContext<'d>,
}

/// Where things stand that the value they are in can't keep.
type Strange = Vec<Range<usize>>;

impl<'t> Walk<'t, '_, '_> {
    fn byte(&mut self) -> u8 {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        bytes.get(self.at).copied().unwrap_or_default()
    }

    /// Reads a value of a shape and tells what in it has no place. A value of another type is left
    /// to the types to find fault with.
    fn value(&mut self, shape: &'static Shape) -> Result<Strange, Error> {
        match (shape, self.byte()) {
            (Shape::Object(fields), b'{') => self.object(fields),
            (Shape::Keeper(fields), b'{') => self.keep(fields),
            (Shape::Node(kinds), b'{') => self.node(kinds),
            (Shape::Map(inner), b'{') => self.map(inner),
            (Shape::Spare(inner), _) => self.value(inner),
            (Shape::List(inner), b'[') => {
                let keepers = matches!(inner, Shape::Keeper(_));
                let mut strange = Vec::new();
                self.at += 1;
                for index in 0.. {
                    if matches!(self.byte(), b']' | 0) {
                        break;
                    }
                    if keepers {
                        self.way.push(Step::Index(index));
                    }
                    strange.extend(self.value(inner)?);
                    if keepers {
                        self.way.pop();
                    }
                    if self.byte() == b',' {
                        self.at += 1;
                    }
                }
                self.at += 1;
                Ok(strange)
            }
            (Shape::Word(words), b'"') => {
                let range = self.skip();
                self.claim(&range, Fate::Syntax);
                let known = words.contains(&&self.text[range.start + 1..range.end - 1]);
                Ok(if known || !self.newer { Vec::new() } else { vec![range] })
            }
            (Shape::Leaf(fate), _) => {
                let range = self.skip();
                self.claim(&range, *fate);
                Ok(Vec::new())
            }
            _ => {
                let range = self.skip();
                self.claim(&range, Fate::Rendered);
                Ok(Vec::new())
            }
        }
    }

    /// Steps over a value.
    fn skip(&mut self) -> Range<usize> {
        let first = self.byte();
        let (start, bytes) = (self.at, self.text.as_bytes());
        let (mut depth, mut in_string) = (0usize, false);
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                b'\\' if in_string => self.at += 1,
                b'"' => {
                    in_string = !in_string;
                    if !in_string && depth == 0 {
                        self.at += 1;
                        break;
                    }
                }
                _ if in_string => {}
                b'[' | b'{' => depth += 1,
                b']' | b'}' if depth == 0 => break,
                b']' | b'}' => {
                    depth -= 1;
                    if depth == 0 {
                        self.at += 1;
                        break;
                    }
                }
                b',' if depth == 0 => break,
                b' ' | b'\n' | b'\r' | b'\t' if depth == 0 && first != b'"' => break,
                _ => {}
            }
            self.at += 1;
        }
        self.at = self.at.min(bytes.len());
        start..self.at
    }

    /// Marks a value, without the quotation marks of a string.
    fn claim(&mut self, range: &Range<usize>, fate: Fate) {
        let marks = usize::from(self.text[range.clone()].starts_with('"') && range.len() > 1);
        self.cx.claim(Span::new(range.start + marks, range.end - marks), fate);
    }

    /// Reads the members of an object, each handed on with its name when its value is next.
    fn members(
        &mut self,
        mut member: impl FnMut(&mut Self, &'t str, Range<usize>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut seen = BTreeSet::new();
        self.at += 1;
        while self.byte() == b'"' {
            let key = self.skip();
            let name = &self.text[key.start + 1..key.end - 1];
            if !seen.insert(name) {
                return Err(malformed(
                    format!("duplicate field `{name}`"),
                    Some(Span::new(key.start, key.end)),
                ));
            }
            if self.byte() == b':' {
                self.at += 1;
            }
            member(self, name, key)?;
            if self.byte() == b',' {
                self.at += 1;
            }
        }
        self.at += 1;
        Ok(())
    }

    /// A field that has no place in its object: an error, unless a newer version may have it.
    fn strange(&mut self, name: &str, key: Range<usize>) -> Result<Range<usize>, Error> {
        if !self.newer {
            let message =
                format!("unknown field `{name}`; version {} of the schema has none here", schema::VERSION);
            return Err(malformed(message, Some(Span::new(key.start, key.end))));
        }
        let value = self.skip();
        Ok(key.start..value.end)
    }

    fn object(&mut self, fields: &'static [Field]) -> Result<Strange, Error> {
        let mut strange = Vec::new();
        self.members(|walk, name, key| {
            walk.claim(&key, Fate::Syntax);
            match fields.iter().find(|(known, _)| *known == name) {
                Some((_, shape)) => strange.extend(walk.value(shape)?),
                None => strange.push(walk.strange(name, key)?),
            }
            Ok(())
        })?;
        Ok(strange)
    }

    /// What keeps the fields that it does not know.
    fn keep(&mut self, fields: &'static [Field]) -> Result<Strange, Error> {
        let mut strange = Vec::new();
        self.members(|walk, name, key| {
            walk.claim(&key, Fate::Syntax);
            let Some((_, shape)) = fields.iter().find(|(known, _)| *known == name) else {
                let field = walk.strange(name, key.clone())?;
                walk.keep_field(name, &key, &field);
                return Ok(());
            };
            if name == "file" {
                walk.file();
            }
            walk.way.push(Step::Name(name.to_owned()));
            let edits = walk.found.edits.len();
            let start = walk.at;
            let within = walk.value(shape)?;
            walk.way.pop();
            if !within.is_empty() && matches!(shape, Shape::Spare(_)) {
                walk.found.edits.truncate(edits);
                walk.found.kept.retain(|way, _| !within_field(way, &walk.way, name));
                walk.found.edits.push((start..walk.at, "null".to_owned()));
                walk.keep_field(name, &key, &(key.start..walk.at));
            } else {
                strange.extend(within);
            }
            Ok(())
        })?;
        Ok(strange)
    }

    /// The name of the file that holds an asset's bytes.
    fn file(&mut self) {
        let Some(Step::Name(asset)) = self.way.last().cloned() else { return };
        let value = self.at;
        let file = self.skip();
        self.at = value;
        let file = self.text[file].trim_matches('"');
        self.found.files.push((asset, quoted(file)));
    }

    fn map(&mut self, inner: &'static Shape) -> Result<Strange, Error> {
        let mut strange = Vec::new();
        self.members(|walk, name, key| {
            walk.claim(&key, Fate::Rendered);
            walk.way.push(Step::Name(quoted(name)));
            strange.extend(walk.value(inner)?);
            walk.way.pop();
            Ok(())
        })?;
        Ok(strange)
    }

    fn node(&mut self, kinds: &'static [(&'static str, &'static [Field])]) -> Result<Strange, Error> {
        let start = self.at;
        let edits = self.found.edits.len();
        let kind = self.node_type();
        let Some((_, own)) = kinds.iter().find(|(known, _)| *known == kind) else {
            let range = self.skip();
            if self.newer && !kind.is_empty() {
                self.keep_node(kind, range);
            }
            // The types say what is wrong with it otherwise.
            return Ok(Vec::new());
        };
        let (mut strange, mut extra) = (Vec::new(), Fields::default());
        let mut attr = None;
        self.members(|walk, name, key| {
            walk.claim(&key, Fate::Syntax);
            match own.iter().chain(EVERY_NODE).find(|(known, _)| *known == name) {
                Some((_, shape)) => {
                    if name == "attr" && walk.byte() == b'{' {
                        attr = Some(walk.at);
                    }
                    strange.extend(walk.value(shape)?);
                }
                None => {
                    let field = walk.strange(name, key.clone())?;
                    walk.kept_field(name, &key, &field);
                    let value = walk.field_value(&key, &field).to_owned();
                    extra.0.insert(quoted(name), value);
                }
            }
            Ok(())
        })?;
        if !strange.is_empty() {
            self.found.edits.truncate(edits);
            self.keep_node(kind, start..self.at);
        } else if !extra.is_empty() {
            let unknown = serde_json::to_string(&extra.0).unwrap_or_default();
            let (at, text) = match attr {
                Some(attr) => {
                    let rest = self.text[attr + 1..].trim_start();
                    let comma = if rest.starts_with('}') { "" } else { "," };
                    (attr + 1, format!("\"unknown\":{unknown}{comma}"))
                }
                None => (start + 1, format!("\"attr\":{{\"unknown\":{unknown}}},")),
            };
            self.found.edits.push((at..at, text));
        }
        Ok(Vec::new())
    }

    /// The `type` of the object at hand, which most often is its first member.
    fn node_type(&mut self) -> &'t str {
        let start = self.at;
        let mut kind = "";
        self.at += 1;
        while self.byte() == b'"' {
            let key = self.skip();
            if self.byte() == b':' {
                self.at += 1;
            }
            let value = self.skip();
            if &self.text[key] == "\"type\"" {
                kind = self.text[value].trim_matches('"');
                break;
            }
            if self.byte() == b',' {
                self.at += 1;
            }
        }
        self.at = start;
        kind
    }

    /// The JSON of a field's value.
    fn field_value(&self, key: &Range<usize>, field: &Range<usize>) -> &'t str {
        self.text[key.end..field.end].trim_start().trim_start_matches(':').trim_start()
    }

    /// Keeps a field for what is at hand.
    fn keep_field(&mut self, name: &str, key: &Range<usize>, field: &Range<usize>) {
        self.kept_field(name, key, field);
        let value = self.field_value(key, field).to_owned();
        self.found.kept.entry(self.way.clone()).or_default().0.insert(quoted(name), value);
    }

    fn kept_field(&mut self, name: &str, key: &Range<usize>, field: &Range<usize>) {
        self.cx.claim(Span::new(key.end, field.end), Fate::Metadata);
        let message =
            format!("the field '{name}' is of a newer version; it is kept, and changes nothing here");
        self.cx.report(Diagnostic::new(&code::UNKNOWN_KEPT, Span::new(field.start, field.end), message));
    }

    /// Puts a node in the place of one that can't be read, to keep it whole.
    fn keep_node(&mut self, kind: &str, range: Range<usize>) {
        let json = &self.text[range.clone()];
        let place = Span::new(range.start, range.end);
        self.cx.claim(place, Fate::Rendered);
        let message = format!("'{kind}' is of a newer version; it is kept, and its words are shown");
        self.cx.report(Diagnostic::new(&code::UNKNOWN_KEPT, place, message));
        let value: Value = serde_json::from_str(json).unwrap_or_default();
        let mut words = String::new();
        push_words(&value, &mut words);
        let span = value
            .get("span")
            .filter(|span| span.is_array())
            .cloned()
            .unwrap_or_else(|| serde_json::json!([0, 0]));
        let text = serde_json::json!({"type": "text", "text": words, "span": span});
        let content = if words.is_empty() { Vec::new() } else { vec![text] };
        let node = serde_json::json!({
            "type": "unknown", "name": quoted(kind), "json": json, "content": content, "span": span,
        });
        self.found.edits.push((range, node.to_string()));
    }
}

/// Whether a way leads into this field of what another way leads to.
fn within_field(way: &[Step], keeper: &[Step], name: &str) -> bool {
    way.strip_prefix(keeper).is_some_and(|rest| rest.first() == Some(&Step::Name(name.to_owned())))
}

/// The words in a node of any kind: what texts and formulas say, and what stands for images.
fn push_words(value: &Value, words: &mut String) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| push_words(value, words)),
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if matches!(name.as_str(), "text" | "tex" | "alt") => {
                        if !words.is_empty() && !words.ends_with(char::is_whitespace) {
                            words.push(' ');
                        }
                        words.push_str(text);
                    }
                    Value::String(_) => {}
                    _ => push_words(value, words),
                }
            }
        }
        _ => {}
    }
}
