//! Paragraphs as a whole: what is on each line, and where.

use super::*;
use crate::diagnostic::Diagnostic;
use crate::font::FontLibrary;
use crate::format::Limits;
use crate::format::WriteContext;
use crate::layout::length::Length;
use crate::layout::page::{GlyphRun, Item, ItemKind, Tag};
use crate::layout::structure::StructId;
use crate::model::{Inline, InlineKind, LanguageTag, Span};

pub(super) struct Set {
    pub lines: Vec<Line>,
    pub diagnostics: Vec<Diagnostic>,
}

fn text(text: &str) -> Inline {
    Inline::new(InlineKind::Text { text: text.to_owned() }, Span::new(0, text.len()))
}

fn set_inlines(content: &[Inline], style: &TextStyle, width: Length) -> Set {
    let fonts = FontLibrary::embedded();
    let (limits, mut diagnostics) = (Limits::default(), Vec::new());
    let mut cx = WriteContext::new("test", &limits, &mut diagnostics);
    let mut typesetter = Typesetter::new(&fonts, true);
    let paragraph = typesetter.paragraph(content, style, StructId(0), ArticleCx::default());
    let lines = paragraph.lines(&LineShape { first: Vec::new(), rest: (Length::ZERO, width) }, 0);
    typesetter.report_missing(&mut cx);
    Set { lines, diagnostics }
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
    assert_eq!(codes, ["missing-glyph", "missing-glyph", "missing-glyphs"]);
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
fn a_mark_that_no_face_has_is_a_box_behind_its_base() {
    let set = set(")\u{5C7} x", "en", 300);
    let said: Vec<_> = set.diagnostics.iter().map(|d| (d.code.name, d.message.contains("U+05C7"))).collect();
    assert_eq!(said[0], ("missing-glyph", true));
    let framed = |kind: &ItemKind| match kind {
        ItemKind::Frame { actual_text, .. } => actual_text.clone(),
        _ => None,
    };
    let boxes: Vec<_> = set.lines[0].items.iter().filter_map(|item| framed(&item.kind)).collect();
    assert_eq!(boxes, ["\u{5C7}"]);
    let runs: Vec<_> = set.lines.iter().flat_map(runs).collect();
    assert!(runs.iter().flat_map(|r| &r.glyphs).all(|g| g.id != 0));
    assert!(runs.iter().any(|run| run.text.starts_with(')')), "{runs:?}");
}

#[test]
fn a_filler_that_no_face_has_is_not_seen() {
    let set = set("a\u{3164}b", "en", 300);
    assert!(set.diagnostics.is_empty(), "{:?}", set.diagnostics);
    let glyphs: Vec<_> = set.lines.iter().flat_map(runs).flat_map(|r| &r.glyphs).collect();
    assert!(glyphs.iter().all(|g| g.id != 0), "{glyphs:?}");
    assert_eq!(glyphs.len(), 2);
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
fn text_refers_to_a_leaf_for_each_stretch_of_a_parent() {
    let code = Inline::new(InlineKind::Code { text: "x".into() }, Span::default());
    let set = set_inlines(&[text("a "), code, text(" b")], &TextStyle::default(), Length::pt(300));
    let leaf = |item: &Item| if let Tag::Content(leaf) = item.tag { leaf.0 } else { 0 };
    // The code itself is the second.
    assert_eq!(set.lines[0].items.iter().map(leaf).collect::<Vec<_>>(), [1, 3, 4]);
}

fn faces(set: &Set) -> Vec<(String, String)> {
    let fonts = FontLibrary::embedded();
    let name = |run: &GlyphRun| fonts.face(run.face).name().to_owned();
    set.lines.iter().flat_map(runs).map(|run| (name(run), run.text.trim().to_owned())).collect()
}

#[test]
fn the_best_breaks_of_a_paragraph_stay_what_they_are() {
    assert_eq!(
        words(&set(FABLE, "en", 260)),
        [
            "In olden times when wishing still helped one, there lived a",
            "king whose daughters were all beautiful; and the youngest",
            "was so beautiful that the sun itself, which has seen so much,",
            "was astonished whenever it shone in her face. Close by",
            "the king’s castle lay a great dark forest, and under an old",
            "lime-tree in the forest was a well.",
        ]
    );
}

#[test]
fn words_that_the_main_face_cannot_set_go_whole_to_another() {
    // Libertinus has no anchors for an acute on Cyrillic letters.
    let set = set("Берли\u{301}н и Вена", "ru", 300);
    let faces = faces(&set);
    let of = |word: &str| faces.iter().find(|(_, text)| text.contains(word)).map(|(face, _)| face.as_str());
    assert_eq!(of("Берли\u{301}н"), Some("NotoSerif-Regular"), "{faces:?}");
    assert_eq!(of("Вена"), Some("LibertinusSerif-Regular"), "{faces:?}");
    assert_eq!(set.diagnostics, []);
}

#[test]
fn every_embedded_script_is_set_without_a_missing_glyph() {
    for (sample, language) in [
        ("ἐν ἀρχῇ ἦν ὁ λόγος", "el"),
        ("Съешь ещё этих мягких булок", "ru"),
        ("[ˈbɛɐ̯liːn] ʃʒɲŋɣ", "de"),
        ("כל בני האדם נולדו בני חורין", "he"),
        ("يولد جميع الناس أحرارًا", "ar"),
        ("सभी मनुष्यों को गौरव", "hi"),
        ("มนุษย์ทั้งหลายเกิดมา", "th"),
        ("ყველა ადამიანი იბადება", "ka"),
        ("Բոլոր մարդիկ ծնվում են", "hy"),
        ("সমস্ত মানুষ", "bn"),
        ("மனிதப் பிறிவியினர்", "ta"),
        ("የሰው ልጅ ሁሉ", "am"),
        ("∀x ∈ ℝ: ⌈x⌉ ≥ x → √2 ★ ☎ ♫ ✓", "en"),
    ] {
        let set = set(sample, language, 300);
        assert_eq!(set.diagnostics, [], "{sample}");
        assert!(set.lines.iter().flat_map(runs).flat_map(|r| &r.glyphs).all(|g| g.id != 0), "{sample}");
    }
}

#[test]
fn an_emoji_is_one_glyph_however_many_characters_it_is_of() {
    for (sample, glyphs) in [
        ("🎉", 1),
        ("👍🏽", 1),
        ("👩🏽‍🚀", 1),
        ("👨‍👩‍👧‍👦", 1),
        ("🇩🇪", 1),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 1),
        ("🇫🇷🇯🇵", 2),
        // No sequence that there is: each by itself, and between them what is not seen.
        ("🎉‍🚀", 3),
    ] {
        let set = set(sample, "en", 300);
        assert_eq!(set.diagnostics, [], "{sample}");
        assert_eq!(runs(&set.lines[0]).flat_map(|run| &run.glyphs).count(), glyphs, "{sample}");
        assert_eq!(words(&set), [sample]);
    }
}

#[test]
fn digits_and_signs_beside_an_emoji_stay_text() {
    let fonts = FontLibrary::embedded();
    let faces = |sample: &str| -> Vec<_> {
        let set = set(sample, "en", 300);
        let runs =
            set.lines.iter().flat_map(runs).map(|run| (run.text.clone(), run.face)).collect::<Vec<_>>();
        runs.into_iter().map(|(text, face)| (text, fonts.face(face).name() == "NotoEmoji-Regular")).collect()
    };
    let of = |parts: &[(&str, bool)]| {
        parts.iter().map(|(text, emoji)| ((*text).to_owned(), *emoji)).collect::<Vec<_>>()
    };
    assert_eq!(faces("5👍#1"), of(&[("5", false), ("👍", true), ("#1", false)]));
    assert_eq!(faces("☀"), of(&[("☀", false)]));
    assert_eq!(faces("☀\u{FE0F}"), of(&[("☀\u{FE0F}", true)]));
    assert_eq!(faces("1\u{FE0F}\u{20E3}"), of(&[("1\u{FE0F}\u{20E3}", true)]));
    assert_eq!(faces("🌍\u{FE0E}"), of(&[("🌍\u{FE0E}", false)]));
}

#[test]
fn right_to_left_words_stand_from_right_to_left_and_are_read_in_order() {
    let style = TextStyle { rtl: true, language: LanguageTag::new("he"), ..TextStyle::default() };
    let set = set_inlines(&[text("אחת ABC שתיים")], &style, Length::pt(300));
    let order: Vec<_> = runs(&set.lines[0])
        .map(|run| (run.text.trim(), run.x, run.rtl))
        .filter(|r| !r.0.is_empty())
        .collect();
    let names: Vec<_> = order.iter().map(|r| r.0).collect();
    assert_eq!(names, ["אחת", "ABC", "שתיים"], "reading order");
    assert!(order[0].1 > order[1].1 && order[1].1 > order[2].1, "visual order: {order:?}");
    assert_eq!(order.iter().map(|r| r.2).collect::<Vec<_>>(), [true, false, true]);
    // The paragraph starts at the right margin.
    let first = runs(&set.lines[0]).next().expect("a run");
    assert!(first.x > Length::pt(270), "{first:?}");
}

#[test]
fn clusters_of_the_text_are_each_shown_once() {
    for (sample, language) in [("office fluffy", "en"), ("सभी मनुष्यों", "hi"), ("أحرارًا", "ar")]
    {
        let set = set(sample, language, 300);
        for run in set.lines.iter().flat_map(runs) {
            let mut shown: Vec<_> =
                run.glyphs.iter().map(|g| (g.text_start, g.text_end)).filter(|r| r.0 < r.1).collect();
            shown.sort_unstable();
            let covered: u32 = shown.iter().map(|r| r.1 - r.0).sum();
            assert_eq!(covered as usize, run.text.len(), "{run:?}");
            assert!(shown.windows(2).all(|w| w[0].1 == w[1].0), "{run:?}");
        }
    }
}

#[test]
fn the_last_line_is_never_a_scrap() {
    for width in 150..260 {
        let set = set(FABLE, "en", width);
        let run = runs(set.lines.last().expect("a line")).last().expect("a run");
        let end = run.x + run.glyphs.last().expect("a glyph").x;
        assert!(end > Length::pt(22), "{width}: {:?}", words(&set).last());
    }
}

#[test]
fn the_last_line_is_no_short_word_even_where_no_hyphens_are_needed() {
    // Broken without hyphens this ends in "ist." alone.
    let sample = "Welle und Nabe einer Keilwellen-Verbindung können bei entsprechender Wahl der Passung \
        axial verschoben werden. Die Zentrierung der Nabe auf der Welle erfolgt meist durch Innenzentrierung, \
        da diese in der Regel einfacher zu fertigen ist.";
    for width in 300..380 {
        let set = set(sample, "de", width);
        let lines = words(&set);
        let last = lines.last().expect("a line");
        assert!(last.contains(' ') || last.chars().count() > 8, "{width}: {lines:?}");
    }
}

#[test]
fn letters_change_within_limits_and_joined_ones_keep_together() {
    let mut used = 0;
    for width in 150..200 {
        for run in set(FABLE, "en", width).lines.iter().flat_map(runs) {
            assert!((980..=1020).contains(&run.expansion), "{run:?}");
            assert!((-30..=30).contains(&run.letter_space), "{run:?}");
            used += i32::from(run.letter_space.abs() > 20);
        }
    }
    assert!(used > 20, "{used} lines use it");
    let words = "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है";
    for run in set(words, "hi", 150).lines.iter().flat_map(runs) {
        assert_eq!(run.letter_space, 0, "{run:?}");
    }
}

const GERMAN: &str = "Die Mitnehmer der Keilwelle übertragen über ihre Anlageflächen das Drehmoment \
    formschlüssig. Das übertragbare Drehmoment berechnet man nach der maximalen Flächenpressung an den \
    Keilseiten. Dabei darf nur die tatsächlich tragende Höhe der Keilseiten zwischen dem äußeren Durchmesser \
    der Welle und der Bohrung in der Nabe abzüglich der Fasen berücksichtigt werden.";

#[test]
fn never_do_three_lines_in_a_row_end_in_hyphens() {
    let mut hyphens = 0;
    for width in 180..300 {
        let lines = set(GERMAN, "de", width).lines;
        hyphens += lines.iter().filter(|line| line.hyphenated).count();
        assert!(!lines.windows(3).any(|three| three.iter().all(|line| line.hyphenated)), "{width}");
    }
    assert!(hyphens > 200, "{hyphens} hyphens");
}

#[test]
fn names_are_hyphenated_only_where_the_line_would_be_bad() {
    let sample = FABLE.replace("daughters", "Alexandropolis").replace("beautiful", "Philadelphia");
    let sample = sample.replace("astonished", "Constantinople").replace("castle", "Petersburg");
    let hyphens = |sample: &str| -> usize {
        let of = |width| set(sample, "en", width).lines.iter().filter(|line| line.hyphenated).count();
        (150..350).map(of).sum()
    };
    let (names, words) = (hyphens(&sample), hyphens(&sample.to_lowercase()));
    assert!(names + 6 < words, "{names} and {words}");
}

#[test]
fn light_characters_hang_into_the_margin() {
    let (mut points, mut letters) = (0, 0);
    for width in 150..260 {
        let set = set(FABLE, "en", width);
        for line in &set.lines[..set.lines.len() - 1] {
            let over = line.set - Length::pt(width);
            let last = runs(line).flat_map(|run| run.text.trim_end().chars()).last();
            let hangs = over > Length::milli_pt(500);
            points += i32::from(hangs && matches!(last, Some(',' | '.' | '\u{2010}' | '-')));
            letters += i32::from(hangs && last.is_some_and(char::is_alphabetic));
        }
    }
    assert!(points > 50, "{points} lines have hanging punctuation");
    assert_eq!(letters, 0);
}

#[test]
fn a_word_wider_than_its_line_is_cut_with_hyphens_and_an_address_without() {
    let set_words = |sample: &str| words(&set(sample, "en", 40));
    let lines = set_words("Wrzzplfbqtrrmmklshrn");
    assert!(lines.len() > 1 && lines[..lines.len() - 1].iter().all(|l| l.ends_with('\u{2010}')), "{lines:?}");
    let lines = set_words("https://example.org/wrzzplfbqtrrmmklshrn");
    assert!(lines.len() > 1 && lines.iter().all(|line| !line.contains('\u{2010}')), "{lines:?}");
}

#[test]
fn looseness_asks_for_a_line_more() {
    let fonts = FontLibrary::embedded();
    let style = TextStyle { language: LanguageTag::new("en"), ..TextStyle::default() };
    let content = [text(&[FABLE; 3].join(" "))];
    let paragraph =
        Typesetter::new(&fonts, true).paragraph(&content, &style, StructId(0), ArticleCx::default());
    let shape = LineShape { first: Vec::new(), rest: (Length::ZERO, Length::pt(300)) };
    let best = paragraph.lines(&shape, 0).len();
    assert_eq!(paragraph.lines(&shape, 1).len(), best + 1);
    // Lines beside something are as wide as the room there.
    let beside = LineShape { first: vec![(Length::pt(100), Length::pt(200)); 3], ..shape };
    let lines = paragraph.lines(&beside, 0);
    assert!(lines[..3].iter().all(|l| (l.x, l.width) == (Length::pt(100), Length::pt(200))));
    assert_eq!(lines[3].width, Length::pt(300));
}

#[test]
fn a_long_paragraph_is_broken_part_by_part() {
    let set = set(&[FABLE; 600].join(" "), "en", 300);
    assert!(set.lines.len() > 2_500);
    assert!(set.lines.iter().filter(|line| line.hyphenated).count() < set.lines.len() / 20);
}

#[test]
fn code_keeps_its_spaces_and_never_leaves_the_page() {
    let fonts = FontLibrary::embedded();
    let style = TextStyle { family: Family::Mono, size: Length::pt(10), ..TextStyle::default() };
    let source = "fn main() {\n\tlet a = 1;\n}\n";
    let width = Length::pt(100);
    let coloured = |line: &str| {
        let mut out = CodeLine::default();
        out.push(line, style.color);
        out
    };
    let code: Vec<CodeLine> = source.lines().map(coloured).collect();
    let lines = Typesetter::new(&fonts, true).code_lines(&code, &style, width, StructId(0));
    let text: Vec<String> =
        lines.iter().flatten().map(|l| runs(l).map(|r| r.text.as_str()).collect()).collect();
    assert_eq!(text, ["fn main() {", "    let a = 1;", "}"]);
}

#[test]
fn a_few_letters_of_another_face_do_not_move_their_line() {
    let extent = |words: &str| {
        let set = set(words, "en", 300);
        assert_eq!(set.lines.len(), 1);
        (set.lines[0].ascent, set.lines[0].descent)
    };
    assert_eq!(extent("Words with a ☃ and ⟹ an 𝔸"), extent("Words with a man and then a word"));
}

#[test]
fn boxes_in_a_row_stay_on_the_page_too() {
    let set = set(&"\u{E123}".repeat(500), "en", 300);
    assert!(set.lines.len() >= 10, "{}", set.lines.len());
    for line in &set.lines {
        let right = |item: &Item| match &item.kind {
            ItemKind::Frame { x, width, .. } => *x + *width,
            _ => Length::ZERO,
        };
        assert!(line.items.iter().map(right).all(|right| right <= Length::pt(300)));
    }
}

#[test]
fn a_place_without_width_takes_a_cluster_a_line() {
    for width in [-10, 0, 1] {
        let set = set("Words (and more) in no room: \u{E123} שלום", "en", width);
        let letters = words(&set).concat().chars().filter(|c| c.is_alphabetic()).count();
        assert_eq!(letters, "Wordsandmoreinnoroomשלום".chars().count(), "{width}");
        assert!(set.lines.len() > 10, "{width}");
    }
}

#[test]
fn lines_without_spaces_are_filled_between_words() {
    let thai = "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิต่างมีเหตุผลและมโนธรรม".repeat(3);
    let amharic = "የሰው፡ልጅ፡ሁሉ፡ሲወለድ፡ነጻና፡በክብርና፡በመብትም፡እኩልነት፡ያለው፡ነው።".repeat(4);
    for (text, language) in [(thai, "th"), (amharic, "am")] {
        let set = set(&text, language, 250);
        let last = set.lines.len() - 1;
        for line in &set.lines[..last] {
            let run = runs(line).last().expect("a run");
            let end = run.x + run.glyphs.iter().map(|g| g.x).max().expect("a glyph");
            // The last letter ends at the margin, and is no wider than this.
            assert!(end > Length::pt(250 - 14), "{language}: {:?}", run.text);
        }
    }
}

#[test]
fn balanced_lines_are_about_as_long_as_each_other_and_cut_no_word() {
    let fonts = FontLibrary::embedded();
    let style = TextStyle { align: TextAlign::Start, hyphenate: false, ..TextStyle::default() };
    let balanced = |words: &str, width: i64| -> Vec<String> {
        let content = [Inline::new(InlineKind::Text { text: words.to_owned() }, Span::default())];
        let mut typesetter = Typesetter::new(&fonts, true);
        let paragraph = typesetter.paragraph(&content, &style, StructId(0), ArticleCx::default());
        let shape = LineShape { first: Vec::new(), rest: (Length::ZERO, Length::pt(width)) };
        let lines = paragraph.balanced(&shape);
        let words = |line| runs(line).map(|run| run.text.as_str()).collect::<String>().trim().to_owned();
        lines.iter().map(words).collect()
    };
    assert_eq!(
        balanced("A cat that sleeps on the roof all day", 150),
        ["A cat that sleeps", "on the roof all day"]
    );
    assert_eq!(balanced("Boris Bondarev", 60), ["Boris", "Bondarev"]);
    assert_eq!(balanced("A cat", 60), ["A cat"]);
}
