//! Lengths.

/// A length in thousandths of the em.
pub(super) fn length(words: &str) -> Option<i32> {
    let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    // What may be added to a length or taken from it is left to the setter.
    let end = words.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(words.len());
    let number: f64 = words[..end].parse().ok()?;
    let unit = words[end..].split("plus").next().unwrap_or_default();
    let em = match unit {
        "em" => 1000.0,
        "ex" => 430.0,
        "mu" => 1000.0 / 18.0,
        "pt" => 100.0,
        "px" => 62.5,
        "mm" => 284.5,
        "cm" => 2845.0,
        "in" => 7227.0,
        "pc" => 1200.0,
        "bp" => 100.4,
        "" => 0.0,
        _ => return None,
    };
    let length = (number * em).round();
    (length.abs() < 1_000_000.0).then_some(length as i32)
}
