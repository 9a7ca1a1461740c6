//! Writers: one format each, from a document to bytes. They know no reader.
