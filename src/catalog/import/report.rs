//! What is to be told of a page.

use crate::catalog::Problem;

/// What is to be told of a page, with the lines.
#[derive(Debug, Default)]
pub struct Report {
    problems: Vec<Problem>,
    remarks: Vec<Problem>,
}

impl Report {
    /// Something could not be read, or not with certainty.
    pub fn problem(&mut self, line: usize, message: impl Into<String>) {
        self.problems.push(at(line, message.into()));
    }

    /// Something was filled in, or left out for a reason.
    pub fn remark(&mut self, line: usize, message: impl Into<String>) {
        self.remarks.push(at(line, message.into()));
    }

    /// A remark that is made for the first table that it is true of.
    pub fn remark_once(&mut self, line: usize, message: String) {
        if !self.remarks.iter().any(|remark| remark.message == message) {
            self.remark(line, message);
        }
    }

    /// Takes over what another report has.
    pub fn append(&mut self, other: &mut Self) {
        self.problems.append(&mut other.problems);
        self.remarks.append(&mut other.remarks);
    }

    /// The problems and the remarks, each in the order of the page.
    pub fn in_order(mut self) -> (Vec<Problem>, Vec<Problem>) {
        for told in [&mut self.problems, &mut self.remarks] {
            told.sort_by_key(|problem| problem.line);
        }
        (self.problems, self.remarks)
    }
}

fn at(line: usize, message: String) -> Problem {
    Problem {
        line,
        column: 1,
        message,
    }
}
