//! Multistream dumps: many small bzip2 streams after each other, and an index that tells where
//! each begins, so that several are unpacked at once.

use crate::batch::reason;
use bzip2::bufread::MultiBzDecoder;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

/// Most bytes that one stream unpacks to. Wikimedia's hold a hundred pages each.
const STREAM: u64 = 1 << 28;

/// A stream that can't be unpacked; what comes after it can be.
#[derive(Debug, thiserror::Error)]
#[error("the stream at byte {start} is damaged: {message}")]
pub(super) struct Damaged {
    start: u64,
    message: String,
}

/// The index beside a dump, if there is one: `…-index.txt.bz2` or `…-index.txt`.
pub(super) fn index(dump: &Path) -> Option<PathBuf> {
    let name = dump.file_name()?.to_str()?;
    let stem = name.strip_suffix(".xml.bz2")?;
    ["-index.txt.bz2", "-index.txt"]
        .iter()
        .map(|e| dump.with_file_name(format!("{stem}{e}")))
        .find(|p| p.is_file())
}

/// What a dump holds, unpacked by `threads` threads.
///
/// # Errors
/// When the index can't be read, or is not that of the dump.
pub(super) fn open(dump: &Path, index: &Path, threads: usize) -> Result<Streams, String> {
    let length = dump.metadata().map_err(|e| reason(&e))?.len();
    let mut starts = vec![0];
    let file = BufReader::new(File::open(index).map_err(|e| reason(&e))?);
    let lines: Box<dyn BufRead> = match index.extension().is_some_and(|e| e == "bz2") {
        true => Box::new(BufReader::new(MultiBzDecoder::new(file))),
        false => Box::new(file),
    };
    for line in lines.split(b'\n') {
        let line = line.map_err(|e| format!("the index can't be read: {}", reason(&e)))?;
        let offset = line.split(|&b| b == b':').next().unwrap_or_default();
        let offset = std::str::from_utf8(offset).ok().and_then(|o| o.parse::<u64>().ok());
        match (offset, starts.last()) {
            (Some(offset), Some(&last)) if offset > last && offset < length => starts.push(offset),
            (Some(offset), Some(&last)) if offset == last => {}
            (None, _) if line.is_empty() => {}
            _ => return Err("the index is not that of the dump: its offsets do not fit".into()),
        }
    }
    let ends = starts[1..].iter().copied().chain([length]);
    let ranges = starts.iter().zip(ends).map(|(&start, end)| start..end).collect();
    Ok(Streams {
        dump: dump.to_owned(),
        ranges,
        ahead: VecDeque::new(),
        window: threads.max(1) + 1,
        current: io::Cursor::new(Vec::new()),
        fault: None,
    })
}

type Unpacked = (Vec<u8>, Option<Damaged>);

/// The streams of a dump in their order, unpacked ahead.
pub(super) struct Streams {
    dump: PathBuf,
    ranges: VecDeque<Range<u64>>,
    ahead: VecDeque<Receiver<Unpacked>>,
    /// How many streams are unpacked ahead at most.
    window: usize,
    current: io::Cursor<Vec<u8>>,
    /// What was wrong with the current stream; told when its whole part is read.
    fault: Option<Damaged>,
}

impl Streams {
    fn start(&mut self) {
        while self.ahead.len() < self.window
            && let Some(range) = self.ranges.pop_front()
        {
            let (sender, receiver) = sync_channel(1);
            let dump = self.dump.clone();
            // A reader that has gone away needs nothing more.
            thread::spawn(move || drop(sender.send(unpack(&dump, range))));
            self.ahead.push_back(receiver);
        }
    }
}

impl Read for Streams {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.current.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            if let Some(fault) = self.fault.take() {
                return Err(io::Error::other(fault));
            }
            self.start();
            let Some(next) = self.ahead.pop_front() else { return Ok(0) };
            let gone = |_| io::Error::other("a thread that unpacks the dump has ended");
            let (bytes, fault) = next.recv().map_err(gone)?;
            self.current = io::Cursor::new(bytes);
            self.fault = fault;
        }
    }
}

fn unpack(dump: &Path, range: Range<u64>) -> Unpacked {
    let start = range.start;
    let mut bytes = Vec::new();
    let damaged = |message: String| Some(Damaged { start, message });
    let packed = File::open(dump).and_then(|mut file| {
        file.seek(SeekFrom::Start(start))?;
        Ok(BufReader::new(file.take(range.end - start)))
    });
    let result = packed.and_then(|packed| MultiBzDecoder::new(packed).take(STREAM).read_to_end(&mut bytes));
    let fault = match result {
        Err(error) => damaged(reason(&error)),
        Ok(_) if bytes.len() as u64 == STREAM => damaged(format!("it unpacks to more than {STREAM} bytes")),
        Ok(_) => None,
    };
    (bytes, fault)
}
