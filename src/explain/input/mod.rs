//! Bytes become text that moves past.

pub mod blocks;
pub mod file_formats;
pub mod window;
