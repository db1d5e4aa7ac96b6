//! The pictures of the README show real output. To accept a change: `SNAPSHOTS=overwrite cargo test --test integration pictures`.

use snapbox::{Data, assert_data_eq};

use crate::support::orgerr;

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
