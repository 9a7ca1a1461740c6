//! What the model says of small texts. The CommonMark and GFM suites are run from outside.

use super::Markdown;
use crate::diagnostic::Diagnostic;
use crate::format::{Limits, ReadContext, Reader};
use crate::model::visit::{Visit, walk_block, walk_inline};
use crate::model::*;

fn read(text: &str) -> (Document, Vec<Diagnostic>) {
    let (limits, mut sink) = (Limits::default(), Vec::new());
    let document =
        Markdown::default().read(text.as_bytes(), &mut ReadContext::new("a.md", &limits, &mut sink)).unwrap();
    sink.retain(|d| d.code.name != "no-title");
    (document, sink)
}

fn codes(text: &str) -> Vec<&'static str> {
    read(text).1.iter().map(|d| d.code.name).collect()
}

fn sketch(text: &str) -> String {
    crate::read::sketch::sketch(&read(text).0)
}

#[test]
fn the_first_heading_is_the_title_where_it_is_the_only_top_one() {
    let title = |text| {
        let (document, _) = read(text);
        (plain_text(&document.articles[0].meta.title), document.articles[0].blocks.len())
    };
    assert_eq!(title("# A *b*\n\nc\n"), ("A b".into(), 1));
    assert_eq!(title("# A\n\n# B\n"), (String::new(), 2));
    assert_eq!(title("a\n\n# B\n"), (String::new(), 2));
    assert_eq!(title("---\ntitle: T\n---\n# A\n"), ("T".into(), 1));
    assert_eq!(title("---\ntitle: A\n---\n# A\n"), ("A".into(), 0), "said twice, printed once");
}

#[test]
fn metadata_is_yaml_with_places() {
    let text = "---\ntitle: \"A: b\"\nauthor:\n  - X Y\n  - name: Z\n    role: edt\nlang: pt_br\nlayout: post\ntags: [a, b]\n---\n\nText.\n";
    let (document, diagnostics) = read(text);
    let meta = &document.articles[0].meta;
    assert_eq!(plain_text(&meta.title), "A: b");
    assert_eq!(meta.creators.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["X Y", "Z"]);
    assert_eq!(meta.creators[1].role.as_deref(), Some("edt"));
    assert_eq!(meta.language.as_ref().unwrap().tag.as_str(), "pt-BR");
    assert_eq!(meta.subjects, ["a", "b"]);
    assert_eq!(meta.spans, [Span::new(0, text.find("\nText").unwrap())]);
    let [dropped] = diagnostics.as_slice() else { panic!("{diagnostics:?}") };
    assert_eq!(dropped.code.name, "metadata-dropped");
    assert_eq!(&text[dropped.span.unwrap().range()], "layout: post");
}

#[test]
fn metadata_that_is_not_yaml_is_reported_and_a_rule_is_a_rule() {
    assert_eq!(codes("---\na: b: c\n---\n"), ["metadata-dropped"]);
    assert_eq!(codes("---\na: *b\n---\n"), ["metadata-dropped"]);
    assert_eq!(sketch("---\nFoo\n---\nBar\n"), "rule()h2(Foo)p(Bar)");
}

#[test]
fn tags_that_never_end_are_text_and_cost_no_more_than_text() {
    assert_eq!(sketch("<div>\n<b>a</b> <p b <i"), "p(Strong<a> <p b <i)");
    let many = format!("<div>\n{}", "<p ".repeat(100_000));
    assert!(sketch(&many).contains("<p <p"));
    assert_eq!(codes(&many), [""; 0]);
}

#[test]
fn html_the_model_can_say_is_understood() {
    assert_eq!(
        sketch("H<sub>2</sub>O <kbd>Ctrl</kbd><br>x <q>y</q>"),
        "p(HSubscript<2>O Keyboard<Ctrl>↵x Quotation<y>)"
    );
    assert_eq!(sketch("<p align=center>A <b>b</b>\n<img src=x alt=y></p>\n"), "p(A Strong<b> ![y])");
    assert_eq!(sketch("<ul><li>a<li>b</ul>\n"), "list(p(a)p(b))");
    assert_eq!(sketch("<code>a*b*</code>"), "p(`ab`)");
    assert!(codes("a <abbr title=\"x\">c</abbr>").is_empty());
    assert_eq!(codes("a <!-- b --> <abbr title=x on=y>c</abbr>"), ["comment-dropped", "attribute-dropped"]);
    assert_eq!(sketch("<div>\né</div>\n"), "p(é)", "text that starts outside ASCII");
    assert_eq!(codes("[a]: /b\n\n[c][d]\n\n[d]: /e\n[D]: /f\n"), ["link-unused", "link-unused"]);
    assert_eq!(codes("|a|\n|-|\n|b|c|\n"), ["cells-dropped"]);
    assert_eq!(codes("```x y\nz\n```\n"), ["presentation-dropped"]);
}

#[test]
fn html_means_what_it_means_in_a_page() {
    assert_eq!(sketch("<p>caf&eacute; &ndash; x</p>\n"), "p(café – x)");
    assert_eq!(sketch("<dl><dt>a</dt><dd>b</dd></dl>\n"), "dl(ap(b))");
    assert_eq!(sketch("<pre>\n a\n  b</pre>\n"), "code \" a\\n  b\"()");
    assert_eq!(sketch("<details><summary>a</summary>b &amp; c</details>\n"), "p(a)p(b & c)");
    assert_eq!(sketch("a <sub>b *c</sub> d*"), "p(a Subscript<b Emphasis<c d>>)");
    assert_eq!(sketch("a <sub>b"), "p(a Subscript<b>)");
    assert_eq!(sketch("<script>\nalert(1)\n</script>\nafter\n"), "p(after)");
    assert_eq!(codes("<script>\nalert(1)\n</script>\n"), ["html-dropped"]);
    assert_eq!(codes("> <div\n> title=x\n> foo=y>\n"), ["attribute-dropped"; 2]);
}

