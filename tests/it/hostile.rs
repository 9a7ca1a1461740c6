//! What a source says never becomes active in an output: hostile inputs in every format that is read,
//! written in every format there is, and the outputs taken apart.
#![cfg(all(feature = "cli", feature = "epub", feature = "html", feature = "markdown"))]
#![cfg(all(feature = "pandoc", feature = "pdf", feature = "wikitext"))]

use fanfold::Converter;
use fanfold::asset::{LoadError, Loader};
use fanfold::diagnostic::{Diagnostic, code};
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

/// A word that must not be the name of an element, an attribute or a key anywhere.
const MARK: &str = "pwned";

/// Addresses that run code or read files, in the disguises that browsers see through.
const ADDRESSES: [&str; 9] = [
    "javascript:pwned()",
    "JaVaScRiPt:pwned()",
    "java\u{1}script:pwned()",
    "\u{1}javascript:pwned()",
    "vbscript:pwned",
    "data:text/html,<script>pwned()</script>",
    "file:///etc/passwd",
    "blob:https://x/pwned",
    "javascript&#58;pwned()",
];

/// Words that end or open something in HTML, XML, PDF, JSON, a terminal or a file system.
const WORDS: [&str; 12] = [
    "<script>pwned()</script>",
    "\"><pwned/>",
    "' onload='pwned()",
    "]]><pwned/>",
    "--><pwned/><!--",
    "</title></style></textarea><pwned/>",
    "&lt;pwned&gt;",
    ") /pwned (x",
    "\u{1B}[2J\u{1B}]0;pwned\u{7}",
    "\u{9B}2J\u{90}pwned\u{9C}\u{7F}\u{8}",
    "../../../pwned",
    "x\u{202E}dewnwp",
];

fn json(text: &str) -> String {
    Value::from(text).to_string()
}

