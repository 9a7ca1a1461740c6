//! Running text.

use super::{Flavour, Page, escape};
use crate::model::{
    Attr, Block, BlockKind, Direction, Inline, InlineKind, Link, NoteId, Style, Target, plain_text,
};

impl Page<'_, '_, '_> {
    /// Running text on as many lines as it has breaks, or on one where a break is a space.
    pub(super) fn inlines(&mut self, inlines: &[Inline]) -> String {
        let mut out = String::new();
        self.push_inlines(inlines, None, None, &mut out);
        out.trim_end_matches([' ', '\n']).to_owned()
    }

    /// Running text that takes one line.
    pub(super) fn line(&mut self, inlines: &[Inline]) -> String {
        let before = std::mem::replace(&mut self.in_cell, true);
        let out = self.inlines(inlines);
        self.in_cell = before;
        out
    }

    /// Adds running text; `after` is the character that follows it, `around` the sign of the emphasis that
    /// it begins and ends in.
    fn push_inlines(
        &mut self,
        inlines: &[Inline],
        after: Option<char>,
        around: Option<char>,
        out: &mut String,
    ) {
        let is_text = |inline: &&Inline| matches!(inline.kind, InlineKind::Text { .. });
        let mut i = 0;
        while i < inlines.len() {
            // Signs in texts beside each other could pair.
            let texts = inlines[i..].iter().take_while(is_text).count();
            let many;
            let inline = match texts {
                0 | 1 => &inlines[i],
                _ => {
                    let text = plain_text(&inlines[i..i + texts]);
                    many = Inline::new(InlineKind::Text { text }, inlines[i].span);
                    &many
                }
            };
            let edge = i == 0 || i + texts.max(1) == inlines.len();
            i += texts.max(1);
            let next = inlines.get(i).map_or(after, |next| self.first(next));
            self.push_inline(inline, next, around.filter(|_| edge), out);
        }
    }

    /// The first character that an inline is written with, as far as it matters to emphasis.
    fn first(&self, inline: &Inline) -> Option<char> {
        match &inline.kind {
            InlineKind::Text { text } => text.chars().next(),
            InlineKind::SoftBreak | InlineKind::HardBreak => Some(' '),
            InlineKind::Unresolved(_) => None,
            InlineKind::Link(_) => Some('['),
            _ => Some('*'),
        }
    }

    fn push_inline(&mut self, inline: &Inline, after: Option<char>, around: Option<char>, out: &mut String) {
        let attr = inline.attr.as_deref().filter(|attr| !attr.is_empty());
        match &inline.kind {
            InlineKind::Text { text } => {
                if text.starts_with('{')
                    && out.ends_with(['`', ')', '$', ']'])
                    && self.flavour != Flavour::CommonMark
                {
                    out.push('\\');
                }
                escape::push_text(out, text, self.flavour, self.in_cell, self.brackets > 0);
                // Before a link it would make an image of it.
                if text.ends_with('!') && after == Some('[') {
                    out.insert(out.len() - 1, '\\');
                }
            }
            InlineKind::Styled { style, content } => self.styled(*style, content, attr, after, around, out),
            InlineKind::Code { text } => {
                out.push_str(&escape::code(text, self.in_cell));
                self.braces(attr, out);
            }
            InlineKind::Math(formula) => self.math(&formula.tex, attr, after, out),
            InlineKind::Link(link) => self.link(link, attr, out),
            InlineKind::Image(image) if self.apart && !image.has_words() => {}
            InlineKind::Image(image) => {
                let sized = image.width.is_some() || image.height.is_some();
                let alt = image.alt.as_deref().unwrap_or_default();
                // That nothing is said of a picture, Markdown can't say.
                if image.alt.is_none()
                    || (sized || attr.is_some_and(|attr| attr.id.is_some())) && !self.flavour.has_attributes()
                {
                    out.push_str(&format!("<img src=\"{}\"", escape::attribute(&image.source)));
                    if image.alt.is_some() {
                        out.push_str(&format!(" alt=\"{}\"", escape::attribute(alt)));
                    }
                    for (name, value) in [("width", image.width), ("height", image.height)] {
                        if let Some(value) = value {
                            out.push_str(&format!(" {name}=\"{value}\""));
                        }
                    }
                    self.html_attributes(attr, out);
                    out.push('>');
                    return;
                }
                out.push_str("![");
                escape::push_text(out, alt, self.flavour, self.in_cell, true);
                out.push_str(&format!("]({}", escape::address(&image.source)));
                self.title(attr, out);
                out.push(')');
                let mut more = String::new();
                for (name, value) in [("width", image.width), ("height", image.height)] {
                    if let Some(value) = value {
                        more.push_str(&format!(" {name}={value}"));
                    }
                }
                let braces = braces(attr, &more);
                if self.flavour.has_attributes() {
                    out.push_str(&braces);
                }
            }
            InlineKind::Note { note } => self.note(*note, out),
            InlineKind::SoftBreak if self.in_cell || self.apart => out.push(' '),
            InlineKind::SoftBreak => break_line(out, ""),
            InlineKind::HardBreak if self.in_cell => out.push_str("<br>"),
            InlineKind::HardBreak => break_line(out, "\\"),
            InlineKind::Unresolved(_) => {}
            InlineKind::Unknown(unknown) => self.push_inlines(&unknown.content, after, None, out),
        }
    }

    fn styled(
        &mut self,
        style: Style,
        content: &[Inline],
        attr: Option<&Attr>,
        after: Option<char>,
        around: Option<char>,
        out: &mut String,
    ) {
        let sign = match style {
            Style::Emphasis => Some("*"),
            Style::Strong => Some("**"),
            Style::Strikeout if self.flavour != Flavour::CommonMark => Some("~~"),
            _ => None,
        };
        if let Some(sign) = sign.filter(|_| attr.is_none()) {
            let sign = match (around, sign) {
                (Some('*'), "*") => "_",
                (Some('*'), "**") => "__",
                (_, sign) => sign,
            };
            let mut inner = String::new();
            let end = sign.chars().next();
            self.push_inlines(content, end, end.filter(|c| *c != '~'), &mut inner);
            if stands(sign, out.chars().next_back(), after, &inner) {
                out.push_str(sign);
                out.push_str(&inner);
                out.push_str(sign);
                return;
            }
            // Written once: each of many in each other would be written twice as often as the one around it.
            if let Some(element) = element(style) {
                out.push_str(&format!("<{element}>{inner}</{element}>"));
                return;
            }
        }
        let pandoc = self.flavour == Flavour::Pandoc;
        let solid = !plain_text(content).contains(char::is_whitespace) && !content.is_empty();
        match style {
            Style::Superscript if pandoc && solid && attr.is_none() => self.between("^", content, out),
            Style::Subscript if pandoc && solid && attr.is_none() => self.between("~", content, out),
            Style::Span if attr.is_none() => self.push_inlines(content, after, around, out),
            Style::Span | Style::SmallCaps
                if self.flavour.has_attributes()
                    && !content.iter().any(is_html)
                    && !begins_in_brackets(content) =>
            {
                out.push('[');
                self.bracketed(content, out);
                out.push(']');
                let class = if style == Style::SmallCaps { " .smallcaps" } else { "" };
                out.push_str(&braces(attr, class));
                if let Some(title) = attr.and_then(|attr| attr.title.as_deref()) {
                    out.pop();
                    out.push_str(&format!(" title={}}}", plain_quoted(title)));
                }
            }
            _ => {
                let Some(element) = element(style) else {
                    return self.push_inlines(content, after, around, out);
                };
                out.push_str(&format!("<{element}"));
                self.html_attributes(attr, out);
                out.push('>');
                self.push_inlines(content, Some('<'), None, out);
                out.push_str(&format!("</{element}>"));
            }
        }
    }

    fn between(&mut self, sign: &str, content: &[Inline], out: &mut String) {
        out.push_str(sign);
        self.push_inlines(content, sign.chars().next(), None, out);
        out.push_str(sign);
    }

    fn math(&mut self, tex: &str, attr: Option<&Attr>, after: Option<char>, out: &mut String) {
        let display = attr.is_some_and(|attr| attr.classes == ["display"]);
        let tex = tex.trim().replace('\n', " ");
        let tex = if self.in_cell { tex.replace('|', "\\vert ") } else { tex };
        let fits =
            !tex.is_empty() && !tex.contains('$') && (display || !after.is_some_and(|c| c.is_ascii_digit()));
        if !self.flavour.has_math() || !fits {
            out.push_str(&escape::code(&tex, self.in_cell));
            return;
        }
        let sign = if display { "$$" } else { "$" };
        out.push_str(&format!("{sign}{tex}{sign}"));
        if !display {
            self.braces(attr, out);
        }
    }

    fn link(&mut self, link: &Link, attr: Option<&Attr>, out: &mut String) {
        let url = match &link.target {
            Target::Url(url) => match crate::markup::address::target(url) {
                Ok(_) => url.clone(),
                // What could run code is no link.
                Err(_) => return self.push_inlines(&link.content, Some(']'), None, out),
            },
            Target::Anchor(anchor) => format!("#{anchor}"),
            Target::Article { title, section } => {
                let words = plain_text(&link.content);
                let name = match section {
                    Some(section) => format!("{title}#{section}"),
                    None => title.clone(),
                };
                let plain = |text: &str| {
                    !text.contains(['[', ']', '|', '\n', '#', '^', '*', '`', '\\']) && !text.trim().is_empty()
                };
                let fits = plain(&words) && plain(title) && section.as_deref().is_none_or(plain);
                if self.flavour != Flavour::Any || !fits {
                    return self.push_inlines(&link.content, Some(']'), None, out);
                }
                let bar = if self.in_cell { "\\|" } else { "|" };
                match words == name && section.is_none() {
                    true => out.push_str(&format!("[[{name}]]")),
                    false => out.push_str(&format!("[[{name}{bar}{words}]]")),
                }
                return;
            }
        };
        let words = match link.content.as_slice() {
            [Inline { kind: InlineKind::Text { text }, attr: None, .. }] => Some(text),
            _ => None,
        };
        let mail = url.strip_prefix("mailto:");
        let itself = words.is_some_and(|words| {
            *words == url && url.contains("://") || Some(words.as_str()) == mail && words.contains('@')
        });
        if itself
            && attr.is_none()
            && !url.contains(|c: char| {
                c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '\\' | '`' | '|')
            })
        {
            out.push_str(&format!("<{}>", mail.unwrap_or(&url)));
            return;
        }
        out.push('[');
        self.bracketed(&link.content, out);
        out.push_str(&format!("]({}", escape::address(&url)));
        self.title(attr, out);
        out.push(')');
        self.braces(attr, out);
    }

    fn title(&self, attr: Option<&Attr>, out: &mut String) {
        if let Some(title) = attr.and_then(|attr| attr.title.as_deref()) {
            out.push_str(&format!(" {}", escape::quoted(title)));
        }
    }

    /// A note: where it is called, when that can be, else by its name.
    fn note(&mut self, id: NoteId, out: &mut String) {
        let Some(note) = self.notes.get(id.0 as usize) else { return };
        let name = &self.names[id.0 as usize];
        if !self.flavour.has_notes() {
            out.push_str(&format!("\\[{name}\\]"));
            return;
        }
        let running = match note.blocks.as_slice() {
            [Block { kind: BlockKind::Paragraph { content }, attr: None, .. }] => Some(content),
            _ => None,
        };
        if let Some(content) = running.filter(|_| {
            note.name.is_none()
                && note.group.is_none()
                && self.flavour.has_attributes()
                && self.open.is_empty()
        }) && !content.iter().any(|inline| breaks(inline) || is_html(inline))
            && !self.inlined.contains(&id.0)
        {
            let mut words = String::new();
            self.open.push(id);
            self.bracketed(content, &mut words);
            self.open.pop();
            // Three brackets are not told apart.
            if !words.starts_with('[') {
                self.inlined.insert(id.0);
                out.push_str(&format!("^[{words}]"));
                return;
            }
        }
        out.push_str(&format!("[^{}]", self.names[id.0 as usize]));
    }

    /// What stands between brackets that mean something.
    fn bracketed(&mut self, content: &[Inline], out: &mut String) {
        self.brackets += 1;
        self.push_inlines(content, Some(']'), None, out);
        self.brackets -= 1;
    }

    fn braces(&self, attr: Option<&Attr>, out: &mut String) {
        if self.flavour.has_attributes() {
            out.push_str(&braces(attr, ""));
        }
    }

    fn html_attributes(&self, attr: Option<&Attr>, out: &mut String) {
        let Some(attr) = attr else { return };
        let mut put =
            |name: &str, value: &str| out.push_str(&format!(" {name}=\"{}\"", escape::attribute(value)));
        if let Some(id) = &attr.id {
            put("id", id);
        }
        if !attr.classes.is_empty() {
            put("class", &attr.classes.join(" "));
        }
        if let Some(lang) = &attr.lang {
            put("lang", lang.as_str());
        }
        if let Some(dir) = attr.dir {
            put("dir", if dir == Direction::Rtl { "rtl" } else { "ltr" });
        }
        if let Some(title) = &attr.title {
            put("title", title);
        }
    }
}

