//! The operator dictionary of MathML Core (appendix B), in its compact form.

use crate::model::{Form, Operator};

/// What an operator does where it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Properties {
    /// White before it, in thousandths of the em.
    pub before: i32,
    /// White after it.
    pub after: i32,
    /// Grows with what is beside it, or over and under it.
    pub stretchy: bool,
    /// Grows to both sides of the axis alike.
    pub symmetric: bool,
    /// Is larger in displayed formulas.
    pub large: bool,
    /// What is over and under it stands beside it in running text.
    pub movable_limits: bool,
}

const THICK: i32 = 278;
const MEDIUM: i32 = 222;
const THIN: i32 = 167;

/// What holds of an operator that the dictionary does not have.
const UNKNOWN: Properties = Properties {
    before: THICK,
    after: THICK,
    stretchy: false,
    symmetric: false,
    large: false,
    movable_limits: false,
};

/// What the dictionary says of an operator in a form, or else in another form.
pub fn lookup(text: &str, form: Form) -> Properties {
    // Between two parts these are what operators are of which nothing is known.
    if form == Form::Infix && matches!(text, "|" | "∼") {
        return UNKNOWN;
    }
    let forms = [form, Form::Infix, Form::Postfix, Form::Prefix];
    forms.into_iter().find_map(|form| category(text, form)).map_or(UNKNOWN, properties)
}

/// What the dictionary says of an operator: in the form that it names, or else in that of its place
/// or another one.
pub fn known(operator: &Operator, place: Form) -> Properties {
    match operator.form {
        Some(form) => category(&operator.text, form).map_or(UNKNOWN, properties),
        None => lookup(&operator.text, place),
    }
}

/// What holds of an operator where it stands: what it says itself, or else the dictionary.
pub fn of(operator: &Operator, place: Form) -> Properties {
    let known = known(operator, place);
    Properties {
        before: operator.before.unwrap_or(known.before),
        after: operator.after.unwrap_or(known.after),
        stretchy: operator.stretchy.unwrap_or(known.stretchy),
        symmetric: operator.symmetric.unwrap_or(known.symmetric),
        large: operator.large.unwrap_or(known.large),
        movable_limits: operator.movable_limits.unwrap_or(known.movable_limits),
    }
}

/// Whether an operator is known in a form.
pub fn has(text: &str, form: Form) -> bool {
    category(text, form).is_some()
}

/// The category of appendix B, when it has the operator in that form.
fn category(text: &str, form: Form) -> Option<u8> {
    let mut chars = text.chars();
    let (first, second) = (chars.next()?, chars.next());
    if second.is_some() {
        let category = match (text, form) {
            ("!!" | "++" | "--", Form::Postfix) => b'E',
            ("||", Form::Prefix) => b'F',
            ("||", Form::Postfix) => b'G',
            ("&&" | "->", Form::Infix) => return None,
            ("**" | "*=" | "+=" | "-=" | "/=" | ":=" | "==" | "!=" | ">=" | "<=", Form::Infix) => {
                return None;
            }
            // A sign that is struck through goes as the sign does.
            _ if second == Some('\u{338}') => return self::category(first.encode_utf8(&mut [0; 4]), form),
            _ => return None,
        };
        return Some(category);
    }
    let code = u16::try_from(u32::from(first)).ok()?;
    let table = match form {
        Form::Prefix => PREFIX,
        Form::Infix => INFIX,
        Form::Postfix => POSTFIX,
    };
    let at = table.partition_point(|(_, last, _)| *last < code);
    table.get(at).filter(|(start, ..)| *start <= code).map(|entry| entry.2)
}

fn properties(category: u8) -> Properties {
    let none = Properties::default();
    let white = |before, after| Properties { before, after, ..none };
    match category {
        b'A' => Properties { stretchy: true, ..white(THICK, THICK) },
        b'B' => white(MEDIUM, MEDIUM),
        b'C' => white(THIN, THIN),
        b'F' | b'G' => Properties { stretchy: true, symmetric: true, ..none },
        b'H' => Properties { symmetric: true, large: true, ..white(THIN, THIN) },
        b'I' => Properties { stretchy: true, ..none },
        b'J' => Properties { symmetric: true, large: true, movable_limits: true, ..white(THIN, THIN) },
        b'L' => white(THIN, 0),
        b'M' => white(0, THIN),
        _ => none,
    }
}

