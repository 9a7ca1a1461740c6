//! Where pictures and the words of paragraphs stand.

use super::tree::Element;

/// The class for where a picture stands, or the words of a paragraph or heading: what page and book are styled
/// by.
pub(super) fn aligned(element: &Element) -> Option<&'static str> {
    let align = element.peek("align").map(str::trim).unwrap_or_default().to_ascii_lowercase();
    let class = match (element.name(), &*align) {
        ("img", "left") => Some("left"),
        ("img", "right") => Some("right"),
        ("img" | "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6", "center") => Some("center"),
        ("p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6", "right") => Some("end"),
        _ => None,
    };
    if class.is_some() {
        element.use_names(&["align"]);
        return class;
    }
    let style = element.peek("style").filter(|_| element.name() == "img")?;
    let float =
        style.split(';').filter_map(|rule| rule.split_once(':')).find(|(name, _)| name.trim() == "float");
    match float?.1.trim() {
        "left" => Some("left"),
        "right" => Some("right"),
        _ => None,
    }
}
