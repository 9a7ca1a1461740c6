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
    assert!(text.contains("\"anchor\":\"range-2\""), "{text}");

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
fn the_order_comes_from_a_list_and_a_book_is_whole_or_not_made() {
    let folder = tempfile::tempdir().expect("a folder");
    book(folder.path());
    fs::write(folder.path().join("order.txt"), "Horse\nZebra\n").expect("writable");
    assert_eq!(run(folder.path(), "book d.xml -o b.txt --order order.txt").0, 0);
    let text = fs::read_to_string(folder.path().join("b.txt")).expect("written");
    assert!(text.contains("1 Horse") && text.contains("2 Zebra"), "{text}");
    let (code, _, err) = run(folder.path(), "book d.xml none.txt -o c.txt");
    assert_eq!((code, err.contains("none.txt")), (1, true), "{err}");
    assert!(!folder.path().join("c.txt").exists());
}

#[test]
fn attribution_is_printed_in_each_format_and_a_missing_licence_denied() {
    let folder = tempfile::tempdir().expect("a folder");
    book(folder.path());
    assert_eq!(run(folder.path(), "batch d.xml -t text,html,article -o out").0, 0);
    for name in ["Zebra.txt", "Zebra.html"] {
        let text = fs::read_to_string(folder.path().join("out").join(name)).expect("written");
        for said in
            ["https://en.wikipedia.org/wiki/Zebra", "revision 100", "Wikipedia contributors", "CC BY-SA 4.0"]
        {
            assert!(text.contains(said), "'{said}' is not in {name}:\n{text}");
        }
    }
    fs::write(folder.path().join("a.txt"), article(1)).expect("writable");
    let (code, _, err) = run(folder.path(), "convert a.txt -t text --deny missing-license");
    assert_eq!(code, 1);
    assert!(err.contains("error[missing-license]"), "{err}");
    let given = ["convert", "a.txt", "-t", "text", "--deny", "missing-license", "--license", "CC BY 4.0"];
    let output = fanfold(folder.path()).args(given).output().expect("it runs");
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stdout).contains("Licence: CC BY 4.0"));
}