/// The inputs: name, format, bytes.
fn inputs() -> Vec<(String, &'static str, String)> {
    let mut all = Vec::new();
    let mut add = |name: &str, format, text: String| all.push((name.to_owned(), format, text));
    for word in WORDS {
        add(
            "a.txt",
            "article",
            format!("= {word} =\n\n{word}\n- {word}: {word}\n\n{word}\n\n=={word}==\n- {word}\n"),
        );
        add(
            "a.md",
            "markdown",
            format!(
                "---\ntitle: {}\nauthor: [{}]\nlang: {}\ndate: {}\n---\n\n# {word}\n\n{word} *{word}* `{word}` \
                 ![{word}](pic.png '{word}')[^1]\n\n```{word}\n{word}\n```\n\n| {word} |\n|---|\n| {word} |\n\n\
                 ${word}$\n\n[^1]: {word}\n\n<div id='{word}' class='{word}' onclick='pwned()'>{word}</div>\n",
                json(word),
                json(word),
                json(word),
                json(word)
            ),
        );
        add(
            "a.html",
            "html",
            format!(
                "<html lang=\"{word}\"><head><title>{word}</title><meta name=author content=\"{word}\"><meta name=date content='{word}'>\
                 <link rel=canonical href=\"{word}\"></head><body onload=\"pwned()\"><h1 id=\"{word}\">{word}</h1>\
                 <p class=\"{word}\" title='{word}' onclick='pwned()' style=\"x:expression(pwned())\">{word} <code>{word}</code>\
                 <a name=\"{word}\">{word}</a> <img src=pic.png alt=\"{word}\"> <math alttext=\"{word}\"><mi>{word}</mi></math>\
                 <svg xmlns='http://www.w3.org/2000/svg' onload='pwned()'><script>pwned()</script><rect width='9' height='9'/></svg>\
                 <table class=infobox><tr><th>{word}<td>{word}</table><pre class=\"language-{word}\">{word}</pre>\
                 <script>pwned()</script><iframe src=\"{word}\"></iframe><form action=\"{word}\"><button>b</button></form>\n"
            ),
        );
        add(
            "a.wiki",
            "wikitext",
            format!(
                "{{{{Infobox x|name={word}|image=pic.png|caption={word}|{word}={word}}}}}\n'''{word}''' [[File:pic.png|thumb|alt={word}|{word}]]\n\
                 == {word} ==\n{{| class=\"{word}\" id=\"{word}\" onload=\"pwned()\"\n! {word}\n|-\n| style=\"{word}\" | {word}\n|}}\n\
                 <span id=\"{word}\" onclick=\"pwned()\" style=\"x:expression(pwned())\">{word}</span>\
                 <ref name=\"{word}\">{word}</ref><math>{word}</math><pre>{word}</pre>{{{{{word}|{word}}}}}\n[[Category:{word}]]\n"
            ),
        );
        let text = |t: &str| format!("{{\"type\":\"text\",\"text\":{},\"span\":[0,0]}}", json(t));
        let w = json(word);
        add(
            "a.json",
            "json",
            format!(
                "{{\"schema\":\"fanfold\",\"version\":\"0.1\",\"sources\":[{{\"name\":{w},\"format\":{w},\"encoding\":{w},\"length\":9}}],\
                 \"articles\":[{{\"span\":[0,0],\"meta\":{{\"title\":[{t}],\"creators\":[{{\"name\":{w}}}],\"date\":{w},\"description\":{w},\
                 \"identifier\":{w},\"publisher\":{w},\"rights\":{w},\"subjects\":[{w}],\"source_url\":\"javascript:pwned()\"}},\
                 \"blocks\":[{{\"type\":\"paragraph\",\"attr\":{{\"id\":{w},\"classes\":[{w}]}},\"content\":[{t},\
                 {{\"type\":\"image\",\"source\":{w},\"alt\":{w},\"span\":[0,0]}}],\"span\":[0,0]}},\
                 {{\"type\":\"code\",\"language\":{w},\"text\":{w},\"span\":[0,0]}},{{\"type\":\"math\",\"tex\":{w},\"span\":[0,0]}}]}}],\
                 \"assets\":{{{w}:{{\"media_type\":\"image/png\",\"data\":\"iVBORw0KGgo=\"}}}}}}",
                t = text(word)
            ),
        );
        add(
            "a.json",
            "pandoc",
            format!(
                "{{\"pandoc-api-version\":[1,23,1],\"meta\":{{\"title\":{{\"t\":\"MetaInlines\",\"c\":[{{\"t\":\"Str\",\"c\":{w}}}]}},\
                 \"author\":{{\"t\":\"MetaInlines\",\"c\":[{{\"t\":\"Str\",\"c\":{w}}}]}}}},\"blocks\":[\
                 {{\"t\":\"Header\",\"c\":[1,[{w},[{w}],[[\"onclick\",\"pwned()\"],[{w},{w}]]],[{{\"t\":\"Str\",\"c\":{w}}}]]}},\
                 {{\"t\":\"CodeBlock\",\"c\":[[{w},[{w}],[[\"style\",{w}]]],{w}]}},\
                 {{\"t\":\"RawBlock\",\"c\":[\"html\",\"<script>pwned()</script>\"]}},\
                 {{\"t\":\"Para\",\"c\":[{{\"t\":\"RawInline\",\"c\":[\"html\",\"<pwned>\"]}},{{\"t\":\"Math\",\"c\":[{{\"t\":\"InlineMath\"}},{w}]}},\
                 {{\"t\":\"Image\",\"c\":[[{w},[],[]],[{{\"t\":\"Str\",\"c\":{w}}}],[{w},{w}]]}}]}}]}}"
            ),
        );
    }
    for address in ADDRESSES {
        let a = json(address);
        add(
            "a.md",
            "markdown",
            format!(
                "# T\n\n[x]({address}) [y](<{address}>) <{address}> ![z]({address}) [r]\n\n[r]: {address}\n\n<a href=\"{address}\">h</a><img src=\"{address}\">\n"
            ),
        );
        add(
            "a.wiki",
            "wikitext",
            format!(
                "[{address} x] [[{address}]] [[{address}|y]] [[File:{address}]] <a href=\"{address}\">h</a> {{{{cite web|url={address}|title=t}}}} {{{{URL|{address}}}}}\n"
            ),
        );
        add(
            "a.html",
            "html",
            format!(
                "<link rel=canonical href=\"{address}\"><h1>T</h1><p><a href=\"{address}\">x</a> <a href='{address}'><b>y</b></a>\
                 <a href=\"{address}\"><h2>z</h2></a><img src=\"{address}\"><blockquote cite=\"{address}\">q</blockquote>\n"
            ),
        );
        add("a.txt", "article", format!("= T =\n\nT\n- Website: {address}\n\n{address} and {address}#x\n"));
        add(
            "a.json",
            "json",
            format!(
                "{{\"schema\":\"fanfold\",\"version\":\"0.1\",\"sources\":[],\"articles\":[{{\"span\":[0,0],\"meta\":{{\"source_url\":{a}}},\"blocks\":[{{\"type\":\"paragraph\",\"content\":[\
                 {{\"type\":\"link\",\"target\":{{\"url\":{a}}},\"content\":[{{\"type\":\"text\",\"text\":\"x\",\"span\":[0,0]}}],\"span\":[0,0]}},\
                 {{\"type\":\"link\",\"target\":{{\"article\":{{\"title\":{a}}}}},\"content\":[],\"span\":[0,0]}},\
                 {{\"type\":\"link\",\"target\":{{\"anchor\":{a}}},\"content\":[],\"span\":[0,0]}},\
                 {{\"type\":\"image\",\"source\":{a},\"span\":[0,0]}}],\"span\":[0,0]}}]}}]}}"
            ),
        );
        add(
            "a.json",
            "pandoc",
            format!(
                "{{\"pandoc-api-version\":[1,23,1],\"meta\":{{}},\"blocks\":[{{\"t\":\"Para\",\"c\":[\
                 {{\"t\":\"Link\",\"c\":[[\"\",[],[]],[{{\"t\":\"Str\",\"c\":\"x\"}}],[{a},\"\"]]}},\
                 {{\"t\":\"Link\",\"c\":[[\"\",[\"wikilink\"],[]],[{{\"t\":\"Str\",\"c\":\"x\"}}],[{a},\"wikilink\"]]}},\
                 {{\"t\":\"Image\",\"c\":[[\"\",[],[]],[{{\"t\":\"Str\",\"c\":\"x\"}}],[{a},\"\"]]}}]}}]}}"
            ),
        );
    }
    all
}

