//! Small cases, many a file: `tests/suite/<reader>/*.txt`, the folder naming the format that is read.
//!
//! ```text
//! @@ what the case shows, in words
//! the input, as many lines as it takes
//! @= text
//! what the text writer makes of it
//! @= diagnostics
//! the codes that are reported, a line each, in order
//! ```
//!
//! `@=` takes the name of any writer whose output is text, `html` meaning what stands inside `<article>`, or
//! `diagnostics`, among which a guess at the language does not count: a line or two is too little to guess by. An output without lines is compared with nothing, so that "no diagnostic" can be said.
//! `UPDATE=1 cargo test --test golden suite` writes what came out into the file, and fails all the same.

use super::common::{self, file_name, files};
use fanfold::Converter;
use libtest_mimic::{Failed, Trial};
use similar::TextDiff;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

struct Case {
    name: String,
    input: String,
    /// Writers by name, and what each is to make.
    expected: Vec<(String, String)>,
}

/// A trial a file.
pub fn trials(update: bool) -> Vec<Trial> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    let folders = files(&root).into_iter().filter(|path| path.is_dir());
    let paths: Vec<PathBuf> = folders.flat_map(|folder| files(&folder)).collect();
    assert!(!paths.is_empty(), "no case in {}", root.display());
    paths.into_iter().map(|path| Trial::test(named(&path), move || check(&path, update))).collect()
}

fn reader(path: &Path) -> String {
    path.parent().map(file_name).unwrap_or_default()
}

fn named(path: &Path) -> String {
    format!("suite/{}/{}", reader(path), file_name(path))
}

fn check(path: &Path, update: bool) -> Result<(), Failed> {
    let mut cases = parse(&fs::read_to_string(path)?)?;
    let (converter, reader) = (Converter::default(), reader(path));
    let mut differences = String::new();
    for case in &mut cases {
        for (writer, want) in &mut case.expected {
            let got = output(&converter, &reader, &case.input, writer)?;
            if got != *want {
                let difference = TextDiff::from_lines(want.as_str(), got.as_str());
                let shown = difference.unified_diff().context_radius(2).to_string();
                writeln!(differences, "{}, {writer}:\n{shown}", case.name)?;
                *want = got;
            }
        }
    }
    if differences.is_empty() {
        return Ok(());
    }
    if update {
        fs::write(path, written(&cases))?;
    }
    Err(differences.into())
}

fn parse(text: &str) -> Result<Vec<Case>, Failed> {
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("@@ ") {
            cases.push(Case { name: name.to_owned(), input: String::new(), expected: Vec::new() });
            continue;
        }
        let case = cases.last_mut().ok_or("the file does not begin with '@@ NAME'")?;
        if let Some(writer) = line.strip_prefix("@= ") {
            case.expected.push((writer.to_owned(), String::new()));
            continue;
        }
        let part = case.expected.last_mut().map_or(&mut case.input, |(_, expected)| expected);
        part.push_str(line);
        part.push('\n');
    }
    match cases.iter().find(|case| case.expected.is_empty()) {
        Some(case) => Err(format!("'{}' expects nothing", case.name).into()),
        None => Ok(cases),
    }
}

fn written(cases: &[Case]) -> String {
    let mut out = String::new();
    for case in cases {
        out += &format!("@@ {}\n{}", case.name, case.input);
        for (writer, expected) in &case.expected {
            out += &format!("@= {writer}\n{expected}");
        }
    }
    out
}

/// What a writer makes of an input, without white at its ends, or what was reported while it was read.
fn output(converter: &Converter, reader: &str, input: &str, writer: &str) -> Result<String, Failed> {
    let (document, said) = common::read(converter, reader, input)?;
    let lines = match writer {
        "diagnostics" => {
            let counted = said.iter().filter(|d| d.code.name != "language-guessed");
            counted.map(|d| format!("{}\n", d.code.name)).collect()
        }
        _ => String::from_utf8(common::write(converter, &document, writer).0)?,
    };
    let inner = match writer {
        "html" => lines.split_once("<article>").and_then(|(_, rest)| rest.rsplit_once("</article>")),
        _ => None,
    };
    let shown = inner.map_or(lines.as_str(), |(body, _)| body).trim_matches('\n');
    Ok(if shown.is_empty() { String::new() } else { format!("{shown}\n") })
}
