//! The PDF of every golden case meets PDF/UA-1 and PDF/A-2a by the word of an independent checker.
#![cfg(feature = "pdf")]

use crate::common::{self, cases};
use fanfold::Converter;
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};

/// What the checker finds wrong with a file by both standards.
pub fn faults(name: &str, bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for profile in ["ua1", "2a"] {
        let known: ValidationProfile = profile.parse().expect("a profile of the checker");
        let report = validate_pdf_bytes(bytes, &ValidationOptions::default().profile(known))
            .unwrap_or_else(|e| panic!("{name}: {e}"));
        found.extend(report.failures.iter().map(|f| format!("{name} {profile}: {f:?}")));
    }
    found
}

#[test]
fn every_golden_case_meets_both_standards() {
    let converter = Converter::default();
    let mut failed = Vec::new();
    for case in cases() {
        let (document, _) = case.read(&converter);
        let (bytes, _) = common::write(&converter, &document, "pdf");
        failed.extend(faults(&case.name, &bytes));
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn a_table_of_contents_meets_both_standards() {
    let fonts = std::sync::Arc::new(fanfold::pdf::FontLibrary::embedded());
    let converter = Converter::builder()
        .writer(fanfold::write::Pdf::new(fonts).with(|pdf| pdf.style.look.page.contents = true))
        .build();
    let (document, _) = common::read(&converter, "article", "= A =\n\nx\n\n==B==\ny\n").expect("a document");
    let (bytes, _) = common::write(&converter, &document, "pdf");
    assert_eq!(faults("contents", &bytes), [""; 0]);
}

/// Run by tests/conformance with a folder of the shared corpora's PDF.
#[test]
#[ignore = "wants a folder in FANFOLD_PDF_FOLDER"]
fn every_file_of_a_folder_meets_both_standards() {
    let folder = std::env::var("FANFOLD_PDF_FOLDER").expect("FANFOLD_PDF_FOLDER names a folder");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("the folder is readable").path())
        .filter(|path| path.extension().is_some_and(|e| e == "pdf"))
        .collect();
    paths.sort();
    let check = |path: &std::path::PathBuf| {
        faults(&path.to_string_lossy(), &std::fs::read(path).expect("the file is readable"))
    };
    let failed: Vec<_> = paths.iter().flat_map(check).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(!paths.is_empty(), "no PDF in the folder");
    println!("{} files, no rule failed", paths.len());
}
