//! Styles: what they change, what is wrong with them and where, and that their pages meet the standards.

use assert_cmd::Command;
use fanfold::Converter;
use fanfold::pdf::{FontLibrary, PageStyle};
use fanfold::style::{BUILTIN, Style};
use fanfold::write::{Html, Pdf};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

use crate::common::{Case, cases};

const STYLES: [&str; 4] = ["book", "large-print", "plain", "report"];

fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("fanfold").expect("the binary is built");
    let output = command.current_dir(folder).args(args).output().expect("it runs");
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().expect("no signal"), text(&output.stdout), text(&output.stderr))
}

/// A folder with an article and a style of one's own.
fn folder(style: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let article = format!(
        "= Cat =\n\n{}\n\n==Life==\n\nIt sleeps.\n",
        "It lives with people in their houses. ".repeat(90)
    );
    fs::write(folder.path().join("cat.txt"), article).expect("writable");
    fs::write(folder.path().join("own.toml"), style).expect("writable");
    folder
}

/// What is on the pages in a style.
fn pages(style: &str) -> (i32, String, String) {
    let f = folder(style);
    run(
        f.path(),
        &["cat.txt", "-t", "layout", "--style", "own.toml", "--no-system-fonts", "--date", "2026-11-29"],
    )
}

/// A converter that writes pages and HTML in a style.
fn converter(style: &Style, library: FontLibrary) -> Converter {
    let pages = PageStyle::default().with(|pages| pages.look = style.clone());
    let pdf = Pdf::new(Arc::new(library)).with(|pdf| pdf.style = pages);
    let html = Html::default().with(|html| html.style = style.clone());
    Converter::builder().registry(fanfold::registry().with_writer(pdf).with_writer(html)).build()
}

/// Bytes of a case in a format.
fn written(case: &Case, converter: &Converter, format: &str) -> Vec<u8> {
    let (document, _) = case.read(converter);
    crate::common::write(converter, &document, format).0
}

#[test]
fn every_style_meets_both_standards() {
    let mut faults = Vec::new();
    for built_in in BUILTIN {
        let style = built_in.style();
        let mut library = FontLibrary::embedded();
        if !style.text.font.is_empty() {
            library = library.with_main_family(&style.text.font).expect("its face is built in");
        }
        let converter = converter(&style, library);
        for case in cases().iter().filter(|c| ["showcase", "book-stress", "layout-table"].contains(&&*c.name))
        {
            let name = format!("{} in {}", case.name, built_in.name);
            faults.extend(crate::conformance_pdf::faults(&name, &written(case, &converter, "pdf")));
        }
    }
    assert_eq!(faults, [""; 0]);
}

#[test]
fn the_default_is_book() {
    let case = cases().into_iter().find(|c| c.name == "bondarev").expect("the article");
    for format in ["pdf", "html"] {
        let own = written(&case, &converter(&Style::default(), FontLibrary::embedded()), format);
        assert!(
            own == fs::read(case.folder.join(format!("expected.{format}"))).expect("readable"),
            "{format}"
        );
    }
}

#[test]
fn styles_are_listed_and_printed_and_what_is_printed_is_one() {
    let f = folder("");
    let (code, list, _) = run(f.path(), &["style", "--list"]);
    assert!(code == 0 && STYLES.iter().all(|name| list.contains(name)), "{list}");
    let (_, book, _) = run(f.path(), &["style", "--print"]);
    assert_eq!(Style::parse(&book), Ok(Style::default()));
    let (_, report, _) = run(f.path(), &["style", "--print", "report"]);
    assert!(Style::parse(&report).is_ok_and(|style| style.headings.numbered), "{report}");
    let (code, _, err) = run(f.path(), &["style", "--print", "novel"]);
    assert!(code == 2 && err.contains("'novel' is neither a file nor a built-in style"), "{err}");
}

#[test]
fn what_is_wrong_is_told_with_file_and_line() {
    for (style, want) in [
        ("[colours]\n", "own.toml:1:2: unknown field `colours`"),
        ("[text]\nsise = '9pt'\n", "own.toml:2:1: unknown field `sise`"),
        ("[colors]\nlinks = 'blue'\n", "own.toml:2:9: a colour is #"),
        ("[logo]\nfile = 'none.png'\n", "own.toml:2:1: the logo 'none.png' can't be read: no such file"),
        ("[logo]\nfile = 'cat.txt'\n", "own.toml:2:1: the logo 'cat.txt' is no PNG, JPEG"),
        ("[headings]\nfont = 'No Such Face'\n", "own.toml:2:1: the font 'No Such Face': neither a file"),
        ("base = 'x'\n", "own.toml:1:8: a style is based on one of book"),
    ] {
        let (code, out, err) = pages(style);
        assert!(code == 2 && out.is_empty() && err.contains(want), "{style}: {err}");
    }
    let f = folder("");
    let (code, _, err) = run(f.path(), &["cat.txt", "-t", "layout", "--style", "novel"]);
    assert!(code == 2 && err.contains("--style: 'novel' is neither"), "{err}");
}

