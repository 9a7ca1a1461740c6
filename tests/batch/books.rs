//! Books of many articles, and where they come from.

use super::*;

fn book(folder: &Path) {
    let page = |n: usize, title: &str, text: &str| {
        format!(
            "<page><title>{title}</title><ns>0</ns><id>{n}</id><revision><id>{n}00</id><text>{text}</text></revision></page>\n"
        )
    };
    let dump = [
        "<mediawiki xml:lang=\"en\"><siteinfo><sitename>Wikipedia</sitename>\
         <base>https://en.wikipedia.org/wiki/Main_Page</base></siteinfo>\n",
        &page(
            1,
            "Zebra",
            "A striped animal, unlike the [[horse]].\n\n== Range ==\nAfrica. See [[Zebra#Range]].",
        ),
        &page(
            2,
            "Horse",
            "An animal related to the [[zebra]], the [[Equus quagga|quagga]] and the [[donkey]].\n\n== Range ==\nEverywhere.",
        ),
        "<page><title>Equus quagga</title><ns>0</ns><id>3</id><redirect title=\"Zebra\"/></page>\n</mediawiki>\n",
    ];
    fs::write(folder.join("d.xml"), dump.concat()).expect("writable");
}

#[test]
fn a_book_has_numbered_chapters_inner_links_sources_and_an_index() {
    let folder = tempfile::tempdir().expect("a folder");
    book(folder.path());
    let (code, _, err) = run(folder.path(), "book d.xml -o b.json --title Animals --order title");
    assert_eq!((code, err.as_str()), (0, ""));
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("b.json")).expect("written")).expect("JSON");
    let text = json.to_string();
    assert!(text.contains("\"Animals\""));
    assert_eq!(json["articles"].as_array().expect("articles").len(), 4);
    assert_eq!(json["articles"][0]["meta"]["title"][0]["text"], "1 ");
    // The horse's chapter is first. It links to the zebra's three times: by title, by redirect, and
    // the zebra links to its own section.
    assert_eq!(text.matches("\"anchor\":\"chapter-2\"").count(), 2 + 1 + 2, "{text}");
    assert!(text.contains("\"anchor\":\"Range-2\""), "{text}");

    let (code, _, err) = run(folder.path(), "book d.xml -o b.txt --title Animals --width 200");
    assert_eq!((code, err.as_str()), (0, ""));
    let text = fs::read_to_string(folder.path().join("b.txt")).expect("written");
    for said in [
        "Animals",
        "1 Zebra",
        "2 Horse",
        "Sources and licences",
        "1 Zebra. Source: https://en.wikipedia.org/wiki/Zebra",
        "(revision 100). Authors: Wikipedia contributors. Licence: CC BY-SA 4.0",
        "Index",
        "Equus quagga, 1",
        "Horse, 2",
    ] {
        assert!(text.contains(said), "'{said}' is not in:\n{text}");
    }
    for name in ["b.pdf", "b.epub", "b.html"] {
        assert_eq!(run(folder.path(), &format!("book d.xml -o {name} --title Animals")).0, 0);
        assert!(folder.path().join(name).exists());
    }
}

#[test]
fn the_order_comes_from_a_list() {
    let folder = tempfile::tempdir().expect("a folder");
    book(folder.path());
    fs::write(folder.path().join("order.txt"), "Horse\nZebra\n").expect("writable");
    assert_eq!(run(folder.path(), "book d.xml -o b.txt --order order.txt").0, 0);
    let text = fs::read_to_string(folder.path().join("b.txt")).expect("written");
    assert!(text.contains("1 Horse") && text.contains("2 Zebra"), "{text}");
}

