//! Blocks: each kind becomes lines.

use super::references::Reference;
use super::{Page, inline};
use crate::model::{
    Aside, Block, BlockKind, Definition, Infobox, Inline, InlineKind, ListItem, Marker, Meta, NoteId,
    is_gallery, wordless_image,
};
use crate::text::width;

impl<'d> Page<'d> {
    /// The title with what is said under it.
    pub(super) fn front_matter(&mut self, meta: &'d Meta) {
        if !meta.title.is_empty() {
            self.underlined(&meta.title, '=');
        }
        if !meta.subtitle.is_empty() {
            self.paragraph(&meta.subtitle);
        }
        for creator in &meta.creators {
            self.lines.fill(&creator.shown());
        }
        if let Some(date) = meta.shown_date() {
            self.lines.fill(date);
        }
        self.lines.blank();
    }

    /// Notes and addresses, after the body.
    pub(super) fn gathered(&mut self) {
        self.references.add_uncalled();
        if !self.references.any_left() {
            return;
        }
        self.gathering = true;
        self.lines.blank();
        self.lines.rule('-', 24);
        let mut index = 0;
        // A note may call further notes, which then follow.
        while let Some(reference) = self.references.get(index) {
            index += 1;
            if matches!(reference, Reference::Note(note) if self.references.is_written(note)) {
                continue;
            }
            let mark = format!("[{index}] ");
            let item = self.lines.enter_item(&mark, mark.len());
            match reference {
                Reference::Url(url) => drop(self.lines.fill(url)),
                Reference::Note(note) => {
                    if let Some(note) = self.article.notes.get(note.0 as usize) {
                        self.blocks(&note.blocks, false);
                    }
                }
            }
            self.lines.leave(item);
        }
    }

    /// Notes, where the source has their list.
    fn listed(&mut self, notes: &[NoteId]) {
        for &note in notes {
            let Some(number) = self.references.write(note) else { continue };
            let mark = format!("[{number}] ");
            let item = self.lines.enter_item(&mark, mark.len());
            if let Some(note) = self.article.notes.get(note.0 as usize) {
                self.blocks(&note.blocks, false);
            }
            self.lines.leave(item);
        }
    }

    /// Lines that stay as they are.
    fn code(&mut self, text: &str) {
        let code = self.lines.enter("    ", "    ");
        for line in text.lines() {
            self.lines.line(line);
        }
        self.lines.leave(code);
    }

    pub(super) fn blocks(&mut self, blocks: &'d [Block], tight: bool) {
        for (i, block) in blocks.iter().enumerate() {
            if i > 0 && !tight {
                self.lines.blank();
            }
            self.block(block);
        }
    }

    pub(super) fn block(&mut self, block: &'d Block) {
        match &block.kind {
            BlockKind::Heading { level, content } => match level.get() {
                1 => self.underlined(content, '='),
                2 => self.underlined(content, '-'),
                n => {
                    self.run.clear();
                    self.run.extend(std::iter::repeat_n('#', n.into()));
                    self.run.push(' ');
                    self.push_inlines(content);
                    self.fill_run();
                }
            },
            BlockKind::Paragraph { content } => self.paragraph(content),
            BlockKind::Quote { body } => {
                let quote = self.lines.enter("> ", "> ");
                self.blocks(body, false);
                self.lines.leave(quote);
            }
            BlockKind::List { marker, tight, items } => self.list(*marker, *tight, items),
            BlockKind::Definitions { items } => self.definitions(items),
            BlockKind::Code { text, .. } => self.code(text),
            BlockKind::Math(formula) => self.code(&crate::math::text(formula, true)),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Infobox(infobox) => self.infobox(infobox),
            BlockKind::Figure { body, caption } => self.figure(body, caption),
            BlockKind::Aside { role, body } => self.aside(*role, body),
            BlockKind::Notes { notes, .. } => self.listed(notes),
            BlockKind::Rule => self.lines.line("* * *"),
            BlockKind::Unknown(unknown) => self.paragraph(&unknown.content),
            BlockKind::Unresolved(_) => {}
        }
    }

    pub(super) fn paragraph(&mut self, content: &'d [Inline]) {
        // Most paragraphs are one text, which need not be copied.
        if let [Inline { kind: InlineKind::Text { text }, .. }] = content {
            if !text.is_empty() {
                self.lines.fill_paragraph(text);
            }
            return;
        }
        self.run.clear();
        self.push_inlines(content);
        let run = std::mem::take(&mut self.run);
        if !run.trim().is_empty() {
            self.lines.fill_paragraph(&run);
        }
        self.run = run;
    }

