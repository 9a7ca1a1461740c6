//! The metadata block: YAML between `---` lines at the start.

use super::creator;
use super::options;
use super::value::{Bytes, DEPTH, Value};
use crate::account::Fate;
use crate::diagnostic::{Diagnostic, code};
use crate::format::ReadContext;
use crate::model::{Citing, Creator, Inline, InlineKind, Language, LanguageTag, Meta, Own, Span};
use crate::read::options::pandocs;
use crate::text::date;
use saphyr_parser::{Event, Parser};
use std::collections::BTreeSet;

/// One field with the place it takes in the source.
struct Field {
    name: String,
    value: Value,
    span: Span,
}

/// The metadata block at the start of a text, its fences included, and where the body starts. What
/// has no `name:` in its first line is no metadata: a rule followed by a heading looks the same.
pub(super) fn block(text: &str, start: usize) -> Option<Span> {
    let blank = text[start..].len() - text[start..].trim_start_matches(['\n', '\r']).len();
    let start = start + blank;
    let mut lines = text[start..].split_inclusive('\n');
    let opening = lines.next().filter(|line| line.trim_end() == "---")?;
    let mut end = start + opening.len();
    for (i, line) in lines.enumerate() {
        let is_field =
            || line.starts_with('#') || line.split_once(':').is_some_and(|(name, _)| !name.is_empty());
        if i == 0 && !is_field() {
            return None;
        }
        end += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return Some(Span::new(start, end));
        }
    }
    None
}

/// Reads title, authors and date from lines that begin with a percent sign, as pandoc has them; where
/// the body starts. What begins without all of its sign is text.
pub(super) fn percent_lines(text: &str, start: usize, meta: &mut Meta, cx: &mut ReadContext<'_>) -> usize {
    let mut at = start;
    let mut fields: Vec<(String, Span)> = Vec::new();
    for line in text[start..].split_inclusive('\n') {
        let words = line.trim_end();
        let goes_on = !fields.is_empty() && words.starts_with([' ', '\t']) && !words.trim().is_empty();
        let span = Span::new(at, at + words.len());
        let begins = words.strip_prefix('%').filter(|rest| rest.is_empty() || rest.starts_with(' '));
        if let Some(rest) = begins.filter(|_| fields.len() < 3) {
            fields.push((rest.trim().to_owned(), span));
        } else if let Some((field, whole)) = fields.last_mut().filter(|_| begins.is_none() && goes_on) {
            field.push('\n');
            field.push_str(words.trim());
            *whole = whole.to(span);
        } else {
            break;
        }
        at += line.len();
    }
    if fields.is_empty() {
        return start;
    }
    for (i, (field, span)) in fields.iter().enumerate() {
        cx.claim(*span, Fate::Metadata);
        meta.spans.push(*span);
        match i {
            _ if field.is_empty() => {}
            0 => {
                let text = field.replace('\n', " ");
                meta.title = vec![Inline::new(InlineKind::Text { text }, *span)];
            }
            1 => meta
                .creators
                .extend(field.split([';', '\n']).map(str::trim).filter(|n| !n.is_empty()).map(Creator::new)),
            _ => {
                meta.date = Some(field.replace('\n', " "));
                said_of_date(meta, *span, cx);
            }
        }
    }
    at
}

/// Says of a date that nobody can tell which day it means.
fn said_of_date(meta: &Meta, span: Span, cx: &mut ReadContext<'_>) {
    let Some(text) = meta.date.as_deref().filter(|text| date::iso(text).is_none()) else { return };
    let message =
        format!("which day '{text}' is can't be told; it is shown as it is, and e-books and PDF have none");
    cx.report(Diagnostic::new(&code::DATE_UNCLEAR, span, message).help("write it as 2024-05-01"));
}

/// What a metadata block asks for, beside what it says of the document.
#[derive(Default)]
pub(super) struct Asked {
    /// A list of contents before the text.
    pub contents: bool,
    /// The lowest level of headings in lists of contents.
    pub depth: Option<u8>,
    /// Citations, by the lists of works that it names.
    pub citing: Option<Box<Citing>>,
    /// Options of the conversion.
    pub own: Option<Box<Own>>,
}

