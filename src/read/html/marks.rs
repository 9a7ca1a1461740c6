//! What stands in a source and makes no node.

use super::tree::{Mark, Tree};
use crate::account::Fate;
use crate::diagnostic::{Diagnostic, code};
use crate::format::ReadContext;
use crate::model::Span;

/// Says what of the source became no node. `unknown` tells the tags of elements that are not HTML's, where
/// that matters.
pub(super) fn report_marks(tree: &Tree, cx: &mut ReadContext<'_>, unknown: impl Fn(Span) -> bool) {
    for (span, mark) in &tree.marks {
        match mark {
            Mark::Tag if unknown(*span) => {
                let message = "the tag of an element that HTML has not was left out; write '&lt;' for a '<'";
                cx.report(Diagnostic::new(&code::HTML_DROPPED, *span, message));
            }
            Mark::Tag => cx.claim(*span, Fate::Syntax),
            Mark::Comment => {
                cx.report(Diagnostic::new(&code::COMMENT_DROPPED, *span, "a comment was left out"));
            }
            Mark::Attributes => {
                let message = "a tag has too many attributes; the rest of them was left out";
                cx.report(Diagnostic::new(&code::ATTRIBUTE_DROPPED, *span, message));
            }
            Mark::Endless => {
                let message = "a tag that never ends, and all after it, was left out";
                cx.report(Diagnostic::new(&code::HTML_DROPPED, *span, message));
            }
        }
    }
    if let Some(place) = tree.flattened {
        let message = "elements are too deep inside each other; deeper ones are made flat";
        cx.report(Diagnostic::new(&code::NESTING_FLATTENED, place, message));
    }
}
