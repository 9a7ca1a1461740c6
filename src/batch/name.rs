//! Names of outputs: they mirror the sources, every file system takes them, and no two are the
//! same, not even where case and Unicode normalisation do not count.
//!
//! A name that only one document has stays as it is. Documents that would share a name each get a
//! suffix made from their identifier, so that a name depends on what the sources hold and never on
//! the order in which they are read. For that the names are counted before the first document is
//! converted; a count keeps eight bytes a document.

use super::entry::Entry;
use super::hash;
use unicode_normalization::UnicodeNormalization;

/// How outputs are laid out in folders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Naming {
    /// As the sources are.
    #[default]
    Mirror,
    /// All in one folder.
    Flat,
    /// In a folder for each first letter.
    ByLetter,
}

/// Bytes of one name without suffix and extension. File systems allow 255 with both.
const LONGEST: usize = 180;
/// Bytes of a whole path; deeper ones are made flat.
const DEEPEST: usize = 1000;

/// How many documents want each name.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Hashes of folded names, sorted.
    wanted: Vec<u64>,
    /// Hashes of identifiers that more than one document has, sorted.
    twice: Vec<u64>,
}

impl Names {
    pub fn count(entries: impl FnOnce(&mut dyn FnMut(&Entry)), naming: Naming) -> Self {
        let (mut wanted, mut ids) = (Vec::new(), Vec::new());
        entries(&mut |entry| {
            wanted.push(hash::number(&fold(&plain(entry, naming).0)));
            ids.push(hash::number(&entry.id));
        });
        wanted.sort_unstable();
        ids.sort_unstable();
        let mut twice: Vec<u64> = ids.windows(2).filter(|w| w[0] == w[1]).map(|w| w[0]).collect();
        twice.dedup();
        Names { wanted, twice }
    }

    /// Whether other documents have the same identifier.
    pub fn is_shared(&self, id: &str) -> bool {
        self.twice.binary_search(&hash::number(id)).is_ok()
    }

    /// Where a document's outputs go, below the output folder and without an extension.
    pub fn place(&self, entry: &Entry, naming: Naming) -> String {
        let (mut path, whole) = plain(entry, naming);
        let key = hash::number(&fold(&path));
        let first = self.wanted.partition_point(|&k| k < key);
        let alone = self.wanted.get(first) == Some(&key) && self.wanted.get(first + 1) != Some(&key);
        if !(whole && alone) || is_reserved(&path) {
            path.push('~');
            path += &hash::letters(&entry.id);
        }
        path
    }
}

/// The name without a suffix, and whether it is certain to tell what it stands for: a cut name,
/// or one that looks as if it had a suffix, is not.
fn plain(entry: &Entry, naming: Naming) -> (String, bool) {
    let name = entry.path.last().map(String::as_str).unwrap_or_default();
    let (mut stem, cut) = component(name);
    let suffixed = stem.rsplit_once('~').is_some_and(|(_, s)| s.len() == 12);
    let mut folders = Vec::new();
    match naming {
        Naming::Flat => {}
        Naming::ByLetter => folders.push(letter(&stem)),
        Naming::Mirror => {
            for folder in &entry.path[..entry.path.len().saturating_sub(1)] {
                let (mut name, _) = component(folder);
                // A folder 'a.pdf' would be in the way of the output of 'a'.
                let extension = name.rsplit_once('.').map(|(_, extension)| extension);
                if extension.is_some_and(|e| e.bytes().all(|b| b.is_ascii_alphabetic())) {
                    name.push('_');
                }
                folders.push(name);
            }
        }
    }
    let deep = folders.iter().map(|f| f.len() + 1).sum::<usize>() > DEEPEST;
    if !deep && !folders.is_empty() {
        stem = format!("{}/{stem}", folders.join("/"));
    }
    (stem, !cut && !suffixed && !deep)
}

/// A name that every file system takes, and whether it had to be cut.
fn component(name: &str) -> (String, bool) {
    const FORBIDDEN: &[char] = &['<', '>', ':', '"', '/', '\\', '|', '?', '*'];
    // Characters that steer the direction of text or can't be seen would make names lie.
    let unseen = |c: char| matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFF}');
    let safe = |c: char| if c.is_control() || FORBIDDEN.contains(&c) || unseen(c) { '_' } else { c };
    let mut name: String = name.nfc().map(safe).collect();
    let cut = name.len() > LONGEST;
    if cut {
        name.truncate(name.floor_char_boundary(LONGEST));
    }
    // Windows drops dots and spaces at the end; a dot in front hides a file.
    name.truncate(name.trim_end_matches(['.', ' ']).len());
    let start = name.len() - name.trim_start_matches(' ').len();
    name.drain(..start);
    if name.is_empty() || name.starts_with('.') {
        name.insert(0, '_');
    }
    let device = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let numbered = |d: &str| {
        let mut rest = d.chars();
        rest.next().is_some_and(|c| matches!(c, '0'..='9' | '¹' | '²' | '³')) && rest.next().is_none()
    };
    let is_device = matches!(&*device, "con" | "prn" | "aux" | "nul" | "conin$" | "conout$")
        || ["com", "lpt"].iter().any(|d| device.strip_prefix(d).is_some_and(numbered));
    if is_device {
        name.insert(0, '_');
    }
    (name, cut)
}

