//! Math: TeX becomes MathML, or stays as it is where it is not understood.

use super::content::ContentWriter;
use super::escape::{is_forbidden, push_attribute, push_text};
use crate::diagnostic::{Diagnostic, code};
use crate::model::Span;
use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Event, Parser, Storage, push_mathml};
use quick_xml::{Reader, events};

/// Longer formulas, and more deeply nested ones, stay TeX: none that a reader could take in is.
const MOST_BYTES: usize = 8_000;
const MOST_NESTING: usize = 40;
const MOST_EVENTS: usize = 20_000;

/// The formula as MathML; `None` when the TeX is not understood.
pub(super) fn mathml(tex: &str, display: bool) -> Option<String> {
    if !is_plain(tex) || tex.chars().any(is_forbidden) {
        return None;
    }
    let storage = Storage::new();
    let events: Vec<Event<'_>> =
        Parser::new(tex, &storage).take(MOST_EVENTS + 1).collect::<Result<_, _>>().ok()?;
    if events.is_empty() || events.len() > MOST_EVENTS {
        return None;
    }
    let display_mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    let config = RenderConfig { display_mode, xml: true, ..RenderConfig::default() };
    let mut out = String::new();
    let events = events.into_iter().map(Ok::<_, std::convert::Infallible>);
    push_mathml(&mut out, events, config).ok()?;
    // The library leaves a less-than sign as it is and uses an entity that only HTML has.
    let out = out.replace("><</", ">&lt;</").replace("&nbsp;", "\u{A0}");
    is_mathml(&out).then_some(out)
}

/// Whether the TeX is short, balanced and without definitions, whose expansion has no bound.
fn is_plain(tex: &str) -> bool {
    const DEFINITIONS: &[&str] = &[
        "\\def",
        "\\gdef",
        "\\edef",
        "\\xdef",
        "\\let",
        "\\futurelet",
        "\\newcommand",
        "\\renewcommand",
        "\\providecommand",
    ];
    let (mut open, mut deepest) = (0usize, 0usize);
    for byte in tex.bytes() {
        match byte {
            b'{' => open += 1,
            b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    let nested = deepest.max(tex.matches("\\left").count()).max(tex.matches("\\begin").count());
    // A chain such as \sqrt\sqrt… nests without braces.
    let commands =
        tex.matches("\\sqrt").count().max(tex.matches("\\frac").count()).max(tex.matches("\\over").count());
    tex.len() <= MOST_BYTES
        && nested <= MOST_NESTING
        && commands <= 4 * MOST_NESTING
        && tex.chars().all(|c| !c.is_control() || c.is_whitespace())
        && DEFINITIONS.iter().all(|d| !tex.contains(d))
}

/// Whether the markup is well-formed and holds nothing but MathML Core.
fn is_mathml(markup: &str) -> bool {
    let mut reader = Reader::from_str(markup);
    let mut depth = 0usize;
    loop {
        let (element, opens) = match reader.read_event() {
            Ok(events::Event::Start(element)) => (element, 1),
            Ok(events::Event::Empty(element)) => (element, 0),
            Ok(events::Event::End(_)) => {
                depth = depth.saturating_sub(1);
                continue;
            }
            Ok(events::Event::Text(_)) if depth > 0 => continue,
            Ok(events::Event::GeneralRef(name)) if depth > 0 && ["lt", "gt", "amp"].contains(&&*name) => {
                continue;
            }
            Ok(events::Event::Eof) => return depth == 0,
            Ok(_) | Err(_) => return false,
        };
        const ELEMENTS: &[&str] = &[
            "math",
            "mrow",
            "mi",
            "mn",
            "mo",
            "ms",
            "mspace",
            "mtext",
            "mfrac",
            "mroot",
            "msqrt",
            "mstyle",
            "mover",
            "munder",
            "munderover",
            "mmultiscripts",
            "mprescripts",
            "none",
            "mpadded",
            "mphantom",
            "msub",
            "msup",
            "msubsup",
            "mtable",
            "mtr",
            "mtd",
        ];
        let refused = |name: &str| name.starts_with("on") || matches!(name, "href" | "src" | "xlink:href");
        let name = element.name();
        let good = ELEMENTS.contains(&name.as_ref())
            && element.attributes().all(|a| a.is_ok_and(|a| !refused(a.key.as_ref())));
        if !good {
            return false;
        }
        depth += opens;
    }
}

impl ContentWriter<'_, '_> {
    /// Math as MathML, which carries its source for who reads TeX, or as its source alone.
    pub(super) fn math(&mut self, tex: &str, span: Span, display: bool) {
        if let Some(mathml) = mathml(tex, display) {
            self.out.push_str("<math alttext=\"");
            let removed = push_attribute(&mut self.out, tex);
            self.count_removed(removed, span);
            self.out.push('"');
            self.out.push_str(&mathml["<math".len()..]);
            self.page.mathml = true;
            self.content.facts.mathml += 1;
            return;
        }
        self.cx.report(Diagnostic::new(&code::MATH_AS_SOURCE, span, "math is shown as its TeX source"));
        self.out.push_str("<code class=\"tex\">");
        let removed = push_text(&mut self.out, tex);
        self.count_removed(removed, span);
        self.out.push_str("</code>");
    }
}

#[cfg(test)]
mod tests {
    use super::mathml;

    #[test]
    fn formulas_become_mathml() {
        let out = mathml(r"\frac{a}{b} < \sqrt{x^2}", true).unwrap();
        assert!(
            out.starts_with("<math") && out.contains("display=\"block\"") && out.contains("<mfrac>"),
            "{out}"
        );
        assert!(out.contains("&lt;"), "{out}");
    }

    #[test]
    fn what_is_not_understood_stays_tex() {
        let deep = "{".repeat(5000) + &"}".repeat(5000);
        let long = "x".repeat(100_000);
        let tower = "\\sqrt".repeat(1000) + "x";
        for tex in [r"\nosuchcommand", r"\frac{a", r"\def\a{\a\a}\a", "", "}", "\u{1}", &deep, &long, &tower]
        {
            assert_eq!(mathml(tex, false), None, "{tex:.40}");
        }
    }

    #[test]
    fn odd_formulas_do_no_harm() {
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
        ];
        for a in PIECES {
            for b in PIECES {
                for c in PIECES {
                    mathml(&[*a, *b, *c].concat(), false);
                }
            }
        }
    }
}
