//! Requests in a text: a method and an address.

/// What starts a request on a line of its own.
pub const METHODS: [&str; 5] = ["GET ", "POST ", "PUT ", "PATCH ", "DELETE "];

/// Where in a line the request starts that it ends in.
pub fn request_at_end(line: &str) -> Option<usize> {
    let line = line.trim_end();
    let address = line.rfind(' ')? + 1;
    let method = METHODS
        .iter()
        .find(|method| line[..address].ends_with(**method))?;
    let at = address - method.len();
    is_request(&line[at..]).then_some(at)
}

/// Whether a line starts with a request, as clients and servers write one.
pub fn is_request(line: &str) -> bool {
    METHODS.iter().any(|method| {
        let address = line.strip_prefix(method);
        address.is_some_and(|it| it.starts_with('/') || it.starts_with("http"))
    })
}
