//! The file itself: numbers objects, packs them into object streams and writes them as they come,
//! then the cross-reference stream (PDF 32000-1, 7.5.7 and 7.5.8).
//!
//! lopdf keeps a whole document in memory before it writes and compresses through `flate2`, whose
//! output depends on the other crates of the build and on the processor; here what is written is gone, so that a long book takes no more memory than its open object stream
//! and eight bytes an object.

use super::standard::Version;
use crate::format::Error;
use crate::write::deflate::Deflate;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object, ObjectId, StringFormat};
use md5::{Digest, Md5};
use std::io::Write;

/// An object stream is closed at this many bytes before compression: large enough to compress
/// well, small enough to be read quickly for one object.
const OBJECT_STREAM_BYTES: usize = 48 * 1024;

/// A PDF file being written.
pub(super) struct File<'a> {
    out: &'a mut dyn Write,
    written: u64,
    /// Of everything written, for the identifier.
    digest: Md5,
    /// By object number, from 0, which is free.
    places: Vec<Packed>,
    open: ObjectStream,
    deflate: Deflate,
}

/// Where an object is.
#[derive(Clone, Copy)]
enum Place {
    /// Reserved, not written.
    Nowhere,
    Offset(u64),
    InStream {
        stream: u32,
        index: u16,
    },
}

/// The object stream being filled.
#[derive(Default)]
struct ObjectStream {
    number: u32,
    count: u16,
    /// Numbers and offsets, as text.
    index: String,
    content: Vec<u8>,
}

impl<'a> File<'a> {
    /// Starts a file.
    pub(super) fn new(out: &'a mut dyn Write, version: Version) -> Result<Self, Error> {
        let mut file = File {
            out,
            written: 0,
            digest: Md5::new(),
            places: vec![Place::Nowhere.packed()],
            open: ObjectStream::default(),
            deflate: Deflate::zlib(),
        };
        file.put(match version {
            Version::V1_7 => b"%PDF-1.7\n",
            Version::V2_0 => b"%PDF-2.0\n",
        })?;
        // Four bytes above 127 tell transfer programs that the file is binary (7.5.2); PDF/A wants them.
        file.put(b"%\xE2\xE3\xCF\xD3\n")?;
        Ok(file)
    }

    /// Takes an object number to be written later.
    pub(super) fn reserve(&mut self) -> ObjectId {
        self.places.push(Place::Nowhere.packed());
        (self.places.len() as u32 - 1, 0)
    }

    /// Takes `count` object numbers in a row and gives the first.
    pub(super) fn reserve_many(&mut self, count: usize) -> u32 {
        let first = self.places.len() as u32;
        self.places.resize(self.places.len() + count, Place::Nowhere.packed());
        first
    }

    /// Writes an object under a reserved number.
    pub(super) fn object(&mut self, id: ObjectId, object: impl Into<Object>) -> Result<(), Error> {
        if self.open.count == 0 {
            self.open.number = self.reserve().0;
        }
        self.open.index.push_str(&format!("{} {} ", id.0, self.open.content.len()));
        self.open.content.extend_from_slice(&encode(object.into())?);
        let place = Place::InStream { stream: self.open.number, index: self.open.count };
        self.places[id.0 as usize] = place.packed();
        self.open.count += 1;
        if self.open.content.len() >= OBJECT_STREAM_BYTES || self.open.count == u16::MAX {
            self.close_object_stream()?;
        }
        Ok(())
    }

    /// Writes an object under the next number.
    pub(super) fn add(&mut self, object: impl Into<Object>) -> Result<ObjectId, Error> {
        let id = self.reserve();
        self.object(id, object)?;
        Ok(id)
    }

    /// Writes a stream, compressed where that makes it smaller.
    pub(super) fn stream(&mut self, id: ObjectId, mut dict: Dictionary, data: &[u8]) -> Result<(), Error> {
        let packed = self.deflate.compress(data);
        if packed.len() < data.len() {
            dict.set("Filter", "FlateDecode");
            self.raw_stream(id, dict, &packed)
        } else {
            self.raw_stream(id, dict, data)
        }
    }

