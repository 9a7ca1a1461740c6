//! Passages as record batches, through the C interface of Arrow: whoever reads that takes them without
//! a copy and without a library in between.

use crate::batch::{Batch, Told};
use crate::work::lock;
use arrow_array::builder::{Int64Builder, ListBuilder, StringBuilder};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{ArrayRef, RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

/// What a column holds.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Texts,
    Number,
}

/// The columns: the fields of a passage, in their order, after the input's identifier and why it failed.
const COLUMNS: &[(&str, Kind)] = &[
    ("id", Kind::Text),
    ("document_id", Kind::Text),
    ("text", Kind::Text),
    ("types", Kind::Texts),
    ("headings", Kind::Texts),
    ("title", Kind::Text),
    ("url", Kind::Text),
    ("revision", Kind::Text),
    ("language", Kind::Text),
    ("license", Kind::Text),
    ("attribution", Kind::Text),
    ("page_start", Kind::Number),
    ("page_end", Kind::Number),
    ("byte_start", Kind::Number),
    ("byte_end", Kind::Number),
    ("char_start", Kind::Number),
    ("char_end", Kind::Number),
    ("repeated_bytes", Kind::Number),
    ("repeated_chars", Kind::Number),
    ("source", Kind::Text),
    ("source_byte_start", Kind::Number),
    ("source_byte_end", Kind::Number),
    ("source_char_start", Kind::Number),
    ("source_char_end", Kind::Number),
    ("previous_id", Kind::Text),
    ("next_id", Kind::Text),
];

/// A stream of record batches, to be taken once.
#[pyclass(frozen, module = "fanfold._fanfold")]
pub struct Chunks {
    reader: Mutex<Option<Reader>>,
    schema: SchemaRef,
}

struct Reader {
    batch: Batch,
    schema: SchemaRef,
    rows: usize,
    /// Lines that are not in a batch yet, with their input; or why that failed.
    lines: VecDeque<(Arc<str>, Result<String, String>)>,
}

fn schema() -> SchemaRef {
    let text = |name| Field::new(name, DataType::Utf8, true);
    let mut fields = vec![Field::new("input", DataType::Utf8, false), text("error")];
    fields.extend(COLUMNS.iter().map(|(name, kind)| match kind {
        Kind::Text => text(*name),
        Kind::Number => Field::new(*name, DataType::Int64, true),
        Kind::Texts => {
            Field::new(*name, DataType::List(Arc::new(Field::new("item", DataType::Utf8, true))), true)
        }
    }));
    Arc::new(Schema::new(fields))
}

impl Chunks {
    pub fn new(batch: Batch, rows: usize) -> Self {
        let schema = schema();
        let reader = Reader { batch, schema: schema.clone(), rows: rows.max(1), lines: VecDeque::new() };
        Chunks { reader: Mutex::new(Some(reader)), schema }
    }
}

#[pymethods]
impl Chunks {
    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<&str> {
        self.schema.fields().iter().map(|field| field.name().as_str()).collect()
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // One that wants other types may cast; that is what the interface says.
        let _ = requested_schema;
        let reader = lock(&self.reader).take();
        let reader = reader.ok_or_else(|| PyValueError::new_err("the stream has been taken already"))?;
        let stream = FFI_ArrowArrayStream::new(Box::new(reader));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }
}

impl RecordBatchReader for Reader {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

impl Iterator for Reader {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.lines.len() < self.rows {
            // Whoever reads may hold the interpreter's lock, and a function of Python's that counts tokens want it.
            match Python::attach(|py| py.detach(|| self.batch.wait())) {
                None => break,
                Some(Told::Fatal(message)) => return Some(Err(ArrowError::ExternalError(message.into()))),
                Some(Told::Redirect | Told::Skipped) => {}
                Some(Told::Item(item)) => match item.into_output() {
                    Err((id, error)) => self.lines.push_back((id.into(), Err(error))),
                    Ok((id, bytes)) => {
                        let id: Arc<str> = id.into();
                        let text = String::from_utf8_lossy(&bytes);
                        self.lines.extend(text.lines().map(|line| (id.clone(), Ok(line.to_owned()))));
                    }
                },
            }
        }
        let lines: Vec<_> = self.lines.drain(..self.rows.min(self.lines.len())).collect();
        (!lines.is_empty()).then(|| records(&lines, &self.schema))
    }
}

/// A column that is being filled.
enum Column {
    Text(StringBuilder),
    Texts(ListBuilder<StringBuilder>),
    Number(Int64Builder),
}

impl Column {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Text => Column::Text(StringBuilder::new()),
            Kind::Number => Column::Number(Int64Builder::new()),
            Kind::Texts => Column::Texts(ListBuilder::new(StringBuilder::new())),
        }
    }

    /// Adds a value; null where there is none, or one of another kind.
    fn add(&mut self, value: Option<&RawValue>) {
        let json = value.map(RawValue::get);
        match self {
            Column::Text(out) => {
                out.append_option(json.and_then(|json| serde_json::from_str::<String>(json).ok()))
            }
            Column::Texts(out) => {
                let texts = json.and_then(|json| serde_json::from_str::<Vec<String>>(json).ok());
                texts.iter().flatten().for_each(|text| out.values().append_value(text));
                out.append(texts.is_some());
            }
            Column::Number(out) => out.append_option(json.and_then(|json| json.parse().ok())),
        }
    }

    fn finish(self) -> ArrayRef {
        match self {
            Column::Text(mut out) => Arc::new(out.finish()),
            Column::Number(mut out) => Arc::new(out.finish()),
            Column::Texts(mut out) => Arc::new(out.finish()),
        }
    }
}

fn records(
    lines: &[(Arc<str>, Result<String, String>)],
    schema: &SchemaRef,
) -> Result<RecordBatch, ArrowError> {
    let (mut inputs, mut errors) = (StringBuilder::new(), StringBuilder::new());
    let mut columns: Vec<_> = COLUMNS.iter().map(|(_, kind)| Column::of(*kind)).collect();
    for (input, line) in lines {
        inputs.append_value(input);
        errors.append_option(line.as_ref().err());
        let fields: BTreeMap<&str, &RawValue> = match line {
            Ok(line) => {
                serde_json::from_str(line).map_err(|error| ArrowError::JsonError(error.to_string()))?
            }
            Err(_) => BTreeMap::new(),
        };
        for ((name, _), column) in COLUMNS.iter().zip(&mut columns) {
            column.add(fields.get(name).copied());
        }
    }
    let mut arrays: Vec<ArrayRef> = vec![Arc::new(inputs.finish()), Arc::new(errors.finish())];
    arrays.extend(columns.into_iter().map(Column::finish));
    RecordBatch::try_new(schema.clone(), arrays)
}
