//! Where an article's text is cut into passages.

use super::measure::{Before, Cut, Measured, Pos, words};
use super::options::Bounds;
use super::page::Piece;
use super::sentence;
use crate::format::Error;
use crate::text::segment::line_ends;
use icu_segmenter::GraphemeClusterSegmenter;

/// A place to cut at: one passage ends, and after white space the next one starts.
#[derive(Clone, Copy, Debug)]
struct Boundary {
    end: Pos,
    start: Pos,
    /// The block that the next one starts in.
    piece: usize,
}

/// Where inside a block it is cut, the best first.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Inside {
    Lines,
    Sentences,
    Words,
    Letters,
    Characters,
}

/// Cuts an article's text.
///
/// # Errors
/// Those of a tokenizer.
pub(super) fn cuts(text: &Measured<'_>, bounds: Bounds) -> Result<Vec<Cut>, Error> {
    let pieces = &text.page.pieces;
    let head = |(piece, (start, _)): (&Piece, &(Pos, Pos))| Some((*start, text.to(*start, piece.head?)));
    let heads = pieces.iter().zip(&text.pieces).map(head).collect();
    let mut cutter = Cutter { text, bounds, sections: Vec::new(), blocks: Vec::new(), heads };
    for (n, pair) in pieces.windows(2).enumerate() {
        // A heading belongs to what it heads.
        if pair[0].level.is_none() {
            cutter.blocks.push(n + 1);
            if pair[0].path != pair[1].path {
                cutter.sections.push(n + 1);
            }
        }
    }
    let mut done = Vec::new();
    if pieces.is_empty() {
        return Ok(done);
    }
    let mut at = Boundary { end: Pos::default(), start: Pos::default(), piece: 0 };
    loop {
        let before = cutter.before(&at);
        let repeated = match before {
            Before::Nothing => 0,
            Before::Overlap(from) => at.start.unit - from.unit,
            // And the line break after it.
            Before::Head { start, end } => end.unit - start.unit + 1,
        };
        let (mut room, mut before) = (bounds.most - repeated, before);
        let mut next = cutter.next(&at, room);
        let cut = loop {
            let cut = Cut { start: at.start, end: next.map_or(text.end(), |next| next.end), before };
            let excess = text.excess(&cut, bounds.most)?;
            if excess == 0 {
                break cut;
            }
            let less = room.saturating_sub(excess).max(bounds.least);
            if less < room {
                room = less;
                next = cutter.next(&at, room);
            } else if let Some(half) = cutter.half(&at, cut.end) {
                next = Some(half);
            } else if !matches!(before, Before::Nothing) {
                (room, before) = (bounds.most, Before::Nothing);
                next = cutter.next(&at, room);
            } else {
                break cut;
            }
        };
        done.push(cut);
        match next {
            Some(next) => at = next,
            None => return Ok(done),
        }
    }
}

struct Cutter<'m, 'p> {
    text: &'m Measured<'p>,
    bounds: Bounds,
    /// The blocks that start a section, but for the first.
    sections: Vec<usize>,
    /// The blocks before which may be cut.
    blocks: Vec<usize>,
    /// For each block the header that is repeated when it is cut.
    heads: Vec<Option<(Pos, Pos)>>,
}

impl Cutter<'_, '_> {
    /// The place before a block.
    fn before_block(&self, piece: usize) -> Boundary {
        Boundary { end: self.text.pieces[piece - 1].1, start: self.text.pieces[piece].0, piece }
    }

