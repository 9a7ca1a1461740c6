//! Formulas as elements of MathML (ISO 32000-2, 14.8.6.3; ISO 14289-2, 8.2.5.29).

use super::Plan;
use crate::format::Error;
use crate::layout::structure::StructId;
use crate::write::pdf::file::File;
use lopdf::{Dictionary, Object};

impl Plan<'_> {
    /// Writes the elements of a formula, the first under its own element; `first` is that one's object.
    pub(super) fn write_math(&self, n: usize, first: u32, file: &mut File<'_>) -> Result<(), Error> {
        let Some(elements) = self.structure.math().get(&StructId(n as u32)) else { return Ok(()) };
        let object = |number: u32| (first + number, 0);
        let mut kids: Vec<Vec<Object>> = vec![Vec::new(); elements.len()];
        for (element, number) in elements.iter().zip(0..).skip(1) {
            kids[element.parent as usize].push(Object::Reference(object(number)));
        }
        let marks = self.children.of(n).flat_map(|leaf| self.marks.of(leaf));
        for mark in marks.map(|&mark| self.record.marks[mark as usize]) {
            if let Some(kids) = mark.part.and_then(|part| kids.get_mut(part as usize)) {
                let mut reference = Dictionary::new();
                reference.set("Type", "MCR");
                reference.set("Pg", self.page(mark.page));
                reference.set("MCID", i64::from(mark.id));
                kids.push(reference.into());
            }
        }
        for ((element, number), kids) in elements.iter().zip(0..).zip(kids) {
            let mut dict = Dictionary::new();
            dict.set("S", element.name);
            dict.set("P", if number == 0 { (self.objects[n], 0) } else { object(element.parent) });
            if let Some(namespace) = self.mathml {
                dict.set("NS", namespace);
                if let Some((name, value)) = element.attribute {
                    let mut attributes = Dictionary::new();
                    attributes.set("O", "NSO");
                    attributes.set("NS", namespace);
                    attributes.set(name, Object::string_literal(value));
                    dict.set("A", attributes);
                }
            }
            if !kids.is_empty() {
                dict.set("K", kids);
            }
            file.object(object(number), dict)?;
        }
        Ok(())
    }
}
