//! What is known of Wikimedia's wikis by their addresses.

/// A wiki.
pub(crate) struct Wiki {
    pub name: &'static str,
    /// Under which all its texts may be used.
    pub licence: &'static str,
}

/// The wiki of an address, which begins with its host.
pub(crate) fn wiki_at(address: &str) -> Option<Wiki> {
    const NAMES: [(&str, &str); 7] = [
        ("wikipedia.org", "Wikipedia"),
        ("wiktionary.org", "Wiktionary"),
        ("wikibooks.org", "Wikibooks"),
        ("wikiquote.org", "Wikiquote"),
        ("wikisource.org", "Wikisource"),
        ("wikiversity.org", "Wikiversity"),
        ("wikivoyage.org", "Wikivoyage"),
    ];
    let host = address.split('/').next()?;
    let of = |domain: &str| host.strip_suffix(domain).is_some_and(|h| h.is_empty() || h.ends_with('.'));
    let (_, name) = NAMES.into_iter().find(|(domain, _)| of(domain))?;
    Some(Wiki { name, licence: "CC BY-SA 4.0" })
}
