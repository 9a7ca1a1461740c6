//! What the glyphs say, and how wide they are.

use super::*;

/// A line in each of two faces, the second of fixed width, and the text of each.
fn in_two_faces() -> (Draft, [&'static str; 2]) {
    let texts = ["Widths AVWfi.-", "mono"];
    let mut draft = Draft::new();
    draft.text(ROOT, Role::Title, texts[0]);
    let mut mono = draft.run(texts[1]);
    let fonts = draft.fonts.clone();
    mono.face = fonts.styled(fonts.mono(), FontStyle { bold: false, italic: false });
    let mono_font = FontRef::from_index(fonts.face(mono.face).data(), 0).unwrap();
    for (glyph, c) in mono.glyphs.iter_mut().zip(texts[1].chars()) {
        glyph.id = mono_font.charmap().map(c).unwrap().to_u32() as u16;
    }
    let leaf = draft.structure().add(Some(StructId(1)), Role::Content);
    draft.draw(Tag::Content(leaf), mono);
    (draft, texts)
}

/// How many widths of a file agree with its fonts, and those that don't: checkers look at none of a font
/// with CFF outlines.
fn compare_widths(file: &lopdf::Document, fonts: &FontLibrary, texts: [&str; 2]) -> (usize, Vec<String>) {
    let (mut agree, mut wrong) = (0, Vec::new());
    let dicts = file.objects.values().filter_map(|o| o.as_dict().ok());
    for dict in dicts.filter(|d| d.has(b"W") && d.has(b"CIDSystemInfo")) {
        let name = dict.get(b"BaseFont").unwrap().as_name().unwrap();
        let name = std::str::from_utf8(&name[7..]).unwrap();
        let face = (0..fonts.len()).map(|n| fonts.face(FaceId(n as u16))).find(|f| f.name() == name).unwrap();
        let font = FontRef::from_index(face.data(), face.index()).unwrap();
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let units = f64::from(face.metrics().units_per_em);
        let widths = dict.get(b"W").unwrap().as_array().unwrap()[1].as_array().unwrap();
        let mut seen = Vec::new();
        for c in texts[usize::from(name.contains("Mono"))].chars() {
            if seen.contains(&c) {
                continue;
            }
            seen.push(c);
            let width = f64::from(widths[seen.len()].as_float().unwrap());
            let own: GlyphId = font.charmap().map(c).unwrap();
            let own = f64::from(metrics.advance_width(own).unwrap()) * 1000.0 / units;
            if (width - own).abs() < 0.001 {
                agree += 1;
            } else {
                wrong.push(format!("{name} {c}: {width} for {own}"));
            }
        }
        assert_eq!(widths.len(), seen.len() + 1);
    }
    (agree, wrong)
}

#[test]
fn widths_are_the_fonts_own() {
    let (draft, texts) = in_two_faces();
    let mut file = load(&draft.bytes());
    assert_eq!(compare_widths(&file, &draft.fonts, texts), (12 + 3, Vec::new()));
    // One unit too wide is found, in either kind of font.
    for subtype in [&b"CIDFontType0"[..], b"CIDFontType2"] {
        let mut dicts = file.objects.values_mut().filter_map(|o| o.as_dict_mut().ok());
        let font = dicts.find(|d| d.get(b"Subtype").and_then(Object::as_name).is_ok_and(|s| s == subtype));
        let Ok(Object::Array(widths)) = font.unwrap().get_mut(b"W") else { panic!("no widths") };
        let Object::Array(widths) = &mut widths[1] else { panic!("no widths") };
        widths[2] = Object::Real(widths[2].as_float().unwrap() + 1.0);
    }
    let (_, wrong) = compare_widths(&file, &draft.fonts, texts);
    assert_eq!(wrong.len(), 2, "{wrong:?}");
}

#[test]
fn text_that_glyphs_cannot_tell_stands_beside_them() {
    let mut draft = Draft::new();
    draft.text(ROOT, Role::Paragraph, "A");
    // The same glyph for another letter.
    let mut run = draft.run("A");
    run.text = "\u{391}".into();
    run.glyphs[0].text_end = 2;
    let paragraph = draft.structure().add(Some(ROOT), Role::Paragraph);
    let leaf = draft.structure().add(Some(paragraph), Role::Content);
    draft.draw(Tag::Content(leaf), run);
    // A hyphen of the line break needs none, unless its glyph is also that of a hard one.
    let soft = |text: &str, draft: &Draft| {
        let mut hyphen = draft.run(text);
        hyphen.actual_text = Some("\u{AD}".into());
        hyphen
    };
    let (hard, lone, other) = (draft.run("-"), soft("\u{2010}", &draft), soft("-", &draft));
    // Of a sign that is put together one part says it, and the others nothing, which no glyph can say.
    let mut part = draft.run("(");
    part.actual_text = Some(String::new());
    for run in [lone, hard, other, part] {
        draft.draw(Tag::Content(leaf), run);
    }
    let bytes = draft.bytes();
    let content = content(&bytes);
    assert_eq!(content.matches("ActualText").count(), 3, "{content}");
    let found = |text: &str| {
        let bytes = text_string::bytes(text);
        let file = load(&draft.bytes());
        let (_, page) = file.get_pages().into_iter().next().unwrap();
        file.get_page_content(page).windows(bytes.len()).any(|w| w == bytes)
    };
    assert!(found("\u{391}") && found("\u{AD}"));
    assert_eq!(faults(&bytes, "2a"), Vec::<String>::new());
}

/// A document of one paragraph, typeset and written.
fn typeset_text(language: &str, text: &str) -> Vec<u8> {
    let mut document = document();
    let article = &mut document.articles[0];
    article.meta.language = Some(Language::given(LanguageTag::new(language).unwrap()));
    let words = Node::new(InlineKind::Text { text: text.into() }, Span::default());
    article.blocks =
        vec![Node::new(crate::model::BlockKind::Paragraph { content: vec![words] }, Span::default())];
    let (limits, mut sink, mut out) = (Limits::default(), Vec::new(), Vec::new());
    let mut cx = WriteContext::new("sample.txt", &limits, &mut sink);
    Pdf::new(Arc::new(FontLibrary::embedded())).write(&document, &mut out, &mut cx).unwrap();
    assert_eq!(sink, []);
    for profile in ["ua1", "2a"] {
        assert_eq!(faults(&out, profile), Vec::<String>::new(), "{profile}");
    }
    out
}

#[test]
fn a_page_may_begin_with_a_character_that_no_face_has() {
    let mut draft = Draft::new();
    let paragraph = draft.structure().add(Some(ROOT), Role::Paragraph);
    let leaf = draft.structure().add(Some(paragraph), Role::Content);
    let frame = ItemKind::Frame {
        x: Length::pt(72),
        y: Length::pt(72),
        width: Length::pt(10),
        height: Length::pt(10),
        stroke: Length::pt(1),
        color: Color::BLACK,
        actual_text: Some("\u{1F436}".into()),
    };
    draft.page().items.push(Item { tag: Tag::Content(leaf), kind: frame });
    let content = content(&draft.bytes());
    assert!(content.contains("Tj"), "readers leave out text said beside no glyph: {content}");
}

#[test]
fn clusters_out_of_order_have_their_words_beside_them_with_the_space() {
    let bytes = typeset_text("hi", "की बुनियाद है");
    let file = load(&bytes);
    let content = lopdf::content::Content::decode(&file.get_page_content(file.get_pages()[&1])).unwrap();
    let beside = content.operations.iter().filter(|o| o.operator == "BDC");
    let beside: Vec<_> =
        beside.filter_map(|o| o.operands[1].as_dict().ok()?.get(b"ActualText").ok()?.as_str().ok()).collect();
    assert_eq!(beside, ["की ", "बुनियाद ", "है"].map(text_string::bytes));
}

#[test]
fn marks_from_right_to_left_leave_the_word_whole() {
    let bytes = typeset_text("ar", "لمّا كان عقلاً وضميرًا");
    let content = content(&bytes);
    assert!(!content.contains("ActualText"), "each glyph says its own: {content}");
    assert!(!content.contains(" Ts"), "no mark moves the pen: {content}");
    assert!(content.contains("ReversedChars"), "{content}");
    // The mark, under a code that no other glyph has, says what it is.
    let file = load(&bytes);
    let maps: String = file
        .objects
        .values()
        .filter_map(|o| o.as_stream().ok()?.decompressed_content().ok())
        .filter(|data| data.windows(9).any(|w| w == b"begincmap"))
        .map(|data| String::from_utf8_lossy(&data).into_owned())
        .collect();
    assert!(maps.contains("<0651>"), "shadda: {maps}");
    assert!(maps.matches("<064B>").count() >= 2, "tanwin above letters of two heights: {maps}");
    assert!(
        file.objects
            .values()
            .filter_map(|o| o.as_dict().ok())
            .any(|d| matches!(d.get(b"CIDToGIDMap"), Ok(Object::Reference(_))))
    );
}