#[test]
fn a_logo_of_a_hundred_megabytes_is_refused_before_it_is_read_whole() {
    let f = folder("[logo]\nfile = 'logo.png'\n");
    let file = fs::File::create(f.path().join("logo.png")).expect("writable");
    file.set_len(100 << 20).expect("a hole");
    let (code, _, err) = run(f.path(), &["cat.txt", "-t", "layout", "--style", "own.toml"]);
    assert!(code == 2 && err.contains("own.toml:2:1: the logo 'logo.png' has more than"), "{err}");
}

#[test]
fn low_contrast_is_told_and_can_be_denied() {
    let (code, _, err) = pages("[text]\nsize = '11pt'\n[colors]\nlinks = '#bbbbbb'\n");
    let want = "own.toml:4:1: warning[low-contrast]: 'links' on 'paper' has a contrast of 1.9:1; WCAG AA asks for 4.5:1";
    assert!(code == 0 && err.contains(want), "{err}");
    let f = folder("[colors]\npaper = '#222222'\n");
    let (code, out, err) =
        run(f.path(), &["cat.txt", "-t", "layout", "--style", "own.toml", "--deny", "warnings"]);
    assert!(code == 2 && out.is_empty() && err.contains("low-contrast"), "{err}");
}

#[test]
fn heads_and_feet_have_fields_and_change_sides() {
    let style = "page.mirrored = true\npage.size = 'a6'\n[header]\nleft = '{title}, {date}'\nright = 'Draft'\n[footer]\n\
                 center = ''\nright = '{page} of {pages}'\n";
    let (code, layout, err) = pages(style);
    assert_eq!((code, err.as_str()), (0, ""));
    let count = layout.lines().filter(|line| line.starts_with("page ")).count();
    assert!(count > 3, "{layout}");
    assert!(layout.contains("Cat, 2026-11-29") && layout.contains("Draft"), "{layout}");
    assert!(layout.contains(&format!("2 of {count}")), "{layout}");
    // The first page opens the article: a foot, no head.
    let second = layout.find("\npage 2").expect("a second page");
    assert!(!layout[..second].contains("Draft") && layout[..second].contains("1 of "), "{layout}");
    let at = |page: usize, words: &str| -> i64 {
        let start = layout.find(&format!("\npage {page},")).expect("the page");
        let line = layout[start..].lines().find(|line| line.contains(words)).expect("its words");
        let digits = line.trim_start().split(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty());
        digits.and_then(|digits| digits.parse().ok()).expect("a place")
    };
    assert!(at(2, "Draft") < at(2, "Cat, 2026"), "{layout}");
    assert!(at(3, "Draft") > at(3, "Cat, 2026"), "{layout}");
}

#[test]
fn a_head_longer_than_its_line_is_cut_and_told_once() {
    let (code, layout, err) =
        pages(&format!("page.size = 'a6'\n[header]\nleft = '{}'\n", "Very long. ".repeat(90)));
    assert_eq!(code, 0);
    assert_eq!(err.matches("warning[running-line-cut]").count(), 1, "{err}");
    assert!(layout.contains('…'), "{layout}");
}

#[test]
fn margins_larger_than_the_page_and_a_face_without_letters_leave_right_pages() {
    for style in [
        "[page]\nsize = 'a5'\nmargins = '900mm'\n",
        "[text]\nfont = 'Noto Serif Thai'\n",
        "[logo]\nfile = ''\nheight = '60mm'\n[page]\nmargins = '0mm'\nsize = '60mmx60mm'\n",
        "[page]\nsize = 'a6'\nlandscape = true\ncolumns = 2\n[text]\nsize = '72pt'\nleading = 3\n",
    ] {
        let (code, layout, err) = pages(style);
        assert!(code == 0 && !err.contains("error"), "{style}: {err}");
        assert!(layout.contains("eeps"), "{style}: {layout}");
    }
}