/// Whether an operator grows from left to right rather than from top to bottom (appendix B.3).
pub fn grows_sideways(text: &str) -> bool {
    let mut chars = text.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return false };
    matches!(
        u32::from(c),
        0x3D | 0x5E | 0x5F | 0x7E | 0xAF | 0x2C6 | 0x2C7 | 0x2C9 | 0x2CD | 0x2DC | 0x2F7 | 0x302 | 0x332
            | 0x203E | 0x20D0..=0x20D1 | 0x20D6..=0x20D7 | 0x20E1 | 0x2190 | 0x2192 | 0x2194
            | 0x2198..=0x2199 | 0x219A..=0x21A4 | 0x21A6 | 0x21A9..=0x21AE | 0x21B9 | 0x21BC..=0x21BD
            | 0x21C0..=0x21C1 | 0x21C4 | 0x21C6..=0x21C7 | 0x21C9 | 0x21CB..=0x21D0 | 0x21D2 | 0x21D4
            | 0x21DA..=0x21DD | 0x21E0 | 0x21E2 | 0x21E4..=0x21E6 | 0x21E8 | 0x21F0 | 0x21F4 | 0x21F6..=0x21FF
            | 0x2322..=0x2323 | 0x23B4..=0x23B5 | 0x23DC..=0x23E1 | 0x27F5..=0x27F7 | 0x27F8..=0x27FF
            | 0x2900..=0x2907 | 0x290C..=0x2911 | 0x2914..=0x2918 | 0x2945 | 0x2948 | 0x294A..=0x294B
            | 0x294E | 0x2950 | 0x2952..=0x2953 | 0x2956..=0x2957 | 0x295A..=0x295B | 0x295E..=0x295F
            | 0x2B45..=0x2B46
    )
}

/// Operators in prefix form: first character, last, category.
#[rustfmt::skip]
static PREFIX: &[(u16, u16, u8)] = &[
    (0x21, 0x21, b'D'), (0x28, 0x28, b'F'), (0x2B, 0x2B, b'D'), (0x2D, 0x2D, b'D'), (0x5B, 0x5B, b'F'),
    (0x7B, 0x7C, b'F'), (0xAC, 0xAC, b'D'), (0xB1, 0xB1, b'D'), (0x331, 0x331, b'D'), (0x2016, 0x2016, b'F'),
    (0x2018, 0x2018, b'D'), (0x201C, 0x201C, b'D'), (0x2145, 0x2146, b'L'), (0x2200, 0x2201, b'D'),
    (0x2202, 0x2202, b'L'), (0x2203, 0x2204, b'D'), (0x2207, 0x2207, b'D'), (0x220F, 0x2211, b'J'),
    (0x2212, 0x2213, b'D'), (0x221A, 0x221C, b'L'), (0x221F, 0x2222, b'D'), (0x222B, 0x2233, b'H'),
    (0x2234, 0x2235, b'D'), (0x223C, 0x223C, b'D'), (0x22BE, 0x22BF, b'D'), (0x22C0, 0x22C3, b'J'),
    (0x2308, 0x2308, b'F'), (0x230A, 0x230A, b'F'), (0x2310, 0x2310, b'D'), (0x2319, 0x2319, b'D'),
    (0x2329, 0x2329, b'F'), (0x2772, 0x2772, b'F'), (0x2795, 0x2796, b'D'), (0x27C0, 0x27C0, b'D'),
    (0x27E6, 0x27E6, b'F'), (0x27E8, 0x27E8, b'F'), (0x27EA, 0x27EA, b'F'), (0x27EC, 0x27EC, b'F'),
    (0x27EE, 0x27EE, b'F'), (0x2980, 0x2980, b'F'), (0x2983, 0x2983, b'F'), (0x2985, 0x2985, b'F'),
    (0x2987, 0x2987, b'F'), (0x2989, 0x2989, b'F'), (0x298B, 0x298B, b'F'), (0x298D, 0x298D, b'F'),
    (0x298F, 0x298F, b'F'), (0x2991, 0x2991, b'F'), (0x2993, 0x2993, b'F'), (0x2995, 0x2995, b'F'),
    (0x2997, 0x2997, b'F'), (0x2999, 0x2999, b'F'), (0x299B, 0x29AF, b'D'), (0x29D8, 0x29D8, b'F'),
    (0x29DA, 0x29DA, b'F'), (0x29FC, 0x29FC, b'F'), (0x2A00, 0x2A0A, b'J'), (0x2A0B, 0x2A1C, b'H'),
    (0x2A1D, 0x2A1E, b'J'), (0x2AEC, 0x2AED, b'D'), (0x2AFC, 0x2AFC, b'J'), (0x2AFF, 0x2AFF, b'J'),
];

