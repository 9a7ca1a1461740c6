//! Metadata: the information dictionary, and the same in XMP (ISO 16684-1), letter for letter.

use super::standard::{Standards, Version};
use super::text_string;
use crate::model::Meta;
use crate::text::date;
use lopdf::Dictionary;
use std::fmt::Write;

/// What the file says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Metadata {
    pub(super) title: String,
    pub(super) authors: Vec<String>,
    pub(super) description: Option<String>,
    pub(super) keywords: Vec<String>,
    pub(super) rights: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) identifier: Option<String>,
    pub(super) language: String,
    pub(super) date: Option<Date>,
}

const PRODUCER: &str = concat!("fanfold ", env!("CARGO_PKG_VERSION"));

impl Metadata {
    /// From what is known of the document.
    pub(super) fn new(meta: &Meta, title: String, language: String) -> Self {
        let clean = |text: &Option<String>| text.as_deref().map(xml_text).filter(|t| !t.is_empty());
        Metadata {
            title: xml_text(&title),
            authors: meta.creators.iter().map(|c| xml_text(&c.name)).filter(|n| !n.is_empty()).collect(),
            description: clean(&meta.description),
            keywords: meta.subjects.iter().map(|s| xml_text(s)).filter(|s| !s.is_empty()).collect(),
            rights: clean(&meta.rights),
            publisher: clean(&meta.publisher),
            identifier: clean(&meta.identifier),
            language,
            date: meta
                .date
                .as_deref()
                .and_then(|text| Date::parse(text).or_else(|| Date::parse(&date::iso(text)?))),
        }
    }

    fn author(&self) -> Option<String> {
        (!self.authors.is_empty()).then(|| self.authors.join("; "))
    }

    fn keywords(&self) -> Option<String> {
        (!self.keywords.is_empty()).then(|| self.keywords.join(", "))
    }

    /// The information dictionary (PDF 32000-1, 14.3.3).
    pub(super) fn info(&self) -> Dictionary {
        let mut dict = Dictionary::new();
        let mut set = |key: &str, value: Option<&str>| {
            if let Some(value) = value {
                dict.set(key, text_string::object(value));
            }
        };
        set("Title", Some(&self.title));
        set("Author", self.author().as_deref());
        set("Subject", self.description.as_deref());
        set("Keywords", self.keywords().as_deref());
        set("Creator", Some(PRODUCER));
        set("Producer", Some(PRODUCER));
        if let Some(date) = &self.date {
            set("CreationDate", Some(&date.pdf()));
            set("ModDate", Some(&date.pdf()));
        }
        dict
    }

