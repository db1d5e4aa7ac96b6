//! Bytes become text that moves past.

pub mod compression;
pub mod window;
