//! Commands that give what they hold another size or a frame, and those that define or name.

use super::color::color;
use super::command::styled;
use super::length::length;
use super::lexer::{Token, command};
use super::parser::{Atom, Parser, Style};
use super::unread::Unread;
use crate::math::spacing::Class;
use crate::model::{Enclosure, Math, Operator};

impl Parser<'_> {
    /// Such a command, or one of running text.
    pub fn framed(&mut self, token: &Token, name: &str) -> Result<Option<Atom>, Unread> {
        let ordinary = |math| Ok(Some(Atom::new(math, Class::Ordinary)));
        let script = Style { display: false, script: true, ..self.style };
        match name {
            // Size without ink, ink without size.
            "phantom" | "hphantom" | "vphantom" => {
                let body = Box::new(self.argument(token)?);
                let (horizontal, vertical) = (name != "vphantom", name != "hphantom");
                ordinary(Math::Phantom { body, horizontal, vertical })
            }
            "mathstrut" => {
                let body = Box::new(Math::Operator(Box::new(Operator {
                    stretchy: Some(false),
                    before: Some(0),
                    after: Some(0),
                    ..Operator::new("(")
                })));
                ordinary(Math::Phantom { body, horizontal: false, vertical: true })
            }
            "smash" => {
                self.lexer.optional()?;
                let body = Box::new(self.argument(token)?);
                ordinary(Math::Padded { body, width: None, shift: 0, raise: 0, smashed: true })
            }
            "mathrlap" | "mathllap" | "mathclap" | "rlap" | "llap" | "clap" => {
                let body = match name.starts_with("math") {
                    true => self.argument(token)?,
                    false => self.text_argument(token, None)?,
                };
                let shift = match name.trim_start_matches("math") {
                    "llap" => -1000,
                    "clap" => -500,
                    _ => 0,
                };
                ordinary(Math::Padded {
                    body: Box::new(body),
                    width: Some(0),
                    shift,
                    raise: 0,
                    smashed: false,
                })
            }
            "raise" | "lower" | "raisebox" => {
                let raise = match name {
                    "raisebox" => length(&self.lexer.words(token)?),
                    _ => self.bare_length()?,
                };
                let Some(raise) = raise else {
                    return Err(Unread::new(token.at, format!("{} has no length", command(token))));
                };
                let raise = if name == "lower" { -raise } else { raise };
                let body = match name {
                    "raisebox" => self.text_argument(token, None)?,
                    _ => self.argument(token)?,
                };
                ordinary(Math::Padded { body: Box::new(body), width: None, shift: 0, raise, smashed: false })
            }
            "cancel" | "bcancel" | "xcancel" | "sout" | "boxed" | "fbox" => {
                let notation = match name {
                    "cancel" => Enclosure::UpStrike,
                    "bcancel" => Enclosure::DownStrike,
                    "xcancel" => Enclosure::CrossStrike,
                    "sout" => Enclosure::LineStrike,
                    _ => Enclosure::Box,
                };
                let body = match name {
                    "fbox" => self.text_argument(token, None)?,
                    "boxed" => styled(self.argument(token)?, true),
                    _ => self.argument(token)?,
                };
                ordinary(Math::Enclosed { body: Box::new(body), notation })
            }
            "cancelto" => {
                let to = Box::new(self.styled(token, script)?);
                let body = Box::new(self.argument(token)?);
                let base = Box::new(Math::Enclosed { body, notation: Enclosure::UpStrike });
                ordinary(Math::Scripts { base, sub: None, sup: Some(to), presub: None, presup: None })
            }
            "textcolor" => {
                let color = self.color(token)?;
                let body = Box::new(self.argument(token)?);
                ordinary(Math::Styled { body, display: None, level: None, size: None, color: Some(color) })
            }
            // Definitions.
            "def"
            | "gdef"
            | "edef"
            | "xdef"
            | "let"
            | "newcommand"
            | "renewcommand"
            | "providecommand"
            | "DeclareMathOperator" => {
                let star = self.star()?;
                let name = if star && name.starts_with("Declare") { "DeclareMathOperator*" } else { name };
                self.lexer.define(token, name)?;
                Ok(None)
            }
            // Numbers of equations.
            "tag" => {
                let star = self.star()?;
                let mut tag = self.text_argument(token, None)?;
                if !star {
                    let words = |text: &str| Math::Words { text: text.to_owned() };
                    tag = match tag {
                        Math::Words { text } => Math::Words { text: format!("({text})") },
                        tag => Math::Row { children: vec![words("("), tag, words(")")] },
                    };
                }
                self.tag = Some(tag);
                Ok(None)
            }
            "label" => {
                self.label = Some(self.lexer.words(token)?);
                Ok(None)
            }
            "begin" => Ok(Some(self.environment(token)?)),
            "ce" | "cf" => {
                let tokens = self.lexer.argument(token)?;
                let math = self.chemistry(token, tokens)?;
                ordinary(math)
            }
            "O" => ordinary(Math::Identifier { text: "∅".into(), upright: true }),
            "And" => Ok(Some(self.brace("&", Class::Relation))),
            "vline" => Ok(Some(self.brace("|", Class::Ordinary))),
            "definecolor" => {
                let name = self.lexer.words(token)?;
                let model = self.lexer.words(token)?;
                let value = self.lexer.words(token)?;
                let color = color(Some(&model), &value)
                    .ok_or_else(|| Unread::new(token.at, format!("the colour {value} is not known")))?;
                self.colors.push((name, color));
                Ok(None)
            }
            "{" | "lbrace" => Ok(Some(self.brace("{", Class::Open))),
            "}" | "rbrace" => Ok(Some(self.brace("}", Class::Close))),
            "|" => Ok(Some(self.brace("‖", Class::Ordinary))),
            "%" | "$" | "&" | "#" | "_" | "-" => match name {
                "-" => Ok(None),
                _ => ordinary(Math::Identifier { text: name.to_owned(), upright: true }),
            },
            _ => match self.text_command(token, name)? {
                Some(atom) => Ok(Some(atom)),
                None => Err(Unread::new(token.at, format!("{} is not known", command(token)))),
            },
        }
    }
}
