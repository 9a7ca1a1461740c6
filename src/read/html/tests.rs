//! What the model says of small pages.

use super::Html;
use crate::account::{Fate, Ledger};
use crate::diagnostic::{Diagnostic, Ignore};
use crate::format::{Error, Limits, ReadContext, Reader};
use crate::model::*;

/// Reads a page, every byte of which is accounted for.
fn read(text: &str) -> (Document, Vec<Diagnostic>) {
    let (limits, mut said, mut ledger) = (Limits::default(), Vec::new(), Ledger::default());
    let mut cx = ReadContext::new("a.html", &limits, &mut said).with_ledger(&mut ledger);
    let document = Html::default().read(text.as_bytes(), &mut cx).unwrap();
    let account = ledger.account().unwrap();
    assert_eq!(account.totals().all(), text.len());
    for portion in account.portions() {
        let part = &text[portion.range.clone()];
        match portion.fate {
            None => panic!("nothing speaks for {part:?} of {text:?}"),
            Some(Fate::Dropped(code)) => assert!(said.iter().any(|d| d.code == code), "{part:?}"),
            Some(_) => {}
        }
    }
    said.retain(|d| d.code.name != "no-title");
    (document, said)
}

fn sketch(text: &str) -> String {
    crate::read::sketch::sketch(&read(text).0)
}

/// The codes of what was said, each with the part of the text that it is about.
fn said(text: &str) -> Vec<(&'static str, &str)> {
    read(text).1.iter().map(|d| (d.code.name, d.span.map_or("", |s| &text[s.range()]))).collect()
}

fn notes(text: &str) -> Vec<String> {
    let article = read(text).0.articles.remove(0);
    article.notes.iter().map(|note| note.blocks.iter().map(plain_text).collect()).collect()
}

