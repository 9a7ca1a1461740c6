use super::read;

#[test]
fn faults_are_named_with_their_place() {
    let fault = |tex: &str| read(tex, false).map(|_| ()).unwrap_err();
    assert_eq!(fault(r"a+\foo b").why, r"\foo is not known");
    assert_eq!(fault(r"a+\foo b").at, 2);
    assert!(fault(r"\frac{a").why.contains("ends within a group"));
    assert!(fault(r"a}").why.contains("not opened"));
    assert!(fault(r"\def\a{\a\a}\a").why.contains(r"\a is defined by itself"));
    assert!(fault(&"{".repeat(10_000)).why.contains("deeper"));
    assert!(fault(&"\\sqrt".repeat(10_000)).why.contains("deeper"));
    assert!(fault(&"x^".repeat(10_000)).why.len() > 3);
    // 500 rows of 500 are too many bytes already.
    let row = "0&".repeat(149) + r"0\\";
    assert!(fault(&format!(r"\begin{{matrix}}{}\end{{matrix}}", row.repeat(150))).why.contains("cells"));
    assert!(fault(r"\begin{matrix}a\end{pmatrix}").why.contains(r"\end{pmatrix}"));
    assert!(fault(r"x^1^2").why.contains("second superscript"));
}

#[test]
fn long_formulas_are_read() {
    assert!(read(&"x+".repeat(20_000), false).is_ok());
}
