//! Templates of wikitext: pages and rules that are given, and what is shown of those that are not.
#![cfg(feature = "wikitext")]

use fanfold::diagnostic::Diagnostic;
use fanfold::format::{Limits, ReadContext, Reader};
use fanfold::model::{BlockKind, Document, InlineKind, Unresolved, visit};
use fanfold::read::{Rules, Show, Wikitext};
use std::sync::Arc;

/// Reads a page with templates, each a title and its text.
fn read(text: &str, templates: &[(&str, &str)]) -> (Document, Vec<Diagnostic>) {
    let mut rules = Rules::built_in();
    for (title, text) in templates {
        rules.add_page(title, (*text).to_owned());
    }
    with(Wikitext::default().with(|reader| reader.rules = Arc::new(rules)), text)
}

fn with(reader: Wikitext, text: &str) -> (Document, Vec<Diagnostic>) {
    let limits = Limits::default();
    let mut said = Vec::new();
    let document = reader.read(text.as_bytes(), &mut ReadContext::new("page.wiki", &limits, &mut said));
    (document.expect("wikitext is never refused"), said)
}

/// The words of the paragraphs.
fn words(document: &Document) -> String {
    let paragraph = |kind: &BlockKind| match kind {
        BlockKind::Paragraph { content } => Some(fanfold::model::plain_text(content)),
        _ => None,
    };
    document.articles[0].blocks.iter().filter_map(|b| paragraph(&b.kind)).collect::<Vec<_>>().join("\n")
}

fn shown(text: &str, templates: &[(&str, &str)]) -> String {
    words(&read(text, templates).0)
}

#[test]
fn a_page_is_transcluded_with_its_arguments() {
    let lake =
        ("Template:Lake", "{{{1}}} is {{{size|small}}}, {{{2|{{{3|nowhere}}}}}}<noinclude>docs</noinclude>");
    assert_eq!(shown("{{lake|A|size=big}}", &[lake]), "A is big, nowhere");
    assert_eq!(shown("{{ Lake |A|3=C}}", &[lake]), "A is small, C");
    assert_eq!(shown("{{Template:lake|A|B}}", &[lake]), "A is small, B");
    assert_eq!(shown("{{lake|1=x|1=y}}", &[lake]), "y is small, nowhere", "the last of a name counts");
    assert_eq!(
        shown("{{lake}}", &[lake]),
        "{{{1}}} is small, nowhere",
        "a parameter without a value is text"
    );
}

#[test]
fn pages_call_pages_and_functions() {
    let templates = [
        ("Outer", "{{Inner|{{{1}}}|x={{#if:{{{2|}}}|two|one}}}}"),
        ("Inner", "<b>{{{1}}}</b> {{{x}}} {{#switch:{{{1}}}|a|b=AB|c=C|#default=other}}"),
        ("Count", "{{#expr:{{{1}}}*2+1}} {{#ifeq:{{{1}}}|03|three|no}} {{#ifexpr:{{{1}}}>2|more|less}}"),
        ("Date", "{{#time:j F Y|{{{1}}}}} {{#time:Y|{{{1}}} +1 year}}"),
        ("Known", "{{#ifexist:Template:Count|is|is not}} {{#ifexist:Template:Lost|is|is not}}"),
        ("Case", "{{lc:{{{1}}}}} {{ucfirst:{{{1}}}}} {{padleft:{{{1}}}|5|-}} {{#titleparts:a/b/c|1|2}}"),
    ];
    assert_eq!(shown("{{outer|b}}", &templates), "b one AB");
    assert_eq!(shown("{{outer|z|y}}", &templates), "z two other");
    assert_eq!(shown("{{count|3}}", &templates), "7 three more");
    assert_eq!(shown("{{date|2020-02-29}}", &templates), "29 February 2020 2021");
    assert_eq!(shown("{{known}}", &templates), "is is not");
    assert_eq!(shown("{{case|abC}}", &templates), "abc AbC --abC b");
}

#[test]
fn the_inhabitants_of_a_german_town_come_from_its_metadata_template() {
    let templates = [
        ("Vorlage:EWZ", "{{Metadaten Einwohnerzahl {{{1}}}|{{{2}}}}}"),
        (
            "Vorlage:Metadaten Einwohnerzahl DE-BY",
            "{{#switch:{{{1}}}|09161000=137392|09162000=1512491|STAND=2023-12-31|#default=?}}<noinclude>docs</noinclude>",
        ),
    ];
    let page =
        "Ingolstadt hat {{EWZ|DE-BY|09161000}} Einwohner (Stand: {{Metadaten Einwohnerzahl DE-BY|STAND}}).";
    assert_eq!(shown(page, &templates), "Ingolstadt hat 137392 Einwohner (Stand: 2023-12-31).");
}

