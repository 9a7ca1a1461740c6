//! Formulas that nobody means well: bounded, said with their place, and nothing dropped.
#![cfg(all(feature = "pdf", feature = "html", feature = "markdown"))]

use fanfold::Converter;
use fanfold::diagnostic::Diagnostic;

/// What a writer makes of Markdown or HTML, with what was said.
fn written(format: &str, source: &str, writer: &str) -> (Vec<u8>, Vec<Diagnostic>) {
    let (converter, mut said, mut out) = (Converter::default(), Vec::new(), Vec::new());
    let mut cx = converter.read_context("a", &mut said);
    let document = converter.read(source.as_bytes(), Some(format), &mut cx).expect("it is read");
    let mut cx = converter.write_context("a", &mut said);
    converter.write(&document, writer, &mut out, &mut cx).expect("it is written");
    (out, said)
}

/// The reasons why a formula is shown as its source.
fn unread(tex: &str) -> Vec<String> {
    let source = &format!("```math\n{tex}\n```\n");
    let (page, said) = written("markdown", source, "html");
    let page = String::from_utf8(page).expect("text");
    for math in page.split("<math ").skip(1).filter_map(|rest| rest.split_once("</math>")) {
        assert!(roxmltree::Document::parse(&format!("<math {}</math>", math.0)).is_ok());
    }
    let (pdf, _) = written("markdown", source, "pdf");
    assert!(pdf.starts_with(b"%PDF"));
    said.into_iter().filter(|d| d.code.name == "math-as-source").map(|d| d.message).collect()
}

#[test]
fn what_can_not_be_read_is_named_with_its_place() {
    for (tex, why, place) in [
        ("a}b", "a brace is closed", 2),
        ("{a", "ends within a group", 3),
        (r"\frac{a}{", "ends within a group", 10),
        (r"\left(a", "ends within a group", 8),
        (r"a\right)", r"\right", 2),
        (r"x+\nosuch y", r"\nosuch", 3),
        (r"\def\a{\a\a}\a", r"\a is defined by itself", 13),
        (r"\newcommand{\a}{\a}\a", r"\a is defined by itself", 20),
        (r"\begin{matrix}a", "ends within a group", 16),
    ] {
        let said = unread(tex);
        let place = format!("(character {place} of the formula)");
        assert!(said.len() == 1 && said[0].contains(why) && said[0].contains(&place), "{tex}: {said:?}");
    }
}

#[test]
fn a_formula_of_a_hundred_kilobytes_is_set() {
    let said = unread(&"\\alpha +".repeat(12_500));
    assert!(said.is_empty(), "{said:?}");
    let said = unread(&"x+".repeat(50_000));
    assert!(said.len() == 1 && said[0].contains("more than 60000 parts"), "{said:?}");
}

#[test]
fn ten_thousand_levels_stay_source() {
    for (open, close) in
        [("{", "}"), (r"\sqrt{", "}"), (r"\frac{1}{", "}"), ("x^{", "}"), (r"\left(", r"\right)")]
    {
        let said = unread(&format!("{}x{}", open.repeat(10_000), close.repeat(10_000)));
        assert!(said.len() == 1, "{open}: {said:?}");
    }
}

#[test]
fn a_matrix_of_500_rows_and_columns_is_bounded() {
    let matrix = |n: usize| {
        let row = vec!["1"; n].join("&");
        format!("\\begin{{matrix}}{}\\end{{matrix}}", vec![row; n].join("\\\\"))
    };
    assert!(unread(&matrix(120)).is_empty());
    let said = unread(&matrix(500));
    assert!(said.len() == 1 && said[0].contains("longer than 200000 bytes"), "{said:?}");
}

#[test]
fn unknown_elements_keep_what_is_in_them() {
    let deep = format!("{}<mi>q</mi>{}", "<mrow>".repeat(10_000), "</mrow>".repeat(10_000));
    for (inner, shown) in [
        ("<mi>x</mi><mnosuch><mo>+</mo><mn>1</mn></mnosuch>", "x+1"),
        ("<mfrac><mi>x</mi></mfrac>", "x"),
        ("<msup></msup><mi>y</mi>", "y"),
        ("<mi>a</mi><script>b</script>", "a"),
        (&*deep, "q"),
    ] {
        let (out, _) = written("html", &format!("<p>Of <math>{inner}</math>.</p>"), "text");
        let text = String::from_utf8(out).expect("text");
        assert!(text.contains(shown), "{}: {text}", &inner[..inner.len().min(60)]);
        let (pdf, _) = written("html", &format!("<p>Of <math>{inner}</math>.</p>"), "pdf");
        assert!(pdf.starts_with(b"%PDF"));
    }
}
