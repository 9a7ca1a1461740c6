//! What citations look like as they are written: `[see @key, p. 3; -@other]`.

/// The class of a node that holds a citation as it is written.
pub(crate) const CLASS: &str = "citation";

/// The anchor of a work in the list.
pub(crate) fn anchor(key: &str) -> String {
    format!("ref-{key}")
}

/// The key that a text begins with, and how many bytes it takes: letters, digits and underscores, single
/// signs between them, or anything in braces.
pub(crate) fn key(text: &str) -> Option<(&str, usize)> {
    if let Some(inside) = text.strip_prefix('{') {
        let end = inside.find(['}', '{', '\n']).filter(|end| *end > 0 && inside[*end..].starts_with('}'))?;
        return Some((&inside[..end], end + 2));
    }
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut length = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let goes_on = is_word(c)
            || at > 0
                && ":.#$%&-+?<>~/".contains(c)
                && is_word(text[..at].chars().next_back()?)
                && chars.peek().is_some_and(|(_, next)| is_word(*next));
        if !goes_on {
            break;
        }
        length = at + c.len_utf8();
    }
    (length > 0).then(|| (&text[..length], length))
}

/// Where the key of a part of a citation begins, at its `@` or the hyphen before that; the key, and where it
/// ends.
pub(crate) fn keyed(part: &str) -> Option<(usize, &str, usize)> {
    for (at, _) in part.match_indices('@') {
        let hyphen = part[..at].ends_with('-');
        let begin = at - usize::from(hyphen);
        let is_free = part[..begin].chars().next_back().is_none_or(char::is_whitespace);
        if let (true, Some((key, length))) = (is_free, key(&part[at + 1..])) {
            return Some((begin, key, at + 1 + length));
        }
    }
    None
}

/// Whether what stands in brackets cites works by their keys, in each of its parts.
pub(crate) fn is_citation(inside: &str) -> bool {
    inside.split(';').all(|part| keyed(part).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_end_before_what_is_none_of_them() {
        for (text, is) in [
            ("doe99.", Some("doe99")),
            ("doe:a-b_c, p. 3", Some("doe:a-b_c")),
            ("{http://a.b/c d}x", Some("http://a.b/c d")),
            ("Äpfel_1--x", Some("Äpfel_1")),
            ("", None),
            (".a", None),
            ("{}", None),
            ("{a", None),
        ] {
            assert_eq!(key(text).map(|(key, _)| key), is, "{text}");
        }
    }

    #[test]
    fn every_part_has_a_key() {
        for inside in ["@a", "see @a, p. 3; also -@b", "-@a", "@{x;y"] {
            assert_eq!(is_citation(inside), !inside.contains('{'), "{inside}");
        }
        for inside in ["a@b.org", "@a; b", "", "@", "x-@a"] {
            assert!(!is_citation(inside), "{inside}");
        }
    }
}
