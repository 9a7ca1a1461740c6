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
        "html" | "body" | "main" | "article" | "table" | "tr" | "td" | "th" | "pre" | "mjx-container" | ""
    ) {
        return false;
    }
    names(element).take(4).any(|words| {
        let is = |some: &[&str]| words.iter().any(|word| some.contains(&word.as_str()));
        let of_others = is(&["related", "recommended", "more", "also", "latest"])
            && is(&["articles", "content", "links", "news", "posts", "stories"]);
        let of_author = is(&["author"]) && is(&["about", "bio", "box", "card", "details", "excerpt", "info"]);
        of_others
            || of_author
            || words.len() <= 4
                && is(&WORDS)
                && !is(&["article", "content", "body", "no", "without", "has", "with"])
    })
}

/// Whether an element is called a line that says who wrote the article, and when.
pub(super) fn is_credits(element: &Element) -> bool {
    let known = ["byline", "dateline", "pubdate", "timestamp"];
    names(element).take(4).any(|words| {
        let is = |some: &[&str]| words.iter().any(|word| some.contains(&word.as_str()));
        is(&known)
            || (is(&["date", "time"]) && is(&["article", "entry", "post", "publish", "published", "updated"]))
    })
}

/// What an element is called, by classes and identifier, each in words: `relatedContent-2` is three.
fn names(element: &Element) -> impl Iterator<Item = Vec<String>> {
    let names = [element.peek("class"), element.peek("id")];
    names.into_iter().flatten().flat_map(str::split_ascii_whitespace).map(|name| {
        let mut words: Vec<String> = vec![String::new()];
        let mut lower = false;
        for c in name.chars() {
            if !c.is_ascii_alphanumeric() || (c.is_ascii_uppercase() && lower) {
                words.push(String::new());
            }
            lower = c.is_ascii_lowercase();
            if c.is_ascii_alphanumeric()
                && let Some(word) = words.last_mut()
            {
                word.push(c.to_ascii_lowercase());
            }
        }
        words.retain(|word| !word.is_empty());
        words
    })
}
