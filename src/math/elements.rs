//! A formula as the elements of MathML that it is, by number: what is drawn of it refers to them.

use crate::model::{Enclosure, Math};
use std::collections::HashMap;

/// An element of MathML in a formula.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MathElement {
    pub name: &'static str,
    /// The number of the element that it is in; the first is in none.
    pub parent: u32,
    /// What it says of itself.
    pub attribute: Option<(&'static str, &'static str)>,
}

/// The elements of a formula, in reading order. The first is the `math` that holds all of it.
pub(crate) struct MathElements {
    elements: Vec<MathElement>,
    /// The numbers of its signs and words, by where they are in memory.
    numbers: HashMap<usize, u32>,
}

/// Which of the parts of a formula are drawn, each with the number of its element.
#[derive(Default)]
pub(crate) struct Drawn(HashMap<usize, u32>);

impl Drawn {
    /// Of a formula, for as long as it stays where it is.
    pub fn of(math: &Math) -> Self {
        Drawn(MathElements::of(math, false).numbers)
    }

    /// The number of a part's element, when it is a sign or words.
    pub fn number(&self, part: &Math) -> Option<u32> {
        self.0.get(&address(part)).copied()
    }
}

fn address(part: &Math) -> usize {
    std::ptr::from_ref(part).addr()
}

/// The elements of a formula, on a line of its own or in one.
pub(crate) fn elements(math: &Math, display: bool) -> Vec<MathElement> {
    MathElements::of(math, display).elements
}

impl MathElements {
    fn of(math: &Math, display: bool) -> Self {
        let attribute = display.then_some(("display", "block"));
        let root = MathElement { name: "math", parent: 0, attribute };
        let mut all = MathElements { elements: vec![root], numbers: HashMap::new() };
        all.add(math, 0);
        all
    }

    fn element(
        &mut self,
        name: &'static str,
        parent: u32,
        attribute: Option<(&'static str, &'static str)>,
    ) -> u32 {
        self.elements.push(MathElement { name, parent, attribute });
        self.elements.len() as u32 - 1
    }

    fn token(
        &mut self,
        math: &Math,
        name: &'static str,
        parent: u32,
        attribute: Option<(&'static str, &'static str)>,
    ) {
        let number = self.element(name, parent, attribute);
        self.numbers.insert(address(math), number);
    }

    fn holder<'m>(
        &mut self,
        name: &'static str,
        parent: u32,
        attribute: Option<(&'static str, &'static str)>,
        children: impl IntoIterator<Item = &'m Math>,
    ) {
        let number = self.element(name, parent, attribute);
        children.into_iter().for_each(|child| self.add(child, number));
    }

    /// An element for what stands somewhere, or for nothing.
    fn given(&mut self, math: Option<&Math>, parent: u32) {
        match math {
            Some(math) => self.add(math, parent),
            None => drop(self.element("none", parent, None)),
        }
    }

    fn add(&mut self, math: &Math, parent: u32) {
        match math {
            Math::Row { children } => self.holder("mrow", parent, None, children),
            Math::Identifier { upright, .. } => {
                self.token(math, "mi", parent, upright.then_some(("mathvariant", "normal")));
            }
            Math::Number { .. } => self.token(math, "mn", parent, None),
            Math::Operator(_) => self.token(math, "mo", parent, None),
            Math::Words { .. } => self.token(math, "mtext", parent, None),
            Math::Space { .. } => drop(self.element("mspace", parent, None)),
            Math::Fraction { numerator, denominator, thickness } => {
                let attribute = (*thickness == Some(0)).then_some(("linethickness", "0"));
                self.holder("mfrac", parent, attribute, [&**numerator, &**denominator]);
            }
            Math::Root { radicand, index: None } => self.holder("msqrt", parent, None, [&**radicand]),
            Math::Root { radicand, index: Some(index) } => {
                self.holder("mroot", parent, None, [&**radicand, &**index]);
            }
            Math::Scripts { base, sub, sup, presub: None, presup: None } => {
                let name = match (sub, sup) {
                    (Some(_), Some(_)) => "msubsup",
                    (Some(_), None) => "msub",
                    (None, Some(_)) => "msup",
                    (None, None) => "mrow",
                };
                let scripts = [sub.as_deref(), sup.as_deref()].into_iter().flatten();
                self.holder(name, parent, None, std::iter::once(&**base).chain(scripts));
            }
            Math::Scripts { base, sub, sup, presub, presup } => {
                let number = self.element("mmultiscripts", parent, None);
                self.add(base, number);
                self.given(sub.as_deref(), number);
                self.given(sup.as_deref(), number);
                self.element("mprescripts", number, None);
                self.given(presub.as_deref(), number);
                self.given(presup.as_deref(), number);
            }
            Math::Stack { base, under, over, accent } => {
                let (name, attribute) = match (under, over) {
                    (Some(_), Some(_)) => ("munderover", ("accent", "true")),
                    (Some(_), None) => ("munder", ("accentunder", "true")),
                    (None, Some(_)) => ("mover", ("accent", "true")),
                    (None, None) => ("mrow", ("", "")),
                };
                let attribute = (*accent && name != "mrow").then_some(attribute);
                let parts = [under.as_deref(), over.as_deref()].into_iter().flatten();
                self.holder(name, parent, attribute, std::iter::once(&**base).chain(parts));
            }
            Math::Table(table) => {
                let number = self.element("mtable", parent, None);
                for row in &table.rows {
                    let at = self.element("mtr", number, None);
                    for cell in row.cells.iter().chain(&row.tag) {
                        self.holder("mtd", at, None, [cell]);
                    }
                }
            }
            Math::Phantom { body, .. } => self.holder("mphantom", parent, None, [&**body]),
            Math::Padded { body, .. } => self.holder("mpadded", parent, None, [&**body]),
            Math::Styled { body, .. } => self.holder("mstyle", parent, None, [&**body]),
            Math::Enclosed { body, notation } => {
                let notation = match notation {
                    Enclosure::Box => "box",
                    Enclosure::UpStrike => "updiagonalstrike",
                    Enclosure::DownStrike => "downdiagonalstrike",
                    Enclosure::CrossStrike => "updiagonalstrike downdiagonalstrike",
                    Enclosure::LineStrike => "horizontalstrike",
                };
                self.holder("menclose", parent, Some(("notation", notation)), [&**body]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::tex;

    #[test]
    fn a_formula_is_elements_in_reading_order() {
        let names = |tex: &str| {
            let tree = tex::read(tex, false).unwrap();
            elements(&tree, false).iter().map(|element| element.name).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(names("x^2"), "math msup mi mn");
        assert_eq!(names("\\sqrt[3]{a+1}"), "math mroot mrow mi mo mn mn");
        assert_eq!(names("\\frac{a}{b_i}"), "math mfrac mi msub mi mi");
        assert_eq!(names("\\begin{matrix}a&b\\end{matrix}"), "math mtable mtr mtd mi mtd mi");
    }

    #[test]
    fn signs_and_words_alone_are_drawn() {
        let tree = tex::read("\\frac{a}{b}", false).unwrap();
        let drawn = Drawn::of(&tree);
        assert_eq!(drawn.number(&tree), None);
        assert_eq!(
            tree.children().iter().map(|part| drawn.number(part)).collect::<Vec<_>>(),
            [Some(2), Some(3)]
        );
    }
}
