//! Bare addresses in running text.

/// Where the next `http://` or `https://` address starts and ends.
pub(super) fn address(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let start = from + text[from..].find("http")?;
        let scheme = &text[start..];
        let after = match scheme.strip_prefix("https://").or_else(|| scheme.strip_prefix("http://")) {
            Some(host) if host.starts_with(|c: char| c.is_alphanumeric() || c == '[') => {
                scheme.len() - host.len()
            }
            _ => {
                from = start + 4;
                continue;
            }
        };
        let stop = scheme.find(|c: char| c.is_whitespace() || "<>\"“”«»".contains(c)).unwrap_or(scheme.len());
        return Some((start, start + after + trimmed(&scheme[after..stop])));
    }
}

/// The length of an address without the punctuation of the sentence around it. A closing bracket
/// belongs to the address when the address opened it.
fn trimmed(address: &str) -> usize {
    let mut opened: i32 = address.bytes().map(|b| i32::from(b == b'(') - i32::from(b == b')')).sum();
    let mut end = address.len();
    for (i, c) in address.char_indices().rev() {
        match c {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' => end = i,
            ')' if opened < 0 => {
                opened += 1;
                end = i;
            }
            _ => break,
        }
    }
    end
}