#[test]
fn an_article_that_fails_is_named_and_left_out() {
    let folder = tempfile::tempdir().expect("a folder");
    book(folder.path());
    fs::write(folder.path().join("anchor.md"), "# Anchor\n\n[to](#nowhere)\n").expect("writable");
    let sources = "none.txt anchor.md d.xml --deny broken-anchor";
    let (code, _, err) = run(folder.path(), &format!("book {sources} -o b.txt"));
    assert_eq!(code, 1);
    for said in [
        "none.txt: error: no such file or folder",
        "anchor.md:3:1: error[broken-anchor]",
        "anchor.md: error: 'broken-anchor' is denied",
        "b.txt: error: 2 of the sources' articles failed and are not in the book",
    ] {
        assert!(err.contains(said), "'{said}' is not in:\n{err}");
    }
    let text = fs::read_to_string(folder.path().join("b.txt")).expect("written");
    assert!(text.contains("1 Zebra") && text.contains("2 Horse") && !text.contains("Anchor"), "{text}");

    for stop in ["--fail-fast", "--max-failures 2", "--max-failures 1 -j1"] {
        let (code, _, err) = run(folder.path(), &format!("book {sources} -o c.txt {stop}"));
        assert_eq!((code, err.contains("no book was made, because of")), (1, true), "{err}");
        assert!(!folder.path().join("c.txt").exists());
    }
    assert_eq!(run(folder.path(), &format!("book {sources} -o c.txt --max-failures 3")).0, 1);
    assert!(folder.path().join("c.txt").exists());

    // One that is over a bound fails alone too, and a book of nothing else is not made.
    let long = article(1) + &"More of it, and ever more.\n\n".repeat(1000);
    fs::write(folder.path().join("long.txt"), long).expect("writable");
    assert_eq!(run(folder.path(), "book long.txt d.xml -o d.txt --max-input-bytes 10K").0, 1);
    assert!(fs::read_to_string(folder.path().join("d.txt")).expect("written").contains("2 Horse"));
    let (code, _, err) = run(folder.path(), "book long.txt -o e.txt --max-input-bytes 10K");
    assert_eq!((code, err.contains("over the limit of 10240")), (1, true), "{err}");
    assert!(!folder.path().join("e.txt").exists());
}

#[test]
fn a_book_is_the_same_for_any_number_of_threads() {
    let folder = tempfile::tempdir().expect("a folder");
    articles(folder.path(), 40);
    let made = |jobs: &str, name: &str| {
        assert_eq!(run(folder.path(), &format!("book in -o b{jobs}.{name} --title Many {jobs}")).0, 0);
        fs::read(folder.path().join(format!("b{jobs}.{name}"))).expect("written")
    };
    for name in ["epub", "json"] {
        assert!(made("-j1", name) == made("-j8", name), "{name}");
    }
}

/// The words of a written file, whatever its format.
fn words(path: &Path) -> String {
    let bytes = fs::read(path).expect("written");
    match path.extension().and_then(|e| e.to_str()) {
        Some("pdf") => {
            let pdf = lopdf::Document::load_mem(&bytes).expect("a PDF");
            let pages: Vec<u32> = pdf.get_pages().into_keys().collect();
            let text = pdf.extract_text(&pages).expect("text");
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        }
        Some("epub") => {
            let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
            let mut text = String::new();
            for i in 0..zip.len() {
                let mut member = zip.by_index(i).expect("a member");
                if member.name().ends_with(".xhtml") {
                    std::io::Read::read_to_string(&mut member, &mut text).expect("UTF-8");
                }
            }
            text
        }
        _ => String::from_utf8(bytes).expect("UTF-8"),
    }
}

#[test]
fn attribution_is_printed_in_each_format() {
    let folder = tempfile::tempdir().expect("a folder");
    book(folder.path());
    let formats = "text,html,json,flat,chunks,epub,pdf";
    // What a dump says of its pages.
    assert_eq!(run(folder.path(), &format!("batch d.xml -t {formats} -o out")).0, 0);
    // What the options say.
    fs::write(folder.path().join("a.md"), "# Cat\n\nA small animal.\n").expect("writable");
    let given = "--author Ada --license MIT --source-url https://e.org/cat --revision 77";
    assert_eq!(run(folder.path(), &format!("batch a.md -t {formats} -o given {given}")).0, 0);
    assert_eq!(run(folder.path(), "batch d.xml -t article -o out.article").0, 0);
    assert_eq!(run(folder.path(), &format!("batch a.md -t article -o given.article {given}")).0, 0);
    let of_dump =
        ["https://en.wikipedia.org/wiki/Zebra", "revision 100", "Wikipedia contributors", "CC BY-SA 4.0"];
    let of_options = ["https://e.org/cat", "revision 77", "Ada", "MIT"];
    let all =
        [("out", of_dump), ("out.article", of_dump), ("given", of_options), ("given.article", of_options)];
    for (out, all) in all {
        let there = names(&folder.path().join(out));
        let there: Vec<_> = there.iter().filter(|n| !n.contains("Horse")).collect();
        assert_eq!(there.len(), if out.contains("article") { 1 } else { 7 }, "{there:?}");
        for name in there {
            let text = words(&folder.path().join(out).join(name));
            for said in all {
                assert!(text.contains(said), "'{said}' is not in {out}/{name}:\n{text}");
            }
        }
    }
}

