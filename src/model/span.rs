use serde::de::{Error, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

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
        d.deserialize_seq(Parts)
    }
}

/// Reads a span from its numbers, no more of them than it has.
struct Parts;

impl<'de> Visitor<'de> for Parts {
    type Value = Span;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a span, [start, end] or [start, end, source]")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Span, A::Error> {
        const LENGTH: &str = "a span is [start, end] or [start, end, source]";
        let (Some(start), Some(end)) = (parts.next_element()?, parts.next_element()?) else {
            return Err(A::Error::custom(LENGTH));
        };
        let source: u32 = parts.next_element()?.unwrap_or(0);
        if parts.next_element::<IgnoredAny>()?.is_some() {
            return Err(A::Error::custom(LENGTH));
        }
        if start > end {
            return Err(A::Error::custom("a span ends before it starts"));
        }
        let source = u16::try_from(source).map_err(|_| A::Error::custom("a span's source is above 65535"))?;
        Ok(Span { source: SourceId(source), start, end })
    }
}
