//! Options of text and of JSON.

use clap::Args;
use fanfold::format::Registry;
use fanfold::write::{Budget, Chunks, Json, Links, Text, TextStyle};

#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Text")]
pub(super) struct TextArgs {
    /// Columns of a line
    #[arg(hide_short_help = true, long, value_name = "COLUMNS", default_value_t = 72, value_parser = clap::value_parser!(u16).range(20..))]
    pub width: u16,

    /// Add no character outside ASCII
    #[arg(hide_short_help = true, long)]
    pub ascii: bool,

    /// Addresses of links: 'references' after the article, 'inline' or 'dropped'
    #[arg(hide_short_help = true, long, value_name = "POLICY", default_value = "references", hide_default_value = true, value_parser = links)]
    pub links: Links,

    /// Make lines of paragraphs even on both sides
    #[arg(hide_short_help = true, long)]
    pub justify: bool,

    /// Hyphenate words in paragraphs
    #[arg(hide_short_help = true, long)]
    pub hyphenate: bool,

    /// What text looks like: 'plain', made to be read, or 'article', which can be read back
    #[arg(hide_short_help = true, long, value_name = "STYLE", default_value = "plain", hide_default_value = true, value_parser = style)]
    pub text_style: TextStyle,

    /// The most a passage of 'chunks' holds: characters, or words as in '300w'
    #[arg(hide_short_help = true, long, value_name = "SIZE", default_value = "2000", value_parser = budget)]
    pub chunk_size: Budget,

    /// JSON: leave images in files in this folder, which lies beside the output, instead of inside it
    #[arg(hide_short_help = true, long, value_name = "DIR", value_parser = beside)]
    pub assets: Option<String>,
}

fn beside(folder: &str) -> Result<String, &'static str> {
    let folder = folder.trim_end_matches('/');
    let inside = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':']);
    if folder.split('/').all(inside) {
        Ok(folder.to_owned())
    } else {
        Err("it lies beside the output: a name, or names joined by '/'")
    }
}

fn style(name: &str) -> Result<TextStyle, &'static str> {
    match name {
        "plain" => Ok(TextStyle::Plain),
        "article" => Ok(TextStyle::Article),
        _ => Err("it is 'plain' or 'article'"),
    }
}

fn budget(size: &str) -> Result<Budget, &'static str> {
    let (number, words) = size.strip_suffix('w').map_or((size, false), |number| (number, true));
    match number.parse() {
        Ok(n @ 1..) if words => Ok(Budget::Words(n)),
        Ok(n @ 1..) => Ok(Budget::Characters(n)),
        _ => Err("it is a number of characters, or of words as in '300w'"),
    }
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
        let TextArgs { width, ascii, links, justify, hyphenate, text_style, chunk_size, assets } = self;
        let text = Text::default().with(|text| {
            text.width = width.into();
            text.ascii = ascii;
            text.links = links;
            text.justify = justify;
            text.hyphenate = hyphenate;
            text.style = text_style;
        });
        let chunks = Chunks::default().with(|chunks| chunks.size = chunk_size);
        let json = Json::default().with(|json| json.assets = assets);
        registry.with_writer(text).with_writer(chunks).with_writer(json)
    }
}
