//! Whether what is written in a style can be read.

use super::parts::Style;
use std::fmt;

/// Two colours of a style, one of which stands on the other, that WCAG 2.2 calls too much alike for text
/// (1.4.3, level AA).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LowContrast {
    /// The key in `[colors]` of what is written.
    pub text: &'static str,
    /// The key of what it is written on.
    pub ground: &'static str,
    /// Their contrast in hundredths; 450 is enough.
    pub ratio: u32,
}

impl fmt::Display for LowContrast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, tenths) = (self.ratio / 100, self.ratio / 10 % 10);
        let LowContrast { text, ground, .. } = self;
        write!(f, "'{text}' on '{ground}' has a contrast of {whole}.{tenths}:1; WCAG AA asks for 4.5:1")
    }
}

impl Style {
    /// The key of what code stands on.
    fn behind_code(&self) -> &'static str {
        if self.colors.code.is_some() { "code" } else { "paper" }
    }

    /// The pairs of colours that are too much alike, of all that text is written in and on.
    pub fn low_contrast(&self) -> Vec<LowContrast> {
        let colors = &self.colors;
        let texts = [
            ("text", colors.text),
            ("headings", colors.headings),
            ("links", colors.links),
            ("running", colors.running),
            ("keywords", colors.keywords),
            ("names", colors.names),
            ("strings", colors.strings),
            ("numbers", colors.numbers),
            ("comments", colors.comments),
        ];
        let grounds = [
            ("paper", Some(colors.paper)),
            ("boxes", colors.boxes),
            ("code", colors.code),
            ("table-head", colors.table_head),
            ("stripes", colors.stripes.filter(|_| self.tables.stripes)),
            ("marks", Some(colors.marks)),
        ];
        let mut found = Vec::new();
        for (text, color) in texts {
            for (ground, behind) in grounds {
                // Headings, heads and feet of pages stand on the paper alone, words of code on its ground.
                let stands = match text {
                    "text" | "links" => true,
                    "headings" | "running" => ground == "paper",
                    // The numbers of lines have the colour of comments.
                    "comments" if self.code.numbers => ground == self.behind_code(),
                    _ if !self.code.highlight => false,
                    _ => ground == self.behind_code(),
                };
                let Some(behind) = behind.filter(|_| stands) else {
                    continue;
                };
                let ratio = color.contrast(behind);
                if ratio < 450 {
                    found.push(LowContrast { text, ground, ratio });
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use crate::style::BUILTIN;

    #[test]
    fn every_built_in_style_has_contrast_enough() {
        for built_in in BUILTIN {
            assert_eq!(built_in.style().low_contrast(), [], "{}", built_in.name);
        }
    }
}
