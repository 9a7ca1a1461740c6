//! Reads back what the JSON writer writes, and what the writers of later minor versions write.

mod shape;
mod survey;
mod text;

use crate::diagnostic::{Diagnostic, Remedy, code};
use crate::format::{Error, Format, ReadContext, Reader};
use crate::model::visit::{Visit, walk_article, walk_block, walk_inline};
use crate::model::{Block, BlockKind, Document, Fields, Inline, InlineKind, Meta, NoteId, Span};
use crate::schema;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use survey::{Step, Survey, survey};
use text::malformed;

/// The JSON reader. It recovers from nothing: what was written by a program is right or wrong.
#[derive(Clone, Copy, Debug, Default)]
pub struct Json;

/// What is read first, to say whether the rest can be read.
#[derive(Deserialize)]
struct Head {
    schema: String,
    version: String,
}

impl Reader for Json {
    fn format(&self) -> Format {
        schema::FORMAT
    }

    fn detect(&self, head: &str) -> u8 {
        let head = head.trim_start_matches('\u{FEFF}').trim_start();
        match head.strip_prefix('{') {
            Some(rest) if rest.contains("\"schema\"") && rest.contains("\"fanfold\"") => 100,
            Some(rest) if rest.trim_start().starts_with('"') => 60,
            _ => 0,
        }
    }

    fn read(&self, source: &[u8], cx: &mut ReadContext<'_>) -> Result<Document, Error> {
        let decoded = crate::decode::decode(source, cx)?;
        let (text, start) = (&*decoded.text, decoded.start());
        // Six brackets are the most that a node needs around its children: a table's.
        check_depth(text, 6 * cx.limits().depth() + 16)?;
        let head: Head =
            parse(text, start).map_err(|error| match text.contains("\"pandoc-api-version\"") {
                true => Error::OtherFormat { what: "pandoc's JSON", format: "pandoc" },
                false => error,
            })?;
        if head.schema != schema::NAME {
            return Err(malformed(
                format!("the schema is '{}', not '{}'", head.schema, schema::NAME),
                place_of(text, "schema"),
            ));
        }
        let Some((major, minor)) = schema::version(&head.version) else {
            return Err(malformed(
                format!("the schema's version is '{}', not of the form 'major.minor'", head.version),
                place_of(text, "version"),
            ));
        };
        let (own_major, own_minor) = schema::version(schema::VERSION).unwrap_or_default();
        if major != own_major {
            return Err(malformed(
                format!("the schema's version is {}; this fanfold reads {}", head.version, schema::VERSION),
                place_of(text, "version"),
            ));
        }
        let found = survey(text, start, minor > own_minor, cx)?;
        let mut document: Document = match edited(text, start, &found) {
            Cow::Borrowed(json) => parse(json, start)?,
            Cow::Owned(json) => parse(&json, 0).map_err(|error| match error {
                Error::Malformed { message, span } => {
                    let place = |span: Span| source_place(span.start as usize, start, &found);
                    malformed(message, span.map(place).map(|at| Span::new(at, at)))
                }
                error => error,
            })?,
        };
        cx.go_on()?;
        check_references(&document)?;
        document.newer_minor = (minor > own_minor).then_some(minor);
        keep(&mut document, found.kept);
        load(&mut document, found.files, cx);
        let source = decoded.source(cx.source_name(), self.format().name);
        cx.settle_claims(text, source, "{}[]:,\"");
        Ok(document)
    }
}

/// The text with what the survey puts in the place of what this version can't read. A text that is
/// read as it stands is whole, so that faults are at their places.
fn edited<'t>(text: &'t str, start: usize, found: &Survey) -> Cow<'t, str> {
    if found.edits.is_empty() {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut at = start;
    for (range, instead) in &found.edits {
        out.push_str(&text[at..range.start]);
        out.push_str(instead);
        at = range.end;
    }
    out.push_str(&text[at..]);
    out.into()
}

