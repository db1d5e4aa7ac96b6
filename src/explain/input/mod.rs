//! Bytes become text that moves past: `file_formats` unpacks gzip and names what is no text,
//! `blocks` reads the bytes, ahead where they are many, and `window` keeps as much of their text as
//! a code or a message needs around it.

pub(super) mod blocks;
pub(super) mod file_formats;
pub(super) mod window;
