//! Languages known by the small words that every text of theirs is full of.
//!
//! Statistics of letters tell more languages apart, but ask all of them each time; most texts say
//! plainly enough what they are.

use whatlang::Lang;

/// Longer words are in no list.
const LONGEST: usize = 16;

/// A word as a number: its bytes and then zeros, so that numbers are ordered as words are. To compare
/// numbers is much of what makes this quick.
const fn number(word: &str) -> u128 {
    let mut number = 0;
    let mut at = 0;
    while at < LONGEST {
        number = number << 8 | if at < word.len() { word.as_bytes()[at] as u128 } else { 0 };
        at += 1;
    }
    number
}

/// A list of words as numbers, made when this is compiled.
macro_rules! words {
    ($($word:literal),*) => {
        &const { [$({
            assert!($word.len() <= LONGEST, "a word is longer than the longest");
            number($word)
        }),*] }
    };
}

/// The commonest words of a language, sorted. A word of several languages stands with each.
#[rustfmt::skip]
const WORDS: [(Lang, &[u128]); 9] = [
    (Lang::Deu, words!["als", "am", "an", "auf", "aus", "bei", "das", "dem", "den", "der", "des", "die", "ein", "eine", "einer", "er", "es",
        "für", "hat", "ich", "im", "in", "ist", "mit", "nach", "nicht", "sich", "sie", "sind", "und", "von", "war", "werden", "wurde", "zu", "zum", "zur"]),
    (Lang::Eng, words!["a", "also", "an", "and", "are", "as", "at", "be", "but", "by", "for", "from", "had", "has", "have", "he", "his", "in",
        "is", "it", "its", "not", "of", "on", "or", "she", "that", "the", "their", "they", "this", "to", "was", "were", "which", "who", "with"]),
    (Lang::Fra, words!["a", "au", "aux", "avec", "ce", "ces", "dans", "de", "des", "du", "elle", "en", "est", "et", "il", "la", "le", "les",
        "leur", "mais", "ne", "on", "ont", "ou", "par", "pas", "plus", "pour", "qu", "que", "qui", "sa", "se", "ses", "son", "sont", "sur", "un", "une"]),
    (Lang::Ita, words!["a", "al", "alla", "anche", "che", "come", "con", "da", "dal", "dalla", "dei", "del", "della", "delle", "di", "e", "gli",
        "i", "il", "in", "la", "le", "lo", "nel", "nella", "non", "per", "più", "si", "sono", "su", "sua", "un", "una", "è"]),
    (Lang::Nld, words!["aan", "als", "bij", "dat", "de", "deze", "die", "door", "een", "en", "er", "het", "hij", "in", "is", "maar", "met", "naar",
        "niet", "om", "ook", "op", "te", "tot", "uit", "van", "voor", "was", "werd", "wordt", "zijn"]),
    (Lang::Pol, words!["a", "ale", "być", "dla", "do", "i", "jak", "jako", "jego", "jest", "lub", "na", "nie", "o", "od", "oraz", "po", "przez",
        "przy", "się", "są", "to", "w", "wraz", "z", "za", "ze", "że"]),
    (Lang::Por, words!["a", "ao", "as", "com", "como", "da", "das", "de", "do", "dos", "e", "ela", "ele", "em", "foi", "mais", "na", "nas", "no",
        "nos", "não", "o", "os", "ou", "para", "pela", "pelo", "por", "que", "se", "seu", "sua", "são", "um", "uma", "é"]),
    (Lang::Rus, words!["а", "более", "был", "была", "были", "было", "в", "во", "для", "до", "его", "за", "и", "из", "или", "их", "к", "как",
        "который", "на", "не", "но", "о", "от", "по", "при", "с", "со", "также", "то", "у", "что", "это"]),
    (Lang::Spa, words!["a", "al", "como", "con", "de", "del", "e", "el", "en", "entre", "era", "es", "esta", "este", "fue", "ha", "la", "las", "lo",
        "los", "más", "no", "o", "para", "pero", "por", "que", "se", "su", "sus", "un", "una", "y"]),
];

/// Each of these words once, sorted, with its languages: bit n for that of `WORDS[n]`. A word is looked up
/// once here, instead of in one list after the other.
static INDEX: &[(u128, u16)] = INDEXED.0.split_at(INDEXED.1).0;
const INDEXED: ([(u128, u16); ENTRIES], usize) = index();
const ENTRIES: usize = {
    let (mut all, mut language) = (0, 0);
    while language < WORDS.len() {
        all += WORDS[language].1.len();
        language += 1;
    }
    all
};

