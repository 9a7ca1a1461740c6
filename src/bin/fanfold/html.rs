//! Options of HTML and EPUB.

use clap::Args;
#[cfg(feature = "pdf")]
use fanfold::asset::media_type;
use fanfold::format::Registry;
use fanfold::model::Asset;
use fanfold::style::Style;
use std::path::{Path, PathBuf};

#[cfg(feature = "pdf")]
use fanfold::pdf::{FontLibrary, PageStyle};
#[cfg(all(feature = "epub", feature = "pdf"))]
use fanfold::write::Pages;
#[cfg(feature = "pdf")]
use std::sync::Arc;

#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "HTML and EPUB")]
pub(super) struct HtmlArgs {
    /// Read all of a page, not its article alone
    #[cfg(feature = "html")]
    #[arg(long)]
    pub whole_page: bool,

    /// Add a style sheet after the built-in one
    #[arg(hide_short_help = true, long, value_name = "FILE")]
    pub css: Option<PathBuf>,

    /// EPUB: start a content file at headings of this level and above; articles always do
    #[arg(hide_short_help = true, long, value_name = "LEVEL", default_value_t = 1, value_parser = clap::value_parser!(u8).range(0..=6))]
    pub split_level: u8,

    /// EPUB and PDF: add a cover, from an image file or 'typeset' from title and authors
    #[arg(hide_short_help = true, long, value_name = "FILE")]
    pub cover: Option<PathBuf>,

    /// EPUB: mark where the pages of the PDF start, as the PDF's options would set it, and list them;
    /// 'chunks' and 'flat': say of each line which of them it is on
    #[cfg(feature = "pdf")]
    #[arg(hide_short_help = true, long)]
    pub page_list: bool,

    /// EPUB: embed the faces that the PDF is set in, with the characters that occur
    #[cfg(feature = "pdf")]
    #[arg(hide_short_help = true, long)]
    pub embed_fonts: bool,

    /// EPUB: the series it belongs to
    #[arg(hide_short_help = true, long, value_name = "NAME")]
    pub series: Option<String>,

    /// EPUB: the place in the series, such as '2'
    #[arg(hide_short_help = true, long, value_name = "NUMBER", requires = "series")]
    pub series_position: Option<String>,

    /// What stands in the style sheet and the cover that a document names for itself.
    #[arg(skip)]
    pub own: Own,
}

/// Files that a document names for itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Own {
    pub css: Option<String>,
    pub cover: Option<Vec<u8>>,
}

impl HtmlArgs {
    /// The files that the options name.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        [&self.css, &self.cover].into_iter().filter_map(Option::as_deref)
    }

    /// The image that is the first page of a PDF, of at most so many bytes, and whether the title has a page of
    /// its own instead.
    #[cfg(feature = "pdf")]
    pub fn cover(&self, most: usize) -> Result<(Option<Asset>, bool), String> {
        if let Some(bytes) = &self.own.cover {
            return Ok((media_type(bytes).map(|kind| Asset::new(kind, bytes.as_slice())), false));
        }
        match &self.cover {
            Some(path) if path.as_os_str() != "typeset" => {
                let image = super::style::read_image(path, most);
                image
                    .map(|image| (Some(image), false))
                    .map_err(|e| format!("--cover {}: {e}", path.display()))
            }
            typeset => Ok((None, typeset.is_some())),
        }
    }

    /// The registry with the writers set up as asked, or what is wrong with the files given.
    pub fn writers(
        self,
        registry: Registry,
        keep_quotes: bool,
        (style, logo): (&Style, &Option<Asset>),
        #[cfg(feature = "pdf")] edition: (&Arc<FontLibrary>, &PageStyle),
    ) -> Result<Registry, String> {
        let css = match &self.css {
            Some(_) if self.own.css.is_some() => self.own.css.clone(),
            Some(path) => {
                Some(std::fs::read_to_string(path).map_err(|e| format!("--css {}: {e}", path.display()))?)
            }
            None => None,
        };
        #[cfg(feature = "html")]
        let registry = registry
            .with_reader(fanfold::read::Html::default().with(|html| html.whole_page = self.whole_page));
        #[cfg(feature = "html")]
        let registry = registry.with_writer(fanfold::write::Html::default().with(|html| {
            html.typographic_quotes = !keep_quotes;
            html.css = css.clone();
            html.style = style.clone();
            html.logo = logo.clone();
        }));
        #[cfg(all(feature = "epub", feature = "html"))]
        let registry = registry.with_writer(fanfold::write::Site::default().with(|site| {
            site.typographic_quotes = !keep_quotes;
            site.style = style.clone();
            site.css = css.clone();
        }));
        #[cfg(feature = "epub")]
        let registry = registry.with_writer(self.epub(
            css,
            keep_quotes,
            style,
            #[cfg(feature = "pdf")]
            edition,
        )?);
        Ok(registry)
    }

    #[cfg(feature = "epub")]
    fn epub(
        self,
        css: Option<String>,
        keep_quotes: bool,
        look: &Style,
        #[cfg(feature = "pdf")] (fonts, style): (&Arc<FontLibrary>, &PageStyle),
    ) -> Result<fanfold::write::Epub, String> {
        use fanfold::write::{Cover, Epub, Series};
        let cover = match &self.cover {
            Some(path) if path.as_os_str() == "typeset" => Some(Cover::Typeset),
            Some(path) => {
                let read = || std::fs::read(path);
                let bytes = self
                    .own
                    .cover
                    .clone()
                    .map_or_else(read, Ok)
                    .map_err(|e| format!("--cover {}: {e}", path.display()))?;
                Some(Cover::Image(bytes.into()))
            }
            None => None,
        };
        let mut epub = Epub::default();
        epub.split_level = self.split_level;
        epub.typographic_quotes = !keep_quotes;
        epub.css = css;
        epub.style = look.clone();
        epub.cover = cover;
        epub.modified = modified()?;
        epub.series = self.series.map(|name| Series { name, position: self.series_position });
        #[cfg(feature = "pdf")]
        {
            if self.page_list {
                epub.pages = Pages::Typeset { fonts: fonts.clone(), style: Box::new(style.clone()) };
            }
            if self.embed_fonts {
                epub = epub.with_fonts(fonts.clone());
            }
        }
        Ok(epub)
    }
}

/// The moment that reproducible builds give for their own (<https://reproducible-builds.org/specs/source-date-epoch/>).
#[cfg(feature = "epub")]
fn modified() -> Result<Option<i64>, String> {
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) => match seconds.parse() {
            Ok(seconds) => Ok(Some(seconds)),
            Err(_) => Err(format!("SOURCE_DATE_EPOCH: '{seconds}' is no number of seconds since 1970")),
        },
        Err(_) => Ok(None),
    }
}
