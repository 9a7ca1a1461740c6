//! Raised and lowered digits in plain text.

/// Digits that are raised or lowered, kept apart from what they follow: 10⁶ is not 106. Nothing for words
/// (the "th" of "19th") and note marks, which need no mark.
pub(crate) fn raised(text: &str, up: bool, ascii: bool) -> Option<String> {
    if !text.starts_with(|c: char| c.is_ascii_digit() || "+-−".contains(c)) {
        return None;
    }
    let digits = if up { "⁰¹²³⁴⁵⁶⁷⁸⁹" } else { "₀₁₂₃₄₅₆₇₈₉" };
    let small = |c: char| match (c, up) {
        ('0'..='9', _) => digits.chars().nth(c as usize - '0' as usize),
        ('+', true) => Some('⁺'),
        ('-' | '−', true) => Some('⁻'),
        ('+', false) => Some('₊'),
        ('-' | '−', false) => Some('₋'),
        _ => None,
    };
    Some(match text.chars().map(small).collect::<Option<String>>() {
        Some(set) if !ascii => set,
        _ => {
            let mark = if up { '^' } else { '_' };
            if text.chars().skip(1).all(|c| c.is_ascii_digit()) {
                format!("{mark}{text}")
            } else {
                format!("{mark}({text})")
            }
        }
    })
}
