use super::*;
use crate::layout::vertical::Glue;
use crate::style::Style;
use std::rc::Rc;

const LINE: Length = Length::pt(10);

/// A page of ten lines.
fn paginator(columns: usize) -> Paginator {
    let mut geometry = Style::default().geometry();
    geometry.text_height = LINE * 10;
    geometry.columns = columns;
    geometry.top = Length::ZERO;
    Paginator::new(geometry, LINE)
}

fn line(name: &str, keep: Break) -> Piece {
    Piece { keep, height: LINE, anchors: vec![name.to_owned()], ..Piece::default() }
}

/// A paragraph of `count` lines, of which none may stand alone.
fn paragraph(name: &str, count: usize) -> Vec<Piece> {
    let keep = |i: usize| match i {
        0 => Break::At(0),
        _ if i == 1 || i + 1 == count => Break::Never,
        _ => Break::At(10),
    };
    (0..count).map(|i| line(&format!("{name}{i}"), keep(i))).collect()
}

fn heading(name: &str) -> Piece {
    let before = Glue { natural: LINE, stretch: LINE, shrink: Length::ZERO };
    Piece { before, ..line(name, Break::At(0)) }
}

/// The sheets, each as names with the line they stand on in tenths.
fn sheets(mut paginator: Paginator, pieces: Vec<Piece>) -> Vec<Vec<(String, i64)>> {
    let mut out = Vec::new();
    let mut take = |sheet: Sheet| {
        let named = sheet.placed.into_iter().filter(|p| !p.piece.anchors.is_empty());
        out.push(named.map(|p| (p.piece.anchors.join("+"), p.y.0 / (LINE.0 / 10))).collect());
    };
    for piece in pieces {
        paginator.push(piece);
        while let Some(sheet) = paginator.next_sheet() {
            take(sheet);
        }
    }
    while let Some(sheet) = paginator.finish() {
        take(sheet);
    }
    out
}

