//! The options that documents give for themselves.

use super::Settings;
use crate::convert::Converter;
use crate::diagnostic::{Diagnostic, code};
use crate::format::ReadContext;
use crate::model::Document;

/// Takes them from a document; the converter that they ask for.
pub(super) fn taken(
    document: &mut Document,
    settings: &Settings,
    cx: &mut ReadContext<'_>,
) -> Option<Converter> {
    let own = document.articles.iter_mut().find_map(|article| article.own.take())?;
    if let Some(choose) = &settings.own {
        return choose(&own, cx);
    }
    // Those of a chapter would change the others, too.
    let message = "the options that the document gives for itself hold where it is converted by itself";
    cx.report(Diagnostic::new(&code::OPTION_DROPPED, own.span, message));
    None
}
