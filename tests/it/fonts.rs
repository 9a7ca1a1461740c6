//! Faces from beyond the library: when they are looked for, which are taken, how East Asian text is
//! set in them, and what broken ones do.
#![cfg(all(feature = "pdf", feature = "markdown"))]

use fanfold::Converter;
use fanfold::diagnostic::{Diagnostic, Remedy};
use fanfold::format::{Error, Limits, ReadContext, WriteContext};
use fanfold::internals::inline::{ArticleCx, Line, LineShape, TextStyle, Typesetter};
use fanfold::internals::page::{GlyphRun, ItemKind, Page};
use fanfold::internals::structure::StructId;
use fanfold::internals::{ImageSizes, PageSink, typeset};
use fanfold::model::{Inline, InlineKind, LanguageTag, Span};
use fanfold::pdf::{FaceRecord, FontError, FontLibrary, FontSource, PageStyle};
use fanfold::style::Length;
use fanfold::write;
use std::sync::Arc;

const CJK: [(&str, &[u8]); 4] = [
    ("Noto Serif CJK JP", include_bytes!("../fonts/NotoSerifCJKjp-Regular.otf")),
    ("Noto Serif CJK KR", include_bytes!("../fonts/NotoSerifCJKkr-Regular.otf")),
    ("Noto Serif CJK SC", include_bytes!("../fonts/NotoSerifCJKsc-Regular.otf")),
    ("Noto Serif CJK TC", include_bytes!("../fonts/NotoSerifCJKtc-Regular.otf")),
];

/// Fonts in memory.
struct Memory(Vec<(String, Vec<u8>)>);

impl Memory {
    fn cjk() -> Self {
        Memory(CJK.map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).into())
    }
}

impl FontSource for Memory {
    fn faces(&self) -> Vec<FaceRecord> {
        let record = |(file, (family, _)): (usize, &(String, Vec<u8>))| FaceRecord {
            file,
            index: 0,
            family: family.clone(),
            italic: false,
            weight: 400,
            normal_width: true,
            monospaced: false,
        };
        self.0.iter().enumerate().map(record).collect()
    }

    fn with_file(&self, file: usize, read: &mut dyn FnMut(&[u8])) {
        read(&self.0[file].1);
    }
}

/// Must not be asked.
struct Untouched;

impl FontSource for Untouched {
    fn faces(&self) -> Vec<FaceRecord> {
        panic!("looked for further faces")
    }

    fn with_file(&self, _: usize, _: &mut dyn FnMut(&[u8])) {}
}

fn cjk() -> FontLibrary {
    FontLibrary::embedded().with_source(Memory::cjk())
}

/// Sets a paragraph in lines of a width in points.
fn lines(fonts: &FontLibrary, content: &str, language: &str, width: i64) -> (Vec<Line>, Vec<Diagnostic>) {
    let (limits, mut diagnostics) = (Limits::default(), Vec::new());
    let mut cx = WriteContext::new("test", &limits, &mut diagnostics);
    let text = Inline::new(InlineKind::Text { text: content.to_owned() }, Span::new(0, content.len()));
    let style =
        TextStyle { size: Length::pt(10), language: LanguageTag::new(language), ..TextStyle::default() };
    let mut typesetter = Typesetter::new(fonts, false);
    let paragraph = typesetter.paragraph(&[text], &style, StructId(0), ArticleCx::default());
    let shape = LineShape { first: Vec::new(), rest: (Length::ZERO, Length::pt(width)) };
    let lines = paragraph.lines(&shape, 0);
    typesetter.report_missing(&mut cx);
    (lines, diagnostics)
}

fn runs(line: &Line) -> impl Iterator<Item = &GlyphRun> {
    line.items.iter().filter_map(|item| match &item.kind {
        ItemKind::Glyphs(run) => Some(&**run),
        _ => None,
    })
}

fn texts(lines: &[Line]) -> Vec<String> {
    lines.iter().map(|line| runs(line).map(|run| run.text.as_str()).collect::<String>()).collect()
}

/// The characters of a line, each with the place of its glyph's origin in hundredths of a point.
fn places(line: &Line) -> Vec<(String, i64)> {
    let place = |run: &GlyphRun| {
        let text = |from: u32, to: u32| run.text[from as usize..to as usize].to_owned();
        let place = |x: Length| ((run.x + x).0 * 100 + (1 << 15)) >> 16;
        run.glyphs.iter().map(|g| (text(g.text_start, g.text_end), place(g.x))).collect::<Vec<_>>()
    };
    runs(line).flat_map(place).collect()
}

