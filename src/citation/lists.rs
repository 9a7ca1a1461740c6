//! Reads lists of works.

use biblatex::{Bibliography, Field, ParseErrorKind, RawBibliography, RawChunk};
use hayagriva::Entry;
use hayagriva::citationberg::json;
use hayagriva::types::Publisher;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The works of all lists. Those of CSL are kept as they are: it knows fields that others don't.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    pub entries: Vec<Entry>,
    pub items: Vec<(String, json::Item)>,
}

/// What is wrong with a list of works.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Fault {
    /// Where, in bytes.
    pub place: Option<Range<usize>>,
    /// What, in a sentence without a full stop.
    pub message: String,
}

/// As many faults are told of one list.
const FAULTS: usize = 50;

/// Adds the works of a list; what is wrong with it.
pub(super) fn read(name: &str, text: &str, lists: &mut Lists) -> Vec<Fault> {
    let text = text.trim_start_matches('\u{feff}');
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let faults = match extension.as_deref() {
        Some("bib" | "bibtex" | "biblatex") => bibtex(text, lists),
        Some("json") => csl_json(text, lists),
        Some("yaml" | "yml") => yaml(text, lists),
        _ if text.trim_start().starts_with(['[', '{']) => csl_json(text, lists),
        _ if text.trim_start().starts_with(['@', '%']) => bibtex(text, lists),
        _ => yaml(text, lists),
    };
    let mut keys = BTreeSet::new();
    lists.entries.retain(|entry| keys.insert(entry.key().to_owned()));
    lists.items.retain(|(key, _)| keys.insert(key.clone()));
    faults
}

/// Entries that can't be read are left out, one after the other.
fn bibtex(text: &str, lists: &mut Lists) -> Vec<Fault> {
    let mut text = text.to_owned();
    let mut faults = Vec::new();
    let entries: Vec<_> = begins(&text);
    let of = |at: usize, length: usize| {
        let next = entries.partition_point(|begin| *begin <= at);
        let begin = next.checked_sub(1).map_or(0, |before| entries[before]);
        begin..entries.get(next).copied().unwrap_or(length)
    };
    if RawBibliography::parse(&text).is_err() {
        for begin in &entries {
            let range = of(*begin, text.len());
            if let Err(error) = RawBibliography::parse(&text[range.clone()]) {
                faults.push(Fault { place: Some(range.clone()), message: words(&error.kind) });
                blank(&mut text, range);
            }
        }
    }
    for (at, message) in endless(&text) {
        let range = of(at, text.len());
        faults.push(Fault { place: Some(range.clone()), message });
        blank(&mut text, range);
    }
    let bibliography = loop {
        match Bibliography::parse(&text) {
            Ok(found) => break found,
            Err(error) if faults.len() < FAULTS && error.span.start < text.len() => {
                let range = of(error.span.start, text.len());
                let is_blank = text[range.clone()].trim().is_empty();
                faults.push(Fault { place: Some(range.clone()), message: words(&error.kind) });
                if is_blank {
                    return faults;
                }
                blank(&mut text, range);
            }
            Err(error) => {
                faults.push(Fault { place: Some(error.span), message: words(&error.kind) });
                return faults;
            }
        }
    };
    for entry in bibliography.iter() {
        match Entry::try_from(entry) {
            Ok(mut entry) => {
                // Styles ask for who publishes a thesis or a report, which BibTeX calls school or institution.
                if let (None, Some(organization)) = (entry.publisher(), entry.organization().cloned()) {
                    entry.set_publisher(Publisher::new(Some(organization), None));
                }
                lists.entries.push(entry);
            }
            Err(error) => {
                let message = format!("the work '{}' is left out: {}", entry.key, error.kind);
                faults.push(Fault { place: Some(error.span), message });
            }
        }
    }
    faults
}

