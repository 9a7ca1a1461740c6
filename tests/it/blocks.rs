//! Blocks and images that are broken, odd or huge: a finished PDF, and a word about each.
#![cfg(feature = "pdf")]

use fanfold::Converter;
use fanfold::asset::{LoadError, Loader};
use fanfold::format::{Limits, ReadContext, WriteContext};

/// Images by what their names say.
struct Images;

impl Loader for Images {
    fn load(&self, source: &str, _: usize) -> Result<Vec<u8>, LoadError> {
        match source {
            "whole.png" => Ok(png(4, 3, &[0; 3 * 13])),
            "torn.png" => Ok(png(4, 3, &[0; 3 * 13])[..50].to_vec()),
            // A thousand million pixels, of which a kilobyte is there.
            "bomb.png" => Ok(png(50_000, 20_000, &[0; 900])),
            "empty.png" => Ok(png(0, 0, &[])),
            "strange.tiff" => Ok(b"II*\0".to_vec()),
            "torn.svg" => Ok(b"<svg xmlns='http://www.w3.org/2000/svg'><g>".to_vec()),
            "blurred.svg" => Ok(BLURRED.as_bytes().to_vec()),
            _ => Err("there is no such file".into()),
        }
    }
}

const BLURRED: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><filter id="f">
    <feGaussianBlur stdDeviation="1"/></filter><rect width="9" height="9" filter="url(#f)"/></svg>"##;

/// A PNG of these dimensions around compressed rows; the rows need not fit.
fn png(width: u32, height: u32, rows: &[u8]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8; 4], data: &[u8]| {
        out.extend((data.len() as u32).to_be_bytes());
        let from = out.len();
        out.extend(kind);
        out.extend(data);
        out.extend(crc32(&out[from..]).to_be_bytes());
    };
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([8, 2, 0, 0, 0]);
    chunk(b"IHDR", &header);
    chunk(b"IDAT", &miniz_oxide::deflate::compress_to_vec_zlib(rows, 6));
    chunk(b"IEND", &[]);
    out
}

fn crc32(data: &[u8]) -> u32 {
    !data.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { c >> 1 ^ 0xEDB8_8320 } else { c >> 1 })
    })
}

/// The PDF of a Markdown text, and the names of the diagnostics that it earns beside the usual
/// ones about its title and language.
fn pdf(markdown: &str) -> (lopdf::Document, Vec<String>) {
    let (limits, mut said) = (Limits::default(), Vec::new());
    let mut cx = ReadContext::new("input.md", &limits, &mut said).with_loader(&Images);
    let converter = Converter::default();
    let source = format!("---\ntitle: Title\nlang: en\n---\n\n{markdown}");
    let document = converter.read(source.as_bytes(), Some("markdown"), &mut cx).expect("Markdown");
    let mut bytes = Vec::new();
    let mut cx = WriteContext::new("input.md", &limits, &mut said);
    converter.write(&document, "pdf", &mut bytes, &mut cx).expect("a PDF");
    let names = said.iter().map(|d| format!("{}: {}", d.code.name, d.message)).collect();
    (lopdf::Document::load_mem(&bytes).expect("a PDF that can be read"), names)
}

/// Images in a file: XObjects of a kind.
fn count(pdf: &lopdf::Document, subtype: &str) -> usize {
    let streams = pdf.objects.values().filter_map(|object| object.as_stream().ok());
    streams
        .filter(|s| s.dict.get(b"Subtype").and_then(|n| n.as_name()).ok() == Some(subtype.as_bytes()))
        .count()
}

#[test]
fn an_image_that_cannot_be_shown_is_said_once_and_its_words_stand_there() {
    for (name, why) in [
        ("torn.png", "image 'torn.png': "),
        ("bomb.png", "it has more than 100000000 pixels"),
        ("empty.png", "image 'empty.png': "),
        ("strange.tiff", "it is no PNG"),
        ("torn.svg", "image 'torn.svg': "),
        ("gone.png", "there is no such file"),
    ] {
        let (pdf, said) = pdf(&format!("![the words]({name})\n\nAnd ![inline]({name}) too.\n"));
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].starts_with("image-unavailable: ") && said[0].contains(why), "{said:?}");
        assert_eq!(count(&pdf, "Image") + count(&pdf, "Form"), 0, "{name}");
        let text = pdf.extract_text(&[1]).unwrap_or_default();
        assert!(text.contains("words"), "{name}: {text}");
    }
}

#[test]
fn an_image_is_in_the_file_once_however_often_it_is_shown() {
    let (pdf, said) = pdf("![a](whole.png)\n\n![b](whole.png) and ![c](whole.png)\n");
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(count(&pdf, "Image"), 1);
}

#[test]
fn a_drawing_is_a_form_and_what_it_lacks_is_said() {
    let (pdf, said) = pdf("![a blurred square](blurred.svg)\n");
    assert_eq!(said, ["image-simplified: image 'blurred.svg' is drawn without filter effects"]);
    assert_eq!((count(&pdf, "Form"), count(&pdf, "Image")), (1, 0));
}

#[test]
fn nesting_ten_thousand_deep_is_set_flat() {
    for (open, code) in
        [("> ", "nesting-flattened"), ("- ", "nesting-flattened"), ("1. ", "nesting-flattened")]
    {
        let (pdf, said) = pdf(&format!("{}deep\n", open.repeat(10_000)));
        assert!(said.iter().any(|s| s.starts_with(code)), "{open}: {said:?}");
        assert!(!pdf.get_pages().is_empty());
    }
}

#[test]
fn a_table_of_many_rows_or_columns_is_set_whole() {
    let rows = "| a | b | c |\n".repeat(10_000);
    let (long, said) = pdf(&format!("| x | y | z |\n|---|---|---|\n{rows}"));
    assert!(said.is_empty(), "{said:?}");
    assert!(long.get_pages().len() > 150);
    let row = |cell: &str| format!("{}|\n", format!("| {cell} ").repeat(500));
    let (wide, said) = pdf(&format!("{}{}{}", row("head"), row("---"), row("cell").repeat(4)));
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("table-split"), "{said:?}");
    assert!(wide.get_pages().len() > 1);
}