/// Whether the first thing in running text is a link, whose bracket would stand right after another.
fn begins_in_brackets(content: &[Inline]) -> bool {
    matches!(content.first().map(|first| &first.kind), Some(InlineKind::Link(_)))
}

/// Attributes in braces, but for a title; nothing where there are none.
pub(super) fn braces(attr: Option<&Attr>, more: &str) -> String {
    let mut out = String::new();
    let simple =
        |word: &str| !word.is_empty() && !word.contains(|c: char| c.is_whitespace() || "{}=\"'".contains(c));
    if let Some(attr) = attr {
        if let Some(id) = attr.id.as_deref().filter(|id| simple(id)) {
            out.push_str(&format!(" #{id}"));
        }
        for class in attr.classes.iter().filter(|class| simple(class)) {
            out.push_str(&format!(" .{class}"));
        }
        if let Some(lang) = &attr.lang {
            out.push_str(&format!(" lang={}", lang.as_str()));
        }
        if let Some(dir) = attr.dir {
            out.push_str(if dir == Direction::Rtl { " dir=rtl" } else { " dir=ltr" });
        }
    }
    out.push_str(more);
    match out.trim_start() {
        "" => String::new(),
        found => format!("{{{found}}}"),
    }
}

fn plain_quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('"', "'").replace('\n', " "))
}

