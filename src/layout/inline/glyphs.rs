//! Shaped glyphs, in font units.

/// Glyphs in visual order, in font units.
#[derive(Debug, Default)]
pub(super) struct Glyphs {
    pub glyphs: Box<[ShapedGlyph]>,
    pub advance: i32,
}

/// A glyph and its place, in font units.
#[derive(Clone, Copy, Debug)]
pub(super) struct ShapedGlyph {
    pub id: u16,
    pub advance: i32,
    pub x_offset: i32,
    pub y_offset: i32,
    /// First byte of its cluster, counted from the part's start.
    pub cluster: u32,
}

/// The clusters of glyphs.
pub(super) fn letters(glyphs: &[ShapedGlyph]) -> u32 {
    let new = |pair: &[ShapedGlyph]| pair[0].cluster != pair[1].cluster;
    glyphs.windows(2).filter(|pair| new(pair)).count() as u32 + u32::from(!glyphs.is_empty())
}

impl Glyphs {
    /// The glyphs of clusters that start between two bytes. Clusters rise from left to right, and
    /// fall in text that runs from right to left.
    pub(super) fn between(&self, from: u32, to: u32) -> &[ShapedGlyph] {
        let glyphs = &self.glyphs;
        let falls = glyphs.first().map(|g| g.cluster) > glyphs.last().map(|g| g.cluster);
        let (start, end) = if falls {
            (glyphs.partition_point(|g| g.cluster >= to), glyphs.partition_point(|g| g.cluster >= from))
        } else {
            (glyphs.partition_point(|g| g.cluster < from), glyphs.partition_point(|g| g.cluster < to))
        };
        &glyphs[start.min(end)..end]
    }
}
