//! `#time`: dates in the forms that PHP's `date` and MediaWiki write them in. English names of
//! months and days; no clock: a date that isn't given can't be told.

/// A moment: days since 1970-01-01 and seconds of the day, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Moment {
    days: i64,
    seconds: i64,
}

#[rustfmt::skip]
pub static MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
];

#[rustfmt::skip]
pub static GERMAN: [&str; 12] = [
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
];

#[rustfmt::skip]
pub static FRENCH: [&str; 12] = [
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
];

static DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Years outside of this are no dates.
const YEARS: std::ops::RangeInclusive<i64> = 1..=9999;

/// Writes a date by a pattern; `None` when it isn't understood, or is that of today.
pub fn format(pattern: &str, date: &str) -> Option<String> {
    Some(write(pattern, read(date)?))
}

/// Days from 1970-01-01 to a date of the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    // The year starts in March, so that the leap day is its last.
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The year, month and day of a number of days.
fn date(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

fn leap(year: i64) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

fn month_length(year: i64, month: i64) -> i64 {
    days(if month == 12 { year + 1 } else { year }, month % 12 + 1, 1) - days(year, month, 1)
}

/// The number of a month's name or of its first three letters or more.
fn month(word: &str) -> Option<i64> {
    let word = word.to_lowercase();
    let fits = |name: &&str| word.len() >= 3 && name.to_lowercase().starts_with(&word);
    MONTHS.iter().position(fits).map(|i| i as i64 + 1)
}

/// `2020-01-31`, `31 January 2020`, `January 31, 2020`, `20200131`, `@1580428800`, with a time
/// `12:30[:15]` and steps such as `+1 day` or `-2 months` after it.
fn read(text: &str) -> Option<Moment> {
    let text = text.trim().trim_end_matches(" UTC").trim_end_matches('Z');
    if let Some(stamp) = text.strip_prefix('@') {
        let stamp: i64 = stamp.parse().ok().filter(|s: &i64| s.abs() < 1 << 38)?;
        return Some(Moment { days: stamp.div_euclid(86_400), seconds: stamp.rem_euclid(86_400) });
    }
    let (mut year, mut month_of, mut day, mut seconds) = (None, None, None, 0);
    let mut steps = Vec::new();
    let spaced = text.replace(',', " ").replace(['T', 't'], "\u{1}");
    // A `T` parts date and time only between digits; elsewhere it is a letter.
    let mut clean = String::with_capacity(text.len());
    let chars: Vec<char> = spaced.chars().collect();
    for (i, &c) in chars.iter().enumerate() {
        let digit = |j: Option<usize>| j.and_then(|j| chars.get(j)).is_some_and(char::is_ascii_digit);
        match c {
            '\u{1}' if digit(i.checked_sub(1)) && digit(Some(i + 1)) => clean.push(' '),
            '\u{1}' => clean.push('t'),
            c => clean.push(c),
        }
    }
    let words: Vec<&str> = clean.split_whitespace().collect();
    let mut i = 0;
    while i < words.len() {
        let word = words[i];
        i += 1;
        let sign = word.strip_prefix('+').map(|r| (1, r)).or(word.strip_prefix('-').map(|r| (-1, r)));
        if let Some((sign, rest)) = sign {
            let number = if rest.is_empty() { words.get(i).copied().inspect(|_| i += 1)? } else { rest };
            let digits = number.bytes().take_while(u8::is_ascii_digit).count();
            let count: i64 = number[..digits].parse().ok().filter(|n| *n < 100_000)?;
            let unit = if digits < number.len() {
                &number[digits..]
            } else {
                words.get(i).copied().inspect(|_| i += 1)?
            };
            steps.push((sign * count, unit.to_lowercase()));
        } else if let Some((hour, rest)) = word.split_once(':') {
            let (minute, second) = rest.split_once(':').unwrap_or((rest, "0"));
            let part = |s: &str, limit: i64| s.parse::<i64>().ok().filter(|n| (0..limit).contains(n));
            seconds = part(hour, 24)? * 3600 + part(minute, 60)? * 60 + part(second, 60)?;
        } else if let Some(found) = month(word) {
            month_of = Some(found);
        } else {
            let numbers: Option<Vec<i64>> = word.split(['-', '/', '.']).map(|n| n.parse().ok()).collect();
            match numbers?.as_slice() {
                [y, m, d] if word.contains(['-', '/']) => {
                    (year, month_of, day) = if word.find(['-', '/']) == Some(4) || *y > 31 {
                        (Some(*y), Some(*m), Some(*d))
                    } else if word.contains('/') {
                        (Some(*d), Some(*y), Some(*m))
                    } else {
                        (Some(*d), Some(*m), Some(*y))
                    };
                }
                [d, m, y] => (year, month_of, day) = (Some(*y), Some(*m), Some(*d)),
                [y, m] => (year, month_of) = (Some(*y), Some(*m)),
                [n] if word.len() == 8 => {
                    (year, month_of, day) = (Some(n / 10_000), Some(n / 100 % 100), Some(n % 100));
                }
                [n] if word.len() <= 2 && day.is_none() => day = Some(*n),
                [n] if word.len() == 4 => year = Some(*n),
                _ => return None,
            }
        }
    }
    let (year, month_of) = (year.filter(|y| YEARS.contains(y))?, month_of.filter(|m| (1..=12).contains(m))?);
    let day = day.unwrap_or(1);
    if !(1..=month_length(year, month_of)).contains(&day) {
        return None;
    }
    let mut moment = Moment { days: days(year, month_of, day), seconds };
    for (count, unit) in steps {
        moment = step(moment, count, &unit)?;
    }
    YEARS.contains(&date(moment.days).0).then_some(moment)
}

fn step(moment: Moment, count: i64, unit: &str) -> Option<Moment> {
    let Moment { days: day_number, seconds } = moment;
    let months = |count: i64| {
        let (year, month, day) = date(day_number);
        let total = year * 12 + month - 1 + count;
        // As in PHP, the 31st of a shorter month is in the next one.
        Moment { days: days(total.div_euclid(12), total.rem_euclid(12) + 1, 1) + day - 1, seconds }
    };
    let later = |more: i64| {
        let total = seconds + more;
        Moment { days: day_number + total.div_euclid(86_400), seconds: total.rem_euclid(86_400) }
    };
    Some(match unit.trim_end_matches('s') {
        "day" => Moment { days: day_number + count, seconds },
        "week" => Moment { days: day_number + 7 * count, seconds },
        "month" => months(count),
        "year" => months(12 * count),
        "hour" => later(3600 * count),
        "minute" | "min" => later(60 * count),
        "second" | "sec" => later(count),
        _ => return None,
    })
}

fn write(pattern: &str, moment: Moment) -> String {
    use std::fmt::Write;
    let (year, month, day) = date(moment.days);
    let weekday = (moment.days + 3).rem_euclid(7);
    let (hour, minute, second) = (moment.seconds / 3600, moment.seconds / 60 % 60, moment.seconds % 60);
    let twelve = (hour + 11) % 12 + 1;
    let name = MONTHS[(month - 1) as usize];
    let day_name = DAYS[weekday as usize];
    let of_year = moment.days - days(year, 1, 1);
    // ISO 8601: the week belongs to the year of its Thursday.
    let thursday = moment.days - weekday + 3;
    let iso_year = date(thursday).0;
    let week = (thursday - days(iso_year, 1, 1)) / 7 + 1;
    let mut out = String::with_capacity(pattern.len() * 2);
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        let number = match c {
            'd' => (day, 2),
            'j' => (day, 1),
            'm' => (month, 2),
            'n' => (month, 1),
            'Y' => (year, 4),
            'y' => (year % 100, 2),
            'o' => (iso_year, 4),
            'W' => (week, 2),
            'N' => (weekday + 1, 1),
            'w' => ((weekday + 1) % 7, 1),
            'z' => (of_year, 1),
            't' => (month_length(year, month), 1),
            'L' => (i64::from(leap(year)), 1),
            'g' => (twelve, 1),
            'h' => (twelve, 2),
            'G' => (hour, 1),
            'H' => (hour, 2),
            'i' => (minute, 2),
            's' => (second, 2),
            'U' => (moment.days * 86_400 + moment.seconds, 1),
            'F' | 'f' => {
                out.push_str(name);
                continue;
            }
            'M' => {
                out.push_str(&name[..3]);
                continue;
            }
            'l' => {
                out.push_str(day_name);
                continue;
            }
            'D' => {
                out.push_str(&day_name[..3]);
                continue;
            }
            'a' | 'A' => {
                let half = if hour < 12 { "am" } else { "pm" };
                out.push_str(&if c == 'A' { half.to_uppercase() } else { half.to_owned() });
                continue;
            }
            // Quoted and escaped text; `x` starts MediaWiki's own codes, of which `xg` is the month's
            // name and `xn` keeps digits as they are.
            '"' => {
                out.extend(chars.by_ref().take_while(|&c| c != '"'));
                continue;
            }
            '\\' => {
                out.extend(chars.next());
                continue;
            }
            'x' => {
                match chars.next() {
                    Some('g') => out.push_str(name),
                    Some('n') | None => {}
                    Some(other) => out.push(other),
                }
                continue;
            }
            other => {
                out.push(other);
                continue;
            }
        };
        let (value, width) = number;
        // Writing to a string can't fail.
        let _ = write!(out, "{value:0width$}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_and_written() {
        let shown = |pattern: &str, date: &str| format(pattern, date).unwrap_or_else(|| "?".into());
        assert_eq!(shown("j F Y", "2020-02-29"), "29 February 2020");
        assert_eq!(shown("Y-m-d", "January 31, 2020"), "2020-01-31");
        assert_eq!(shown("D, d M y", "20001231"), "Sun, 31 Dec 00");
        assert_eq!(shown("o-\\WW N z L t", "2021-01-03"), "2020-W53 7 2 0 31");
        assert_eq!(shown("H:i:s", "2020-01-01T09:05:07Z"), "09:05:07");
        assert_eq!(shown("g:i a", "1 March 1999 00:30"), "12:30 am");
        assert_eq!(shown("U", "1970-01-02"), "86400");
        assert_eq!(shown("Y \"Year\"", "@0"), "1970 Year");
        assert_eq!(shown("Y-m-d", "2020-01-31 +1 month"), "2020-03-02");
        assert_eq!(shown("Y-m-d", "2020-03-01 -1 day"), "2020-02-29");
        assert_eq!(shown("F Y", "March 2001"), "March 2001");
    }

    #[test]
    fn what_is_no_date_is_none() {
        for date in
            ["", "now", "2021-02-29", "31 Foo 2020", "99999-01-01", "2020-13-01", "@x", "+", "1:2:3:4"]
        {
            assert_eq!(format("Y", date), None, "{date:?}");
        }
        assert_eq!(format("Y", "2020-01-01 +99999 years"), None);
    }

    #[test]
    fn days_and_dates_are_inverse() {
        for number in (-700_000..3_000_000).step_by(97) {
            let (y, m, d) = date(number);
            assert_eq!(days(y, m, d), number);
        }
    }
}
