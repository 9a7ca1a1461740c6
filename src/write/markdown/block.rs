//! Blocks.

use super::inline::braces;
use super::{Flavour, Page};
use crate::diagnostic::{Diagnostic, code};
use crate::model::{
    Aside, Attr, Block, BlockKind, Definition, Infobox, Inline, InlineKind, ListItem, Marker, NumberStyle,
    Style, plain_text,
};

impl Page<'_, '_, '_> {
    /// Blocks as text without a line break at its end, each with a blank line before it.
    pub(super) fn blocks(&mut self, blocks: &[Block]) -> String {
        let mut parts = Vec::new();
        self.blocks_into(blocks, &mut parts);
        parts.join("\n\n")
    }

    pub(super) fn blocks_into(&mut self, blocks: &[Block], parts: &mut Vec<String>) {
        let mut before: Option<&Block> = None;
        for block in blocks {
            if self.cx.go_on().is_err() {
                return;
            }
            // A list after another one of its kind would go on with it.
            let other = before.is_some_and(|before| goes_on(before, block));
            let part = self.block(block, other);
            if !part.is_empty() {
                parts.push(part);
                before = Some(block);
            }
        }
    }

    fn block(&mut self, block: &Block, other: bool) -> String {
        let attr = block.attr.as_deref().filter(|attr| !attr.is_empty());
        let (text, carries) = match &block.kind {
            BlockKind::Heading { level, content } => (self.heading(level.get(), content, block.id()), true),
            BlockKind::Paragraph { content } => (self.inlines(content), false),
            BlockKind::Quote { body } => (prefixed(&self.blocks(body), "> ", "> "), false),
            BlockKind::List { marker, tight, items } => (self.list(*marker, *tight, items, other), false),
            BlockKind::Definitions { items } => (self.definitions(items), false),
            BlockKind::Code { language, text, numbers } => {
                (self.code(language.as_deref(), text, *numbers, attr, ""), true)
            }
            BlockKind::Math(formula) if self.flavour.has_math() && !formula.tex.contains("$$") => {
                (format!("$$\n{}\n$$", solid(&formula.tex)), false)
            }
            BlockKind::Math(formula) => (self.code(Some("math"), &formula.tex, None, None, ""), false),
            BlockKind::Table(table) => (self.table(table, attr), true),
            BlockKind::Infobox(infobox) => (self.infobox(infobox), true),
            BlockKind::Figure { body, caption }
                if self.flavour.has_attributes()
                    && let [Block { kind: BlockKind::Code { language, text, numbers }, attr: own, .. }] =
                        &**body
                    && let Some(title) = title(caption) =>
            {
                (self.code(language.as_deref(), text, *numbers, own.as_deref(), title), false)
            }
            BlockKind::Figure { body, caption } => {
                let mut parts = vec![self.blocks(body)];
                let words = plain_text(caption);
                // An image's own words are not said twice.
                if !caption.is_empty() && alone(body).is_none_or(|alt| alt != words) {
                    parts.push(self.inlines(caption));
                }
                parts.retain(|part| !part.is_empty());
                (parts.join("\n\n"), false)
            }
            BlockKind::Aside { role, body } => (self.aside(*role, body), false),
            // The notes themselves come last.
            BlockKind::Notes { .. } => return String::new(),
            BlockKind::Rule => ("___".to_owned(), false),
            BlockKind::Unknown(unknown) => (self.inlines(&unknown.content), false),
            BlockKind::Unresolved(_) => return String::new(),
        };
        let kept = attr.filter(|_| !carries).map(|attr| self.kept(attr)).filter(|attr| !attr.is_empty());
        match kept {
            Some(attr) if !text.is_empty() && self.flavour.has_attributes() => {
                format!("::: {}\n{text}\n:::", braces(Some(&attr), ""))
            }
            Some(Attr { id: Some(id), .. }) if self.flavour != Flavour::CommonMark => {
                format!("<a id=\"{}\"></a>\n\n{text}", super::escape::attribute(&id))
            }
            _ => text,
        }
    }

    /// What is worth its place: an anchor only where a link leads to it.
    fn kept(&self, attr: &Attr) -> Attr {
        let id = attr.id.clone().filter(|id| self.linked.contains(id));
        Attr { id, title: None, ..attr.clone() }
    }

    pub(super) fn heading(&mut self, level: u8, content: &[Inline], id: Option<&str>) -> String {
        let slug = self.slugs.name(&plain_text(content));
        let (mut content, mut id) = (content, id);
        // A title that links lead to carries its anchor inside.
        if let [
            Inline {
                kind: InlineKind::Styled { style: Style::Span, content: inside }, attr: Some(attr), ..
            },
        ] = content
            && **attr == (Attr { id: attr.id.clone(), ..Attr::default() })
        {
            (content, id) = (inside, attr.id.as_deref());
        }
        let mut words = self.line(content);
        if words.ends_with('#') {
            words.pop();
            words.push_str("\\#");
        }
        let mut out = "#".repeat(level.into());
        if !words.is_empty() {
            out.push(' ');
        }
        out.push_str(&words);
        if let Some(id) = id.filter(|id| *id != slug && self.linked.contains(*id)) {
            match self.flavour.has_attributes() {
                true => out.push_str(&format!(" {{#{id}}}")),
                false => out = format!("<a id=\"{}\"></a>\n\n{out}", super::escape::attribute(id)),
            }
        }
        out
    }

    fn list(&mut self, marker: Marker, tight: bool, items: &[ListItem], other: bool) -> String {
        let mut parts = Vec::with_capacity(items.len());
        for (i, item) in items.iter().enumerate() {
            let mark = match marker {
                Marker::Bullet => if other { "*" } else { "-" }.to_owned(),
                Marker::Ordered { start, style } => {
                    let number = u64::from(start) + i as u64;
                    let style = if self.flavour == Flavour::Pandoc { style } else { NumberStyle::Decimal };
                    // A letter and a full stop want two spaces; longer numbers than these no parser takes.
                    let text =
                        if number > 999_999_999 { "999999999".to_owned() } else { style.write(number) };
                    format!("{text}{}", if other || style != NumberStyle::Decimal { ")" } else { "." })
                }
            };
            let mut body = if tight { self.tight(&item.blocks) } else { self.blocks(&item.blocks) };
            if let Some(done) = item.checked {
                body = format!("[{}] {body}", if done { "x" } else { " " });
            }
            let indent = " ".repeat(mark.len() + 1);
            // What begins with white space would be taken for code, or its white for the mark's.
            parts.push(prefixed(&body, &format!("{mark} "), &indent).trim_end().to_owned());
        }
        parts.join(if tight { "\n" } else { "\n\n" })
    }

    /// The blocks of an item in a tight list, where a list follows words without a blank line.
    fn tight(&mut self, blocks: &[Block]) -> String {
        let mut out = String::new();
        let mut before: Option<&Block> = None;
        for block in blocks {
            let text = self.block(block, before.is_some_and(|before| goes_on(before, block)));
            if text.is_empty() {
                continue;
            }
            if let Some(before) = before {
                let paragraphs = matches!(before.kind, BlockKind::Paragraph { .. })
                    && !matches!(
                        block.kind,
                        BlockKind::List { marker: Marker::Bullet | Marker::Ordered { start: 1, .. }, .. }
                            | BlockKind::Code { .. }
                            | BlockKind::Quote { .. }
                    );
                // What begins with a fence ends them.
                let lists = matches!(
                    before.kind,
                    BlockKind::List { .. } | BlockKind::Quote { .. } | BlockKind::Table(_)
                ) && !matches!(block.kind, BlockKind::Code { .. });
                out.push_str(if paragraphs || lists { "\n\n" } else { "\n" });
            }
            out.push_str(&text);
            before = Some(block);
        }
        out
    }

    fn definitions(&mut self, items: &[Definition]) -> String {
        let mut parts = Vec::new();
        for item in items {
            let terms: Vec<String> = item.terms.iter().map(|term| self.line(term)).collect();
            // A definition of nothing is none.
            if self.flavour.has_attributes() && terms.iter().any(|term| !term.is_empty()) {
                let mut part = terms.join("\n");
                for detail in &item.details {
                    let tight =
                        matches!(detail.as_slice(), [Block { kind: BlockKind::Paragraph { .. }, .. }]);
                    let body = self.blocks(detail);
                    part.push_str(if tight { "\n" } else { "\n\n" });
                    part.push_str(&prefixed(&body, ":   ", "    "));
                }
                parts.push(part);
                continue;
            }
            for term in terms.iter().filter(|term| !term.is_empty()) {
                parts.push(format!("**{term}**"));
            }
            for detail in &item.details {
                let body = self.blocks(detail);
                if !body.is_empty() {
                    parts.push(prefixed(&body, "- ", "  "));
                }
            }
        }
        parts.join("\n\n")
    }

    fn code(
        &mut self,
        language: Option<&str>,
        text: &str,
        numbers: Option<u32>,
        attr: Option<&Attr>,
        title: &str,
    ) -> String {
        let most = text.lines().map(|line| {
            let words = line.trim_start();
            words.len() - words.trim_start_matches('`').len()
        });
        let fence = "`".repeat(most.max().unwrap_or_default().max(2) + 1);
        let attr = attr.map(|attr| self.kept(attr)).filter(|_| self.flavour.has_attributes());
        let mut more = String::new();
        if let Some(first) = numbers {
            more.push_str(&format!(" .numberLines startFrom={first}"));
        }
        if !title.is_empty() {
            more.push_str(&format!(" title=\"{title}\""));
        }
        let attributes =
            if self.flavour.has_attributes() { braces(attr.as_ref(), &more) } else { String::new() };
        let language = language.unwrap_or_default().replace(['`', '\n'], "");
        let info = match (language.is_empty(), attributes.is_empty()) {
            (_, true) => language,
            (true, false) => attributes.replacen('{', "{.text ", 1),
            (false, false) => format!("{language} {attributes}"),
        };
        format!("{fence}{info}\n{text}{}{fence}", if text.is_empty() { "" } else { "\n" })
    }

    /// A box of facts is a table of two columns under its title.
    fn infobox(&mut self, infobox: &Infobox) -> String {
        let mut parts = Vec::new();
        let title = self.line(&infobox.title);
        if let Some(picture) = &infobox.image {
            let image = Inline::new(InlineKind::Image(Box::new(picture.image.clone())), Default::default());
            parts.push(self.inlines(std::slice::from_ref(&image)));
            parts.push(self.inlines(&picture.caption));
        }
        let rows: Vec<(String, String)> =
            infobox.rows.iter().map(|row| (self.line(&row.label), self.cell(&row.value))).collect();
        if self.flavour.has_tables() {
            let head = if title.is_empty() { String::new() } else { title };
            let mut table = format!("| {head} |  |\n| --- | --- |");
            for (label, value) in rows {
                let label = if label.is_empty() { label } else { format!("**{}**", label.trim()) };
                table.push_str(&format!("\n| {label} | {value} |"));
            }
            parts.push(table);
        } else {
            parts.push(if title.is_empty() { title } else { format!("**{title}**") });
            let rows = rows.into_iter().map(|(label, value)| match (label.is_empty(), value.is_empty()) {
                (true, _) => format!("- {value}"),
                (_, true) => format!("- **{label}**"),
                _ => format!("- **{label}**: {value}"),
            });
            parts.push(rows.collect::<Vec<_>>().join("\n"));
        }
        parts.retain(|part| !part.is_empty());
        parts.join("\n\n")
    }

    fn aside(&mut self, role: Aside, body: &[Block]) -> String {
        let text = self.blocks(body);
        let word = role.word();
        if let Some(word) = word.filter(|_| self.flavour.has_alerts()) {
            return prefixed(&format!("[!{}]\n{text}", word.to_uppercase()), "> ", "> ");
        }
        let name = match role {
            Aside::Hatnote => "hatnote",
            Aside::Box => "box",
            _ => word.unwrap_or("box"),
        };
        if self.flavour.has_attributes() {
            return format!("::: {}\n{text}\n:::", name.to_lowercase());
        }
        match word {
            Some(word) => prefixed(&format!("**{word}**\n\n{text}"), "> ", "> "),
            None if role == Aside::Hatnote => text,
            None => prefixed(&text, "> ", "> "),
        }
    }

    /// The notes that are not written where they are called.
    pub(super) fn definitions_of_notes(&mut self, parts: &mut Vec<String>) {
        for (i, note) in self.notes.iter().enumerate() {
            if self.inlined.contains(&(i as u32)) {
                continue;
            }
            self.open.push(crate::model::NoteId(i as u32));
            let body = self.blocks(&note.blocks);
            self.open.pop();
            let name = &self.names[i];
            parts.push(match self.flavour.has_notes() {
                true => prefixed(&body, &format!("[^{name}]: "), "    "),
                false => {
                    if i == 0 {
                        let message = "CommonMark has no notes; they stand after the text";
                        self.cx.report(Diagnostic::new(&code::STRUCTURE_FLATTENED, note.span, message));
                    }
                    prefixed(&body, &format!("\\[{name}\\] "), "")
                }
            });
        }
    }
}

