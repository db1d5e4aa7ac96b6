//! Turns the bytes of an input into text: `file_formats` unpacks gzip and names formats that are
//! not text, `blocks` reads the bytes, ahead if there are many, and `window` keeps as much of the
//! text as a code or a message needs around it.

pub(super) mod blocks;
pub(super) mod file_formats;
pub(super) mod window;