#[test]
fn a_configuration_has_a_style_and_the_command_line_another() {
    let f = folder("[text]\nsize = '9pt'\n");
    fs::write(f.path().join("fanfold.toml"), "[style]\nbase = 'report'\n[style.page]\nsize = 'a5'\n")
        .expect("writable");
    let arguments = ["cat.txt", "-t", "layout", "--no-system-fonts"];
    let (code, layout, err) = run(f.path(), &arguments);
    assert!(
        code == 0 && layout.starts_with("page 1, 420 x 595") && layout.contains("NotoSerif"),
        "{err}{layout}"
    );
    let (_, layout, _) = run(f.path(), &[&arguments[..], &["--style", "plain"]].concat());
    assert!(layout.starts_with("page 1, 595 x 842"), "{layout}");
    let (_, layout, _) = run(f.path(), &[&arguments[..], &["--paper", "letter"]].concat());
    assert!(layout.starts_with("page 1, 612 x 792") && layout.contains("NotoSerif"), "{layout}");
    let (code, config, _) = run(f.path(), &["config"]);
    assert!(code == 0 && config.contains("# The style is that of [style] in fanfold.toml."), "{config}");
    fs::write(f.path().join("fanfold.toml"), "deny = []\n[style.text]\nleading = 'wide'\n")
        .expect("writable");
    let (code, _, err) = run(f.path(), &arguments);
    assert!(code == 2 && err.contains("fanfold.toml:3:11: invalid type"), "{err}");
    fs::write(f.path().join("fanfold.toml"), "style = 'own.toml'\n").expect("writable");
    let (code, _, err) = run(f.path(), &arguments);
    assert_eq!((code, err.as_str()), (0, ""));
}

#[test]
fn the_same_values_are_in_html_and_epub() {
    let f = folder(
        "[colors]\nlinks = '#0b4f9e'\nheadings = '#7a1f1f'\n[logo]\nfile = 'logo.png'\nalt = 'Harbour board'\n",
    );
    fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/dots.png"), f.path().join("logo.png"))
        .expect("copied");
    let arguments =
        ["cat.txt", "-t", "html,epub,layout,pdf", "-o", "out/", "--style", "own.toml", "--no-system-fonts"];
    let (code, _, err) = run(f.path(), &arguments);
    assert_eq!((code, err.as_str()), (0, ""));
    let html = fs::read_to_string(f.path().join("out/cat.html")).expect("written");
    assert!(html.contains("--link:#0b4f9e") && html.contains("color:#7a1f1f"), "{html}");
    assert!(html.contains("<img class=\"logo\" alt=\"Harbour board\""), "{html}");
    let layout = fs::read_to_string(f.path().join("out/cat.layout")).expect("written");
    assert_eq!(layout.matches("logo").count(), 1, "on the first page alone: {layout}");
    let pdf = fs::read(f.path().join("out/cat.pdf")).expect("written");
    assert_eq!(crate::conformance_pdf::faults("logo", &pdf), [""; 0]);
}

/// A Markdown file and what the program writes of it with these arguments.
fn made(markdown: &str, args: &[&str]) -> String {
    let f = folder("");
    fs::write(f.path().join("own.md"), markdown).expect("writable");
    let (code, out, err) = run(f.path(), &[&["own.md", "--no-system-fonts", "-o", "-"], args].concat());
    assert_eq!((code, err.as_str()), (0, ""));
    out
}

#[test]
fn code_has_its_colours_in_every_format_where_its_language_is_known() {
    let f = folder("");
    let code = "# Code\n\n```rust\nlet x = 1; // one\n```\n\n```what\nlet y = 2;\n```\n";
    let html = made(code, &["-t", "html", "--lang", "en"]);
    assert!(html.contains("<span class=\"hk\">let</span> x = <span class=\"hd\">1</span>;"), "{html}");
    assert!(html.contains(".hk{color:#0b4f9e}") && html.contains("let y = 2;"), "{html}");
    assert!(!made("# A\n\nb\n", &["-t", "html", "--lang", "en"]).contains(".hk"));
    // The pages of a style that tells nothing apart are not the same.
    fs::write(f.path().join("own.toml"), "[code]\nhighlight = false\n").expect("writable");
    let pdf = |style: &[&str]| {
        let arguments = ["own.md", "--lang", "en", "--no-system-fonts", "-o", "own.pdf"];
        let (code, _, err) = run(f.path(), &[&arguments, style].concat());
        assert_eq!((code, err.as_str()), (0, ""));
        fs::read(f.path().join("own.pdf")).expect("written")
    };
    fs::write(f.path().join("own.md"), code).expect("writable");
    let coloured = pdf(&[]);
    assert_eq!(crate::conformance_pdf::faults("code", &coloured), [""; 0]);
    assert!(coloured != pdf(&["--style", "own.toml"]));
}