/// A picture for the name that is one, and a script for what would lead elsewhere.
struct Pictures;

impl Loader for Pictures {
    fn load(&self, source: &str, _: usize) -> Result<Vec<u8>, LoadError> {
        match source {
            "pic.png" => Ok(include_bytes!("../fixtures/dots.png").to_vec()),
            _ => Ok(b"<svg xmlns='http://www.w3.org/2000/svg' onload='pwned()'><script>pwned()</script><a href='javascript:pwned()'><rect width='9' height='9'/></a></svg>".to_vec()),
        }
    }
}

#[test]
fn nothing_a_source_says_becomes_active() {
    let converter = Converter::builder()
        .writer(
            fanfold::write::Pdf::new(std::sync::Arc::new(fanfold::pdf::FontLibrary::embedded()))
                .with(|pdf| pdf.standards = "a-3a".parse().expect("a standard")),
        )
        .build();
    let mut faults = BTreeSet::new();
    for (name, from, text) in inputs() {
        let mut said: Vec<Diagnostic> = Vec::new();
        let mut cx = converter.read_context(&name, &mut said).with_loader(&Pictures);
        let read = converter.read(text.as_bytes(), Some(from), &mut cx);
        let document = read.unwrap_or_else(|error| panic!("{error}: {text}"));
        for to in ["article", "text", "html", "epub", "pdf", "json", "flat", "chunks", "pandoc", "layout"] {
            let mut out = Vec::new();
            let mut cx = converter.write_context(&name, &mut said).with_source(text.as_bytes());
            converter.write(&document, to, &mut out, &mut cx).expect("every document is written");
            for fault in check(to, &out) {
                faults.insert(format!("{from} to {to}: {fault}\n    of {text:.300?}"));
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        faults.into_iter().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn the_checks_see_faults() {
    for (format, bad) in [
        ("html", "<p><script>x</script></p>"),
        ("html", "<p onclick='x'>a</p>"),
        ("html", "<a href='java&#10;script:x'>a</a>"),
        ("html", "<img src='file:///x'>"),
        ("html", "<pwned>"),
        ("text", "a\u{1B}[2J"),
        ("text", "[1] javascript:x"),
        ("json", "{\"a\":\"\u{9B}\"}"),
        ("pandoc", r#"{"t":"Link","c":[[],[],["data:text/html,x",""]]}"#),
        ("pandoc", r#"{"t":"RawInline","c":["html","x"]}"#),
        ("layout", "\u{7F}"),
    ] {
        assert!(!check(format, bad.as_bytes()).is_empty(), "{format}: {bad}");
    }
    assert!(!markup("<a><b></a>", true).is_empty() && !markup("<a>", true).is_empty());
    let mut bad = lopdf::Document::new();
    bad.add_object(
        lopdf::dictionary! { "S" => "URI", "URI" => lopdf::Object::string_literal("javascript:x") },
    );
    bad.add_object(lopdf::dictionary! { "S" => "JavaScript" });
    let mut out = Vec::new();
    bad.save_to(&mut out).expect("written");
    assert_eq!(pdf(&out).len(), 2);
}

fn check(format: &str, out: &[u8]) -> Vec<String> {
    match format {
        "html" => markup(&String::from_utf8_lossy(out), false),
        "epub" => epub(out),
        "pdf" => pdf(out),
        "json" | "flat" | "chunks" => [controls(out), json_lines(out)].concat(),
        "pandoc" => [controls(out), pandoc(out)].concat(),
        "text" => [controls(out), addresses(out)].concat(),
        _ => controls(out),
    }
}

/// What steers a terminal.
fn controls(out: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(out);
    let found = text.chars().filter(|&c| c.is_control() && c != '\n' && c != '\t');
    found.map(|c| format!("the control character {:04X}", c as u32)).collect()
}

/// Text has no links; what it lists as addresses of links must be none that a terminal or an editor
/// would open.
fn addresses(out: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(out);
    let listed = text.lines().filter_map(|line| line.strip_prefix('[')?.split_once("] "));
    let numbered = listed.filter(|(number, _)| number.bytes().all(|b| b.is_ascii_digit()));
    numbered.filter_map(|(_, address)| unsafe_address(address)).collect()
}

fn json_lines(out: &[u8]) -> Vec<String> {
    let read = serde_json::Deserializer::from_slice(out).into_iter::<Value>();
    read.filter_map(Result::err).map(|e| e.to_string()).collect()
}

/// Why an address may not be followed. What has no scheme leads to where the document is.
fn unsafe_address(address: &str) -> Option<String> {
    let seen: String = address.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let (scheme, _) = seen.split_once(':')?;
    let mut letters = scheme.chars();
    let is_scheme = letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && letters.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let safe = ["http", "https", "mailto"].iter().any(|s| s.eq_ignore_ascii_case(scheme));
    (is_scheme && !safe).then(|| format!("the address '{seen:.60}'"))
}

/// Faults of an HTML or, `strict`, an XML text.
fn markup(text: &str, strict: bool) -> Vec<String> {
    let mut faults = Vec::new();
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = strict;
    let mut depth = 0;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                depth += 1;
                faults.extend(element_faults(&element));
            }
            Ok(Event::Empty(element)) => faults.extend(element_faults(&element)),
            Ok(Event::End(_)) => depth -= 1,
            Ok(Event::Eof) => break,
            Ok(Event::Comment(comment)) if comment.contains(MARK) => {
                faults.push("a comment of the source".into())
            }
            Ok(Event::PI(_)) => faults.push("a processing instruction".into()),
            Ok(_) => {}
            Err(error) => {
                faults.push(format!("not well-formed: {error}"));
                break;
            }
        }
    }
    if strict && depth != 0 {
        faults.push("not balanced".into());
    }
    faults
}

fn element_faults(element: &BytesStart<'_>) -> Vec<String> {
    const ACTIVE: [&str; 12] = [
        "script",
        "iframe",
        "object",
        "embed",
        "form",
        "base",
        "frame",
        "applet",
        "foreignobject",
        "animate",
        "set",
        MARK,
    ];
    let name = element.local_name().as_ref().to_lowercase();
    let mut faults = Vec::new();
    if ACTIVE.contains(&&*name) || name.contains(MARK) {
        faults.push(format!("the element {name}"));
    }
    for attribute in element.html_attributes() {
        let Ok(attribute) = attribute else {
            faults.push(format!("a broken attribute of {name}"));
            continue;
        };
        let key = attribute.key.local_name().as_ref().to_lowercase();
        let value = quick_xml::escape::unescape(&attribute.value).unwrap_or_default().into_owned();
        if key.starts_with("on") || key.contains(MARK) || (name == "meta" && key == "http-equiv") {
            faults.push(format!("the attribute {key} of {name}"));
        }
        if key == "style" && (value.contains("expression") || value.contains("url(")) {
            faults.push(format!("the style {value}"));
        }
        if ["href", "src", "action", "formaction", "poster", "data", "cite", "longdesc", "altimg"]
            .contains(&&*key)
        {
            // As a picture, a drawing runs nothing.
            let picture = name == "img" && value.starts_with("data:image/");
            faults.extend(unsafe_address(&value).filter(|_| !picture));
        }
    }
    faults
}

fn epub(out: &[u8]) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(out)).expect("an archive");
    let mut faults = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("an entry");
        let name = file.name().to_owned();
        let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
        if name.starts_with('/') || name.contains("..") || !name.chars().all(plain) {
            faults.push(format!("the entry {name:?}"));
        }
        if [".xhtml", ".opf", ".ncx", ".xml", ".svg"].iter().any(|e| name.ends_with(e)) {
            let mut text = String::new();
            file.read_to_string(&mut text).expect("text");
            faults.extend(markup(&text, true).into_iter().map(|f| format!("{name}: {f}")));
        }
    }
    faults
}