/// Reads the metadata block at a span.
pub(super) fn read(text: &str, span: Span, asked: &mut Asked, cx: &mut ReadContext<'_>) -> Meta {
    let mut meta = Meta { spans: vec![span], ..Meta::default() };
    let block = text.get(span.range()).unwrap_or_default();
    let start = block.find('\n').map_or(block.len(), |at| at + 1);
    let end = block.trim_end().rfind('\n').map_or(start, |at| at.max(start));
    let fields = match fields(&block[start..end], span.start as usize + start) {
        Ok(fields) => fields,
        Err(message) => {
            let message = format!("the metadata block is not readable as YAML: {message}");
            cx.report(
                Diagnostic::new(&code::METADATA_DROPPED, span, message).help("quote values that hold ': '"),
            );
            return meta;
        }
    };
    let mut seen = BTreeSet::new();
    let mut own = Own::default();
    // What is said under fanfold's own name goes before what pandoc calls it.
    if let Some(field) = fields.iter().find(|field| field.name == OWN) {
        let source = text.get(field.span.range()).unwrap_or_default();
        let (options, twice) = options::own(source, field.span.start as usize);
        for span in twice {
            let message = "the option is said before; that is the one that counts";
            cx.report(Diagnostic::new(&code::OPTION_DROPPED, span, message));
        }
        own = Own { options, span: field.span };
        own.options.retain(|choice| choice.name != "metadata");
    }
    for mut field in fields {
        let (name, span) = (field.name.to_lowercase(), field.span);
        let new = seen.insert(name.clone());
        if name == OWN && new {
            match own_metadata(&mut field.value) {
                Ok(fields) => {
                    for (name, value) in fields {
                        if !set(&mut meta, Field { name: name.clone(), value, span }) {
                            let message = format!("the metadata field '{name}' is not kept, or not whole");
                            cx.report(Diagnostic::new(&code::METADATA_DROPPED, span, message));
                        }
                    }
                }
                Err(message) => cx.report(Diagnostic::new(&code::OPTION_DROPPED, span, message)),
            }
            continue;
        }
        if name == "toc" && new && wants_contents(&field.value, &mut asked.contents)
            || name == "toc-depth" && new && depth(&field.value, &mut asked.depth)
            || new && cites(&name, &field, &mut asked.citing)
            || new && field.value.only().is_some_and(|text| pandocs(&name, text, span, &mut own))
        {
            continue;
        }
        let kept = new && set(&mut meta, field);
        if kept && matches!(&*name, "date" | "published") {
            said_of_date(&meta, span, cx);
        }
        if !kept {
            let message = format!("the metadata field '{name}' is not kept, or not whole");
            cx.report(Diagnostic::new(&code::METADATA_DROPPED, span, message));
        }
    }
    asked.own = Some(Box::new(own)).filter(|own| !own.options.is_empty());
    meta
}

/// The field with options of the conversion.
const OWN: &str = "fanfold";

/// The metadata among the options, as a `fanfold.toml` has a table of it.
fn own_metadata(value: &mut Value) -> Result<Vec<(String, Value)>, &'static str> {
    let Value::Map(options) = value else { return Err("what stands here is no map of options") };
    let at = options.iter().position(|(name, _)| name == "metadata");
    match at.map(|at| options.remove(at).1) {
        None => Ok(Vec::new()),
        Some(Value::Map(fields)) => Ok(fields),
        Some(_) => Err("'metadata' is a table"),
    }
}

/// Whether a field says down to which level headings are in lists of contents.
fn depth(value: &Value, depth: &mut Option<u8>) -> bool {
    let Value::Scalar(said) = value else { return false };
    *depth = said.parse().ok().filter(|level| *level > 0);
    depth.is_some()
}

