//! The part of TOML that the built-in rules are written in, read where it stands: headers, keys, strings and lists
//! of strings. A document whose first template is met would wait longer for the whole language than for its own
//! reading.

use std::borrow::Cow;

/// A piece of a file.
#[derive(Debug, PartialEq)]
pub enum Piece<'t> {
    /// `[a.b]`, `[[a]]`: the name with its brackets.
    Header(&'t str),
    /// `key = "text"`
    Text(Cow<'t, str>, Cow<'t, str>),
    /// `key = ["text", "text"]`
    List(Cow<'t, str>, Vec<Cow<'t, str>>),
}

/// Reads a file piece by piece.
#[derive(Debug)]
pub struct Pieces<'t> {
    rest: &'t str,
}

pub fn pieces(text: &str) -> Pieces<'_> {
    Pieces { rest: text }
}

impl<'t> Iterator for Pieces<'t> {
    /// The next piece, or what can't be read.
    type Item = Result<Piece<'t>, String>;

    fn next(&mut self) -> Option<Self::Item> {
        self.space();
        if self.rest.is_empty() {
            return None;
        }
        let line = self.rest.lines().next().unwrap_or_default();
        let piece = self.piece();
        if piece.is_none() {
            self.rest = "";
        }
        Some(piece.ok_or_else(|| format!("can't be read: {line}")))
    }
}

impl<'t> Pieces<'t> {
    fn piece(&mut self) -> Option<Piece<'t>> {
        if self.rest.starts_with('[') {
            let end = self.rest.find('\n').unwrap_or(self.rest.len());
            let header = self.rest[..end].trim_end();
            self.rest = &self.rest[end..];
            return Some(Piece::Header(header));
        }
        let key = if self.rest.starts_with('"') {
            self.string()?
        } else {
            let end = self.rest.find([' ', '='])?;
            let key = &self.rest[..end];
            self.rest = &self.rest[end..];
            Cow::Borrowed(key)
        };
        self.rest = self.rest.trim_start_matches(' ').strip_prefix('=')?.trim_start_matches(' ');
        if !self.rest.starts_with('[') {
            return Some(Piece::Text(key, self.string()?));
        }
        self.rest = &self.rest[1..];
        let mut list = Vec::new();
        loop {
            self.space();
            if let Some(rest) = self.rest.strip_prefix(']') {
                self.rest = rest;
                return Some(Piece::List(key, list));
            }
            list.push(self.string()?);
            self.space();
            match self.rest.strip_prefix(',') {
                Some(rest) => self.rest = rest,
                None if self.rest.starts_with(']') => {}
                None => return None,
            }
        }
    }

    /// Passes over white space and comments.
    fn space(&mut self) {
        loop {
            self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
            if !self.rest.starts_with('#') {
                return;
            }
            self.rest = self.rest.find('\n').map_or("", |end| &self.rest[end..]);
        }
    }

    fn string(&mut self) -> Option<Cow<'t, str>> {
        for quotes in ["\"\"\"", "'''"] {
            if let Some(rest) = self.rest.strip_prefix(quotes) {
                // A line break right after the quotes is none of the text.
                let rest = rest.strip_prefix('\n').unwrap_or(rest);
                let end = rest.find(quotes)?;
                self.rest = &rest[end + quotes.len()..];
                return if quotes.starts_with('\'') {
                    Some(rest[..end].into())
                } else {
                    unescaped(&rest[..end])
                };
            }
        }
        if let Some(rest) = self.rest.strip_prefix('\'') {
            let end = rest.find('\'')?;
            self.rest = &rest[end + 1..];
            return Some(rest[..end].into());
        }
        let rest = self.rest.strip_prefix('"')?;
        let mut end = rest.find('"')?;
        // A quotation mark behind an odd number of strokes is one of the text.
        while rest[..end].bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1 {
            end += 1 + rest[end + 1..].find('"')?;
        }
        self.rest = &rest[end + 1..];
        unescaped(&rest[..end])
    }
}

fn unescaped(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('\\') {
        return Some(text.into());
    }
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        out.push(match c {
            '\\' => match characters.next()? {
                'n' => '\n',
                't' => '\t',
                c @ ('"' | '\\') => c,
                _ => return None,
            },
            c => c,
        });
    }
    Some(out.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use toml::Value;

    /// What the whole language makes of a file is what its part makes.
    #[test]
    fn reads_as_toml_does() {
        let text = "# a\n[[box]]\nnames = [\n  \"a\\\\\", 'b\"', # c\n  \"d\\\"\",\n]\nrows = \"\"\"\ne\n\nf\n\"\"\"\n\n[[box]]\nnames = []\n\
            [a.b]\n\"k 2\" = '''x'y'''\nl = \"\"\n";
        check(text);
        for bad in ["a", "a = ", "a = [\"b\"", "a = \"\\x\"", "a = \"b", "a = [\"b\" \"c\"]"] {
            assert!(pieces(bad).any(|piece| piece.is_err()), "{bad}");
        }
    }

    #[test]
    fn reads_the_built_in_files_as_toml_does() {
        for file in crate::read::wikitext::data::TEMPLATES
            .into_iter()
            .chain(crate::read::wikitext::data::facts::FILES)
        {
            check(file);
        }
    }

    fn check(text: &str) {
        let mut root = toml::Table::new();
        let mut header = "";
        for piece in pieces(text) {
            let piece = piece.expect("read");
            let (key, value) = match piece {
                Piece::Header(name) => {
                    header = name;
                    if let Some(name) = name.strip_prefix("[[") {
                        let list = root.entry(name.trim_end_matches(']')).or_insert(Value::Array(Vec::new()));
                        list.as_array_mut().unwrap().push(Value::Table(toml::Table::new()));
                    }
                    continue;
                }
                Piece::Text(key, text) => (key, Value::String(text.into_owned())),
                Piece::List(key, list) => {
                    (key, Value::Array(list.into_iter().map(|s| Value::String(s.into_owned())).collect()))
                }
            };
            let mut table = &mut root;
            for name in header.trim_matches(['[', ']']).split('.').filter(|name| !name.is_empty()) {
                let next = table.entry(name).or_insert(Value::Table(toml::Table::new()));
                table = match next {
                    Value::Array(list) => list.last_mut().unwrap().as_table_mut().unwrap(),
                    Value::Table(table) => table,
                    other => panic!("{other:?}"),
                };
            }
            table.insert(key.into_owned(), value);
        }
        assert_eq!(root, text.parse::<toml::Table>().unwrap());
    }
}
