//! A block of a stream (RFC 1951, sections 3.2.3 to 3.2.7): what it holds, and the shortest of the
//! three ways to write it.

use super::Bits;
use super::huffman::{self, Code};

/// Bytes, the end of the block, the lengths of repetitions and two symbols that never occur, but have
/// fixed codes.
const LITERALS: usize = 288;
const DISTANCES: usize = 30;
const END: usize = 256;
/// Items after which a block is written: its codes fit what is near.
const FULL: usize = 16 << 10;
/// The order in which the lengths of the lengths' own codes stand.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// Bytes and repetitions.
#[derive(Debug)]
pub(super) struct Block {
    items: Vec<Item>,
    /// How often each symbol occurs.
    literals: [u32; LITERALS],
    distances: [u32; DISTANCES],
}

/// A byte, or a repetition when there is a distance.
#[derive(Clone, Copy, Debug)]
struct Item {
    /// The byte, or the length less 3.
    value: u8,
    distance: u16,
}

/// A symbol and the bits that follow it.
#[derive(Clone, Copy)]
struct Symbol {
    symbol: usize,
    extra: u32,
    count: u32,
}

impl Default for Block {
    fn default() -> Self {
        Block { items: Vec::new(), literals: [0; LITERALS], distances: [0; DISTANCES] }
    }
}

impl Block {
    pub fn is_full(&self) -> bool {
        self.items.len() >= FULL
    }

    pub fn literal(&mut self, byte: u8) {
        self.literals[usize::from(byte)] += 1;
        self.items.push(Item { value: byte, distance: 0 });
    }

    /// A repetition of 3 to 258 bytes from 1 to 32,767 bytes back.
    pub fn repetition(&mut self, length: usize, distance: usize) {
        let item = Item { value: (length - 3) as u8, distance: distance as u16 };
        self.literals[length_symbol(item.value).symbol] += 1;
        self.distances[distance_symbol(item.distance).symbol] += 1;
        self.items.push(item);
    }

    /// Writes the block, which stands for the bytes of `source`, and empties it.
    pub fn write(&mut self, source: &[u8], last: bool, out: &mut Bits) {
        self.literals[END] = 1;
        let lengths = (
            huffman::lengths(&self.literals, huffman::LONGEST),
            huffman::lengths(&self.distances, huffman::LONGEST),
        );
        let header = Header::new(&lengths.0, &lengths.1);
        let own = header.bits() + self.bits(&lengths.0, &lengths.1);
        let fixed = self.bits(&FIXED.0, &FIXED.1);
        let stored = (source.len() <= usize::from(u16::MAX)).then_some(40 + 8 * source.len() as u64);
        out.put(u64::from(last), 1);
        if stored.is_some_and(|stored| stored < own.min(fixed)) {
            out.put(0, 2);
            out.align();
            let length = source.len() as u64;
            out.put(length | (length ^ 0xFFFF) << 16, 32);
            out.bytes.extend_from_slice(source);
        } else if fixed <= own {
            out.put(1, 2);
            self.items(&huffman::codes(&FIXED.0), &huffman::codes(&FIXED.1), out);
        } else {
            out.put(2, 2);
            header.write(out);
            self.items(&huffman::codes(&lengths.0), &huffman::codes(&lengths.1), out);
        }
        self.items.clear();
        self.literals.fill(0);
        self.distances.fill(0);
    }

    /// How many bits the items take with codes of these lengths.
    fn bits(&self, literals: &[u8], distances: &[u8]) -> u64 {
        let codes = |often: &[u32], lengths: &[u8]| -> u64 {
            often.iter().zip(lengths).map(|(often, length)| u64::from(*often) * u64::from(*length)).sum()
        };
        let lengths = (0..)
            .zip(&self.literals[END + 1..])
            .map(|(symbol, often)| u64::from(*often) * length_bits(symbol));
        let back =
            (0..).zip(&self.distances).map(|(symbol, often)| u64::from(*often) * distance_bits(symbol));
        codes(&self.literals, literals)
            + codes(&self.distances, distances)
            + lengths.sum::<u64>()
            + back.sum::<u64>()
    }

    fn items<const L: usize, const D: usize>(
        &self,
        literals: &[Code; L],
        distances: &[Code; D],
        out: &mut Bits,
    ) {
        for item in &self.items {
            if item.distance == 0 {
                let code = literals[usize::from(item.value)];
                out.put(u64::from(code.bits), u32::from(code.length));
                continue;
            }
            // At most 15, 5, 15 and 13 bits.
            let (mut bits, mut count) = (0u64, 0);
            let mut add = |more: u32, length: u32| {
                bits |= u64::from(more) << count;
                count += length;
            };
            let (length, distance) = (length_symbol(item.value), distance_symbol(item.distance));
            for (code, symbol) in [(literals[length.symbol], length), (distances[distance.symbol], distance)]
            {
                add(u32::from(code.bits), u32::from(code.length));
                add(symbol.extra, symbol.count);
            }
            out.put(bits, count);
        }
        let end = literals[END];
        out.put(u64::from(end.bits), u32::from(end.length));
    }
}

/// The code lengths of a block, as its header tells them: runs of a length are told by their length.
struct Header {
    literals: usize,
    distances: usize,
    /// Symbols of the code for lengths, and their extra bits.
    symbols: Vec<Symbol>,
    lengths: [u8; 19],
}

