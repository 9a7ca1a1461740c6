//! Styles of citations, in CSL.

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::{IndependentStyle, Style};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;

/// Elements inside each other, through macros that call others; no style that is in use needs half as many.
const DEPTH: usize = 100;

/// Elements that writing one work may pass, with those of the macros that are called.
const ELEMENTS: u64 = 2_000_000;

/// The style of a name, or in this text.
pub(super) fn read(style: &str) -> Result<IndependentStyle, String> {
    if !style.trim_start().starts_with(['<', '\u{feff}']) {
        return named(style);
    }
    bounded(style)?;
    match Style::from_xml(style.trim_start_matches('\u{feff}')) {
        Ok(Style::Independent(style)) => Ok(style),
        // It only names the one that it looks like.
        Ok(Style::Dependent(style)) => named(&style.parent_link.href),
        Err(error) => Err(format!("it is no style in CSL: {error}")),
    }
}

fn named(name: &str) -> Result<IndependentStyle, String> {
    let short = name.rsplit('/').next().unwrap_or(name).trim_end_matches(".csl");
    let by_id = || ArchivedStyle::by_id(&format!("http://www.zotero.org/styles/{short}"));
    let found = ArchivedStyle::by_name(short).or_else(by_id);
    match found.map(ArchivedStyle::get) {
        Some(Style::Independent(style)) => Ok(style),
        _ => Err(format!(
            "no style of citations is called '{name}'; one is 'apa', and styles of CSL are read from files"
        )),
    }
}

/// Refuses a style whose macros call themselves or grow beyond measure.
fn bounded(xml: &str) -> Result<(), String> {
    let mut macros: BTreeMap<String, Shape> = BTreeMap::from([(String::new(), Shape::default())]);
    let (mut reader, mut depth, mut inside) = (Reader::from_str(xml), 0usize, String::new());
    loop {
        let (element, empty) = match reader.read_event().map_err(|error| format!("it is no XML: {error}"))? {
            Event::Start(element) => (element, false),
            Event::Empty(element) => (element, true),
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                if element.local_name().as_ref() == "macro" {
                    inside.clear();
                }
                continue;
            }
            Event::DocType(_) => return Err("it declares a document type, which no style has".to_owned()),
            Event::Eof => break,
            _ => continue,
        };
        depth += usize::from(!empty);
        if element.local_name().as_ref() == "macro" && !empty {
            inside = attribute(&element, "name").unwrap_or_default();
        }
        let shape = macros.entry(inside.clone()).or_default();
        shape.depth = shape.depth.max(depth);
        shape.elements += 1;
        shape.calls.extend(attribute(&element, "macro"));
        if depth > DEPTH {
            return Err(format!("its elements are nested more than {DEPTH} deep"));
        }
    }
    let mut known = BTreeMap::new();
    measure("", &macros, &mut Vec::new(), &mut known)?;
    Ok(())
}

/// What a macro, or all that is in none, has of its own.
#[derive(Default)]
struct Shape {
    depth: usize,
    elements: u64,
    calls: Vec<String>,
}

/// Depth and number of elements of a macro with those that it calls.
fn measure<'m>(
    name: &'m str,
    macros: &'m BTreeMap<String, Shape>,
    open: &mut Vec<&'m str>,
    known: &mut BTreeMap<&'m str, (usize, u64)>,
) -> Result<(usize, u64), String> {
    if let Some(known) = known.get(name) {
        return Ok(*known);
    }
    let Some(shape) = macros.get(name) else { return Ok((0, 0)) };
    if open.contains(&name) {
        return Err(format!("its macro '{name}' calls itself"));
    }
    open.push(name);
    let (mut depth, mut elements) = (shape.depth, shape.elements);
    for call in &shape.calls {
        if open.len() > DEPTH {
            return Err(format!("its macros call each other more than {DEPTH} deep"));
        }
        let (inner, number) = measure(call, macros, open, known)?;
        depth = depth.max(shape.depth + inner);
        elements = elements.saturating_add(number);
    }
    open.pop();
    if depth > 5 * DEPTH || elements > ELEMENTS {
        return Err(format!("its macro '{name}' grows beyond measure"));
    }
    known.insert(name, (depth, elements));
    Ok((depth, elements))
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.try_get_attribute(name).ok()??;
    Some(found.value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_that_calls_itself_is_refused() {
        let style = |macros: &str| {
            format!(
                "<style xmlns='http://purl.org/net/xbiblio/csl' class='in-text' version='1.0'>{macros}</style>"
            )
        };
        let calls = "<macro name='a'><text macro='b'/></macro><macro name='b'><text macro='a'/></macro>";
        let whole = style(&format!("{calls}<citation><layout><text macro='a'/></layout></citation>"));
        assert!(read(&whole).unwrap_err().contains("calls itself"));
        let mut bomb = String::new();
        for n in 0..60 {
            let call = format!("<text macro='m{}'/>", n + 1).repeat(2);
            bomb += &format!("<macro name='m{n}'>{call}</macro>");
        }
        let whole = style(&format!("{bomb}<citation><layout><text macro='m0'/></layout></citation>"));
        assert!(read(&whole).unwrap_err().contains("beyond measure"));
        let deep = style(&("<group>".repeat(5_000) + &"</group>".repeat(5_000)));
        assert!(read(&deep).unwrap_err().contains("nested"));
        assert!(read("<style").is_err() && read("nothing-like-it").is_err());
        assert!(read("apa").is_ok() && read("http://www.zotero.org/styles/ieee").is_ok());
        assert!(read("chicago-notes-bibliography").is_ok());
    }
}