#[test]
fn numbers_of_lines_stand_beside_code_and_are_no_content() {
    let code =
        "# Code\n\n``` {.rust .numberLines startFrom=99}\nlet x = 1;\nlet y = 2;\n```\n\n```\nz\n```\n";
    let f = folder("[code]\nnumbers = true\n");
    fs::write(f.path().join("own.md"), code).expect("writable");
    let arguments = ["own.md", "--lang", "en", "--no-system-fonts", "--style", "own.toml"];
    let (code, layout, err) = run(f.path(), &[&arguments[..], &["-t", "layout"]].concat());
    assert_eq!((code, err.as_str()), (0, ""));
    for number in ["99", "100", "1"] {
        let line = format!("layout {number:?}");
        assert!(layout.contains(&line) || layout.contains(&format!(": {number:?}")), "{number}: {layout}");
    }
    let (code, _, err) = run(f.path(), &[&arguments[..], &["-o", "own.pdf"]].concat());
    assert_eq!((code, err.as_str()), (0, ""));
    let pdf = fs::read(f.path().join("own.pdf")).expect("written");
    assert_eq!(crate::conformance_pdf::faults("numbers", &pdf), [""; 0]);
}

#[test]
fn headings_are_in_capitals_as_their_language_has_them() {
    let layout = |case: &str, lang: &str| {
        let f = folder(&format!("[headings]\ncase = '{case}'\n"));
        fs::write(f.path().join("own.md"), "# T\n\n## Dil `i` ve ß\n\nA.\n").expect("writable");
        let arguments =
            ["own.md", "-t", "layout", "--no-system-fonts", "--style", "own.toml", "--lang", lang];
        run(f.path(), &arguments).1
    };
    assert!(layout("upper", "tr").contains("DİL"), "{}", layout("upper", "tr"));
    let upper = layout("upper", "de");
    assert!(upper.contains("DIL") && upper.contains("VE SS"), "{upper}");
    // The outline has the words as they are.
    assert!(upper.contains("Dil i ve ß"), "{upper}");
    assert!(layout("small-caps", "de").contains("Dil"), "their letters are the same");
}

#[test]
fn a_cover_is_a_page_and_what_is_no_picture_is_told() {
    let f = folder("");
    let at = |name: &str| f.path().join(name);
    fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/dots.png"), at("dots.png"))
        .expect("copied");
    let arguments = ["cat.txt", "--lang", "en", "--no-system-fonts", "--cover"];
    let (_, usual, _) = run(f.path(), &["cat.txt", "--lang", "en", "--no-system-fonts", "-t", "layout"]);
    let (code, layout, err) = run(f.path(), &[&arguments[..], &["dots.png", "-t", "layout"]].concat());
    assert_eq!((code, err.as_str()), (0, ""));
    let pages = |layout: &str| layout.matches("\npage ").count();
    assert_eq!(pages(&layout), pages(&usual) + 1, "{layout}");
    assert!(layout.lines().nth(1).is_some_and(|line| line.contains("cover")), "{layout}");
    let (code, _, err) = run(f.path(), &[&arguments[..], &["dots.png", "-o", "own.pdf"]].concat());
    assert_eq!((code, err.as_str()), (0, ""));
    let pdf = fs::read(at("own.pdf")).expect("written");
    assert_eq!(crate::conformance_pdf::faults("cover", &pdf), [""; 0]);
    let (code, layout, _) = run(f.path(), &[&arguments[..], &["typeset", "-t", "layout"]].concat());
    assert!(code == 0 && pages(&layout) == pages(&usual) + 1, "{layout}");
    let (code, _, err) = run(f.path(), &[&arguments[..], &["cat.txt", "-o", "own.pdf"]].concat());
    assert!(code == 2 && err.contains("--cover cat.txt: is no PNG"), "{err}");
    let (code, _, err) = run(f.path(), &[&arguments[..], &["none.png", "-o", "own.pdf"]].concat());
    assert!(code == 2 && err.contains("--cover none.png: can't be read: no such file"), "{err}");
}

