//! Divisions between fences (`:::`), and admonitions of MkDocs (`!!! note`).
//!
//! The parser is given an instruction (`<?>`), which it takes for a block of HTML wherever one may
//! begin.

use super::attributes::Attributes;
use super::region::{COLON, Division, Edits, Region, leading, lines};
use crate::model::{Aside, Span};
use std::collections::BTreeMap;

/// An instruction that begins and ends on its line.
pub(super) const SIGN: &str = "<?>";

/// Masks the fences that have their counterpart; of others says that they stand as they are.
pub(super) fn divisions(
    edits: &mut Edits<'_>,
    start: usize,
    regions: &mut BTreeMap<u32, Region>,
    kept: &mut Vec<(Span, &'static str)>,
) {
    let mut open: Vec<(std::ops::Range<usize>, Division)> = Vec::new();
    let text = edits.text;
    let mut put = |edits: &mut Edits<'_>, range: std::ops::Range<usize>, region| {
        regions.insert((start + range.start) as u32, region);
        edits.put(range, SIGN);
    };
    for (at, line) in lines(text) {
        let begin = at + line.len() - inside(line).len();
        let fence = &text[begin..at + line.len()];
        let rest = fence.trim_start_matches(':');
        if fence.len() < rest.len() + 3 || edits.is_kept(begin) {
            continue;
        }
        let range = begin..at + line.len();
        let span = Span::new(start + range.start, start + range.end);
        if rest.trim().is_empty() {
            match open.pop() {
                Some((opening, division)) => {
                    let span_of = Span::new(start + opening.start, start + opening.end);
                    put(edits, opening, Region::Open(span_of, division));
                    put(edits, range, Region::Close(span));
                }
                None => {
                    edits.put(begin..begin + 1, &COLON.to_string());
                    kept.push((span, "nothing is open that this fence could end"));
                }
            }
        } else if let Some(division) = division(rest, span.end as usize) {
            open.push((range, division));
        }
    }
    for (range, _) in open {
        edits.put(range.start..range.start + 1, &COLON.to_string());
        let span = Span::new(start + range.start, start + range.end);
        kept.push((span, "no fence ends this division"));
    }
}

/// A line without the marks of what holds it: quotations and items.
pub(super) fn inside(line: &str) -> &str {
    let mut words = line.trim_start_matches([' ', '\t', '>']);
    loop {
        let mark = words.trim_start_matches(|c: char| c.is_ascii_digit());
        let signs: &[char] = if mark.len() < words.len() { &['.', ')'] } else { &['-', '+', '*'] };
        match mark.strip_prefix(signs).filter(|rest| rest.starts_with([' ', '\t'])) {
            Some(rest) => words = rest.trim_start_matches([' ', '\t', '>']),
            None => return words,
        }
    }
}

/// What the rest of a fence says; `end` is where it ends in the source.
fn division(rest: &str, end: usize) -> Option<Division> {
    let words = rest.trim_start();
    // One that holds its blocks and says nothing of them.
    if words.trim_end() == "{}" {
        return Some(Division::default());
    }
    if let Some(attributes) = leading(words) {
        let after = words[attributes.length..].trim().trim_matches(':');
        let mut division =
            of_class(attributes.classes.clone(), Division { attributes, ..Division::default() });
        if !after.is_empty() {
            division.title = trailing(words, &words[division.attributes.length..], end);
        }
        return Some(division);
    }
    // MyST has the name in braces.
    let (name, after) = match words.strip_prefix('{') {
        Some(inside) => inside.split_once('}')?,
        None => {
            let end = words.find(|c: char| !c.is_alphanumeric() && !"-_".contains(c)).unwrap_or(words.len());
            words.split_at(end)
        }
    };
    if name.is_empty() || !(after.is_empty() || after.starts_with([' ', '\t', '[', '{', ':'])) {
        return None;
    }
    let mut division = Division::default();
    let mut after = after;
    if let Some(attributes) = leading(after.trim_start()) {
        after = &after.trim_start()[attributes.length..];
        division.attributes = attributes;
    }
    division = of_class(vec![name.to_owned()], division);
    if division.role.is_none() {
        division.attributes.classes.insert(0, name.to_owned());
    }
    if !after.trim_matches([' ', '\t', ':']).is_empty() {
        division.title = trailing(words, after, end);
    }
    Some(division)
}

/// The words at the end of a line as a span: without brackets, quotation marks and colons around them.
fn trailing(line: &str, words: &str, end: usize) -> Option<Span> {
    let around: &[char] = &[' ', '\t', '[', ']', '"', ':'];
    let from = line.len() - words.trim_start_matches(around).len();
    let to = line.len() - (words.len() - words.trim_end_matches(around).len());
    (from < to).then(|| Span::new(end - line.len() + from, end - line.len() + to))
}

