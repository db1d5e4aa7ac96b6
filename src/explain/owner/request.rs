//! The request of an error, or the part of it that the input says.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::Owner;
use crate::catalog::{Catalog, DEFAULT_SERVICE};
use crate::explain::Request;
use crate::explain::tree::Kind;
use crate::explain::values::http::{
    DOMAIN, after_variable, is_address, is_route, server_and_path, starts_with_version,
};
use crate::explain::values::{Field, Rank, Role};
use crate::substrings::split_while;

impl Owner<'_> {
    /// The request; where its address has no label, the one of the API that the input has near the
    /// code.
    pub(super) fn request(&self) -> Option<Request> {
        let labelled = self.labelled_request();
        let (method, url) = labelled.map_or((None, None), |it| (it.method, it.url));
        let url = url.or_else(|| self.address());
        (method.is_some() || url.is_some()).then_some(Request { method, url })
    }

    /// The address of an operation that no label names.
    fn address(&self) -> Option<String> {
        let url = self.value(Role::Address)?.value(self.region.text());
        let is_known = !self.is_of_organizations() || is_of_operation(&url);
        (is_known && !is_route(&url)).then_some(url)
    }

    /// The request. One part alone counts less often than both, a method also where an address has no
    /// label; and a path that is none of the API not at all: programs have addresses and methods of
    /// their own.
    fn labelled_request(&self) -> Option<Request> {
        let value = |role| Some(self.value(role)?.value(self.region.text()));
        let (method, address) = value(Role::Request).and_then(|it| in_parts(&it)).unzip();
        let method = method.or_else(|| Some(value(Role::Method)?.to_ascii_uppercase()));
        let path = || value(Role::Path).filter(|_| method.is_some());
        let whole = address.clone().filter(|address| !is_route(address));
        let url = whole.or_else(|| value(Role::Url)).or_else(path).or(address);
        let url = url.map(|url| self.with_server(url));
        let is_known = match (&method, &url) {
            (_, Some(url)) if url.starts_with('/') && !is_of_service(url) => false,
            (Some(_), Some(_)) => true,
            (None, Some(url)) => starts_with_version(url),
            (..) => {
                let method = self.value(Role::Method)?;
                is_exact(method) || self.is_in_own_object(method) || self.address().is_some()
            }
        };
        is_known.then(|| Request { method, url: url.filter(|url| !is_route(url)) })
    }

    /// An address after the server that another field names: the one that curl asked, else one of the
    /// API, as programs name their own, too. A host does not say http or https. Without one, the whole
    /// address, as a command above has it.
    fn with_server(&self, url: String) -> String {
        if !url.starts_with('/') {
            return url;
        }
        let Some(field) = self.value(Role::Host) else {
            return self.whole_address(&url).unwrap_or(url);
        };
        let host = field.value(self.region.text());
        let host = host.trim_end_matches('.');
        let is_named = || host.contains('.') && !host.starts_with(char::is_numeric);
        let is_asked =
            is_exact(field) && is_named() || is_own_server(host) || host.contains(DOMAIN);
        if is_asked { format!("https://{host}{url}") } else { url }
    }

    /// The whole address of a command that has this path.
    fn whole_address(&self, path: &str) -> Option<String> {
        let near = |height| {
            let place = &self.node(self.around[height]).place;
            self.region.tree().near(Role::Request, place, self.place.start)
        };
        let mut requests = (0..self.end).flat_map(near);
        requests.find_map(|field| {
            let (_, address) = in_parts(&field.value(self.region.text()))?;
            let (server, own) = server_and_path(&address);
            (!server.is_empty() && own == path).then_some(address)
        })
    }

    /// Whether a field stands in the object that the code stands in.
    fn is_in_own_object(&self, field: &Field) -> bool {
        let object = |at| Some(&self.region.tree().innermost(&[Kind::Object], at)?.place);
        object(field.start) == object(self.place.start)
    }
}

/// How the paths of the service's operations start: the version, and what all are about.
static BASE_PATHS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let operations = Catalog::embedded().operations().iter();
    let own = operations.filter(|operation| operation.service() == DEFAULT_SERVICE);
    let bases = own.filter_map(|operation| {
        let path = operation.path();
        let end = path.match_indices('/').nth(2).map_or(path.len(), |(end, _)| end);
        Some(&path[..end]).filter(|base| base.matches('/').count() == 2 && !base.contains('{'))
    });
    bases.collect()
});

/// Whether an address is one of the service's, perhaps behind a gateway: its path has that of
/// operations in it, or its server is named after it.
pub fn is_of_service(address: &str) -> bool {
    is_of_operation(address) || is_own_server(server_and_path(address).0)
}

/// Whether a host is a server of the service. Others of the vendor answer with their own codes.
pub fn is_own_server(host: &str) -> bool {
    host.split_once('.').is_some_and(|(name, _)| name.eq_ignore_ascii_case(DEFAULT_SERVICE))
}

/// Whether the path of an address has that of operations in it.
fn is_of_operation(address: &str) -> bool {
    let (_, path) = server_and_path(address);
    BASE_PATHS.iter().any(|base| path.contains(base))
}

fn is_exact(field: &Field) -> bool {
    field.rank == Rank::Exact
}

/// The method and the address of a request that is written in one. The server may be in a variable
/// of the shell.
fn in_parts(request: &str) -> Option<(String, String)> {
    let method = split_while(request, |c| c.is_ascii_alphabetic()).0;
    let mut ends = request.match_indices(|c: char| !c.is_alphanumeric() && c != '/');
    let url = ends.find_map(|(at, mark)| {
        let rest = &request[at..];
        after_variable(rest).or(Some(&rest[mark.len()..]).filter(|it| is_address(it)))
    });
    Some((method.to_ascii_uppercase(), url?.to_owned()))
}
