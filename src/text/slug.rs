//! The anchors of headings, as GitHub makes them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Anchors of one document, each other than those before it.
#[derive(Default)]
pub(crate) struct Slugs {
    /// With the last number that told those apart that were wanted alike.
    given: HashMap<String, usize>,
}

impl Slugs {
    /// The anchor of a heading.
    pub fn name(&mut self, heading: &str) -> String {
        let wanted = slug(heading);
        let Some(&last) = self.given.get(&wanted) else {
            self.given.insert(wanted.clone(), 0);
            return wanted;
        };
        let mut number = last + 1;
        let name = loop {
            // Each is looked for once: of very many, a look takes as long as the rest.
            if let Entry::Vacant(place) = self.given.entry(format!("{wanted}-{number}")) {
                let name = place.key().clone();
                place.insert(0);
                break name;
            }
            number += 1;
        };
        self.given.insert(wanted, number);
        name
    }
}

/// Lower case, without what is no part of a word, and with a hyphen for each space.
pub(crate) fn slug(heading: &str) -> String {
    let kept = |c: char| {
        c.is_alphabetic()
            || matches!(c, ' ' | '-')
            || c.general_category_group() == GeneralCategoryGroup::Mark
            || matches!(
                c.general_category(),
                GeneralCategory::DecimalNumber | GeneralCategory::ConnectorPunctuation
            )
    };
    let lower = heading.to_lowercase();
    lower.chars().filter(|&c| kept(c)).map(|c| if c == ' ' { '-' } else { c }).collect()
}
