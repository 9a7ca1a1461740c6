//! Bad input: recorded, the rest done, exit 1, nothing outside the output touched.

use super::*;
use fanfold::Converter;
use fanfold::batch::{Batch, Event, Output, Sources, Status};
use fanfold::job::Settings;

/// Runs over a source; the exit code is 1, and what the failures are called.
fn failures(folder: &Path, source: &str) -> Vec<(String, String)> {
    let (code, _, err) = run(folder, &format!("batch {source} -t text -o out -j3"));
    assert_eq!(code, 1, "{err}");
    let rows = rows(&folder.join("out/manifest.ndjson"));
    let failed = rows.iter().filter(|r| r["status"] == "failed");
    let word = |v: &serde_json::Value| v.as_str().expect("text").to_owned();
    failed.map(|r| (word(&r["id"]), word(&r["error"]))).collect()
}

fn page(n: usize) -> String {
    format!(
        "<page><title>P{n}</title><ns>0</ns><id>{n}</id><revision><text>Words of page {n}.</text></revision></page>\n"
    )
}

#[test]
fn a_truncated_bzip2_stream() {
    let folder = tempfile::tempdir().expect("a folder");
    let (bytes, index) = super::sources::multistream(20);
    let cut = &bytes[..bytes.len() * 2 / 3];
    fs::write(folder.path().join("d.xml.bz2"), cut).expect("writable");
    let failed = failures(folder.path(), "d.xml.bz2");
    assert_eq!(failed.len(), 1, "{failed:?}");
    assert_eq!(failed[0].0, "d.xml.bz2");
    let there = names(&folder.path().join("out")).len();
    assert!((5..20).contains(&there), "{there}");

    // With an index a damaged stream in the middle is lost alone.
    let mut damaged = bytes.clone();
    let middle: usize = index
        .lines()
        .nth(10)
        .and_then(|l| l.split(':').next())
        .expect("an offset")
        .parse()
        .expect("a number");
    damaged[middle + 20..middle + 40].fill(0xFF);
    fs::write(folder.path().join("m.xml.bz2"), damaged).expect("writable");
    fs::write(folder.path().join("m-index.txt"), index).expect("writable");
    let failed = failures(folder.path(), "m.xml.bz2");
    assert_eq!(failed.len(), 1, "{failed:?}");
    assert!(failed[0].1.contains(&format!("the stream at byte {middle} is damaged")), "{failed:?}");
    assert_eq!(names(&folder.path().join("out")).iter().filter(|n| n.starts_with("Page")).count(), 18 + 2);
}

#[test]
fn malformed_xml_in_mid_dump() {
    let folder = tempfile::tempdir().expect("a folder");
    let dump = [
        "<mediawiki><siteinfo></siteinfo>",
        &page(1),
        "<page><title>Bad</title><ns>0</ns><id>2</id><revision><text>a </b> c</text></revision></page>",
        &page(3),
        "<page><title>Open</title><ns>0</ns><id>4</id><revision><text>never closed",
        &page(5),
        "<page><title>\u{0}",
    ];
    fs::write(folder.path().join("d.xml"), dump.concat()).expect("writable");
    let failed = failures(folder.path(), "d.xml");
    let errors: Vec<_> = failed.iter().map(|(_, e)| e.as_str()).collect();
    assert_eq!(failed.len(), 4, "{errors:?}");
    assert!(errors[0].starts_with("the page is badly formed"), "{errors:?}");
    assert_eq!(errors[1], "the page has no end; another begins in it");
    assert_eq!(errors[2], "the dump ends within a page");
    assert_eq!(errors[3], "the dump ends early: '</mediawiki>' is missing");
    assert_eq!(names(&folder.path().join("out")), ["P1.txt", "P3.txt", "P5.txt"]);
    fs::write(folder.path().join("h.xml"), "<html><p>no dump</p></html>").expect("writable");
    assert_eq!(failures(folder.path(), "h.xml"), [("h.xml".into(), "it is no MediaWiki XML dump".into())]);
}