fn pdf(out: &[u8]) -> Vec<String> {
    use lopdf::{Dictionary, Object};
    let document = lopdf::Document::load_mem(out).expect("a PDF");
    let mut faults = Vec::new();
    fn walk(object: &Object, faults: &mut Vec<String>) {
        match object {
            Object::Array(items) => items.iter().for_each(|item| walk(item, faults)),
            Object::Dictionary(dict) => look(dict, faults),
            Object::Stream(stream) => {
                look(&stream.dict, faults);
                if stream.dict.has_type(b"Metadata") {
                    let xml = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
                    let xml = String::from_utf8_lossy(&xml).into_owned();
                    // The packet's own wrapper is a pair of instructions.
                    let faulty = markup(&xml, true).into_iter().filter(|f| f != "a processing instruction");
                    faults.extend(faulty.map(|f| format!("XMP: {f}")));
                }
            }
            _ => {}
        }
    }
    fn look(dict: &Dictionary, faults: &mut Vec<String>) {
        const ACTIVE: [&[u8]; 11] = [
            b"JavaScript",
            b"JS",
            b"Launch",
            b"GoToR",
            b"SubmitForm",
            b"ImportData",
            b"AA",
            b"OpenAction",
            b"AcroForm",
            b"RichMedia",
            b"pwned",
        ];
        for (key, value) in dict.iter() {
            let name = value.as_name().unwrap_or_default();
            if ACTIVE.contains(&key.as_slice()) || ACTIVE.contains(&name) {
                faults.push(format!("/{} {value:?}", String::from_utf8_lossy(key)));
            }
            if key == b"URI"
                && let Ok(uri) = value.as_str()
            {
                faults.extend(unsafe_address(&String::from_utf8_lossy(uri)));
            }
            walk(value, faults);
        }
    }
    document.objects.values().for_each(|object| walk(object, &mut faults));
    faults
}

