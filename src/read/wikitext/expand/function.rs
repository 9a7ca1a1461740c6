//! Parser functions and variables that need neither a wiki nor a clock.

use super::arguments::Arguments;
use super::convert::number::grouped;
use super::expander::{CALL_COST, Call, Expander, Frame};
use super::expression;
use super::flat::Flat;
use super::links::links;
use super::time;
use crate::markup::entity;
use crate::read::wikitext::parse::html;
use crate::read::wikitext::parse::marker::{Why, bare};
use std::collections::BTreeSet;
use std::ops::Range;

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was a function and is done.
    Done,
    /// It can't be run here.
    Cannot(Why),
    /// It's no function that is known here.
    NoFunction,
}

/// Runs the function or variable of that name, if there is one.
pub fn call(x: &mut Expander<'_>, call: &Call<'_>, name: &Flat, out: &mut Flat) -> Outcome {
    let text = name.text.as_str();
    let Some(colon) = text.find(':') else {
        return variable(x, call, text, out);
    };
    let function = text[..colon].trim().to_lowercase();
    let mut first = Flat::default();
    first.push_slice(name, colon + 1..text.len());
    let first = first.trimmed();
    if matches!(
        function.as_str(),
        "lc" | "uc"
            | "lcfirst"
            | "ucfirst"
            | "formatnum"
            | "padleft"
            | "padright"
            | "#expr"
            | "#time"
            | "#timel"
            | "#titleparts"
            | "#len"
            | "urlencode"
            | "anchorencode"
    ) {
        x.findings.claims.reworded(&first);
    }
    let mut f = Function { x, call, out };
    match function.as_str() {
        "#if" => f.branch(if first.text.is_empty() { 2 } else { 1 }),
        "#ifeq" => {
            let other = f.decided(1);
            f.branch(if equal(&first.text, other.text.trim()) { 2 } else { 3 });
        }
        // Of the wiki's pages only the templates that were given are known.
        "#ifexist" => {
            let exists = f.x.rules.has_page(&first.text);
            f.branch(if exists { 1 } else { 2 });
        }
        "#iferror" => {
            let failed = first.text.contains("class=\"error\"");
            match (failed, f.call.parts.len()) {
                (false, 0..=2) => f.out.push_flat(&first),
                (failed, _) => f.branch(if failed { 1 } else { 2 }),
            }
        }
        "#ifexpr" => {
            let value = expression::evaluate(&first.text);
            f.branch(if matches!(value, Ok(v) if v != 0.0) { 1 } else { 2 });
        }
        // A figure that a template was to give is not known.
        "#expr" if first.text.contains(['\0', '…']) => return Outcome::Cannot(Why::Figure),
        "#expr" => match expression::evaluate(&first.text) {
            Ok(value) => f.made(&expression::show(value)),
            Err(message) => f.made(&format!("<strong class=\"error\">{message}</strong>")),
        },
        "#switch" => f.switch(first.text.trim()),
        "#tag" => f.tag(first.text.trim()),
        "lc" => f.made(&first.text.to_lowercase()),
        "uc" => f.made(&first.text.to_uppercase()),
        "lcfirst" => f.made(&first_letter(&first.text, false)),
        "ucfirst" => f.made(&first_letter(&first.text, true)),
        "formatnum" => {
            let asked: Vec<String> =
                (1..f.call.parts.len()).map(|i| f.argument(i).text.trim().to_uppercase()).collect();
            let asked = |option: &str| asked.iter().any(|a| a == option);
            let shown = match () {
                () if asked("R") => first.text.replace(',', ""),
                () if asked("NOSEP") => first.text.clone(),
                () => grouped(&first.text),
            };
            f.made(&shown);
        }
        "padleft" | "padright" => {
            let width = f.argument(1).text.trim().parse::<usize>().unwrap_or(0).min(500);
            let pad = unmarked(&f.argument(2).text);
            let pad = if pad.is_empty() { "0".to_owned() } else { pad };
            let missing = width.saturating_sub(first.text.chars().count());
            let fill: String = pad.chars().cycle().take(missing).collect();
            let shown =
                if function == "padleft" { fill + &first.text } else { format!("{}{fill}", first.text) };
            f.made(&shown);
        }
        "plural" => f.branch(if first.text.trim() == "1" { 1 } else { 2.min(f.call.parts.len() - 1) }),
        "urlencode" => {
            let kind = f.argument(1).text.trim().to_uppercase();
            f.made(&url_encoded(&unmarked(&first.text), &kind));
        }
        "anchorencode" => f.made(&anchor(&unmarked(&first.text))),
        "ns" | "nse" | "#language" | "pagename" | "pagenamee" | "fullpagename" | "subst" | "safesubst" => {
            f.out.push_flat(&first);
        }
        "displaytitle" => {
            f.x.findings.display_title = Some(first);
            f.x.findings.meta_spans.push(f.call.span);
        }
        "defaultsort"
        | "defaultsortkey"
        | "sortierung"
        | "clé de tri"
        | "ordena"
        | "domyślniesortuj"
        | "ключ сортировки"
        | "סדר רגיל"
        | "既定のソート"
        | "デフォルトソート"
        | "기본정렬" => {
            f.x.findings.meta_spans.push(f.call.span);
        }
        "#time" | "#timel" => {
            let date = f.argument(1);
            f.x.findings.claims.reworded(&date);
            match time::format(&first.text, &date.text) {
                Some(text) => f.made(&text),
                None if matches!(date.text.trim(), "" | "now") => return Outcome::Cannot(Why::Clock),
                None => f.made("<strong class=\"error\">Error: Invalid time.</strong>"),
            }
        }
        "#dateformat" | "#formatdate" => f.out.push_flat(&first),
        "#titleparts" => {
            let number = |flat: Flat| flat.text.trim().parse::<isize>().unwrap_or(0);
            let (count, from) = (number(f.argument(1)), number(f.argument(2)));
            f.made(&title_parts(&first.text, count, from));
        }
        "#links" => {
            let last = f.argument(1);
            if let Some(arguments) = f.call.frame.arguments {
                links(arguments, &first, &last, f.call.span, f.out);
            }
        }
        // `{{#n:2|-1}}`: twice the count, less one.
        "#n" | "#m" if let Some(count) = count(f.x, &function) => {
            let by = first.text.trim().parse().unwrap_or(1);
            let more = f.decided(1).text.trim().parse().unwrap_or(0);
            f.made(&count.saturating_mul(by).saturating_add(more).to_string());
        }
        "#each" if f.call.frame.call.is_some() => f.each(&first.text),
        // The source of a page has no arguments to go through.
        "#every" if f.call.frame.arguments.is_some() => f.every(&first.text),
        "#len" => f.made(&first.text.chars().count().to_string()),
        "#invoke" => return Outcome::Cannot(Why::Lua),
        _ => return Outcome::NoFunction,
    }
    Outcome::Done
}

