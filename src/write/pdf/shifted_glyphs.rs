//! Glyphs drawn beside their place: a copy of a mark whose outline is where the mark shall stand.
//!
//! In text from right to left, marks come before their base on the line. To move the pen back and up for
//! one would cut the word in the eyes of most readers of PDF, which sort the pieces of a line by place.
//! A mark that carries its offset in its outline leaves the pen alone, and the word stays whole.

use skrifa::raw::types::Tag;
use skrifa::raw::{FontRef, TableProvider};

/// A glyph to be added.
pub(super) struct Shifted {
    /// The glyph it is a copy of.
    pub(super) of: u16,
    /// How far to the right and upwards, in font units.
    pub(super) shift: (i16, i16),
}

/// The font with more glyphs at its end, each a composite of one other (OpenType, "glyf"). `None`
/// for a font without TrueType outlines, or whose tables contradict each other.
pub(super) fn add(font: &[u8], shifted: &[Shifted]) -> Option<Vec<u8>> {
    let parsed = FontRef::new(font).ok()?;
    let table = |tag: &[u8; 4]| parsed.table_data(Tag::new(tag)).map(|data| data.as_bytes().to_vec());
    let (mut head, mut hhea, mut maxp) = (table(b"head")?, table(b"hhea")?, table(b"maxp")?);
    let mut glyf = table(b"glyf")?;
    let before = parsed.maxp().ok()?.num_glyphs();
    let after = before.checked_add(u16::try_from(shifted.len()).ok()?)?;

    let mut places = offsets(&table(b"loca")?, u16_at(&head, 50)? == 0, before)?;
    let mut metrics = metrics(&table(b"hmtx")?, u16_at(&hhea, 34)?, before)?;
    for Shifted { of, shift: (right, up) } in shifted {
        let of_index = usize::from(*of);
        let (start, end) = (*places.get(of_index)? as usize, *places.get(of_index + 1)? as usize);
        let bounds = glyf.get(start..end)?.get(2..10).map(|bytes| {
            let at = |n: usize| i16::from_be_bytes([bytes[2 * n], bytes[2 * n + 1]]);
            [
                at(0).wrapping_add(*right),
                at(1).wrapping_add(*up),
                at(2).wrapping_add(*right),
                at(3).wrapping_add(*up),
            ]
        });
        // The copy of an empty glyph is empty.
        if let Some(bounds) = bounds {
            const ARGUMENTS_ARE_WORDS: u16 = 1;
            const ARGUMENTS_ARE_DISTANCES: u16 = 1 << 1;
            glyf.extend_from_slice(&(-1i16).to_be_bytes());
            glyf.extend(bounds.iter().flat_map(|edge| edge.to_be_bytes()));
            glyf.extend_from_slice(&(ARGUMENTS_ARE_WORDS | ARGUMENTS_ARE_DISTANCES).to_be_bytes());
            glyf.extend_from_slice(&of.to_be_bytes());
            glyf.extend_from_slice(&right.to_be_bytes());
            glyf.extend_from_slice(&up.to_be_bytes());
        }
        places.push(u32::try_from(glyf.len()).ok()?);
        let (advance, bearing) = *metrics.get(of_index)?;
        metrics.push((advance, bearing.wrapping_add(*right)));
    }

    set(&mut head, 50, 1)?;
    set(&mut hhea, 34, after)?;
    set(&mut maxp, 4, after)?;
    // Composites can have as many points and contours as what they are made of, one level deeper.
    for (composite, simple) in [(10, 6), (12, 8)] {
        let most = u16_at(&maxp, composite)?.max(u16_at(&maxp, simple)?);
        set(&mut maxp, composite, most)?;
    }
    let (components, depth) = (u16_at(&maxp, 28)?.max(1), u16_at(&maxp, 30)?.saturating_add(1));
    set(&mut maxp, 28, components)?;
    set(&mut maxp, 30, depth)?;

    let loca: Vec<u8> = places.iter().flat_map(|place| place.to_be_bytes()).collect();
    let hmtx: Vec<u8> = metrics
        .iter()
        .flat_map(|(advance, bearing)| advance.to_be_bytes().into_iter().chain(bearing.to_be_bytes()))
        .collect();
    let tables = parsed.table_directory().table_records().iter().map(|record| {
        let tag = record.tag();
        let data = match &tag.to_be_bytes() {
            b"head" => head.clone(),
            b"hhea" => hhea.clone(),
            b"maxp" => maxp.clone(),
            b"glyf" => glyf.clone(),
            b"loca" => loca.clone(),
            b"hmtx" => hmtx.clone(),
            other => table(other).unwrap_or_default(),
        };
        (tag, data)
    });
    Some(assemble(tables.collect()))
}

