//! What is set as an emoji, in a face of its own.

/// Whether a character makes what it stands in an emoji: one of the planes' pictures, or the selector that
/// asks for one (UTS #51).
pub(super) fn shows_emoji(c: char) -> bool {
    matches!(c, '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Whether a cluster is to be shown as an emoji, by itself and not as a sign of text.
pub(super) fn is_emoji(cluster: &str) -> bool {
    cluster.chars().any(shows_emoji) && !cluster.contains('\u{FE0E}')
}
