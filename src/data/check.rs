//! How to look into an error: calls that show the state it is about, and its causes.

use serde::{Deserialize, Serialize};

use super::Text;

/// A read-only API call that shows the state an error is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    pub(crate) operation: Text,
    pub(crate) method: Text,
    pub(crate) path: Text,
    pub(crate) command: Text,
}

impl Check {
    /// The name of the operation, e.g. `ListAccounts`.
    #[must_use]
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// The HTTP method, e.g. `GET`.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path of the request, with path parameters in braces.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The command that makes the call. The value of a parameter that is not known is
    /// its name in capitals: `--policy_id=POLICY_ID`.
    #[must_use]
    pub fn command(&self) -> &str {
        &self.command
    }
}

/// A detail that a message goes on with, and the fix for that cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    pub(crate) says: Text,
    pub(crate) solution: Text,
}

impl Cause {
    /// What the message says, e.g. `decrypt token fail`.
    #[must_use]
    pub fn says(&self) -> &str {
        &self.says
    }

    /// The fix for this cause.
    #[must_use]
    pub fn solution(&self) -> &str {
        &self.solution
    }
}
