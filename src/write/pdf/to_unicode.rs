//! The map from codes to characters (PDF 32000-1, 9.10.3).

use std::fmt::Write;

/// A CMap for two-byte codes. No text may be empty, and none may hold U+0000, U+FEFF or U+FFFE
/// (PDF/UA-1, 7.21.7): those are said to be U+FFFD. The white space is that of the standard's
/// example: some readers take no other.
pub(super) fn cmap<'t>(says: impl Iterator<Item = (u16, &'t str)>) -> String {
    let lines: Vec<String> = says
        .map(|(code, text)| {
            let mut line = format!("<{code:04X}> <");
            let text = text.replace(['\0', '\u{FEFF}', '\u{FFFE}'], "\u{FFFD}");
            for unit in text.encode_utf16() {
                let _ = write!(line, "{unit:04X}");
            }
            line.push('>');
            line
        })
        .collect();
    let mut out = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
         /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    // At most 100 entries a section (Adobe Technical Note 5014).
    for section in lines.chunks(100) {
        let _ = writeln!(out, "{} beginbfchar\n{}\nendbfchar", section.len(), section.join("\n"));
    }
    out.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_ligature_says_all_its_letters() {
        let map = super::cmap([(1, "fi"), (2, "😀")].into_iter());
        assert!(map.contains("2 beginbfchar\n<0001> <00660069>\n<0002> <D83DDE00>\nendbfchar"), "{map}");
    }
}
