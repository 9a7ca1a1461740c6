//! The mathematical alphabets of Unicode (22.2).

/// An alphabet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alphabet {
    /// Upright letters, as in text.
    Roman,
    /// Bold.
    Bold,
    /// Italic.
    Italic,
    /// Bold italic.
    BoldItalic,
    /// Script.
    Script,
    /// Bold script.
    BoldScript,
    /// Fraktur.
    Fraktur,
    /// Double-struck.
    DoubleStruck,
    /// Sans-serif.
    Sans,
    /// Typewriter.
    Mono,
}

impl Alphabet {
    /// A character of this alphabet; what it has no letter for stays as it is.
    pub fn letter(self, c: char) -> char {
        self.mapped(c).unwrap_or(c)
    }

    fn mapped(self, c: char) -> Option<char> {
        // What was in Unicode before the alphabets were has its old place.
        let old = match (self, c) {
            (Alphabet::Italic, 'h') => 'ℎ',
            (Alphabet::Italic, 'ı') => '𝚤',
            (Alphabet::Italic, 'ȷ') => '𝚥',
            (Alphabet::Script, 'B') => 'ℬ',
            (Alphabet::Script, 'E') => 'ℰ',
            (Alphabet::Script, 'F') => 'ℱ',
            (Alphabet::Script, 'H') => 'ℋ',
            (Alphabet::Script, 'I') => 'ℐ',
            (Alphabet::Script, 'L') => 'ℒ',
            (Alphabet::Script, 'M') => 'ℳ',
            (Alphabet::Script, 'R') => 'ℛ',
            (Alphabet::Script, 'e') => 'ℯ',
            (Alphabet::Script, 'g') => 'ℊ',
            (Alphabet::Script, 'o') => 'ℴ',
            (Alphabet::Fraktur, 'C') => 'ℭ',
            (Alphabet::Fraktur, 'H') => 'ℌ',
            (Alphabet::Fraktur, 'I') => 'ℑ',
            (Alphabet::Fraktur, 'R') => 'ℜ',
            (Alphabet::Fraktur, 'Z') => 'ℨ',
            (Alphabet::DoubleStruck, 'C') => 'ℂ',
            (Alphabet::DoubleStruck, 'H') => 'ℍ',
            (Alphabet::DoubleStruck, 'N') => 'ℕ',
            (Alphabet::DoubleStruck, 'P') => 'ℙ',
            (Alphabet::DoubleStruck, 'Q') => 'ℚ',
            (Alphabet::DoubleStruck, 'R') => 'ℝ',
            (Alphabet::DoubleStruck, 'Z') => 'ℤ',
            _ => '\0',
        };
        if old != '\0' {
            return Some(old);
        }
        let (latin, greek, digits) = match self {
            Alphabet::Roman => return None,
            Alphabet::Bold => (0x1D400, Some(0x1D6A8), Some(0x1D7CE)),
            Alphabet::Italic => (0x1D434, Some(0x1D6E2), None),
            Alphabet::BoldItalic => (0x1D468, Some(0x1D71C), Some(0x1D7CE)),
            Alphabet::Script => (0x1D49C, None, None),
            Alphabet::BoldScript => (0x1D4D0, None, None),
            Alphabet::Fraktur => (0x1D504, None, None),
            Alphabet::DoubleStruck => (0x1D538, None, Some(0x1D7D8)),
            Alphabet::Sans => (0x1D5A0, None, Some(0x1D7E2)),
            Alphabet::Mono => (0x1D670, None, Some(0x1D7F6)),
        };
        let code = u32::from(c);
        let at = match c {
            'A'..='Z' => latin + code - 0x41,
            'a'..='z' => latin + 26 + code - 0x61,
            '0'..='9' => digits? + code - 0x30,
            'Α'..='Ω' if code != 0x3A2 => greek? + code - 0x391,
            'ϴ' => greek? + 17,
            '∇' => greek? + 25,
            'α'..='ω' => greek? + 26 + code - 0x3B1,
            '∂' => greek? + 51,
            'ϵ' => greek? + 52,
            'ϑ' => greek? + 53,
            'ϰ' => greek? + 54,
            'ϕ' => greek? + 55,
            'ϱ' => greek? + 56,
            'ϖ' => greek? + 57,
            _ => return None,
        };
        char::from_u32(at)
    }
}

/// The letter that a letter of an alphabet is a form of, and the alphabet.
pub fn plain(c: char) -> Option<(char, Alphabet)> {
    const ALPHABETS: [Alphabet; 9] = [
        Alphabet::Bold,
        Alphabet::Italic,
        Alphabet::BoldItalic,
        Alphabet::Script,
        Alphabet::BoldScript,
        Alphabet::Fraktur,
        Alphabet::DoubleStruck,
        Alphabet::Sans,
        Alphabet::Mono,
    ];
    if !matches!(c, '\u{2100}'..='\u{213F}' | '\u{1D400}'..='\u{1D7FF}') {
        return None;
    }
    let letters = ('A'..='Z').chain('a'..='z').chain('0'..='9').chain('Α'..='Ω').chain('α'..='ω');
    let letters = letters.chain("ıȷϴ∇∂ϵϑϰϕϱϖ".chars());
    letters
        .flat_map(|l| ALPHABETS.map(|a| (l, a)))
        .find(|(letter, alphabet)| alphabet.mapped(*letter) == Some(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_their_places() {
        assert_eq!(Alphabet::Italic.letter('x'), '𝑥');
        assert_eq!(Alphabet::Italic.letter('h'), 'ℎ');
        assert_eq!(Alphabet::Bold.letter('Ω'), '𝛀');
        assert_eq!(Alphabet::DoubleStruck.letter('R'), 'ℝ');
        assert_eq!(Alphabet::Italic.letter('ϕ'), '𝜙');
        assert_eq!(Alphabet::Sans.letter('α'), 'α');
        assert_eq!(plain('ℝ'), Some(('R', Alphabet::DoubleStruck)));
        assert_eq!(plain('𝛀'), Some(('Ω', Alphabet::Bold)));
        assert_eq!(plain('x'), None);
    }
}
