//! The engine: threads, shards, layouts, archives, writers that misbehave.

use super::*;
use fanfold::Converter;
use fanfold::batch::{Batch, Output, Sources, Summary};
use fanfold::format::{Error, Format, WriteContext, Writer};
use fanfold::job::Settings;
use fanfold::model::Document;
use std::io;
use std::time::Duration;

#[test]
fn threads_shards_and_resumed_runs_write_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    articles(folder.path(), 24);
    let formats = "-t pdf,epub,txt,json -q";
    assert_eq!(run(folder.path(), &format!("batch in {formats} -o one -j1")).0, 0);
    let one = tree(&folder.path().join("one"));
    assert_eq!(one.len(), 24 * 4);
    assert!(one.contains_key("c/d/2.pdf"), "{:?}", one.keys());

    assert_eq!(run(folder.path(), &format!("batch in {formats} -o eight -j8")).0, 0);
    assert!(one == tree(&folder.path().join("eight")));

    // Shards at once into one folder, each with a manifest of its own.
    let shards: Vec<_> = (0..3)
        .map(|i| {
            let args = format!("batch in {formats} -o shards --shard {i}/3");
            fanfold(folder.path()).args(args.split_whitespace()).spawn().expect("it runs")
        })
        .collect();
    for mut shard in shards {
        assert!(shard.wait().expect("it ends").success());
    }
    let out = folder.path().join("shards");
    assert!(one == tree(&out));
    let mut union: Vec<_> =
        (0..3).flat_map(|i| ids(&out.join(format!("manifest-{i}-of-3.ndjson")), "done")).collect();
    union.sort();
    assert_eq!(union, ids(&folder.path().join("one/manifest.ndjson"), "done"));

    // What was deleted, damaged or changed is done again, and nothing else.
    let eight = folder.path().join("eight");
    fs::remove_file(eight.join("a/0.pdf")).expect("there");
    fs::write(eight.join("b/1.txt"), "damaged").expect("writable");
    fs::write(folder.path().join("in/c/d/2.txt"), article(2) + "\nMore of it.\n").expect("writable");
    let (code, _, err) = run(folder.path(), "batch in -t pdf,epub,txt,json -o eight --resume");
    assert_eq!(code, 0);
    assert!(err.contains("3 done, 21 unchanged"), "{err}");
    let eight = tree(&eight);
    let differ: Vec<_> = one.iter().filter(|(name, bytes)| eight[*name] != **bytes).map(|(n, _)| n).collect();
    assert_eq!(differ, ["c/d/2.epub", "c/d/2.json", "c/d/2.pdf", "c/d/2.txt"]);

    // Under other options everything is.
    let (_, _, err) = run(folder.path(), "batch in -t pdf,epub,txt,json -o eight --resume --width 60");
    assert!(err.contains("24 done"), "{err}");
}

#[test]
fn what_is_gone_from_the_sources_goes_with_a_resumed_run() {
    let folder = tempfile::tempdir().expect("a folder");
    articles(folder.path(), 6);
    fs::write(folder.path().join("in/a/0.md"), "# Zero\n").expect("writable");
    fs::create_dir(folder.path().join("else")).expect("writable");
    fs::write(folder.path().join("else/other.md"), "# Other\n").expect("writable");
    assert_eq!(run(folder.path(), "batch in else -t text,json -o out").0, 0);
    let out = folder.path().join("out");
    fs::remove_file(folder.path().join("in/a/0.md")).expect("there");
    fs::remove_file(folder.path().join("in/b/1.txt")).expect("there");
    fs::remove_file(folder.path().join("in/b/4.txt")).expect("there");
    // What was changed since is the user's, and what other sources gave is none of this run's concern.
    fs::write(out.join("b/4.txt"), "mine").expect("writable");
    let (code, _, err) = run(folder.path(), "batch in -t text,json -o out --resume");
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("3 gone"), "{err}");
    assert_eq!(run(folder.path(), "batch in -t text,json -o fresh").0, 0);
    let mut there = tree(&out);
    assert_eq!(there.remove("b/4.txt").as_deref(), Some("mine".as_bytes()));
    assert!(there.remove("other.txt").is_some() && there.remove("other.json").is_some());
    assert_eq!(there, tree(&folder.path().join("fresh")));
    assert_eq!(ids(&out.join("manifest.ndjson"), "gone"), ["in/a/0.md", "in/b/1.txt", "in/b/4.txt"]);
    // Of a source that can't be found nothing is known, so nothing is removed.
    fs::rename(folder.path().join("in"), folder.path().join("away")).expect("there");
    assert_eq!(run(folder.path(), "batch in -t text,json -o out --resume").0, 1);
    assert!(out.join("a/3.txt").exists());
}

