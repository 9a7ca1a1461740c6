//! What the files of chapters are called.

use crate::model::{Document, plain_text};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::collections::HashSet;

/// Most bytes of a name without its extension: file systems take 255.
const LONGEST: usize = 80;
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.');

/// The address of each chapter: the words of its title, without the number before them.
pub(super) fn names(document: &Document) -> Vec<String> {
    let mut taken = HashSet::from(["index".to_owned()]);
    let titles = document.articles.iter().map(|article| plain_text(&article.meta.title));
    let titles = titles.chain(document.articles.is_empty().then(String::new));
    let name = |(number, title): (usize, String)| {
        let name = words(&title);
        let wanted = name.strip_prefix(&format!("{number}-")).unwrap_or(&name);
        let wanted = if wanted.is_empty() { format!("chapter-{number}") } else { wanted.to_owned() };
        let mut name = wanted.clone();
        // Bounded: each try is of a name that another chapter has.
        for number in 2.. {
            if taken.insert(name.clone()) {
                break;
            }
            name = format!("{wanted}-{number}");
        }
        utf8_percent_encode(&format!("{name}.html"), PLAIN).to_string()
    };
    (1..).zip(titles).map(name).collect()
}

/// The path of the file at an address.
pub(super) fn file(address: &str) -> String {
    percent_decode_str(address).decode_utf8_lossy().into_owned()
}

/// The words in lower case, joined by hyphens; letters and digits of every script are kept.
fn words(title: &str) -> String {
    let mut name = String::new();
    for c in title.chars().flat_map(char::to_lowercase) {
        if name.len() + c.len_utf8() > LONGEST {
            break;
        }
        if c.is_alphanumeric() {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    name.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Article, Inline, InlineKind, Meta, Span};

    #[test]
    fn chapters_are_called_as_their_titles() {
        let titles = ["1 The Cat", "2 The cat", "3 Index", "Кот", "5", "…", &"long ".repeat(50)];
        let article = |title: &str| {
            let title = vec![Inline::new(InlineKind::Text { text: title.into() }, Span::default())];
            Article { meta: Meta { title, ..Meta::default() }, ..Article::default() }
        };
        let document =
            Document { articles: titles.into_iter().map(article).collect(), ..Document::default() };
        let names = names(&document);
        let files: Vec<_> = names.iter().map(|name| file(name)).collect();
        let wanted =
            ["the-cat.html", "the-cat-2.html", "index-2.html", "кот.html", "5.html", "chapter-6.html"];
        assert_eq!(files[..6], wanted);
        assert_eq!(names[3], "%D0%BA%D0%BE%D1%82.html");
        assert!(files[6].len() <= 85 && files[6].ends_with("long.html"), "{}", files[6]);
    }
}
