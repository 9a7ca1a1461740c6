//! Which brackets belong together.

use std::ops::Range;

/// Which `[[` belongs to which `]]`: pairs of places, in the order of the first.
#[derive(Debug, Default)]
pub struct Pairs {
    pairs: Vec<(u32, u32)>,
}

impl Pairs {
    /// Finds all pairs of a text; a stack, so linear.
    pub fn find(text: &str) -> Self {
        let bytes = text.as_bytes();
        let (mut stack, mut pairs) = (Vec::<u32>::new(), Vec::new());
        let mut at = 0;
        // Where a bracket last stood alone, and where the brackets in a row end that were last counted.
        let (mut single, mut row_end) = (None, 0);
        while let Some(n) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'[', b']', rest)) {
            at += n;
            let bracket = bytes[at];
            if bytes.get(at + 1) != Some(&bracket) {
                if bracket == b'[' {
                    single = Some(at as u32);
                }
                at += 1;
                continue;
            }
            if bracket == b'[' {
                stack.push(at as u32);
                at += 2;
            } else if let Some(open) = stack.pop() {
                // Of an odd number in a row the first belongs to one in the link.
                if single.is_some_and(|single| single > open) {
                    if row_end <= at {
                        row_end = at + bytes[at..].iter().take_while(|b| **b == b']').count();
                    }
                    at += (row_end - at) % 2;
                }
                pairs.push((open, at as u32 + 2));
                at += 2;
            } else {
                at += 1;
            }
        }
        pairs.sort_unstable();
        Pairs { pairs }
    }

    /// The pairs of a part of a text, by their places in the whole.
    pub fn shifted(mut self, by: usize) -> Self {
        for pair in &mut self.pairs {
            *pair = (pair.0 + by as u32, pair.1 + by as u32);
        }
        self
    }

    /// Where the link that opens at `at` ends.
    pub fn end(&self, at: usize) -> Option<usize> {
        let i = self.pairs.binary_search_by_key(&(at as u32), |p| p.0).ok()?;
        Some(self.pairs[i].1 as usize)
    }

    /// The first pair that opens in a range.
    pub fn first_in(&self, range: Range<usize>) -> Option<Range<usize>> {
        let i = self.pairs.partition_point(|p| (p.0 as usize) < range.start);
        self.pairs.get(i).map(|p| p.0 as usize..p.1 as usize).filter(|p| p.start < range.end)
    }
}