/// Whether a field says how works are cited; that is kept.
fn cites(name: &str, Field { value, span, .. }: &Field, citing: &mut Option<Box<Citing>>) -> bool {
    let texts: Vec<String> = match value {
        Value::Scalar(text) if !text.is_empty() => vec![text.clone()],
        Value::List(values) => {
            let text = |value: &Value| match value {
                Value::Scalar(text) => Some(text.clone()),
                _ => None,
            };
            values.iter().filter_map(text).collect()
        }
        _ => Vec::new(),
    };
    if texts.is_empty() || !matches!(value, Value::Scalar(_)) && !matches!(name, "bibliography" | "nocite") {
        return false;
    }
    let new = || Box::new(Citing { span: *span, ..Citing::default() });
    match name {
        "bibliography" => citing.get_or_insert_with(new).lists.extend(texts),
        "csl" | "citation-style" => citing.get_or_insert_with(new).style = texts.into_iter().next(),
        "reference-section-title" => citing.get_or_insert_with(new).heading = texts.into_iter().next(),
        "nocite" => {
            let keys = texts.iter().flat_map(|text| text.split([',', ';', ' ', '\n']));
            let keys = keys.filter_map(|key| key.trim().strip_prefix('@')).map(str::to_owned);
            citing.get_or_insert_with(new).uncited.extend(keys);
        }
        // Citations lead to their works in any case.
        "link-citations" => {}
        _ => return false,
    }
    true
}

/// Whether a field says if there is to be a list of contents.
fn wants_contents(value: &Value, contents: &mut bool) -> bool {
    let Value::Scalar(said) = value else { return false };
    *contents = matches!(&*said.to_ascii_lowercase(), "true" | "yes" | "on");
    *contents || matches!(&*said.to_ascii_lowercase(), "false" | "no" | "off" | "")
}

/// A language, by its tag, also as systems write it (`en_US.UTF-8`), or by its name.
fn language(value: &str) -> Option<LanguageTag> {
    let value = value.trim();
    let tag = match &*value.to_lowercase() {
        "arabic" => "ar",
        "chinese" => "zh",
        "dutch" | "nederlands" => "nl",
        "english" => "en",
        "french" | "français" => "fr",
        "german" | "deutsch" | "ngerman" => "de",
        "italian" | "italiano" => "it",
        "japanese" => "ja",
        "korean" => "ko",
        "polish" | "polski" => "pl",
        "portuguese" | "português" => "pt",
        "russian" | "русский" => "ru",
        "spanish" | "español" => "es",
        "swedish" | "svenska" => "sv",
        _ => value.split('.').next().unwrap_or(value),
    };
    let tag = tag.replace('_', "-");
    // Words are well-formed tags, too; no language has one of more than three letters.
    let short = tag.split('-').next().is_some_and(|first| first.len() <= 3);
    LanguageTag::new(&tag).filter(|_| short)
}

/// Puts a field in its place; `false` when there is none for it.
fn set(meta: &mut Meta, Field { name, value, span }: Field) -> bool {
    if matches!(&value, Value::Scalar(text) if text.is_empty()) {
        return true;
    }
    let name = name.to_lowercase();
    match name.as_str() {
        "author" | "authors" | "creator" | "creators" | "by" => {
            return creator::push(value, None, &mut meta.creators);
        }
        "contributor" | "contributors" | "editor" | "editors" | "translator" | "illustrator" => {
            return creator::push(value, creator::role(name.trim_end_matches('s')), &mut meta.creators);
        }
        "keywords" | "tags" | "categories" | "subject" | "subjects" => {
            match value {
                Value::Scalar(text) => meta.subjects.extend(
                    text.split([',', ';']).map(|s| s.trim().to_owned()).filter(|subject| !subject.is_empty()),
                ),
                Value::List(values) => {
                    let all = values.len();
                    let subjects: Vec<String> = values.into_iter().filter_map(Value::scalar).collect();
                    let kept = subjects.len();
                    meta.subjects.extend(subjects);
                    return kept == all;
                }
                Value::Map(_) => return false,
            }
            return true;
        }
        _ => {}
    }
    if let ("title", Value::List(parts)) = (name.as_str(), &value) {
        return set_titles(meta, parts, span);
    }
    let text = match value {
        // Pandoc has the scheme of an identifier beside it.
        Value::Map(fields) if name == "identifier" => {
            fields.into_iter().find(|(key, _)| key == "text").and_then(|(_, value)| value.scalar())
        }
        // The first of several is the one.
        Value::List(mut several) if name == "identifier" && several.len() == 1 => {
            return set(meta, Field { name, value: several.remove(0), span });
        }
        value => value.scalar(),
    };
    let Some(text) = text else { return false };
    match name.as_str() {
        "title" => meta.title = vec![Inline::new(InlineKind::Text { text }, span)],
        "subtitle" => meta.subtitle = vec![Inline::new(InlineKind::Text { text }, span)],
        "date" | "published" => meta.date = Some(text),
        "lang" | "language" | "locale" => match language(&text) {
            Some(tag) => meta.language = Some(Language::given(tag)),
            None => return false,
        },
        "description" | "abstract" | "summary" => meta.description = Some(text),
        "identifier" | "doi" | "isbn" => meta.identifier = Some(text),
        "publisher" => meta.publisher = Some(text),
        "rights" | "license" | "licence" | "copyright" => meta.rights = Some(text),
        "source" | "source-url" | "url" | "canonical" => meta.source_url = Some(text),
        "revision" | "version" => meta.revision = Some(text),
        _ => return false,
    }
    true
}