    /// Where a passage that starts at a place ends, when it may hold so much; none when it is the last.
    fn next(&self, at: &Boundary, room: usize) -> Option<Boundary> {
        let (least, end) = (self.bounds.least, self.text.end());
        let size = |pos: Pos| pos.unit - at.start.unit;
        let section = self.section(at, room);
        if let Some(section) = section.filter(|section| size(section.end) <= room) {
            return Some(section);
        }
        if size(end) <= room {
            return None;
        }
        // What is left of the section must be enough for a passage of its own; where that can't be, what is left
        // of the article.
        let stops = [section.map_or(end, |section| section.end), end];
        for stop in &stops[usize::from(section.is_none())..] {
            let fits = |b: &Boundary| size(b.end) <= room && stop.unit >= b.start.unit + least;
            let fitting =
                self.blocks.partition_point(|&piece| piece <= at.piece || fits(&self.before_block(piece)));
            let block =
                fitting.checked_sub(1).map(|last| self.blocks[last]).filter(|&piece| piece > at.piece);
            if let Some(block) = block.map(|piece| self.before_block(piece)).filter(|b| size(b.end) >= least)
            {
                return Some(block);
            }
            for inside in [Inside::Lines, Inside::Sentences] {
                if let Some(found) = self.inside(at, room, *stop, inside, false) {
                    return Some(found);
                }
            }
        }
        let enough = |b: &Boundary| size(b.end) >= least && end.unit >= b.start.unit + least;
        let words = self.inside(at, room, end, Inside::Words, false);
        // Rather after a heading than inside it.
        let after = || {
            let later = (at.piece + 1..self.text.pieces.len()).map(|piece| self.before_block(piece));
            later.take_while(|b| size(b.end) <= room).filter(enough).last()
        };
        let kinds = [Inside::Words, Inside::Letters, Inside::Characters];
        let anywhere = || kinds.into_iter().find_map(|kind| self.inside(at, room, end, kind, true));
        // What is not to be cut is over the size.
        let over = || {
            let later = self.blocks.partition_point(|&piece| piece <= at.piece);
            self.blocks[later..].iter().map(|&piece| self.before_block(piece)).find(enough)
        };
        words.or_else(after).or_else(anywhere).or_else(over)
    }

    /// A place about half way to another: in what has more tokens by itself than where it stands, tokens tell no place.
    fn half(&self, at: &Boundary, to: Pos) -> Option<Boundary> {
        let (piece, text) = (at.piece, &self.text.page.text);
        if to.byte > self.text.pieces[piece].1.byte {
            return Some(self.before_block(piece + 1));
        }
        let part = &text[at.start.byte..to.byte];
        let first = part.chars().next().map_or(0, char::len_utf8);
        let (own, rest) = part.split_at(part.floor_char_boundary(part.len() / 2).max(first));
        if rest.is_empty() || self.text.page.pieces[piece].whole {
            return None;
        }
        let end = self.text.to(at.start, at.start.byte + own.trim_end().len());
        let start = self.text.to(end, to.byte - rest.trim_start().len());
        Some(Boundary { end, start, piece })
    }

    /// The first end of a section that leaves enough on both sides.
    fn section(&self, at: &Boundary, room: usize) -> Option<Boundary> {
        let (least, end) = (self.bounds.least, self.text.end());
        let size = |pos: Pos| pos.unit - at.start.unit;
        let mut index = self
            .sections
            .partition_point(|&piece| piece <= at.piece || size(self.before_block(piece).end) < least);
        let enough = |b: &Boundary| end.unit >= b.start.unit + least;
        let mut found = self.sections.get(index).map(|&piece| self.before_block(piece)).filter(enough)?;
        // A small section before a heading of a higher level goes with what is before it.
        while let Some(&next) = self.sections.get(index + 1) {
            let next = self.before_block(next);
            let level = |b: &Boundary| self.text.page.pieces[b.piece].level.unwrap_or(0);
            let joins = next.end.unit < found.start.unit + least && level(&next) < level(&found);
            if !joins || size(next.end) > room || !enough(&next) {
                break;
            }
            found = next;
            index += 1;
        }
        Some(found)
    }

