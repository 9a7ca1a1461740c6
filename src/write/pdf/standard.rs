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
}

impl Standard {
    /// All of them.
    const ALL: [Standard; 5] = [Standard::Ua1, Standard::A2a, Standard::A2b, Standard::A2u, Standard::A3a];

    /// The name on the command line, such as `a-2a`.
    fn name(self) -> &'static str {
        match self {
            Standard::Ua1 => "ua-1",
            Standard::A2a => "a-2a",
            Standard::A2b => "a-2b",
            Standard::A2u => "a-2u",
            Standard::A3a => "a-3a",
        }
    }

    /// Part and conformance level, of the archival ones.
    fn archival(self) -> Option<(u8, char)> {
        match self {
            Standard::Ua1 => None,
            Standard::A2a => Some((2, 'A')),
            Standard::A2b => Some((2, 'B')),
            Standard::A2u => Some((2, 'U')),
            Standard::A3a => Some((3, 'A')),
        }
    }
}

/// The standards a file shall meet: PDF/UA-1 or not, and at most one level of PDF/A, for a file
/// can claim only one. They are told by their names, joined by commas:
///
/// | name | standard |
/// |---|---|
/// | `ua-1` | PDF/UA-1 (ISO 14289-1): usable with assistive technology |
/// | `a-2a` | PDF/A-2a (ISO 19005-2): archival, tagged |
/// | `a-2b` | PDF/A-2b: archival, to look the same |
/// | `a-2u` | PDF/A-2u: archival, with all text as Unicode |
/// | `a-3a` | PDF/A-3a (ISO 19005-3): archival, tagged, with any files attached |
/// | `none` | none but PDF 1.7 itself |
///
/// ```
/// use fanfold::write::Standards;
///
/// assert_eq!("ua-1,a-2a".parse::<Standards>()?, Standards::default());
/// assert_eq!("none".parse::<Standards>()?, Standards::NONE);
/// assert!("a-2b,a-3a".parse::<Standards>().is_err());
/// assert!("ua-1,none".parse::<Standards>().is_err());
/// # Ok::<(), fanfold::format::OptionError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Standards {
    ua: bool,
    archival: Option<(u8, char)>,
}

impl Default for Standards {
    /// PDF/UA-1 and PDF/A-2a.
    fn default() -> Self {
        Standards { ua: true, archival: Some((2, 'A')) }
    }
}

impl Standards {
    /// No standard but PDF 1.7 itself.
    pub const NONE: Standards = Standards { ua: false, archival: None };

    /// Whether the file says that it meets PDF/UA-1.
    pub(crate) fn ua(self) -> bool {
        self.ua
    }

    /// The part and conformance level of PDF/A that the file claims.
    pub(crate) fn archival(self) -> Option<(u8, char)> {
        self.archival
    }

    /// These standards and one more.
    ///
    /// # Errors
    /// When both are levels of PDF/A.
    fn with(mut self, standard: Standard) -> Result<Self, OptionError> {
        match (self.archival, standard.archival()) {
            (_, None) => self.ua = true,
            (Some(one), Some(other)) if one != other => {
                let name = |(part, level): (u8, char)| format!("a-{part}{}", level.to_ascii_lowercase());
                let (one, other) = (name(one), name(other));
                let message = format!("a file can claim only one level of PDF/A, not {one} and {other}");
                return Err(OptionError(message.into()));
            }
            (_, level) => self.archival = level,
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
