//! Accessibility metadata (EPUB Accessibility 1.1), computed from what is really in the book.

use super::book::Book;
use super::xml::Xml;
use crate::model::Origin;

/// The properties of the package document that tell who can read the book and how.
pub(super) fn metadata(book: &Book<'_>, xml: &mut Xml) {
    let facts = &book.content.facts;
    let mut meta = |property: &str, value: &str| xml.text("meta", &[("property", property)], value);
    meta("schema:accessMode", "textual");
    if facts.images > 0 {
        meta("schema:accessMode", "visual");
    }
    if facts.undescribed == 0 {
        meta("schema:accessModeSufficient", "textual");
    }
    if facts.images > 0 {
        meta("schema:accessModeSufficient", "textual,visual");
    }
    let described = facts.images > 0 && facts.undescribed == 0;
    for (there, feature) in [
        (true, "displayTransformability"),
        (true, "readingOrder"),
        (facts.headings > 0, "structuralNavigation"),
        (facts.headings > 0, "tableOfContents"),
        (described, "alternativeText"),
        (facts.mathml > 0, "MathML"),
        (!book.content.page_breaks.is_empty(), "pageNavigation"),
        (!book.content.page_breaks.is_empty(), "pageBreakMarkers"),
    ] {
        if there {
            meta("schema:accessibilityFeature", feature);
        }
    }
    match facts.animated {
        // There is neither sound, video nor script; a still page can't do harm.
        0 => meta("schema:accessibilityHazard", "none"),
        _ => meta("schema:accessibilityHazard", "unknown"),
    }
    let conforms = conforms(book);
    meta("schema:accessibilitySummary", &summary(book, conforms));
    if conforms {
        let claim = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA";
        xml.text("meta", &[("property", "dcterms:conformsTo"), ("id", "conf")], claim);
        xml.text("meta", &[("refines", "#conf"), ("property", "a11y:certifiedBy")], "fanfold");
    }
}

/// Whether all that can be checked by machine holds, so that conformance may be claimed.
fn conforms(book: &Book<'_>) -> bool {
    let facts = &book.content.facts;
    let language_known = book.document.language().is_some_and(|l| l.origin != Origin::Guessed);
    language_known
        && facts.headings > 0
        && facts.undescribed == 0
        && facts.headless_tables == 0
        && facts.animated == 0
        && book.options.css.is_none()
}

fn summary(book: &Book<'_>, conforms: bool) -> String {
    let facts = &book.content.facts;
    let mut parts = vec!["Reflowable text with real headings, lists and tables in one reading order."];
    match (facts.images, facts.undescribed) {
        (0, _) => {}
        (_, 0) => parts.push("Every image has a text that describes it."),
        _ => parts.push("Some images are not described."),
    }
    if facts.headless_tables > 0 {
        parts.push("Some tables have no header cells.");
    }
    if facts.mathml > 0 {
        parts.push("Formulas are MathML.");
    }
    if !conforms {
        parts.push("Conformance is not claimed.");
    }
    parts.join(" ")
}