/// The index, and how much of it is taken.
const fn index() -> ([(u128, u16); ENTRIES], usize) {
    let (mut index, mut length) = ([(0, 0); ENTRIES], 0);
    let mut language = 0;
    while language < WORDS.len() {
        let words = WORDS[language].1;
        let mut word = 0;
        while word < words.len() {
            let mut at = length;
            while at > 0 && index[at - 1].0 > words[word] {
                at -= 1;
            }
            if at > 0 && index[at - 1].0 == words[word] {
                index[at - 1].1 |= 1 << language;
            } else {
                let mut last = length;
                while last > at {
                    index[last] = index[last - 1];
                    last -= 1;
                }
                index[at] = (words[word], 1 << language);
                length += 1;
            }
            word += 1;
        }
        language += 1;
    }
    (index, length)
}

/// Words of a text that must be counted before they say anything.
const LEAST: usize = 40;

/// The language of a text, where the common words of one language, and of no other, are a good part
/// of it.
pub(super) fn language(text: &str) -> Option<Lang> {
    let Counts { best, count, next, all } = counts(text)?;
    // A quarter of running text is such words; a language close by has half as many at most.
    (all >= LEAST && count * 5 >= all && next * 5 <= count * 3).then_some(best)
}

/// What a text too short for that is likely to be: it has several such words of one language, and at most half
/// as many of any other.
pub(super) fn likely(text: &str) -> Option<Lang> {
    let Counts { best, count, next, .. } = counts(text)?;
    (count >= 3 && next * 2 <= count).then_some(best)
}

/// How many of a text's words are common ones.
struct Counts {
    /// The language with most of them, and how many.
    best: Lang,
    count: usize,
    /// How many the next has.
    next: usize,
    /// All words.
    all: usize,
}

/// The [`number`] of a word in lower case, if it is not longer than the longest.
fn lower_number(word: &str) -> Option<u128> {
    let mut bytes = [0; LONGEST];
    if word.is_ascii() {
        bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
        bytes.make_ascii_lowercase();
    } else {
        let mut length = 0;
        for c in word.chars().flat_map(char::to_lowercase) {
            let end = length + c.len_utf8();
            c.encode_utf8(bytes.get_mut(length..end)?);
            length = end;
        }
    }
    Some(u128::from_be_bytes(bytes))
}

fn counts(text: &str) -> Option<Counts> {
    let mut counts = [0usize; WORDS.len()];
    let mut all = 0;
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        all += 1;
        let Some(word) = lower_number(word) else { continue };
        let Ok(found) = INDEX.binary_search_by_key(&word, |(word, _)| *word) else { continue };
        for (language, count) in counts.iter_mut().enumerate() {
            *count += usize::from(INDEX[found].1 >> language & 1);
        }
    }
    let (best, &count) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
    let next = counts.iter().enumerate().filter(|(i, _)| *i != best).map(|(_, count)| *count).max()?;
    Some(Counts { best: WORDS[best].0, count, next, all })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_has_every_word_with_its_languages() {
        assert!(INDEX.is_sorted());
        assert_eq!(INDEX.iter().map(|(_, of)| of.count_ones() as usize).sum::<usize>(), ENTRIES);
        for (number, (language, words)) in WORDS.iter().enumerate() {
            for word in *words {
                let found = INDEX.binary_search_by_key(word, |(word, _)| *word).unwrap();
                assert_eq!(INDEX[found].1 >> number & 1, 1, "{language}");
                let bytes = word.to_be_bytes();
                let text = std::str::from_utf8(&bytes).unwrap().trim_end_matches('\0');
                assert_eq!(text, text.to_lowercase(), "{language}");
                assert_eq!(lower_number(&text.to_uppercase()), Some(*word), "{language}");
            }
        }
    }

    #[test]
    fn what_is_no_plain_case_is_left_to_statistics() {
        let short = "The cat is in the house.";
        assert_eq!((language(short), likely(short)), (None, Some(Lang::Eng)), "too short");
        assert_eq!(likely("Hello there"), None);
        assert_eq!(likely("Una casa con la que"), None, "of several languages");
        let galician =
            "A lingua galega é unha lingua romance que se fala en Galicia e nas comarcas estremeiras. "
                .repeat(5);
        assert_eq!(language(&galician), None);
        assert_eq!(language(&"1234 ".repeat(100)), None);
    }
}
