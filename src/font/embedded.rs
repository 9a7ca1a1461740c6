//! The faces that come with fanfold: compiled in, or as files beside it. `fonts/README.md` says where they
//! come from.

use super::FontStyle;
use unicode_script::Script;

/// A family of embedded faces.
pub(super) struct Embedded {
    pub(super) name: &'static str,
    /// The scripts it was made for; empty when it has characters of many.
    pub(super) scripts: &'static [Script],
    pub(super) faces: &'static [EmbeddedFace],
}

/// One of its faces.
pub(super) struct EmbeddedFace {
    pub(super) style: FontStyle,
    pub(super) name: &'static str,
    /// Its path in `fonts/`.
    pub(super) file: &'static str,
    #[cfg(feature = "fonts")]
    pub(super) bytes: &'static [u8],
}

const REGULAR: FontStyle = FontStyle { bold: false, italic: false };
const BOLD: FontStyle = FontStyle { bold: true, italic: false };
const ITALIC: FontStyle = FontStyle { bold: false, italic: true };
const BOLD_ITALIC: FontStyle = FontStyle { bold: true, italic: true };

macro_rules! face {
    ($style:ident, $folder:literal, $name:literal, $extension:literal) => {
        EmbeddedFace {
            style: $style,
            name: $name,
            file: concat!($folder, "/", $name, ".", $extension),
            #[cfg(feature = "fonts")]
            bytes: include_bytes!(concat!("../../fonts/", $folder, "/", $name, ".", $extension)),
        }
    };
}

macro_rules! noto {
    ($name:literal, [$($script:ident),*], $($style:ident $face:literal),+) => {
        Embedded {
            name: $name,
            scripts: &[$(Script::$script),*],
            faces: &[$(face!($style, "noto", $face, "ttf")),+],
        }
    };
}

/// The main family, the family for code, then the others in the order in which they are asked for
/// a character.
pub(super) static FAMILIES: &[Embedded] = &[
    Embedded {
        name: "Libertinus Serif",
        scripts: &[],
        faces: &[
            face!(REGULAR, "libertinus", "LibertinusSerif-Regular", "otf"),
            face!(BOLD, "libertinus", "LibertinusSerif-Bold", "otf"),
            face!(ITALIC, "libertinus", "LibertinusSerif-Italic", "otf"),
            face!(BOLD_ITALIC, "libertinus", "LibertinusSerif-BoldItalic", "otf"),
        ],
    },
    Embedded {
        name: "DejaVu Sans Mono",
        scripts: &[],
        faces: &[
            face!(REGULAR, "dejavu", "DejaVuSansMono", "ttf"),
            face!(BOLD, "dejavu", "DejaVuSansMono-Bold", "ttf"),
        ],
    },
    noto!(
        "Noto Serif",
        [],
        REGULAR "NotoSerif-Regular",
        BOLD "NotoSerif-Bold",
        ITALIC "NotoSerif-Italic",
        BOLD_ITALIC "NotoSerif-BoldItalic"
    ),
    noto!("Noto Serif Hebrew", [Hebrew], REGULAR "NotoSerifHebrew-Regular", BOLD "NotoSerifHebrew-Bold"),
    noto!("Noto Naskh Arabic", [Arabic], REGULAR "NotoNaskhArabic-Regular", BOLD "NotoNaskhArabic-Bold"),
    noto!(
        "Noto Serif Devanagari",
        [Devanagari],
        REGULAR "NotoSerifDevanagari-Regular",
        BOLD "NotoSerifDevanagari-Bold"
    ),
    noto!("Noto Serif Thai", [Thai], REGULAR "NotoSerifThai-Regular", BOLD "NotoSerifThai-Bold"),
    noto!("Noto Serif Georgian", [Georgian], REGULAR "NotoSerifGeorgian-Regular", BOLD "NotoSerifGeorgian-Bold"),
    noto!("Noto Serif Armenian", [Armenian], REGULAR "NotoSerifArmenian-Regular", BOLD "NotoSerifArmenian-Bold"),
    noto!("Noto Serif Bengali", [Bengali], REGULAR "NotoSerifBengali-Regular"),
    noto!("Noto Serif Tamil", [Tamil], REGULAR "NotoSerifTamil-Regular"),
    noto!("Noto Serif Ethiopic", [Ethiopic], REGULAR "NotoSerifEthiopic-Regular"),
    noto!("Noto Serif Khmer", [Khmer], REGULAR "NotoSerifKhmer-Regular"),
    noto!("Noto Serif Lao", [Lao], REGULAR "NotoSerifLao-Regular"),
    noto!("Noto Serif Myanmar", [Myanmar], REGULAR "NotoSerifMyanmar-Regular"),
    noto!("Noto Sans Adlam", [Adlam], REGULAR "NotoSansAdlam-Regular"),
    noto!("Noto Sans Mongolian", [Mongolian], REGULAR "NotoSansMongolian-Regular"),
    noto!("Noto Sans Math", [], REGULAR "NotoSansMath-Regular"),
    noto!("Noto Sans Symbols", [], REGULAR "NotoSansSymbols-Regular"),
    noto!("Noto Sans Symbols2", [], REGULAR "NotoSansSymbols2-Regular"),
    noto!("Noto Emoji", [], REGULAR "NotoEmoji-Regular"),
    Embedded {
        name: "Libertinus Math",
        scripts: &[],
        faces: &[face!(REGULAR, "libertinus", "LibertinusMath-Regular", "otf")],
    },
];

#[cfg(test)]
mod tests {
    use super::super::Face;
    use super::*;

    impl Embedded {
        fn faces(&self) -> impl Iterator<Item = Face> {
            self.faces.iter().map(|face| Face::embedded(face.name, face.bytes))
        }
    }

    #[test]
    fn every_embedded_face_parses_under_its_name() {
        for family in FAMILIES {
            for face in family.faces() {
                assert!(face.num_glyphs() > 50, "{face:?}");
                assert_eq!(face.family_name().as_deref(), Some(family.name));
                let shared = Face::from_bytes(face.data().into(), 0).expect("a good face");
                assert_eq!(shared.name(), face.name());
            }
        }
    }

    #[test]
    fn the_embedded_faces_stay_small() {
        let bytes: usize = FAMILIES.iter().flat_map(|f| f.faces).map(|face| face.bytes.len()).sum();
        assert!(bytes < 8_000_000, "{bytes} bytes");
    }

    #[test]
    fn metrics_of_the_main_face() {
        let face = FAMILIES[0].faces().next().expect("a face");
        let metrics = face.metrics();
        assert_eq!((metrics.units_per_em, metrics.ascent, metrics.descent), (1000, 894, -246));
        assert_eq!((metrics.cap_height, metrics.x_height, metrics.weight), (658, 429, 400));
        assert_eq!(metrics.outlines, super::super::Outlines::Cff);
    }

    #[test]
    fn heights_are_measured_where_the_font_does_not_tell() {
        let face = FAMILIES[1].faces().next().expect("a face");
        assert_eq!((face.metrics().cap_height, face.metrics().x_height), (1493, 1120));
        assert!(face.metrics().monospaced);
    }
}
