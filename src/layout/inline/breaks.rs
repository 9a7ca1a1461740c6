//! Optimum line breaking over the whole paragraph, after Knuth and Plass, "Breaking Paragraphs
//! into Lines" (1981), in integers, so that no processor changes a break.
//!
//! Two things differ from the paper. Letters may be a little wider or narrower and further apart or
//! closer, and a line uses that before it touches its spaces, so that they stay even. And demerits
//! grow with the square of what is left for the spaces, and with its fourth power where it is much.

use super::shaped::Cut;

/// Running sums of a paragraph's material, in units of [`Length`](crate::style::Length).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums {
    /// What font expansion applies to.
    pub text: i64,
    /// Spaces, and what neither expands nor stretches.
    pub glue: i64,
    pub stretch: i64,
    pub shrink: i64,
    /// What letter-spacing applies to: the em of each letter.
    pub letters: i64,
}

/// A place where a line may end. The first of a list is the paragraph's start.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub at: Cut,
    /// The sums where the line ends, and where the next one starts.
    pub end: Sums,
    pub start: Sums,
    /// Width of the hyphen.
    pub extra: i64,
    /// How far the line's end and the next line's start hang into the margin.
    pub hang_end: i64,
    pub hang_start: i64,
    pub cost: i32,
    /// The line ends with a hyphen.
    pub flagged: bool,
    /// The line must end here.
    pub forced: bool,
}

impl Candidate {
    pub fn new(at: Cut, sums: Sums) -> Self {
        Candidate {
            at,
            end: sums,
            start: sums,
            extra: 0,
            hang_end: 0,
            hang_start: 0,
            cost: 0,
            flagged: false,
            forced: false,
        }
    }
}

/// How to break.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mode {
    /// Lines are to end at the margin; otherwise where they end.
    pub justify: bool,
    /// How much wider or narrower glyphs may be, in thousandths.
    pub expansion: i64,
    /// How much white there may be after a letter, or be taken away, in ten-thousandths of an em.
    pub letter_space: i64,
    /// Size of the em.
    pub size: i64,
    /// How loose a line may be, in 1/1024 of its stretch.
    pub tolerance: i64,
    /// A last line that is a scrap is worse than the tolerance too.
    pub no_scraps: bool,
    /// Lines wanted more or fewer than the best number.
    pub looseness: i32,
    /// How much narrower a line is that goes on from one that did not have to end.
    pub hang: i64,
    /// All lines from this on are of the same width, so that it does not matter how many there are
    /// before one.
    pub uniform_from: u32,
}

/// Demerits of two hyphens in a row.
const LADDER: i64 = 1_000;
/// Demerits of a tight line next to a loose one.
const UNLIKE: i64 = 15;
/// Demerits of a last line that is too short, of one that is a single short word, and of one that is
/// rather short.
const RUNT: i64 = 40_000;
const LONE_WORD: i64 = 1_000;
const SHORT: i64 = 20;
/// A last line is too short under so many hundredths of an em, and rather short under so many.
const RUNT_WIDTH: i64 = 260;
const SHORT_WIDTH: i64 = 400;
/// Demerits of a last line that starts within a word.
const LAST_HYPHEN: i64 = 100;
/// Ratios above this are all the same: bad.
const WORST: i64 = 1 << 14;
/// So many candidates are looked at together; a longer paragraph is broken part by part.
const WINDOW: usize = 1 << 14;
/// Lines at the end of a part that are broken again with the next.
const OVERLAP: usize = 6;

/// Chooses the ends of lines: indices into the candidates. `None` when a line would be worse than
/// the tolerance.
pub(super) fn break_lines(
    candidates: &[Candidate],
    width: &dyn Fn(usize) -> i64,
    mode: &Mode,
) -> Option<Vec<usize>> {
    let mut breaker =
        Breaker { candidates, width, mode, nodes: Vec::new(), active: Vec::new(), best: Vec::new() };
    let mut out = Vec::new();
    let mut start = Node::first();
    loop {
        let end = candidates.len().min(start.candidate as usize + WINDOW);
        let mut lines = breaker.run(start, end)?;
        if end == candidates.len() {
            out.extend(lines.iter().map(|node| node.candidate as usize));
            return Some(out);
        }
        // A part of one line, however long, is kept: each round must get on.
        lines.truncate(lines.len().saturating_sub(OVERLAP).max(1));
        out.extend(lines.iter().map(|node| node.candidate as usize));
        start = Node { previous: u32::MAX, demerits: 0, ..lines.pop()? };
    }
}