#[test]
fn wide_tables_and_contents_stand_over_both_columns() {
    let row = format!("|{}\n", " 1234567 |".repeat(9));
    let table = format!("{row}|{}\n{}", "--|".repeat(9), row.repeat(90));
    let text = "It lives with people in their houses. ".repeat(60);
    let text = format!("# T\n\n## One\n\n{text}\n\n{table}\n{text}\n\n{text}\n");
    let layout = made(&text, &["-t", "layout", "--columns", "2", "--toc", "--lang", "en"]);
    let left = |line: &str| -> i64 {
        let place = line.split(" at ").nth(1).and_then(|at| at.split(',').next());
        place.and_then(|x| x.parse().ok()).expect("a place")
    };
    let folio = layout.lines().find(|line| line.contains(": \"1\"")).expect("the number of a page");
    assert!(left(folio) > 480, "at the right of both columns: {folio}");
    let cells: Vec<i64> = layout.lines().filter(|line| line.contains("\"1234567\"")).map(left).collect();
    assert!(cells.len() > 9 * 91, "all of it, and heads again: {}", cells.len());
    assert!(cells.iter().any(|x| *x > 350) && cells.iter().any(|x| *x < 100), "{:?}", &cells[..9]);
    assert!(!layout.contains("page 1, 842"), "nothing is turned");
}

#[test]
fn pages_of_a_mirrored_book_start_on_the_right() {
    let f = folder("page.mirrored = true\npage.recto = true\npage.contents = true\n");
    fs::write(f.path().join("cat.txt"), "= Cat =\n\nIt sleeps.\n\n= Dog =\n\nIt barks.\n").expect("writable");
    let arguments = ["cat.txt", "-t", "layout", "--no-system-fonts", "--style", "own.toml", "--lang", "en"];
    let (code, layout, err) = run(f.path(), &arguments);
    assert_eq!((code, err.as_str()), (0, ""));
    let pages: Vec<&str> = layout.split("page ").skip(1).collect();
    // Contents, nothing, the cat, nothing, the dog.
    let shows = |page: usize, words: &str| pages.get(page).is_some_and(|page| page.contains(words));
    assert!(shows(0, "Contents") && shows(2, "sleeps") && shows(4, "barks"), "{layout}");
    assert!(pages[1].lines().count() < 3 && pages[3].lines().count() < 3, "{layout}");
}

#[test]
fn keys_that_nothing_written_can_use_are_told_with_their_place() {
    let f = folder(
        "[text]\nsize = '9pt'\n[page]\nmirrored = true\n[header]\nleft = 'Draft'\nright = '{section}'\n",
    );
    let arguments = ["cat.txt", "--lang", "en", "--style", "own.toml", "-o"];
    let (code, _, err) = run(f.path(), &[&arguments[..], &["cat.html"]].concat());
    let want = "own.toml:4:1: warning[unused-option]: page.mirrored and header.left: nothing that is written has a use \
                for them; they are for pdf and layout";
    assert!(code == 0 && err.contains(want), "{err}");
    assert_eq!(run(f.path(), &[&arguments[..], &["cat.pdf"]].concat()).2, "");
    let denied = [&arguments[..], &["cat.epub", "--deny", "unused-option"]].concat();
    assert!(run(f.path(), &denied).0 != 0 && !f.path().join("cat.epub").exists());
}

#[test]
fn addresses_stand_in_notes_when_asked() {
    let text = "# Links\n\n[A house](https://a.example/house) and <https://b.example/>.\n";
    let layout = made(text, &["-t", "layout", "--lang", "en", "--links", "notes"]);
    assert!(layout.contains(": \"https://a.example/house\""), "{layout}");
    // One whose words say where it leads needs none.
    assert_eq!(layout.matches("Label at").count(), 1, "{layout}");
    assert!(
        !made(text, &["-t", "layout", "--lang", "en"]).contains(": \"https://a.example"),
        "only when asked"
    );
}

#[test]
fn the_last_page_of_two_columns_is_balanced_and_columns_go_as_the_lines_do() {
    let lefts = |words: &str, lang: &str| -> Vec<i64> {
        let text = format!("# T\n\n{}", format!("{words}\n\n").repeat(12));
        let layout = made(&text, &["-t", "layout", "--columns", "2", "--lang", lang]);
        assert_eq!(layout.matches("page 2,").count(), 0, "{layout}");
        let places = layout.lines().filter_map(|line| line.trim_start().strip_prefix("Paragraph at "));
        places.map(|at| at.split(',').next().and_then(|x| x.parse().ok()).expect("a place")).collect()
    };
    for (words, lang, first_is_left) in
        [("A cat lives with people.", "en", true), ("القطة حيوان صغير.", "ar", false)]
    {
        let lefts = lefts(words, lang);
        let left = lefts.iter().filter(|x| **x < 280).count();
        assert!(left.abs_diff(lefts.len() - left) <= 1, "{lang}: {lefts:?}");
        assert_eq!(lefts[0] < 280, first_is_left, "{lang}: {lefts:?}");
    }
}