    /// Writes a stream compressed, whether or not that makes it smaller.
    pub(super) fn deflated_stream(
        &mut self,
        id: ObjectId,
        mut dict: Dictionary,
        data: &[u8],
    ) -> Result<(), Error> {
        dict.set("Filter", "FlateDecode");
        let packed = self.deflate.compress(data);
        self.raw_stream(id, dict, &packed)
    }

    /// Writes a stream whose bytes are as they shall be in the file.
    pub(super) fn raw_stream(
        &mut self,
        id: ObjectId,
        mut dict: Dictionary,
        data: &[u8],
    ) -> Result<(), Error> {
        dict.set("Length", data.len() as i64);
        self.places[id.0 as usize] = Place::Offset(self.written).packed();
        let head = format!("{} 0 obj\n", id.0);
        self.put(head.as_bytes())?;
        self.put(&encode(dict.into())?)?;
        self.put(b"\nstream\n")?;
        self.put(data)?;
        // Both bytes: after data that ends in CR, a line feed alone would be read as one with it.
        self.put(b"\r\nendstream\nendobj\n")
    }

    /// Ends the file. The identifier is made of all that was written.
    pub(super) fn finish(mut self, root: ObjectId, info: Option<ObjectId>) -> Result<(), Error> {
        self.close_object_stream()?;
        let id = self.reserve();
        let start = self.written;
        self.places[id.0 as usize] = Place::Offset(start).packed();
        let digest = std::mem::take(&mut self.digest).finalize().to_vec();
        let digest = Object::String(digest, StringFormat::Hexadecimal);

        let offset_bytes = (1..8).find(|n| start < 1 << (8 * n)).unwrap_or(8);
        let width = 1 + offset_bytes + 2;
        let rows: Vec<u8> =
            self.places.iter().enumerate().flat_map(|(n, p)| p.unpacked().row(n, offset_bytes)).collect();
        let mut dict = Dictionary::new();
        dict.set("Type", "XRef");
        dict.set("Size", self.places.len() as i64);
        dict.set("W", vec![1.into(), (offset_bytes as i64).into(), 2.into()]);
        dict.set("Root", root);
        if let Some(info) = info {
            dict.set("Info", info);
        }
        dict.set("ID", vec![digest.clone(), digest]);
        let mut parms = Dictionary::new();
        parms.set("Predictor", 12);
        parms.set("Columns", width as i64);
        dict.set("DecodeParms", parms);
        self.deflated_stream(id, dict, &predict_up(&rows, width))?;
        let tail = format!("startxref\n{start}\n%%EOF\n");
        self.put(tail.as_bytes())
    }

    fn close_object_stream(&mut self) -> Result<(), Error> {
        if self.open.count == 0 {
            return Ok(());
        }
        let open = std::mem::take(&mut self.open);
        let mut dict = Dictionary::new();
        dict.set("Type", "ObjStm");
        dict.set("N", i64::from(open.count));
        dict.set("First", open.index.len() as i64);
        let mut content = open.index.into_bytes();
        content.extend_from_slice(&open.content);
        self.stream((open.number, 0), dict, &content)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.digest.update(bytes);
        self.written += bytes.len() as u64;
        Ok(self.out.write_all(bytes)?)
    }
}

/// A [`Place`] in eight bytes, for there is one for every object: how it is there in the lowest two bits.
#[derive(Clone, Copy)]
struct Packed(u64);

impl Packed {
    fn unpacked(self) -> Place {
        let Packed(bits) = self;
        match bits & 3 {
            0 => Place::Nowhere,
            1 => Place::Offset(bits >> 2),
            _ => Place::InStream { stream: (bits >> 18) as u32, index: (bits >> 2) as u16 },
        }
    }
}

