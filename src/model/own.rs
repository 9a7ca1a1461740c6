//! What a document says of its own conversion.

use super::Span;

/// Options that a document gives for itself, until they are taken: as a `fanfold.toml` would have them.
#[doc(hidden)]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Own {
    /// Them, in order; tables are options that hold others.
    pub options: Vec<Choice>,
    /// Where they are said.
    pub span: Span,
}

/// A name and its value.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The name.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// What it is to be.
    pub value: OwnValue,
    /// Where that stands.
    pub at: Span,
}

/// A value of an option.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq)]
pub enum OwnValue {
    /// Words.
    Text(String),
    /// A number or a truth value, as TOML writes it.
    Literal(String),
    /// Several.
    List(Vec<OwnValue>),
    /// A table.
    Table(Vec<Choice>),
}

impl OwnValue {
    /// Words that stand without quotation marks: `true`, `false` and numbers are that.
    pub fn plain(text: &str) -> Self {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let whole = |text: &str| digits(text) && (text == "0" || !text.starts_with('0')) && text.len() <= 18;
        let number = text.strip_prefix('-').unwrap_or(text);
        let is_number = match number.split_once('.') {
            Some((before, after)) => whole(before) && digits(after),
            None => whole(number),
        };
        match text {
            "true" | "yes" | "on" => OwnValue::Literal("true".to_owned()),
            "false" | "no" | "off" => OwnValue::Literal("false".to_owned()),
            _ if is_number => OwnValue::Literal(text.to_owned()),
            _ => OwnValue::Text(text.to_owned()),
        }
    }

    fn push_toml(&self, out: &mut Toml) {
        match self {
            OwnValue::Text(text) => out.quoted(text),
            OwnValue::Literal(literal) => out.text.push_str(literal),
            OwnValue::List(values) => {
                out.text.push('[');
                for value in values {
                    value.push_toml(out);
                    out.text.push(',');
                }
                out.text.push(']');
            }
            OwnValue::Table(choices) => {
                out.text.push('{');
                for (i, choice) in choices.iter().enumerate() {
                    if i > 0 {
                        out.text.push(',');
                    }
                    out.choice(choice);
                }
                out.text.push('}');
            }
        }
    }
}

impl Own {
    /// Sets an option of a table, or of none, unless it is set.
    pub fn set(&mut self, table: Option<&str>, name: &str, value: OwnValue, span: Span) {
        let choices = match table {
            None => &mut self.options,
            Some(table) => {
                let at = self.options.iter().position(|choice| choice.name == table);
                let at = at.unwrap_or_else(|| {
                    let value = OwnValue::Table(Vec::new());
                    self.options.push(Choice { name: table.to_owned(), span, value, at: span });
                    self.options.len() - 1
                });
                match &mut self.options[at].value {
                    OwnValue::Table(choices) => choices,
                    _ => return,
                }
            }
        };
        if !choices.iter().any(|choice| choice.name == name) {
            choices.push(Choice { name: name.to_owned(), span, value, at: span });
        }
    }

    /// Them in TOML, a line each.
    pub fn toml(&self) -> Toml {
        let mut out = Toml::default();
        for choice in &self.options {
            out.choice(choice);
            out.text.push('\n');
        }
        out
    }
}

/// Options in TOML.
#[doc(hidden)]
#[derive(Clone, Debug, Default)]
pub struct Toml {
    /// The text.
    pub text: String,
    /// What from an offset of it on stands where in the source, by the offset.
    places: Vec<(usize, Span)>,
}

impl Toml {
    /// Where in the source what is at an offset of the text stands.
    pub fn place(&self, at: usize) -> Option<Span> {
        let after = self.places.partition_point(|(start, _)| *start <= at);
        self.places.get(after.checked_sub(1)?).map(|(_, span)| *span)
    }

    fn choice(&mut self, choice: &Choice) {
        self.places.push((self.text.len(), choice.span));
        self.quoted(&choice.name);
        self.text.push('=');
        self.places.push((self.text.len(), choice.at));
        choice.value.push_toml(self);
    }

    fn quoted(&mut self, text: &str) {
        self.text.push('"');
        for c in text.chars() {
            match c {
                '"' | '\\' => self.text.extend(['\\', c]),
                c if c.is_control() => self.text.push_str(&format!("\\u{:04X}", c as u32)),
                c => self.text.push(c),
            }
        }
        self.text.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_written_as_toml_with_its_places() {
        let mut own = Own::default();
        own.set(Some("pdf"), "toc", OwnValue::plain("true"), Span::new(10, 13));
        own.set(Some("pdf"), "toc", OwnValue::plain("false"), Span::new(90, 93));
        own.set(Some("pdf"), "paper", OwnValue::plain("a\"5"), Span::new(20, 25));
        own.set(
            None,
            "n",
            OwnValue::List(vec![OwnValue::plain("1.5"), OwnValue::plain("01")]),
            Span::new(30, 31),
        );
        let toml = own.toml();
        assert_eq!(toml.text, "\"pdf\"={\"toc\"=true,\"paper\"=\"a\\\"5\"}\n\"n\"=[1.5,\"01\",]\n");
        let place = |of: &str| toml.place(toml.text.find(of).unwrap());
        assert_eq!(place("\"paper"), Some(Span::new(20, 25)));
        assert_eq!(place("[1.5"), Some(Span::new(30, 31)));
    }
}