/// Operators in infix form: first character, last, category.
#[rustfmt::skip]
static INFIX: &[(u16, u16, u8)] = &[
    (0x25, 0x25, b'C'), (0x2A, 0x2A, b'C'), (0x2B, 0x2B, b'B'), (0x2C, 0x2C, b'M'), (0x2D, 0x2D, b'B'),
    (0x2E, 0x2E, b'C'), (0x2F, 0x2F, b'K'), (0x3A, 0x3B, b'M'), (0x3F, 0x40, b'C'), (0x5C, 0x5C, b'K'),
    (0x5E, 0x5E, b'C'), (0x5F, 0x5F, b'K'), (0xB1, 0xB1, b'B'), (0xB7, 0xB7, b'C'), (0xD7, 0xD7, b'C'),
    (0xF7, 0xF7, b'B'), (0x322, 0x322, b'B'), (0x323, 0x323, b'C'), (0x32E, 0x32E, b'C'),
    (0x2022, 0x2022, b'C'), (0x2043, 0x2043, b'C'), (0x2044, 0x2044, b'B'), (0x2061, 0x2064, b'K'),
    (0x2190, 0x2195, b'A'), (0x219A, 0x21AE, b'A'), (0x21B0, 0x21B5, b'A'), (0x21B9, 0x21B9, b'A'),
    (0x21BC, 0x21D5, b'A'), (0x21DA, 0x21F0, b'A'), (0x21F3, 0x21FF, b'A'), (0x2206, 0x2206, b'K'),
    (0x2212, 0x2216, b'B'), (0x2217, 0x2219, b'C'), (0x2227, 0x222A, b'B'), (0x2236, 0x2236, b'B'),
    (0x2238, 0x2238, b'B'), (0x2240, 0x2240, b'C'), (0x228C, 0x228E, b'B'), (0x2293, 0x2296, b'B'),
    (0x2297, 0x2297, b'C'), (0x2298, 0x2298, b'B'), (0x2299, 0x229B, b'C'), (0x229D, 0x229F, b'B'),
    (0x22A0, 0x22A1, b'C'), (0x22BA, 0x22BA, b'C'), (0x22BB, 0x22BD, b'B'), (0x22C4, 0x22C7, b'C'),
    (0x22C9, 0x22CC, b'C'), (0x22CE, 0x22CF, b'B'), (0x22D2, 0x22D3, b'B'), (0x2305, 0x2306, b'C'),
    (0x2794, 0x2794, b'A'), (0x2795, 0x2797, b'B'), (0x2799, 0x2799, b'A'), (0x279B, 0x27A1, b'A'),
    (0x27A5, 0x27A6, b'A'), (0x27A8, 0x27AF, b'A'), (0x27B1, 0x27B1, b'A'), (0x27B3, 0x27B3, b'A'),
    (0x27B5, 0x27B5, b'A'), (0x27B8, 0x27B8, b'A'), (0x27BA, 0x27BE, b'A'), (0x27CB, 0x27CB, b'C'),
    (0x27CD, 0x27CD, b'C'), (0x27F0, 0x27F1, b'A'), (0x27F4, 0x27FF, b'A'), (0x2900, 0x2920, b'A'),
    (0x2934, 0x2937, b'A'), (0x2942, 0x2975, b'A'), (0x297C, 0x297F, b'A'), (0x29B8, 0x29B8, b'B'),
    (0x29BC, 0x29BC, b'B'), (0x29C4, 0x29C5, b'B'), (0x29C6, 0x29C8, b'C'), (0x29D4, 0x29D7, b'C'),
    (0x29E2, 0x29E2, b'C'), (0x29F5, 0x29FB, b'B'), (0x2A1D, 0x2A1E, b'C'), (0x2A1F, 0x2A2E, b'B'),
    (0x2A2F, 0x2A37, b'C'), (0x2A38, 0x2A3A, b'B'), (0x2A3B, 0x2A3D, b'C'), (0x2A3E, 0x2A3E, b'B'),
    (0x2A3F, 0x2A3F, b'C'), (0x2A40, 0x2A4F, b'B'), (0x2A50, 0x2A50, b'C'), (0x2A51, 0x2A63, b'B'),
    (0x2A64, 0x2A65, b'C'), (0x2ADB, 0x2ADB, b'B'), (0x2ADC, 0x2ADD, b'C'), (0x2AF6, 0x2AF6, b'B'),
    (0x2AFB, 0x2AFB, b'B'), (0x2AFD, 0x2AFD, b'B'), (0x2AFE, 0x2AFE, b'C'), (0x2B04, 0x2B07, b'A'),
    (0x2B0C, 0x2B11, b'A'), (0x2B30, 0x2B3E, b'A'), (0x2B40, 0x2B4C, b'A'), (0x2B60, 0x2B65, b'A'),
    (0x2B6A, 0x2B6D, b'A'), (0x2B70, 0x2B73, b'A'), (0x2B7A, 0x2B7D, b'A'), (0x2B80, 0x2B87, b'A'),
    (0x2B95, 0x2B95, b'A'), (0x2BA0, 0x2BAF, b'A'), (0x2BB8, 0x2BB8, b'A'),
];

