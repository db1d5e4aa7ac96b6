//! What other records of a log say of the code's request.

mod exchange_above;
mod exchanges;
mod steps;
mod threads;