fn pandoc(out: &[u8]) -> Vec<String> {
    fn walk(value: &Value, faults: &mut Vec<String>) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| walk(item, faults)),
            Value::Object(members) => {
                let kind = members.get("t").and_then(Value::as_str).unwrap_or_default();
                if kind.starts_with("Raw") {
                    faults.push(format!("the node {kind}"));
                }
                if (kind == "Link" || kind == "Image")
                    && let Some(target) = value["c"][2][0].as_str()
                    && !(kind == "Image" && target.starts_with("data:image/"))
                {
                    faults.extend(unsafe_address(target).map(|f| format!("{kind}: {f}")));
                }
                members.values().for_each(|item| walk(item, faults));
            }
            _ => {}
        }
    }
    let mut faults = Vec::new();
    walk(&serde_json::from_slice(out).expect("JSON"), &mut faults);
    faults
}

#[test]
fn an_override_of_direction_is_kept_and_told() {
    let converter = Converter::default();
    for (name, text) in [
        ("a.txt", "= T =\n\nThe file is x\u{202E}fdp.exe here.\n"),
        ("a.md", "# T\n\nThe file is `x\u{202E}fdp.exe` here.\n"),
        ("a.wiki", "The file is x&#x202E;fdp.exe here.\n"),
    ] {
        let mut said = Vec::new();
        let mut cx = converter.read_context(name, &mut said);
        let document = converter.read(text.as_bytes(), None, &mut cx).expect("read");
        let mut out = Vec::new();
        let mut cx = converter.write_context(name, &mut said);
        converter.write(&document, "text", &mut out, &mut cx).expect("written");
        assert!(String::from_utf8_lossy(&out).contains('\u{202E}'), "{name}");
        let told: Vec<_> = said.iter().filter(|d| *d.code == code::BIDI_OVERRIDE).collect();
        assert_eq!(told.len(), 1, "{name}: {said:?}");
        let span = told[0].span.expect("a place");
        assert!(text.get(span.range()).is_some_and(|t| t.contains("fdp")), "{name}: {span:?}");
    }
}

