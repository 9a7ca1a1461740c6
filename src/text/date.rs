//! Dates as people write them.

/// A date by ISO 8601, as exactly as a text tells it: `2024`, `2024-05`, `2024-05-01`, or the text itself
/// where it is a moment in UTC. `None` where it is no date, or one that means different days in
/// different countries (`1/5/2024`).
pub(crate) fn iso(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() == 20 && text.ends_with('Z') && text.as_bytes()[10] == b'T' {
        return day(&text[..10]).map(|_| text.to_owned());
    }
    // The time of the day, in whatever zone, makes no other day of it.
    let is_time =
        |rest: &str| rest[1..].trim_start().starts_with(|c: char| c.is_ascii_digit()) && rest.contains(':');
    let end = text.char_indices().find(|(at, c)| matches!(c, 'T' | ' ') && *at >= 8 && is_time(&text[*at..]));
    let text = end.map_or(text, |(at, _)| &text[..at]);
    day(text).or_else(|| words(text))
}

/// Numbers: `2024`, `2024-05`, `2024/5/1`, `1.5.2024`; with slashes and the year last only where one
/// number can be no month.
fn day(text: &str) -> Option<String> {
    let sign = text.find(|c: char| !c.is_ascii_digit()).map(|at| text[at..].chars().next());
    let Some(sign) = sign else { return (text.len() == 4).then(|| text.to_owned()) };
    let sign = sign.filter(|sign| matches!(sign, '-' | '/' | '.'))?;
    let parts: Vec<&str> = text.trim_end_matches('.').split(sign).map(str::trim).collect();
    let numbers: Vec<u32> = parts.iter().map(|part| number(part)).collect::<Option<_>>()?;
    match (numbers.as_slice(), parts[0].len(), parts[parts.len() - 1].len()) {
        ([year, month], 4, _) => of(*year, *month, None),
        ([year, month, day], 4, _) => of(*year, *month, Some(*day)),
        ([day, month, year], _, 4) if sign == '.' || *day > 12 || day == month => {
            of(*year, *month, Some(*day))
        }
        ([month, day, year], _, 4) if *day > 12 => of(*year, *month, Some(*day)),
        _ => None,
    }
}

/// A name of a month, with numbers around it: `May 1, 2024`, `1 May 2024`, `1. Mai 2024`, `May 2024`.
fn words(text: &str) -> Option<String> {
    let (mut month, mut numbers) = (None, Vec::new());
    for word in
        text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '.')).filter(|w| !w.is_empty())
    {
        let digits = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
        if digits > 0 {
            if !matches!(&word[digits..], "" | "st" | "nd" | "rd" | "th" | "er" | "º" | "ª") {
                return None;
            }
            numbers.push((number(&word[..digits])?, digits));
        } else if is_day_of_week(word) || matches!(word, "de" | "of" | "the" | "del") {
        } else if month.replace(month_of(word)?).is_some() {
            return None;
        }
    }
    match numbers.as_slice() {
        [(year, 4)] => of(*year, month?, None),
        [(day, 1 | 2), (year, 4)] | [(year, 4), (day, 1 | 2)] => of(*year, month?, Some(*day)),
        _ => None,
    }
}

fn number(text: &str) -> Option<u32> {
    let plain = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

fn of(year: u32, month: u32, day: Option<u32>) -> Option<String> {
    let most = match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        1..=12 => 31,
        _ => return None,
    };
    match day {
        None => Some(format!("{year:04}-{month:02}")),
        Some(day) => (1..=most).contains(&day).then(|| format!("{year:04}-{month:02}-{day:02}")),
    }
}

/// The first letters of the months, in English, German, French and Spanish, where no other has them.
const MONTHS: [&[&str]; 12] = [
    &["jan", "jän", "ene"],
    &["feb", "fév", "fev"],
    &["mar", "mär"],
    &["apr", "avr", "abr"],
    &["may", "mai"],
    &["jun", "juin"],
    &["jul", "juil"],
    &["aug", "aoû", "ago"],
    &["sep"],
    &["oct", "okt"],
    &["nov"],
    &["dec", "dez", "déc", "dic"],
];

fn month_of(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    if word.chars().count() < 3 || !word.chars().all(char::is_alphabetic) {
        return None;
    }
    let at = MONTHS.iter().position(|names| names.iter().any(|name| word.starts_with(name)))?;
    Some(at as u32 + 1)
}

fn is_day_of_week(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    word.ends_with("day") && word.len() > 5
        || matches!(&*word, "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")
}

#[cfg(test)]
mod tests {
    use super::iso;

    #[test]
    fn dates_as_people_write_them() {
        for (text, date) in [
            ("2024", "2024"),
            ("2024-05", "2024-05"),
            ("2024-5-1", "2024-05-01"),
            ("2024/05/01", "2024-05-01"),
            ("2024-05-01 10:30:00 +0200", "2024-05-01"),
            ("2024-05-01T10:30:00Z", "2024-05-01T10:30:00Z"),
            ("2024-05-01T10:30:00+02:00", "2024-05-01"),
            ("May 1, 2024", "2024-05-01"),
            ("May 1st, 2024", "2024-05-01"),
            ("Wednesday, 1 May 2024", "2024-05-01"),
            ("1. Mai 2024", "2024-05-01"),
            ("1er mai 2024", "2024-05-01"),
            ("1 de mayo de 2024", "2024-05-01"),
            ("Sept. 2024", "2024-09"),
            ("May 2024", "2024-05"),
            ("01-May-2024", "2024-05-01"),
            ("31/12/2024", "2024-12-31"),
            ("12/31/2024", "2024-12-31"),
            ("5/5/2024", "2024-05-05"),
            ("24.12.2024", "2024-12-24"),
        ] {
            assert_eq!(iso(text).as_deref(), Some(date), "{text}");
        }
        for text in [
            "1/5/2024",
            "yesterday",
            "2024-13-01",
            "2024-02-30",
            "31 June 2024",
            "",
            "24",
            "maybe",
            "May",
            "12 May",
        ] {
            assert_eq!(iso(text), None, "{text}");
        }
    }
}
