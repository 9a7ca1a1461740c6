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

/// Values of a range with the word between them. `form`: empty beside names, `s` beside symbols, `-`
/// in an adjective.
pub(super) fn joined(values: Vec<String>, joint: &str, form: &str) -> String {
    let found = JOINTS.iter().find(|j| j.0 == joint).map_or(" ", |j| if form == "s" { j.2 } else { j.1 });
    let hyphens;
    let found = if form == "-" && !found.contains('×') {
        hyphens = found.replace(' ', "-");
        &hyphens
    } else {
        found
    };
    values.join(found)
}