#[test]
fn a_missing_licence_is_denied() {
    let folder = tempfile::tempdir().expect("a folder");
    book(folder.path());
    fs::write(folder.path().join("a.txt"), article(1)).expect("writable");
    for command in ["convert a.txt -t text", "book a.txt -o a.epub", "batch a.txt -t text -o out"] {
        let (code, _, err) = run(folder.path(), &format!("{command} --deny missing-license"));
        assert_eq!(code, 1);
        assert!(err.contains("missing-license"), "{err}");
        let given = ["--deny", "missing-license", "--license", "CC BY 4.0"];
        let output = fanfold(folder.path()).args(command.split(' ')).args(given).output().expect("it runs");
        assert!(output.status.success(), "{command}");
    }
    // Of several documents those without one fail alone.
    let (code, _, err) = run(folder.path(), "batch a.txt d.xml -t text -o two --deny missing-license");
    assert_eq!((code, err.contains("2 done, 1 failed")), (1, true), "{err}");
    assert_eq!(names(&folder.path().join("two")), ["Horse.txt", "Zebra.txt"]);
}

#[test]
fn a_list_of_chapters_makes_a_book_whose_files_link_to_each_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("writable");
    };
    write("book.toml", "[book]\ntitle = \"The guide\"\n");
    write("src/SUMMARY.md", "# Summary\n\n- [Last](z.md)\n- [Deep](a/deep.md)\n- [Draft]()\n");
    write(
        "src/z.md",
        "# Zed\n\nSee [deep](a/deep.md#two-words), [it](a/deep.html), [none](a/deep.md#no) and [[deep]].\n\n## Here\n",
    );
    write(
        "src/a/deep.md",
        "# Deep one\n\nBack to [zed](../z.md#zed) and [here](../z.md#here).\n\n## Two words\n\n## Here\n",
    );
    write("src/unlisted.md", "# Unlisted\n");
    for source in ["src/SUMMARY.md", "src", "."] {
        let (code, _, err) = run(folder.path(), &format!("book {source} -o b.json"));
        assert_eq!(code, 0, "{err}");
        assert_eq!(err.matches("broken-anchor").count(), 1, "{err}");
        assert!(err.contains("src/z.md:3:53: warning[broken-anchor]: no anchor of 'a/deep.md#no'"), "{err}");
        let json = fs::read_to_string(folder.path().join("b.json")).expect("written");
        assert!(json.contains("The guide") && !json.contains("Unlisted"), "{json}");
        for (anchor, times) in [("two-words", 1), ("chapter-2", 4), ("chapter-1", 2), ("here", 1)] {
            let target = format!("\"anchor\":\"{anchor}\"");
            assert_eq!(json.replace(": ", ":").matches(&target).count(), times, "{anchor}: {json}");
        }
    }
}

