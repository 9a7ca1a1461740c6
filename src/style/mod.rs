//! How documents look: one [`Style`] for the pages of a PDF and for HTML and EPUB.
//!
//! ```text
//! book.toml ◀─ another built-in one ◀─ a user's file ──▶ Style ─┬─▶ the pages' style (layout)
//!                                                               └─▶ CSS (HTML, EPUB)
//! ```
//!
//! A style is read from TOML. `book.toml` has every key, with what it means; every other file says only
//! what is otherwise. A key that there isn't and a value that can't be read are errors with their place.
//! What a style names, such as a logo, is not opened here: who reads the file gives its bytes.

mod book;
mod builtin;
mod color;
mod contrast;
pub(crate) mod length;
mod paper;
mod parse;
mod parts;
mod template;
mod under_title;

pub use builtin::{BUILTIN, Builtin, builtin};
pub use color::Color;
pub use contrast::LowContrast;
pub use length::{Length, parse_length};
pub use paper::{Margins, Paper};
pub use parse::StyleError;
pub use parts::{
    Captions, Case, Code, Colors, Headings, Justification, Links, Lists, Logo, LogoPlace, Page, Paragraphs,
    Quotes, Ratio, Rules, Running, Style, Tables, Text, Title,
};
pub use template::Template;
#[cfg(feature = "pdf")]
pub(crate) use template::{Field, Part};
#[cfg_attr(not(feature = "html"), allow(unused_imports, reason = "pages know it by what it does"))]
pub(crate) use under_title::UnderTitle;
