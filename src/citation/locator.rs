//! The place in a work that a citation names: `p. 3`, `chaps. 2 and 4`, `33-35`.

/// A place in a work.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Locator {
    /// What is counted, as CSL calls it.
    pub kind: &'static str,
    pub place: String,
}

/// What is counted, and how it is written.
static KINDS: &[(&str, &[&str])] = &[
    ("book", &["bk.", "bks.", "book", "books"]),
    ("chapter", &["chap.", "chaps.", "ch.", "chapter", "chapters"]),
    ("column", &["col.", "cols.", "column", "columns"]),
    ("figure", &["fig.", "figs.", "figure", "figures"]),
    ("folio", &["fol.", "fols.", "folio", "folios"]),
    ("issue", &["no.", "nos.", "number", "numbers"]),
    ("line", &["l.", "ll.", "line", "lines"]),
    ("note", &["n.", "nn.", "note", "notes"]),
    ("opus", &["op.", "opp.", "opus", "opera"]),
    ("page", &["p.", "pp.", "p", "pp", "page", "pages"]),
    ("paragraph", &["para.", "paras.", "paragraph", "paragraphs", "¶", "¶¶"]),
    ("part", &["pt.", "pts.", "part", "parts"]),
    ("section", &["sec.", "secs.", "section", "sections", "§", "§§"]),
    ("sub-verbo", &["s.v.", "s.vv.", "sub verbo", "sub verbis"]),
    ("verse", &["v.", "vv.", "verse", "verses"]),
    ("volume", &["vol.", "vols.", "volume", "volumes"]),
];

/// The place that a text behind a key begins with, and what stands behind it.
pub(crate) fn read(text: &str) -> (Option<Locator>, &str) {
    let words = text.trim_start_matches([',', ' ', '\u{a0}']);
    let labels = KINDS.iter().flat_map(|(kind, labels)| labels.iter().map(move |label| (*kind, *label)));
    let is_label = |label: &str| {
        let after = words.strip_prefix(label)?;
        let apart = after.starts_with([' ', '\u{a0}']) || label.ends_with(['.', '§', '¶']);
        apart.then_some(after.trim_start_matches([' ', '\u{a0}']))
    };
    let label = labels.filter_map(|(kind, label)| Some((kind, label.len(), is_label(label)?)));
    let label = label.max_by_key(|(_, length, _)| *length);
    let (kind, places) = label.map_or(("page", words), |(kind, _, places)| (kind, places));
    let length = places_length(places, label.is_some());
    if length == 0 {
        return (None, text);
    }
    (Some(Locator { kind, place: places[..length].to_owned() }), &places[length..])
}

/// How much of a text is numbers of places: `3`, `iv-vi, 7`, `2 and 4`; without a label it begins with a digit.
fn places_length(text: &str, labelled: bool) -> usize {
    let is_place = |word: &str| {
        let roman = !word.is_empty() && word.bytes().all(|b| b"ivxlcdmIVXLCDM-".contains(&b));
        word.contains(|c: char| c.is_ascii_digit()) || labelled && roman
    };
    if !labelled && !text.starts_with(|c: char| c.is_ascii_digit()) {
        return 0;
    }
    let mut length = 0;
    loop {
        let rest = &text[length..];
        let between = [", ", " & ", " and ", ","].into_iter().find(|between| rest.starts_with(between));
        let between = between.map_or(0, str::len);
        if length > 0 && between == 0 {
            return length;
        }
        let word = &rest[between..];
        let end = word.find([' ', ',', '\u{a0}']).unwrap_or(word.len());
        // A full stop behind it ends the sentence.
        let word = word[..end].trim_end_matches(['.', ':']);
        if !is_place(word) {
            return length;
        }
        length += between + word.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_with_what_they_count() {
        for (text, kind, place, after) in [
            (", p. 3", "page", "3", ""),
            (" 33-35, 38 passim", "page", "33-35, 38", " passim"),
            (", chap. iv and more", "chapter", "iv", " and more"),
            (", §7", "section", "7", ""),
            (", vols. 2 and 4.", "volume", "2 and 4", "."),
            (", s.v. 12a", "sub-verbo", "12a", ""),
        ] {
            let (found, rest) = read(text);
            assert_eq!(found, Some(Locator { kind, place: place.to_owned() }), "{text}");
            assert_eq!(rest, after, "{text}");
        }
        for text in ["", " and passim", ", who says so", ", mix", ", p. is", ", in 3"] {
            assert_eq!(read(text), (None, text), "{text}");
        }
    }
}