#[test]
fn layouts() {
    let folder = tempfile::tempdir().expect("a folder");
    articles(folder.path(), 3);
    fs::write(folder.path().join("in/b/0.md"), "# Zero\n").expect("writable");
    assert_eq!(run(folder.path(), "batch in -t text --flat -o flat").0, 0);
    let flat = names(&folder.path().join("flat"));
    assert_eq!(flat.len(), 4);
    assert_eq!(flat.iter().filter(|n| n.starts_with("0~")).count(), 2, "{flat:?}");
    assert_eq!(flat[2..], ["1.txt", "2.txt"]);
    assert_eq!(run(folder.path(), "batch in/c/d -t text --by-letter -o letters").0, 0);
    assert_eq!(names(&folder.path().join("letters")), ["0-9/2.txt"]);

    let (code, out, _) =
        run(folder.path(), "batch in --include *.txt --exclude /b -t text,epub --dry-run -o dry");
    assert_eq!(code, 0);
    assert_eq!(
        out,
        "in/a/0.txt\ta/0.txt\nin/a/0.txt\ta/0.epub\nin/c/d/2.txt\tc/d/2.txt\nin/c/d/2.txt\tc/d/2.epub\n"
    );
    assert!(!folder.path().join("dry").exists());
}

#[test]
fn an_output_folder_among_the_sources_is_not_read() {
    let folder = tempfile::tempdir().expect("a folder");
    articles(folder.path(), 3);
    for _ in 0..2 {
        let (code, _, err) = run(folder.path(), "batch . -t text -o in/out");
        assert_eq!((code, err.contains("3 done")), (0, true), "{err}");
    }
    assert_eq!(names(&folder.path().join("in/out")), ["in/a/0.txt", "in/b/1.txt", "in/c/d/2.txt"]);
    assert_eq!(run(folder.path(), "batch in -t text -o in").0, 2);
}

#[test]
fn archives_are_the_same_for_any_number_of_threads_and_others_read_them() {
    let folder = tempfile::tempdir().expect("a folder");
    articles(folder.path(), 12);
    assert_eq!(run(folder.path(), "batch in -t text,epub -o files").0, 0);
    let files = tree(&folder.path().join("files"));
    for kind in ["zip", "tar"] {
        for jobs in [1, 8] {
            let args = format!("batch in -t text,epub -j{jobs} --archive out{jobs}.{kind} -q");
            assert_eq!(run(folder.path(), &args), (0, String::new(), String::new()));
        }
        let bytes = |jobs| fs::read(folder.path().join(format!("out{jobs}.{kind}"))).expect("written");
        assert!(bytes(1) == bytes(8));
        let manifest = folder.path().join(format!("out8.{kind}.manifest.ndjson"));
        assert_eq!(rows(&manifest).len(), 12);
        assert_eq!(rows(&manifest)[3]["outputs"]["text"]["path"], "a/9.txt");
    }
    // A second run into an archive that is being written is refused and touches nothing.
    let busy = folder.path().join("busy.zip.manifest.ndjson");
    let lock = fs::File::create(&busy).expect("writable");
    lock.lock().expect("it can be locked");
    fs::write(folder.path().join(".busy.zip.tmp"), "half of it").expect("writable");
    let (code, _, err) = run(folder.path(), "batch in -t text --archive busy.zip");
    assert!(code == 2 && err.contains("another run is writing"), "{err}");
    assert_eq!(fs::read_to_string(folder.path().join(".busy.zip.tmp")).expect("there"), "half of it");
    drop(lock);
    let file = fs::File::open(folder.path().join("out1.zip")).expect("written");
    let mut zip = zip::ZipArchive::new(file).expect("an archive");
    let mut found = BTreeMap::new();
    for i in 0..zip.len() {
        let mut entry = zip.by_index(i).expect("an entry");
        let mut bytes = Vec::new();
        io::copy(&mut entry, &mut bytes).expect("readable");
        found.insert(entry.name().to_owned(), bytes);
    }
    assert!(found == files);
    let mut found = BTreeMap::new();
    let mut tar = tar::Archive::new(fs::File::open(folder.path().join("out1.tar")).expect("written"));
    for entry in tar.entries().expect("an archive") {
        let mut entry = entry.expect("an entry");
        let name = entry.path().expect("a path").to_string_lossy().into_owned();
        let mut bytes = Vec::new();
        io::copy(&mut entry, &mut bytes).expect("readable");
        found.insert(name, bytes);
    }
    assert!(found == files);
}

