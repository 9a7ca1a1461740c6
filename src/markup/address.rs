//! Addresses of links: where they lead, which may stand in a book, how they are written, and where
//! they stand bare in running text.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Span, Target};
use core::net::{Ipv4Addr, Ipv6Addr};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// What a link's address is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Address {
    /// An absolute URL, ready to be an attribute's value once escaped.
    Absolute(String),
    /// A reference relative to wherever the source was.
    Relative(String),
    /// Its scheme could run code or read files, or is none that readers know.
    Unsafe,
    /// No URL by the URL standard (<https://url.spec.whatwg.org>).
    Invalid,
}

/// Tells of a link of which only the words are written.
pub(crate) fn refused(url: &str, code: &'static Code, why: &str, span: Span) -> Diagnostic {
    let shown: String = url.chars().take(60).collect();
    Diagnostic::new(code, span, format!("the link to '{}' {why}", shown.escape_debug()))
        .help("its words are kept without a link")
}

/// What is said of an unsafe one.
pub(crate) const UNSAFE: &str = "could run code or read files";

/// Schemes that lead a reader somewhere and run nothing. All are registered with IANA.
const SCHEMES: &[&str] = &[
    "http", "https", "mailto", "tel", "sms", "ftp", "irc", "ircs", "news", "nntp", "xmpp", "sip", "sips",
    "geo", "urn", "doi",
];

/// Whether [`parse`] would call an address unsafe.
pub(crate) fn is_unsafe(address: &str) -> bool {
    let address = without_controls(address);
    scheme(&address)
        .is_some_and(|(scheme, _)| !SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme)))
}

/// Browsers drop control characters before they look for a scheme, so they must not hide one.
fn without_controls(address: &str) -> Cow<'_, str> {
    let address = address.trim();
    match address.contains(char::is_control) {
        true => Cow::Owned(address.chars().filter(|c| !c.is_control()).collect()),
        false => Cow::Borrowed(address),
    }
}

/// Judges an address and writes it with every character percent-encoded that a URL can't hold.
pub(crate) fn parse(address: &str) -> Address {
    let address = without_controls(address);
    let Some((scheme, rest)) = scheme(&address) else {
        return match address.strip_prefix("//") {
            Some(rest) => special("https", rest),
            None if address.is_empty() => Address::Invalid,
            None => Address::Relative(encode(&address)),
        };
    };
    let scheme = scheme.to_ascii_lowercase();
    match scheme.as_str() {
        "http" | "https" | "ftp" => special(&scheme, rest.trim_start_matches(['/', '\\'])),
        _ if !SCHEMES.contains(&scheme.as_str()) => Address::Unsafe,
        _ if rest.is_empty() => Address::Invalid,
        _ => Address::Absolute(format!("{scheme}:{}", encode(rest))),
    }
}

fn scheme(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once(':')?;
    let mut bytes = scheme.bytes();
    let well_formed = bytes.next().is_some_and(|b| b.is_ascii_alphabetic())
        && bytes.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    well_formed.then_some((scheme, rest))
}

/// A URL with an authority: `rest` is what follows `scheme://`.
fn special(scheme: &str, rest: &str) -> Address {
    let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    let (user, host) = match authority.rsplit_once('@') {
        Some((user, host)) => (format!("{}@", encode(user).replace([':', '@'], "%40")), host),
        None => (String::new(), authority),
    };
    let (host, port) = match host.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (host, None),
    };
    let port_known = port.is_none_or(|p| p.is_empty() || p.parse::<u16>().is_ok());
    if !is_host(host) || !port_known {
        return Address::Invalid;
    }
    let port = port.filter(|p| !p.is_empty()).map(|p| format!(":{p}")).unwrap_or_default();
    Address::Absolute(format!("{scheme}://{user}{host}{port}{}", encode(&tail.replace('\\', "/"))))
}

fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|h| h.strip_suffix(']')) {
        return address.parse::<Ipv6Addr>().is_ok();
    }
    let label_ok = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| match c {
                'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' => true,
                _ => c.is_alphanumeric() && !c.is_ascii(),
            })
    };
    let host = host.strip_suffix('.').unwrap_or(host);
    let numeric = host.rsplit('.').next().is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit()));
    host.len() <= 253 && host.split('.').all(label_ok) && (!numeric || host.parse::<Ipv4Addr>().is_ok())
}

