//! Attributes in braces, as pandoc has them: `{#id .class name="value"}`.

/// What stands between braces.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Attributes {
    pub id: Option<String>,
    pub classes: Vec<String>,
    pub values: Vec<(String, String)>,
    /// The format of raw mark-up (`{=html}`).
    pub raw: Option<String>,
    /// Bytes of the source, braces included.
    pub length: usize,
}

/// No attributes are longer, in bytes: some describe a picture.
const MOST: usize = 2000;

/// The attributes that a text starts with; `None` where its braces hold something else.
pub(super) fn parse(text: &str) -> Option<Attributes> {
    let text = &text[..text.floor_char_boundary(MOST)];
    let mut rest = text.strip_prefix('{')?;
    // Kramdown has a colon after the brace.
    rest = rest.strip_prefix(':').unwrap_or(rest);
    let mut found = Attributes::default();
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        if let Some(after) = rest.strip_prefix('}') {
            found.length = text.len() - after.len();
            let Attributes { id, classes, values, raw, .. } = &found;
            let says = id.is_some() || raw.is_some() || !classes.is_empty() || !values.is_empty();
            return says.then_some(found);
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '}' | '=' | '"' | '{'))?;
        let word = &rest[..end];
        match (rest.as_bytes()[0], word) {
            (b'#', _) if end > 1 => found.id = Some(word[1..].to_owned()),
            (b'.', _) if end > 1 => found.classes.push(word[1..].to_owned()),
            (_, "-") => found.classes.push("unnumbered".to_owned()),
            (b'=', _) if found.raw.is_none() => {
                let format = &rest[1..];
                let end = format.find(|c: char| !c.is_ascii_alphanumeric() && !"-_".contains(c))?;
                found.raw = (end > 0).then(|| format[..end].to_owned());
                rest = &format[end..];
                found.raw.as_ref()?;
                continue;
            }
            _ if end > 0 && rest[end..].starts_with('=') => {
                let after = &rest[end + 1..];
                let (value, length) = match after.chars().next()? {
                    quote @ ('"' | '\'') => {
                        let value = after[1..].split(quote).next().filter(|v| v.len() + 2 <= after.len())?;
                        (value, value.len() + 2)
                    }
                    _ => {
                        let end = after.find(|c: char| c.is_whitespace() || c == '}')?;
                        (&after[..end], end)
                    }
                };
                if value.contains('\n') {
                    return None;
                }
                found.values.push((word.to_owned(), value.to_owned()));
                rest = &after[length..];
                continue;
            }
            _ => return None,
        }
        rest = &rest[end..];
    }
}

/// The attributes at the end of a text, after white space or not, and where they start.
pub(super) fn at_end(text: &str) -> Option<(usize, Attributes)> {
    let text = text.trim_end();
    if !text.ends_with('}') {
        return None;
    }
    let open = text.rfind('{')?;
    let found =
        parse(&text[open..]).filter(|found| found.raw.is_none() && open + found.length == text.len())?;
    Some((open, found))
}

/// What a share of the width is a share of, in CSS pixels: a column of text.
const COLUMN: f64 = 600.0;

/// A length in CSS pixels.
pub(super) fn pixels(value: &str) -> Option<u32> {
    let value = value.trim();
    let end = value.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(value.len());
    let number: f64 = value[..end].parse().ok()?;
    let unit = match value[end..].trim() {
        "" | "px" => 1.0,
        "%" => COLUMN / 100.0,
        "in" | "inch" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 96.0 / 25.4,
        "pt" => 4.0 / 3.0,
        "pc" | "em" | "rem" => 16.0,
        "\\textwidth" | "\\linewidth" | "\\columnwidth" => COLUMN,
        _ => return None,
    };
    let pixels = (number * unit).round();
    (1.0..=100_000.0).contains(&pixels).then_some(pixels as u32)
}

/// Whether raw mark-up of a format is HTML.
pub(super) fn is_html(format: &str) -> bool {
    matches!(format, "html" | "html4" | "html5")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_hold_attributes_or_something_else() {
        let found = parse("{#a .b .c-d k=v l=\"x y\" -} rest").unwrap();
        assert_eq!(found.id.as_deref(), Some("a"));
        assert_eq!(found.classes, ["b", "c-d", "unnumbered"]);
        assert_eq!(found.values, [("k".into(), "v".into()), ("l".into(), "x y".into())]);
        assert_eq!(found.length, "{#a .b .c-d k=v l=\"x y\" -}".len());
        assert_eq!(parse("{=html}").unwrap().raw.as_deref(), Some("html"));
        assert_eq!(parse("{: .a}").unwrap().classes, ["a"]);
        for other in
            ["{}", "{a}", "{a b}", "{{x}}", "{#}", "{.}", "{k=\"v}", "{.a", "{ }", "{r, echo=FALSE}", "{=}"]
        {
            assert_eq!(parse(other), None, "{other}");
        }
    }

    #[test]
    fn lengths_are_pixels() {
        assert_eq!(pixels("300"), Some(300));
        assert_eq!(pixels("30%"), Some(180));
        assert_eq!(pixels("1in"), Some(96));
        assert_eq!(pixels("2.54cm"), Some(96));
        assert_eq!(pixels("wide"), None);
        assert_eq!(pixels("0"), None);
    }
}
