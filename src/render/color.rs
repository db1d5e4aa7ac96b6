//! Whether a stream has colours: `--color`, `NO_COLOR`, `CLICOLOR` and `CLICOLOR_FORCE`, `TERM`.

use std::env;

use crate::output_options::ColorWhen;

/// The option over `CLICOLOR_FORCE` over `NO_COLOR` over `CLICOLOR`, `TERM` and whether
/// the stream is a terminal.
pub fn wants_color(when: Option<ColorWhen>, is_terminal: bool) -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    let is = |name, value: &str| env::var_os(name).is_some_and(|v| v == *value);
    match when {
        Some(ColorWhen::Always) => true,
        Some(ColorWhen::Never) => false,
        _ if set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0") => true,
        _ if set("NO_COLOR") => false,
        _ => !is("CLICOLOR", "0") && !is("TERM", "dumb") && is_terminal,
    }
}