fn faces(fonts: &FontLibrary, content: &str, language: &str) -> Vec<(String, String)> {
    let (lines, diagnostics) = lines(fonts, content, language, 400);
    assert_eq!(diagnostics, [], "{content}");
    let name = |run: &GlyphRun| fonts.face(run.face).name().to_owned();
    lines.iter().flat_map(runs).map(|run| (run.text.trim().to_owned(), name(run))).collect()
}

fn convert(fonts: FontLibrary, source: &str) -> (Vec<u8>, Vec<Diagnostic>) {
    let converter = Converter::builder().writer(write::Pdf::new(Arc::new(fonts))).build();
    let (limits, mut diagnostics) = (Limits::default(), Vec::new());
    let mut cx = ReadContext::new("test.md", &limits, &mut diagnostics);
    let document = converter.read(source.as_bytes(), Some("markdown"), &mut cx).expect("readable");
    let mut pdf = Vec::new();
    let mut cx = WriteContext::new("test.md", &limits, &mut diagnostics);
    converter.write(&document, "pdf", &mut pdf, &mut cx).expect("a finished PDF");
    (pdf, diagnostics)
}

#[test]
fn text_that_the_library_has_is_set_without_looking_further() {
    let source = "# Eins, два, τρία\n\nשלום, سلام, नमस्ते, สวัสดี – `code` “¼” → ∑\n";
    let (alone, _) = convert(FontLibrary::embedded(), source);
    let (with_source, _) = convert(FontLibrary::embedded().with_source(Untouched), source);
    assert!(alone == with_source);
}

#[test]
fn shared_ideographs_take_the_face_of_the_language() {
    let fonts = cjk();
    for (language, face) in [
        ("ja", "NotoSerifCJKjp-Regular"),
        ("ko", "NotoSerifCJKkr-Regular"),
        ("zh", "NotoSerifCJKsc-Regular"),
        ("zh-Hant", "NotoSerifCJKtc-Regular"),
        ("en", "NotoSerifCJKsc-Regular"),
    ] {
        assert_eq!(faces(&fonts, "直骨", language), [("直骨".to_owned(), face.to_owned())], "{language}");
    }
}

#[test]
fn latin_within_chinese_keeps_the_main_face_and_chinese_its_own_quotation_marks() {
    let faces = faces(&cjk(), "“你好”（Unicode）2026年", "zh");
    let names: Vec<_> = faces.iter().map(|(text, face)| (text.as_str(), face.as_str())).collect();
    assert_eq!(
        names,
        [
            ("“你好”（", "NotoSerifCJKsc-Regular"),
            ("Unicode", "LibertinusSerif-Regular"),
            ("）", "NotoSerifCJKsc-Regular"),
            ("2026", "LibertinusSerif-Regular"),
            ("年", "NotoSerifCJKsc-Regular"),
        ]
    );
}

#[test]
fn marks_side_by_side_share_their_white() {
    let (lines, _) = lines(&cjk(), "名、「直」名", "ja", 400);
    let want = [("名", 0), ("、", 1000), ("「", 1500), ("直", 2500), ("」", 3500), ("名", 4500)];
    assert_eq!(places(&lines[0]), want.map(|(c, x)| (c.to_owned(), x)));
}

#[test]
fn a_quarter_of_an_em_stands_between_ideographs_and_latin() {
    let (lines, _) = lines(&cjk(), "名PDF名", "ja", 400);
    let places = places(&lines[0]);
    assert_eq!((places[0].1, places[1].1), (0, 1250));
}

#[test]
fn no_line_starts_or_ends_with_what_it_must_not() {
    let text = "「吾輩は猫である。名前はまだ無い。」『直骨』を（まだ）無い。とんと見当がつかぬ。".repeat(6);
    for width in 80..140 {
        let (lines, _) = lines(&cjk(), &text, "ja", width);
        let texts = texts(&lines);
        assert_eq!(texts.concat(), text, "{width}");
        for line in &texts {
            assert!(!line.starts_with(['。', '、', '」', '』', '）', 'ー']), "{width}: {line}");
            assert!(!line.ends_with(['「', '『', '（']), "{width}: {line}");
        }
    }
}

#[test]
fn justified_lines_end_at_the_margin_with_their_marks_white_outside() {
    let text = "「吾輩は猫である。名前はまだ無い。」どこで生れたか、とんと見当がつかぬ。".repeat(5);
    let (lines, _) = lines(&cjk(), &text, "ja", 123);
    for line in &lines[..lines.len() - 1] {
        let places = places(line);
        let (last, x) = places.last().expect("a glyph");
        // A mark's ink is half an em wide.
        let width = if ["。", "」", "、"].contains(&last.as_str()) { 500 } else { 1000 };
        assert!((x + width - 12_300).abs() <= 2, "{places:?}");
        let (first, x) = &places[0];
        assert!(*x == 0 || first == "「" && (*x == -500 || line == &lines[0]), "{places:?}");
    }
}

