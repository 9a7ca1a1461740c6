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

/// The word by which an element is called like a part of the site: by whole words, and by no more than a
/// few of them, since what a page as a whole is called may have any.
pub(super) fn of_the_site(element: &Element) -> Option<&'static str> {
    if matches!(
        element.name(),
        "html" | "body" | "main" | "article" | "table" | "tr" | "td" | "th" | "pre" | "mjx-container" | ""
    ) {
        return None;
    }
    names(element).take(4).find_map(|words| {
        let is = |some: &[&str]| words.iter().any(|word| some.contains(&word.as_str()));
        let by = WORDS.into_iter().find(|word| words.iter().any(|own| own == word));
        let of_others = is(&["related", "recommended", "more", "also", "latest"])
            && is(&["articles", "content", "links", "news", "posts", "stories"]);
        let of_author = is(&["author"]) && is(&["about", "bio", "box", "card", "details", "excerpt", "info"]);
        if of_others || of_author {
            return Some(if of_others { "related" } else { "author" });
        }
        by.filter(|_| {
            words.len() <= 4 && !is(&["article", "content", "body", "no", "without", "has", "with"])
        })
    })
}

/// Whether an element is said to hold the article of a page.
pub(super) fn is_article(element: &Element) -> bool {
    let says = |attribute: &str, word: &str| {
        element.peek(attribute).is_some_and(|words| words.split_ascii_whitespace().any(|own| own == word))
    };
    matches!(element.name(), "article" | "main")
        || says("itemprop", "articleBody")
        || says("role", "main")
        || says("role", "article")
        || names(element).any(|words| {
            let is = |some: &[&str]| words.iter().any(|word| some.contains(&word.as_str()));
            is(&["article", "entry", "post", "story"]) && is(&["body", "content", "text"])
        })
}

/// Whether an element is called what holds the comments of readers.
pub(super) fn is_of_readers(element: &Element) -> bool {
    let known = ["comment", "comments", "commentlist", "disqus", "dsq", "respond"];
    names(element).take(4).any(|words| words.iter().take(2).any(|word| known.contains(&word.as_str())))
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

/// Whether an element is called the caption of a picture.
pub(super) fn is_caption(element: &Element) -> bool {
    names(element).take(4).any(|words| words.iter().any(|word| word == "caption"))
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