    /// The last place of a kind inside a block, a heading only if so, at which a passage may end.
    fn inside(
        &self,
        at: &Boundary,
        room: usize,
        stop: Pos,
        kind: Inside,
        headings: bool,
    ) -> Option<Boundary> {
        let least = self.bounds.least;
        let size = |pos: Pos| pos.unit - at.start.unit;
        let reached = self.text.pieces.partition_point(|(start, _)| start.unit <= at.start.unit + room);
        for piece in (at.piece..reached).rev() {
            let (start, end) = self.text.pieces[piece];
            if size(end) < least {
                break;
            }
            let of = &self.text.page.pieces[piece];
            if of.whole || of.level.is_some() && !headings {
                continue;
            }
            let from = if piece == at.piece { at.start } else { start };
            let reach = self.text.reach(from, room - size(from), end.byte);
            let (mut pos, mut found) = (from, None);
            for byte in self.candidates(piece, from.byte, reach, end.byte, kind) {
                let words = &self.text.page.text[pos.byte..byte];
                let ended = self.text.to(pos, pos.byte + words.trim_end().len());
                if ended == pos {
                    continue;
                }
                let start = self.text.to(ended, byte);
                if start.unit + least > stop.unit {
                    break;
                }
                if size(ended) > room {
                    // A character that alone has more tokens than there is room for.
                    let one = kind == Inside::Characters && piece == at.piece && found.is_none();
                    return one.then_some(Boundary { end: ended, start, piece }).or(found);
                }
                if size(ended) >= least {
                    found = Some(Boundary { end: ended, start, piece });
                }
                pos = start;
            }
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// The bytes at which a passage may start in a part of a block: past white space, in order.
    fn candidates(
        &self,
        piece: usize,
        from: usize,
        reach: usize,
        end: usize,
        kind: Inside,
    ) -> Box<dyn Iterator<Item = usize> + '_> {
        let text = &self.text.page.text;
        let piece = &self.text.page.pieces[piece];
        // What comes after a place decides whether a sentence or a word ends there.
        let ahead = text.floor_char_boundary((reach + 64).min(end));
        let part = &text[from..ahead];
        let found: Box<dyn Iterator<Item = usize>> = match kind {
            Inside::Lines => {
                let first = piece.lines.partition_point(|&line| line <= from);
                Box::new(piece.lines[first..].iter().map(move |line| line - from))
            }
            Inside::Sentences if piece.kind == "code" => {
                Box::new(part.match_indices('\n').map(|(at, _)| at + 1))
            }
            Inside::Sentences => Box::new(sentence::starts(part)),
            // Part of a word would count as a word.
            Inside::Words if self.text.counts_words() => Box::new(words(part).skip(1)),
            Inside::Words => {
                let spaced = |at: usize| part[..at].ends_with(char::is_whitespace);
                let unspaced = |at: usize| !part[at..].starts_with(|c: char| c.is_ascii());
                Box::new(line_ends(part).filter(move |&at| spaced(at) || unspaced(at)))
            }
            Inside::Letters => Box::new(GraphemeClusterSegmenter::new().segment_str(part).skip(1)),
            Inside::Characters => Box::new(part.char_indices().map(|(at, _)| at)),
        };
        // A header is not parted from the first row, unless it is too long itself.
        let head = piece.head.filter(|_| matches!(kind, Inside::Lines | Inside::Sentences));
        let past =
            move |at: usize| from + at + text[from + at..end].len() - text[from + at..end].trim_start().len();
        let allowed = move |at: &usize| *at < end && head.is_none_or(|head| *at > head + 1);
        Box::new(found.map(past).filter(allowed))
    }

    /// What is repeated before a passage that starts at a place.
    fn before(&self, at: &Boundary) -> Before {
        let piece = &self.text.page.pieces[at.piece];
        let start = self.text.pieces[at.piece].0;
        let continues = at.start.byte > start.byte;
        if let Some((start, end)) = self.heads[at.piece].filter(|_| continues) {
            let most = (self.bounds.most / 2).min(self.bounds.most.saturating_sub(2 * self.bounds.least));
            return match end.unit - start.unit < most {
                true => Before::Head { start, end },
                false => Before::Nothing,
            };
        }
        if self.bounds.overlap == 0 || piece.kind == "table" {
            return Before::Nothing;
        }
        match self.overlap(at, continues) {
            Some(from) => Before::Overlap(from),
            None => Before::Nothing,
        }
    }

    /// Where the text that is repeated starts.
    fn overlap(&self, at: &Boundary, continues: bool) -> Option<Pos> {
        let mut from = None;
        let mut piece = at.piece;
        let mut upto = at.end;
        if !continues {
            if self.sections.binary_search(&piece).is_ok() {
                return None;
            }
            piece = piece.checked_sub(1)?;
        }
        loop {
            let start = self.text.pieces[piece].0;
            let of = &self.text.page.pieces[piece];
            if of.kind == "table" {
                return from;
            }
            if at.start.unit <= start.unit + self.bounds.overlap {
                from = Some(start);
                if piece == 0 || self.sections.binary_search(&piece).is_ok() {
                    return from;
                }
                piece -= 1;
                upto = self.text.pieces[piece].1;
                continue;
            }
            // The first sentence in reach, or else the first word.
            let last = from.unwrap_or(at.start);
            let left = self.bounds.overlap - (at.start.unit - last.unit).min(self.bounds.overlap);
            let low = self.text.reach_back(upto.byte, left, start.byte);
            let part = &self.text.page.text[low..upto.byte];
            let sentence = sentence::starts(part).next();
            let word = || words(part).find(|&word| word > 0);
            let found = sentence.or_else(|| word().filter(|_| from.is_none()));
            let found = found.map(|at| low + at + part[at..].len() - part[at..].trim_start().len());
            let found = found.filter(|&byte| byte < upto.byte);
            return found
                .map(|byte| self.text.back(at.start, byte))
                .filter(|pos| at.start.unit <= pos.unit + self.bounds.overlap)
                .or(from);
        }
    }
}
