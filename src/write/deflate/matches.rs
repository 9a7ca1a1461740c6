//! Finds repetitions (RFC 1951, section 4).

use super::Bits;
use super::block::Block;

/// The shortest and the longest repetition that can be told.
const SHORTEST: usize = 3;
const LONGEST: usize = 258;
/// How far back one may lie: one less than the format's, so that a place's slot in the chain is not
/// taken by the place that is looked at.
const WINDOW: usize = (32 << 10) - 1;
/// A repetition of only three bytes from farther away takes more bits than the bytes.
const NEAR: usize = 4 << 10;
/// One as long as this is taken without looking whether the next byte starts a longer one.
const LONG: usize = 64;
/// When one as long as this is known, fewer places are looked at for a longer one.
const GOOD: usize = 16;
/// Bits of the hashes.
const HASH: u32 = 15;

/// The places of a stream by the bytes that stand there. Places count from `base` on, and those of
/// earlier streams lie below it.
#[derive(Debug)]
pub(super) struct Finder {
    tries: u16,
    base: usize,
    /// The last place of each hash of three bytes, and of four.
    last3: Vec<u32>,
    last4: Vec<u32>,
    /// For each place, by its last 15 bits, the one before it with the same hash of four bytes.
    before: Vec<u32>,
}

/// Bytes that stood before: how many, and how far back. Nothing is found when there are none.
#[derive(Clone, Copy, Default)]
struct Match {
    length: usize,
    distance: usize,
}

impl Finder {
    pub fn new(tries: u16) -> Self {
        let slots = || vec![0; 1 << HASH];
        Finder { tries, base: 1, last3: slots(), last4: slots(), before: slots() }
    }

    /// Compresses data; what ends a stream is `last`.
    pub fn compress(&mut self, data: &[u8], last: bool, block: &mut Block, out: &mut Bits) {
        if self.base + data.len() > u32::MAX as usize {
            *self = Finder::new(self.tries);
        }
        let (mut at, mut start) = (0, 0);
        while at < data.len() {
            if block.is_full() {
                block.write(&data[start..at], false, out);
                start = at;
            }
            let mut found = self.find(data, at, 0);
            if found.length == 0 {
                block.literal(data[at]);
                at += 1;
                continue;
            }
            // When a longer one starts at the next byte, this one stands for itself.
            let mut looked_at = at + 1;
            while found.length < LONG && looked_at < data.len() {
                let next = self.find(data, looked_at, found.length);
                looked_at += 1;
                if next.length == 0 {
                    break;
                }
                block.literal(data[at]);
                at += 1;
                found = next;
            }
            block.repetition(found.length, found.distance);
            at += found.length;
            for place in looked_at..at {
                self.note(data, place);
            }
        }
        block.write(&data[start..], last, out);
        self.base += data.len();
    }

    /// Notes a place and gives the last one with the same three bytes and with the same four, most
    /// likely: hashes may be equal without. The last bytes are not noted.
    fn note(&mut self, data: &[u8], at: usize) -> Option<(usize, usize)> {
        let word = u32::from_le_bytes(*data[at..].first_chunk()?);
        let hash = |bytes: u32| (bytes.wrapping_mul(0x9E37_79B1) >> (32 - HASH)) as usize;
        let place = (self.base + at) as u32;
        let three = std::mem::replace(&mut self.last3[hash(word << 8)], place);
        let four = std::mem::replace(&mut self.last4[hash(word)], place);
        self.before[place as usize & WINDOW] = four;
        Some((three as usize, four as usize))
    }

    /// Notes a place and finds the longest repetition there that is longer than another.
    fn find(&mut self, data: &[u8], at: usize, other: usize) -> Match {
        let mut best = Match::default();
        let Some((three, mut four)) = self.note(data, at) else { return best };
        let here = &data[at..data.len().min(at + LONGEST)];
        let lowest = self.base.max((self.base + at).saturating_sub(WINDOW));
        if other < SHORTEST && three >= lowest.max((self.base + at).saturating_sub(NEAR)) {
            let length = common(&data[three - self.base..], here);
            if length >= SHORTEST {
                best = Match { length, distance: self.base + at - three };
            }
        }
        let mut longest = best.length.max(other).max(SHORTEST);
        let mut tries = if other < GOOD { self.tries } else { self.tries / 4 };
        while four >= lowest && longest < here.len() && tries > 0 {
            tries -= 1;
            // The bytes that would make it longer tell soonest that it is not.
            let there = &data[four - self.base..];
            if there[longest - SHORTEST..=longest] == here[longest - SHORTEST..=longest] {
                let length = common(there, here);
                if length > longest {
                    longest = length;
                    best = Match { length, distance: self.base + at - four };
                }
            }
            four = self.before[four & WINDOW] as usize;
        }
        best
    }
}

/// How many bytes two slices start with alike, of which the second is no longer than the first.
fn common(there: &[u8], here: &[u8]) -> usize {
    let mut length = 0;
    while let (Some(a), Some(b)) = (there[length..].first_chunk(), here[length..].first_chunk()) {
        let differ = u64::from_le_bytes(*a) ^ u64::from_le_bytes(*b);
        if differ != 0 {
            return length + differ.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    length + there[length..].iter().zip(&here[length..]).take_while(|(a, b)| a == b).count()
}