#[test]
fn lines_have_the_outputs_in_them_in_the_order_of_the_sources() {
    let folder = tempfile::tempdir().expect("a folder");
    articles(folder.path(), 9);
    let (code, out, _) = run(folder.path(), "batch in -t text,epub --ndjson -j8");
    assert_eq!(code, 0);
    let lines: Vec<serde_json::Value> = out.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let ids: Vec<_> = lines.iter().map(|l| l["id"].as_str().expect("an id")).collect();
    assert_eq!(ids[..4], ["in/a/0.txt", "in/a/3.txt", "in/a/6.txt", "in/b/1.txt"]);
    assert!(lines[0]["text"]["text"].as_str().expect("text").contains("Article 0"));
    assert!(lines[0]["base64"]["epub"].as_str().expect("base64").starts_with("UEsDB"));
    assert_eq!(run(folder.path(), "batch in -t text,epub --ndjson -j1").1, out);
}

/// A writer that panics on some articles and, where a title ends in `sleepy`, never comes to an end
/// nor asks whether it should.
struct Unruly {
    sleepy: &'static str,
}

impl Writer for Unruly {
    fn format(&self) -> Format {
        Format::new("unruly", &["unruly"], "text/plain")
    }

    fn write(
        &self,
        document: &Document,
        out: &mut dyn io::Write,
        _: &mut WriteContext<'_>,
    ) -> Result<(), Error> {
        let title = document.title().unwrap_or_default();
        assert!(!title.ends_with("77"), "this title is unlucky");
        if title.ends_with(self.sleepy) {
            std::thread::sleep(Duration::from_secs(3600));
        }
        out.write_all(title.as_bytes())?;
        Ok(())
    }
}

fn unruly(
    folder: &Path,
    count: usize,
    jobs: usize,
    sleepy: &'static str,
    set: impl FnOnce(&mut Batch),
) -> Summary {
    // Panics of workers are told by the manifest; a trace of each would only take time.
    std::panic::set_hook(Box::new(|info| {
        if std::thread::current().name() != Some("fanfold-worker") {
            eprintln!("{info}");
        }
    }));
    articles(folder, count);
    let converter = Converter::builder().writer(Unruly { sleepy }).build();
    let settings = Settings::new(converter, &["unruly"]).expect("a writer");
    let sources = Sources::new(vec![folder.join("in")], settings.converter.registry(), false, &[], &[])
        .expect("no globs");
    let mut batch = Batch::new(settings, sources, Output::Folder(folder.join("out")));
    batch.threads = jobs;
    set(&mut batch);
    batch.run(&mut |_| {}).expect("it runs")
}

#[test]
fn a_panic_is_the_failure_of_its_document_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let summary =
        unruly(folder.path(), 180, 4, "88", |batch| batch.settings.time = Some(Duration::from_secs(2)));
    // Articles 77 and 177 panic, 88 takes for ever.
    assert_eq!((summary.done, summary.failed), (177, 3));
    let out = folder.path().join("out");
    let failed: Vec<_> =
        rows(&out.join("manifest.ndjson")).into_iter().filter(|r| r["status"] == "failed").collect();
    let errors: Vec<_> = failed.iter().map(|r| r["error"].as_str().expect("told")).collect();
    assert_eq!(errors.iter().filter(|e| **e == "panic: this title is unlucky").count(), 2, "{errors:?}");
    assert_eq!(
        errors.iter().filter(|e| **e == "it took longer than the limit of 2 s; give it more time").count(),
        1,
        "{errors:?}"
    );
    assert_eq!(names(&out).len(), 177);
    assert!(!out.join(".fanfold").exists());
}

#[test]
fn a_run_ends_when_too_many_documents_cannot_be_stopped() {
    let folder = tempfile::tempdir().expect("a folder");
    let summary = unruly(folder.path(), 300, 4, "5", |batch| {
        batch.settings.time = Some(Duration::from_millis(100));
    });
    assert_eq!(
        summary.fatal.as_ref().map(ToString::to_string).as_deref(),
        Some("8 documents that took too long can't be stopped"),
        "{summary:?}"
    );
    // All that was begun is told of, and what is done is done.
    let out = folder.path().join("out");
    assert!((8..30).contains(&summary.failed), "{summary:?}");
    let rows = rows(&out.join("manifest.ndjson"));
    assert_eq!(rows.len() as u64, summary.done + summary.failed);
    assert_eq!(names(&out).len() as u64, summary.done);
}

