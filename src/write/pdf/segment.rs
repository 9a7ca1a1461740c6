//! Splits a run into stretches that the glyph-to-character map tells rightly, and stretches that
//! need their text said beside them (`ActualText`, PDF 32000-1, 14.9.4).
//!
//! What is right by the standard is not yet what readers of PDF make of it, so the stretches are cut
//! to what they agree on:
//!
//! - From left to right, a run with one cluster that lies has its text said word by word, each with the
//!   space after it. Readers guess at spaces between what is said beside and what is not.
//! - From right to left, readers take each glyph's character and turn the word round themselves; what is
//!   said beside they turn round too. So there each glyph has a character of its own, under a code of its
//!   own where it must, and marks carry their place in their outline.

use super::fonts::{Font, Shift};
use crate::layout::Length;
use crate::layout::page::{Glyph, GlyphRun};
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
        for (glyph, shown) in run.glyphs.iter().zip(&shown) {
            font.fall_back(shown.code, cluster_text(run, glyph));
        }
        let segment = Segment { glyphs: 0..run.glyphs.len(), actual_text: Some(text.clone()) };
        return (vec![segment], shown);
    }
    let mut clusters: Vec<(Range<usize>, bool)> = Vec::new();
    let mut start = 0;
    while start < run.glyphs.len() {
        let more = run.glyphs[start + 1..].iter().take_while(|g| g.text_start >= g.text_end).count();
        let glyphs = start..start + 1 + more;
        start = glyphs.end;
        let tells = if run.rtl {
            tell_rightward(run, glyphs.clone(), font, &mut shown)
        } else {
            tell(cluster_text(run, &run.glyphs[glyphs.start]), &run.glyphs[glyphs.clone()], font)
        };
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

fn cluster_text<'r>(run: &'r GlyphRun, glyph: &Glyph) -> &'r str {
    run.text.get(glyph.text_start as usize..glyph.text_end as usize).unwrap_or_default()
}

/// Claims the characters of one cluster's glyphs; whether they tell its text.
fn tell(text: &str, cluster: &[Glyph], font: &mut Font<'_>) -> bool {
    if text.is_empty() || text.chars().any(is_private) {
        return false;
    }
    if let [only] = cluster {
        let code = font.code(only.id);
        return font.say(code, text);
    }
    // Several glyphs that each are the face's own for one character, in order, and each with room of its
    // own: for a mark above its base the pen goes back, and readers take that for the end of a word.
    let mut chars = text.chars();
    let own = cluster
        .iter()
        .all(|glyph| font.width(glyph.id) > 0 && chars.next().is_some_and(|c| font.maps(c, glyph.id)));
    own && chars.next().is_none()
        && cluster.iter().zip(text.chars()).all(|(glyph, c)| {
            let code = font.code(glyph.id);
            font.say(code, c.encode_utf8(&mut [0; 4]))
        })
}

/// The same for a cluster of text that runs from right to left.
fn tell_rightward(run: &GlyphRun, cluster: Range<usize>, font: &mut Font<'_>, shown: &mut [Shown]) -> bool {
    let glyphs = &run.glyphs[cluster.clone()];
    let text = cluster_text(run, &glyphs[0]);
    if text.is_empty() || text.chars().any(is_private) {
        return false;
    }
    let Some(told) = characters(text, glyphs, font) else { return false };
    // Marks have no width; they stand where the pen is, which is where their base starts.
    // The alef of a lam-alef has no width either; the last glyph on the line is the base in any case.
    let base = glyphs.iter().position(|glyph| font.width(glyph.id) > 0).unwrap_or(glyphs.len() - 1);
    let base = &glyphs[base];
    for ((at, glyph), said) in cluster.clone().zip(glyphs).zip(&told) {
        let mut shift: Shift = (0, 0);
        let mut place = Shown { code: 0, x: glyph.x, y: glyph.y };
        if font.shifts()
            && run.letter_space == 0
            && font.width(glyph.id) == 0
            && let Some(right) = font.units(glyph.x - base.x, run.size, run.expansion)
            && let Some(up) = font.units(glyph.y - base.y, run.size, run.expansion)
        {
            shift = (right, up);
            (place.x, place.y) = (base.x, base.y);
        }
        let Some(code) = font.telling(glyph.id, shift, said) else { return false };
        place.code = code;
        shown[at] = place;
    }
    true
}

/// Which of a cluster's characters each of its glyphs stands for: its own by the face's map, and the
/// others in their order. From right to left the last glyph comes first in the text.
fn characters(text: &str, glyphs: &[Glyph], font: &Font<'_>) -> Option<Vec<String>> {
    if glyphs.len() == 1 {
        // One character rather than a base and its mark, where there is one: readers turn a word round
        // character by character.
        return Some(vec![text.nfc().collect()]);
    }
    let mut left: Vec<char> = text.chars().collect();
    let mut told = vec![String::new(); glyphs.len()];
    for (glyph, said) in glyphs.iter().zip(&mut told).rev() {
        if let Some(at) = left.iter().position(|&c| font.maps(c, glyph.id)) {
            said.push(left.remove(at));
        }
    }
    let mut open: Vec<&mut String> = told.iter_mut().rev().filter(|said| said.is_empty()).collect();
    match open.as_mut_slice() {
        [] if left.is_empty() => {}
        // A ligature.
        [one] if !left.is_empty() => one.extend(left),
        several if several.len() == left.len() => {
            several.iter_mut().zip(left).for_each(|(said, c)| said.push(c));
        }
        _ => return None,
    }
    Some(told)
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
        match text.chars().find(|&c| font.maps(c, glyph.id)) {
            Some(c) => font.fall_back(shown.code, c.encode_utf8(&mut [0; 4])),
            None => font.fall_back(shown.code, std::mem::take(&mut rest)),
        }
    }
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}
