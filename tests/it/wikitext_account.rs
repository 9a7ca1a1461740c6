//! What wikitext loses, it says: every byte has its fate, every loss its code and place.
#![cfg(feature = "wikitext")]

use fanfold::account::{Fate, Ledger};
use fanfold::diagnostic::Diagnostic;
use fanfold::format::{Limits, ReadContext, Reader};
use fanfold::read::Show;
use fanfold::read::Wikitext;

/// The bytes of each fate, and what was said.
struct Account {
    dropped: Vec<(&'static str, String)>,
    unaccounted: Vec<String>,
    said: Vec<Diagnostic>,
}

fn account(reader: &Wikitext, text: &str) -> Account {
    let (limits, mut said, mut ledger) = (Limits::default(), Vec::new(), Ledger::default());
    let mut cx = ReadContext::new("page.wiki", &limits, &mut said).with_ledger(&mut ledger);
    reader.read(text.as_bytes(), &mut cx).expect("wikitext is never refused");
    let account = ledger.account().expect("the reader keeps account");
    assert_eq!(account.totals().all(), text.len());
    let mut found = Account { dropped: Vec::new(), unaccounted: Vec::new(), said };
    for portion in account.portions() {
        let part = text[portion.range.clone()].to_owned();
        match portion.fate {
            Some(Fate::Dropped(code)) => found.dropped.push((code.name, part)),
            None => found.unaccounted.push(part),
            Some(_) => {}
        }
    }
    found
}

/// The parts that are lost, with their codes. Nothing may be unaccounted, and each code was said.
fn lost(text: &str) -> Vec<(&'static str, String)> {
    let Account { dropped, unaccounted, said } = account(&Wikitext::default(), text);
    assert_eq!(unaccounted, [] as [&str; 0], "{text:?}");
    for (code, part) in &dropped {
        assert!(
            said.iter().any(|d| d.code.name == *code && d.code.loss && d.span.is_some()),
            "{code} of {part:?}: {said:?}"
        );
    }
    dropped
}

#[track_caller]
fn loses(text: &str, want: &[(&str, &str)]) {
    let lost = lost(text);
    let lost: Vec<(&str, &str)> = lost.iter().map(|(code, part)| (*code, part.as_str())).collect();
    assert_eq!(lost, want, "{text:?}");
}

#[test]
fn what_is_shown_is_not_lost() {
    for text in [
        "a '''b''' ''c'' [[d|e]] [[Berlin]]s [http://f.org/g.html?h=1,2 i] http://j.k/l(m)",
        "{{lang|de|See}} {{convert|3|km|mi}} {{birth date|1969|7|18|df=y}} {{nowrap|x}}",
        "<ref name=\"a\">b</ref><ref name=a /><references />",
        "{{cite web|url=http://a.b/c,d.html|title=E &amp; F|date=August 5, 2011|accessdate=August 5, 2011}}",
        "[[File:A b, c.jpg|thumb|200px|alt=d e|f]]",
        "{|\n|+ a\n! b !! c\n|-\n| colspan=2 | d\n|}",
        "== a ==\n* b\n: c\n; d : e\n----\n f",
        "a <nowiki>[[e]]</nowiki> &eacute;&#233; 68&ndash;94 9&nbsp;°C",
        "<syntaxhighlight lang=\"c\">int a;</syntaxhighlight><math>x^2</math><pre>b</pre>",
        "{{Infobox lake|name=A|area_km2=3|image=B.jpg|caption=c|image_alt=d}}",
        "__NOTOC__ {{DEFAULTSORT:a, b}} [[Kategorie:C|d]] {{reflist|30em}}",
        "#REDIRECT [[A]]",
        "{{#if:a|b|}} {{formatnum:1234567}} {{uc:d}}",
        "<gallery>\nFile:A.jpg|b\n</gallery>",
    ] {
        assert_eq!(lost(text), [], "{text:?}");
    }
}

#[test]
fn templates_that_are_not_shown() {
    loses("a {{citation needed|date=May}} b", &[("template-dropped", "{{citation needed|date=May}}")]);
    loses("{{Navbox x|list={{y}}}}", &[("template-dropped", "{{Navbox x|list={{y}}}}")]);
    loses("{{flagicon|GER}} a", &[("template-dropped", "{{flagicon|GER}}")]);
    loses("a {{strange|b=c}}", &[("unresolved", "{{strange|b=c}}")]);
    // Its words are shown.
    loses("a {{strange|b}}", &[("unresolved", "{{strange|"), ("unresolved", "}}")]);
    loses("a<!-- b c -->d", &[("comment-dropped", "<!-- b c -->")]);
    loses("<indicator name=a>b</indicator>", &[("template-dropped", "<indicator name=a>b</indicator>")]);
}

#[test]
fn an_unresolved_template_is_not_lost_where_it_is_shown() {
    let reader = Wikitext::default().with(|reader| reader.unresolved = Show::Source);
    assert_eq!(account(&reader, "a {{strange|b}}").dropped, []);
    let reader = Wikitext::default().with(|reader| reader.unresolved = Show::Arguments);
    let dropped = account(&reader, "a {{strange|b|c=d}}").dropped;
    assert!(dropped.iter().all(|(_, part)| !part.contains('d')), "{dropped:?}");
}

#[test]
fn arguments_that_no_rule_asks_for() {
    loses("{{lang|de|See|x=y z}}", &[("argument-dropped", "x=y z")]);
    loses("{{convert|3|km|abbr=on|note=b}}", &[("argument-dropped", "note=b")]);
    loses("{{convert|3|km|style=b}}", &[("presentation-dropped", "style=b")]);
    loses("{{nowrap|1=a|1=b}}", &[("argument-dropped", "1=a")]);
    // An argument with a box in it goes as a whole.
    loses("{{lang|de|See|x={{Navbox}}}}", &[("argument-dropped", "x={{Navbox}}")]);
}

#[test]
fn in_an_infobox() {
    loses(
        "{{Infobox lake|name=A|image=B.jpg|image_width=40}}",
        &[("presentation-dropped", "image_width=40")],
    );
    loses("{{Infobox lake|name=A|nav={{Navbox b}}|area=1}}", &[("template-dropped", "{{Navbox b}}")]);
    loses(
        "{{Infobox lake|name=A|image={{multiple image|image1=B.jpg|image2=C.png|footer=d}}}}",
        &[("argument-dropped", "image2=C.png")],
    );
    let hidden = lost("{{Infobox lake|name=A|area=<span style=\"display:none\">b</span>1}}");
    assert_eq!(hidden.last(), Some(&("hidden-text", "\">b</span>".to_owned())));
}

#[test]
fn attributes_options_and_links() {
    loses("<span style=\"color:red\">a</span>", &[("presentation-dropped", "color:red")]);
    loses("<span itemprop=\"b\" id=\"c\">a</span>", &[("attribute-dropped", "b")]);
    loses("[[File:A.jpg|thumb|link=B|c|d]]", &[("attribute-dropped", "link=B"), ("attribute-dropped", "c")]);
    loses("a\n[[de:B]]\n[[fr:C]]", &[("metadata-dropped", "[[de:B]]"), ("metadata-dropped", "[[fr:C]]")]);
    loses(
        "<imagemap>\nFile:A.jpg|b\nrect 1 2 3 4 [[C]]\n</imagemap>",
        &[("structure-dropped", "\nrect 1 2 3 4 [[C]]\n")],
    );
}

#[test]
fn notes() {
    loses(
        "a<ref name=b>c</ref><ref name=b>c</ref><ref name=b>d</ref>",
        // Its name is kept, by the first.
        &[("note-repeated", "<ref name="), ("note-repeated", ">d</ref>")],
    );
    let defined = "a<references>\n<ref name=b>c</ref>\n</references>";
    loses(defined, &[("note-unused", "<ref name=b>c</ref>")]);
}

#[test]
fn a_kind_of_loss_is_told_once() {
    let text = "{|\n".to_owned() + &"|-\n| style=\"a\" | b || width=3 | c\n".repeat(50) + "|}";
    let said = account(&Wikitext::default(), &text).said;
    let [said] = said.as_slice() else { panic!("{said:?}") };
    assert_eq!(said.message, "attributes that say how something looks were left out: style, width");
}

#[test]
fn the_golden_pages_are_accounted_for() {
    for case in ["wikitext", "wikitext-templates"] {
        let path = format!("{}/tests/golden/{case}/input.wiki", env!("CARGO_MANIFEST_DIR"));
        lost(&std::fs::read_to_string(path).expect("the case is there"));
    }
}
