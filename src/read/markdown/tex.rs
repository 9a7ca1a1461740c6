//! TeX in the text: what stands between `\\begin{…}` and `\\end{…}`, and commands.

use super::region::{Edits, Region, lines};
use crate::model::Span;
use std::collections::BTreeMap;

/// Environments that are a formula.
const FORMULAS: [&str; 7] = ["align", "alignat", "equation", "eqnarray", "flalign", "gather", "multline"];

/// Masks environments that stand on lines of their own: those of formulas, and others where `all` are
/// TeX for whoever sets TeX.
pub(super) fn environments(
    edits: &mut Edits<'_>,
    start: usize,
    all: bool,
    regions: &mut BTreeMap<u32, Region>,
) {
    let text = edits.text;
    let ends: BTreeMap<&str, usize> = text
        .match_indices("\\end{")
        .filter_map(|(at, sign)| Some((text[at + sign.len()..].split('}').next()?, at)))
        .collect();
    // What is looked through for ends that end nothing is bounded.
    let (mut done, mut room) = (0, text.len() * 4);
    for (at, line) in lines(text) {
        let begin = at + line.len() - line.trim_start_matches([' ', '\t', '>']).len();
        let Some(name) = text[begin..].strip_prefix("\\begin{").and_then(|rest| rest.split('}').next())
        else {
            continue;
        };
        let formula = FORMULAS.contains(&name.trim_end_matches('*'));
        let Some(last) = ends.get(name).filter(|last| **last > begin) else { continue };
        if begin < done || !(formula || all) || last - begin > room || edits.is_kept(begin) {
            continue;
        }
        room -= last - begin;
        let Some(end) = end(&text[begin..], name).map(|length| begin + length) else { continue };
        let rest = text[end..].lines().next().unwrap_or_default();
        if !rest.trim().is_empty() {
            continue;
        }
        let span = Span::new(start + begin, start + end);
        regions.insert(span.start, Region::Tex(span, formula));
        for (offset, line) in lines(&text[begin..end]) {
            let kept =
                if offset == 0 { 0 } else { line.len() - line.trim_start_matches([' ', '\t', '>']).len() };
            let sign = if offset == 0 { super::fence::SIGN } else { "" };
            edits.put(begin + offset + kept..begin + offset + line.len(), sign);
        }
        done = end;
    }
}

/// The length of an environment, with those of its name in it.
fn end(text: &str, name: &str) -> Option<usize> {
    let (begin, end) = (format!("\\begin{{{name}}}"), format!("\\end{{{name}}}"));
    let mut depth = 0usize;
    let mut at = 0;
    loop {
        let close = at + text[at..].find(&end)? + end.len();
        depth += text[at..close].matches(&begin).count();
        depth = depth.checked_sub(1)?;
        if depth == 0 {
            return Some(close);
        }
        at = close;
    }
}

/// The length of a command with what it is given, where a text starts with one.
pub(super) fn command(text: &str) -> Option<usize> {
    let name = text.strip_prefix('\\')?;
    let mut length = 1 + name.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(name.len());
    if length == 1 {
        return None;
    }
    length += usize::from(text[length..].starts_with('*'));
    while let Some(given) = group(&text[length..]) {
        length += given;
    }
    Some(length)
}

/// The length of what stands in brackets or braces at the start of a text, on one line.
fn group(text: &str) -> Option<usize> {
    let (open, close) = match text.chars().next()? {
        '[' => ('[', ']'),
        '{' => ('{', '}'),
        _ => return None,
    };
    let mut depth = 0;
    for (at, c) in text.char_indices().take(1000) {
        depth += i32::from(c == open) - i32::from(c == close);
        match depth {
            _ if c == '\n' => return None,
            0 => return Some(at + 1),
            _ => {}
        }
    }
    None
}
