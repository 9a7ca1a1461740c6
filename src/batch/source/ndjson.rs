//! Documents as lines of JSON: fanfold's own shape, and Wikimedia Enterprise's.

use super::{Sources, Visit};
use crate::batch::entry::{Content, Entry, Found};
use crate::batch::reason;
use crate::model::{Creator, Language, LanguageTag, Meta};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Deserialize;
use serde_json::Value;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;
use std::sync::Arc;

impl Sources {
    /// Visits the lines of a source.
    pub(super) fn ndjson(&self, bytes: &mut dyn BufRead, id: &str, visit: &mut Visit<'_>) -> ControlFlow<()> {
        let mut lines = Lines::new(bytes, self.document_bytes);
        loop {
            let line = match lines.next() {
                Ok(Some(line)) => line,
                Ok(None) => return ControlFlow::Continue(()),
                Err(error) => return visit(Found::fault(id, reason(&error))),
            };
            let record = match line {
                Line::Long => None,
                Line::Whole(line) if line.trim_ascii().is_empty() => continue,
                Line::Whole(line) => Some(Record::parse(line)),
            };
            let number = lines.number();
            match record {
                Some(Ok(record)) => {
                    let own = record.id.clone().unwrap_or_else(|| format!("line-{number}"));
                    visit(record.found(format!("{id}#{own}"), &own, self.document_bytes))?;
                }
                Some(Err(message)) => visit(Found::fault(format!("{id}#line-{number}"), message))?,
                None => visit(Found::too_long(format!("{id}#line-{number}"), self.document_bytes))?,
            }
        }
    }
}

/// Reads lines of documents of a bounded length.
pub(in crate::batch) struct Lines<'r> {
    bytes: &'r mut dyn BufRead,
    line: Vec<u8>,
    number: u64,
    limit: u64,
}

/// A line.
pub(in crate::batch) enum Line<'l> {
    Whole(&'l [u8]),
    /// It is too long to be looked at.
    Long,
}

impl<'r> Lines<'r> {
    /// Lines of documents of up to so many bytes.
    pub fn new(bytes: &'r mut dyn BufRead, document_bytes: usize) -> Self {
        // In JSON an escaped character may take six bytes for one; base64 takes four for three.
        let limit =
            u64::try_from(document_bytes).unwrap_or(u64::MAX).saturating_mul(6).saturating_add(1 << 16);
        Lines { bytes, line: Vec::new(), number: 0, limit }
    }

    /// The number of the line that was read last, from 1.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The next line, without its end.
    pub fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        self.line.clear();
        let read = (&mut self.bytes).take(self.limit).read_until(b'\n', &mut self.line)?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        if read as u64 == self.limit && !self.line.ends_with(b"\n") {
            self.skip()?;
            return Ok(Some(Line::Long));
        }
        Ok(Some(Line::Whole(self.line.strip_suffix(b"\n").unwrap_or(&self.line))))
    }

    /// Reads to the end of a line.
    fn skip(&mut self) -> io::Result<()> {
        loop {
            let buffer = self.bytes.fill_buf()?;
            let end = buffer.iter().position(|&b| b == b'\n');
            let (used, done) = (end.map_or(buffer.len(), |e| e + 1), end.is_some() || buffer.is_empty());
            self.bytes.consume(used);
            if done {
                return Ok(());
            }
        }
    }
}

/// A document as a line of JSON.
#[derive(Debug, Default)]
pub(in crate::batch) struct Record {
    /// Its own identifier, if it has one.
    pub id: Option<String>,
    title: Option<String>,
    format: Option<String>,
    content: Option<Vec<u8>>,
    meta: Meta,
}

/// The fields of both shapes; where they mean the same, either name is taken.
#[derive(Deserialize)]
struct Fields {
    #[serde(alias = "identifier")]
    id: Option<Value>,
    #[serde(alias = "name")]
    title: Option<String>,
    format: Option<String>,
    text: Option<String>,
    base64: Option<String>,
    #[serde(alias = "source_url")]
    url: Option<String>,
    #[serde(alias = "licence", alias = "rights")]
    license: Option<Value>,
    #[serde(default)]
    authors: Vec<String>,
    #[serde(alias = "version")]
    revision: Option<Value>,
    #[serde(alias = "language", alias = "in_language")]
    lang: Option<Value>,
    #[serde(alias = "date_modified")]
    date: Option<String>,
    article_body: Option<Body>,
    is_part_of: Option<Value>,
}

#[derive(Deserialize)]
struct Body {
    wikitext: Option<String>,
}

