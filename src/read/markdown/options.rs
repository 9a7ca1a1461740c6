//! Options of the conversion that a metadata block gives under `fanfold:`, as a `fanfold.toml` has them.

use super::value::{Bytes, DEPTH};
use crate::model::{Choice, OwnValue, Span};
use saphyr_parser::{Event, Parser, ScalarStyle};

/// A collection that is being read, and where it starts.
enum Open {
    List(Vec<OwnValue>),
    Map(Vec<Choice>, Option<(String, Span)>),
}

/// The options of a field, whose source stands at an offset, its name included; and the places of those
/// that are said twice, of which the first counts.
pub(super) fn own(field: &str, offset: usize) -> (Vec<Choice>, Vec<Span>) {
    let mut chars = Bytes::of(field);
    let (mut stack, mut twice) = (Vec::<(Open, usize)>::new(), Vec::new());
    for event in Parser::new_from_str(field) {
        // It was read before, within all that is around it.
        let Ok((event, place)) = event else { break };
        let start = chars.at(place.start.index());
        let (value, start) = match event {
            Event::Scalar(text, style, ..) => {
                let null = style == ScalarStyle::Plain && matches!(&*text, "~" | "null");
                let value = match style {
                    _ if null => OwnValue::Text(String::new()),
                    ScalarStyle::Plain => OwnValue::plain(&text),
                    _ => OwnValue::Text(text.into_owned()),
                };
                (value, start)
            }
            Event::SequenceStart(..) | Event::MappingStart(..) if stack.len() > DEPTH => break,
            Event::SequenceStart(..) => {
                stack.push((Open::List(Vec::new()), start));
                continue;
            }
            Event::MappingStart(..) => {
                stack.push((Open::Map(Vec::new(), None), start));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match stack.pop() {
                Some((Open::List(values), start)) => (OwnValue::List(values), start),
                Some((Open::Map(choices, _), start)) => (map(choices, &field[start..]), start),
                None => continue,
            },
            _ => continue,
        };
        let end = chars.at(place.end.index()).max(start);
        let span = Span::new(offset + start, offset + start + field[start..end].trim_end().len());
        match stack.last_mut().map(|(open, _)| open) {
            None => {
                let OwnValue::Table(whole) = value else { break };
                let inner = whole.into_iter().next().map(|choice| choice.value);
                return match inner {
                    Some(OwnValue::Table(choices)) => (choices, twice),
                    _ => (Vec::new(), twice),
                };
            }
            Some(Open::List(values)) => values.push(value),
            Some(Open::Map(choices, name)) => match (name.take(), value) {
                (Some((name, at)), value) if choices.iter().all(|choice| choice.name != name) => {
                    choices.push(Choice { name, span: at, value, at: span });
                }
                (Some((_, at)), _) => twice.push(at),
                (None, OwnValue::Text(text) | OwnValue::Literal(text)) => *name = Some((text, span)),
                (None, _) => break,
            },
        }
    }
    (Vec::new(), twice)
}

/// A map; one such as `{title}`, which is words to who knows no YAML, is these.
fn map(choices: Vec<Choice>, source: &str) -> OwnValue {
    match choices.as_slice() {
        [Choice { name, value: OwnValue::Text(nothing), .. }]
            if nothing.is_empty() && source.starts_with('{') =>
        {
            OwnValue::Text(format!("{{{name}}}"))
        }
        _ => OwnValue::Table(choices),
    }
}