/// Where a byte of the edited text stands in the text that was edited.
fn source_place(at: usize, start: usize, found: &Survey) -> usize {
    let (mut from, mut length) = (start, 0);
    for (range, instead) in &found.edits {
        let kept = length + range.start - from;
        if at < kept {
            break;
        }
        if at < kept + instead.len() {
            return range.start;
        }
        (from, length) = (range.end, kept + instead.len());
    }
    from + at - length
}

/// Gives fields that are not known to what keeps them.
fn keep(document: &mut Document, kept: BTreeMap<Vec<Step>, Fields>) {
    for (way, fields) in kept {
        if let Some(keeper) = keeper(document, &way) {
            *keeper = fields;
        }
    }
}

fn keeper<'d>(document: &'d mut Document, way: &[Step]) -> Option<&'d mut Fields> {
    let Some((Step::Name(name), rest)) = way.split_first() else { return Some(&mut document.unknown) };
    match (name.as_str(), rest) {
        ("meta", rest) => keeper_in_meta(&mut document.meta, rest),
        ("sources", [Step::Index(n)]) => Some(&mut document.sources.get_mut(*n)?.unknown),
        ("assets", [Step::Name(name)]) => Some(&mut document.assets.get_mut(name)?.unknown),
        ("articles", [Step::Index(n), rest @ ..]) => {
            let article = document.articles.get_mut(*n)?;
            let Some((Step::Name(name), rest)) = rest.split_first() else {
                return Some(&mut article.unknown);
            };
            match (name.as_str(), rest) {
                ("meta", rest) => keeper_in_meta(&mut article.meta, rest),
                ("notes", [Step::Index(n)]) => Some(&mut article.notes.get_mut(*n)?.unknown),
                ("citations", [Step::Index(n)]) => Some(&mut article.citations.get_mut(*n)?.unknown),
                _ => None,
            }
        }
        _ => None,
    }
}

fn keeper_in_meta<'m>(meta: &'m mut Meta, way: &[Step]) -> Option<&'m mut Fields> {
    match way {
        [] => Some(&mut meta.unknown),
        [Step::Name(name), Step::Index(n)] if name == "creators" => {
            Some(&mut meta.creators.get_mut(*n)?.unknown)
        }
        [Step::Name(name)] if name == "language" => Some(&mut meta.language.as_mut()?.unknown),
        _ => None,
    }
}

/// Loads the assets that stand in files beside the document.
fn load(document: &mut Document, files: Vec<(String, String)>, cx: &mut ReadContext<'_>) {
    let mut loaded = document.assets.values().map(|asset| asset.data.len()).sum();
    for (name, file) in files {
        match cx.load(&file, loaded) {
            Ok(data) => {
                loaded += data.len();
                if let Some(asset) = document.assets.get_mut(&name) {
                    asset.data = data.into();
                }
            }
            Err(reason) => {
                document.assets.remove(&name);
                let message =
                    format!("the file '{file}' of image '{name}': {reason}; its words stand in its place");
                cx.report(Diagnostic::new(&code::IMAGE_UNAVAILABLE, None, message));
            }
        }
    }
}

/// Where a key of the envelope stands; the envelope comes before everything else.
fn place_of(text: &str, key: &str) -> Option<Span> {
    let at = text.find(&format!("\"{key}\""))?;
    Some(Span::new(at, at + key.len() + 2))
}

