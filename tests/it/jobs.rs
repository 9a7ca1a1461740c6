//! One document through a job: what fails it, and that it fails alone.

use fanfold::Converter;
use fanfold::diagnostic::Diagnostic;
use fanfold::diagnostic::Remedy;
use fanfold::format::{Error, Format, WriteContext, Writer};
use fanfold::job::{Done, Failure, Job, MaxLoss, Settings};
use fanfold::model::Document;
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// A writer that does as the title says.
struct Moody;

impl Writer for Moody {
    fn format(&self) -> Format {
        Format::new("moody", &["moody"], "text/plain")
    }

    fn write(
        &self,
        document: &Document,
        out: &mut dyn io::Write,
        cx: &mut WriteContext<'_>,
    ) -> Result<(), Error> {
        match document.title().as_deref() {
            Some("Panic") => panic!("it is in a mood"),
            Some("Refuse") => Err(Error::Writer { format: "moody", message: "it is in a mood".into() }),
            Some("Sleep") => {
                std::thread::sleep(Duration::from_millis(20));
                cx.go_on()
            }
            _ => Ok(out.write_all(b"fine")?),
        }
    }
}

fn run(source: &str, set: impl FnOnce(&mut Settings)) -> (Done, Vec<Diagnostic>) {
    let converter = Converter::builder().writer(Moody).build();
    let mut settings = Settings::new(converter, &["moody", "text"]).expect("writers");
    set(&mut settings);
    let mut said = Vec::new();
    (Job::new("cat.md", source.as_bytes()).run(&settings, &mut said), said)
}

#[test]
fn a_document_is_read_once_and_written_in_every_format() {
    let (done, _) = run("# Cat\n\nA small animal.\n", |_| {});
    assert!(done.failure.is_none() && done.fault().is_none());
    let made: Vec<_> = done.outputs.iter().map(|(format, made)| (format.name, made.is_ok())).collect();
    assert_eq!(made, [("moody", true), ("text", true)]);
    assert!(done.account().is_none(), "none is asked for");
    assert_eq!(done.document.and_then(|document| document.title()).as_deref(), Some("Cat"));
}

#[test]
fn a_panic_is_a_failure_and_no_more() {
    let (done, _) = run("# Panic\n", |_| {});
    assert!(matches!(&done.failure, Some(Failure::Panic(message)) if message == "it is in a mood"));
    assert!(done.outputs.is_empty());
    assert_eq!(done.fault().as_deref(), Some("panic: it is in a mood"));
}

#[test]
fn a_format_that_can_not_be_written_keeps_no_other_back() {
    let (done, _) = run("# Refuse\n", |_| {});
    assert!(done.failure.is_none());
    assert!(done.outputs[0].1.is_err() && done.outputs[1].1.is_ok());
    assert_eq!(done.fault().as_deref(), Some("moody: it is in a mood"));
    let (done, _) = run("# Cat\n", |settings| settings.output_bytes = 3);
    assert!(done.outputs.iter().all(|(_, made)| made.is_err()), "both are longer");
}

#[test]
fn what_is_stopped_goes_no_further() {
    let (done, _) = run("# Sleep\n", |settings| settings.time = Some(Duration::from_millis(10)));
    let Some(failure @ Failure::Late { .. }) = &done.failure else { panic!("{:?}", done.failure) };
    assert_eq!(failure.remedy(), Some(Remedy::Time));
    assert_eq!(done.fault().as_deref(), Some("it took longer than the limit of 0.01 s; give it more time"));
    assert!(done.outputs.is_empty());
    let (done, _) = run("# Cat\n", |settings| settings.stop = Some(Arc::new(|| Some("enough".into()))));
    assert_eq!(done.fault().as_deref(), Some("enough"));
    assert!(done.document.is_none());
}

#[test]
fn the_gate_holds_back_what_it_denies() {
    let lossy = "# Cat\n\nSome <video>words</video>.\n";
    let (done, said) = run(lossy, |settings| settings.gate.warnings = true);
    assert!(matches!(done.failure, Some(Failure::Denied("html-dropped"))), "{:?}", done.failure);
    assert!(said.iter().any(|said| said.code.name == "html-dropped"), "it is said all the same");
    let (done, _) = run(lossy, |settings| settings.gate.denied = vec!["no-title".into()]);
    assert!(done.failure.is_none());
    for (most, passes) in
        [(MaxLoss::Bytes(20), true), (MaxLoss::Bytes(19), false), (MaxLoss::Share(0), false)]
    {
        let (done, _) = run(lossy, |settings| settings.gate.max_loss = Some(most));
        assert_eq!(done.failure.is_none(), passes, "{most:?}");
        assert_eq!(done.account().expect("it is kept").totals().lost(), 20);
    }
}

#[test]
fn what_is_true_of_the_document_is_told_once_for_all_formats() {
    let settings = Settings::new(Converter::default(), &["pdf", "epub", "html"]).expect("writers");
    let mut said = Vec::new();
    let source = b"[Away](#nowhere) and [away](#elsewhere).\n";
    assert!(Job::new("cat.md", source).run(&settings, &mut said).fault().is_none());
    let count = |code| said.iter().filter(|said| said.code.name == code).count();
    assert_eq!((count("no-title"), count("broken-anchor")), (1, 2), "{said:?}");
}
