use super::super::style::Notes;
use super::*;

/// A paragraph that calls notes.
fn calling(notes: &[u32]) -> Block {
    let mut content = text("Called");
    content
        .extend(notes.iter().map(|&id| Inline::new(InlineKind::Note { note: NoteId(id) }, Span::default())));
    block(BlockKind::Paragraph { content })
}

#[test]
fn a_note_stands_on_the_page_that_calls_it_and_leads_back() {
    let note = |words: &str| Note::new(vec![paragraph(words)], Span::default());
    let mut article = article(vec![calling(&[0])]);
    article.notes = vec![note("First"), note("Never called")];
    let (pages, index, _) = set(article, &PageStyle::default());
    assert_sound(&pages, &index);
    let targets: Vec<_> = pages[0].links.iter().map(|l| &l.link.target).collect();
    for target in targets {
        let Target::Anchor(anchor) = target else { panic!("{target:?}") };
        assert!(index.anchors.contains_key(anchor), "{anchor}");
    }
    assert_eq!(index.structure.nodes().iter().filter(|n| n.role == Role::Note).count(), 2);
}

#[test]
fn the_label_of_a_note_ends_before_its_text() {
    let mut article = article(vec![calling(&[0])]);
    article.notes = vec![Note::new(vec![paragraph("Uncertain.")], Span::default())];
    article.notes[0].group = Some("note".into());
    let (pages, ..) = set(article, &PageStyle::default());
    let runs = || {
        pages[0].items.iter().filter_map(|item| match &item.kind {
            ItemKind::Glyphs(run) => Some(run),
            _ => None,
        })
    };
    let body = runs().find(|run| run.text.contains("Uncertain")).expect("the note is set");
    let label = runs().find(|run| run.text.starts_with("note") && run.y == body.y).expect("its label is set");
    let end = label.x + label.glyphs.last().expect("a glyph").x;
    assert!(end < body.x, "{} ≥ {}", end.to_pt(), body.x.to_pt());
}

/// What stands on the only page, from top to bottom.
fn lines_of(article: Article, notes: Notes) -> Vec<String> {
    let (pages, index, _) = set(article, &PageStyle { notes, ..PageStyle::default() });
    assert_sound(&pages, &index);
    assert_eq!(pages.len(), 1);
    let mut lines: Vec<(Length, &str)> = Vec::new();
    for item in &pages[0].items {
        if let ItemKind::Glyphs(run) = &item.kind {
            lines.push((run.y, &run.text));
        }
    }
    lines.sort_by_key(|line| line.0);
    lines.into_iter().map(|line| line.1.trim().to_owned()).filter(|line| line.len() > 2).collect()
}

#[test]
fn notes_stand_where_they_are_wanted() {
    let heading =
        |level, words| block(BlockKind::Heading { level: Level::clamped(level), content: text(words) });
    let list = |id, foot| block(BlockKind::Notes { notes: vec![NoteId(id)], foot });
    let document = || {
        let mut article = article(vec![
            calling(&[0, 1, 2]),
            heading(2, "Notes and references"),
            heading(3, "Notes"),
            list(0, true),
            heading(3, "References"),
            list(1, false),
            heading(2, "Links"),
            paragraph("A link"),
        ]);
        let note = |words: &str| Note::new(vec![paragraph(words)], Span::default());
        article.notes = vec![note("Explained"), note("Cited"), note("In no list")];
        article
    };
    let before = ["Title", "Called"];
    let auto = ["Notes and references", "References", "Cited", "Links", "A link", "Explained", "In no list"];
    let foot = ["Links", "A link", "Explained", "Cited", "In no list"];
    let end = [
        "Notes and references",
        "Notes",
        "Explained",
        "References",
        "Cited",
        "Links",
        "A link",
        "In no list",
    ];
    assert_eq!(lines_of(document(), Notes::Auto), [&before[..], &auto].concat());
    assert_eq!(lines_of(document(), Notes::Foot), [&before[..], &foot].concat());
    assert_eq!(lines_of(document(), Notes::End), [&before[..], &end].concat());
}
