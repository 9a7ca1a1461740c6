//! Passes over a document between reading and writing, one a file.