/// The folder for a name: its first letter, `0-9` or `_`.
fn letter(stem: &str) -> String {
    match stem.chars().find(|c| c.is_alphanumeric()) {
        Some(c) if c.is_ascii_digit() => "0-9".into(),
        Some(c) => component(&c.to_uppercase().collect::<String>()).0,
        None => "_".into(),
    }
}

/// Equal for names that some file system takes for the same. It folds more than any of them does:
/// a suffix too many does no harm.
fn fold(path: &str) -> String {
    let upper: String = path.nfkd().flat_map(char::to_uppercase).collect();
    upper.chars().flat_map(char::to_lowercase).nfkd().collect()
}

/// Whether a path is one that a manifest has.
fn is_reserved(path: &str) -> bool {
    let rest = fold(path);
    let Some(rest) = rest.strip_prefix("manifest") else { return false };
    let numbers = rest.strip_prefix('-').and_then(|r| r.split_once("-of-"));
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    rest.is_empty() || numbers.is_some_and(|(i, n)| digits(i) && digits(n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn entry(id: &str, path: &[&str]) -> Entry {
        Entry { id: id.into(), path: path.iter().map(|&s| s.into()).collect(), ..Entry::default() }
    }

    fn places(entries: &[Entry], naming: Naming) -> Vec<String> {
        let names = Names::count(|see| entries.iter().for_each(see), naming);
        entries.iter().map(|e| names.place(e, naming)).collect()
    }

    #[test]
    fn a_name_alone_stays_and_a_shared_one_gets_a_suffix_whatever_the_order() {
        let mut entries = [entry("1", &["a", "Cat"]), entry("2", &["a", "cat"]), entry("3", &["b", "Cat"])];
        let there = places(&entries, Naming::Mirror);
        assert_eq!(there[2], "b/Cat");
        assert!(there[0].starts_with("a/Cat~") && there[1].starts_with("a/cat~"), "{there:?}");
        entries.reverse();
        let mut back = places(&entries, Naming::Mirror);
        back.reverse();
        assert_eq!(there, back);
        let composed = places(&[entry("1", &["\u{E9}"]), entry("2", &["e\u{301}"])], Naming::Mirror);
        assert!(composed.iter().all(|p| p.starts_with("\u{E9}~")), "{composed:?}");
    }

    #[test]
    fn every_file_system_takes_the_names() {
        let place = |name: &str| places(&[entry("1", &[name])], Naming::Mirror).remove(0);
        assert_eq!(place("AC/DC: who?"), "AC_DC_ who_");
        assert_eq!(place("..\\x"), "_.._x");
        assert_eq!(place("con"), "_con");
        assert_eq!(place("COM1.txt"), "_COM1.txt");
        assert_eq!(place("community"), "community");
        assert_eq!(place(".hidden. "), "_.hidden");
        assert_eq!(place(""), "_");
        assert_eq!(place("a\u{202E}b\0"), "a_b_");
        assert!(place("manifest").starts_with("manifest~"));
        assert!(place("manifest-1-of-3").starts_with("manifest-1-of-3~"));
        assert_eq!(place("manifesto"), "manifesto");
        assert_eq!(places(&[entry("1", &["a.pdf", "x"])], Naming::Mirror), ["a.pdf_/x"]);
    }

    #[test]
    fn a_long_name_is_cut_and_told_apart() {
        let long = "я".repeat(150);
        let entries = [entry("1", &[&long]), entry("2", &[&format!("{long}x")])];
        let there = places(&entries, Naming::Mirror);
        assert_ne!(there[0], there[1]);
        assert!(there.iter().all(|p| p.len() <= LONGEST + 13 && p.contains('~')), "{there:?}");
    }

    #[test]
    fn a_hundred_thousand_names_that_differ_in_case_stay_apart() {
        let name = |n: u32| -> String {
            let upper = |i: u32, c: char| if n >> i & 1 == 1 { c.to_ascii_uppercase() } else { c };
            "abcdefghijklmnopq".chars().zip(0..).map(|(c, i)| upper(i, c)).collect()
        };
        let entries: Vec<_> = (0..100_000).map(|n| entry(&n.to_string(), &[&name(n)])).collect();
        let folded: HashSet<_> = places(&entries, Naming::Mirror).iter().map(|p| fold(p)).collect();
        assert_eq!(folded.len(), entries.len());
    }

    #[test]
    fn letters_and_flat() {
        let entries = [entry("1", &["x", "zebra"]), entry("2", &["x", "Élan"]), entry("3", &["«1984»"])];
        assert_eq!(places(&entries, Naming::ByLetter), ["Z/zebra", "É/Élan", "0-9/«1984»"]);
        assert_eq!(places(&entries, Naming::Flat), ["zebra", "Élan", "«1984»"]);
    }
}
