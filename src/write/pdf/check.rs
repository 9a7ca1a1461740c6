//! What keeps a document from meeting the standards, told before anything is written. The file
//! meets them all the same, by the fallbacks named here.

use super::links;
use super::standard::Standards;
use crate::diagnostic::{Diagnostic, Remedy, code};
use crate::format::WriteContext;
use crate::model::visit::{self, Visit};
use crate::model::{Block, BlockKind, Document, Image, Inline, InlineKind, Span, Target};

/// Reports what the document lacks, and gives the title and the language that the file will have.
pub(super) fn check(
    document: &Document,
    standards: Standards,
    cx: &mut WriteContext<'_>,
) -> (String, String) {
    let mut walk = Walk { accessible: standards.ua().is_some(), found: Vec::new() };
    for article in &document.articles {
        visit::walk_article(&mut walk, article);
    }
    walk.found.into_iter().for_each(|d| cx.report(d));

    let title = document.title().filter(|t| !t.trim().is_empty()).unwrap_or_else(|| {
        let title = name_of(cx.source_name());
        let message = format!("the PDF needs a title; it is called '{title}' after its file");
        cx.report(Diagnostic::new(&code::NO_TITLE, None, message).remedy(Remedy::Title));
        title
    });
    let language = document.language().map(|l| l.tag.as_str().to_owned()).unwrap_or_else(|| {
        let message = "nothing says the language of the PDF; it is marked as unknown";
        cx.report(Diagnostic::new(&code::LANGUAGE_GUESSED, None, message).remedy(Remedy::Language));
        "und".to_owned()
    });
    (title, language)
}

/// The file's name without folder and extension.
fn name_of(source: &str) -> String {
    let file = source.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    if matches!(stem, "" | "-") { "Untitled".to_owned() } else { stem.to_owned() }
}

struct Walk {
    accessible: bool,
    found: Vec<Diagnostic>,
}

impl Walk {
    fn image(&mut self, image: &Image, span: Span) {
        if self.accessible && image.alt.is_none() {
            let message = format!(
                "image '{}' has no alternative text; its name stands for it in the PDF",
                image.source
            );
            let help = "say what it shows, or give an empty text if it is decoration";
            self.found.push(Diagnostic::new(&code::NO_ALT, span, message).help(help));
        }
    }
}

impl Visit<'_> for Walk {
    fn block(&mut self, block: &Block) {
        if let BlockKind::Infobox(infobox) = &block.kind
            && let Some(image) = &infobox.image
        {
            self.image(&image.image, block.span);
        }
        visit::walk_block(self, block);
    }

    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Image(image) => self.image(image, inline.span),
            InlineKind::Link(link) => {
                if let Target::Url(url) = &link.target
                    && links::uri(url).is_none()
                {
                    let message = format!("the link to '{url}' is left out of the PDF; its words stay");
                    let help = "link to an address that starts with https:, http: or mailto:";
                    self.found.push(Diagnostic::new(&code::UNSAFE_LINK, inline.span, message).help(help));
                }
            }
            _ => {}
        }
        visit::walk_inline(self, inline);
    }
}
