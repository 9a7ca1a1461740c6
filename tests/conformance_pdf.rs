//! The PDF of every golden case meets PDF/UA-1 and PDF/A-2a by the word of an independent checker.
#![cfg(feature = "pdf")]

mod common;

use common::cases;
use fanfold::convert::Converter;
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};

#[test]
fn every_golden_case_meets_both_standards() {
    let converter = Converter::default();
    let mut failed = Vec::new();
    for case in cases() {
        let (document, _) = case.read(&converter);
        let (bytes, _) = common::write(&converter, &document, "pdf");
        for profile in ["ua1", "2a"] {
            let known: ValidationProfile = profile.parse().expect("a profile of the checker");
            let report = validate_pdf_bytes(&bytes, &ValidationOptions::default().profile(known))
                .unwrap_or_else(|e| panic!("{}: {e}", case.name));
            failed.extend(report.failures.iter().map(|f| format!("{} {profile}: {f:?}", case.name)));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
