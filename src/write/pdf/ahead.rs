//! Sets pages on a thread of its own, ahead of where they are written.
//!
//! Setting a page and writing it are about as long. The pages come in the same order as from one thread, and what
//! is said of them when the last is set: the bytes and the diagnostics are the same.

use super::pages::Pages;
use crate::diagnostic::Diagnostic;
use crate::font::FontLibrary;
use crate::format::{Error, WriteContext};
use crate::layout::page::Page;
use crate::layout::structure::Index;
use crate::layout::{ImageSizes, PageSink, PageStyle, typeset};
use crate::model::Document;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, channel, sync_channel};
use std::thread::{Builder, scope};
use std::time::Duration;

/// As much as a main thread usually has.
const STACK: usize = 8 << 20;
/// Pages that are set and not yet written, at most.
const PAGES: usize = 16;
/// A document of fewer blocks is set before a thread has started.
const BLOCKS: usize = 100;
/// So long a page may take before it is asked again whether to go on.
const PATIENCE: Duration = Duration::from_millis(50);

/// Whether a document is long enough to be set on a thread of its own.
pub(super) fn is_worth_it(document: &Document) -> bool {
    document.articles.iter().map(|article| article.blocks.len()).sum::<usize>() >= BLOCKS
}

/// Does as [`typeset`](crate::layout::typeset()), which it leaves to another thread where there can be one.
///
/// # Errors
/// Those of `typeset`.
pub(super) fn typeset_ahead(
    document: &Document,
    images: &ImageSizes,
    fonts: &FontLibrary,
    style: &PageStyle,
    cx: &mut WriteContext<'_>,
    pages: &mut Pages<'_>,
) -> Result<Index, Error> {
    let ended = AtomicBool::new(false);
    let (sender, set) = sync_channel(PAGES);
    let (give_back, written) = channel();
    let (limits, name) = (cx.limits(), cx.source_name());
    let setter = || {
        let mut said: Vec<Diagnostic> = Vec::new();
        let stop = || ended.load(Ordering::Relaxed).then(String::new);
        let mut cx = WriteContext::new(name, limits, &mut said).with_stop(&stop);
        let index = typeset(document, images, fonts, style, &mut cx, &mut Sender { sender, written });
        (index, said)
    };
    scope(|scope| {
        let Ok(setter) = Builder::new().stack_size(STACK).spawn_scoped(scope, setter) else {
            return typeset(document, images, fonts, style, cx, pages);
        };
        let mut done = Ok(());
        loop {
            let page = set.recv_timeout(PATIENCE);
            if matches!(page, Err(RecvTimeoutError::Disconnected)) {
                break;
            }
            // After an error pages are still taken, so that the thread comes to where it is told.
            if done.is_ok() {
                done = cx.go_on().and_then(|()| match page {
                    Ok((number, page)) => {
                        pages.write(number, &page)?;
                        // Nobody takes the last ones.
                        let _ = give_back.send(page);
                        Ok(())
                    }
                    Err(_) => Ok(()),
                });
                ended.store(done.is_err(), Ordering::Relaxed);
            }
        }
        let (index, said) = setter.join().unwrap_or_else(|panic| resume_unwind(panic));
        said.into_iter().for_each(|said| cx.report(said));
        done.and(index)
    })
}

/// Hands pages to who writes them, and ends those that are written: memory is given back where it was taken,
/// for then the threads need not wait for each other.
struct Sender {
    sender: SyncSender<(usize, Page)>,
    written: Receiver<Page>,
}

impl PageSink for Sender {
    fn page(&mut self, number: usize, page: Page) -> Result<(), Error> {
        self.written.try_iter().for_each(drop);
        // Who writes them takes them until the last.
        let _ = self.sender.send((number, page));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Converter;
    use crate::format::Writer;
    use crate::write::Pdf;
    use std::cell::Cell;
    use std::io;

    fn document() -> Document {
        let paragraphs =
            (0..BLOCKS * 2).map(|n| format!("Paragraph {n} \u{E000}{}\n\n", " of words".repeat(n)));
        let source = format!("= Title =\n\n{}", paragraphs.collect::<String>());
        let (converter, mut ignored) = (Converter::default(), Vec::new());
        converter.read(source.as_bytes(), None, &mut converter.read_context("a.txt", &mut ignored)).unwrap()
    }

    #[test]
    fn two_threads_write_the_same_and_say_the_same() {
        let (document, converter) = (document(), Converter::default());
        assert!(is_worth_it(&document));
        let [one, two] = [1, 2].map(|threads| {
            let (mut out, mut said) = (Vec::new(), Vec::new());
            let mut cx = converter.write_context("a.txt", &mut said).with_threads(threads);
            Pdf::default().write(&document, &mut out, &mut cx).unwrap();
            (out, said)
        });
        assert!(!one.1.is_empty());
        assert!(one == two);
    }

    #[test]
    fn who_stops_it_is_heard() {
        let asked = Cell::new(0);
        let stop = || {
            asked.set(asked.get() + 1);
            (asked.get() > 5).then(|| "enough".to_owned())
        };
        let (document, converter, mut said) = (document(), Converter::default(), Vec::new());
        let mut cx = converter.write_context("a.txt", &mut said).with_threads(2).with_stop(&stop);
        let error = Pdf::default().write(&document, &mut Vec::new(), &mut cx).unwrap_err();
        assert!(matches!(error, Error::Stopped { reason } if reason == "enough"));
    }

    #[test]
    fn what_cannot_be_written_ends_it() {
        let (document, converter, mut said) = (document(), Converter::default(), Vec::new());
        let mut cx = converter.write_context("a.txt", &mut said).with_threads(2);
        let mut full = io::Cursor::new([0; 5000]);
        let error = Pdf::default().write(&document, &mut full, &mut cx).unwrap_err();
        assert!(matches!(error, Error::Io(_)));
    }
}
