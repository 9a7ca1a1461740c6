use crate::model::visit::{self, VisitMut};
use crate::model::{Document, Inline, InlineKind, Target, plain_text};
use std::collections::HashSet;

/// Leads links to articles that the document has not to the addresses that they have under `base`,
/// as a wiki writes them: `base/Title_of_it#Section_of_it`. A `$1` in the base stands for the title.
pub fn elsewhere(document: &mut Document, base: &str) {
    let own = document.articles.iter().map(|article| plain_text(&article.meta.title)).collect();
    let mut links = Links { base, own };
    for article in &mut document.articles {
        visit::walk_article_mut(&mut links, article);
    }
}

struct Links<'a> {
    base: &'a str,
    own: HashSet<String>,
}

impl VisitMut<'_> for Links<'_> {
    fn inline(&mut self, inline: &mut Inline) {
        if let InlineKind::Link(link) = &mut inline.kind
            && let Target::Article { title, section } = &link.target
            && !self.own.contains(title)
        {
            link.target = Target::Url(address(self.base, title, section.as_deref()));
        }
        visit::walk_inline_mut(self, inline);
    }
}

fn address(base: &str, title: &str, section: Option<&str>) -> String {
    let title = encoded(title);
    let mut url = match base.split_once("$1") {
        Some((before, after)) => format!("{before}{title}{after}"),
        None if base.ends_with(['/', '=', '?']) => format!("{base}{title}"),
        None => format!("{base}/{title}"),
    };
    if let Some(section) = section.filter(|section| !section.is_empty()) {
        url.push('#');
        url += &encoded(section);
    }
    url
}

/// As a wiki encodes titles: spaces as underscores, and what an address can't hold as its bytes.
fn encoded(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    for byte in title.trim().bytes() {
        match byte {
            b' ' => out.push('_'),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => out.push(char::from(byte)),
            _ if b"-_.;@$!*(),/~:".contains(&byte) => out.push(char::from(byte)),
            _ => out += &format!("%{byte:02X}"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_wikis() {
        assert_eq!(
            address("https://en.wikipedia.org/wiki/", "Ada Hill", Some("Early years")),
            "https://en.wikipedia.org/wiki/Ada_Hill#Early_years"
        );
        assert_eq!(address("https://a.example/w", "É?", None), "https://a.example/w/%C3%89%3F");
        assert_eq!(address("pages/$1.html", "A b", None), "pages/A_b.html");
    }
}
