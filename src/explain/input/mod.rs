//! Bytes become text that moves past.

pub mod blocks;
pub mod compression;
pub mod window;