/// Percent-encodes what is no URL code point. A second `#` is encoded too.
fn encode(text: &str) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(text.len());
    let mut fragment = false;
    for (at, c) in text.char_indices() {
        let hex = |i: usize| text.as_bytes().get(at + i).is_some_and(u8::is_ascii_hexdigit);
        let keep = match c {
            '%' => hex(1) && hex(2),
            '#' => !std::mem::replace(&mut fragment, true),
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '[' | ']' => false,
            '\u{FFFD}' | '\u{FDD0}'..='\u{FDEF}' => false,
            _ if (c as u32) & 0xFFFE == 0xFFFE => false,
            _ => !c.is_whitespace(),
        };
        if keep {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                // Writing to a string can't fail.
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// A reference as an address of its own, from where `base` is (RFC 3986, section 5.2).
#[cfg(feature = "html")]
pub(crate) fn resolve(base: &str, reference: &str) -> String {
    let reference = reference.trim();
    if scheme(reference).is_some() {
        return reference.to_owned();
    }
    let Some((scheme, rest)) = base.split_once("://") else { return reference.to_owned() };
    if reference.starts_with("//") {
        return format!("{scheme}:{reference}");
    }
    let rest = &rest[..rest.find(['?', '#']).unwrap_or(rest.len())];
    let (host, folder) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (path, tail) = reference.split_at(reference.find(['?', '#']).unwrap_or(reference.len()));
    if path.is_empty() {
        return format!("{scheme}://{rest}{tail}");
    }
    let mut parts: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').skip(1).collect(),
    };
    parts.pop();
    for part in path.trim_start_matches('/').split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    // A folder's address ends in a slash.
    let slash =
        if path.ends_with("/.") || path.ends_with("/..") || matches!(path, "." | "..") { "/" } else { "" };
    format!("{scheme}://{host}/{}{slash}{tail}", parts.join("/"))
}

/// Where an address leads.
///
/// # Errors
/// The words of a diagnostic, for an address that could run code or read files.
#[cfg(feature = "html")]
pub(crate) fn target(address: &str) -> Result<Target, String> {
    if let Some(anchor) = address.strip_prefix('#').filter(|anchor| !anchor.is_empty()) {
        let decoded = percent_decode_str(anchor).decode_utf8();
        return Ok(Target::Anchor(decoded.map_or_else(|_| anchor.to_owned(), Cow::into_owned)));
    }
    let scheme: String = address
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .take_while(|&c| c != ':')
        .take(12)
        .collect();
    if ["javascript", "vbscript", "data", "file"].iter().any(|s| scheme.eq_ignore_ascii_case(s))
        && address.contains(':')
    {
        return Err(format!("the link's address starts with '{}:'; its words stay", scheme.to_lowercase()));
    }
    Ok(Target::Url(address.to_owned()))
}

/// Where the next `http://` or `https://` address starts and ends.
pub(crate) fn bare(text: &str) -> Option<(usize, usize)> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_written_as_the_url_standard_has_them() {
        for (given, written) in [
            ("https://example.org", "https://example.org"),
            ("HTTP://example.org/a b?c=[d]#e#f", "http://example.org/a%20b?c=%5Bd%5D#e%23f"),
            ("//example.org/x", "https://example.org/x"),
            ("http://ru.wikipedia.org/wiki/Кот", "http://ru.wikipedia.org/wiki/Кот"),
            ("http://example.org/100%", "http://example.org/100%25"),
            ("http://a:b@example.org:80/", "http://a%40b@example.org:80/"),
            ("http://[::1]/", "http://[::1]/"),
            ("mailto:cat@example.org", "mailto:cat@example.org"),
            ("http:/example.org", "http://example.org"),
        ] {
            assert_eq!(parse(given), Address::Absolute(written.into()), "{given}");
            assert!(!is_unsafe(given), "{given}");
        }
    }

    #[cfg(feature = "html")]
    #[test]
    fn references_are_resolved_as_the_standard_does() {
        for (reference, address) in [
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y#s", "http://a/b/c/g?y#s"),
            ("#s", "http://a/b/c/d;p#s"),
            (".", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../../../g", "http://a/g"),
            ("g:h", "g:h"),
        ] {
            assert_eq!(resolve("http://a/b/c/d;p?q", reference), address, "{reference}");
        }
        assert_eq!(resolve("https://a.example", "b"), "https://a.example/b");
    }

    #[test]
    fn what_could_run_code_or_read_files_is_unsafe() {
        for given in [
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "vbscript:x",
            "blob:x",
        ] {
            assert_eq!(parse(given), Address::Unsafe, "{given}");
            assert!(is_unsafe(given), "{given}");
        }
    }

    #[test]
    fn what_is_no_url_is_invalid() {
        for given in
            ["", "http://", "http://a b/", "http://256.1.1.1/", "http://a:99999/", "http://[1/", "mailto:"]
        {
            assert_eq!(parse(given), Address::Invalid, "{given}");
        }
        assert_eq!(parse("other page.md"), Address::Relative("other%20page.md".into()));
    }
}