#[test]
fn html_holds_the_markdown_between_its_tags() {
    assert_eq!(sketch("<ul><li>\n\n*a*\n\n- b\n\n</li></ul>\n"), "list(p(Emphasis<a>)list(p(b)))");
    assert_eq!(sketch("> <blockquote>\n>\n> a\n>\n> </blockquote>\n> b\n"), "quote(quote(p(a))p(b))");
    assert_eq!(sketch("<h2>\n\na *b*\n\n</h2>\n"), "h2(a Emphasis<b>)");
    assert_eq!(sketch("<a href=b>\n\n![c](d)\n\n</a>\n"), "p(Url(\"b\")<![c]>)");
    assert_eq!(
        sketch("*a <kbd>b</kbd>* [<i>c</i>](d)"),
        "p(Emphasis<a Keyboard<b>> Url(\"d\")<Emphasis<c>>)"
    );
    assert_eq!(sketch("a <!-- b --> c<br>\nd"), "p(a c↵d)");
    let (document, _) = read(
        "<table>\n<tr><td rowspan=2>\n\n```\na\n```\n\n</td><td>b</td></tr>\n<tr><td>c</td></tr></table>\n",
    );
    let BlockKind::Table(table) = &document.articles[0].blocks[0].kind else { panic!() };
    assert_eq!(table.body[0].cells[0].row_span, 2);
    assert!(matches!(table.body[0].cells[0].blocks[0].kind, BlockKind::Code { .. }));
}

#[test]
fn extensions_are_read() {
    assert_eq!(sketch("> [!WARNING]\n> a\n"), "Warning(p(a))");
    assert_eq!(sketch("a\n: b\n"), "dl(ap(b))");
    assert_eq!(sketch("$$x^2$$\n\n$y$"), "math \"x^2\"()p($y$)");
    assert_eq!(sketch("a[^n] b[^N]\n\n[^n]: c\n"), "p(a[^0] b[^0])");
    assert_eq!(
        sketch("a https://b.org/c_(d). e"),
        "p(a Url(\"https://b.org/c_(d)\")<https://b.org/c_(d)>. e)"
    );
    assert_eq!(sketch("~~a~~ ~b~"), "p(Strikeout<a> Strikeout<b>)");
    let (document, diagnostics) = read("- [x] a\n- [ ] b\n\n## C {#d .e k=v}\n");
    let [list, heading] = document.articles[0].blocks.as_slice() else { panic!() };
    let BlockKind::List { items, .. } = &list.kind else { panic!() };
    assert_eq!(items.iter().map(|item| item.checked).collect::<Vec<_>>(), [Some(true), Some(false)]);
    assert_eq!((heading.id(), heading.attr.as_ref().unwrap().classes.join(" ")), (Some("d"), "e".into()));
    assert_eq!(diagnostics[0].code.name, "attribute-dropped");
}

#[test]
fn a_fence_is_no_definition() {
    assert_eq!(sketch("::: warning\na\n:::\n"), "Warning(p(a))");
    assert_eq!(sketch("a\n: b\n\n::: c\n"), "dl(ap(b))p(::: c)");
}

#[test]
fn a_link_that_could_run_code_leaves_its_words() {
    for address in
        ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "file:///etc/passwd", "java\tscript:x"]
    {
        let text = format!("[a](<{address}>)");
        assert_eq!(sketch(&text), "p(a)", "{address}");
        assert_eq!(codes(&text), ["unsafe-link"], "{address}");
    }
    assert_eq!(codes("[a](b:c) [d](e/f?g:h)"), [""; 0]);
}

#[test]
fn nesting_is_bounded() {
    for text in [
        "*a ".repeat(50_000) + &"b* ".repeat(50_000),
        "> ".repeat(10_000) + "a",
        "- ".repeat(3_000) + "a",
        "<b>a".repeat(3_000) + &"</b>".repeat(3_000),
    ] {
        let (document, diagnostics) = read(&text);
        struct Depth(usize, usize);
        impl Visit<'_> for Depth {
            fn block(&mut self, block: &Block) {
                self.0 += 1;
                self.1 = self.1.max(self.0);
                walk_block(self, block);
                self.0 -= 1;
            }
            fn inline(&mut self, inline: &Inline) {
                self.0 += 1;
                self.1 = self.1.max(self.0);
                walk_inline(self, inline);
                self.0 -= 1;
            }
        }
        let mut depth = Depth(0, 0);
        document.articles[0].blocks.iter().for_each(|block| depth.block(block));
        assert!(depth.1 <= 64, "{}", depth.1);
        let flattened = diagnostics.iter().filter(|d| d.code.name == "nesting-flattened").count();
        assert_eq!(flattened, 1, "{}", &text[..20]);
    }
}

#[test]
fn text_is_the_sources_own_bytes_or_has_their_place() {
    struct Check<'a>(&'a str);
    impl Visit<'_> for Check<'_> {
        fn inline(&mut self, inline: &Inline) {
            if let InlineKind::Text { text } = &inline.kind {
                let own = &self.0[inline.span.range()];
                assert!(own == text || own.contains(['\\', '&', '\n']), "{own:?} {text:?}");
            }
            walk_inline(self, inline);
        }
    }
    let text = "\u{FEFF}# É\n\n> a &amp; b\\* *c*\n> <i>d</i>\n\n| e | f |\n|---|---|\n| g | h |\n";
    let (document, _) = read(text);
    visit::walk_article(&mut Check(text), &document.articles[0]);
}
