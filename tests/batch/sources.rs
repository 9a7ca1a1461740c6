//! Sources of every kind, and that they are all the same to what comes after.

use super::*;
use std::io::Write;

/// The pages of a dump, with what does not belong to the articles.
fn dump(count: usize) -> Vec<String> {
    let mut parts = vec![
        "<mediawiki xmlns=\"http://www.mediawiki.org/xml/export-0.11/\" xml:lang=\"en\">\n<siteinfo>\
         <sitename>Wikipedia</sitename><base>https://en.wikipedia.org/wiki/Main_Page</base></siteinfo>\n"
            .to_string(),
    ];
    for n in 0..count {
        parts.push(format!(
            "<page><title>Page {n}</title><ns>0</ns><id>{}</id><revision><id>{}</id>\
             <timestamp>2020-01-01T00:00:00Z</timestamp><model>wikitext</model>\
             <text xml:space=\"preserve\">'''Page {n}''' is a page &amp; has [[Page {}]].\n\n== Part ==\n\
             &lt;!-- no --&gt;Words.</text></revision></page>\n",
            n + 10,
            n + 1000,
            n + 1
        ));
    }
    parts.push(
        "<page><title>Talk:Page 1</title><ns>1</ns><id>5</id><revision><id>1</id><text>Hm.</text></revision></page>\n\
         <page><title>page 1</title><ns>0</ns><id>6</id><redirect title=\"Page 1\" />\
         <revision><id>1</id><text>#REDIRECT [[Page 1]]</text></revision></page>\n"
            .into(),
    );
    parts.push("</mediawiki>\n".into());
    parts
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut out = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    out.write_all(bytes).expect("memory");
    out.finish().expect("memory")
}

/// A multistream dump with two pages a stream, and its index.
pub fn multistream(count: usize) -> (Vec<u8>, String) {
    let parts = dump(count);
    let (head, pages) = parts.split_first().expect("a head");
    let (tail, pages) = pages.split_last().expect("a tail");
    let (mut bytes, mut index) = (bzip2(head.as_bytes()), String::new());
    for (i, two) in pages.chunks(2).enumerate() {
        for n in 0..two.len() {
            index += &format!("{}:{}:Page: {n}\n", bytes.len(), 10 + 2 * i + n);
        }
        bytes.extend(bzip2(two.concat().as_bytes()));
    }
    bytes.extend(bzip2(tail.as_bytes()));
    (bytes, index)
}

#[test]
fn a_dump_in_every_form_gives_the_same_articles() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let text = dump(20).concat();
    fs::write(at("plain.xml"), &text).expect("writable");
    fs::write(at("packed.xml.bz2"), bzip2(text.as_bytes())).expect("writable");
    let (streams, index) = multistream(20);
    fs::write(at("streams.xml.bz2"), &streams).expect("writable");
    fs::write(at("indexed-multistream.xml.bz2"), &streams).expect("writable");
    fs::write(at("indexed-multistream-index.txt.bz2"), bzip2(index.as_bytes())).expect("writable");
    let mut expected = None;
    for name in ["plain.xml", "packed.xml.bz2", "streams.xml.bz2", "indexed-multistream.xml.bz2"] {
        let (code, _, err) = run(folder.path(), &format!("batch {name} -t text,epub -o {name}.out -j4"));
        assert_eq!(code, 0, "{err}");
        assert!(err.contains("20 done, 1 redirects"), "{err}");
        let out = tree(&at(&format!("{name}.out")));
        assert_eq!(out.len(), 40);
        assert!(String::from_utf8_lossy(&out["Page 7.txt"]).contains("Page 7 is a page & has Page 8"));
        assert!(*expected.get_or_insert(out.clone()) == out, "{name}");
        let row =
            rows(&at(&format!("{name}.out/manifest.ndjson"))).into_iter().find(|r| r["status"] == "redirect");
        let row = row.expect("the redirect is recorded");
        assert_eq!((row["title"].as_str(), row["target"].as_str()), (Some("page 1"), Some("Page 1")));
    }
    let (_, _, err) = run(folder.path(), "batch plain.xml --namespace 0,1 -t text -o talk");
    assert!(err.contains("21 done"), "{err}");
    assert!(at("talk/Talk_Page 1.txt").exists());
}

