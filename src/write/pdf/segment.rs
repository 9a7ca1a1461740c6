//! Splits a run into stretches that the glyph-to-character map tells rightly, and stretches that
//! need their text said beside them (`ActualText`, PDF 32000-1, 14.9.4).
//!
//! What is right by the standard is not yet what readers of PDF make of it, so the stretches are cut
//! to what they agree on:
//!
//! - A mark carries its place in its outline where the face allows it, so that the pen goes on.
//! - From left to right, a run with one cluster that lies has its text said word by word, each with the
//!   space after it. Readers guess at spaces between what is said beside and what is not.
//! - From right to left, readers take each glyph's character and turn the word round themselves; what is
//!   said beside they turn round too. So there each glyph has a character of its own, under a code of its
//!   own where it must.

use super::fonts::{Font, Shift};
use crate::layout::page::{Glyph, GlyphRun};
use crate::style::Length;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// Neighbouring glyphs that are shown together.
#[derive(Debug, PartialEq)]
pub(super) struct Segment {
    /// Which glyphs of the run.
    pub(super) glyphs: Range<usize>,
    /// What they say, where their own characters would not.
    pub(super) actual_text: Option<String>,
}

/// A glyph as it is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shown {
    /// Its code in the font.
    pub(super) code: u16,
    /// Its place, as in the run, but for what its outline carries.
    pub(super) x: Length,
    pub(super) y: Length,
}

/// The segments of a run in visual order, and its glyphs as they are shown. Claims each glyph's
/// character in the font.
pub(super) fn segments(run: &GlyphRun, font: &mut Font<'_>) -> (Vec<Segment>, Vec<Shown>) {
    let mut shown: Vec<Shown> =
        run.glyphs.iter().map(|glyph| Shown { code: font.code(glyph.id), x: glyph.x, y: glyph.y }).collect();
    if let Some(text) = &run.actual_text {
        // A hyphen of the line break is one by its character alone: of text beside it, and of the word cut
        // off from it, readers make a word too many.
        if text == "\u{AD}"
            && let ([glyph], false) = (run.glyphs.as_slice(), run.rtl)
            && let Some(code) = font.telling(glyph.id, (0, 0), text)
        {
            shown[0].code = code;
            return (vec![Segment { glyphs: 0..1, actual_text: None }], shown);
        }
        for (glyph, shown) in run.glyphs.iter().zip(&shown) {
            // A lone glyph says the same to who reads no text beside: most take away a soft hyphen at a
            // line's end, and none another one.
            let said = if run.glyphs.len() == 1 { text } else { cluster_text(run, glyph) };
            font.fall_back(shown.code, said);
        }
        let segment = Segment { glyphs: 0..run.glyphs.len(), actual_text: Some(text.clone()) };
        return (vec![segment], shown);
    }
    if all_tell(run, font, &mut shown) {
        return (vec![Segment { glyphs: 0..run.glyphs.len(), actual_text: None }], shown);
    }
    let mut clusters: Vec<(Range<usize>, bool)> = Vec::with_capacity(run.glyphs.len());
    let mut start = 0;
    while start < run.glyphs.len() {
        let more = run.glyphs[start + 1..].iter().take_while(|g| g.text_start >= g.text_end).count();
        let glyphs = start..start + 1 + more;
        start = glyphs.end;
        let tells = tell(run, glyphs.clone(), font, &mut shown);
        clusters.push((glyphs, tells));
    }
    let segments = match clusters.iter().all(|(_, tells)| *tells) {
        true => vec![Segment { glyphs: 0..run.glyphs.len(), actual_text: None }],
        false if run.rtl => by_cluster(run, clusters),
        false => by_word(run, clusters),
    };
    for segment in segments.iter().filter(|segment| segment.actual_text.is_some()) {
        fall_back(run, segment.glyphs.clone(), &shown, font);
    }
    (segments, shown)
}

/// Whether each glyph is a cluster of its own and tells its text, as in nearly every run. Claims their characters
/// up to the first that does not.
fn all_tell(run: &GlyphRun, font: &mut Font<'_>, shown: &mut [Shown]) -> bool {
    let lone = |at: usize| {
        let told = |glyph: &Glyph| glyph.text_start < glyph.text_end;
        told(&run.glyphs[at]) && run.glyphs.get(at + 1).is_none_or(told)
    };
    (0..run.glyphs.len()).all(|at| {
        // What it said before is nothing to look at again, and in a word from right to left there is more to see.
        lone(at)
            && (!run.rtl && font.says(shown[at].code, cluster_text(run, &run.glyphs[at]))
                || tell(run, at..at + 1, font, shown))
    })
}

/// Only the clusters that lie have their text beside them.
fn by_cluster(run: &GlyphRun, clusters: Vec<(Range<usize>, bool)>) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for (cluster, tells) in clusters {
        let text = cluster_text(run, &run.glyphs[cluster.start]);
        match segments.last_mut() {
            Some(Segment { glyphs, actual_text: None }) if tells => glyphs.end = cluster.end,
            Some(Segment { glyphs, actual_text: Some(said) }) if !tells => {
                glyphs.end = cluster.end;
                said.insert_str(0, text);
            }
            _ => segments.push(Segment { glyphs: cluster, actual_text: (!tells).then(|| text.to_owned()) }),
        }
    }
    segments
}