fn parse<'de, T: Deserialize<'de>>(text: &'de str, start: usize) -> Result<T, Error> {
    let json = &text[start..];
    let mut deserializer = serde_json::Deserializer::from_str(json);
    deserializer.disable_recursion_limit();
    let value = T::deserialize(&mut deserializer).and_then(|value| deserializer.end().map(|()| value));
    value.map_err(|error| {
        let before: usize =
            json.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let mut at = (before + error.column().saturating_sub(1)).min(json.len());
        while !json.is_char_boundary(at) {
            at -= 1;
        }
        let told = error.to_string();
        // The place is told as every place is.
        let told = told.strip_suffix(&format!(" at line {} column {}", error.line(), error.column()));
        let mut message = format!(
            "not readable as fanfold JSON: {}",
            told.map_or_else(|| error.to_string(), str::to_owned)
        );
        if message.contains("hex escape") || message.contains("surrogate") {
            message.push_str("; a \\u escape from D800 to DFFF is half of a pair");
        }
        malformed(message, Some(Span::new(start + at, start + at)))
    })
}

/// Bounds the stack before anything is parsed.
pub(super) fn check_depth(text: &str, most: usize) -> Result<(), Error> {
    let (mut depth, mut in_string, mut escaped) = (0, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                depth += 1;
                if depth > most {
                    let (what, remedy) = ("the nesting of arrays and objects", Remedy::Nesting);
                    return Err(Error::limit(what, most, remedy, Span::new(at, at + 1)));
                }
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

/// What types can't hold: a call of a note has its note, a span its place in a source.
fn check_references(document: &Document) -> Result<(), Error> {
    for (number, article) in document.articles.iter().enumerate() {
        let mut check = Check { document, notes: article.notes.len(), fault: None };
        check.span(article.span);
        walk_article(&mut check, article);
        if let Some(fault) = check.fault {
            return Err(malformed(format!("article {}: {fault}", number + 1), None));
        }
    }
    Ok(())
}

struct Check<'d> {
    document: &'d Document,
    notes: usize,
    fault: Option<String>,
}

impl Check<'_> {
    fn span(&mut self, span: Span) {
        let fault = match self.document.sources.get(usize::from(span.source.0)) {
            Some(source) if span.end <= source.length => return,
            // A document made by hand has neither sources nor places in them.
            None if span == Span::default() => return,
            Some(source) => format!("a span ends at {}, its source at {}", span.end, source.length),
            None => format!("a span is in source {}, of {}", span.source.0, self.document.sources.len()),
        };
        self.fault.get_or_insert(fault);
    }
}

impl Visit<'_> for Check<'_> {
    fn block(&mut self, block: &Block) {
        self.span(block.span);
        if let BlockKind::Notes { notes, .. } = &block.kind
            && let Some(NoteId(id)) = notes.iter().find(|id| id.0 as usize >= self.notes)
        {
            self.fault.get_or_insert(format!("note {id} is listed, but there are {}", self.notes));
        }
        walk_block(self, block);
    }

