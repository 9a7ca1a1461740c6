//! What stands between the values of a range.

/// Words between the values of a range, as they are written where units have names and where they
/// have symbols.
#[rustfmt::skip]
pub(super) static JOINTS: [(&str, &str, &str); 24] = [
    ("-", "–", "–"), ("–", "–", "–"), ("&ndash;", "–", "–"), ("to", " to ", " to "), ("to(-)", " to ", "–"), ("and", " and ", " and "),
    ("and(-)", " and ", "–"), ("or", " or ", " or "), ("or(-)", " or ", "–"), ("x", " by ", " × "), ("by", " by ", " by "), ("by(x)", " by ", " × "),
    ("×", " × ", " × "), ("*", " × ", " × "), ("xx", " × ", " × "), ("+/-", " ± ", " ± "), ("±", " ± ", " ± "), ("&plusmn;", " ± ", " ± "),
    ("+", " + ", " + "), (",", ", ", ", "), (", and", ", and ", ", and "), (", or", ", or ", ", or "), ("to about", " to about ", " to about "),
    ("/", "/", "/"),
];

/// Values of a range with the words between them, the last of which stands for those that lack. `form`: empty beside
/// names, `s` beside symbols, `-` in an adjective.
pub(super) fn joined(values: Vec<String>, joints: &[&str], form: &str) -> String {
    let mut out = String::new();
    for (i, value) in values.into_iter().enumerate() {
        if i > 0 {
            let joint = joints.get(i - 1).or(joints.last()).copied().unwrap_or_default();
            let words =
                JOINTS.iter().find(|j| j.0 == joint).map_or(" ", |j| if form == "s" { j.2 } else { j.1 });
            match words {
                // A dash is told from a sign.
                "–" if value.starts_with('−') => out.push_str("\u{A0}– "),
                words if form == "-" && !words.contains('×') => out.push_str(&words.replace(' ', "-")),
                words => out.push_str(words),
            }
        }
        out.push_str(&value);
    }
    out
}
