//! What the words of a line say that a site puts between the paragraphs of an article: where more is to be
//! read, how to follow it, whose the rights are.

/// What stands before a link to another article, in the languages of many sites.
const LABELS: [&str; 70] = [
    "also read",
    "also see",
    "don't miss",
    "more",
    "more on this",
    "more on this story",
    "more stories",
    "must read",
    "read also",
    "read more",
    "read next",
    "recommended",
    "related",
    "related article",
    "related articles",
    "related content",
    "related links",
    "related news",
    "related posts",
    "related stories",
    "related story",
    "related topics",
    "see also",
    "see more",
    "top stories",
    "trending",
    "watch",
    "watch more",
    "you may also like",
    "you might also like",
    "you may like",
    "more from",
    "most read",
    "popular this week",
    "recent articles",
    "recent posts",
    // German, Dutch
    "lesen sie auch",
    "lesen sie mehr",
    "mehr zum thema",
    "auch interessant",
    "mehr dazu",
    "siehe auch",
    "das könnte sie auch interessieren",
    "lees ook",
    "lees meer",
    "lees verder",
    // French, Spanish, Italian, Portuguese
    "lire aussi",
    "à lire aussi",
    "à lire",
    "voir aussi",
    "lea también",
    "lee también",
    "leer más",
    "te puede interesar",
    "ver también",
    "leggi anche",
    "leggi tutto",
    "potrebbe interessarti",
    "guarda anche",
    "leia também",
    "leia mais",
    "veja também",
    "saiba mais",
    // Polish, Russian
    "zobacz też",
    "zobacz także",
    "czytaj też",
    "czytaj także",
    "czytaj więcej",
    "читайте также",
    "смотрите также",
];

/// Lines that stand alone.
const ALONE: [&str; 34] = [
    "ad",
    "advert",
    "advertisement",
    "advertising",
    "anzeige",
    "caption",
    "close",
    "enlarge this image",
    "hide caption",
    "show caption",
    "this slideshow requires javascript",
    "toggle caption",
    "view gallery",
    "article continues below",
    "article continues below advertisement",
    "comment",
    "comments",
    "continue reading below",
    "leave a comment",
    "loading...",
    "post a comment",
    "post comment",
    "print",
    "publicidad",
    "publicidade",
    "publicité",
    "pubblicità",
    "reklama",
    "scroll to continue",
    "share",
    "sponsored",
    "tweet",
    "werbung",
    "реклама",
];

/// What a line begins with that asks for something.
const ASKS: [&str; 26] = [
    "click here",
    "download our",
    "download the",
    "email us",
    "follow",
    "for more",
    "get our",
    "get the",
    "have a tip",
    "join our",
    "join us",
    "like this",
    "like us",
    "log in",
    "please subscribe",
    "read more",
    "receive",
    "register",
    "send us",
    "share this",
    "sign in",
    "sign up",
    "start your day",
    "stay",
    "subscribe",
    "want more",
];

/// What it asks for.
const ASKED: [&str; 20] = [
    " app",
    "account",
    "e-mail",
    "email",
    "facebook",
    "inbox",
    "instagram",
    "linkedin",
    "newsletter",
    "notification",
    "on x",
    "pinterest",
    "subscri",
    "telegram",
    "this article",
    "this post",
    "this story",
    "tiktok",
    "twitter",
    "whatsapp",
];

/// Bytes of a line that asks for something.
const MOST: usize = 300;

/// Whether a line, in lower case and with one space between words, is the site's. `linked` are the bytes
/// of it that are links.
pub(super) fn is_of_the_site(line: &str, linked: usize) -> bool {
    if line.is_empty() || line.len() > MOST {
        return false;
    }
    // What stands as a tag or between grave accents is spoken of.
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '<' | '>' | '`'));
    ALONE.contains(&bare)
        || counts_pictures(bare)
        || says_rights(line)
        || names_tags(line) && linked > 0
        || ASKS.iter().any(|start| bare.starts_with(start)) && ASKED.iter().any(|what| line.contains(what))
        || ["newsletter", "inbox"].iter().any(|what| line.contains(what))
            && ["sign up", "subscribe", "delivered"].iter().any(|how| line.contains(how))
        || linked > 0 && leads_elsewhere(line, linked)
}

/// Whether a line is what stands before links to other articles, and nothing else.
pub(super) fn is_label(line: &str) -> bool {
    LABELS.contains(&line.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// `Read more: <a>…</a>`, and `<a>Read more: …</a>`.
fn leads_elsewhere(line: &str, linked: usize) -> bool {
    let start = |label: &&str| line.strip_prefix(*label).map(str::trim_start);
    LABELS.iter().filter_map(start).any(|rest| {
        let marked = rest.starts_with([':', '|', '-', '–', '—', '>', '»', '→', '▶', '…']);
        let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
        rest.is_empty()
            || (marked && rest.len() <= linked + 2)
            || (rest.len() <= linked && linked < line.len())
    })
}

/// `Image 3 of 8`.
fn counts_pictures(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let (Some(what), Some(number), Some(of)) = (words.next(), words.next(), words.next()) else {
        return false;
    };
    ["image", "photo", "picture", "slide"].contains(&what)
        && number.bytes().all(|b| b.is_ascii_digit())
        && ["of", "/"].contains(&of)
        && words.all(|word| word.bytes().all(|b| b.is_ascii_digit() || b == b'/'))
}

fn says_rights(line: &str) -> bool {
    let years = |rest: &str| rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
    line.contains("all rights reserved")
        || line.contains("is subject to copyright")
        || ["©", "copyright ©", "copyright (c)", "copyright", "(c)"]
            .iter()
            .any(|mark| line.strip_prefix(mark).is_some_and(years))
}

fn names_tags(line: &str) -> bool {
    ["tags:", "tag:", "tagged:", "filed under", "posted in", "categories:", "category:", "topics:", "topic:"]
        .iter()
        .any(|label| line.starts_with(label))
}
