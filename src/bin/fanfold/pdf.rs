//! Options of PDF.

use clap::Args;
use fanfold::format::Registry;
use fanfold::pdf::{FontLibrary, Notes, PageStyle};
use fanfold::style::{Justification, Length, Margins, Paper, Style, parse_length};
use fanfold::write::{Pdf, Standards};
use std::sync::Arc;

#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "PDF")]
pub(super) struct PdfArgs {
    /// Paper: a0 to a6, b5, letter, legal, or WIDTHxHEIGHT such as 6x9in; otherwise the style's, a4
    #[arg(hide_short_help = true, long, value_name = "PAPER")]
    pub paper: Option<Paper>,

    /// Margins: one length for all sides, two for top and bottom, left and right, or four
    #[arg(hide_short_help = true, long, value_name = "LENGTHS")]
    pub margins: Option<Margins>,

    /// Size of the running text, such as 10.5pt
    #[arg(hide_short_help = true, long, value_name = "LENGTH", value_parser = base_size)]
    pub base_size: Option<Length>,

    /// Columns of text on a page, 1 or 2
    #[arg(hide_short_help = true, long, value_name = "COLUMNS", value_parser = clap::value_parser!(u8).range(1..=2))]
    pub columns: Option<u8>,

    /// Put a table of contents before the text
    #[arg(hide_short_help = true, long)]
    pub toc: bool,

    /// Number the headings
    #[arg(hide_short_help = true, long)]
    pub number_headings: bool,

    /// Let lines end where they end instead of at the margin
    #[arg(hide_short_help = true, long)]
    pub ragged: bool,

    /// Give the title a page of its own
    #[arg(hide_short_help = true, long)]
    pub title_page: bool,

    /// Where notes stand: at the 'foot' of the page, at the 'end' (in the source's list, else under the
    /// article), or by 'auto' in the source's list but at the foot those that explain the text. HTML and
    /// EPUB list them in either case
    #[arg(hide_short_help = true, long, value_name = "PLACE", default_value = "auto", hide_default_value = true, value_parser = notes)]
    pub notes: Notes,

    /// Standards the file shall meet, separated by commas: ua-1, and one of a-2a, a-2b, a-2u, a-3a; or
    /// of PDF 2.0 ua-2, and one of a-4, a-4f; or none. a-3a and a-4f attach the source and the JSON of
    /// the document, and each formula's MathML to it
    #[arg(hide_short_help = true, long, value_name = "STANDARDS", default_value = "ua-1,a-2a")]
    pub pdf_standard: Standards,
}

fn notes(place: &str) -> Result<Notes, &'static str> {
    match place {
        "auto" => Ok(Notes::Auto),
        "foot" => Ok(Notes::Foot),
        "end" => Ok(Notes::End),
        _ => Err("it is 'auto', 'foot' or 'end'"),
    }
}

fn base_size(size: &str) -> Result<Length, &'static str> {
    parse_length(size)
        .filter(|s| (Length::pt(5)..=Length::pt(72)).contains(s))
        .ok_or("it is a length from 5pt to 72pt, such as 10.5pt")
}

impl PdfArgs {
    /// The style with what the options say of its pages.
    pub fn over(&self, style: Style) -> Style {
        style.with(|style| {
            let page = &mut style.page;
            if let Some(paper) = self.paper {
                (page.size, page.landscape) = (paper, false);
            }
            page.margins = self.margins.or(page.margins);
            page.columns = self.columns.unwrap_or(page.columns);
            page.contents |= self.toc;
            style.text.size = self.base_size.unwrap_or(style.text.size);
            style.headings.numbered |= self.number_headings;
            if self.ragged {
                style.text.align = Justification::Ragged;
            }
            style.title.page |= self.title_page;
        })
    }

    /// The registry with the writer set up as asked, and the one that shows what it sets.
    pub fn writer(self, registry: Registry, fonts: Arc<FontLibrary>, style: PageStyle) -> Registry {
        let registry = registry.with_writer(
            fanfold::write::Layout::new(fonts.clone()).with(|layout| layout.style = style.clone()),
        );
        registry.with_writer(Pdf::new(fonts).with(|pdf| {
            pdf.style = style;
            pdf.standards = self.pdf_standard;
        }))
    }
}