/// Makes an aside of a division by what it is called.
fn of_class(classes: Vec<String>, mut division: Division) -> Division {
    let known = classes.iter().enumerate().find_map(|(i, class)| {
        let name = class.strip_prefix("callout-").unwrap_or(class);
        Some((i, role(name)?))
    });
    if let Some((i, (role, named))) = known {
        (division.role, division.named) = (Some(role), named);
        if i < division.attributes.classes.len() {
            division.attributes.classes.remove(i);
        }
    }
    // Quarto has the title among the attributes.
    let title =
        division.attributes.values.iter().position(|(name, _)| division.role.is_some() && name == "title");
    if let Some(at) = title {
        division.named = Some(division.attributes.values.remove(at).1);
    }
    division
}

/// What an aside of a name is, and the word that must stand in it where its role has another.
pub(super) fn role(name: &str) -> Option<(Aside, Option<String>)> {
    let role = match &*name.to_ascii_lowercase() {
        "note" => Aside::Note,
        "tip" => Aside::Tip,
        "important" => Aside::Important,
        "warning" => Aside::Warning,
        "caution" => Aside::Caution,
        "hatnote" => Aside::Hatnote,
        "box" => Aside::Box,
        "abstract" | "attention" | "bug" | "check" | "danger" | "details" | "done" | "error" | "example"
        | "fail" | "failure" | "faq" | "help" | "hint" | "info" | "missing" | "question" | "quote"
        | "success" | "summary" | "tldr" | "todo" | "cite" | "seealso" | "callout" | "admonition" => {
            Aside::Box
        }
        _ => return None,
    };
    let mut word = name.to_owned();
    word[..1].make_ascii_uppercase();
    let silent = matches!(&*name.to_ascii_lowercase(), "box" | "callout" | "admonition" | "details");
    Some((role, (role == Aside::Box && !silent).then_some(word)))
}

/// Masks the admonitions of MkDocs: a line `!!! name "Title"`, and what is indented under it. It is
/// given to the parser as an item, which holds what is indented so.
pub(super) fn admonitions(text: &str, start: usize, regions: &mut BTreeMap<u32, Region>) -> Option<String> {
    if !["!!! ", "??? ", "???+ ", "=== \""].iter().any(|sign| text.contains(sign)) {
        return None;
    }
    let mut out = text.as_bytes().to_vec();
    // The sign of the fence of the code at hand, and how often it stands there.
    let mut code: Option<(char, usize)> = None;
    // How far the content of the admonition at hand is indented.
    let mut inside = 0;
    let found = regions.len();
    for (at, line) in lines(text) {
        let words = line.trim_start_matches(' ');
        let indent = line.len() - words.len();
        let run = |sign: char| words.len() - words.trim_start_matches(sign).len();
        if let Some((sign, length)) = code {
            let ends = run(sign) >= length && words.trim_matches([sign, ' ']).is_empty();
            code = Some((sign, length)).filter(|_| !ends);
            continue;
        }
        if let Some(sign) = ['`', '~'].into_iter().find(|sign| run(*sign) >= 3) {
            code = Some((sign, run(sign)));
            continue;
        }
        if words.is_empty() {
            continue;
        }
        if indent < inside {
            inside = indent / 4 * 4;
        }
        let sign = ["!!! ", "???+ ", "??? ", "=== "].into_iter().find(|sign| words.starts_with(sign));
        let Some(sign) = sign.filter(|_| indent <= inside + 3 && words.len() >= 7) else { continue };
        let rest = words[sign.len()..].trim_start();
        let name = rest.split([' ', '"']).next().unwrap_or_default();
        // A tab is what stands under its title.
        let is_tab = sign == "=== " && rest.len() > 2 && rest.starts_with('"') && rest.ends_with('"');
        let known = match sign {
            "=== " => is_tab.then_some((None, None)),
            _ => role(name).map(|(role, named)| (Some(role), named)),
        };
        let Some((role, named)) = known else { continue };
        let (begin, end) = (at + indent, at + line.len());
        let mut division = Division {
            role,
            named,
            attributes: Attributes::default(),
            title: trailing(words, &rest[name.len()..], start + end),
        };
        // An empty title says that there is to be none.
        if rest.ends_with("\"\"") {
            division.named = None;
        }
        let span = Span::new(start + begin, start + end);
        regions.insert(span.start, Region::Open(span, division));
        regions.insert(span.start + 4, Region::Nothing);
        out[begin..end].fill(b' ');
        out[begin] = b'+';
        out[begin + 4..begin + 7].copy_from_slice(SIGN.as_bytes());
        inside = indent + 4;
    }
    (regions.len() > found).then(|| String::from_utf8(out).ok()).flatten()
}
