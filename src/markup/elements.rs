//! What the elements of HTML are.

use crate::model::Style;

/// Styles by tag.
pub(crate) const STYLES: [(&str, Style); 25] = [
    ("abbr", Style::Abbreviation),
    ("b", Style::Strong),
    ("bdi", Style::Span),
    ("bdo", Style::Span),
    ("cite", Style::Cite),
    ("del", Style::Strikeout),
    ("dfn", Style::Definition),
    ("em", Style::Emphasis),
    ("i", Style::Emphasis),
    ("ins", Style::Inserted),
    ("kbd", Style::Keyboard),
    ("mark", Style::Mark),
    ("q", Style::Quotation),
    ("s", Style::Strikeout),
    ("samp", Style::Sample),
    ("small", Style::Small),
    ("span", Style::Span),
    ("strike", Style::Strikeout),
    ("strong", Style::Strong),
    ("sub", Style::Subscript),
    ("sup", Style::Superscript),
    ("tt", Style::Sample),
    ("u", Style::Underline),
    ("var", Style::Variable),
    ("time", Style::Span),
];

/// Whether HTML has, or once had, an element of that name.
pub(crate) fn is_known(name: &str) -> bool {
    BLOCKS.contains(&name)
        || VOID.contains(&name)
        || STYLES.iter().any(|(known, _)| *known == name)
        || OTHERS.binary_search(&name).is_ok()
}

/// What is neither a block nor a style nor without content, sorted.
const OTHERS: [&str; 67] = [
    "a", "acronym", "applet", "area", "audio", "base", "basefont", "bgsound", "big", "button", "canvas",
    "code", "col", "colgroup", "command", "data", "datalist", "embed", "font", "frame", "frameset", "head",
    "iframe", "image", "img", "input", "keygen", "label", "link", "map", "math", "menuitem", "meta", "meter",
    "nobr", "noembed", "noframes", "noscript", "object", "optgroup", "option", "output", "param", "picture",
    "portal", "progress", "rb", "rp", "rt", "rtc", "ruby", "script", "select", "slot", "source", "style",
    "svg", "td", "template", "textarea", "tfoot", "th", "thead", "title", "track", "video", "wbr",
];

/// Elements that hold nothing.
pub(crate) const VOID: [&str; 10] =
    ["area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"];

/// Elements that are no part of running text.
pub(crate) const BLOCKS: [&str; 46] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "listing",
    "main",
    "menu",
    "ol",
    "p",
    "plaintext",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "tr",
    "ul",
    "xmp",
];

/// Elements that are no part of an article, with what is in them.
pub(crate) const LEFT_OUT: [&str; 21] = [
    "applet", "audio", "button", "canvas", "datalist", "dialog", "embed", "frameset", "iframe", "input",
    "map", "meter", "nav", "noframes", "object", "progress", "script", "select", "template", "textarea",
    "video",
];

/// Whether an attribute only says how something looks, or how a browser opens and fetches it, or is for a
/// program of the page's own (HTML, 3.2.6.6).
pub(crate) fn is_presentation(attribute: &str) -> bool {
    attribute.starts_with("data-") || PRESENTATION.contains(&attribute)
}

const PRESENTATION: [&str; 33] = [
    "align",
    "background",
    "bgcolor",
    "border",
    "bordercolor",
    "cellpadding",
    "cellspacing",
    "class",
    "clear",
    "color",
    "crossorigin",
    "decoding",
    "face",
    "fetchpriority",
    "frame",
    "height",
    "hspace",
    "loading",
    "markdown",
    "media",
    "noshade",
    "nowrap",
    "referrerpolicy",
    "rel",
    "rules",
    "size",
    "sizes",
    "srcset",
    "style",
    "target",
    "valign",
    "vspace",
    "width",
];
