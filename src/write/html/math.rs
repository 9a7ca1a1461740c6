//! Formulas as MathML, or as their TeX where that can't be read.

use super::escape::{is_forbidden, push_text};
use super::writer::ContentWriter;
use crate::math::{self, mathml};
use crate::model::{Formula, Span};

impl ContentWriter<'_, '_> {
    /// A formula as MathML, which carries its source for who reads TeX, or as its source alone.
    pub(super) fn math(&mut self, formula: &Formula, span: Span, display: bool) {
        match math::tree(formula, display) {
            Ok(tree) => {
                mathml::write(formula, &tree, display, &mut self.out);
                self.count_removed(formula.tex.chars().filter(|c| is_forbidden(*c)).count(), span);
                self.page.mathml = true;
                self.content.facts.mathml += 1;
            }
            Err(unread) => {
                self.cx.report(math::as_source(formula, &unread, span));
                self.out.push_str("<code class=\"tex\">");
                let removed = push_text(&mut self.out, &formula.tex);
                self.count_removed(removed, span);
                self.out.push_str("</code>");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::math::{mathml, tree};
    use crate::model::Formula;

    fn mathml(tex: &str) -> Option<String> {
        let formula = Formula::tex(tex);
        let tree = tree(&formula, false).ok()?;
        let mut out = String::new();
        mathml::write(&formula, &tree, false, &mut out);
        Some(out)
    }

    #[test]
    fn what_is_written_is_well_formed_whatever_is_read() {
        // All short strings over what TeX gives meaning to.
        const PIECES: &[&str] = &[
            "\\",
            "{",
            "}",
            "^",
            "_",
            "&",
            "#",
            "%",
            "$",
            "x",
            "1",
            " ",
            "'",
            "é",
            "<",
            "\\left",
            "\\right",
            "(",
            "\\begin{matrix}",
            "\\end{matrix}",
            "\\\\",
            "\\frac",
            "\\sqrt",
            "[",
            "]",
            "\\text",
            "\\hline",
            "\\color",
            "\\big",
            "\\tag",
            "\\ce",
            "\\not",
            "\u{1}",
        ];
        let mut read = 0;
        for a in PIECES {
            for b in PIECES {
                for c in PIECES {
                    if let Some(markup) = mathml(&[*a, *b, *c].concat()) {
                        read += 1;
                        assert!(roxmltree::Document::parse(&markup).is_ok(), "{a}{b}{c}: {markup}");
                    }
                }
            }
        }
        assert!(read > 3_000, "{read}");
    }
}
