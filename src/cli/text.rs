//! Options of plain text.

use crate::format::Registry;
use crate::write::Text;
use crate::write::text::Links;
use clap::Args;

#[derive(Debug, Args)]
#[command(next_help_heading = "Text")]
pub(super) struct TextArgs {
    /// Columns of a line
    #[arg(long, value_name = "COLUMNS", default_value_t = 72, value_parser = clap::value_parser!(u16).range(20..))]
    pub width: u16,

    /// Add no character outside ASCII
    #[arg(long)]
    pub ascii: bool,

    /// Addresses of links: 'references' after the article, 'inline' or 'dropped'
    #[arg(long, value_name = "POLICY", default_value = "references", hide_default_value = true, value_parser = links)]
    pub links: Links,

    /// Make lines of paragraphs even on both sides
    #[arg(long)]
    pub justify: bool,

    /// Hyphenate words in paragraphs
    #[arg(long)]
    pub hyphenate: bool,
}

fn links(policy: &str) -> Result<Links, &'static str> {
    match policy {
        "references" => Ok(Links::References),
        "inline" => Ok(Links::Inline),
        "dropped" => Ok(Links::Dropped),
        _ => Err("it is 'references', 'inline' or 'dropped'"),
    }
}

impl TextArgs {
    /// The registry with the text writer set up as asked.
    pub fn writer(self, registry: Registry) -> Registry {
        let TextArgs { width, ascii, links, justify, hyphenate } = self;
        registry.with_writer(Text { width: width.into(), ascii, links, justify, hyphenate })
    }
}