#[test]
fn a_link_to_another_wikis_article_leads_there() {
    for (page, address) in [
        ("{{ill|The lake|de|Der See}}", "https://de.wikipedia.org/wiki/Der_See"),
        ("{{ill|The lake|de|}}", "https://de.wikipedia.org/wiki/The_lake"),
        ("{{仮リンク|The lake|en|A lake}}", "https://en.wikipedia.org/wiki/A_lake"),
        ("{{нп5|The lake|||A lake}}", "https://en.wikipedia.org/wiki/A_lake"),
        ("{{link-de|The lake|Der See}}", "https://de.wikipedia.org/wiki/Der_See"),
    ] {
        let (document, said) = read(page, &[]);
        assert_eq!(words(&document), "The lake", "{page}");
        assert!(format!("{document:?}").contains(address), "{page}: {document:?}");
        assert!(said.iter().all(|d| !d.code.loss), "{page}: {said:?}");
    }
    assert_eq!(shown("{{ill|The lake}}", &[]), "The lake");
}

#[test]
fn a_page_may_make_blocks() {
    let templates =
        [("List", "\n* {{{1}}}\n* {{{2}}}"), ("Rows", "{{!}}-\n{{!}} {{{1}}} {{!}}{{!}} {{{2}}}")];
    let (document, _) = read("before\n{{list|a|b}}\n\n{|\n{{rows|c|d}}\n{{rows|e|f}}\n|}", &templates);
    let blocks = &document.articles[0].blocks;
    assert!(matches!(&blocks[1].kind, BlockKind::List { items, .. } if items.len() == 2), "{blocks:?}");
    assert!(matches!(&blocks[2].kind, BlockKind::Table(t) if t.body.len() == 2), "{blocks:?}");
}

#[test]
fn what_runs_lua_or_asks_the_clock_is_said() {
    let templates = [("Lua", "{{#invoke:Module|main}}"), ("Today", "{{#time:Y}}")];
    for (text, reason) in
        [("a {{lua}}", "Lua"), ("a {{today}}", "today's date"), ("a {{CURRENTYEAR}}", "today")]
    {
        let (document, said) = read(text, &templates);
        assert_eq!(words(&document), "a ");
        assert!(said.iter().any(|d| d.code.name == "unresolved" && d.message.contains(reason)), "{said:?}");
    }
    // A built-in rule knows more than a page in Lua.
    assert_eq!(shown("{{nowrap|a b}}", &[("Nowrap", "{{#invoke:X|y}}")]), "a b");
}

#[test]
fn pages_that_call_themselves_end() {
    let ring = [("A", "x{{B}}"), ("B", "y{{A}}")];
    let (document, said) = read("{{A}}", &ring);
    assert_eq!(words(&document), "xy");
    assert!(said.iter().any(|d| d.message.contains("calls itself")), "{said:?}");
    // Forty pages, each calling the next twice, would be 2^40 calls.
    let bomb: Vec<(String, String)> =
        (0..40).map(|i| (format!("P{i}"), format!("{{{{P{}}}}}{{{{P{}}}}}", i + 1, i + 1))).collect();
    let bomb: Vec<(&str, &str)> = bomb.iter().map(|(t, x)| (t.as_str(), x.as_str())).collect();
    let (_, said) = read("{{P0}}", &bomb);
    assert!(said.iter().any(|d| d.message.contains("more text than")));
    assert!(said.len() < 100_000, "{} diagnostics", said.len());
    // As much for arguments that double.
    let double = [("D", "{{{1}}}{{{1}}}")];
    let text = format!("{}x{}", "{{D|".repeat(50), "}}".repeat(50));
    assert!(shown(&text, &double).len() < 4 << 20);
}

#[test]
fn boxes_and_citations_stay_typed_beside_their_pages() {
    let templates = [("Infobox lake", "{| class=infobox\n| {{{name}}}\n|}"), ("Cite web", "{{{title}}}")];
    let (document, _) =
        read("{{Infobox lake|name=A|depth=3}}\nb<ref>{{cite web|title=T|url=http://a}}</ref>", &templates);
    assert!(matches!(document.articles[0].blocks[0].kind, BlockKind::Infobox(_)));
    assert_eq!(document.articles[0].citations.len(), 1);
}

