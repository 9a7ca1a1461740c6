//! Identifiers: unique in the whole output, valid in XML, found again by the anchor they stand for.

use std::collections::{HashMap, HashSet};

/// Where an identifier stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Index of the page.
    pub page: usize,
    /// The identifier on it.
    pub id: String,
}

/// The identifiers given out so far.
#[derive(Debug, Default)]
pub(crate) struct Names {
    taken: HashSet<String>,
    /// For a wish that was taken, the last number tried: many equal wishes stay linear.
    tried: HashMap<String, u32>,
    places: HashMap<String, Place>,
}

impl Names {
    /// Gives out an identifier as near to the wish as can be.
    pub(crate) fn fresh(&mut self, wish: &str) -> String {
        let wish = valid(wish);
        if self.taken.insert(wish.clone()) {
            return wish;
        }
        let number = self.tried.entry(wish.clone()).or_insert(1);
        loop {
            *number += 1;
            let name = format!("{wish}-{number}");
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }

    /// Gives out an identifier for an anchor. Only the first of equal anchors is found.
    pub(crate) fn anchor(&mut self, anchor: &str, page: usize) -> String {
        let id = self.fresh(anchor);
        if !self.places.contains_key(anchor) {
            self.places.insert(anchor.to_owned(), Place { page, id: id.clone() });
        }
        id
    }

    /// Where an anchor is.
    pub(crate) fn find(&self, anchor: &str) -> Option<&Place> {
        self.places.get(anchor)
    }
}

/// The wish as an XML name without colons (<https://www.w3.org/TR/xml-names/#NT-NCName>).
fn valid(wish: &str) -> String {
    let mut name = String::with_capacity(wish.len() + 1);
    for c in wish.chars() {
        let start = match c {
            'A'..='Z' | 'a'..='z' | '_' => true,
            '\u{D7}' | '\u{F7}' | '\u{37E}' => false,
            '\u{C0}'..='\u{2FF}'
            | '\u{370}'..='\u{1FFF}'
            | '\u{200C}'
            | '\u{200D}'
            | '\u{2070}'..='\u{218F}' => true,
            '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' => true,
            '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}' => true,
            _ => false,
        };
        let inner =
            matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}' | '\u{2040}');
        if name.is_empty() && !start {
            name.push('_');
        }
        name.push(if start || inner { c } else { '-' });
    }
    if name.is_empty() {
        name.push('_');
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_xml_names_and_unique() {
        let mut names = Names::default();
        let given = ["a", "a", "a-2", "a", "1 b", "c:d", "", "Кот", "#"].map(|wish| names.fresh(wish));
        assert_eq!(given, ["a", "a-2", "a-2-2", "a-3", "_1-b", "c-d", "_", "Кот", "_-"]);
    }

    #[test]
    fn the_first_of_equal_anchors_is_found() {
        let mut names = Names::default();
        assert_eq!(names.anchor("1", 0), "_1");
        assert_eq!(names.anchor("1", 3), "_1-2");
        assert_eq!(names.find("1"), Some(&Place { page: 0, id: "_1".into() }));
        assert_eq!(names.find("2"), None);
    }
}