impl Record {
    /// Reads a line.
    pub fn parse(line: &[u8]) -> Result<Self, String> {
        let fields: Fields = serde_json::from_slice(line).map_err(|e| format!("it is no document: {e}"))?;
        let enterprise = fields.article_body.is_some();
        let wikitext = fields.article_body.and_then(|b| b.wikitext);
        let content = match (fields.text.or(wikitext), fields.base64) {
            (Some(text), None) => Some(text.into_bytes()),
            (None, Some(packed)) => {
                Some(STANDARD.decode(packed).map_err(|e| format!("'base64' is badly formed: {e}"))?)
            }
            (None, None) => None,
            (Some(_), Some(_)) => return Err("it has both 'text' and 'base64'".into()),
        };
        let language = fields.lang.as_ref().and_then(|l| word(l, "identifier"));
        let creator = |name: String| Creator::new(name);
        let mut creators: Vec<Creator> = fields.authors.into_iter().map(creator).collect();
        let site = fields.is_part_of.as_ref().and_then(|s| word(s, "name"));
        if creators.is_empty() && enterprise {
            let site = site.as_deref().unwrap_or("Wikipedia");
            creators.push(creator(format!("{site} contributors")));
        }
        Ok(Record {
            id: fields.id.as_ref().and_then(|id| word(id, "")),
            title: fields.title,
            format: fields.format.or(enterprise.then(|| "wikitext".into())),
            content,
            meta: Meta {
                creators,
                date: fields.date,
                language: language.and_then(|l| LanguageTag::new(&l)).map(Language::given),
                publisher: site,
                rights: fields.license.as_ref().and_then(|l| word(l, "name")),
                source_url: fields.url,
                revision: fields.revision.as_ref().and_then(|r| word(r, "identifier")),
                ..Meta::default()
            },
        })
    }

    /// The document, under an identifier that is unique among the sources.
    pub fn found(self, id: String, own: &str, limit: usize) -> Found {
        match self.content {
            None => Found::fault(id, "it has neither 'text' nor 'base64'"),
            Some(content) if content.len() > limit => Found::too_long(id, limit),
            Some(content) => Found::Document(Entry {
                id,
                path: vec![self.title.clone().unwrap_or_else(|| own.to_owned())],
                title: self.title,
                format: self.format,
                meta: self.meta,
                images: None,
                content: Content::Bytes(Arc::new(content)),
            }),
        }
    }
}

/// A value in words: text or a number as it is, of an object the field `name` (else `identifier`
/// or `url`), of a list its members.
fn word(value: &Value, name: &str) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(fields) => {
            [name, "identifier", "url"].iter().find_map(|n| fields.get(*n)).and_then(|v| word(v, name))
        }
        Value::Array(members) => {
            let words: Vec<_> = members.iter().filter_map(|m| word(m, name)).collect();
            (!words.is_empty()).then(|| words.join(", "))
        }
        Value::Null | Value::Bool(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Found {
        Record::parse(line.as_bytes()).unwrap().found("s#1".into(), "1", 100)
    }

    #[test]
    fn own_shape() {
        let line = r#"{"id": 7, "title": "Cat", "format": "markdown", "base64": "YQ==", "license": "MIT",
            "authors": ["A"], "url": "https://e.org/", "revision": 3, "lang": "en", "other": {}}"#;
        let Found::Document(entry) = found(line) else { panic!() };
        assert!(matches!(entry.content, Content::Bytes(b) if *b == b"a"));
        assert_eq!((entry.path, entry.format), (vec!["Cat".to_string()], Some("markdown".into())));
        assert_eq!(entry.meta.revision.as_deref(), Some("3"));
        assert_eq!(entry.meta.rights.as_deref(), Some("MIT"));
    }

    #[test]
    fn the_shape_of_wikimedia_enterprise() {
        let line = r#"{"name": "Cat", "identifier": 6678, "url": "https://en.wikipedia.org/wiki/Cat",
            "version": {"identifier": 11, "editor": {"name": "E"}}, "in_language": {"identifier": "en"},
            "license": [{"name": "Creative Commons", "identifier": "CC-BY-SA-4.0"}],
            "is_part_of": {"identifier": "enwiki", "name": "Wikipedia"},
            "article_body": {"html": "<p>a", "wikitext": "'''a'''"}}"#;
        let Found::Document(entry) = found(line) else { panic!() };
        assert!(matches!(entry.content, Content::Bytes(b) if *b == b"'''a'''"));
        assert_eq!(entry.format.as_deref(), Some("wikitext"));
        assert_eq!(entry.meta.revision.as_deref(), Some("11"));
        assert_eq!(entry.meta.rights.as_deref(), Some("Creative Commons"));
        assert_eq!(entry.meta.creators[0].name, "Wikipedia contributors");
    }

    #[test]
    fn what_is_no_document_is_told() {
        assert!(Record::parse(b"[1]").is_err() && Record::parse(b"{").is_err());
        assert!(Record::parse(br#"{"base64": "*"}"#).is_err());
        assert!(matches!(found("{}"), Found::Fault { .. }));
        let long = format!("{{\"text\": \"{}\"}}", "a".repeat(101));
        assert!(matches!(found(&long), Found::Fault { .. }));
    }
}