#[test]
fn archives_lists_and_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    articles(folder.path(), 6);
    assert_eq!(run(folder.path(), "batch in -t text -o files").0, 0);
    let files = tree(&at("files"));

    let mut zip = zip::ZipWriter::new(fs::File::create(at("in.zip")).expect("writable"));
    let gz = flate2::write::GzEncoder::new(
        fs::File::create(at("in.tar.gz")).expect("writable"),
        flate2::Compression::fast(),
    );
    let mut tar = tar::Builder::new(gz);
    let mut list = Vec::new();
    for (name, bytes) in tree(&at("in")) {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(&name, options).expect("a name");
        zip.write_all(&bytes).expect("writable");
        tar.append_path_with_name(at("in").join(&name), &name).expect("writable");
        list.extend(format!("{name}\0").into_bytes());
    }
    zip.start_file("__MACOSX/._0.txt", zip::write::SimpleFileOptions::default()).expect("a name");
    zip.start_file("picture.bin", zip::write::SimpleFileOptions::default()).expect("a name");
    zip.finish().expect("writable");
    tar.into_inner().expect("writable").finish().expect("writable");
    for archive in ["in.zip", "in.tar.gz"] {
        let (code, _, err) = run(folder.path(), &format!("batch {archive} -t text -o {archive}.out"));
        assert_eq!(code, 0, "{err}");
        assert!(tree(&at(&format!("{archive}.out"))) == files, "{archive}");
    }

    // A list on standard input, its paths from the working folder on.
    let mut child = fanfold(&at("in"))
        .args(["batch", "-", "-t", "text", "-o", "../listed", "-q"])
        .stdin(std::process::Stdio::piped())
        .spawn()
        .expect("it runs");
    child.stdin.take().expect("a pipe").write_all(&list).expect("it reads");
    assert!(child.wait().expect("it ends").success());
    assert!(tree(&at("listed")) == files);

    let line =
        |n: usize| serde_json::json!({"id": n, "title": format!("T/{n}"), "text": article(n)}).to_string();
    let lines: String = (0..5).map(|n| line(n) + "\n").collect();
    fs::write(at("lines.ndjson"), lines).expect("writable");
    assert_eq!(run(folder.path(), "batch lines.ndjson -t text -o lines").0, 0);
    assert_eq!(names(&at("lines")), (0..5).map(|n| format!("T_{n}.txt")).collect::<Vec<_>>());
    assert_eq!(ids(&at("lines/manifest.ndjson"), "done")[0], "lines.ndjson#0");
}

#[test]
fn images_in_archives_are_found_beside_their_article_and_nowhere_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let gif =
        |n: u8| [b"GIF89a\x01\0\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x01\0\0;".as_slice(), &[n]].concat();
    let article = "# Cat\n\n![a](pictures/a%20cat.gif)\n\n![b](./pictures/../b.gif)\n\n![c](../c.gif)\n\n\
                   ![d](/c.gif)\n\n![e](d/../../c.gif)\n\n![f](none.gif)\n";
    let files: [(&str, Vec<u8>); 5] = [
        ("d/cat.md", article.into()),
        // Of two of one name the last one counts.
        ("d/b.gif", b"no image".to_vec()),
        ("d/pictures/a cat.gif", gif(1)),
        ("d/b.gif", gif(2)),
        ("c.gif", gif(3)),
    ];
    for (name, bytes) in &files {
        let path = at("in").join(name);
        fs::create_dir_all(path.parent().expect("it has one")).expect("writable");
        fs::write(path, bytes).expect("writable");
    }
    let mut zip = zip::ZipWriter::new(fs::File::create(at("in.zip")).expect("writable"));
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in &files {
        // The library refuses a second file of one name.
        if *bytes != b"no image" {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a name");
            zip.write_all(bytes).expect("writable");
        }
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        tar.append_data(&mut header, name, bytes.as_slice()).expect("writable");
    }
    zip.finish().expect("writable");
    let tar = tar.into_inner().expect("memory");
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(&tar).expect("memory");
    fs::write(at("in.tar.gz"), gz.finish().expect("memory")).expect("writable");
    fs::write(at("in.tar.bz2"), bzip2(&tar)).expect("writable");
    fs::write(at("in.tar"), tar).expect("writable");
    let mut expected = None;
    for source in ["in", "in.zip", "in.tar", "in.tar.gz", "in.tar.bz2"] {
        let (code, _, err) = run(folder.path(), &format!("batch {source} -t json,html -o {source}.out"));
        assert_eq!(code, 0, "{err}");
        let row = rows(&at(&format!("{source}.out/manifest.ndjson"))).remove(0);
        let images: Vec<_> = row["images"].as_object().expect("images").keys().collect();
        assert_eq!(images, ["./pictures/../b.gif", "pictures/a%20cat.gif"], "{source}");
        assert_eq!(row["diagnostics"]["image-unavailable"], 4, "{source}");
        let html = tree(&at(&format!("{source}.out"))).remove("d/cat.html").expect("written");
        assert!(*expected.get_or_insert(html.clone()) == html, "{source}");
        // Nothing has changed.
        let (_, _, err) =
            run(folder.path(), &format!("batch {source} -t json,html -o {source}.out --resume"));
        assert!(err.contains("0 done, 1 unchanged"), "{source}: {err}");
    }
    // A change of an image alone is one.
    let mut bytes = fs::read(at("in.tar")).expect("there");
    let place = bytes.windows(29).rposition(|w| w == gif(2)).expect("there");
    bytes[place + 28] = 7;
    fs::write(at("in.tar"), bytes).expect("writable");
    let (_, _, err) = run(folder.path(), "batch in.tar -t json,html -o in.tar.out --resume");
    assert!(err.contains("1 done, 1 with warnings"), "{err}");
}