#[test]
fn control_characters_left_out_are_told_with_their_place() {
    let converter = Converter::default();
    for to in ["text", "article", "html"] {
        let mut said = Vec::new();
        let mut cx = converter.read_context("a.txt", &mut said);
        let text = "= T =\n\nPlain.\n\nA bell\u{7} and \u{1B}[31mred.\n";
        let document = converter.read(text.as_bytes(), None, &mut cx).expect("read");
        let mut cx = converter.write_context("a.txt", &mut said);
        converter.write(&document, to, &mut Vec::new(), &mut cx).expect("written");
        let told: Vec<_> = said.iter().filter(|d| *d.code == code::CONTROL_REMOVED).collect();
        assert_eq!(told.len(), 1, "{to}: {said:?}");
        assert!(told[0].message.starts_with("2 control characters"), "{to}: {}", told[0].message);
        assert_eq!(told[0].span.map(|s| &text[s.range()][..6]), Some("A bell"), "{to}");
    }
}

/// What the program prints about hostile names and texts, and where it writes.
#[cfg(unix)]
mod program {
    use super::*;
    use assert_cmd::Command;
    use std::fs;
    use std::path::Path;

    fn run(folder: &Path, args: &[&str]) -> (Option<i32>, String) {
        let mut command = Command::cargo_bin("fanfold").expect("the binary is built");
        let output = command.current_dir(folder).args(args).output().expect("it runs");
        let text = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(text).expect("UTF-8"))
    }

    const STEERS: &str = "\u{1B}]0;pwned\u{7}\u{9B}2J\u{202E}";

    fn assert_printable(said: &str) {
        let steers = |c: char| (c.is_control() && c != '\n') || c == '\u{202E}';
        assert!(!said.contains(steers), "{said:?}");
    }

    #[test]
    fn messages_do_not_steer_the_terminal() {
        let folder = tempfile::tempdir().expect("a folder");
        let name = format!("{STEERS}.md");
        let text =
            format!("# {STEERS}\n\n<a{STEERS}>x</a> ![{STEERS}]({STEERS}.png) [x](javascript:{STEERS})\n");
        fs::write(folder.path().join(&name), text).expect("writable");
        fs::write(folder.path().join("bad.json"), format!("{{\"schema\":\"{STEERS}\",\"version\":\"0.1\"}}"))
            .expect("writable");
        fs::write(folder.path().join("fanfold.toml"), format!("[\"{}\"]\nx = 1\n", STEERS.escape_unicode()))
            .expect("writable");
        let missing = format!("{STEERS}/none.md");
        for args in [
            vec!["convert", &name, "-t", "pdf", "-o", "out.pdf", "--no-config"],
            vec!["convert", &name, "-t", "text", "--no-config", "--deny", "warnings"],
            vec!["convert", "bad.json", "-t", "text", "--no-config"],
            vec!["convert", "bad.json", "-t", "text"],
            vec!["convert", &missing, "-t", "text", "--no-config"],
            vec!["convert", "bad.json", "-t", &missing, "--no-config"],
            vec!["convert", "bad.json", "-o", &missing, "--no-config"],
            vec!["explain", &name],
            vec!["batch", ".", "-t", "text", "-o", "out", "--no-config"],
            vec!["batch", ".", "-t", "text,json", "--ndjson", "--no-config"],
            vec!["book", ".", "-o", "book.txt", "--no-config"],
            vec!["config"],
        ] {
            let (_, said) = run(folder.path(), &args);
            assert!(!said.is_empty(), "{args:?} says nothing");
            // What is written as JSON keeps the override: it is the document's.
            let said = if args.contains(&"--ndjson") { said.replace('\u{202E}', "") } else { said };
            assert_printable(&said);
        }
    }

    #[test]
    fn outputs_stay_in_their_folder() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().join("in");
        fs::create_dir(&folder).expect("made");
        let media = "image/../../../pwned";
        let document = format!(
            "{{\"schema\":\"fanfold\",\"version\":\"0.1\",\"sources\":[],\"articles\":[{{\"span\":[0,0],\"blocks\":[{{\"type\":\"paragraph\",\"content\":[\
             {{\"type\":\"image\",\"source\":\"../../pwned.png\",\"span\":[0,0]}}],\"span\":[0,0]}}]}}],\
             \"assets\":{{\"../../pwned.png\":{{\"media_type\":\"{media}\",\"data\":\"iVBORw0KGgo=\"}}}}}}"
        );
        fs::write(folder.join("a.json"), &document).expect("writable");
        let line = |id: &str| {
            format!(
                "{{\"id\":{},\"title\":{},\"format\":\"article\",\"text\":\"= T =\\n\\nWords.\\n\"}}\n",
                json(id),
                json(id)
            )
        };
        let ids = [
            "../../pwned",
            "/pwned",
            "a/../../../pwned",
            "C:\\pwned",
            "..",
            ".",
            "a\\..\\..\\pwned",
            "\u{0}pwned",
        ];
        fs::write(folder.join("d.ndjson"), ids.map(line).concat()).expect("writable");
        let titles = ids.iter().filter(|id| !id.contains('\0'));
        let pages: String = titles
            .map(|id| format!("<page><title>{id}</title><ns>0</ns><id>1</id><revision><id>2</id><model>wikitext</model><format>text/x-wiki</format><text>Words.</text></revision></page>"))
            .collect();
        fs::write(folder.join("d.xml"), format!("<mediawiki>{pages}</mediawiki>")).expect("writable");
        run(&folder, &["convert", "a.json", "-t", "json", "-o", "out/a.json", "--assets", "images"]);
        for layout in ["--flat", "--by-letter", "--quiet"] {
            let out = format!("out{layout}");
            run(&folder, &["batch", "d.ndjson", "d.xml", "-t", "text", "-o", &out, layout]);
            assert!(fs::read_dir(folder.join(out)).expect("made").count() > 0);
        }
        run(&folder, &["batch", "d.ndjson", "d.xml", "-t", "text", "--archive", "out.zip"]);
        let archive = fs::File::open(folder.join("out.zip")).expect("made");
        for name in zip::ZipArchive::new(archive).expect("an archive").file_names() {
            assert!(
                !name.starts_with('/')
                    && name.split('/').all(|part| part != "..")
                    && !name.contains(['\\', ':']),
                "{name}"
            );
        }
        let outside: Vec<_> =
            fs::read_dir(root.path()).expect("readable").map(|e| e.expect("readable").file_name()).collect();
        assert_eq!(outside, ["in"], "something lies outside");
        let inside: BTreeMap<_, _> = fs::read_dir(&folder)
            .expect("readable")
            .map(|e| (e.expect("readable").file_name().to_string_lossy().into_owned(), ()))
            .collect();
        let expected = [
            "a.json",
            "d.ndjson",
            "d.xml",
            "out",
            "out--by-letter",
            "out--flat",
            "out--quiet",
            "out.zip",
            "out.zip.manifest.ndjson",
        ];
        assert_eq!(inside.into_keys().collect::<Vec<_>>(), expected);
        assert!(!Path::new("/pwned.txt").exists() && !Path::new("/pwned").exists());
    }
}