impl Place {
    fn packed(self) -> Packed {
        Packed(match self {
            Place::Nowhere => 0,
            Place::Offset(offset) => offset << 2 | 1,
            Place::InStream { stream, index } => u64::from(stream) << 18 | u64::from(index) << 2 | 2,
        })
    }

    /// The row of the cross-reference stream (table 18). An object reserved but never written is
    /// free, and so reads as null.
    fn row(self, number: usize, offset_bytes: usize) -> Vec<u8> {
        let (kind, second, third) = match self {
            Place::Nowhere => (0, 0, if number == 0 { u16::MAX } else { 0 }),
            Place::Offset(offset) => (1, offset, 0),
            Place::InStream { stream, index } => (2, u64::from(stream), index),
        };
        let mut row = vec![kind];
        row.extend_from_slice(&second.to_be_bytes()[8 - offset_bytes..]);
        row.extend_from_slice(&third.to_be_bytes());
        row
    }
}

/// PNG's filter "up" on rows of `width` bytes: neighbouring rows differ little.
fn predict_up(rows: &[u8], width: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(rows.len() + rows.len() / width);
    let mut above = vec![0; width];
    for row in rows.chunks_exact(width) {
        out.push(2);
        out.extend(row.iter().zip(&above).map(|(b, a)| b.wrapping_sub(*a)));
        above.copy_from_slice(row);
    }
    out
}

/// An object in the syntax of a file. The operands of a content stream have the same, and that is
/// the way to lopdf's serialiser.
fn encode(object: Object) -> Result<Vec<u8>, Error> {
    let content = Content { operations: [Operation { operator: String::new(), operands: vec![object] }] };
    content.encode().map_err(|e| Error::Writer { format: "pdf", message: e.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lopdf_reads_what_is_written() {
        let mut out = Vec::new();
        let mut file = File::new(&mut out, Version::V1_7).unwrap();
        let pages = file.reserve();
        let mut dict = Dictionary::new();
        dict.set("Type", "Pages");
        dict.set("Kids", Vec::<Object>::new());
        dict.set("Count", 0);
        file.object(pages, dict).unwrap();
        let mut catalog = Dictionary::new();
        catalog.set("Type", "Catalog");
        catalog.set("Pages", pages);
        let root = file.add(catalog).unwrap();
        let info = file.add(Dictionary::new()).unwrap();
        let stream = file.reserve();
        file.stream(stream, Dictionary::new(), &[b'a'; 1000]).unwrap();
        file.finish(root, Some(info)).unwrap();

        let read = lopdf::Document::load_mem(&out).unwrap();
        assert_eq!(read.version, "1.7");
        assert!(read.catalog().unwrap().has(b"Pages"));
        let stream = read.get_object(stream).unwrap().as_stream().unwrap();
        assert_eq!(stream.decompressed_content().unwrap(), [b'a'; 1000]);
    }

    #[test]
    fn data_that_ends_in_a_carriage_return_keeps_it() {
        let mut out = Vec::new();
        let mut file = File::new(&mut out, Version::V1_7).unwrap();
        let id = file.reserve();
        file.raw_stream(id, Dictionary::new(), b"data\r").unwrap();
        assert!(out.ends_with(b"data\r\r\nendstream\nendobj\n"));
    }

    #[test]
    fn many_objects_fill_several_object_streams() {
        let mut out = Vec::new();
        let mut file = File::new(&mut out, Version::V1_7).unwrap();
        let ids: Vec<_> = (0..20_000).map(|n| file.add(Object::Integer(n)).unwrap()).collect();
        let root = file.add(Dictionary::new()).unwrap();
        file.finish(root, None).unwrap();
        let read = lopdf::Document::load_mem(&out).unwrap();
        for (n, id) in ids.into_iter().enumerate() {
            assert_eq!(read.get_object(id).unwrap().as_i64().unwrap(), n as i64);
        }
    }
}