#[test]
fn names_that_lead_out_of_an_archive() {
    let folder = tempfile::tempdir().expect("a folder");
    let work = folder.path().join("work");
    fs::create_dir(&work).expect("writable");
    let mut tar = tar::Builder::new(fs::File::create(work.join("a.tar")).expect("writable"));
    for name in ["../evil.txt", "/tmp/evil.txt", "x/../../evil.txt", "good.txt"] {
        let text = article(1);
        let mut header = tar::Header::new_gnu();
        // The library refuses such names, so they are put in by hand.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        tar.append(&header, text.as_bytes()).expect("writable");
    }
    tar.finish().expect("writable");
    drop(tar);
    let mut zip = zip::ZipWriter::new(fs::File::create(work.join("a.zip")).expect("writable"));
    for name in ["../evil.txt", "/tmp/evil.txt", "..\\evil.txt", "good.txt"] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a name");
        std::io::Write::write_all(&mut zip, article(1).as_bytes()).expect("writable");
    }
    zip.finish().expect("writable");
    for archive in ["a.tar", "a.zip"] {
        let failed = failures(&work, archive);
        assert_eq!(failed.len(), 3, "{failed:?}");
        assert!(
            failed.iter().all(|(_, e)| e == "its name leads out of the archive; it is not read"),
            "{failed:?}"
        );
        assert_eq!(names(&work.join("out")), ["good.txt"]);
    }
    assert_eq!(
        names(folder.path()),
        ["work/a.tar", "work/a.zip", "work/out/good.txt", "work/out/manifest.ndjson"]
    );
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_circles_or_out() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("a folder");
    articles(folder.path(), 3);
    symlink("..", folder.path().join("in/a/loop")).expect("a link");
    symlink("nowhere", folder.path().join("in/dangling.txt")).expect("a link");
    let failed = failures(folder.path(), "in");
    let failed_ids: Vec<_> = failed.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(failed_ids.len(), 2, "{failed:?}");
    assert!(failed.iter().any(|(id, e)| id == "in/a/loop" && e.contains("leads back to 'in'")), "{failed:?}");
    assert_eq!(names(&folder.path().join("out")).len(), 3);

    // A link that leads out is followed only when that is asked for.
    let outside = tempfile::tempdir().expect("a folder");
    fs::create_dir(outside.path().join("folder")).expect("writable");
    fs::write(outside.path().join("folder/secret.txt"), article(7)).expect("writable");
    fs::create_dir(folder.path().join("links")).expect("writable");
    fs::write(folder.path().join("links/own.txt"), article(1)).expect("writable");
    symlink("own.txt", folder.path().join("links/alias.txt")).expect("a link");
    symlink(outside.path().join("folder"), folder.path().join("links/folder")).expect("a link");
    symlink(outside.path().join("folder/secret.txt"), folder.path().join("links/secret.txt"))
        .expect("a link");
    assert_eq!(run(folder.path(), "batch links -t text -o inside").0, 0);
    assert_eq!(names(&folder.path().join("inside")), ["alias.txt", "own.txt"]);
    let told = ids(&folder.path().join("inside/manifest.ndjson"), "skipped");
    assert_eq!(told, ["links/folder", "links/secret.txt"]);
    assert_eq!(run(folder.path(), "batch links -t text -o followed --follow-links").0, 0);
    let followed = names(&folder.path().join("followed"));
    assert_eq!(followed, ["alias.txt", "folder/secret.txt", "own.txt", "secret.txt"]);

    // Nothing is written through a link that lies in the output folder.
    let victim = outside.path().join("victim");
    fs::write(&victim, "precious").expect("writable");
    fs::create_dir(folder.path().join("trap")).expect("writable");
    symlink(outside.path(), folder.path().join("trap/a")).expect("a link");
    symlink(&victim, folder.path().join("trap/1.txt")).expect("a link");
    fs::create_dir_all(folder.path().join("plain/a")).expect("writable");
    fs::write(folder.path().join("plain/a/0.txt"), article(0)).expect("writable");
    fs::write(folder.path().join("plain/1.txt"), article(1)).expect("writable");
    let (code, _, err) = run(folder.path(), "batch plain -t text -o trap");
    assert!(code == 1 && err.contains("trap/a' is a link"), "{err}");
    assert_eq!(fs::read_to_string(&victim).expect("there"), "precious");
    assert!(fs::symlink_metadata(folder.path().join("trap/1.txt")).expect("there").is_file());
    assert_eq!(names(outside.path()), ["folder/secret.txt", "victim"]);
    fs::create_dir(folder.path().join("snare")).expect("writable");
    symlink(&victim, folder.path().join("snare/manifest.ndjson")).expect("a link");
    let (code, _, err) = run(folder.path(), "batch plain -t text -o snare");
    assert!(code == 2 && err.contains("manifest.ndjson' is in the way"), "{err}");
    assert_eq!(fs::read_to_string(&victim).expect("there"), "precious");

    // The folder of temporary files may not be elsewhere.
    let other = tempfile::tempdir().expect("a folder");
    fs::write(other.path().join("keep"), "").expect("writable");
    fs::create_dir(folder.path().join("linked")).expect("writable");
    symlink(other.path(), folder.path().join("linked/.fanfold")).expect("a link");
    let (code, _, err) = run(folder.path(), "batch in -t text -o linked");
    assert_eq!(code, 2);
    assert!(err.contains("is in the way"), "{err}");
    assert_eq!(names(other.path()), ["keep"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_pipe_in_the_place_of_a_file_is_refused_before_it_is_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(Command::new("mkfifo").arg(folder.path().join("pipe.txt")).status().expect("mkfifo").success());
    fs::write(folder.path().join("a.md"), "# A\n\n![words](pipe.txt)\n").expect("writable");
    // Whoever opened it would wait for ever.
    let failed = failures(folder.path(), "pipe.txt a.md");
    assert_eq!(failed, [("pipe.txt".to_owned(), "it is a pipe or a device, and no file".to_owned())]);
    let (code, _, err) = run(folder.path(), "convert pipe.txt a.md -t text -o made/");
    assert_eq!(code, 1);
    assert!(err.contains("pipe.txt: error: can't be read: it is a pipe or a device, and no file"), "{err}");
    assert!(
        err.contains("a.md:3:1: warning[image-unavailable]") || err.contains("pipe or a device"),
        "{err}"
    );
    assert_eq!(names(&folder.path().join("made")), ["a.txt"]);
}

#[test]
fn names_that_are_long_alike_or_twice_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = |id: &str, title: &str| {
        serde_json::json!({"id": id, "title": title, "text": article(1)}).to_string() + "\n"
    };
    let mut lines = String::new();
    for n in 0..64u32 {
        let title: String = "nameabc"
            .chars()
            .zip(0..)
            .map(|(c, i)| if n >> i & 1 == 1 { c.to_ascii_uppercase() } else { c })
            .collect();
        lines += &line(&n.to_string(), &title);
    }
    lines += &line("long", &"é".repeat(150));
    lines += &line("up", "../../up");
    lines += &line("up", "again");
    lines += "{\"id\": \"none\"}\n{broken\n";
    fs::write(folder.path().join("l.ndjson"), &lines).expect("writable");
    let failed = failures(folder.path(), "l.ndjson");
    let said: Vec<_> = failed.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(said.len(), 3, "{failed:?}");
    assert!(
        failed.contains(&("l.ndjson#up".into(), "another document has the same identifier".into())),
        "{failed:?}"
    );
    let there = names(&folder.path().join("out"));
    let folded: std::collections::BTreeSet<_> = there.iter().map(|n| n.to_lowercase()).collect();
    assert_eq!((there.len(), folded.len()), (66, 66));
    assert!(there.iter().all(|n| n.len() < 255 && !n.contains('/')), "{there:?}");
    assert!(there.contains(&"_.._.._up.txt".to_string()), "{there:?}");
    // The same names in the opposite order are the same.
    let mut reversed: Vec<_> = lines.lines().filter(|l| !l.contains("again")).collect();
    reversed.reverse();
    fs::write(folder.path().join("l.ndjson"), reversed.join("\n")).expect("writable");
    assert_eq!(run(folder.path(), "batch l.ndjson -t text -o back").0, 1);
    assert_eq!(names(&folder.path().join("back")), there);
}

