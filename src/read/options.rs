//! Options of the conversion that pandoc has a name for in metadata.

use crate::model::{Own, OwnValue, Span};

/// Takes a field that pandoc has for an option; whether it is one.
pub(super) fn pandocs(name: &str, text: &str, span: Span, own: &mut Own) -> bool {
    let (table, option, value) = match name {
        "papersize" => ("pdf", "paper", OwnValue::plain(text.strip_suffix("paper").unwrap_or(text))),
        "fontsize" => ("pdf", "base-size", OwnValue::plain(text)),
        "geometry" => match text.split_once('=').filter(|_| !text.contains(',')) {
            Some(("margin", margins)) => ("pdf", "margins", OwnValue::plain(margins)),
            _ => return false,
        },
        "classoption" if text == "twocolumn" => ("pdf", "columns", OwnValue::plain("2")),
        "number-sections" | "numbersections" => ("pdf", "number-headings", OwnValue::plain(text)),
        "mainfont" => ("fonts", "font", OwnValue::Text(text.to_owned())),
        "links-as-notes" if text == "true" => ("text", "links", OwnValue::plain("notes")),
        "css" | "stylesheet" => ("html", "css", OwnValue::Text(text.to_owned())),
        "cover-image" | "cover" => ("html", "cover", OwnValue::Text(text.to_owned())),
        "belongs-to-collection" => ("html", "series", OwnValue::Text(text.to_owned())),
        "group-position" => ("html", "series-position", OwnValue::Text(text.to_owned())),
        "split-level" | "epub-chapter-level" => ("html", "split-level", OwnValue::plain(text)),
        _ => return false,
    };
    own.span = if own.options.is_empty() { span } else { own.span.to(span) };
    own.set(Some(table), option, value, span);
    true
}
