//! A line in, a line out.

use super::document;
use super::entry::Found;
use super::manifest::{Row, Status};
use super::output::{Made, line};
use super::run::STRAYS;
use super::source::ndjson::{Line, Lines, Record};
use super::{Error, Shard, hash};
use crate::diagnostic::{Remedy, advised};
use crate::job::{Failure, Settings, patience};
use std::io::{self, BufRead, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

/// As much as a main thread usually has.
const STACK: usize = 8 << 20;

/// Converts lines of JSON, as an engine hands them over.
pub struct Pipe {
    /// How each is converted.
    pub settings: Settings,
    /// Lines of other shards are passed over.
    pub shard: Shard,
}

type Answer = (Row, Vec<Made>);

/// A thread that converts, so that one that takes too long can be left behind.
struct Converting {
    records: SyncSender<(String, Record)>,
    answers: Receiver<Answer>,
    thread: JoinHandle<()>,
}

impl Pipe {
    /// Answers every line with exactly one, in order, and flushes each. What can't be converted is
    /// answered too.
    ///
    /// # Errors
    /// When the input can't be read or the output can't be written, and when too many documents can't
    /// be stopped, each of which keeps a core busy.
    pub fn run(&self, input: &mut dyn BufRead, out: &mut dyn Write) -> Result<(), Error> {
        let mut lines = Lines::new(input, self.settings.converter.limits().input_bytes);
        let wording = self.settings.wording;
        let (mut converting, mut strays) = (None, Vec::new());
        while let Some(read) = lines.next()? {
            let (row, made) = match read {
                Line::Long => failed(
                    "line".into(),
                    advised("it is longer than the limit", Some(Remedy::InputBytes), wording),
                ),
                Line::Whole(bytes) => {
                    // A line without an identifier is known by what is in it: its number would
                    // depend on who else is in the same task.
                    let unnamed = || format!("line-{}", hash::letters(&String::from_utf8_lossy(bytes)));
                    match Record::parse(bytes) {
                        Ok(record) => {
                            let id = record.id.clone().unwrap_or_else(unnamed);
                            if !self.shard.holds(&id) {
                                continue;
                            }
                            self.answer(id, record, &mut converting, &mut strays)?
                        }
                        Err(message) => failed(unnamed(), message),
                    }
                }
            };
            out.write_all(&line(&row, &made).map_err(io::Error::from)?)?;
            out.flush()?;
            strays.retain(|stray: &JoinHandle<()>| !stray.is_finished());
            if strays.len() >= STRAYS {
                return Err(Error::Unstoppable { count: STRAYS });
            }
        }
        Ok(())
    }

    fn answer(
        &self,
        id: String,
        record: Record,
        converting: &mut Option<Converting>,
        strays: &mut Vec<JoinHandle<()>>,
    ) -> io::Result<Answer> {
        let thread = match converting.take() {
            Some(thread) => thread,
            None => self.start()?,
        };
        let gone = "the thread that converts has ended";
        if thread.records.send((id.clone(), record)).is_err() {
            return Ok(failed(id, gone.into()));
        }
        let answer = match self.settings.time {
            Some(limit) => thread.answers.recv_timeout(patience(limit)),
            None => thread.answers.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        Ok(match answer {
            Ok(answer) => {
                *converting = Some(thread);
                answer
            }
            Err(RecvTimeoutError::Disconnected) => failed(id, gone.into()),
            Err(RecvTimeoutError::Timeout) => {
                strays.push(thread.thread);
                let limit = self.settings.time.unwrap_or_default();
                failed(id, Failure::Late { limit }.text(self.settings.wording))
            }
        })
    }

    fn start(&self) -> io::Result<Converting> {
        let (records, inbox) = sync_channel::<(String, Record)>(1);
        let (sender, answers) = sync_channel(1);
        let settings = self.settings.clone();
        let work = move || {
            for (id, record) in inbox {
                if sender.send(convert(id, record, &settings)).is_err() {
                    return;
                }
            }
        };
        let thread = thread::Builder::new().name("fanfold-worker".into()).stack_size(STACK).spawn(work)?;
        Ok(Converting { records, answers, thread })
    }
}

fn failed(id: String, message: String) -> Answer {
    let mut row = Row { id, ..Row::default() };
    row.fail(message);
    (row, Vec::new())
}

fn convert(id: String, record: Record, settings: &Settings) -> Answer {
    match record.found(id.clone(), &id, settings.converter.limits().input_bytes) {
        Found::Document(entry) => {
            let (mut row, loaded) = document::load(entry, settings, "");
            row.source = loaded.as_ref().map(|loaded| loaded.source());
            let made = loaded.map(|loaded| loaded.convert(&mut row, settings)).unwrap_or_default();
            // There is no folder to resume into.
            row.options = None;
            (row, made)
        }
        Found::Fault { id, message, remedy } => failed(id, advised(message, remedy, settings.wording)),
        Found::Redirect { id, .. } | Found::Skipped { id, .. } => {
            (Row { id, status: Status::Skipped, ..Row::default() }, Vec::new())
        }
    }
}
