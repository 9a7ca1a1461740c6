//! Glyphs shown by one `TJ` (PDF 32000-1, 9.4.3): strings of their codes, and how far the pen goes back between
//! them.
//!
//! A line has a string for each of its words. printpdf and lopdf copy every operand three times, which was a tenth
//! of what a book costs; so the operands are written here, and printpdf is given the whole as an operation that it
//! does not know.

/// The operation as far as it is written.
#[derive(Default)]
pub(super) struct Show {
    /// ASCII.
    operation: Vec<u8>,
    /// A string is open at its end.
    open: bool,
    /// Where the viewer's pen is, in thousandths of a glyph space unit from the line's start.
    pub(super) pen: i64,
}

/// Room for a line.
const BYTES: usize = 256;

impl Show {
    /// Moves the pen by a whole number of units, if it is off by half a unit or more. What is
    /// left does not add up: the pen is followed exactly.
    pub(super) fn move_to(&mut self, target: i64) {
        let back = (self.pen - target + 500).div_euclid(1000);
        if back != 0 {
            self.end_string();
            self.operation.push(if self.operation.is_empty() { b'[' } else { b' ' });
            if back < 0 {
                self.operation.push(b'-');
            }
            self.digits(back.unsigned_abs());
            self.pen -= back * 1000;
        }
    }

    /// Shows the glyph of a code.
    pub(super) fn glyph(&mut self, code: u16) {
        if self.operation.is_empty() {
            self.operation.reserve(BYTES);
            self.operation.push(b'[');
        }
        if !std::mem::replace(&mut self.open, true) {
            self.operation.push(b'(');
        }
        for byte in code.to_be_bytes() {
            match byte {
                // What ends a string or escapes, and what would be read as a line feed (7.3.4.2).
                b'(' | b')' | b'\\' => self.operation.extend([b'\\', byte]),
                b'\r' => self.operation.extend(*b"\\r"),
                // What is no text by itself.
                0x80.. => {
                    self.operation.extend([
                        b'\\',
                        b'0' + (byte >> 6),
                        b'0' + (byte >> 3 & 7),
                        b'0' + (byte & 7),
                    ]);
                }
                ascii => self.operation.push(ascii),
            }
        }
    }

    /// The operation, when it shows anything.
    pub(super) fn take(&mut self) -> Option<String> {
        self.end_string();
        let mut operation = std::mem::take(&mut self.operation);
        if operation.is_empty() {
            return None;
        }
        operation.extend(*b"] TJ");
        Some(String::from_utf8(operation).expect("nothing but ASCII is written"))
    }

    fn end_string(&mut self) {
        if std::mem::take(&mut self.open) {
            self.operation.push(b')');
        }
    }

    fn digits(&mut self, number: u64) {
        if number > 9 {
            self.digits(number / 10);
        }
        self.operation.push(b'0' + (number % 10) as u8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::Object;
    use lopdf::content::Content;

    #[test]
    fn every_code_comes_back() {
        let mut show = Show::default();
        show.move_to(-20_000);
        for code in 0..=u16::MAX {
            show.glyph(code);
        }
        show.move_to(13_000);
        show.glyph(1);
        let operation = show.take().unwrap();
        assert!(
            operation.starts_with("[20(") && operation.ends_with(") -33(\0\u{1})] TJ"),
            "{}",
            operation.len()
        );
        let read = Content::decode(operation.as_bytes()).unwrap();
        let [only] = read.operations.as_slice() else { panic!("{} operations", read.operations.len()) };
        assert_eq!(only.operator, "TJ");
        let Object::Array(items) = &only.operands[0] else { panic!("{:?}", only.operands) };
        let all: Vec<u8> = (0..=u16::MAX).flat_map(u16::to_be_bytes).collect();
        assert_eq!(items[1].as_str().unwrap(), all);
        assert!(show.take().is_none());
    }
}