/// A way to end a line at a candidate.
#[derive(Clone, Copy, Debug)]
struct Node {
    candidate: u32,
    previous: u32,
    /// Lines up to here.
    line: u32,
    /// 0 tight, 1 decent, 2 loose, 3 very loose.
    fitness: u8,
    /// Hyphens in a row up to here.
    hyphens: u8,
    demerits: i64,
}

impl Node {
    fn first() -> Self {
        Node { candidate: 0, previous: u32::MAX, line: 0, fitness: 1, hyphens: 0, demerits: 0 }
    }
}

struct Breaker<'a> {
    candidates: &'a [Candidate],
    width: &'a dyn Fn(usize) -> i64,
    mode: &'a Mode,
    nodes: Vec<Node>,
    active: Vec<u32>,
    /// The best ways to end a line at the candidate in hand, by line number and fitness.
    best: Vec<Node>,
}

/// How a line fits.
enum Fit {
    /// Too long, however tight.
    Over,
    /// Too loose for the tolerance.
    Loose,
    /// Ratio in 1/1024 of the spaces' stretch or, when negative, shrink after expansion; and the
    /// same before expansion.
    Good { ratio: i64, tension: i64 },
}

impl Breaker<'_> {
    /// Breaks the candidates from a start up to an end. The nodes of the best way, in order.
    fn run(&mut self, start: Node, end: usize) -> Option<Vec<Node>> {
        self.nodes.clear();
        self.nodes.push(start);
        self.active.clear();
        self.active.push(0);
        for index in start.candidate as usize + 1..end {
            self.candidate(index)?;
        }
        // Where a part ends, any active way will do; at the paragraph's end all active ones end there.
        let last = end - 1;
        let ends = self.active.iter().map(|&at| self.nodes[at as usize]);
        let fewest = ends.clone().min_by_key(|node| (node.demerits, node.line))?;
        let mut chosen = fewest;
        if self.mode.looseness != 0 && end == self.candidates.len() {
            let wanted = i64::from(fewest.line) + i64::from(self.mode.looseness);
            let finished = ends.filter(|node| node.candidate as usize == last);
            chosen = finished.min_by_key(|n| ((i64::from(n.line) - wanted).abs(), n.demerits))?;
        }
        let mut lines = Vec::new();
        loop {
            lines.push(chosen);
            match chosen.previous {
                u32::MAX => break,
                previous => chosen = self.nodes[previous as usize],
            }
        }
        // The start is no line's end.
        lines.pop();
        lines.reverse();
        Some(lines)
    }

    /// Tries all lines that end at a candidate.
    fn candidate(&mut self, index: usize) -> Option<()> {
        let candidate = &self.candidates[index];
        self.best.clear();
        let mut kept = 0;
        let mut fallback: Option<Node> = None;
        let mut reachable = true;
        for at in 0..self.active.len() {
            let number = self.active[at];
            let node = self.nodes[number as usize];
            let fit = self.fit(&node, candidate);
            // Once a line is too long it stays so, but for the end of hanging punctuation.
            let over = matches!(fit, Fit::Over);
            if !over && !candidate.forced {
                self.active[kept] = number;
                kept += 1;
            }
            match fit {
                Fit::Good { ratio, tension } => self.offer(number, &node, index, ratio, tension),
                Fit::Loose if candidate.forced => reachable = false,
                Fit::Loose => {}
                Fit::Over => {
                    let forced = Node {
                        candidate: index as u32,
                        previous: number,
                        line: node.line + 1,
                        fitness: 0,
                        hyphens: 0,
                        demerits: node.demerits + RUNT,
                    };
                    if fallback.is_none_or(|f| f.demerits > forced.demerits) {
                        fallback = Some(forced);
                    }
                }
            }
        }
        self.active.truncate(kept);
        if self.best.is_empty() && self.active.is_empty() {
            // No way leads on. With all effort made, something wider than the line stands alone.
            if self.mode.tolerance < i64::MAX || !reachable {
                return None;
            }
            self.best.extend(fallback);
        }
        let least = self.best.iter().map(|n| n.demerits).min().unwrap_or_default();
        for node in self.best.drain(..) {
            // A way so much worse than another to the same place can't catch up.
            if node.demerits <= least + UNLIKE + LADDER {
                self.active.push(self.nodes.len() as u32);
                self.nodes.push(node);
            }
        }
        Some(())
    }

    fn fit(&self, from: &Node, to: &Candidate) -> Fit {
        let start = &self.candidates[from.candidate as usize];
        let goes_on = from.candidate > 0 && !start.forced;
        let width = (self.width)(from.line as usize) - if goes_on { self.mode.hang } else { 0 };
        let text = to.end.text - start.start.text + to.extra - to.hang_end - start.hang_start;
        let glue = to.end.glue - start.start.glue;
        let free = width - text - glue;
        let letters = to.end.letters - start.start.letters;
        let pliable = text * self.mode.expansion / 1000 + letters * self.mode.letter_space / 10_000;
        if free >= 0 {
            if to.forced {
                return Fit::Good { ratio: 0, tension: 0 };
            }
            let stretch = if self.mode.justify {
                to.end.stretch - start.start.stretch
            } else {
                // A ragged line is good within some ems of the margin.
                self.mode.size * 3
            };
            let left = if self.mode.justify { (free - pliable).max(0) } else { free };
            let ratio = ratio_of(left, stretch);
            if ratio > self.mode.tolerance {
                return Fit::Loose;
            }
            return Fit::Good { ratio, tension: ratio_of(free, stretch + pliable) };
        }
        let shrink = if self.mode.justify { to.end.shrink - start.start.shrink } else { 0 };
        let over = (-free - pliable).max(0);
        if over > shrink {
            return Fit::Over;
        }
        Fit::Good { ratio: -ratio_of(over, shrink * 3 / 2), tension: -ratio_of(-free, shrink + pliable) }
    }

    fn offer(&mut self, number: u32, node: &Node, index: usize, ratio: i64, tension: i64) {
        let candidate = &self.candidates[index];
        let hyphens = if candidate.flagged { node.hyphens + 1 } else { 0 };
        // No ladder over two, unless nothing else is left.
        if hyphens > 2 && self.mode.tolerance < i64::MAX {
            return;
        }
        let fitness: u8 = match tension {
            ..=-500 => 0,
            -499..=500 => 1,
            501..=1024 => 2,
            _ => 3,
        };
        let r = ratio.abs();
        // The square is 100 at the full stretch, and from there on the fourth power takes over.
        let square = (r * r * 100) >> 20;
        let mut demerits = square + square * square / 100;
        demerits += i64::from(candidate.cost);
        if hyphens > 1 {
            demerits += LADDER;
        }
        if fitness.abs_diff(node.fitness) > 1 && node.line > 0 {
            demerits += UNLIKE;
        }
        if candidate.forced && node.line > 0 {
            let shortness = self.shortness(node, candidate);
            if self.mode.no_scraps && shortness >= LONE_WORD {
                return;
            }
            demerits += shortness;
        }
        let ended = Node {
            candidate: index as u32,
            previous: number,
            line: node.line + 1,
            fitness,
            hyphens: hyphens.min(3),
            demerits: node.demerits + demerits,
        };
        let uniform = if self.mode.looseness == 0 { self.mode.uniform_from } else { u32::MAX };
        let place = |line: u32| line.min(uniform);
        let same = self.best.iter_mut().find(|n| n.fitness == fitness && place(n.line) == place(ended.line));
        match same {
            Some(best) if best.demerits > ended.demerits => *best = ended,
            Some(_) => {}
            None => self.best.push(ended),
        }
    }

    /// Demerits of a last line that is hardly one.
    fn shortness(&self, from: &Node, to: &Candidate) -> i64 {
        let start = &self.candidates[from.candidate as usize];
        let glue = to.end.glue - start.start.glue;
        let length = to.end.text - start.start.text + glue;
        let within = if start.flagged { LAST_HYPHEN } else { 0 };
        within
            + if length < self.mode.size * RUNT_WIDTH / 100 {
                RUNT
            } else if length >= self.mode.size * SHORT_WIDTH / 100 {
                0
            } else if glue == 0 {
                LONE_WORD
            } else {
                SHORT
            }
    }
}

/// How much of the stretch or shrink is used, in 1/1024.
fn ratio_of(part: i64, whole: i64) -> i64 {
    if part <= 0 {
        0
    } else if whole <= 0 || part / whole >= WORST / 1024 {
        WORST
    } else {
        part * 1024 / whole
    }
}
