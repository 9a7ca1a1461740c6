//! Character protrusion: light characters at the ends of a line hang a little into the margin, so
//! that the margin looks straight.

/// How much of its advance a character hangs out at the start of a line, in thousandths.
pub(super) fn at_start(c: char) -> i64 {
    match c {
        '“' | '”' | '„' | '‘' | '’' | '‚' | '"' | '\'' => 500,
        '«' | '»' | '‹' | '›' => 400,
        '(' | '[' | '{' => 60,
        'A' | 'T' | 'V' | 'W' | 'Y' => 50,
        _ => 0,
    }
}

/// How much of its advance a character hangs out at the end of a line, in thousandths.
pub(super) fn at_end(c: char) -> i64 {
    match c {
        '.' | ',' | '-' | '\u{AD}' | '\u{2010}' | '،' | '۔' => 600,
        '“' | '”' | '„' | '‘' | '’' | '"' | '\'' => 500,
        '«' | '»' | '‹' | '›' => 400,
        ':' | ';' | '؛' => 400,
        // A danda is a stroke of a letter's height.
        '।' | '॥' => 300,
        '!' | '?' | '…' => 150,
        '–' | '—' => 200,
        ')' | ']' | '}' => 60,
        'A' | 'F' | 'P' | 'T' | 'V' | 'W' | 'Y' | 'r' | 'v' | 'w' | 'y' => 50,
        _ => 0,
    }
}
