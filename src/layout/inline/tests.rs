//! Paragraphs as a whole: what is on each line, and where.

use super::*;
use crate::diagnostic::Diagnostic;
use crate::format::Limits;
use crate::layout::page::{GlyphRun, ItemKind};
use crate::layout::structure::Role;
use crate::model::{InlineKind, Span};

pub(super) struct Set {
    pub lines: Vec<Line>,
    pub diagnostics: Vec<Diagnostic>,
    pub structure: Structure,
}

fn text(text: &str) -> Inline {
    Inline::new(InlineKind::Text { text: text.to_owned() }, Span::new(0, text.len()))
}

fn set_inlines(content: &[Inline], style: &TextStyle, width: Length) -> Set {
    let fonts = FontLibrary::embedded();
    let (limits, mut diagnostics) = (Limits::default(), Vec::new());
    let mut structure = Structure::default();
    let root = structure.add(None, Role::Document);
    let mut cx = Context::new("test", &limits, &mut diagnostics);
    let mut typesetter = Typesetter::new(&fonts, true);
    let paragraph = typesetter.paragraph(content, style, root, &mut structure, ArticleCx::default(), &mut cx);
    let lines = paragraph.lines(&LineShape { first: Vec::new(), rest: (Length::ZERO, width) }, 0);
    Set { lines, diagnostics, structure }
}

fn set(content: &str, language: &str, width: i64) -> Set {
    let style = TextStyle { language: LanguageTag::new(language), ..TextStyle::default() };
    set_inlines(&[text(content)], &style, Length::pt(width))
}

fn runs(line: &Line) -> impl Iterator<Item = &GlyphRun> {
    line.items.iter().filter_map(|item| match &item.kind {
        ItemKind::Glyphs(run) => Some(&**run),
        _ => None,
    })
}

/// The words of each line.
fn words(set: &Set) -> Vec<String> {
    let line =
        |line: &Line| runs(line).map(|run| run.text.as_str()).collect::<String>().trim_end().to_owned();
    set.lines.iter().map(line).collect()
}

const FABLE: &str = "In olden times when wishing still helped one, there lived a king whose daughters were all \
    beautiful; and the youngest was so beautiful that the sun itself, which has seen so much, was astonished \
    whenever it shone in her face. Close by the king's castle lay a great dark forest, and under an old lime-tree \
    in the forest was a well.";

#[test]
fn every_glyph_stays_between_the_margins() {
    let set = set(FABLE, "en", 200);
    assert!(set.lines.len() > 6);
    for line in &set.lines {
        for run in runs(line) {
            let last =
                run.glyphs.iter().rfind(|g| &run.text[g.text_start as usize..g.text_end as usize] != " ");
            assert!(run.x >= Length::pt(-3), "{run:?}");
            assert!(last.is_none_or(|g| run.x + g.x < Length::pt(200)), "{run:?}");
        }
    }
    assert_eq!(
        words(&set).join(" ").replace("\u{2010} ", "").replace("lime- tree", "lime-tree"),
        FABLE.replace('\'', "’")
    );
}

#[test]
fn lines_without_a_language_are_not_hyphenated() {
    let style = TextStyle::default();
    let set = set_inlines(&[text(FABLE)], &style, Length::pt(160));
    assert!(set.lines.iter().all(|line| !line.hyphenated));
}

#[test]
fn a_missing_character_is_a_box_and_is_reported_once() {
    let set = set("a \u{E123} b \u{E123} \u{FFFD}", "en", 300);
    let codes: Vec<_> = set.diagnostics.iter().map(|d| d.code.name).collect();
    assert_eq!(codes, ["missing-glyph", "missing-glyph"]);
    assert!(set.diagnostics[0].message.contains("U+E123"), "{:?}", set.diagnostics);
    let boxes: Vec<_> = set.lines[0]
        .items
        .iter()
        .filter_map(|item| match &item.kind {
            ItemKind::Frame { actual_text, .. } => actual_text.as_deref(),
            _ => None,
        })
        .collect();
    assert_eq!(boxes, ["\u{E123}", "\u{E123}", "\u{FFFD}"]);
    assert!(set.lines.iter().flat_map(runs).flat_map(|r| &r.glyphs).all(|g| g.id != 0));
}

#[test]
fn an_endless_word_is_cut_and_stays_on_the_page() {
    let set = set(&"x".repeat(1 << 17), "en", 300);
    assert!(set.lines.len() > 2_000);
    for line in &set.lines {
        let run = runs(line).next().expect("a run");
        assert!(run.glyphs.last().expect("a glyph").x < Length::pt(300));
    }
}

#[test]
fn structure_has_a_leaf_for_each_stretch_of_a_parent() {
    let code = Inline::new(InlineKind::Code { text: "x".into() }, Span::default());
    let set = set_inlines(&[text("a "), code, text(" b")], &TextStyle::default(), Length::pt(300));
    let roles: Vec<_> = set.structure.nodes().iter().map(|n| n.role.clone()).collect();
    assert_eq!(roles, [Role::Document, Role::Content, Role::Code, Role::Content, Role::Content]);
}
