//! The names of a box's arguments: `leader_title1`, `LeaderTitle1` and `leader title 1` are one.

/// The words of a name as they are written, without what parts them. A capital after a small letter
/// begins a word, and so does a number.
pub fn words(key: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let chars: Vec<char> = key.chars().collect();
    let mut word = String::new();
    let mut camel = false;
    let end = |word: &mut String, camel: &mut bool, out: &mut Vec<String>| {
        if word.is_empty() {
            return;
        }
        let mut done = std::mem::take(word);
        // `km2` is one word.
        if matches!(done.as_str(), "2") && out.last().is_some_and(|last| last.eq_ignore_ascii_case("km")) {
            let last = out.pop().unwrap_or_default();
            done = last + "2";
        } else if *camel && is_capitalised(&done) {
            done = done.to_lowercase();
        }
        *camel = false;
        out.push(done);
    };
    for (i, &c) in chars.iter().enumerate() {
        if c.is_whitespace() || (c.is_ascii() && !c.is_ascii_alphanumeric()) {
            // An apostrophe is part of its word.
            if c == '\'' && !word.is_empty() && chars.get(i + 1).is_some_and(|c| c.is_alphabetic()) {
                word.push(c);
            } else {
                end(&mut word, &mut camel, &mut out);
            }
            continue;
        }
        let before = i.checked_sub(1).map(|i| chars[i]).filter(|_| !word.is_empty());
        let next_is_small = chars.get(i + 1).is_some_and(|c| c.is_lowercase());
        let begins = before.is_some_and(|b| {
            b.is_ascii_digit() != c.is_ascii_digit()
                || (c.is_uppercase() && (b.is_lowercase() || (b.is_uppercase() && next_is_small)))
        });
        if begins {
            end(&mut word, &mut camel, &mut out);
            camel = before.is_some_and(|b| !b.is_ascii_digit());
        }
        word.push(c);
    }
    end(&mut word, &mut camel, &mut out);
    out
}

fn is_capitalised(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.all(char::is_lowercase)
}

/// A name as rules compare it: its words in small letters.
pub fn normal(key: &str) -> String {
    words(key).join(" ").to_lowercase()
}

/// The numbers among the words of a [normal] name, each with the name that has `#` in its place.
pub fn counted(normal: &str) -> Vec<(String, u32)> {
    let words: Vec<&str> = normal.split(' ').collect();
    let number = |word: &str| word.parse::<u32>().ok().filter(|_| word.len() <= 4);
    let numbers = words.iter().enumerate().filter_map(|(i, word)| Some((i, number(word)?)));
    numbers
        .take(3)
        .map(|(at, n)| {
            let pattern = words.iter().enumerate().map(|(i, word)| if i == at { "#" } else { word });
            (pattern.collect::<Vec<_>>().join(" "), n)
        })
        .collect()
}

/// Words that are written in capitals in a label.
#[rustfmt::skip]
static CAPITALS: [&str; 22] = [
    "iso", "utc", "gdp", "hdi", "url", "isbn", "issn", "oclc", "id", "dst", "ec", "cas", "nuts", "imdb", "tv", "pop3", "mbo", "osi",
    "gnis", "fips", "bic", "iata",
];

/// A label from a name: `birth_place` becomes `Birth place`, `fam2` `Fam`.
pub fn readable(key: &str) -> String {
    let mut words = words(key);
    // A number at the end counts arguments; one alone, or at the start, says something.
    if words.len() > 1
        && words.last().is_some_and(|last| last.len() < 3 && last.bytes().all(|b| b.is_ascii_digit()))
    {
        words.pop();
    }
    for word in &mut words {
        if CAPITALS.contains(&word.as_str()) {
            *word = word.to_uppercase();
        }
    }
    let joined = words.join(" ");
    let mut chars = joined.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().collect::<String>() + chars.as_str(),
        None => joined,
    }
}

/// Whether a label is still the name of a parameter, which no reader would be shown.
pub fn is_raw(label: &str) -> bool {
    let mut before = ' ';
    let mut letters = 0;
    for c in label.chars() {
        if c == '_' || (c.is_ascii_uppercase() && letters > 1 && before.is_ascii_lowercase()) {
            return true;
        }
        letters = if c.is_ascii_lowercase() { letters + 1 } else { 0 };
        before = c;
    }
    let steering = ["alt", "caption", "imagesize", "upright", "footnote", "footnotes", "ref", "refs"];
    let word = label.rsplit(' ').next().unwrap_or_default();
    let digits = word.bytes().rev().take_while(u8::is_ascii_digit).count();
    (digits > 0 && digits < word.len() && word.as_bytes()[word.len() - digits - 1].is_ascii_lowercase())
        || label.to_lowercase().split(' ').any(|word| steering.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_by_their_words() {
        for (key, want) in [
            ("leader_title1", "leader title 1"),
            ("OfficialLang", "official lang"),
            ("PCWater", "pc water"),
            ("2010PopUS", "2010 pop us"),
            ("area_total_km2", "area total km2"),
            ("blank1_name_sec2", "blank 1 name sec 2"),
            ("previous_year's_race", "previous year's race"),
            ("면적", "면적"),
            ("IDH_année", "idh année"),
        ] {
            assert_eq!(normal(key), want);
        }
        assert_eq!(
            counted("blank 1 name sec 2"),
            [("blank # name sec 2".to_owned(), 1), ("blank 1 name sec #".to_owned(), 2)]
        );
    }

    #[test]
    fn labels_are_readable() {
        for (key, want) in [
            ("birth_place", "Birth place"),
            ("OfficialLang", "Official lang"),
            ("Official_Name", "Official Name"),
            ("iso_code", "ISO code"),
            ("fam2", "Fam"),
            ("면적", "면적"),
        ] {
            assert_eq!(readable(key), want);
            assert!(!is_raw(&readable(key)));
        }
        assert!(is_raw("Leader title1") && is_raw("PostalAbbreviation") && is_raw("Map caption"));
        assert!(!is_raw("CO2 emissions") && !is_raw("U.S. House") && !is_raw("ISO 639-3"));
    }
}