fn variable(x: &Expander<'_>, call: &Call<'_>, name: &str, out: &mut Flat) -> Outcome {
    if call.parts.len() > 1 {
        return Outcome::NoFunction;
    }
    if let Some(count) = count(x, name) {
        out.push_made(&count.to_string(), call.span);
        return Outcome::Done;
    }
    let value = match name {
        "!" => "|",
        "=" => "=",
        "PAGENAME" | "FULLPAGENAME" | "BASEPAGENAME" | "SUBPAGENAME" | "ROOTPAGENAME"
            if !x.title.is_empty() =>
        {
            x.title
        }
        "NAMESPACE" | "ARTICLESPACE" => "",
        "NAMESPACENUMBER" => "0",
        _ if is_clock(name) => return Outcome::Cannot(Why::Clock),
        _ => return Outcome::NoFunction,
    };
    out.push_made(value, call.span);
    Outcome::Done
}

/// What the text that is being repeated is at, or the one around it.
fn count(x: &Expander<'_>, name: &str) -> Option<i64> {
    match name {
        "#n" => x.counts.last().copied(),
        "#m" => x.counts.iter().nth_back(1).copied(),
        _ => None,
    }
}

/// Whether a variable tells the time: `CURRENTYEAR`, `LOCALTIME` and the like.
fn is_clock(name: &str) -> bool {
    let rest = name.strip_prefix("CURRENT").or_else(|| name.strip_prefix("LOCAL"));
    let parts = ["YEAR", "MONTH", "DAY", "TIME", "HOUR", "WEEK", "DOW"];
    rest.is_some_and(|rest| parts.iter().any(|part| rest.starts_with(part)))
}

struct Function<'f, 'x, 'c> {
    x: &'f mut Expander<'x>,
    call: &'f Call<'c>,
    out: &'f mut Flat,
}