    fn fill_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        if !run.trim().is_empty() {
            self.lines.fill(&run);
        }
        self.run = run;
    }

    /// A heading with a line under it, as wide as its widest line.
    fn underlined(&mut self, content: &'d [Inline], c: char) {
        self.run.clear();
        self.push_inlines(content);
        let run = std::mem::take(&mut self.run);
        if !run.trim().is_empty() {
            let widest = self.lines.fill(&run);
            self.lines.rule(c, widest);
        }
        self.run = run;
    }

    fn list(&mut self, marker: Marker, tight: bool, items: &'d [ListItem]) {
        let width = match marker {
            Marker::Bullet => 2,
            Marker::Ordered { start, style } => {
                // Roman numerals are widest in the middle, so all are asked; the items are there anyway.
                (0..items.len())
                    .map(|i| style.write(u64::from(start) + i as u64).len() + 2)
                    .max()
                    .unwrap_or_default()
            }
        };
        for (i, item) in items.iter().enumerate() {
            if i > 0 && !tight {
                self.lines.blank();
            }
            let mark = match marker {
                Marker::Bullet => "- ".to_owned(),
                Marker::Ordered { start, style } => format!("{}. ", style.write(u64::from(start) + i as u64)),
            };
            let outer = self.lines.enter_item(&mark, width);
            let task = item.checked.map(|done| self.lines.enter_item(if done { "[x] " } else { "[ ] " }, 4));
            self.blocks(&item.blocks, tight);
            if let Some(task) = task {
                self.lines.leave(task);
            }
            self.lines.leave(outer);
        }
    }

    fn definitions(&mut self, items: &'d [Definition]) {
        for (i, item) in items.iter().enumerate() {
            if i > 0 {
                self.lines.blank();
            }
            for term in &item.terms {
                self.paragraph(term);
            }
            for detail in &item.details {
                let indent = self.lines.enter("    ", "    ");
                self.blocks(detail, false);
                self.lines.leave(indent);
            }
        }
    }

    fn infobox(&mut self, infobox: &'d Infobox) {
        self.paragraph(&infobox.title);
        let box_ = self.lines.enter("  ", "  ");
        if let Some(image) = &infobox.image {
            if let Some(alt) = image.image.alt.as_deref().filter(|alt| !alt.is_empty())
                && !inline::says(&image.caption, alt)
            {
                self.lines.fill(&format!("[{alt}]"));
            }
            self.paragraph(&image.caption);
        }
        // Of pictures without words nothing is left here.
        let shown = infobox.rows.iter().filter(|r| r.value.is_empty() || !r.value.iter().all(is_bare));
        let fields: Vec<_> = shown.map(|r| (r.label.as_slice(), r.value.as_slice())).collect();
        self.fields(&fields);
        self.lines.leave(box_);
    }

    /// Labels with their values in a column beside them. A label too wide for its column has a
    /// line of its own.
    pub(super) fn fields(&mut self, fields: &[(&'d [Inline], &'d [Block])]) {
        let most = self.lines.room() / 3;
        let mut labels = Vec::with_capacity(fields.len());
        let mut column = 0;
        for (label, value) in fields {
            self.run.clear();
            self.push_inlines(label);
            let mut label = self.run.replace('\n', " ").trim().to_owned();
            if !label.is_empty() && !value.is_empty() && !label.ends_with(':') {
                label.push(':');
            }
            let columns = width(&label) + 2;
            if columns <= most && !value.is_empty() {
                column = column.max(columns);
            }
            labels.push(label);
        }
        let column = if column == 0 { 4 } else { column };
        for (label, (_, value)) in labels.iter().zip(fields) {
            if value.is_empty() || label.is_empty() {
                if !label.is_empty() {
                    self.lines.fill(label);
                }
                self.blocks(value, true);
            } else if width(label) + 2 <= column {
                let item = self.lines.enter_item(label, column);
                self.blocks(value, true);
                self.lines.leave(item);
            } else {
                self.lines.fill(label);
                let item = self.lines.enter_item("", column);
                self.blocks(value, true);
                self.lines.leave(item);
            }
        }
    }

    /// The caption under the body; an image that is described by the same words is not named twice.
    fn figure(&mut self, body: &'d [Block], caption: &'d [Inline]) {
        let said = |block: &Block| {
            matches!(&block.kind, BlockKind::Paragraph { content } if matches!(content.as_slice(),
                [Inline { kind: InlineKind::Image(image), .. }]
                    if image.alt.as_deref().is_none_or(|alt| inline::says(caption, alt))))
        };
        if is_gallery(body) {
            let (bare, shown): (Vec<_>, Vec<_>) = body.iter().partition(|block| is_bare(block));
            // A gallery of which nothing has words is said to be there by its first picture.
            let shown = if shown.is_empty() && caption.is_empty() { &bare[..1] } else { &shown };
            for block in shown {
                self.blocks(std::slice::from_ref(*block), true);
            }
        } else if caption.is_empty() || !body.iter().all(said) {
            self.blocks(body, false);
        }
        self.paragraph(caption);
    }

    fn aside(&mut self, role: Aside, body: &'d [Block]) {
        if let Some(word) = role.word() {
            self.lines.line(&format!("{word}:"));
        }
        let indent = self.lines.enter("  ", "  ");
        self.blocks(body, false);
        self.lines.leave(indent);
    }
}

/// Whether a figure is an image and nothing else.
fn is_bare(block: &Block) -> bool {
    wordless_image(block).is_some()
}
