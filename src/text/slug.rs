//! The anchors of headings, as GitHub makes them.

use std::collections::{HashMap, HashSet};
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Anchors of one document, each other than those before it.
#[derive(Default)]
pub(crate) struct Slugs {
    given: HashSet<String>,
    /// For each anchor as it was wanted, the last number that told equal ones apart.
    numbers: HashMap<String, usize>,
}

impl Slugs {
    /// The anchor of a heading.
    pub fn name(&mut self, heading: &str) -> String {
        let wanted = slug(heading);
        let mut name = wanted.clone();
        let number = self.numbers.entry(wanted.clone()).or_default();
        while !self.given.insert(name.clone()) {
            *number += 1;
            name = format!("{wanted}-{number}");
        }
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
    let lower = heading.trim().to_lowercase();
    lower.chars().filter(|&c| kept(c)).map(|c| if c == ' ' { '-' } else { c }).collect()
}
