//! Pages that only lead to another one.

/// The title that a page leads to.
pub fn target(text: &str) -> Option<String> {
    let rest = &text[link(text)? + 2..];
    let title = &rest[..rest.find(['|', '#', ']'])?];
    Some(title.trim().trim_start_matches(':').to_owned())
}

/// Where the link of a redirect opens; `None` when the page is none.
pub fn link(text: &str) -> Option<usize> {
    let trimmed = text.trim_start();
    let start = text.len() - trimmed.len();
    let rest = trimmed.strip_prefix('#')?;
    let open = rest.find("[[").filter(|n| *n < 40)?;
    let word = rest[..open].trim().trim_end_matches(':').trim().to_lowercase();
    WORDS.contains(&word.as_str()).then_some(start + 1 + open)
}

/// The word for a redirect, in the languages of the larger wikis.
static WORDS: [&str; 18] = [
    "redirect",
    "weiterleitung",
    "redirection",
    "redirección",
    "redirecionamento",
    "rinvia",
    "doorverwijzing",
    "patrz",
    "przekieruj",
    "перенаправление",
    "перенапр",
    "перенаправлення",
    "تحويل",
    "転送",
    "넘겨주기",
    "重定向",
    "đổi",
    "yönlendi̇rme",
];
