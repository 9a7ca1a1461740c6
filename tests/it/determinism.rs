//! The same document gives the same bytes: twice, in opposite orders, on several threads, in other
//! processes, in another time zone and with another locale.

use crate::common::{self, cases};
use fanfold::Converter;
use std::collections::BTreeMap;

type Outputs = BTreeMap<(String, &'static str), Vec<u8>>;

fn convert_all(converter: &Converter, backwards: bool) -> Outputs {
    let mut work: Vec<_> = cases().into_iter().collect();
    let mut formats: Vec<_> = converter.registry().writers().map(|w| w.format().name).collect();
    if backwards {
        work.reverse();
        formats.reverse();
    }
    let mut outputs = Outputs::new();
    for case in work {
        let (document, _) = case.read(converter);
        for format in &formats {
            outputs.insert((case.name.clone(), format), common::write(converter, &document, format).0);
        }
    }
    outputs
}

fn assert_same(a: &Outputs, b: &Outputs) {
    for (key, bytes) in a {
        assert!(b.get(key) == Some(bytes), "{key:?} came out differently");
    }
}

#[test]
fn order_threads_and_history_do_not_show() {
    let shared = Converter::default();
    let (first, others) = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|i| {
                scope.spawn({
                    let shared = &shared;
                    move || convert_all(shared, i % 2 == 1)
                })
            })
            .collect();
        let mut outputs: Vec<_> = threads.into_iter().map(|t| t.join().expect("no panic")).collect();
        (outputs.remove(0), outputs)
    });
    for other in &others {
        assert_same(&first, other);
    }
    assert_same(&first, &convert_all(&Converter::default(), true));
}

#[cfg(feature = "cli")]
#[test]
fn time_zone_locale_and_process_do_not_show() {
    let formats = ["pdf", "epub", "html", "text", "json"];
    let folder = tempfile::tempdir().expect("a folder");
    let mut first: Option<Vec<Vec<u8>>> = None;
    for (zone, locale) in [
        ("UTC", "C"),
        ("Pacific/Kiritimati", "tr_TR.UTF-8"),
        ("America/St_Johns", "ar_EG.UTF-8"),
        ("Asia/Tokyo", "de_DE"),
    ] {
        let out = folder.path().join(locale);
        assert_cmd::Command::cargo_bin("fanfold")
            .expect("the binary is built")
            .env("TZ", zone)
            .env("LC_ALL", locale)
            .env("LANG", locale)
            .env("HOME", folder.path())
            .args(["convert", "-q", "input/boris-bondarev.txt", "-t", &formats.join(","), "-o"])
            .arg(format!("{}/", out.display()))
            .assert()
            .success();
        let read = |format: &&str| {
            let extension = if *format == "text" { "txt" } else { format };
            std::fs::read(out.join("boris-bondarev").with_extension(extension)).expect("it was written")
        };
        let bytes: Vec<_> = formats.iter().map(read).collect();
        let first = first.get_or_insert_with(|| bytes.clone());
        for ((format, a), b) in formats.iter().zip(first.iter()).zip(&bytes) {
            assert!(a == b, "{format}: other bytes in {zone} with {locale}");
        }
    }
}
