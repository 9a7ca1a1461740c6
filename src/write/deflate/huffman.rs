//! Prefix codes: the shortest for given frequencies, within a longest length, in canonical order
//! (RFC 1951, section 3.2.2).

/// A symbol's code, its bits in the order they are written in, and their number; none when the
/// symbol doesn't occur.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Code {
    pub bits: u16,
    pub length: u8,
}

/// The longest code there can be.
pub(super) const LONGEST: u8 = 15;

/// How many codes there are of each length.
type Counts = [u32; LONGEST as usize + 1];

/// The lengths of the codes of symbols that occur so often.
pub(super) fn lengths<const N: usize>(often: &[u32; N], limit: u8) -> [u8; N] {
    let mut lengths = [0; N];
    let used = (0..).zip(often).filter(|(_, often)| **often > 0);
    let mut used: Vec<(u32, u16)> = used.map(|(symbol, often)| (*often, symbol)).collect();
    used.sort_unstable();
    let counts = match used.len() {
        // Even a symbol that stands alone takes a bit.
        0 | 1 => [0, used.len() as u32, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        _ => shortest(&used, limit),
    };
    // The rarest symbols have the longest codes.
    let mut symbols = used.iter().map(|(_, symbol)| usize::from(*symbol));
    for (length, count) in (0..=LONGEST).zip(counts).rev() {
        for symbol in symbols.by_ref().take(count as usize) {
            lengths[symbol] = length;
        }
    }
    lengths
}

/// Huffman's algorithm on two or more symbols, the rarest first, and then what is too long shortened.
fn shortest(used: &[(u32, u16)], limit: u8) -> Counts {
    let leaves = used.len();
    // The nodes that join two: their weight, which only grows from one to the next, and of each leaf
    // and then each node which one joins it.
    let mut weights: Vec<u32> = Vec::with_capacity(leaves);
    let mut parents = vec![0; 2 * leaves];
    let (mut leaf, mut node) = (0, 0);
    for new in 0..leaves - 1 {
        let mut weight = 0;
        for _ in 0..2 {
            if leaf < leaves && weights.get(node).is_none_or(|w| used[leaf].0 <= *w) {
                weight += used[leaf].0;
                parents[leaf] = new;
                leaf += 1;
            } else {
                weight += weights[node];
                parents[leaves + node] = new;
                node += 1;
            }
        }
        weights.push(weight);
    }
    // From the root, the last, down.
    let mut depths = vec![0u8; leaves - 1];
    for node in (0..leaves - 2).rev() {
        depths[node] = depths[parents[leaves + node]] + 1;
    }
    let mut counts = [0; LONGEST as usize + 1];
    for leaf in 0..leaves {
        counts[usize::from((depths[parents[leaf]] + 1).min(limit))] += 1;
    }
    shorten(&mut counts, usize::from(limit));
    counts
}

/// Makes room for the codes that were cut to the limit: a code that is shorter than it becomes two
/// of one bit more, until the codes fit (Kraft's inequality, in units of the longest code).
fn shorten(counts: &mut Counts, limit: usize) {
    let mut taken: u32 = (1..=limit).map(|length| counts[length] << (limit - length)).sum();
    while taken > 1 << limit {
        let Some(length) = (1..limit).rev().find(|length| counts[*length] > 0) else { return };
        counts[limit] -= 1;
        counts[length] -= 1;
        counts[length + 1] += 2;
        taken -= 1;
    }
}

/// The canonical codes of these lengths.
pub(super) fn codes<const N: usize>(lengths: &[u8; N]) -> [Code; N] {
    let mut next = [0u16; LONGEST as usize + 2];
    for length in lengths {
        next[usize::from(*length) + 1] += 1;
    }
    // Symbols that don't occur have no code.
    next[1] = 0;
    for length in 1..next.len() {
        next[length] = (next[length] + next[length - 1]) << 1;
    }
    lengths.map(|length| match length {
        0 => Code::default(),
        _ => {
            let code = &mut next[usize::from(length)];
            let bits = code.reverse_bits() >> (16 - length);
            *code = code.wrapping_add(1);
            Code { bits, length }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_of_the_standard() {
        // RFC 1951, section 3.2.2: 010, 011, 100, 101, 110, 00, 1110, 1111.
        let codes = codes(&[3, 3, 3, 3, 3, 2, 4, 4]);
        let bits = codes.map(|code| code.bits);
        assert_eq!(bits, [0b010, 0b110, 0b001, 0b101, 0b011, 0b00, 0b0111, 0b1111]);
    }

    #[test]
    fn rare_symbols_have_long_codes_within_the_limit() {
        assert_eq!(lengths(&[8, 0, 4, 2, 1, 1], 15), [1, 0, 2, 3, 4, 4]);
        assert_eq!(lengths(&[0, 3, 0], 15), [0, 1, 0]);
        assert_eq!(lengths(&[0; 4], 15), [0; 4]);
        let limited = lengths(&[8, 0, 4, 2, 1, 1], 3);
        let taken: u32 = limited.iter().filter(|l| **l > 0).map(|l| 8 >> l).sum();
        assert_eq!((taken, limited.iter().max()), (8, Some(&3)));
    }
}