    fn inline(&mut self, inline: &Inline) {
        self.span(inline.span);
        if let InlineKind::Note { note: NoteId(id) } = inline.kind
            && id as usize >= self.notes
        {
            self.fault.get_or_insert(format!("note {id} is called, but there are {}", self.notes));
        }
        walk_inline(self, inline);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Ignore;
    use crate::format::{Limits, WriteContext};
    use crate::model::*;

    fn read(text: &str) -> Result<Document, Error> {
        let limits = Limits::default();
        Json.read(text.as_bytes(), &mut ReadContext::new("-", &limits, &mut Ignore))
    }

    /// The message, with the text where the fault is said to be.
    fn fault(text: &str) -> (String, String) {
        match read(text) {
            Err(Error::Malformed { message, span }) => {
                let before = span.map_or("", |span| &text[..span.start as usize]);
                (
                    message,
                    format!(
                        "{}:{}",
                        before.matches('\n').count() + 1,
                        before.len() - before.rfind('\n').map_or(0, |n| n + 1) + 1
                    ),
                )
            }
            other => panic!("{other:?}"),
        }
    }

    fn document(block: &str) -> String {
        format!(
            "{{\"schema\":\"fanfold\",\"version\":\"0.1\",\"sources\":[{{\"name\":\"a\",\"format\":\"b\",\"encoding\":\"UTF-8\",\"length\":9}}],\n\"articles\":[{{\"span\":[0,9],\"blocks\":[\n{block}\n]}}]}}"
        )
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let cases = [
            ("", "EOF while parsing", "1:1"),
            ("[1,1,1]", "invalid type: integer", "1:2"),
            ("{\"schema\":\"x\",\"version\":\"0.1\"}", "the schema is 'x', not 'fanfold'", "1:2"),
            ("{\"schema\":\"fanfold\",\n\"version\":\"1.0\"}", "the schema's version is 1.0", "2:1"),
            ("{\"schema\":\"fanfold\",\n\"version\":\"x\"}", "not of the form 'major.minor'", "2:1"),
            ("{\"schema\":\"fanfold\",\"version\":\"0.1\",\n\"x\":[1,2,3]}", "unknown field `x`", "2:1"),
            (
                "{\"schema\":\"fanfold\",\"schema\":\"fanfold\",\"version\":\"0.1\"}",
                "duplicate field `schema`",
                "",
            ),
            (&document("{\"type\":\"rule\",\"span\":[0,1],\"color\":1}"), "unknown field `color`", "3:"),
            (&document("{\"type\":\"rule\",\"span\":[0,1],\"span\":[0,2]}"), "duplicate field `span`", "3:"),
            (&document("{\"type\":\"rule\",\"span\":[2,1]}"), "a span ends before it starts", "3:"),
            (
                &document("{\"type\":\"rule\",\"span\":[0,10]}"),
                "article 1: a span ends at 10, its source at 9",
                "",
            ),
            (&document("{\"type\":\"rule\",\"span\":[0,1,1]}"), "article 1: a span is in source 1, of 1", ""),
            (&document("{\"type\":\"code\",\"text\":\"\\ud800\",\"span\":[0,1]}"), "half of a pair", "3:"),
            (
                &document("{\"type\":\"heading\",\"level\":7,\"content\":[],\"span\":[0,1]}"),
                "level is 1 to 6",
                "3:",
            ),
            (&document("{\"type\":\"hedding\",\"span\":[0,1]}"), "unknown variant `hedding`", "3:"),
            (
                &document(
                    "{\"type\":\"paragraph\",\"content\":[{\"type\":\"note\",\"note\":0,\"span\":[0,1]}],\"span\":[0,1]}",
                ),
                "article 1: note 0 is called, but there are 0",
                "",
            ),
        ];
        for (text, message, place) in cases {
            let (said, at) = fault(text);
            assert!(said.contains(message), "{text}: {said}");
            assert!(place.is_empty() || at.starts_with(place), "{text}: {said} at {at}");
        }
    }

    #[test]
    fn depth_is_bounded_before_parsing() {
        let error = read(&"[".repeat(100_000)).unwrap_err();
        assert!(
            matches!(error, Error::Limit { limit: 400, span: Some(Span { start: 400, .. }), .. }),
            "{error:?}"
        );
        assert_eq!(error.remedy(), Some(Remedy::Nesting));
    }

    #[test]
    fn the_deepest_document_is_read_back() {
        let mut block = Block::new(BlockKind::Rule, Span::default());
        for _ in 0..63 {
            let cell = Cell::new(vec![block], Span::default());
            let table =
                Table { body: vec![Row { cells: vec![cell], span: Span::default() }], ..Table::default() };
            block = Block::new(BlockKind::Table(Box::new(table)), Span::default());
        }
        let article = Article { blocks: vec![block], ..Article::default() };
        let written = Document { articles: vec![article], ..Document::default() };
        let mut json = Vec::new();
        let limits = Limits::default();
        let mut sink = Ignore;
        let mut cx = WriteContext::new("-", &limits, &mut sink);
        crate::registry().writer("json").unwrap().write(&written, &mut json, &mut cx).unwrap();
        let mut cx = ReadContext::new("-", &limits, &mut sink);
        assert_eq!(Json.read(&json, &mut cx).unwrap(), written);
    }
}
