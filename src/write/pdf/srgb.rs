//! An ICC profile of sRGB, made here from the numbers of IEC 61966-2-1: the output intent that says
//! what the file's colours mean.

/// The profile, version 4.3 (ICC.1:2010), about half a kilobyte.
pub(super) fn profile() -> Vec<u8> {
    let tags: [(&[u8; 4], Vec<u8>); 10] = [
        (b"desc", text("sRGB")),
        (b"cprt", text("No copyright, use freely")),
        (b"wtpt", xyz(D50)),
        // The matrix that adapts from D65 to D50 by Bradford's method.
        (
            b"chad",
            fixed(
                b"sf32",
                &[1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168],
            ),
        ),
        (b"rXYZ", xyz([0.43607, 0.22249, 0.01392])),
        (b"gXYZ", xyz([0.38515, 0.71687, 0.09708])),
        (b"bXYZ", xyz([0.14307, 0.06061, 0.71410])),
        (b"rTRC", curve()),
        (b"gTRC", curve()),
        (b"bTRC", curve()),
    ];
    let mut table = (tags.len() as u32).to_be_bytes().to_vec();
    let mut data: Vec<u8> = Vec::new();
    let start = 128 + 4 + 12 * tags.len();
    let mut last: Option<(&[u8], usize)> = None;
    for (name, content) in &tags {
        // The three curves are one.
        let offset = match last {
            Some((same, offset)) if same == content.as_slice() => offset,
            _ => {
                let offset = start + data.len();
                data.extend_from_slice(content);
                data.resize(data.len().next_multiple_of(4), 0);
                offset
            }
        };
        last = Some((content, offset));
        table.extend_from_slice(*name);
        table.extend_from_slice(&(offset as u32).to_be_bytes());
        table.extend_from_slice(&(content.len() as u32).to_be_bytes());
    }

    let mut profile = vec![0; 128];
    profile[0..4].copy_from_slice(&((start + data.len()) as u32).to_be_bytes());
    profile[8..12].copy_from_slice(&[4, 0x30, 0, 0]);
    profile[12..24].copy_from_slice(b"mntrRGB XYZ ");
    // A date is required; this is the standard's.
    profile[24..36].copy_from_slice(&[0x07, 0xCF, 0, 10, 0, 18, 0, 0, 0, 0, 0, 0]);
    profile[36..40].copy_from_slice(b"acsp");
    profile[68..80].copy_from_slice(&xyz(D50)[8..]);
    profile.extend(table);
    profile.extend(data);
    profile
}

/// The white point of the profile connection space.
const D50: [f64; 3] = [0.9642, 1.0, 0.8249];

fn fixed(kind: &[u8; 4], numbers: &[f64]) -> Vec<u8> {
    let mut out = [kind.as_slice(), &[0; 4]].concat();
    for number in numbers {
        out.extend_from_slice(&((number * 65536.0).round() as i32).to_be_bytes());
    }
    out
}

fn xyz(numbers: [f64; 3]) -> Vec<u8> {
    fixed(b"XYZ ", &numbers)
}

/// A `multiLocalizedUnicodeType` with one string in English.
fn text(words: &str) -> Vec<u8> {
    let words: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut out = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0CenUS".to_vec();
    out.extend_from_slice(&(words.len() as u32).to_be_bytes());
    out.extend_from_slice(&28u32.to_be_bytes());
    out.extend(words);
    out
}

/// The tone curve: a `parametricCurveType` of function 3, linear near black.
fn curve() -> Vec<u8> {
    let mut out = b"para\0\0\0\0\0\x03\0\0".to_vec();
    out.extend_from_slice(&fixed(b"para", &[2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045])[8..]);
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_profile_says_its_own_length() {
        let profile = super::profile();
        assert_eq!(
            u32::from_be_bytes([profile[0], profile[1], profile[2], profile[3]]) as usize,
            profile.len()
        );
        assert!(profile.len() < 700, "{}", profile.len());
    }
}