/// Operators in postfix form: first character, last, category.
#[rustfmt::skip]
static POSTFIX: &[(u16, u16, u8)] = &[
    (0x21, 0x22, b'E'), (0x25, 0x27, b'E'), (0x29, 0x29, b'G'), (0x5D, 0x5D, b'G'), (0x5E, 0x5F, b'I'),
    (0x60, 0x60, b'E'), (0x7C, 0x7D, b'G'), (0x7E, 0x7E, b'I'), (0xA8, 0xA8, b'E'), (0xAF, 0xAF, b'I'),
    (0xB0, 0xB0, b'E'), (0xB2, 0xB4, b'E'), (0xB8, 0xB9, b'E'), (0x2C6, 0x2C7, b'I'), (0x2C9, 0x2C9, b'I'),
    (0x2CA, 0x2CB, b'E'), (0x2CD, 0x2CD, b'I'), (0x2D8, 0x2DA, b'E'), (0x2DC, 0x2DC, b'I'),
    (0x2DD, 0x2DD, b'E'), (0x2F7, 0x2F7, b'I'), (0x302, 0x302, b'I'), (0x311, 0x311, b'E'),
    (0x320, 0x320, b'E'), (0x325, 0x325, b'E'), (0x327, 0x327, b'E'), (0x331, 0x331, b'E'),
    (0x2016, 0x2016, b'G'), (0x2019, 0x201B, b'E'), (0x201D, 0x201F, b'E'), (0x2032, 0x2037, b'E'),
    (0x203E, 0x203E, b'I'), (0x2057, 0x2057, b'E'), (0x20DB, 0x20DC, b'E'), (0x2309, 0x2309, b'G'),
    (0x230B, 0x230B, b'G'), (0x2322, 0x2323, b'I'), (0x232A, 0x232A, b'G'), (0x23B4, 0x23B5, b'I'),
    (0x23CD, 0x23CD, b'E'), (0x23DC, 0x23E1, b'I'), (0x2773, 0x2773, b'G'), (0x27E7, 0x27E7, b'G'),
    (0x27E9, 0x27E9, b'G'), (0x27EB, 0x27EB, b'G'), (0x27ED, 0x27ED, b'G'), (0x27EF, 0x27EF, b'G'),
    (0x2980, 0x2980, b'G'), (0x2984, 0x2984, b'G'), (0x2986, 0x2986, b'G'), (0x2988, 0x2988, b'G'),
    (0x298A, 0x298A, b'G'), (0x298C, 0x298C, b'G'), (0x298E, 0x298E, b'G'), (0x2990, 0x2990, b'G'),
    (0x2992, 0x2992, b'G'), (0x2994, 0x2994, b'G'), (0x2996, 0x2996, b'G'), (0x2998, 0x2999, b'G'),
    (0x29D9, 0x29D9, b'G'), (0x29DB, 0x29DB, b'G'), (0x29FD, 0x29FD, b'G'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_have_the_properties_of_the_standard() {
        assert_eq!(lookup("=", Form::Infix).before, THICK);
        assert_eq!(lookup("+", Form::Infix).before, MEDIUM);
        assert_eq!(lookup("+", Form::Prefix).before, 0);
        assert!(lookup("∑", Form::Infix).movable_limits && lookup("∑", Form::Infix).large);
        assert!(lookup("∫", Form::Prefix).large && !lookup("∫", Form::Prefix).movable_limits);
        assert!(lookup("(", Form::Prefix).stretchy && lookup(")", Form::Postfix).symmetric);
        assert_eq!((lookup(",", Form::Infix).before, lookup(",", Form::Infix).after), (0, THIN));
        assert!(has("−", Form::Prefix) && !has("×", Form::Prefix));
        assert!(lookup("|", Form::Prefix).stretchy && lookup("|", Form::Infix) == UNKNOWN);
    }

    #[test]
    fn a_form_that_is_named_is_no_other() {
        let named = Operator { form: Some(Form::Prefix), ..Operator::new(")") };
        assert_eq!(known(&named, Form::Postfix), UNKNOWN);
        assert!(known(&Operator::new(")"), Form::Prefix).stretchy);
    }
}
