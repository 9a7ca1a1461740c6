//! A walk through XML.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

/// What a walk comes by.
pub(crate) enum Step<'x> {
    /// An element begins; the path ends with it.
    Open(BytesStart<'x>),
    /// An element ends, and this is the text directly in it.
    Text(String),
}

/// Walks through XML and knows the names of the elements around.
pub(crate) struct Walk<'x> {
    reader: Reader<&'x [u8]>,
    pub path: Vec<String>,
    text: String,
    /// Whether the last element of the path has ended.
    closing: bool,
}

impl<'x> Walk<'x> {
    pub fn new(xml: &'x str) -> Self {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        Walk { reader, path: Vec::new(), text: String::new(), closing: false }
    }

    /// The next step; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Step<'x>>, String> {
        if self.closing {
            self.path.pop();
            self.closing = false;
        }
        loop {
            match self.reader.read_event().map_err(|e| e.to_string())? {
                Event::Start(element) => {
                    self.path.push(element.name().as_ref().to_owned());
                    self.text.clear();
                    return Ok(Some(Step::Open(element)));
                }
                Event::End(_) => {
                    self.closing = true;
                    return Ok(Some(Step::Text(std::mem::take(&mut self.text))));
                }
                Event::Text(text) => self.text += &text.xml10_content(),
                Event::CData(text) => self.text += &text.xml10_content(),
                Event::GeneralRef(reference) => {
                    let name: &str = &reference;
                    match reference.resolve_char_ref().map_err(|e| e.to_string())? {
                        Some(c) => self.text.push(c),
                        None => match resolve_predefined_entity(name) {
                            Some(text) => self.text += text,
                            None => return Err(format!("no entity is called '{name}'")),
                        },
                    }
                }
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }
}

/// The value of an attribute, if it is there and well formed.
pub(crate) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element.try_get_attribute(name).ok()??;
    let value = quick_xml::escape::unescape(&attribute.value).ok()?;
    Some(value.into_owned())
}