#[test]
fn running_text_has_the_styles_of_its_elements() {
    let cases = [
        ("<p>a <b>b</b> <i>c</i>\n  d", "p(a Strong<b> Emphasis<c> d)"),
        ("a &amp; b&nbsp;c &lt;d", "p(a & b\u{A0}c <d)"),
        ("<p>a<br>\nb<br></p>", "p(a↵b)"),
        ("<p>x <code>a  &lt;b&gt;</code> <kbd>k</kbd>", "p(x `a <b>` Keyboard<k>)"),
        ("<p><span>plain</span> <span lang=de>Wort</span>", "p(plain Span<Wort>)"),
        ("<p><b>one<p>two</b>", "p(Strong<one>)p(Strong<two>)"),
        (
            "<p><a href='#x%20y'>there</a> <a href=\"https://a.org/?b=1&amp;c\">far</a>",
            "p(Anchor(\"x y\")<there> Url(\"https://a.org/?b=1&c\")<far>)",
        ),
        ("<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "p(漢(kan))"),
        ("<p>E <math alttext='mc^2'><mi>m</mi></math>", "p(E $mc^2$)"),
        (
            "<math display=block><semantics><mi>m</mi><annotation encoding='application/x-tex'>{\\displaystyle m}</annotation></semantics></math>",
            "math \"m\"()",
        ),
        ("a < b > c", "p(a < b > c)"),
    ];
    for (text, want) in cases {
        assert_eq!(sketch(text), want, "{text}");
    }
}

#[test]
fn blocks_have_the_form_of_their_elements() {
    let cases = [
        ("<div>a<p>b</p>c</div>", "p(a)p(b)p(c)"),
        ("<ul><li>a<li>b<ul><li>c</ul></ul>", "list(p(a)p(b)list(p(c)))"),
        ("<ol start=3 type=a><li><p>a</p></ol>", "loose(p(a))"),
        (
            "<ul><li><input type=checkbox checked> done<li><input type=checkbox> open</ul>",
            "list(p(done)p(open))",
        ),
        ("<dl><dt>a<dd>b<dd>c</dl>", "dl(ap(b)p(c))"),
        ("<pre><code class=language-rust>fn &lt;a&gt;\n  b\n</code></pre>", "code \"fn <a>\\n  b\"()"),
        ("<blockquote>q</blockquote><hr>", "quote(p(q))rule()"),
        ("<figure><img src=a.png alt=A><figcaption>C</figcaption></figure>", "figure(p(![A])C)"),
        (
            "<aside class=warning>w</aside><div class=hatnote>h</div><aside>b</aside>",
            "Warning(p(w))Hatnote(p(h))Box(p(b))",
        ),
        ("<table><caption>t<tr><th>a<th>b<tr><td>1<td>2</table>", "table(tp(a)p(b)p(1)p(2))"),
        ("<table class=infobox><tr><th colspan=2>T<tr><th>k<td>v</table>", "infobox(Tkp(v))"),
        (
            "<a href='https://a.org'><h2>t</h2><p>u</p></a>",
            "h2(Url(\"https://a.org\")<t>)p(Url(\"https://a.org\")<u>)",
        ),
        ("<p>a</p><!-- c --><p>b</p>", "p(a)p(b)"),
    ];
    for (text, want) in cases {
        assert_eq!(sketch(text), want, "{text}");
    }
}

#[test]
fn a_list_has_its_marker_and_an_item_its_state() {
    let list = |text: &str| match read(text).0.articles.remove(0).blocks.remove(0).kind {
        BlockKind::List { marker, items, .. } => {
            (marker, items.iter().map(|i| i.checked).collect::<Vec<_>>())
        }
        other => panic!("{other:?}"),
    };
    let marker = Marker::Ordered { start: 3, style: NumberStyle::LowerAlpha };
    assert_eq!(list("<ol start=3 type=a><li>a</ol>"), (marker, vec![None]));
    let tasks = "<ul><li><label><input type=checkbox checked> a</label><li><input type=checkbox>b<li>c</ul>";
    assert_eq!(list(tasks), (Marker::Bullet, vec![Some(true), Some(false), None]));
    let signs = "<ul><li>☑ a<li><p>☐ b<li>c</ul>";
    assert_eq!(list(signs), (Marker::Bullet, vec![Some(true), Some(false), None]));
}

#[test]
fn a_table_has_its_head_spans_and_alignment() {
    let (document, _) = read(
        "<table><thead><tr><th colspan=2>h</thead><tr><th scope=row>a<td style='text-align: right'>1<tr><td rowspan=9 class='center x'>b</table>",
    );
    let BlockKind::Table(table) = &document.articles[0].blocks[0].kind else { panic!() };
    assert_eq!((table.columns.len(), table.head.len(), table.body.len()), (2, 1, 2));
    assert_eq!((table.head[0].cells[0].col_span, table.head[0].cells[0].scope), (2, Some(Scope::Column)));
    assert_eq!(table.body[0].cells[0].scope, Some(Scope::Row));
    assert_eq!(table.body[0].cells[1].align, Some(Align::End));
    assert_eq!(table.body[1].cells[0].row_span, 1, "no row is left to span");
    assert_eq!(table.body[1].cells[0].align, Some(Align::Center));
    assert_eq!(table.body[1].cells[0].attr.as_ref().unwrap().classes, ["x"]);
}

#[test]
fn notes_are_known_in_the_forms_that_programs_write() {
    let pandoc = "<p>a<a href='#fn1' class=footnote-ref id=fnref1 role=doc-noteref><sup>1</sup></a></p>\
        <section id=footnotes class='footnotes' role=doc-endnotes><hr><ol><li id=fn1><p>note \
        <a href='#fnref1' class=footnote-back role=doc-backlink>↩</a></p></li></ol></section>";
    let github = "<p>a<sup><a href='#user-content-fn-1' id=user-content-fnref-1>1</a></sup></p>\
        <section data-footnotes class=footnotes><ol><li id=user-content-fn-1><p>note \
        <a href='#user-content-fnref-1' data-footnote-backref>↩</a></p></li></ol></section>";
    let wiki = "<p>a<sup id=cite_ref-1 class=reference><a href='./Cat#cite_note-1'>[1]</a></sup></p>\
        <ol class=references><li id=cite_note-1><span class=mw-cite-backlink>^ <a href='#cite_ref-1'>a</a></span> note</li></ol>";
    let ours = "<p>a<a role=doc-noteref id=ref-1 href='#note-1'><sup>1</sup></a></p><section class=notes role=doc-endnotes>\
        <aside role=doc-footnote id=note-1><p><a role=doc-backlink href='#ref-1'>1.</a> note</p></aside></section>";
    let ours_before = "<p>a<sup><a role=doc-noteref id=ref-1 href='#note-1'>1</a></sup></p><section class=notes role=doc-endnotes>\
        <aside role=doc-footnote id=note-1><p><a role=doc-backlink href='#ref-1'>1</a>. note</p></aside></section>";
    for page in [pandoc, github, wiki, ours, ours_before] {
        // A wiki says where their list stands.
        let list = if page == wiki { "Notes { notes: [NoteId(0)], foot: false }()" } else { "" };
        assert_eq!(sketch(page), format!("p(a[^0]){list}"), "{page}");
        assert_eq!(notes(page), ["note"], "{page}");
    }
    // A list of sources that nothing calls is a list.
    assert_eq!(sketch("<ol class=references><li id=a>b</ol>"), "list(p(b))");
}

#[test]
fn the_head_is_metadata() {
    let (document, said) = read(
        "<!DOCTYPE html><html lang=de><head><meta charset=utf-8><title>Katze – Wiki</title>\
         <meta name=author content='A B'><meta name=keywords content='x, y'><meta property=article:published_time content=2024-05-06>\
         <link rel=canonical href='https://a.org/k'><link rel=license href='https://l.org'><meta name=generator content=Z></head>\
         <body><h1>Katze</h1><p>Ein Tier.</p></body></html>",
    );
    let meta = &document.articles[0].meta;
    assert_eq!(plain_text(&meta.title), "Katze");
    assert_eq!(meta.creators, [Creator::new("A B")]);
    assert_eq!(meta.subjects, ["x", "y"]);
    assert_eq!(meta.date.as_deref(), Some("2024-05-06"));
    assert_eq!(meta.source_url.as_deref(), Some("https://a.org/k"));
    assert_eq!(meta.rights.as_deref(), Some("https://l.org"));
    assert_eq!(meta.language, LanguageTag::new("de").map(Language::given));
    assert_eq!(said.iter().map(|d| d.code.name).collect::<Vec<_>>(), ["metadata-dropped"], "{said:?}");
}

#[test]
fn a_rule_is_left_out_right_above_notes_alone() {
    let page = "<p>a<sup><a href=#fn1>1</a></sup><hr><p>b<hr> <section role=doc-endnotes><ol><li id=fn1>n</ol></section>";
    assert_eq!(sketch(page), "p(a[^0])rule()p(b)");
    let before_text =
        "<p>a<a href=#n>1</a><hr><div><p>b<section role=doc-endnotes><ol><li id=n>n</ol></section></div>";
    assert_eq!(sketch(before_text), "p(a[^0])rule()p(b)");
    assert_eq!(sketch("<hr><p>b<hr>"), "rule()p(b)rule()");
}

#[test]
fn subtitle_and_authors_under_the_title_are_metadata() {
    let page = |byline: &str| {
        format!(
            "<head><title>A</title><meta name=author content='Bo'><meta name=author content='Cy'></head>\
             <article><header><h1>A</h1><p class=subtitle>On <i>a</i></p><p class=byline>{byline}</p></header><p>b"
        )
    };
    let article = read(&page("Bo, Cy")).0.articles.remove(0);
    assert_eq!(plain_text(&article.meta.subtitle), "On a");
    assert_eq!(article.meta.creators.len(), 2);
    assert_eq!(article.blocks.iter().map(plain_text).collect::<Vec<_>>(), ["b"]);
    // What says more than the head stays.
    let article = read(&page("By Bo, Cy and others")).0.articles.remove(0);
    assert_eq!(plain_text(&article.blocks[0]), "By Bo, Cy and others");
}

#[test]
fn what_is_no_part_of_the_article_is_left_out_and_told() {
    let page =
        "<body><nav>menu</nav><main><p>text</p><script>run()</script></main><footer>foot</footer></body>";
    assert_eq!(sketch(page), "p(text)");
    assert_eq!(
        said(page),
        [
            ("boilerplate", "<nav>menu</nav>"),
            ("boilerplate", "<footer>foot</footer>"),
            ("html-dropped", "<script>run()</script>"),
        ]
    );
    assert_eq!(said("<p style='display:none'>x</p>"), [("hidden-text", "<p style='display:none'>x</p>")]);
    assert_eq!(
        said("<p onclick='f()' style='color:red'>a</p><p onclick=g()>b</p>"),
        [("attribute-dropped", "onclick='f()'"), ("presentation-dropped", "style='color:red'")]
    );
}

#[test]
fn an_address_that_could_run_code_is_no_link() {
    assert_eq!(sketch("<p><a href=' java\nscript:alert(1)'>x</a>"), "p(x)");
    assert_eq!(sketch("<p><a href='data:text/html,x'>x</a>"), "p(x)");
    assert_eq!(said("<p><a href='vbscript:x'>x</a>"), [("unsafe-link", "<a href='vbscript:x'>")]);
}

#[test]
fn an_image_in_an_address_is_kept() {
    let (document, _) = read("<p><img alt=dot src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>");
    assert_eq!(document.assets["image-1.gif"].media_type, "image/gif");
    let (document, said) =
        read("<p>a <svg xmlns='http://www.w3.org/2000/svg' aria-label=L><path d='M0 0'/></svg>");
    assert_eq!(document.assets["image-1.svg"].media_type, "image/svg+xml");
    assert_eq!(said, []);
}

#[test]
fn containers_hand_their_name_and_language_on() {
    let (document, _) = read("<section id=s lang=fr><h2>a</h2><p lang=de>b</p></section>");
    let attr = |n: usize| document.articles[0].blocks[n].attr.clone().unwrap();
    assert_eq!((attr(0).id.as_deref(), attr(0).lang), (Some("s"), LanguageTag::new("fr")));
    assert_eq!((attr(1).id, attr(1).lang), (None, LanguageTag::new("de")));
}

#[test]
fn spans_lead_to_the_source() {
    let text = "<p class=x>a &amp; b</p>\r\n<ul><li>c <em>d</em></li></ul>";
    let (document, _) = read(text);
    let parts: Vec<_> = document.articles[0].blocks.iter().map(|b| &text[b.span.range()]).collect();
    assert_eq!(parts, ["<p class=x>a &amp; b</p>", "<ul><li>c <em>d</em></li></ul>"]);
}

#[test]
fn a_tag_that_never_ends_is_told() {
    assert_eq!(said("<p>a</p><p title='b"), [("html-dropped", "<p title='b")]);
    let attributes: String = (0..20_000).map(|n| format!(" a{n}=b")).collect();
    let page = format!("<p id=i{attributes}>word</p>after");
    assert_eq!(sketch(&page), "p(word)p(after)");
    assert!(said(&page).iter().any(|(code, at)| *code == "attribute-dropped" && at.ends_with("a19999=b>")));
}

#[test]
fn what_tags_that_are_never_closed_open_again_is_bounded() {
    let page: String = (0..4000).map(|i| format!("<p><i a{i}>x</p>")).collect();
    let (limits, mut sink) = (Limits::default(), Ignore);
    let mut cx = ReadContext::new("a.html", &limits, &mut sink);
    let refused = Html::default().read(page.repeat(8).as_bytes(), &mut cx);
    assert!(
        matches!(refused, Err(Error::Limit { what, .. }) if what.contains("never closed")),
        "{refused:?}"
    );
}

#[test]
fn depth_costs_neither_stack_nor_words() {
    for (open, close) in
        [("<div>", "</div>"), ("<blockquote>", "</blockquote>"), ("<b>", "</b>"), ("<ul><li>", "</ul>")]
    {
        let text = format!("{}word{}<p>after</p>", open.repeat(20_000), close.repeat(20_000));
        let (document, said) = read(&text);
        let plain: String = document.articles[0].blocks.iter().map(plain_text).collect();
        assert!(plain.contains("word") && plain.contains("after"), "{open}");
        assert!(said.iter().any(|d| d.code.name == "nesting-flattened"), "{open}: {said:?}");
    }
    // What comes after is not flattened as well.
    let text = format!("{}{}<p>a <b>b</b>", "<div>".repeat(300), "</div>".repeat(300));
    assert_eq!(sketch(&text), "p(a Strong<b>)");
}

#[test]
fn the_end_of_raw_text_is_its_own_though_such_an_element_was_left_out() {
    let deep = "<div>".repeat(2000);
    let page = format!("{deep}<textarea>a{}<p>b<textarea>c</textarea><i>d</i>", "</div>".repeat(2000));
    let (document, _) = read(&page);
    assert!(document.articles[0].blocks.iter().map(plain_text).collect::<String>().contains('d'));
}

#[test]
fn a_title_is_accounted_for_beyond_what_of_it_is_the_articles() {
    let words =
        "Otters were seen at the mill again, after thirty years in which nobody had seen one. ".repeat(8);
    let page = format!(
        "<title>Otters &ndash; Reed &amp; Co</title><nav>a</nav><form></form><footer>b</footer>&nbsp;<div><h1>Otters</h1><p>{words}</p></div>"
    );
    assert_eq!(plain_text(&read(&page).0.articles[0].meta.title), "Otters");
    read("<p><code>&amp;amp;T</code> Enter<wbr>Guard</p>");
}

#[test]
fn text_about_tags_that_are_left_out_is_one() {
    let page = "<div>".repeat(400) + "a<div>b</div>c<i>d<b>e";
    let (document, _) = read(&page);
    let mut texts = Vec::new();
    visit::each_text(&document, &mut |text, span| {
        texts.push((text.to_owned(), page[span.range()].to_owned()))
    });
    assert_eq!(texts, [("abcde".to_owned(), "a<div>b</div>c<i>d<b>e".to_owned())]);
}