fn names(sheet: &[(String, i64)]) -> String {
    sheet.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn figures_wait_in_their_order_and_the_text_goes_on() {
    let figure = |name: &str, lines: i64| Piece {
        height: LINE * lines,
        kind: Kind::Float,
        anchors: vec![name.into()],
        keep: Break::At(0),
        ..Piece::default()
    };
    let mut pieces = paragraph("a", 6);
    // Only the third would fit here; and two that have waited don't fit on one page.
    pieces.extend([figure("one", 7), figure("two", 7), figure("three", 2)]);
    pieces.extend((0..20).map(|n| line(&format!("t{n}"), Break::At(0))));
    let sheets = sheets(paginator(1), pieces);
    let all = sheets.iter().map(|sheet| names(sheet)).collect::<Vec<_>>().join(" | ");
    let at = |name: &str| all.split(' ').position(|word| word == name).unwrap();
    assert!(at("one") < at("two") && at("two") < at("three"), "{all}");
    // Every page but the last is filled with text below its figure.
    for sheet in &sheets[..sheets.len() - 1] {
        assert!(sheet.last().unwrap().1 >= 80, "{all}");
    }
}

#[test]
fn no_line_of_a_paragraph_stands_alone() {
    let mut pieces = paragraph("a", 9);
    pieces.extend(paragraph("b", 4));
    let got = sheets(paginator(1), pieces);
    assert_eq!(names(&got[0]), "a0 a1 a2 a3 a4 a5 a6 a7 a8", "b0 alone would be an orphan");
    let got = sheets(paginator(1), paragraph("a", 11));
    assert_eq!(names(&got[1]), "a9 a10", "a10 alone would be a widow");
}

#[test]
fn a_heading_goes_with_its_text_and_its_white_is_dropped_at_the_head() {
    let mut pieces = paragraph("a", 7);
    pieces.push(heading("h"));
    let mut text = paragraph("b", 12);
    text[0].keep = Break::Never;
    pieces.extend(text);
    let got = sheets(paginator(1), pieces);
    assert_eq!(names(&got[0]), "a0 a1 a2 a3 a4 a5 a6");
    assert_eq!(got[1][0], ("h".into(), 0));
}

#[test]
fn white_stretches_so_that_pages_end_alike() {
    let mut pieces = paragraph("a", 3);
    pieces.push(heading("h"));
    let mut text = paragraph("b", 4);
    text[0].keep = Break::Never;
    pieces.extend(text);
    pieces.extend(paragraph("c", 14));
    let got = sheets(paginator(1), pieces);
    // Nine lines fit with the heading's white, one of which would be an orphan.
    assert_eq!(got[0].last(), Some(&("b3".into(), 90)));
}

#[test]
fn a_note_stands_on_the_foot_of_its_page() {
    let mut pieces = paragraph("a", 12);
    pieces[1].notes = vec![paragraph("n", 2)];
    let got = sheets(paginator(1), pieces);
    assert_eq!(names(&got[0]), "a0 a1 a2 a3 a4 a5 a6 n0 n1");
    assert_eq!(got[0].last(), Some(&("n1".into(), 90)));
}

#[test]
fn a_long_note_goes_on_over_pages_and_ends_before_the_next_article() {
    let mut pieces = paragraph("a", 2);
    pieces[0].notes = vec![paragraph("n", 20)];
    pieces.push(line("next", Break::Always));
    let got = sheets(paginator(1), pieces);
    assert_eq!(names(&got[0]), "a0 a1 n0 n1 n2 n3 n4 n5 n6");
    assert_eq!(got.iter().flatten().filter(|(name, _)| name.starts_with('n')).count(), 21);
    assert_eq!(names(got.last().unwrap()), "next");
}

#[test]
fn a_figure_without_room_waits_and_the_text_goes_on() {
    let mut pieces = paragraph("a", 6);
    pieces.push(Piece {
        height: LINE * 6,
        kind: Kind::Float,
        anchors: vec!["fig".into()],
        ..Piece::default()
    });
    pieces.extend(paragraph("b", 8));
    let got = sheets(paginator(1), pieces);
    assert_eq!(names(&got[0]), "a0 a1 a2 a3 a4 a5 b0 b1 b2 b3");
    assert_eq!(got[1][0].0, "fig");
}

#[test]
fn a_heading_is_not_left_alone_by_its_figure() {
    let figure = |name: &str| Piece { height: LINE * 6, kind: Kind::Float, ..line(name, Break::Never) };
    let mut pieces = paragraph("a", 5);
    pieces.extend([heading("h"), figure("fig")]);
    let mut album = pieces.clone();
    pieces.extend(paragraph("b", 8));
    let got = sheets(paginator(1), pieces);
    assert_eq!(names(&got[0]), "a0 a1 a2 a3 a4 h b0 b1 b2");
    assert_eq!(got[1][0].0, "fig");
    album.extend([heading("h2"), figure("fig2")]);
    let got = sheets(paginator(1), album);
    let got: Vec<_> = got.iter().map(|sheet| names(sheet)).collect();
    assert_eq!(got, ["a0 a1 a2 a3 a4", "h fig", "h2 fig2"]);
}

#[test]
fn what_is_turned_stands_on_the_next_sheets_and_the_text_goes_on() {
    let mut pieces = paragraph("a", 6);
    pieces.push(Piece {
        kind: Kind::Turned(vec![line("t0", Break::At(0)), line("t1", Break::Always)]),
        ..Piece::default()
    });
    pieces.extend(paragraph("b", 8));
    let got = sheets(paginator(1), pieces);
    let names: Vec<_> = got.iter().map(|sheet| names(sheet)).collect();
    assert_eq!(names, ["a0 a1 a2 a3 a4 a5 b0 b1 b2 b3", "t0", "t1", "b4 b5 b6 b7"]);
}

#[test]
fn a_turned_table_alone_leaves_no_empty_sheet() {
    let apart = vec![line("t0", Break::At(0))];
    let got = sheets(paginator(1), vec![Piece { kind: Kind::Turned(apart), ..Piece::default() }]);
    assert_eq!(got.len(), 1);
}

#[test]
fn what_is_wide_stands_at_the_head_of_the_next_sheet_or_ends_the_article() {
    let wide = |name: &str, height: i64| {
        let kind = Kind::Wide(vec![Piece { height: LINE * height, ..line(name, Break::At(0)) }]);
        Piece { kind, ..Piece::default() }
    };
    let shown = |pieces| -> Vec<String> {
        let got = sheets(paginator(2), pieces);
        got.iter().map(|sheet| names(sheet).trim().replace("  ", " ")).collect()
    };
    let mut pieces = paragraph("a", 6);
    pieces.push(wide("w", 3));
    pieces.extend(paragraph("b", 20));
    let got = shown(pieces);
    assert!(got[0].starts_with("a0 a1") && got[1].starts_with("w b14"), "{got:?}");
    let mut pieces =
        vec![Piece { keep: Break::Always, ..line("a", Break::Always) }, wide("w", 3), wide("x", 9)];
    pieces.push(line("b", Break::Always));
    assert_eq!(shown(pieces), ["a", "w", "x", "b"]);
}

#[test]
fn columns_are_filled_one_after_another() {
    let got = sheets(paginator(2), paragraph("a", 24));
    assert_eq!(got[0].len(), 20);
    assert_eq!(got[0][10], ("a10".into(), 0));
}

#[test]
fn a_table_head_is_repeated_and_what_is_too_high_is_set_all_the_same() {
    let head: Rc<[Piece]> = vec![line("head", Break::Never)].into();
    let mut pieces = vec![line("head", Break::At(0))];
    pieces.extend(
        (0..12).map(|i| Piece { kind: Kind::Row(head.clone()), ..line(&format!("r{i}"), Break::At(0)) }),
    );
    pieces.push(Piece { height: LINE * 30, ..line("tall", Break::Never) });
    pieces.push(line("after", Break::Never));
    let got = sheets(paginator(1), pieces);
    assert_eq!(got[1][0].0, "head");
    let all = got.iter().flatten().map(|(name, _)| name.as_str());
    assert_eq!(all.filter(|name| *name != "head").count(), 14);
}

#[test]
fn every_piece_comes_out_once_whatever_comes_in() {
    // A linear congruential generator: the same pieces on every run.
    let mut state = 12345_u64;
    let mut random = |n: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % n
    };
    for columns in [1, 2] {
        let mut pieces = Vec::new();
        for i in 0..3000 {
            let keep = match random(20) {
                0 => Break::Always,
                1..=12 => Break::Never,
                cost => Break::At(cost as i64),
            };
            let mut piece = line(&format!("p{i}"), keep);
            piece.height = Length::pt(random(40) as i64 * random(5) as i64);
            piece.kind = match (random(15), random(30)) {
                (0, _) => Kind::Float,
                (_, 0) => Kind::Spanning,
                (_, 1) => Kind::Wide(vec![line(&format!("w{i}"), Break::At(0))]),
                _ => Kind::Plain,
            };
            if random(9) == 0 {
                piece.notes.push(paragraph(&format!("n{i}-"), 1 + random(30) as usize));
            }
            pieces.push(piece);
        }
        let wide = |p: &Piece| if let Kind::Wide(wide) = &p.kind { wide.len() } else { 0 };
        let count = |p: &Piece| 1 + wide(p) + p.notes.iter().map(Vec::len).sum::<usize>();
        let want: usize = pieces.iter().map(count).sum();
        let got = sheets(paginator(columns), pieces);
        assert_eq!(got.iter().map(Vec::len).sum::<usize>(), want);
    }
}