/// Where each glyph starts, and the last ends.
fn offsets(loca: &[u8], short: bool, glyphs: u16) -> Option<Vec<u32>> {
    let places: Vec<u32> = if short {
        loca.chunks_exact(2).map(|b| u32::from(u16::from_be_bytes([b[0], b[1]])) * 2).collect()
    } else {
        loca.chunks_exact(4).map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]])).collect()
    };
    (places.len() > usize::from(glyphs)).then(|| places[..=usize::from(glyphs)].to_vec())
}

/// Advance and bearing of each glyph.
fn metrics(hmtx: &[u8], full: u16, glyphs: u16) -> Option<Vec<(u16, i16)>> {
    let mut last = 0;
    (0..glyphs)
        .map(|glyph| {
            let bearing = if glyph < full {
                last = u16_at(hmtx, usize::from(glyph) * 4)?;
                usize::from(glyph) * 4 + 2
            } else {
                usize::from(full) * 4 + usize::from(glyph - full) * 2
            };
            Some((last, u16_at(hmtx, bearing)? as i16))
        })
        .collect()
}

fn u16_at(table: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes([*table.get(at)?, *table.get(at + 1)?]))
}

fn set(table: &mut [u8], at: usize, value: u16) -> Option<()> {
    table.get_mut(at..at + 2)?.copy_from_slice(&value.to_be_bytes());
    Some(())
}

/// A font file of tables, which come sorted by tag (OpenType, "Organization of an OpenType font").
fn assemble(mut tables: Vec<(Tag, Vec<u8>)>) -> Vec<u8> {
    const SUM_OF_A_FONT: u32 = 0xB1B0_AFBA;

    let count = tables.len() as u16;
    let power = count.max(1).ilog2() as u16;
    let mut out = vec![0, 1, 0, 0];
    for field in [count, 16 << power, power, count * 16 - (16 << power)] {
        out.extend_from_slice(&field.to_be_bytes());
    }
    let mut at = out.len() + 16 * tables.len();
    let mut head = None;
    for (tag, data) in &mut tables {
        if *tag == Tag::new(b"head")
            && let Some(adjustment) = data.get_mut(8..12)
        {
            adjustment.fill(0);
            head = Some(at);
        }
        out.extend_from_slice(&tag.to_be_bytes());
        for field in [checksum(data), at as u32, data.len() as u32] {
            out.extend_from_slice(&field.to_be_bytes());
        }
        at += data.len().next_multiple_of(4);
    }
    for (_, data) in &tables {
        out.extend_from_slice(data);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    if let Some(head) = head {
        let adjustment = SUM_OF_A_FONT.wrapping_sub(checksum(&out));
        out[head + 8..head + 12].copy_from_slice(&adjustment.to_be_bytes());
    }
    out
}

fn checksum(data: &[u8]) -> u32 {
    data.chunks(4).fold(0, |sum: u32, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::FontLibrary;
    use skrifa::instance::{LocationRef, Size};
    use skrifa::{GlyphId, MetadataProvider};

    #[test]
    fn a_shifted_mark_has_its_outline_elsewhere_and_its_width() {
        let library = FontLibrary::embedded();
        let face = (0..library.len())
            .map(|n| library.face(crate::font::FaceId(n as u16)))
            .find(|face| face.name().contains("Naskh"))
            .unwrap();
        let own = FontRef::from_index(face.data(), face.index()).unwrap();
        let mark = own.charmap().map('\u{651}').unwrap();
        let remapper = subsetter::GlyphRemapper::new_from_glyphs(&[mark.to_u32() as u16]);
        let subset = subsetter::subset(face.data(), face.index(), &remapper).unwrap();
        let made =
            add(&subset, &[Shifted { of: 1, shift: (140, -114) }, Shifted { of: 0, shift: (1, 1) }]).unwrap();
        let font = FontRef::new(&made).unwrap();
        assert_eq!(font.maxp().unwrap().num_glyphs(), 4);
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        assert_eq!(metrics.advance_width(GlyphId::new(2)), metrics.advance_width(GlyphId::new(1)));
        let (from, to) = (metrics.bounds(GlyphId::new(1)).unwrap(), metrics.bounds(GlyphId::new(2)).unwrap());
        assert_eq!((to.x_min - from.x_min, to.y_min - from.y_min), (140.0, -114.0));
        assert_eq!(checksum(&made), 0xB1B0_AFBA, "the sum of the whole file is the one that fonts have");
    }
}