/// What refers to itself or to too much, by where it stands: biblatex would follow it without end.
fn endless(text: &str) -> Vec<(usize, String)> {
    let Ok(raw) = RawBibliography::parse(text) else { return Vec::new() };
    let names = |field: &Field<'_>| -> Option<Vec<String>> {
        let mut names = Vec::new();
        for chunk in field {
            match chunk.v {
                // What TeX would make of these is not told beforehand.
                RawChunk::Normal(text) if text.contains(['\\', '$', '"']) => return None,
                RawChunk::Normal(text) => {
                    names.extend(text.split(',').map(|name| name.replace(['{', '}'], "").trim().to_owned()))
                }
                RawChunk::Abbreviation(_) => return None,
            }
        }
        Some(names)
    };
    let abbreviated = |field: &Field<'_>| -> Vec<String> {
        let name = |chunk: &biblatex::Spanned<RawChunk<'_>>| match chunk.v {
            RawChunk::Abbreviation(name) => Some(name.to_owned()),
            RawChunk::Normal(_) => None,
        };
        field.iter().filter_map(name).collect()
    };
    let mut faults = Vec::new();
    let (mut strings, mut entries) = (References::new(), References::new());
    for pair in &raw.abbreviations {
        strings.entry(pair.key.v.to_owned()).or_default().extend(abbreviated(&pair.value.v));
    }
    for entry in &raw.entries {
        for field in &entry.v.fields {
            let name = field.key.v.to_ascii_lowercase();
            if !matches!(&*name, "crossref" | "xdata" | "ids") {
                continue;
            }
            match names(&field.value.v) {
                Some(keys) if name == "ids" => {
                    for alias in keys {
                        entries.entry(alias).or_default().push(entry.v.key.v.to_owned());
                    }
                }
                Some(keys) => entries.entry(entry.v.key.v.to_owned()).or_default().extend(keys),
                None => faults.push((
                    entry.span.start,
                    format!("the field '{name}' of '{}' is no list of keys", entry.v.key.v),
                )),
            }
        }
    }
    let (mut of_strings, mut of_entries) = (BTreeMap::new(), BTreeMap::new());
    for pair in &raw.abbreviations {
        if size(pair.key.v, &strings, 0, &mut of_strings).is_none() {
            faults.push((
                pair.key.span.start,
                format!("the string '{}' stands for itself or too much", pair.key.v),
            ));
        }
    }
    for entry in &raw.entries {
        if size(entry.v.key.v, &entries, 0, &mut of_entries).is_none() {
            faults.push((
                entry.span.start,
                format!("the work '{}' refers to itself or to too much", entry.v.key.v),
            ));
        }
    }
    faults
}

/// Names, and the names that each refers to.
type References = BTreeMap<String, Vec<String>>;

/// How many names one leads to; `None` where they are too many or too deep, as in a circle.
fn size(
    name: &str,
    references: &References,
    depth: usize,
    known: &mut BTreeMap<String, Option<u32>>,
) -> Option<u32> {
    if let Some(known) = known.get(name) {
        return *known;
    }
    let mut sum = Some(1u32).filter(|_| depth < 20);
    for next in references.get(name).into_iter().flatten() {
        let Some(so_far) = sum else { break };
        let more = size(next, references, depth + 1, known);
        sum = more.and_then(|more| so_far.checked_add(more)).filter(|sum| *sum < 1_000);
    }
    known.insert(name.to_owned(), sum);
    sum
}

/// Where entries begin: lines that start with `@`.
fn begins(text: &str) -> Vec<usize> {
    let lines = text.split_inclusive('\n').scan(0, |at, line| {
        *at += line.len();
        Some((*at - line.len(), line))
    });
    lines.filter(|(_, line)| line.trim_start().starts_with('@')).map(|(at, _)| at).collect()
}

/// Leaves nothing of a range but as many bytes of white.
fn blank(text: &mut String, range: Range<usize>) {
    let white = " ".repeat(range.len());
    text.replace_range(range, &white);
}

fn words(kind: &ParseErrorKind) -> String {
    match kind {
        ParseErrorKind::DuplicateKey(key) => {
            format!("the key '{key}' is given more than once; the rest of this entry is left out")
        }
        other => format!("this entry is left out: {other}"),
    }
}

fn csl_json(text: &str, lists: &mut Lists) -> Vec<Fault> {
    let fault = |message: String| Fault { place: None, message };
    let values: Vec<serde_json::Value> = match serde_json::from_str(text) {
        Ok(serde_json::Value::Array(values)) => values,
        Ok(one @ serde_json::Value::Object(_)) => vec![one],
        Ok(_) => return vec![fault("it is no list of works in CSL JSON".to_owned())],
        Err(error) => {
            let line = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
            let place = Some(line..line);
            return vec![Fault { place, message: format!("it is no list of works in CSL JSON: {error}") }];
        }
    };
    let mut faults = Vec::new();
    for (number, value) in values.into_iter().enumerate() {
        let item = serde_json::from_value::<json::Item>(value).map_err(|error| error.to_string());
        let keyed = item.and_then(|item| {
            let key = item.id().map(|id| id.into_owned());
            key.map(|key| (key, item)).ok_or_else(|| "it has no id".to_owned())
        });
        match keyed {
            Ok(keyed) => lists.items.push(keyed),
            Err(why) => faults.push(fault(format!("work {} of the list is left out: {why}", number + 1))),
        }
    }
    faults
}

fn yaml(text: &str, lists: &mut Lists) -> Vec<Fault> {
    match hayagriva::io::from_yaml_str(text) {
        Ok(library) => {
            lists.entries.extend(library.iter().cloned());
            Vec::new()
        }
        Err(error) => {
            let at = error.location().map(|place| place.index().min(text.len()));
            vec![Fault {
                place: at.map(|at| at..at),
                message: format!("it is no list of works in hayagriva's YAML: {error}"),
            }]
        }
    }
}
