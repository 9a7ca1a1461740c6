//! The sections of an article and their numbers.

/// The sections that are open, by the headings met so far.
#[derive(Default)]
pub(super) struct Sections {
    /// Their levels.
    levels: Vec<u8>,
    /// Their numbers.
    numbers: Vec<u32>,
}

impl Sections {
    /// Closes the sections that a heading of this level ends, and opens its own.
    pub fn open(&mut self, level: u8) {
        while self.levels.last().is_some_and(|&open| open >= level) {
            self.levels.pop();
        }
        let depth = self.levels.len();
        self.numbers.resize(depth + 1, 0);
        self.numbers[depth] += 1;
        self.levels.push(level);
    }

    /// What stands before the words of a numbered heading, such as `2.1` and a space.
    pub fn prefix(&self) -> String {
        let numbers: Vec<String> = self.numbers.iter().map(u32::to_string).collect();
        format!("{}\u{2002}", numbers.join("."))
    }
}