    /// The XMP packet.
    pub(super) fn xmp(&self, standards: Standards) -> String {
        // The name of the packet's marker is fixed (ISO 16684-1, 7.3.2).
        let mut out = String::from(
            "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
             <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
             <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
             xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"",
        );
        if standards.archival().is_some() {
            out.push_str(" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"");
        }
        if standards.ua().is_some() {
            out.push_str(" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"");
        }
        out.push_str(">\n");
        let mut element = |name: &str, value: &str| {
            let _ = writeln!(out, "<{name}>{value}</{name}>");
        };
        let plain = |text: &str| escape(text);
        let alternative = |text: &str| {
            format!("<rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt>", escape(text))
        };
        let list = |kind: &str, items: &[String]| {
            let items: String = items.iter().map(|i| format!("<rdf:li>{}</rdf:li>", escape(i))).collect();
            format!("<rdf:{kind}>{items}</rdf:{kind}>")
        };
        element("dc:format", "application/pdf");
        element("dc:title", &alternative(&self.title));
        if let Some(author) = self.author() {
            element("dc:creator", &list("Seq", &[author]));
        }
        if let Some(description) = &self.description {
            element("dc:description", &alternative(description));
        }
        if !self.keywords.is_empty() {
            element("dc:subject", &list("Bag", &self.keywords));
        }
        if let Some(keywords) = self.keywords() {
            element("pdf:Keywords", &plain(&keywords));
        }
        if let Some(rights) = &self.rights {
            element("dc:rights", &alternative(rights));
        }
        if let Some(publisher) = &self.publisher {
            element("dc:publisher", &list("Bag", std::slice::from_ref(publisher)));
        }
        if let Some(identifier) = &self.identifier {
            element("dc:identifier", &plain(identifier));
        }
        element("dc:language", &list("Bag", std::slice::from_ref(&self.language)));
        element("pdf:Producer", PRODUCER);
        element("xmp:CreatorTool", PRODUCER);
        if let Some(date) = &self.date {
            element("xmp:CreateDate", &date.iso());
            element("xmp:ModifyDate", &date.iso());
        }
        if let Some((part, conformance)) = standards.archival() {
            element("pdfaid:part", &part.to_string());
            if part == 4 {
                element("pdfaid:rev", "2020");
            }
            if let Some(conformance) = conformance {
                element("pdfaid:conformance", &conformance.to_string());
            }
        }
        if let Some(part) = standards.ua() {
            element("pdfuaid:part", &part.to_string());
            if part == 2 {
                element("pdfuaid:rev", "2024");
            }
        }
        out.push_str("</rdf:Description>\n");
        // PDF/A-4 wants no description of them any more.
        if standards.version() == Version::V1_7 && standards.ua().is_some() && standards.archival().is_some()
        {
            out.push_str(PDFUAID_SCHEMA);
        }
        out.push_str("</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>");
        out
    }
}

/// PDF/A knows only the schemas it lists; any other must be described (ISO 19005-2, 6.6.2.3).
const PDFUAID_SCHEMA: &str = "<rdf:Description rdf:about=\"\" \
xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" \
xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" \
xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\n\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n\
<pdfaProperty:name>part</pdfaProperty:name>\n\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n\
<pdfaProperty:category>internal</pdfaProperty:category>\n\
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>\n\
</rdf:li></rdf:Seq></pdfaSchema:property>\n\
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>\n";

/// A date, as exactly as it is known: the year, then perhaps month, day, and time in UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Date {
    /// Year, month, day, hour, minute, second: one to six of them.
    parts: Vec<u16>,
}

impl Date {
    /// Takes `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `YYYY-MM-DDThh:mm[:ss]Z`. Anything else is no date
    /// that a PDF can hold; it stays in the text.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (day, time) = match text.split_once('T') {
            Some((day, time)) => (day, Some(time.strip_suffix('Z')?)),
            None => (text, None),
        };
        let mut parts = Vec::new();
        let fields = day.split('-').chain(time.into_iter().flat_map(|t| t.split(':')));
        for (n, field) in fields.enumerate() {
            let digits = if n == 0 { 4 } else { 2 };
            if field.len() != digits || !field.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            parts.push(field.parse().ok()?);
        }
        let limits: [std::ops::RangeInclusive<u16>; 6] = [0..=9999, 1..=12, 1..=31, 0..=23, 0..=59, 0..=59];
        let valid = parts.iter().zip(&limits).all(|(part, limit)| limit.contains(part));
        let count = match time {
            None => (1..=3).contains(&parts.len()) && day.split('-').count() == parts.len(),
            Some(_) => day.split('-').count() == 3 && (5..=6).contains(&parts.len()),
        };
        (valid && count).then(|| {
            if parts.len() == 5 {
                parts.push(0);
            }
            Date { parts }
        })
    }

    /// As PDF has it (7.9.4).
    pub(super) fn pdf(&self) -> String {
        let mut out = String::from("D:");
        for (n, part) in self.parts.iter().enumerate() {
            let _ = write!(out, "{part:0width$}", width = if n == 0 { 4 } else { 2 });
        }
        if self.parts.len() == 6 {
            out.push('Z');
        }
        out
    }

    /// As XMP has it.
    fn iso(&self) -> String {
        let mut out = String::new();
        for (n, part) in self.parts.iter().enumerate() {
            let separator = ["", "-", "-", "T", ":", ":"][n];
            let _ = write!(out, "{separator}{part:0width$}", width = if n == 0 { 4 } else { 2 });
        }
        if self.parts.len() == 6 {
            out.push('Z');
        }
        out
    }
}

/// The text without characters that XML 1.0 cannot hold, and without white space at its ends, so
/// that both forms of the metadata can say the same.
fn xml_text(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_ascii_whitespace() { ' ' } else { c })
        .filter(|&c| !matches!(c, '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}'))
        .collect();
    text.trim().to_owned()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_exact_as_their_source() {
        let both = |text: &str| Date::parse(text).map(|d| (d.pdf(), d.iso()));
        assert_eq!(both("2024"), Some(("D:2024".into(), "2024".into())));
        assert_eq!(both("2024-02-09"), Some(("D:20240209".into(), "2024-02-09".into())));
        assert_eq!(
            both("2024-02-09T08:30Z"),
            Some(("D:20240209083000Z".into(), "2024-02-09T08:30:00Z".into()))
        );
        for no in
            ["", "May 2024", "2024-13-01", "24-01-01", "2024-01-01T10:00", "2024-01T10:00Z", "2024-01-01-02"]
        {
            assert_eq!(both(no), None, "{no}");
        }
    }

    #[test]
    fn markup_in_a_title_stays_text() {
        let metadata = Metadata { title: "<b>&</b>".into(), ..Metadata::default() };
        let xmp = metadata.xmp(Standards::default());
        assert!(xmp.contains("&lt;b&gt;&amp;&lt;/b&gt;"), "{xmp}");
    }
}