/// Each word has its text beside it, with the space after it.
fn by_word(run: &GlyphRun, clusters: Vec<(Range<usize>, bool)>) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut after_space = true;
    for (cluster, _) in clusters {
        let text = cluster_text(run, &run.glyphs[cluster.start]);
        let space = matches!(text, " " | "\u{A0}");
        match segments.last_mut() {
            // Spaces before the first word are no word.
            Some(Segment { glyphs, actual_text: None }) if space => glyphs.end = cluster.end,
            Some(Segment { glyphs, actual_text: Some(said) }) if space || !after_space => {
                glyphs.end = cluster.end;
                said.push_str(if space { " " } else { text });
            }
            None if space => segments.push(Segment { glyphs: cluster, actual_text: None }),
            _ => segments.push(Segment { glyphs: cluster, actual_text: Some(text.to_owned()) }),
        }
        after_space = space;
    }
    segments
}

/// Whether a glyph is a space.
pub(super) fn is_space(run: &GlyphRun, glyph: usize) -> bool {
    run.glyphs.get(glyph).is_some_and(|glyph| matches!(cluster_text(run, glyph), " " | "\u{A0}"))
}

fn cluster_text<'r>(run: &'r GlyphRun, glyph: &Glyph) -> &'r str {
    run.text.get(glyph.text_start as usize..glyph.text_end as usize).unwrap_or_default()
}

/// Claims the characters of one cluster's glyphs; whether they tell its text.
fn tell(run: &GlyphRun, cluster: Range<usize>, font: &mut Font<'_>, shown: &mut [Shown]) -> bool {
    let glyphs = &run.glyphs[cluster.clone()];
    let text = cluster_text(run, &glyphs[0]);
    if text.is_empty() || text.chars().any(is_private) {
        return false;
    }
    if let [only] = glyphs {
        // One character rather than a base and its mark, where there is one: readers turn a word round
        // character by character.
        let composed = run.rtl.then(|| text.nfc().collect::<String>());
        let code = font.telling(only.id, (0, 0), composed.as_deref().unwrap_or(text));
        shown[cluster.start].code = code.unwrap_or(shown[cluster.start].code);
        return code.is_some();
    }
    let Some(told) = characters(text, glyphs, run.rtl, font) else { return false };
    let base = glyphs.iter().position(|glyph| font.width(glyph.id) > 0);
    // The alef of a lam-alef has no width either; the last glyph on the line is the base in any case.
    let base = &glyphs[base.unwrap_or(if run.rtl { glyphs.len() - 1 } else { 0 })];
    // Where the pen is for a mark: before its base on the line, or after it.
    let mut pen = base.x;
    for ((at, glyph), said) in cluster.clone().zip(glyphs).zip(&told) {
        let width = font.width(glyph.id);
        let mut shift: Shift = (0, 0);
        let mut place = Shown { code: 0, x: glyph.x, y: glyph.y };
        if width == 0 {
            // For a mark above its base the pen would go back; readers take that for the end of a word.
            if !font.shifts() || run.letter_space != 0 {
                return false;
            }
            let right = font.units(glyph.x - pen, run.size, run.expansion);
            let up = font.units(glyph.y - base.y, run.size, run.expansion);
            let (Some(right), Some(up)) = (right, up) else { return false };
            shift = (right, up);
            (place.x, place.y) = (pen, base.y);
        } else if !run.rtl {
            pen = glyph.x + font.length(width, run.size, run.expansion);
        }
        let Some(code) = font.telling(glyph.id, shift, said) else { return false };
        place.code = code;
        shown[at] = place;
    }
    true
}

/// Characters of a cluster that are held against each of its glyphs. Those of words are far fewer; of marks
/// heaped on each other without end the text is said beside them.
const LONGEST: usize = 64;

/// Which of a cluster's characters each of its glyphs stands for: its own by the face's map, and the
/// others in their order. `None` when they are not as many, or not in the text's order.
fn characters(text: &str, glyphs: &[Glyph], rtl: bool, font: &Font<'_>) -> Option<Vec<String>> {
    let mut left: Vec<char> = text.chars().take(LONGEST + 1).collect();
    if left.len() > LONGEST {
        return None;
    }
    let mut told = vec![String::new(); glyphs.len()];
    // From right to left the last glyph comes first in the text.
    let in_order = |n: usize| if rtl { glyphs.len() - 1 - n } else { n };
    for n in 0..glyphs.len() {
        let glyph = glyphs[in_order(n)];
        if let Some(at) = left.iter().position(|&c| font.maps(c, glyph.id)) {
            told[in_order(n)].push(left.remove(at));
        }
    }
    let open: Vec<usize> = (0..glyphs.len()).map(in_order).filter(|&n| told[n].is_empty()).collect();
    match open.as_slice() {
        [] if left.is_empty() => {}
        // A ligature.
        [one] if !left.is_empty() => told[*one].extend(left),
        several if several.len() == left.len() => {
            several.iter().zip(left).for_each(|(&n, c)| told[n].push(c));
        }
        _ => return None,
    }
    // Marks may stand in another order than the text's, as long as they mean the same.
    let said = (0..glyphs.len()).flat_map(|n| told[in_order(n)].chars());
    said.nfd().eq(text.nfd()).then_some(told)
}

/// Gives glyphs whose text is said beside them characters all the same.
fn fall_back(run: &GlyphRun, glyphs: Range<usize>, shown: &[Shown], font: &mut Font<'_>) {
    let mut text = "";
    let mut rest = "";
    for (glyph, shown) in run.glyphs[glyphs.clone()].iter().zip(&shown[glyphs]) {
        if glyph.text_start < glyph.text_end {
            text = cluster_text(run, glyph);
            rest = text;
        }
        match text.chars().take(LONGEST).find(|&c| font.maps(c, glyph.id)) {
            Some(c) => font.fall_back(shown.code, c.encode_utf8(&mut [0; 4])),
            None => font.fall_back(shown.code, std::mem::take(&mut rest)),
        }
    }
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}