/// Where the baselines of text are.
struct Baselines(Vec<Length>);

impl PageSink for Baselines {
    fn page(&mut self, _: usize, page: Page) -> Result<(), Error> {
        for item in page.items {
            if let ItemKind::Glyphs(run) = item.kind {
                self.0.push(run.y);
            }
        }
        Ok(())
    }
}

#[test]
fn lines_stay_on_the_grid_when_taller_faces_come_in() {
    let (converter, fonts) = (Converter::default(), cjk());
    let baselines = |source: &str| {
        let (limits, mut diagnostics) = (Limits::default(), Vec::new());
        let mut cx = ReadContext::new("test.md", &limits, &mut diagnostics);
        let document = converter.read(source.as_bytes(), Some("markdown"), &mut cx).expect("readable");
        let mut places = Baselines(Vec::new());
        let mut cx = WriteContext::new("test.md", &limits, &mut diagnostics);
        let images = ImageSizes::default();
        typeset(&document, &images, &fonts, &PageStyle::default(), &mut cx, &mut places).expect("set");
        let mut places = places.0;
        places.dedup();
        places
    };
    assert_eq!(
        baselines("one\\\ntwo\\\nthree\n\nfour"),
        baselines("one 猫\\\ntwo 직 直\\\n「猫」 three\n\nfour")
    );
}

#[test]
fn what_no_face_has_is_told_once_a_script() {
    let (lines, diagnostics) = lines(&FontLibrary::embedded(), "漢字漢 ᏣᎳᎩ かな \u{E000}", "ja", 400);
    assert_eq!(lines[0].items.iter().filter(|i| matches!(i.kind, ItemKind::Frame { .. })).count(), 9);
    let told: Vec<_> =
        diagnostics.iter().map(|d| (d.code.name, d.message.as_str(), d.help.as_deref())).collect();
    let help = |name| format!("install a font such as {name}");
    let (cjk, cherokee) = (help("Noto Serif CJK JP"), help("Noto Sans Cherokee"));
    assert_eq!(
        told,
        [
            (
                "missing-glyph",
                "no face has 2 characters of the script Han, the first U+6F22; 3 boxes are drawn",
                Some(cjk.as_str())
            ),
            (
                "missing-glyph",
                "no face has 3 characters of the script Cherokee, the first U+13E3; 3 boxes are drawn",
                Some(cherokee.as_str())
            ),
            (
                "missing-glyph",
                "no face has 2 characters of the script Hiragana, the first U+304B; 2 boxes are drawn",
                Some(cjk.as_str())
            ),
            ("missing-glyph", "no face has the character U+E000; a box is drawn", None),
            (
                "missing-glyphs",
                "9 of the 9 characters are boxes: 3 of the script Han, 3 of the script Cherokee, 2 of the script \
                 Hiragana, 1 of no script",
                Some("install Noto Sans Cherokee, Noto Serif CJK JP")
            ),
        ]
    );
    let (wrong, each) = diagnostics.split_last().expect("diagnostics");
    assert!(each.iter().all(|d| d.span.is_some() && d.remedy == Some(Remedy::Font)));
    assert_eq!(wrong.remedy, Some(Remedy::Fonts));
}

#[test]
fn broken_fonts_are_passed_over() {
    let whole = CJK[0].1;
    let source = "直骨 「吾輩は猫である。」\n\n---\nlang: ja\n---\n";
    for round in 0..60_u32 {
        let mut bytes = whole.to_vec();
        if round % 3 == 0 {
            bytes.truncate(whole.len() * (round as usize + 1) / 61);
        } else {
            // Faults all over the file, by a fixed rule.
            let mut state = round.wrapping_mul(2_654_435_761) | 1;
            for _ in 0..1 + round / 2 {
                state ^= state << 13;
                state ^= state >> 17;
                state ^= state << 5;
                let at = state as usize % bytes.len();
                bytes[at] = (state >> 24) as u8;
            }
        }
        let fonts = FontLibrary::embedded().with_source(Memory(vec![(CJK[0].0.to_owned(), bytes)]));
        println!("round {round}");
        let (pdf, _) = convert(fonts, source);
        assert!(pdf.starts_with(b"%PDF"), "{round}");
    }
}

#[test]
fn a_family_of_the_source_becomes_the_main_one() {
    let fonts = cjk().with_main_family("noto serif cjk jp").expect("it is there");
    let [(_, face)] = &faces(&fonts, "PDF", "ja")[..] else { panic!("one run") };
    assert_eq!(face, "NotoSerifCJKjp-Regular");
    assert_eq!(cjk().with_main_family("None").err(), Some(FontError::Unknown));
}
