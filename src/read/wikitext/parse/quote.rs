//! Bold and italic by MediaWiki's rules for apostrophes: one line at a time.

/// What apostrophes mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quote {
    /// By two apostrophes.
    Italic,
    /// By three.
    Bold,
}

/// A run of at least two apostrophes.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// How many; reduced to what counts as mark-up, the rest is text before it.
    pub count: usize,
    /// Whether a space stands right before the run, and how long the word before it is.
    pub before: Before,
}

/// What stands before a run: it decides which one of unbalanced runs is an apostrophe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// A space.
    Space,
    /// A word of a single letter.
    Letter,
    /// A longer word.
    Word,
}

/// Decides for each run how many of its apostrophes, counted from its end, are mark-up: 0, 2, 3 or 5.
pub fn resolve(runs: &mut [Run]) {
    let (mut italic, mut bold) = (0usize, 0usize);
    for run in runs.iter_mut() {
        run.count = match run.count {
            0 | 1 => 0,
            2 => 2,
            3 | 4 => 3,
            _ => 5,
        };
        italic += usize::from(run.count == 2 || run.count == 5);
        bold += usize::from(run.count == 3 || run.count == 5);
    }
    // Both odd: one of the bold runs is an apostrophe and an italic run.
    if bold % 2 == 1 && italic % 2 == 1 {
        let first = |wanted: Before| runs.iter().position(|r| r.count == 3 && r.before == wanted);
        let letter = first(Before::Letter);
        if let Some(i) = letter.or_else(|| first(Before::Word)).or_else(|| first(Before::Space)) {
            runs[i].count = 2;
        }
    }
}

/// Which styles are open, the outer one first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    #[default]
    None,
    Italic,
    Bold,
    /// Bold outside, italic inside.
    BoldItalic,
    /// Italic outside, bold inside.
    ItalicBold,
    /// Both, in an order that the next run decides.
    Both,
}

/// One step: a tag to open (`true`) or close.
pub type Step = (Quote, bool);

/// What a run of so many apostrophes does. At an undecided [`State::Both`] the order was chosen in
/// advance by [`first_closed`].
pub fn step(state: State, count: usize) -> (State, &'static [Step]) {
    use Quote::{Bold as B, Italic as I};
    match (state, count) {
        (State::None, 2) => (State::Italic, &[(I, true)]),
        (State::None, 3) => (State::Bold, &[(B, true)]),
        (State::None, 5) => (State::Both, &[]),
        (State::Italic, 2) => (State::None, &[(I, false)]),
        (State::Italic, 3) => (State::ItalicBold, &[(B, true)]),
        (State::Italic, 5) => (State::Bold, &[(I, false), (B, true)]),
        (State::Bold, 2) => (State::BoldItalic, &[(I, true)]),
        (State::Bold, 3) => (State::None, &[(B, false)]),
        (State::Bold, 5) => (State::Italic, &[(B, false), (I, true)]),
        (State::BoldItalic, 2) => (State::Bold, &[(I, false)]),
        (State::BoldItalic, 3) => (State::Italic, &[(I, false), (B, false), (I, true)]),
        (State::BoldItalic, 5) => (State::None, &[(I, false), (B, false)]),
        (State::ItalicBold, 2) => (State::Bold, &[(B, false), (I, false), (B, true)]),
        (State::ItalicBold, 3) => (State::Italic, &[(B, false)]),
        (State::ItalicBold, 5) => (State::None, &[(B, false), (I, false)]),
        (state, _) => (state, &[]),
    }
}

/// After five apostrophes: the state that lets the next run close the inner style.
pub fn first_closed(next: Option<usize>) -> (State, &'static [Step]) {
    use Quote::{Bold as B, Italic as I};
    match next {
        Some(3) => (State::ItalicBold, &[(I, true), (B, true)]),
        Some(2) => (State::BoldItalic, &[(B, true), (I, true)]),
        Some(_) => (State::ItalicBold, &[(I, true), (B, true)]),
        None => (State::BoldItalic, &[(B, true), (I, true)]),
    }
}

/// What is still open at the end of the line, in the order it is closed.
pub fn unclosed(state: State) -> &'static [Quote] {
    use Quote::{Bold as B, Italic as I};
    match state {
        State::None | State::Both => &[],
        State::Italic => &[I],
        State::Bold => &[B],
        State::BoldItalic => &[I, B],
        State::ItalicBold => &[B, I],
    }
}
