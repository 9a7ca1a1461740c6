//! Splits a run into stretches that the glyph-to-character map tells rightly, and stretches that
//! need their text said beside them (`ActualText`, PDF 32000-1, 14.9.4).

use super::fonts::Font;
use crate::layout::page::{Glyph, GlyphRun};
use std::ops::Range;

/// Neighbouring glyphs that are shown together.
#[derive(Debug, PartialEq)]
pub(super) struct Segment {
    /// Which glyphs of the run.
    pub(super) glyphs: Range<usize>,
    /// What they say, where their own characters would not.
    pub(super) actual_text: Option<String>,
}

/// The segments of a run, in visual order. Claims each glyph's character in the font.
pub(super) fn segments(run: &GlyphRun, font: &mut Font<'_>) -> Vec<Segment> {
    if let Some(text) = &run.actual_text {
        for glyph in &run.glyphs {
            let code = font.code(glyph.id);
            font.fall_back(code, cluster_text(run, glyph));
        }
        return vec![Segment { glyphs: 0..run.glyphs.len(), actual_text: Some(text.clone()) }];
    }
    let mut segments: Vec<Segment> = Vec::new();
    let mut start = 0;
    while start < run.glyphs.len() {
        let more = run.glyphs[start + 1..].iter().take_while(|g| g.text_start >= g.text_end).count();
        let end = start + 1 + more;
        let text = cluster_text(run, &run.glyphs[start]);
        let lies = !claim(text, &run.glyphs[start..end], run.rtl, font);
        match segments.last_mut() {
            Some(Segment { glyphs, actual_text: None }) if !lies => glyphs.end = end,
            Some(Segment { glyphs, actual_text: Some(said) }) if lies => {
                glyphs.end = end;
                said.insert_str(if run.rtl { 0 } else { said.len() }, text);
            }
            _ => segments.push(Segment { glyphs: start..end, actual_text: lies.then(|| text.to_owned()) }),
        }
        start = end;
    }
    segments
}

fn cluster_text<'r>(run: &'r GlyphRun, glyph: &Glyph) -> &'r str {
    run.text.get(glyph.text_start as usize..glyph.text_end as usize).unwrap_or_default()
}

/// Claims the characters of one cluster's glyphs; whether they tell its text.
fn claim(text: &str, cluster: &[Glyph], rtl: bool, font: &mut Font<'_>) -> bool {
    // A private character means nothing without its text beside it (PDF/A-2, 6.2.11.7.3).
    let private = text.chars().any(is_private);
    if let ([only], false) = (cluster, private || text.is_empty()) {
        let code = font.code(only.id);
        return font.say(code, text);
    }
    // Several glyphs that each are the face's own for one character, in order: base and marks.
    let one_each = text.chars().count() == cluster.len() && {
        let mut chars = text.chars();
        cluster.iter().all(|glyph| {
            let next = if rtl { chars.next_back() } else { chars.next() };
            next.is_some_and(|c| font.maps(c, glyph.id))
        })
    };
    if one_each && !private {
        let mut chars = text.chars();
        let mut tells = true;
        for glyph in cluster {
            let next = if rtl { chars.next_back() } else { chars.next() };
            let code = font.code(glyph.id);
            tells &= next.is_some_and(|c| font.say(code, c.encode_utf8(&mut [0; 4])));
        }
        return tells;
    }
    let mut rest = text;
    for glyph in cluster {
        let code = font.code(glyph.id);
        match text.chars().find(|&c| font.maps(c, glyph.id)) {
            Some(c) => font.fall_back(code, c.encode_utf8(&mut [0; 4])),
            None => font.fall_back(code, std::mem::take(&mut rest)),
        }
    }
    false
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}
