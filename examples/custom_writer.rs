//! A writer of one's own: gemtext, the format of the Gemini protocol. It is registered beside
//! fanfold's writers and then used by its name like any other.
//!
//! `cargo run --example custom_writer -- input/boris-bondarev.txt`

use fanfold::Converter;
use fanfold::format::{Error, Format, WriteContext, Writer};
use fanfold::model::{Block, BlockKind, Document, Inline, InlineKind, Target, plain_text, visit};
use std::{env, fs, io};

struct Gemtext;

impl Writer for Gemtext {
    fn format(&self) -> Format {
        Format::new("gemtext", &["gmi"], "text/gemini")
            .with_aliases(&["gmi"])
            .with_description("gemtext, for Gemini capsules")
    }

    fn write(
        &self,
        document: &Document,
        out: &mut dyn io::Write,
        _: &mut WriteContext<'_>,
    ) -> Result<(), Error> {
        for article in &document.articles {
            writeln!(out, "# {}", plain_text(&article.meta.title))?;
            let mut page = Page::default();
            for block in &article.blocks {
                visit::Visit::block(&mut page, block);
            }
            out.write_all(page.text.as_bytes())?;
        }
        Ok(())
    }
}

/// Gemtext has lines only, so links follow the paragraph they stand in.
#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn paragraph(&mut self, content: &[Inline]) {
        self.text += &plain_text(content);
        self.text.push('\n');
        let mut links = Links::default();
        for inline in content {
            visit::Visit::inline(&mut links, inline);
        }
        self.text += &links.lines;
    }

    /// Blocks as one line: what an item or a value says.
    fn line(blocks: &[Block]) -> String {
        let mut page = Page::default();
        for block in blocks {
            visit::Visit::block(&mut page, block);
        }
        page.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl visit::Visit for Page {
    fn block(&mut self, block: &Block) {
        self.text.push('\n');
        match &block.kind {
            BlockKind::Heading { level, content } => {
                self.text += &"#".repeat(level.get().min(3).into());
                self.text += &format!(" {}\n", plain_text(content));
            }
            BlockKind::Paragraph { content } => self.paragraph(content),
            BlockKind::Infobox(infobox) => {
                for row in &infobox.rows {
                    self.text += &format!("* {}: {}\n", plain_text(&row.label), Page::line(&row.value));
                }
            }
            BlockKind::List { items, .. } => {
                for item in items {
                    self.text += &format!("* {}\n", Page::line(&item.blocks));
                }
            }
            BlockKind::Code { text, .. } => self.text += &format!("```\n{text}\n```\n"),
            _ => visit::walk_block(self, block),
        }
    }
}

#[derive(Default)]
struct Links {
    lines: String,
}

impl visit::Visit for Links {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Link(link) = &inline.kind
            && let Target::Url(url) = &link.target
        {
            self.lines += &format!("=> {url} {}\n", plain_text(&link.content));
        }
        visit::walk_inline(self, inline);
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let input = env::args().nth(1).unwrap_or("input/boris-bondarev.txt".into());
    let converter = Converter::builder().writer(Gemtext).build();
    let mut diagnostics = Vec::new();
    let mut cx = converter.read_context(&input, &mut diagnostics);
    let document = converter.read(&fs::read(&input)?, None, &mut cx)?;
    let mut cx = converter.write_context(&input, &mut diagnostics);
    converter.write(&document, "gemtext", &mut io::stdout().lock(), &mut cx)?;
    Ok(())
}
