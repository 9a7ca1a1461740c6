//! What the names that a site gives to its elements say of them.

use super::tree::Element;

/// Words in the classes and identifiers of what is no part of an article.
const WORDS: [&str; 44] = [
    "ad",
    "ads",
    "advert",
    "advertisement",
    "advertising",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "comments",
    "cookie",
    "cookies",
    "disqus",
    "dsq",
    "fb",
    "footer",
    "gdpr",
    "masthead",
    "menu",
    "navbar",
    "navigation",
    "newsletter",
    "outbrain",
    "pagination",
    "paywall",
    "popup",
    "promo",
    "recirc",
    "recommended",
    "related",
    "share",
    "sharebar",
    "sharedaddy",
    "sharing",
    "sidebar",
    "signup",
    "social",
    "sponsored",
    "sponsor",
    "subscribe",
    "subscription",
    "taboola",
    "toolbar",
    "trending",
    "widget",
];

/// Whether an element is called like a part of the site: by whole words, and by no more than a few of
/// them, since what a page as a whole is called may have any.
pub(super) fn is_of_the_site(element: &Element) -> bool {
    if matches!(
        element.name(),
        "html" | "body" | "main" | "article" | "table" | "tr" | "td" | "th" | "pre" | ""
    ) {
        return false;
    }
    let names = [element.peek("class"), element.peek("id")];
    names.into_iter().flatten().flat_map(str::split_ascii_whitespace).take(4).any(|name| {
        let name = name.to_ascii_lowercase();
        let words: Vec<&str> = name.split(|c: char| !c.is_ascii_alphanumeric()).collect();
        words.len() <= 4
            && words.iter().any(|word| WORDS.contains(word))
            && !words.iter().any(|word| {
                matches!(*word, "article" | "content" | "body" | "no" | "without" | "has" | "with")
            })
    })
}