/// The words of the only image in a figure.
fn alone(body: &[Block]) -> Option<&str> {
    let [Block { kind: BlockKind::Paragraph { content }, .. }] = body else { return None };
    let [Inline { kind: InlineKind::Image(image), .. }] = content.as_slice() else { return None };
    image.alt.as_deref()
}

fn goes_on(before: &Block, block: &Block) -> bool {
    match (&before.kind, &block.kind) {
        (BlockKind::List { marker: a, .. }, BlockKind::List { marker: b, .. }) => {
            (*a == Marker::Bullet) == (*b == Marker::Bullet)
        }
        _ => false,
    }
}

/// Lines of text without those that are blank, which would end what holds them.
fn solid(text: &str) -> String {
    text.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

/// Text with something before its first line and its other lines; nothing before blank ones.
pub(super) fn prefixed(text: &str, first: &str, others: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    if text.is_empty() {
        return first.trim_end().to_owned();
    }
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            out.push('\n');
        }
        let prefix = if i == 0 { first } else { others };
        out.push_str(if line.is_empty() { prefix.trim_end() } else { prefix });
        out.push_str(line);
    }
    out
}

/// The caption of code as the title that its fence can say.
fn title(caption: &[Inline]) -> Option<&str> {
    match caption {
        [Inline { kind: InlineKind::Text { text }, attr: None, .. }] => {
            Some(text.as_str()).filter(|text| !text.contains(['"', '\n', '`', '{', '}', '\\', '&']))
        }
        _ => None,
    }
}
