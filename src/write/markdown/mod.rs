//! Markdown: what editors, forges and language models take.
//!
//! What a dialect has no mark-up for is HTML where HTML can say it, and words where it can't. Read back,
//! it is the same document.

mod block;
mod escape;
mod flavour;
mod front;
mod inline;
mod table;

use super::controls::Plain;
use super::origin::without_attribution;
use crate::format::{Error, Format, WriteContext, Writer};
use crate::model::visit::{self, Visit};
use crate::model::{Block, BlockKind, Document, Inline, InlineKind, Level, Note, NoteId, Target, plain_text};
pub use flavour::Flavour;
use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write as _};

/// Writes Markdown.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Markdown {
    /// Whose Markdown it is.
    pub flavour: Flavour,
}

impl Markdown {
    /// Writes one dialect.
    pub fn of(flavour: Flavour) -> Self {
        Markdown { flavour }
    }
}

impl Writer for Markdown {
    fn format(&self) -> Format {
        let (name, aliases, extensions, description): (_, &[_], &[_], _) = match self.flavour {
            Flavour::Any => {
                ("markdown", &["md"], &["md"], "GitHub's Markdown, with links, classes and divisions kept")
            }
            Flavour::CommonMark => ("commonmark", &[], &["md"], "CommonMark and nothing else"),
            Flavour::GitHub => ("gfm", &["github"], &["md"], "GitHub's Markdown"),
            Flavour::Pandoc => ("pandoc-markdown", &[], &["md"], "pandoc's Markdown"),
        };
        Format { name, aliases, extensions, media_type: "text/markdown", text: true, description }
    }

    fn write(
        &self,
        document: &Document,
        out: &mut dyn io::Write,
        cx: &mut WriteContext<'_>,
    ) -> Result<(), Error> {
        let mut out = Plain::new(out);
        let mut linked = Linked::default();
        document.articles.iter().for_each(|article| visit::walk_article(&mut linked, article));
        let mut slugs = crate::text::slug::Slugs::default();
        let mut names = Names::default();
        let single = document.articles.len() == 1;
        let mut begun = false;
        for article in &document.articles {
            cx.go_on()?;
            let meta = if single && !document.meta.title.is_empty() { &document.meta } else { &article.meta };
            let names = names.of(&article.notes);
            let mut page = Page {
                flavour: self.flavour,
                notes: &article.notes,
                names,
                inlined: HashSet::new(),
                open: Vec::new(),
                linked: &linked.0,
                slugs: &mut slugs,
                brackets: 0,
                in_cell: false,
                apart: false,
                cx,
            };
            let mut parts = Vec::new();
            // A title that the body could take for its own is said before it.
            let top = |block: &Block| matches!(block.kind, BlockKind::Heading { level: Level::ONE, .. });
            let as_heading =
                !article.blocks.iter().any(top) && plain_text(&meta.title).trim() == plain_text(&meta.title);
            if single {
                parts.extend(front::matter(meta, &document.meta, self.flavour, as_heading));
            }
            if !meta.title.is_empty() && (as_heading || !single || !self.flavour.has_front_matter()) {
                let id = meta.title.first().and_then(|first| first.id());
                parts.push(page.heading(1, &meta.title, id));
            }
            if begun {
                out.write_all(b"\n")?;
            }
            let mut blocks = article.blocks.as_slice();
            // The metadata block says where the text is from.
            if single && self.flavour.has_front_matter() {
                blocks = without_attribution(blocks);
            }
            page.blocks_into(blocks, &mut parts);
            page.definitions_of_notes(&mut parts);
            for (i, part) in parts.iter().enumerate() {
                let gap = if i > 0 { "\n" } else { "" };
                out.write_all(gap.as_bytes())?;
                out.write_all(part.as_bytes())?;
                out.write_all(b"\n")?;
            }
            begun |= !parts.is_empty();
        }
        out.report(document, cx);
        Ok(())
    }
}

/// An article that is being written.
struct Page<'d, 'c, 'x> {
    flavour: Flavour,
    notes: &'d [Note],
    /// What each note is called by.
    names: Vec<String>,
    /// Notes that were written where they are called.
    inlined: HashSet<u32>,
    /// Notes that are being written in each other.
    open: Vec<NoteId>,
    /// Anchors that links lead to.
    linked: &'c HashSet<String>,
    slugs: &'c mut crate::text::slug::Slugs,
    /// Between so many brackets that mean something.
    brackets: usize,
    /// In a table's cell, which is one line.
    in_cell: bool,
    /// Apart from the document: paragraphs are a line, and images without words are left out.
    apart: bool,
    cx: &'c mut WriteContext<'x>,
}

/// Blocks as GitHub's Markdown, without the calls of notes, in a text that is not theirs alone.
pub(super) fn blocks(blocks: &[Block], cx: &mut WriteContext<'_>) -> String {
    part(cx, |page| page.blocks(blocks))
}

/// The content of a cell as a line of GitHub's Markdown.
pub(super) fn cell(blocks: &[Block], cx: &mut WriteContext<'_>) -> String {
    part(cx, |page| page.cell(blocks))
}

fn part(cx: &mut WriteContext<'_>, write: impl FnOnce(&mut Page<'_, '_, '_>) -> String) -> String {
    let (linked, mut slugs) = (HashSet::new(), crate::text::slug::Slugs::default());
    write(&mut Page {
        flavour: Flavour::GitHub,
        notes: &[],
        names: Vec::new(),
        inlined: HashSet::new(),
        open: Vec::new(),
        linked: &linked,
        slugs: &mut slugs,
        brackets: 0,
        in_cell: false,
        apart: true,
        cx,
    })
}

/// Names for notes: their own where it can stand in the brackets of one and no other has it, else numbers.
#[derive(Default)]
struct Names {
    taken: HashSet<String>,
    number: usize,
}

impl Names {
    fn of(&mut self, notes: &[Note]) -> Vec<String> {
        let good =
            |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
        let mut uses: BTreeMap<String, usize> = BTreeMap::new();
        for name in notes.iter().filter_map(|note| note.name.as_deref()) {
            *uses.entry(name.to_lowercase()).or_default() += 1;
        }
        let mut named = |note: &Note| {
            let own = note.name.as_deref().filter(|name| good(name) && name.parse::<usize>().is_err());
            let alone = |name: &&str| uses.get(&name.to_lowercase()) == Some(&1);
            match own.filter(alone) {
                Some(name) if self.taken.insert(name.to_lowercase()) => name.to_owned(),
                _ => {
                    self.number += 1;
                    self.number.to_string()
                }
            }
        };
        notes.iter().map(&mut named).collect()
    }
}

/// The anchors that links lead to.
#[derive(Default)]
struct Linked(HashSet<String>);

impl Visit<'_> for Linked {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Link(link) = &inline.kind
            && let Target::Anchor(anchor) = &link.target
        {
            self.0.insert(anchor.clone());
        }
        visit::walk_inline(self, inline);
    }
}