fn breaks(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::HardBreak | InlineKind::Note { .. } => true,
        InlineKind::Styled { content, .. } => content.iter().any(breaks),
        InlineKind::Link(link) => link.content.iter().any(breaks),
        _ => false,
    }
}

/// Whether tags are written for it, between which brackets find no counterpart.
fn is_html(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::Styled { style, content } => {
            !matches!(
                style,
                Style::Emphasis | Style::Strong | Style::Strikeout | Style::Span | Style::SmallCaps
            ) || content.iter().any(is_html)
        }
        InlineKind::Link(link) => link.content.iter().any(is_html),
        _ => false,
    }
}

fn break_line(out: &mut String, sign: &str) {
    out.truncate(out.trim_end_matches(' ').len());
    out.push_str(sign);
    out.push('\n');
}

/// Whether emphasis between a sign is read as emphasis there.
fn stands(sign: &str, before: Option<char>, after: Option<char>, inner: &str) -> bool {
    let (Some(first), Some(last)) = (inner.chars().next(), inner.chars().next_back()) else { return false };
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let mark = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace());
    if first.is_whitespace() || last.is_whitespace() {
        return false;
    }
    let own = sign.chars().next();
    // Beside its own sign it would be taken for a longer one.
    if before == own || after == own || inner.starts_with(sign) || inner.ends_with(sign) {
        return false;
    }
    let opens = !mark(Some(first)) || space(before) || mark(before);
    let ends = !mark(Some(last)) || space(after) || mark(after);
    let in_word =
        sign.starts_with('_') && (!(space(before) || mark(before)) || !(space(after) || mark(after)));
    opens && ends && !in_word
}

/// The element of HTML that a style is.
fn element(style: Style) -> Option<&'static str> {
    Some(match style {
        Style::Emphasis => "em",
        Style::Strong => "strong",
        Style::Underline => "u",
        Style::Strikeout => "s",
        Style::Superscript => "sup",
        Style::Subscript => "sub",
        Style::Small => "small",
        Style::Mark => "mark",
        Style::Keyboard => "kbd",
        Style::Sample => "samp",
        Style::Variable => "var",
        Style::Inserted => "ins",
        Style::Definition => "dfn",
        Style::Quotation => "q",
        Style::Abbreviation => "abbr",
        Style::Cite => "cite",
        Style::Span => "span",
        Style::SmallCaps => return None,
    })
}
