//! A text being decoded.

use crate::model::Span;

/// A text being decoded, and where U+FFFD was put into it.
#[derive(Default)]
pub(super) struct Replacing {
    pub text: String,
    pub invalid: Places,
    pub nul: Places,
}

/// The first places of a kind, one more than are named, and how many there are of it.
#[derive(Default)]
pub(super) struct Places {
    pub first: Vec<Place>,
    pub count: usize,
}

/// The span of a U+FFFD in the decoded text and the offset of what it stands for in the original.
pub(super) type Place = (Span, usize);

impl Places {
    pub fn push(&mut self, place: Place) {
        if self.first.len() <= NAMED {
            self.first.push(place);
        }
        self.count += 1;
    }
}

impl Replacing {
    pub fn replacement(&mut self, offset: usize) -> Place {
        let start = self.text.len();
        self.text.push(char::REPLACEMENT_CHARACTER);
        (Span::new(start, self.text.len()), offset)
    }

    pub fn invalid(&mut self, offset: usize) {
        let place = self.replacement(offset);
        self.invalid.push(place);
    }

    pub fn char(&mut self, c: char, offset: usize) {
        if c == '\0' {
            let place = self.replacement(offset);
            self.nul.push(place);
        } else {
            self.text.push(c);
        }
    }
}

/// How many places of a kind are named before only their number is given.
pub(super) const NAMED: usize = 10;