impl Function<'_, '_, '_> {
    fn made(&mut self, text: &str) {
        self.out.push_made(text, self.call.span);
    }

    /// The tokens of an argument, with the name it may look like it has.
    fn whole(&self, index: usize) -> Option<Range<usize>> {
        let part = self.call.parts.get(index)?;
        Some(part.name.as_ref().map_or(part.value.start, |n| n.start)..part.value.end)
    }

    fn expanded(&mut self, range: Range<usize>) -> Flat {
        self.x.expanded(self.call.frame.inner(), range)
    }

    fn argument(&mut self, index: usize) -> Flat {
        self.whole(index).map(|range| self.expanded(range)).unwrap_or_default()
    }

    /// An argument that only decides.
    fn decided(&mut self, index: usize) -> Flat {
        let Some(range) = self.whole(index) else { return Flat::default() };
        self.case(range)
    }

    /// Expands what only decides.
    fn case(&mut self, range: Range<usize>) -> Flat {
        self.x.decided(self.call.frame.inner(), range)
    }

    fn branch(&mut self, index: usize) {
        let chosen = self.argument(index).trimmed();
        self.out.push_flat(&chosen);
    }

    fn switch(&mut self, value: &str) {
        let mut fell_through = false;
        let mut default = None;
        let count = self.call.parts.len();
        for i in 1..count {
            let part = &self.call.parts[i];
            let (name, result) = (part.name.clone(), part.value.clone());
            let Some(name) = name else {
                let case = self.case(result.clone());
                let case = case.text.trim();
                if i + 1 == count {
                    default = Some(result);
                } else if case == "#default" {
                    fell_through = default.is_none();
                } else {
                    fell_through |= equal(case, value);
                }
                continue;
            };
            let case = self.case(name);
            let case = case.text.trim();
            if fell_through || equal(case, value) {
                let chosen = self.expanded(result).trimmed();
                return self.out.push_flat(&chosen);
            }
            if case == "#default" {
                default = Some(result);
            }
        }
        if let Some(range) = default {
            let chosen = self.expanded(range).trimmed();
            self.out.push_flat(&chosen);
        }
    }

    /// `{{#each:from|to|text}}`: the text once for each number, which `{{#n}}` stands for in it, and `{{#m}}` in
    /// such a text inside of it. It is for rules, and no function of MediaWiki's, whose templates do this in Lua.
    fn each(&mut self, from: &str) {
        let to = self.decided(1);
        let (Ok(from), Ok(to)) = (from.trim().parse::<i64>(), to.text.trim().parse::<i64>()) else { return };
        for n in from..=to {
            if self.x.calls == 0 || self.x.budget == 0 {
                return;
            }
            self.x.calls -= 1;
            self.x.budget = self.x.budget.saturating_sub(CALL_COST);
            self.x.counts.push(n);
            let made = self.argument(2);
            self.x.counts.pop();
            self.out.push_flat(&made);
        }
    }

    /// `{{#every:title, length|a row|between}}`: a text for each number of which an argument by one of these names
    /// says something (`title1`, `length2`; by no name the unnamed ones), in order; `{{{#}}}` is the number. Without
    /// a text it is 1 if there is such an argument. It is no function of MediaWiki's, whose templates do this in Lua.
    fn every(&mut self, names: &str) {
        let Some(arguments) = self.call.frame.arguments else { return };
        let Some(text) = self.whole(1) else {
            self.x.budget = self.x.budget.saturating_sub(arguments.list.len() / 8);
            if numbers(arguments, names).next().is_some() {
                self.made("1");
            }
            return;
        };
        let between = self.argument(2);
        let mut first = true;
        for turn in numbers(arguments, names).collect::<BTreeSet<usize>>() {
            // Each argument that is asked for is looked for among all.
            self.x.budget = self.x.budget.saturating_sub(arguments.list.len());
            if self.x.budget == 0 {
                return;
            }
            if !std::mem::take(&mut first) {
                self.out.push_flat(&between);
            }
            let frame = Frame { turn: Some(turn), ..self.call.frame.inner() };
            self.x.expand(frame, text.clone(), self.out);
        }
    }

    /// `{{#tag:ref|body|name=x}}`: an extension tag whose body is expanded.
    fn tag(&mut self, name: &str) {
        let body = self.argument(1);
        let mut made = Flat::default();
        let mut attributes = String::new();
        for i in 2..self.call.parts.len() {
            let part = &self.call.parts[i];
            if let (Some(name), value) = (part.name.clone(), part.value.clone()) {
                let name = self.expanded(name);
                let value = self.expanded(value);
                self.x.findings.claims.syntax_of(&value, 0..value.text.len());
                attributes.push_str(&format!(
                    " {}=\"{}\"",
                    name.text.trim(),
                    value.text.trim().trim_matches('"').replace('"', "'")
                ));
            }
        }
        made.push_flat(&body);
        let name = name.to_lowercase();
        match crate::read::wikitext::parse::preprocess::extension_name(&name) {
            Some(name) => self.x.mark_extension(name, attributes, made, self.call.span, self.out),
            None if html::Tag::named(&name).is_some() => {
                self.made(&format!("<{name}{attributes}>"));
                self.out.push_flat(&made);
                self.made(&format!("</{name}>"));
            }
            None => self.out.push_flat(&made),
        }
    }
}