/// Titles as pandoc has them for e-books: maps with a type and a text. Whether all of them were kept.
fn set_titles(meta: &mut Meta, parts: &[Value], span: Span) -> bool {
    let mut whole = true;
    for part in parts {
        let Value::Map(fields) = part else { return false };
        let field = |name: &str| {
            fields.iter().find_map(|(key, value)| match value {
                Value::Scalar(text) if key == name => Some(text.clone()),
                _ => None,
            })
        };
        let Some(text) = field("text") else { return false };
        let content = vec![Inline::new(InlineKind::Text { text }, span)];
        match field("type").as_deref() {
            None | Some("main") if meta.title.is_empty() => meta.title = content,
            Some("subtitle") if meta.subtitle.is_empty() => meta.subtitle = content,
            _ => whole = false,
        }
    }
    whole
}

/// A collection that is being read, with the key its map waits to give a value.
enum Open {
    List(Vec<Value>),
    Map(Vec<(String, Value)>, Option<String>),
}

/// The fields of a YAML map that stands at an offset of the source.
fn fields(yaml: &str, offset: usize) -> Result<Vec<Field>, String> {
    let mut fields = Vec::new();
    let mut stack: Vec<Open> = Vec::new();
    let mut key: Option<(String, usize)> = None;
    let mut chars = Bytes::of(yaml);
    for event in Parser::new_from_str(yaml) {
        let (event, place) = event.map_err(|error| error.to_string())?;
        let value = match event {
            Event::Scalar(text, style, ..) => {
                let null = style == saphyr_parser::ScalarStyle::Plain && matches!(&*text, "~" | "null");
                Value::Scalar(if null { String::new() } else { text.trim().to_owned() })
            }
            Event::SequenceStart(..) | Event::MappingStart(..) if stack.len() > DEPTH => {
                return Err(format!("collections are nested more than {DEPTH} deep"));
            }
            Event::SequenceStart(..) => {
                stack.push(Open::List(Vec::new()));
                continue;
            }
            Event::MappingStart(..) => {
                stack.push(Open::Map(Vec::new(), None));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match stack.pop() {
                Some(Open::List(values)) => Value::List(values),
                Some(Open::Map(values, _)) => Value::Map(values),
                None => continue,
            },
            Event::Alias(_) => return Err("an alias (*name) is not supported".to_owned()),
            _ => continue,
        };
        let top = stack.len() == 1;
        match stack.last_mut() {
            None if matches!(value, Value::Map(_)) => {}
            None => return Err("it is no list of 'name: value'".to_owned()),
            Some(Open::List(values)) => values.push(value),
            Some(Open::Map(values, name)) => match (name.take(), value) {
                (Some(name), value) => {
                    if !top {
                        values.push((name, value));
                    } else if let Some((name, start)) = key.take() {
                        let span = Span::new(offset + start, offset + chars.at(place.end.index()));
                        fields.push(Field { name, value, span });
                    }
                }
                (None, Value::Scalar(text)) => {
                    if top {
                        key = Some((text.clone(), chars.at(place.start.index())));
                    }
                    *name = Some(text);
                }
                (None, _) => return Err("a name is a list".to_owned()),
            },
        }
    }
    Ok(fields)
}
