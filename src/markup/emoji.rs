//! The short names of emoji that GitHub knows (`:rocket:`).

use std::collections::HashMap;
use std::sync::LazyLock;

/// A name and its emoji a line. As text, because a table of addresses is relocated at each start of the
/// program, which few conversions would need.
const TABLE: &str = include_str!("emoji.txt");

/// The emoji of a short name, without its colons.
pub(crate) fn named(name: &str) -> Option<&'static str> {
    static EMOJI: LazyLock<HashMap<&str, &str>> =
        LazyLock::new(|| TABLE.lines().filter_map(|line| line.split_once(' ')).collect());
    EMOJI.get(name).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_that_of_the_crate() {
        let names = |emoji: &'static emojis::Emoji| {
            emoji.shortcodes().map(|name| format!("{name} {}\n", emoji.as_str())).collect::<Vec<_>>()
        };
        let mut lines: Vec<_> = emojis::iter().flat_map(names).collect();
        lines.sort();
        assert_eq!(TABLE, lines.concat());
        assert_eq!(named("rocket"), Some("🚀"));
        assert_eq!(named("rocke"), None);
    }
}
