//! Faces beyond those in the library: of the system, or of folders that the user names.
//!
//! The library touches no disk, so whoever builds it gives it a [`FontSource`]. It is asked for
//! nothing before the first cluster that no face in the library has.

use super::{Face, FaceId, Family, FontStyle};
use skrifa::{FontRef, MetadataProvider};
use std::sync::{Arc, OnceLock};

/// Where more faces come from.
pub trait FontSource: Send + Sync {
    /// The faces it has, the preferred ones first; the same in the same order whenever it is asked.
    fn faces(&self) -> Vec<FaceRecord>;

    /// Hands the bytes of one of its files to `read`, or does not call it when they can't be had.
    fn with_file(&self, file: usize, read: &mut dyn FnMut(&[u8]));
}

/// A face that a [`FontSource`] has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaceRecord {
    /// The number of its file, which is the source's own.
    pub file: usize,
    /// Its index in the file, for collections.
    pub index: u32,
    /// The name of its family.
    pub family: String,
    /// Whether it is italic or oblique.
    pub italic: bool,
    /// Weight from 1 to 1000; 400 is regular, 700 bold.
    pub weight: u16,
    /// Whether its letters are of normal width, neither condensed nor expanded.
    pub normal_width: bool,
    /// Whether all advances are equal.
    pub monospaced: bool,
}

/// Fonts that have every character because they draw all of them alike.
const LAST_RESORTS: [&str; 4] = ["lastresort", "last resort", "adobe blank", "adobe notdef"];

/// The faces of a source, listed when they are first asked for.
pub(super) struct Catalogue {
    source: Box<dyn FontSource>,
    listing: OnceLock<Listing>,
}

struct Listing {
    faces: Vec<Listed>,
    /// In the order in which they are asked for a cluster, their faces being indices of `faces`.
    families: Vec<(Family, bool)>,
    /// The files that a face in use comes from.
    files: Vec<OnceLock<Option<Arc<[u8]>>>>,
}

struct Listed {
    record: FaceRecord,
    coverage: OnceLock<Coverage>,
    face: OnceLock<Option<Face>>,
}

/// The characters of a face, as ranges in order.
#[derive(Default)]
struct Coverage(Vec<(u32, u32)>);

impl Catalogue {
    pub fn new(source: impl FontSource + 'static) -> Self {
        Catalogue { source: Box::new(source), listing: OnceLock::new() }
    }

    /// A face by its number here; it was found before.
    pub fn face(&self, number: usize) -> Option<&Face> {
        let listing = self.listing.get()?;
        listing.faces.get(number)?.face.get()?.as_ref()
    }

    /// The number of the first usable face that has all characters of a text: in the families of
    /// `preferred`, then in all others, those of even advances last, or first for code.
    pub fn find(&self, text: &str, preferred: &[String], style: FontStyle, mono: bool) -> Option<usize> {
        let listing = self.listing();
        let named = preferred.iter().flat_map(|name| {
            listing.families.iter().filter(move |(family, _)| family.name.eq_ignore_ascii_case(name))
        });
        let like = listing.families.iter().filter(|(_, monospaced)| *monospaced == mono);
        let unlike = listing.families.iter().filter(|(_, monospaced)| *monospaced != mono);
        named.chain(like).chain(unlike).find_map(|(family, _)| {
            let number = usize::from(family.face(style)?.0);
            let covers = self.coverage(listing, number).has_all(text);
            (covers && self.load(listing, number).is_some()).then_some(number)
        })
    }

    /// The bytes of the file that a family's faces are in, regular ones if there are any.
    pub fn files_of(&self, family: &str) -> Vec<Arc<[u8]>> {
        let listing = self.listing();
        let mut files: Vec<usize> = Vec::new();
        for (family, _) in listing.families.iter().filter(|(f, _)| f.name.eq_ignore_ascii_case(family)) {
            for (bold, italic) in [(false, false), (true, false), (false, true), (true, true)] {
                if let Some(face) = family.face(FontStyle { bold, italic }) {
                    let file = listing.faces[usize::from(face.0)].record.file;
                    if !files.contains(&file) {
                        files.push(file);
                    }
                }
            }
        }
        files.into_iter().filter_map(|file| self.file(listing, file)).collect()
    }

