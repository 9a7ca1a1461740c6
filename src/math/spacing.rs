//! The white between the parts of a formula, as TeX has it (The TeXbook, chapter 18), written into
//! operators where it is not what MathML's operator dictionary says.

use super::dictionary::{self, has};
use crate::model::{Form, Math, Operator};

/// What a part is to its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Ordinary,
    /// A sum, a function.
    Large,
    Binary,
    Relation,
    Open,
    Close,
    Punctuation,
    /// A fence with what is in it.
    Fenced,
    /// White space and the like, which is no neighbour.
    Nothing,
}

const THIN: i32 = 167;
const MEDIUM: i32 = 222;
const THICK: i32 = 278;

/// White between two parts; in scripts there is hardly any.
fn between(left: Class, right: Class, script: bool) -> i32 {
    use Class::*;
    let white = match (left, right) {
        (Ordinary | Close | Fenced | Large, Large) | (Large, Ordinary) => return THIN,
        (Large, Fenced) | (Punctuation, _) => THIN,
        (Binary, Ordinary | Large | Open | Fenced) | (Ordinary | Close | Fenced, Binary) => MEDIUM,
        (Relation, Ordinary | Large | Open | Fenced) | (Ordinary | Large | Close | Fenced, Relation) => THICK,
        _ => 0,
    };
    if script { 0 } else { white }
}

/// The operator at the core of a part, when the part is an operator with scripts, accents or a style.
pub(super) fn core_mut(math: &mut Math) -> Option<&mut Operator> {
    match math {
        Math::Operator(operator) => Some(operator),
        Math::Scripts { base, .. } | Math::Stack { base, .. } => core_mut(base),
        Math::Styled { body, .. } => core_mut(body),
        Math::Row { children } => {
            let mut solid = children.iter_mut().filter(|c| !matches!(c, Math::Space { .. }));
            match (solid.next(), solid.next()) {
                (Some(only), None) => core_mut(only),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The parts of a row with the white that TeX has between them.
pub(super) fn spaced(mut atoms: Vec<(Math, Class)>, script: bool) -> Vec<Math> {
    binary_or_sign(&mut atoms);
    let count = atoms.len();
    let classes: Vec<Class> = atoms.iter().map(|a| a.1).filter(|c| *c != Class::Nothing).collect();
    let mut out: Vec<Math> = Vec::with_capacity(count);
    let (mut nth, mut given) = (0, false);
    for (n, (mut math, class)) in atoms.into_iter().enumerate() {
        if class == Class::Nothing {
            out.push(math);
            continue;
        }
        let white = |left: Option<&Class>, right: Option<&Class>| match (left, right) {
            (Some(left), Some(right)) => between(*left, *right, script),
            _ => 0,
        };
        let before = if given || nth == 0 { 0 } else { white(classes.get(nth - 1), Some(&class)) };
        let after = white(Some(&class), classes.get(nth + 1));
        nth += 1;
        given = false;
        let place = match n {
            0 if count > 1 => Form::Prefix,
            _ if n + 1 == count && count > 1 => Form::Postfix,
            _ => Form::Infix,
        };
        // Signs between two parts have the white on both sides; of other parts it is a part itself.
        let takes = matches!(class, Class::Binary | Class::Relation | Class::Punctuation | Class::Large);
        match core_mut(&mut math) {
            Some(operator) => {
                if before > 0 && !takes {
                    out.push(Math::Space { width: before });
                }
                let wanted = if takes { (before, after) } else { (0, 0) };
                given = takes;
                place_operator(operator, place, wanted);
            }
            None if before > 0 => out.push(Math::Space { width: before }),
            None => {}
        }
        out.push(math);
    }
    out
}

/// Gives an operator its white, and keeps it from growing unless it was told to.
fn place_operator(operator: &mut Operator, place: Form, (before, after): (i32, i32)) {
    let known = dictionary::known(operator, place);
    // Browsers have white around it by an older dictionary.
    let doubtful = operator.text == "/";
    if operator.before.is_none() && (known.before != before || doubtful) {
        operator.before = Some(before);
    }
    if operator.after.is_none() && (known.after != after || doubtful) {
        operator.after = Some(after);
    }
    if operator.stretchy.is_none() && known.stretchy && !dictionary::grows_sideways(&operator.text) {
        operator.stretchy = Some(false);
    }
}

/// A sign between two parts is a sign of one part where nothing comes before it or after it.
fn binary_or_sign(atoms: &mut [(Math, Class)]) {
    use Class::*;
    let solid: Vec<usize> = (0..atoms.len()).filter(|n| atoms[*n].1 != Nothing).collect();
    for (nth, &n) in solid.iter().enumerate() {
        if atoms[n].1 != Binary {
            continue;
        }
        let left = nth.checked_sub(1).map(|l| atoms[solid[l]].1);
        let right = solid.get(nth + 1).map(|r| atoms[*r].1);
        let starts = matches!(left, None | Some(Binary | Relation | Open | Punctuation | Large));
        let ends = matches!(right, None | Some(Relation | Close | Punctuation));
        if starts || ends {
            atoms[n].1 = Ordinary;
            if let Some(operator) = core_mut(&mut atoms[n].0)
                && starts
                && n > 0
                && operator.form.is_none()
                && has(&operator.text, Form::Prefix)
            {
                operator.form = Some(Form::Prefix);
            }
        }
    }
}