#[test]
fn sources_that_are_not_there() {
    let folder = tempfile::tempdir().expect("a folder");
    articles(folder.path(), 1);
    fs::write(folder.path().join("a.zip"), "no archive").expect("writable");
    fs::write(folder.path().join("a.tar.gz"), "no archive").expect("writable");
    let failed = failures(folder.path(), "none.txt a.zip a.tar.gz none.xml in");
    assert_eq!(failed.len(), 4, "{failed:?}");
    assert!(failed.contains(&("none.txt".into(), "no such file or folder".into())), "{failed:?}");
    assert_eq!(names(&folder.path().join("out")), ["a/0.txt"]);
}

#[test]
fn a_source_that_shrinks_while_it_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = |n: usize| {
        serde_json::json!({"id": n, "text": article(n) + &"Words. ".repeat(2000)}).to_string() + "\n"
    };
    let pages: String = (0..200).map(|n| page(n).replace("Words", &"Words ".repeat(2000))).collect();
    let dump = format!("<mediawiki><siteinfo></siteinfo>{pages}</mediawiki>");
    for (name, content) in [("l.ndjson", (0..200).map(line).collect()), ("d.xml", dump)] {
        let path = folder.path().join(name);
        fs::write(&path, content).expect("writable");
        let settings = Settings::new(Converter::default(), &["text"]).expect("a writer");
        let sources = Sources::new(vec![path.clone()], settings.converter.registry(), false, &[], &[]);
        let out = folder.path().join(format!("{name}.out"));
        let batch = Batch::new(settings, sources.expect("no globs"), Output::Folder(out.clone()));
        let mut failures = Vec::new();
        let summary = batch.run(&mut |event| {
            if let Event::Finished(row) = event {
                // The first document is done while most of the source is still to be read.
                fs::File::options()
                    .write(true)
                    .open(&path)
                    .expect("there")
                    .set_len(1000)
                    .expect("it shrinks");
                if row.status == Status::Failed {
                    failures.push(row.error.clone().unwrap_or_default());
                }
            }
        });
        let summary = summary.expect("it runs");
        assert_eq!(failures, ["the file shrank while it was read"], "{name}");
        assert!((1..200).contains(&summary.done), "{summary:?}");
        assert_eq!(names(&out).len() as u64, summary.done);
    }
}
