//! The standards a file can be made to meet.

use crate::format::OptionError;
use std::str::FromStr;

/// A standard for PDF files.
#[derive(Clone, Copy)]
enum Standard {
    /// PDF/UA-1 (ISO 14289-1): usable with assistive technology.
    Ua1,
    /// PDF/A-2a (ISO 19005-2): archival, tagged.
    A2a,
    /// PDF/A-2b: archival, to look the same.
    A2b,
    /// PDF/A-2u: archival, with all text as Unicode.
    A2u,
    /// PDF/A-3a (ISO 19005-3): archival, tagged, with any files attached.
    A3a,
    /// PDF/UA-2 (ISO 14289-2): usable with assistive technology, by the rules of PDF 2.0.
    Ua2,
    /// PDF/A-4 (ISO 19005-4): archival, of PDF 2.0.
    A4,
    /// PDF/A-4f: the same with any files attached.
    A4f,
}

/// The version of PDF that a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    /// PDF 1.7 (ISO 32000-1).
    V1_7,
    /// PDF 2.0 (ISO 32000-2).
    V2_0,
}

impl Standard {
    /// All of them.
    const ALL: [Standard; 8] = [
        Standard::Ua1,
        Standard::A2a,
        Standard::A2b,
        Standard::A2u,
        Standard::A3a,
        Standard::Ua2,
        Standard::A4,
        Standard::A4f,
    ];

    /// The name on the command line, such as `a-2a`.
    fn name(self) -> &'static str {
        match self {
            Standard::Ua1 => "ua-1",
            Standard::A2a => "a-2a",
            Standard::A2b => "a-2b",
            Standard::A2u => "a-2u",
            Standard::A3a => "a-3a",
            Standard::Ua2 => "ua-2",
            Standard::A4 => "a-4",
            Standard::A4f => "a-4f",
        }
    }

    /// Part and conformance level, of the archival ones.
    fn archival(self) -> Option<(u8, Option<char>)> {
        match self {
            Standard::Ua1 | Standard::Ua2 => None,
            Standard::A2a => Some((2, Some('A'))),
            Standard::A2b => Some((2, Some('B'))),
            Standard::A2u => Some((2, Some('U'))),
            Standard::A3a => Some((3, Some('A'))),
            Standard::A4 => Some((4, None)),
            Standard::A4f => Some((4, Some('F'))),
        }
    }

    /// The version of PDF that it is a standard for.
    fn version(self) -> Version {
        match self {
            Standard::Ua2 | Standard::A4 | Standard::A4f => Version::V2_0,
            _ => Version::V1_7,
        }
    }
}

/// The standards a file shall meet: a part of PDF/UA or none, and at most one level of PDF/A, for a
/// file can claim only one of each, and both for the same version of PDF. They are told by their
/// names, joined by commas:
///
/// | name | standard |
/// |---|---|
/// | `ua-1` | PDF/UA-1 (ISO 14289-1): usable with assistive technology |
/// | `a-2a` | PDF/A-2a (ISO 19005-2): archival, tagged |
/// | `a-2b` | PDF/A-2b: archival, to look the same |
/// | `a-2u` | PDF/A-2u: archival, with all text as Unicode |
/// | `a-3a` | PDF/A-3a (ISO 19005-3): archival, tagged, with any files attached |
/// | `ua-2` | PDF/UA-2 (ISO 14289-2): usable with assistive technology, of PDF 2.0 |
/// | `a-4` | PDF/A-4 (ISO 19005-4): archival, of PDF 2.0 |
/// | `a-4f` | PDF/A-4f: the same with any files attached |
/// | `none` | none but PDF 1.7 itself |
///
/// ```
/// use fanfold::write::Standards;
///
/// assert_eq!("ua-1,a-2a".parse::<Standards>()?, Standards::default());
/// assert_eq!("none".parse::<Standards>()?, Standards::NONE);
/// assert!("ua-2,a-4f".parse::<Standards>().is_ok());
/// assert!("a-2b,a-3a".parse::<Standards>().is_err());
/// assert!("ua-1,a-4".parse::<Standards>().is_err());
/// assert!("ua-1,none".parse::<Standards>().is_err());
/// # Ok::<(), fanfold::format::OptionError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Standards {
    ua: Option<u8>,
    archival: Option<(u8, Option<char>)>,
}

impl Default for Standards {
    /// PDF/UA-1 and PDF/A-2a.
    fn default() -> Self {
        Standards { ua: Some(1), archival: Some((2, Some('A'))) }
    }
}

impl Standards {
    /// No standard but PDF 1.7 itself.
    pub const NONE: Standards = Standards { ua: None, archival: None };

    /// The part of PDF/UA that the file claims.
    pub(crate) fn ua(self) -> Option<u8> {
        self.ua
    }

    /// The part and conformance level of PDF/A that the file claims.
    pub(crate) fn archival(self) -> Option<(u8, Option<char>)> {
        self.archival
    }

    /// The version of PDF that the standards are for.
    pub(crate) fn version(self) -> Version {
        match (self.ua, self.archival) {
            (Some(2), _) | (_, Some((4, _))) => Version::V2_0,
            _ => Version::V1_7,
        }
    }

    /// Whether the file may hold files of any kind that belong to the whole of it.
    pub(crate) fn holds_origins(self) -> bool {
        matches!(self.archival, Some((3, _) | (4, Some('F'))))
    }

    /// Whether the file may hold any files at all. PDF/A-2 and plain PDF/A-4 hold none but others of PDF/A.
    pub(crate) fn holds_files(self) -> bool {
        self.archival.is_none() || self.holds_origins()
    }

    /// These standards and one more.
    ///
    /// # Errors
    /// When both are parts of PDF/UA or levels of PDF/A, or for different versions of PDF.
    fn with(mut self, standard: Standard) -> Result<Self, OptionError> {
        let refused = |message: String| Err(OptionError(message.into()));
        let name = standard.name();
        if self != Standards::NONE && self.version() != standard.version() {
            return refused(format!("{name} is not for the version of PDF that the others are for"));
        }
        match standard.archival() {
            None => self.ua = Some(if standard.version() == Version::V2_0 { 2 } else { 1 }),
            level if self.archival.is_none_or(|one| Some(one) == level) => self.archival = level,
            _ => {
                let one = Standard::ALL.into_iter().find(|s| s.archival() == self.archival);
                let one = one.map_or("", Standard::name);
                return refused(format!("a file can claim only one level of PDF/A, not {one} and {name}"));
            }
        }
        Ok(self)
    }
}

impl FromStr for Standards {
    type Err = OptionError;

    /// Names joined by commas, or `none`.
    fn from_str(names: &str) -> Result<Self, OptionError> {
        let names: Vec<_> = names.split(',').map(str::trim).collect();
        match names.as_slice() {
            [none] if none.eq_ignore_ascii_case("none") => return Ok(Standards::NONE),
            names if names.iter().any(|name| name.eq_ignore_ascii_case("none")) => {
                return Err("'none' stands alone".into());
            }
            _ => {}
        }
        names.into_iter().try_fold(Standards::NONE, |standards, name| {
            let standard = Standard::ALL.into_iter().find(|s| s.name().eq_ignore_ascii_case(name));
            let standard = standard.ok_or_else(|| {
                let known = Standard::ALL.map(Standard::name).join(", ");
                OptionError(format!("no PDF standard '{name}'; known: {known}, none").into())
            })?;
            standards.with(standard)
        })
    }
}