#[test]
fn a_folder_is_a_site_that_shows_what_its_book_holds_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("writable");
    };
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("written");
    let dot =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><path d=\"M0 0L9 9\"/></svg>";
    write("secret.svg", dot);
    write("secret.rs", "let password = 1;\n");
    write("b/book.toml", "[book]\ntitle = \"Dots & lines\"\n");
    write("b/code/main.rs", "fn main() {\n    // ANCHOR: x\n    dot();\n    // ANCHOR_END: x\n}\n");
    write("b/img/dot.svg", dot);
    write("b/src/SUMMARY.md", "- [Dots](dots.md)\n- [Lines](deep/lines.md)\n- [Lines](more.md)\n");
    write(
        "b/src/dots.md",
        "# Dots\n\n![A dot](../img/dot.svg) ![Secret](../../secret.svg) [etc](../../../etc/passwd)\n\n[Larger](../img/dot.svg)\n\n\
         ```rust\n{{#include ../code/main.rs:x}}\n{{#include ../../secret.rs}}\n{{#include dots.md}}\n```\n\n\
         ## Big ones\n\n![[dots]]\n",
    );
    write("b/src/deep/lines.md", "# Lines\n\nOf [dots](../dots.md#big-ones).\n");
    // What begins with a heading of any level is called by it.
    write("b/src/more.md", "## Lines\n\nOther lines.\n");
    for round in 0..2 {
        let (code, _, err) = run(folder.path(), "book b -o out/site/ --lang en");
        assert_eq!(code, 0, "{err}");
        for said in [
            "'../../secret.svg': it lies outside of what may be read",
            "'{{#include ../../secret.rs}}': it lies outside of what may be read",
            "b/src/dots.md:3:54: warning[invalid-link]: the link to '../../../etc/passwd' leads nowhere",
            "dots.md:15:1: warning[structure-flattened]",
        ] {
            assert!(err.contains(said), "{round}: '{said}' is not in {err}");
        }
    }
    let found = [
        ".fanfold-site",
        "dots.html",
        "images/1.svg",
        "index-2.html",
        "index.html",
        "lines-2.html",
        "lines.html",
        "style.css",
    ];
    assert_eq!(names(&folder.path().join("out/site")), found);
    let beside = fs::read_dir(folder.path().join("out")).expect("a folder").count();
    assert_eq!(beside, 1, "something is left beside the site");
    let dots = read("out/site/dots.html");
    for part in [
        "<title>1 Dots – Dots &amp; lines</title>",
        "<img src=\"images/1.svg\" alt=\"A dot\">",
        "<a href=\"images/1.svg\">Larger</a>",
        "    dot();\n",
        // It is put in once, and what is in it stays as it is.
        "{{#include dots.md}}\n",
        "<a rel=\"next\" href=\"lines.html\"><span>Next</span> 2 Lines</a>",
        "aria-current=\"page\">1 Dots</a>",
        "<a href=\"#big-ones\">Big ones</a>",
        "<main id=\"nav:text\">",
    ] {
        assert!(dots.contains(part), "'{part}' is not in:\n{dots}");
    }
    assert!(!dots.contains("password") && !dots.contains("ANCHOR") && !dots.contains("<script"), "{dots}");
    assert!(read("out/site/lines.html").contains("<a href=\"dots.html#big-ones\">dots</a>"));
    assert!(read("out/site/index.html").contains("<a href=\"dots.html#big-ones\">Big ones</a>"));

    // What others put there is never removed, and the site stays as it was.
    write("out/site/CNAME", "dots.example");
    let (code, _, err) = run(folder.path(), "book b -o out/site --lang en -q");
    assert!(code == 1 && err.contains("it holds 'CNAME'"), "{err}");
    assert_eq!(read("out/site/dots.html"), dots);
    let (code, _, err) = run(folder.path(), "book b -o out/site/ -t pdf");
    assert!(code == 1 && err.contains("it is a folder"), "{err}");

    // The archive holds the same bytes, whatever the threads.
    let zips = ["-j 1", "-j 4"].map(|jobs| {
        let (code, _, err) = run(folder.path(), &format!("book b -o b.zip --lang en -q {jobs}"));
        assert_eq!(code, 0, "{err}");
        fs::read(folder.path().join("b.zip")).expect("written")
    });
    assert!(zips[0] == zips[1]);
}

#[test]
fn images_come_from_roots_and_by_a_map() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("writable");
    };
    let dot =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><path d=\"M0 0L9 9\"/></svg>";
    write("img/dot.svg", dot);
    write("map.tsv", "https://a.example/d.svg\timg/dot.svg\n");
    write("text/a.md", "# A\n\n![x](../img/dot.svg)\n![y](https://a.example/d.svg)\n![z](/img/dot.svg)\n");
    let page = |options: &str| {
        let (code, _, err) = run(folder.path(), &format!("convert text/a.md -o a.html --lang en {options}"));
        (code, err, fs::read_to_string(folder.path().join("a.html")).unwrap_or_default())
    };
    let (code, err, html) = page("");
    assert_eq!((code, err.matches("image-unavailable").count()), (0, 3), "{err}");
    assert!(err.contains("name a folder above it with --root") && err.contains("--media-map"), "{err}");
    assert!(html.contains("<a class=\"image\" href=\"../img/dot.svg\">x</a>"), "{html}");
    assert!(html.contains("<a class=\"image\" href=\"https://a.example/d.svg\">y</a>"), "{html}");
    let (code, err, html) = page("--root . --media-map map.tsv");
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(html.matches("src=\"data:image/svg+xml").count(), 3, "{html}");
    for wrong in ["--root none", "--media-map text/a.md", "--media-map none.tsv"] {
        assert_eq!(page(wrong).0, 2, "{wrong}");
    }
}