impl Header {
    fn new(literals: &[u8; LITERALS], distances: &[u8; DISTANCES]) -> Header {
        let used = |lengths: &[u8], least: usize| {
            lengths.iter().rposition(|length| *length > 0).map_or(least, |last| least.max(last + 1))
        };
        let (literal_count, distance_count) = (used(literals, END + 1), used(distances, 1));
        let all = [&literals[..literal_count], &distances[..distance_count]].concat();
        let mut symbols = Vec::with_capacity(all.len());
        let mut often = [0; 19];
        let mut push = |symbol: usize, extra: usize, count: u32| {
            often[symbol] += 1;
            symbols.push(Symbol { symbol, extra: extra as u32, count });
        };
        for run in all.chunk_by(|a, b| a == b) {
            let (length, mut left) = (usize::from(run[0]), run.len());
            if length > 0 {
                push(length, 0, 0);
                left -= 1;
            }
            while left >= 3 {
                let told = match (length, left) {
                    (0, 11..) => (18, left.min(138), 11, 7),
                    (0, _) => (17, left.min(10), 3, 3),
                    _ => (16, left.min(6), 3, 2),
                };
                let (symbol, repeated, least, count) = told;
                push(symbol, repeated - least, count);
                left -= repeated;
            }
            for _ in 0..left {
                push(length, 0, 0);
            }
        }
        let lengths = huffman::lengths(&often, 7);
        Header { literals: literal_count, distances: distance_count, symbols, lengths }
    }

    /// How many lengths of the lengths' own codes are told.
    fn told(&self) -> usize {
        ORDER.iter().rposition(|symbol| self.lengths[*symbol] > 0).map_or(4, |last| 4.max(last + 1))
    }

    fn bits(&self) -> u64 {
        let symbols = self.symbols.iter().map(|s| u64::from(self.lengths[s.symbol]) + u64::from(s.count));
        14 + 3 * self.told() as u64 + symbols.sum::<u64>()
    }

    fn write(&self, out: &mut Bits) {
        let told = self.told();
        out.put((self.literals - 257) as u64, 5);
        out.put((self.distances - 1) as u64, 5);
        out.put((told - 4) as u64, 4);
        for symbol in &ORDER[..told] {
            out.put(u64::from(self.lengths[*symbol]), 3);
        }
        let codes = huffman::codes(&self.lengths);
        for symbol in &self.symbols {
            let code = codes[symbol.symbol];
            out.put(
                u64::from(code.bits) | u64::from(symbol.extra) << code.length,
                u32::from(code.length) + symbol.count,
            );
        }
    }
}

/// The symbol of a length less 3.
fn length_symbol(value: u8) -> Symbol {
    let value = u32::from(value);
    let (symbol, extra, count) = match value {
        0..8 => (value, 0, 0),
        // The longest has a symbol of its own.
        255 => (28, 0, 0),
        _ => {
            let count = value.ilog2() - 2;
            (4 * count + (value >> count), value & ((1 << count) - 1), count)
        }
    };
    Symbol { symbol: END + 1 + symbol as usize, extra, count }
}

fn distance_symbol(distance: u16) -> Symbol {
    let value = u32::from(distance) - 1;
    if value < 4 {
        return Symbol { symbol: value as usize, extra: 0, count: 0 };
    }
    let count = value.ilog2() - 1;
    Symbol { symbol: (2 * count + (value >> count)) as usize, extra: value & ((1 << count) - 1), count }
}

/// The bits that follow the n-th symbol of a length, and of a distance.
fn length_bits(n: u64) -> u64 {
    if n == 28 { 0 } else { (n / 4).saturating_sub(1) }
}
fn distance_bits(n: u64) -> u64 {
    (n / 2).saturating_sub(1)
}

/// The lengths of the codes that need no header.
const FIXED: ([u8; LITERALS], [u8; DISTANCES]) = {
    let mut literals = [8; LITERALS];
    let mut symbol = 144;
    while symbol < 280 {
        literals[symbol] = if symbol < END { 9 } else { 7 };
        symbol += 1;
    }
    (literals, [5; DISTANCES])
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_symbols_of_the_standard() {
        // RFC 1951, section 3.2.5.
        let length = |length: usize| {
            let Symbol { symbol, extra, count } = length_symbol((length - 3) as u8);
            assert_eq!(u64::from(count), length_bits(symbol as u64 - 257));
            (symbol, extra, count)
        };
        assert_eq!(
            [3, 10, 11, 12, 18].map(length),
            [(257, 0, 0), (264, 0, 0), (265, 0, 1), (265, 1, 1), (268, 1, 1)]
        );
        assert_eq!(
            [19, 34, 131, 257, 258].map(length),
            [(269, 0, 2), (272, 3, 2), (281, 0, 5), (284, 30, 5), (285, 0, 0)]
        );
        let distance = |distance: u16| {
            let Symbol { symbol, extra, count } = distance_symbol(distance);
            assert_eq!(u64::from(count), distance_bits(symbol as u64));
            (symbol, extra, count)
        };
        assert_eq!([1, 4, 5, 6, 7].map(distance), [(0, 0, 0), (3, 0, 0), (4, 0, 1), (4, 1, 1), (5, 0, 1)]);
        assert_eq!([192, 193, 32_767].map(distance), [(14, 63, 6), (15, 0, 6), (29, 8190, 13)]);
    }
}
