use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// Which of a document's [sources](super::Document::sources) a span points into.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u16);

/// A half-open range of bytes in a source, counted in the text decoded to UTF-8.
///
/// In JSON it is `[start, end]`, with the source's number as a third element when it is not the
/// first source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The source pointed into.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span of the first source. Readers read one source; whoever joins documents renumbers.
    ///
    /// Offsets above 4 GiB saturate; the input limit is far below.
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { source: SourceId(0), start: clamp(start), end: clamp(end) }
    }

    /// The smallest span that holds both.
    pub fn to(self, other: Span) -> Self {
        Span { source: self.source, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span as a range for slicing the decoded source.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether it covers no byte.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self.source.0 {
            0 => (self.start, self.end).serialize(s),
            n => (self.start, self.end, n).serialize(s),
        }
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let parts = Vec::<u32>::deserialize(d)?;
        let (start, end, source) = match *parts.as_slice() {
            [start, end] => (start, end, 0),
            [start, end, source] => (start, end, source),
            _ => return Err(D::Error::custom("a span is [start, end] or [start, end, source]")),
        };
        if start > end {
            return Err(D::Error::custom("a span ends before it starts"));
        }
        let source = u16::try_from(source).map_err(|_| D::Error::custom("a span's source is above 65535"))?;
        Ok(Span { source: SourceId(source), start, end })
    }
}
