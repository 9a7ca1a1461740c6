//! The HTML that wikitext allows: names, tags, attributes.

use std::ops::Range;

macro_rules! tags {
    ($($variant:ident $name:literal),* $(,)?) => {
        /// An element of the tree: those of HTML, and a few that wikitext adds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Tag {
            /// The whole text.
            Root,
            /// Characters of the text.
            Text,
            /// What a marker stands for.
            Item,
            /// A picture, with its caption inside.
            Figure,
            /// A link, with its words inside.
            Link,
            /// Lines that start with a space.
            Preformatted,
            $(#[doc = $name] $variant),*
        }

        impl Tag {
            /// The element of a name that may be written as a tag.
            pub fn named(name: &str) -> Option<Tag> {
                let mut lower = [0u8; 10];
                let lower = lower.get_mut(..name.len())?;
                lower.copy_from_slice(name.as_bytes());
                lower.make_ascii_lowercase();
                match &*lower {
                    $(bytes if bytes == $name.as_bytes() => Some(Tag::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

tags! {
    B "b", I "i", P "p", Br "br", Span "span", Div "div", Small "small", Sub "sub", Sup "sup",
    Td "td", Tr "tr", Th "th", Table "table", Caption "caption", Tbody "tbody", Thead "thead", Tfoot "tfoot",
    Ul "ul", Ol "ol", Li "li", Dl "dl", Dt "dt", Dd "dd", Blockquote "blockquote", Center "center",
    H1 "h1", H2 "h2", H3 "h3", H4 "h4", H5 "h5", H6 "h6", Hr "hr",
    Em "em", Strong "strong", U "u", S "s", Strike "strike", Del "del", Ins "ins", Big "big",
    Code "code", Tt "tt", Kbd "kbd", Samp "samp", Var "var", Cite "cite", Dfn "dfn", Abbr "abbr",
    Q "q", Mark "mark", Font "font", Bdi "bdi", Bdo "bdo", Ruby "ruby", Rb "rb", Rt "rt", Rp "rp", Rtc "rtc",
    Wbr "wbr", Time "time", Data "data", Meta "meta", Resource "link",
    Col "col", Colgroup "colgroup", Img "img",
}

impl Tag {
    /// Whether it holds blocks, or is a block itself.
    pub fn is_block(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Root | Preformatted
                | P
                | Div
                | Td
                | Tr
                | Th
                | Table
                | Caption
                | Tbody
                | Thead
                | Tfoot
                | Ul
                | Ol
                | Li
                | Dl
                | Dt
                | Dd
                | Blockquote
                | Center
                | H1
                | H2
                | H3
                | H4
                | H5
                | H6
                | Hr
        )
    }

    /// Whether it holds running text and no blocks.
    pub fn is_leaf(self) -> bool {
        use Tag::*;
        matches!(self, P | H1 | H2 | H3 | H4 | H5 | H6 | Preformatted)
    }

    /// Whether it never has content.
    pub fn is_void(self) -> bool {
        use Tag::*;
        matches!(self, Br | Hr | Wbr | Meta | Resource | Col | Img)
    }

    /// The level of a heading.
    pub fn heading(level: usize) -> Tag {
        [Tag::H1, Tag::H2, Tag::H3, Tag::H4, Tag::H5, Tag::H6][level.clamp(1, 6) - 1]
    }
}

/// A tag as it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub tag: Tag,
    pub closing: bool,
    pub self_closing: bool,
    pub attributes: Range<usize>,
    pub end: usize,
}

/// How far a tag may reach. Longer ones are text, so that a text of `<b <b <b …` takes linear time.
const LONGEST: usize = 4096;

/// The tag that starts with the `<` at `at`, if it is one that wikitext allows.
pub fn tag_at(text: &str, at: usize, limit: usize) -> Option<Written> {
    let bytes = text.as_bytes();
    let closing = bytes.get(at + 1) == Some(&b'/');
    let name_start = at + 1 + usize::from(closing);
    let length = bytes[name_start..limit.max(name_start)]
        .iter()
        .take(11)
        .take_while(|b| b.is_ascii_alphanumeric())
        .count();
    let name_end = name_start + length;
    let tag = Tag::named(&text[name_start..name_end])?;
    if !matches!(bytes.get(name_end), Some(b' ' | b'\t' | b'\n' | b'\r' | b'/' | b'>')) {
        return None;
    }
    let window = &bytes[name_end..limit.min(name_end + LONGEST)];
    let close = window.iter().position(|&b| matches!(b, b'>' | b'<'))?;
    if window[close] == b'<' {
        return None;
    }
    let mut attributes_end = name_end + close;
    let trimmed = text[name_end..attributes_end].trim_end();
    let self_closing = trimmed.ends_with('/');
    if self_closing {
        attributes_end = name_end + trimmed.len() - 1;
    }
    Some(Written {
        tag,
        closing,
        self_closing,
        attributes: name_end..attributes_end,
        end: name_end + close + 1,
    })
}

/// The attributes of a tag, table row or extension: `name`, `name=value`, `name="value"`.
pub struct Attributes<'a> {
    rest: &'a str,
}

/// Reads attributes one after another; what is not one is passed over.
pub fn attributes(text: &str) -> Attributes<'_> {
    Attributes { rest: text }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<(&'a str, &'a str)> {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.' | '@');
        self.rest = self.rest.trim_start_matches(|c| !is_name(c));
        if self.rest.is_empty() {
            return None;
        }
        let length = self.rest.find(|c| !is_name(c)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(length);
        let Some(value) = rest.trim_start().strip_prefix('=') else {
            self.rest = rest;
            return Some((name, ""));
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, rest) = match quote {
            Some(q) => {
                let inner = &value[1..];
                let end = inner.find(q).unwrap_or(inner.len());
                (&inner[..end], inner.get(end + 1..).unwrap_or(""))
            }
            None => {
                let end = value.find(char::is_whitespace).unwrap_or(value.len());
                value.split_at(end)
            }
        };
        self.rest = rest;
        Some((name, value))
    }
}

/// The value of one attribute.
pub fn attribute<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    attributes(text).find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_tags_and_attributes() {
        let text = "<DIV class='a b' id = x title=\"1 > 0\">";
        assert_eq!(tag_at("<b>", 0, 3).unwrap().tag, Tag::B);
        assert!(tag_at("<s.foo>", 0, 7).is_none());
        assert!(tag_at("<blink>", 0, 7).is_none());
        assert!(tag_at("<br/ >", 0, 6).unwrap().self_closing);
        let found: Vec<_> = attributes(&text[4..]).collect();
        assert_eq!(found, [("class", "a b"), ("id", "x"), ("title", "1 > 0")]);
        assert_eq!(attribute("nowrap colspan=2", "colspan"), Some("2"));
        assert_eq!(attribute(" title= id=", "title"), Some("id="));
    }
}