    fn listing(&self) -> &Listing {
        self.listing.get_or_init(|| Listing::new(self.source.faces()))
    }

    fn coverage<'l>(&self, listing: &'l Listing, number: usize) -> &'l Coverage {
        let listed = &listing.faces[number];
        listed.coverage.get_or_init(|| {
            let mut coverage = Coverage::default();
            self.source.with_file(listed.record.file, &mut |bytes| {
                coverage = Coverage::of(bytes, listed.record.index);
            });
            coverage
        })
    }

    fn load<'l>(&self, listing: &'l Listing, number: usize) -> Option<&'l Face> {
        let listed = &listing.faces[number];
        let face = listed.face.get_or_init(|| {
            let bytes = self.file(listing, listed.record.file)?;
            Face::from_bytes(bytes, listed.record.index).ok()
        });
        face.as_ref()
    }

    fn file(&self, listing: &Listing, file: usize) -> Option<Arc<[u8]>> {
        let read = || {
            let mut taken = None;
            self.source.with_file(file, &mut |bytes| taken = Some(Arc::from(bytes)));
            taken
        };
        listing.files.get(file)?.get_or_init(read).clone()
    }
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.listing.get() {
            Some(listing) => write!(f, "Catalogue({} faces)", listing.faces.len()),
            None => f.write_str("Catalogue(not listed)"),
        }
    }
}

impl Listing {
    fn new(mut records: Vec<FaceRecord>) -> Self {
        // Half of what a number of a face can hold: the library's own come before.
        records.truncate(usize::from(u16::MAX / 2));
        records.retain(|r| {
            let name = r.family.to_ascii_lowercase();
            !LAST_RESORTS.iter().any(|last| name.contains(last))
        });
        let mut families: Vec<(Family, bool)> = Vec::new();
        for (number, record) in records.iter().enumerate() {
            let at = families.iter().position(|(f, _)| f.name == record.family).unwrap_or_else(|| {
                families.push((Family::new(record.family.as_str()), record.monospaced));
                families.len() - 1
            });
            let better = |other: FaceId| record.nearness() < records[usize::from(other.0)].nearness();
            families[at].0.add_if(record.style(), FaceId(number as u16), better);
        }
        let files = records.iter().map(|r| r.file + 1).max().unwrap_or(0);
        let faces = records.into_iter().map(|record| Listed {
            record,
            coverage: OnceLock::new(),
            face: OnceLock::new(),
        });
        Listing { faces: faces.collect(), families, files: (0..files).map(|_| OnceLock::new()).collect() }
    }
}

impl FaceRecord {
    fn style(&self) -> FontStyle {
        FontStyle { bold: self.weight >= 600, italic: self.italic }
    }

    /// How far it is from a face of its style as one expects it.
    fn nearness(&self) -> (bool, u16) {
        let wanted: u16 = if self.weight >= 600 { 700 } else { 400 };
        (!self.normal_width, self.weight.abs_diff(wanted))
    }
}

impl Coverage {
    fn of(bytes: &[u8], index: u32) -> Self {
        let Ok(font) = FontRef::from_index(bytes, index) else { return Coverage::default() };
        let mut characters: Vec<u32> =
            font.charmap().mappings().filter(|(_, glyph)| glyph.to_u32() != 0).map(|(c, _)| c).collect();
        characters.sort_unstable();
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for c in characters {
            match ranges.last_mut() {
                Some((_, end)) if c <= *end + 1 => *end = c,
                _ => ranges.push((c, c)),
            }
        }
        Coverage(ranges)
    }

    fn has_all(&self, text: &str) -> bool {
        text.chars().all(|c| {
            let c = u32::from(c);
            let after = self.0.partition_point(|(start, _)| *start <= c);
            after.checked_sub(1).is_some_and(|at| self.0[at].1 >= c)
        })
    }
}