/// The numbers of the arguments by these names that say something.
fn numbers<'a>(arguments: &'a Arguments, names: &'a str) -> impl Iterator<Item = usize> + 'a {
    let said = arguments.list.iter().filter(|a| a.name != "0" && !a.value.text.trim().is_empty());
    said.filter_map(move |argument| {
        let mut digits = names.split(',').filter_map(|name| argument.name.strip_prefix(name.trim()));
        digits.find(|d| d.bytes().all(|b| b.is_ascii_digit()) && !d.is_empty()).and_then(|d| d.parse().ok())
    })
}

/// Whether two values are equal as MediaWiki compares them: as numbers when both are.
fn equal(a: &str, b: &str) -> bool {
    a == b || matches!((a.parse::<f64>(), b.parse::<f64>()), (Ok(x), Ok(y)) if x == y)
}

/// `count` of the parts of a title between slashes, from the `from`th on, counted from 1; what is
/// negative counts from the end.
fn title_parts(title: &str, count: isize, from: isize) -> String {
    let parts: Vec<&str> = title.split('/').collect();
    let length = parts.len() as isize;
    let start = if from > 0 { from - 1 } else { from.max(-length) };
    let start = if start < 0 { length + start } else { start.min(length) };
    let end = if count > 0 { start.saturating_add(count).min(length) } else { (length + count).max(start) };
    parts[start as usize..end as usize].join("/")
}

/// A text without the markers in it.
fn unmarked(text: &str) -> String {
    text.split('\0').step_by(2).collect()
}

/// Text as a part of an address: of a page's title (`WIKI`), of a path, else of a query.
fn url_encoded(text: &str, kind: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match (byte, kind) {
            (b' ', "WIKI") => out.push('_'),
            (b' ', "PATH") => out.push_str("%20"),
            (b' ', _) => out.push('+'),
            (b'-' | b'_' | b'.' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z', _)
            | (b'~', "WIKI" | "PATH")
            | (b';' | b'@' | b'$' | b'!' | b'*' | b'(' | b')' | b',' | b'/' | b':', "WIKI") => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// The anchor of a heading with these words, as a link to it has it, safe to stand in wikitext.
fn anchor(text: &str) -> String {
    let words = entity::decode(&bare(text)).into_owned();
    let words =
        words.split([' ', '\t', '\n', '_']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_");
    let mut out = String::with_capacity(words.len());
    for (at, c) in words.char_indices() {
        let hex =
            || words.as_bytes().get(at + 1..at + 3).is_some_and(|h| h.iter().all(u8::is_ascii_hexdigit));
        match c {
            '%' if hex() => out.push_str("%25"),
            '[' | ']' | '{' | '}' | '|' | '<' | '>' | '"' | '\'' | '&' => {
                out.push_str(&format!("&#{};", u32::from(c)));
            }
            _ => out.push(c),
        }
    }
    out
}

fn first_letter(text: &str, upper: bool) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(c) if upper => c.to_uppercase().collect::<String>() + chars.as_str(),
        Some(c) => c.to_lowercase().collect::<String>() + chars.as_str(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_title() {
        assert_eq!(title_parts("a/b/c/d", 2, 0), "a/b");
        assert_eq!(title_parts("a/b/c/d", 0, 2), "b/c/d");
        assert_eq!(title_parts("a/b/c/d", -1, 0), "a/b/c");
        assert_eq!(title_parts("a/b/c/d", 1, -1), "d");
        assert_eq!(title_parts("a", 5, 9), "");
        assert_eq!(title_parts("a", -9, -9), "");
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(grouped("1234567.891"), "1,234,567.891");
        assert_eq!(grouped("-1000"), "−1,000");
        assert_eq!(grouped("12a"), "12a");
    }
}
