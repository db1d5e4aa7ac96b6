//! The pictures of the README, made of the very output. To take over a change on
//! purpose: `SNAPSHOTS=overwrite cargo test --test integration pictures`.

use crate::support::orgerr;
use snapbox::{Data, assert_data_eq};

#[test]
fn pictures_show_what_the_tool_prints() {
    for (name, line) in [
        ("show", "show Organizations.1902"),
        ("list", "list --category tag"),
        ("search", "search wrong handshake -n 2 -q"),
        ("explain", "explain examples/response.json"),
    ] {
        let screen = orgerr(&format!("{line} --width 80 --color always"))
            .succeeded()
            .stdout;
        let picture = format!("{}/docs/{name}.term.svg", env!("CARGO_MANIFEST_DIR"));
        assert_data_eq!(screen, Data::read_from(picture.as_ref(), None));
    }
}
