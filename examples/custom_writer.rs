//! A writer of one's own: gemtext, the format of the Gemini protocol. It is registered beside
//! fanfold's writers and then used by its name like any other.
//!
//! `cargo run --example custom_writer -- input/boris-bondarev.txt`

use fanfold::Converter;
use fanfold::format::{Error, Format, WriteContext, Writer};
use fanfold::model::{Block, BlockKind, Document, Target, Words, plain_text, visit};
use std::{env, fs, io};

struct Gemtext;

impl Writer for Gemtext {
    fn format(&self) -> Format {
        Format::new("gemtext", &["gmi"], "text/gemini").with_description("gemtext, for Gemini capsules")
    }

    fn write(&self, of: &Document, out: &mut dyn io::Write, _: &mut WriteContext<'_>) -> Result<(), Error> {
        for article in &of.articles {
            writeln!(out, "# {}", plain_text(&article.meta.title))?;
            article.blocks.iter().try_for_each(|block| write(block, out))?;
        }
        Ok(())
    }
}

fn write(block: &Block, out: &mut dyn io::Write) -> Result<(), Error> {
    writeln!(out)?;
    match &block.kind {
        BlockKind::Heading { level, content } => {
            writeln!(out, "{} {}", "#".repeat(level.get().min(3).into()), plain_text(content))?;
        }
        BlockKind::Infobox(infobox) => list(&infobox.rows, out)?,
        BlockKind::List { items, .. } => list(items, out)?,
        BlockKind::Code { text, .. } => writeln!(out, "```\n{text}\n```")?,
        _ => writeln!(out, "{}", plain_text(block))?,
    }
    // Gemtext has lines only, so links follow the block they stand in.
    for link in visit::links(block) {
        if let Target::Url(url) = &link.target {
            writeln!(out, "=> {url} {}", plain_text(&link.content))?;
        }
    }
    Ok(())
}

/// Items, a line each.
fn list(items: &[impl Words], out: &mut dyn io::Write) -> io::Result<()> {
    items.iter().try_for_each(|item| writeln!(out, "* {}", plain_text(item).replace('\n', " ")))
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