#[test]
fn a_document_that_passes_a_limit_fails_alone_and_by_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    articles(folder.path(), 3);
    let large = (0..9_000).fold(String::from("# Large\n\n"), |text, n| text + &format!("Paragraph {n}.\n\n"));
    fs::write(folder.path().join("in/large.md"), &large).expect("writable");
    let table = format!("# Wide\n\n|{0}\n|{1}\n|{0}\n", " a |".repeat(600), "---|".repeat(600));
    fs::write(folder.path().join("in/wide.md"), table).expect("writable");
    for (limit, failing, told) in [
        ("--max-input-bytes 100K", "in/large.md", "raise --max-input-bytes"),
        ("--max-nodes 5000", "in/large.md", "raise --max-nodes"),
        ("--max-table-cells 1000", "in/wide.md", "raise --max-table-cells"),
        ("--max-pages 50", "in/large.md", "raise --max-pages"),
        ("--max-output-bytes 500K", "in/large.md", "over the limit of 512000 bytes"),
    ] {
        let formats = if limit.contains("pages") { "html,pdf" } else { "html,json" };
        let (code, _, err) = run(folder.path(), &format!("batch in -t {formats} -o out {limit}"));
        assert_eq!((code, err.contains("4 done, 1 failed")), (1, true), "{limit}: {err}");
        assert!(err.contains(&format!("{failing}: error: ")) && err.contains(told), "{limit}: {err}");
        assert_eq!(names(&folder.path().join("out")).len(), 8, "{limit}");
        fs::remove_dir_all(folder.path().join("out")).expect("it was made");
    }
}

#[test]
fn two_formats_of_one_extension_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let converter = Converter::builder().writer(Unruly { sleepy: "!" }).build();
    let mut settings = Settings::new(converter, &["unruly", "text"]).expect("writers");
    settings.formats[0].extensions = settings.formats[1].extensions;
    let sources = Sources::new(Vec::new(), settings.converter.registry(), false, &[], &[]).expect("no globs");
    let batch = Batch::new(settings, sources, Output::Folder(folder.path().join("out")));
    let error = batch.run(&mut |_| {}).expect_err("they would overwrite each other");
    let told = error.to_string();
    assert!(told.starts_with("unruly and text would both be written to '.txt'"), "{told}");
    assert!(matches!(
        error,
        fanfold::batch::Error::SameName { first: "unruly", second: "text", extension: "txt" }
    ));
    assert_eq!(names(folder.path()), [""; 0]);
}

#[test]
fn a_run_stops_after_so_many_failures() {
    let folder = tempfile::tempdir().expect("a folder");
    let summary = unruly(folder.path(), 180, 1, "88", |batch| {
        batch.max_failures = Some(1);
    });
    assert_eq!(summary.failed, 1);
    // It is the last of the first folder, and what is under way is ended.
    assert!(summary.done < 90, "{summary:?}");
    assert!(!summary.is_complete());
    assert_eq!(rows(&folder.path().join("out/manifest.ndjson")).len() as u64, summary.done + 1);
}

#[test]
fn what_is_denied_or_over_a_bound_is_not_written() {
    let folder = tempfile::tempdir().expect("a folder");
    articles(folder.path(), 3);
    fs::write(folder.path().join("in/bad.md"), "[a](#nowhere)\n\n# Bad\n").expect("writable");
    let (code, _, err) = run(folder.path(), "batch in -t text -o out --deny warnings");
    assert_eq!(code, 1);
    assert!(err.contains("in/bad.md: error: 'broken-anchor' is denied"), "{err}");
    assert!(err.contains("first failure: in/bad.md"), "{err}");
    assert!(err.contains("manifest: out/manifest.ndjson"), "{err}");
    assert_eq!(names(&folder.path().join("out")), ["a/0.txt", "b/1.txt", "c/d/2.txt"]);
    let failed = &rows(&folder.path().join("out/manifest.ndjson"))[..];
    let failed = failed.iter().find(|r| r["id"] == "in/bad.md").expect("a row");
    assert_eq!(failed["diagnostics"]["broken-anchor"], 1);

    assert_eq!(run(folder.path(), "batch in/a -t text -o small --max-input-bytes 100").0, 1);
    assert_eq!(run(folder.path(), "batch in/a -t text -o small --max-output-bytes 100").0, 1);
    assert_eq!(names(&folder.path().join("small")), [""; 0]);
}