#[test]
fn a_users_rule_comes_before_all_others() {
    let mut rules = Rules::built_in();
    rules.add_page("Nowrap", "page {{{1}}}".into());
    rules.add("[[rule]]\nnames = ['nowrap', 'x-*']\ntext = 'rule {{{1}}}{{{0|}}}'").unwrap();
    let reader = Wikitext::default().with(|reader| reader.rules = Arc::new(rules));
    assert_eq!(words(&with(reader, "{{nowrap|a}} {{x-de|b}}").0), "rule a rule bde");
}

#[test]
fn a_template_that_no_rule_knows_stays_and_is_shown_as_asked() {
    #[derive(Default)]
    struct Kept(Vec<Unresolved>);
    impl visit::Visit<'_> for Kept {
        fn inline(&mut self, inline: &fanfold::model::Inline) {
            if let InlineKind::Unresolved(u) = &inline.kind {
                self.0.push((**u).clone());
            }
            visit::walk_inline(self, inline);
        }
    }
    let text = "a {{strange|b|c=d e}} f";
    let policies = [
        (Show::Auto, "a b f"),
        (Show::Nothing, "a  f"),
        (Show::Name, "a strange f"),
        (Show::Arguments, "a b d e f"),
        (Show::Source, "a {{strange|b|c=d e}} f"),
    ];
    for (unresolved, want) in policies {
        let (document, said) = with(Wikitext::default().with(|reader| reader.unresolved = unresolved), text);
        assert_eq!(words(&document).replace("a f", "a  f"), want, "{unresolved:?}");
        let mut kept = Kept::default();
        visit::walk_article(&mut kept, &document.articles[0]);
        let arguments = vec![("1".to_owned(), "b".to_owned()), ("c".to_owned(), "d e".to_owned())];
        let source = "{{strange|b|c=d e}}".to_owned();
        assert_eq!(kept.0, [Unresolved { name: "strange".to_owned(), arguments, source }]);
        let [said] = said.as_slice() else { panic!("{said:?}") };
        assert_eq!((said.code.name, said.span.map(|s| s.range())), ("unresolved", Some(2..21)));
    }
}

#[cfg(feature = "cli")]
mod command_line {
    use assert_cmd::Command;
    use std::fs;

    fn convert(folder: &std::path::Path, arguments: &[&str]) -> (String, String, i32) {
        let mut command = Command::cargo_bin("fanfold").expect("the binary is built for its tests");
        let output =
            command.current_dir(folder).args(["convert", "page.wiki", "-t", "text"]).args(arguments).output();
        let output = output.expect("it starts");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        (text(output.stdout), text(output.stderr), output.status.code().expect("an exit code"))
    }

    #[test]
    fn templates_come_from_a_folder_an_export_and_rules() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("written");
        };
        file("page.wiki", "x {{one|a}} {{Two parts/sub}} {{What?}} {{three}} {{four|d}} {{five}}");
        file("templates/One.wiki", "1{{{1}}}");
        file("templates/Two_parts/sub.txt", "2");
        file("templates/What%3F.mediawiki", "what");
        file(
            "dump.xml",
            "<mediawiki><page><title>Template:Three</title><ns>10</ns><revision><text>&lt;i&gt;3&lt;/i&gt;</text>\
             </revision></page><page><title>Four</title><ns>0</ns><revision><text>no</text></revision></page></mediawiki>",
        );
        file("rules.toml", "[[rule]]\nnames = ['four']\ntext = '4{{{1}}}'");
        let (out, err, code) = convert(
            folder.path(),
            &["--templates", "templates", "--templates", "dump.xml", "--template-rules", "rules.toml"],
        );
        assert_eq!((out.lines().last(), code), (Some("x 1a 2 what 3 4d"), 0), "{out}{err}");
        assert!(err.contains("'five' was kept but not expanded") && !err.contains("'one'"), "{err}");
        let (out, _, _) = convert(folder.path(), &["-q", "--unknown-templates", "source"]);
        assert!(out.contains("{{five}}"), "{out}");
    }

    #[test]
    fn what_is_no_source_of_templates_is_a_usage_error() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("page.wiki"), "x").expect("written");
        fs::write(folder.path().join("bad.toml"), "[[rule]]\nnames = ['x']").expect("written");
        for (arguments, message) in [
            (["--templates", "nowhere.xml"], "'nowhere.xml': no such file"),
            (["--templates", "page.wiki"], "'page.wiki': it is no MediaWiki XML dump"),
            (["--template-rules", "bad.toml"], "the rule for 'x' needs either a text or an action"),
            (["--unknown-templates", "hide"], "'drop', 'name', 'arguments' or 'source'"),
        ] {
            let (_, err, code) = convert(folder.path(), &arguments);
            assert_eq!(code, 2, "{err}");
            assert!(err.contains(message), "{err}");
        }
    }
}
