//! A citation in the making: parts with what stands between them.

use super::fields::{Fields, IDENTIFIERS, Key};
use crate::model::Span;
use crate::read::wikitext::expand::flat::Flat;

pub struct Line<'l> {
    pub fields: Fields<'l>,
    span: Span,
    out: &'l mut Flat,
    start: usize,
}

/// How a title is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum As {
    Italic,
    Quoted,
    /// In the quotation marks of French.
    Guillemets,
}

impl As {
    fn marks(self) -> (&'static str, &'static str) {
        match self {
            As::Italic => ("<i>", "</i>"),
            As::Quoted => ("“", "”"),
            As::Guillemets => ("« ", " »"),
        }
    }
}

impl<'l> Line<'l> {
    pub fn new(fields: Fields<'l>, span: Span, out: &'l mut Flat) -> Self {
        let start = out.text.len() + "<cite>".len();
        Line { fields, span, out, start }
    }

    /// Writes words of the template's own.
    pub fn made(&mut self, text: &str) {
        self.out.push_made(text, self.span);
    }

    /// Writes a value.
    pub fn value(&mut self, flat: &Flat) {
        let text = flat.text.trim();
        let start = text.as_ptr() as usize - flat.text.as_ptr() as usize;
        self.out.push_slice(flat, start..start + text.len());
    }

    /// Writes page numbers: a hyphen between them is a dash.
    pub fn numbers(&mut self, flat: &Flat) {
        let text = flat.text.trim();
        let is_range = |c: char| c.is_ascii_digit() || matches!(c, '-' | ',' | ' ');
        if text.contains('-') && text.chars().all(is_range) && !text.contains("--") {
            self.made(&text.replace('-', "–"));
        } else {
            self.value(flat);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.out.text.len() <= self.start
    }

    /// Writes what parts this from that: nothing at the start, and no second mark after the same.
    pub fn part(&mut self, separator: &str) {
        if self.is_empty() {
            return;
        }
        let mark = separator.trim_end();
        let text = &self.out.text[self.start..];
        let mut seen = text.trim_end();
        // What is seen last stands before ends of mark-up.
        while let Some(rest) =
            ["</i>", "''", "”", "]]", "]", "</b>", "</span>"].iter().find_map(|end| seen.strip_suffix(end))
        {
            seen = rest;
        }
        let doubled = !mark.is_empty() && seen.ends_with(mark);
        self.made(if doubled { &separator[mark.len()..] } else { separator });
    }

    /// Writes a field with what stands around it. Returns whether there is one.
    pub fn field(&mut self, separator: &str, before: &str, key: Key, after: &str) -> bool {
        let Some(value) = self.fields.get(key) else { return false };
        self.part(separator);
        self.made(before);
        self.value(value);
        self.made(after);
        true
    }

    /// Writes a title, as a link where there is an address and the title holds no other link.
    pub fn title(&mut self, title: &Flat, url: Option<&str>, form: As) {
        let (open, close) = form.marks();
        self.made(open);
        // A link can't hold another one.
        let is_plain = !title.text.contains("[[")
            && !title.text.contains("[http")
            && !title.text.contains('\n')
            && !title.text.contains(']');
        match url.filter(|url| is_plain && is_url(url)) {
            Some(url) => {
                self.made(&format!("[{url} "));
                self.value(title);
                self.made("]");
            }
            None => self.value(title),
        }
        self.made(close);
    }

    /// Writes identifiers, each with the address that it leads to.
    pub fn identifiers(&mut self, separator: &str) {
        for (names, label, before) in IDENTIFIERS {
            let Some(value) = self.fields.named(names) else { continue };
            let text = value.text.trim();
            self.part(separator);
            self.made(label);
            let plain = text.strip_prefix(label.trim_end()).unwrap_or(text).trim_start();
            // ISBNs come with remarks, and some values are templates.
            if plain.is_empty() || plain.contains(|c: char| c.is_whitespace() || "[]<>{}|\0\"".contains(c)) {
                self.value(value);
            } else {
                let plain = if names[0] == "pmc" { plain.trim_start_matches("PMC") } else { plain };
                self.made(&format!("[{before}{} {plain}]", plain.replace(' ', "")));
            }
        }
    }

    /// Names of people, `Last, First`, parted by semicolons. Returns how many there are.
    pub fn people(&mut self, whole: Key, last: Key, first: Key, link: Key, order: Order) -> usize {
        let numbers = self.fields.people(&[whole, last]);
        let count = numbers.len();
        let names: &[&str] = match whole {
            Key::Author => &["display-authors", "displayauthors"],
            _ => &["display-editors", "displayeditors"],
        };
        let asked = self.fields.named(names).map_or("", |flat| flat.text.trim());
        let most = asked.parse().unwrap_or(count).clamp(1, 50);
        for (i, &number) in numbers.iter().take(most).enumerate() {
            if i > 0 {
                self.made(order.between);
            }
            let get = |key| self.fields.numbered(key, number);
            let (whole, last, first, link) = (get(whole), get(last), get(first), get(link));
            let Some(name) = last.or(whole) else { continue };
            let linked = link.map(|l| l.text.trim()).filter(|l| {
                !l.is_empty() && !l.contains(['[', ']', '|', '\0', '<']) && !name.text.contains("[[")
            });
            if let Some(link) = linked {
                self.made(&format!("[[{link}|"));
            }
            match first.filter(|_| last.is_some()) {
                Some(first) if order.first_name_first => {
                    self.value(first);
                    self.made(" ");
                    self.value(name);
                }
                first => {
                    self.value(name);
                    if let Some(first) = first {
                        self.made(", ");
                        self.value(first);
                    }
                }
            }
            if linked.is_some() {
                self.made("]]");
            }
        }
        if count > most || count > 0 && matches!(asked, "etal" | "et al" | "et al.") {
            self.made(order.between);
            self.made("et al.");
        }
        count
    }

    /// How much has been written.
    pub fn length(&self) -> usize {
        self.out.text.len()
    }
}

/// In what order names are written.
#[derive(Clone, Copy)]
pub struct Order {
    pub first_name_first: bool,
    pub between: &'static str,
}

pub fn is_url(text: &str) -> bool {
    let text = text.trim();
    let starts = ["http://", "https://", "//", "ftp://"].iter().any(|scheme| text.starts_with(scheme));
    starts && !text.bytes().any(|b| matches!(b, b' ' | b'\n' | b'[' | b']' | b'\0' | b'<' | b'>' | b'"'))
}
