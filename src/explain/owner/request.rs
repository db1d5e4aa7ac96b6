//! The request of an error, or the part of it that the input says.

use std::ptr;

use super::{Found, Spot};
use crate::catalog::Operation;
use crate::explain::Request;
use crate::explain::tree::Kind;
use crate::explain::values::http::{after_variable, is_route};
use crate::explain::values::{Field, Rank, Role, starts_with_version, status};
use crate::message::start_of;

/// The service whose codes only some addresses answer with, where the API gateway's stand before
/// all; and what those addresses have in them.
const SERVICE: &str = "Organizations";
const OF_SERVICE: [&str; 2] = ["organizations", "/received-handshakes"];

/// Parts that the paths of operations have in common: nothing before the first slash, the version, and
/// what all are about.
const BASE: usize = 3;
/// The domain of the vendor's servers, before their country.
const DOMAIN: &str = ".myhuaweicloud.";

impl Spot<'_> {
    /// The request. One part alone counts less often than both, and a path that is none of the API not
    /// at all: programs have addresses and methods of their own.
    pub(super) fn request(&self) -> Option<Request> {
        let value = |field: &Field| field.value(self.region.text());
        let in_one = self.value(Role::Request).map(value);
        let (method, address) = in_one.and_then(|request| in_parts(&request)).unzip();
        let path = address.as_ref().filter(|address| !is_route(address));
        let labelled_method = self.value(Role::Method);
        let in_capitals = || Some(value(labelled_method?).to_ascii_uppercase());
        let method = method.or_else(in_capitals);
        let labelled_url = self.value(Role::Url);
        let url = labelled_url.map(value);
        let whole = url.filter(|url| path.is_none_or(|path| url.ends_with(path)));
        let labelled_path = || self.value(Role::Path).filter(|_| method.is_some()).map(value);
        let url = whole.or_else(|| path.cloned()).or_else(labelled_path).or(address);
        let url = url.map(|url| self.with_server(url));
        let is_known = match (&method, &url) {
            (_, Some(url)) if url.starts_with('/') && !self.is_of_api(url) => false,
            (Some(_), Some(_)) => true,
            (None, Some(url)) => is_exact(labelled_url?) || starts_with_version(url),
            (..) => is_exact(labelled_method?) || self.is_in_own_object(labelled_method?),
        };
        is_known.then(|| Request { method, url: url.filter(|url| !is_route(url)) })
    }

    /// Whether a path is below one at which the API has operations.
    fn is_of_api(&self, path: &str) -> bool {
        let parts = path.split(['/', '?', '#']);
        let is_below = |operation: &Operation| {
            let base = operation.path().split('/').take(BASE);
            let base = base.take_while(|part| !part.starts_with('{'));
            base.clone().eq(parts.clone().take(base.count()))
        };
        self.catalog.operations().iter().any(is_below)
    }

    /// Whether a node says a request to another server than the service's, in an object also in a
    /// member beside that with the code: a program was asked it itself, and what is said beside it
    /// is of that. Not so in the object that has the code as a value.
    pub(super) fn tells_own_request(&self, height: usize) -> bool {
        let node = self.around[height];
        let is_object = self.is_object(node) || self.node(node).kind == Kind::Item;
        if !is_object && self.node(node).kind != Kind::Line {
            return false;
        }
        let has_code = || {
            let kinds = &[Kind::Object, Kind::Element];
            let innermost = self.region.tree.innermost(kinds, self.place.start);
            innermost.is_some_and(|it| ptr::eq(it, self.node(node)))
        };
        let fields = |role| {
            let fields = self.candidates(height, role).into_iter();
            fields.filter(|(_, child)| is_object || *child == node).map(|(field, _)| field)
        };
        self.is_to_other_server(fields) && !(self.is_labelled() && has_code())
    }

    /// Whether an object around the code's item says a status of success: that is of all its items.
    pub(super) fn tells_success(&self, height: usize) -> bool {
        let (node, text) = (self.around[height], self.region.text());
        let is_item = |node: &usize| self.node(*node).kind == Kind::Item;
        if !self.is_object(node) || !self.around[..height].iter().any(is_item) {
            return false;
        }
        let statuses = self.candidates(height, Role::HttpStatus).into_iter();
        let own = statuses.filter(|(field, child)| self.is_member(node, *child, field));
        let mut own = own.filter_map(|(it, _)| status(&it.value(text))).peekable();
        own.peek().is_some() && own.all(|status| status < 400)
    }

    /// Whether the parts of a request among these fields say that it is to another server than the
    /// service's.
    pub(super) fn is_to_other_server<'f, F: Iterator<Item = &'f Field>>(
        &self,
        fields: impl Fn(Role) -> F,
    ) -> bool {
        let text = self.region.text();
        // A path with a version may be that of a stand-in for the service.
        let may_be_of_service = |url: &Field| {
            let url = url.value(text);
            OF_SERVICE.iter().any(|part| url.contains(part))
                || url.starts_with('/') && starts_with_version(&url)
        };
        let code = start_of(&text[self.place.clone()], SERVICE.len());
        // Few nodes have a method.
        if !code.eq_ignore_ascii_case(SERVICE) || fields(Role::Method).next().is_none() {
            return false;
        }
        let mut urls = fields(Role::Url).chain(fields(Role::Path)).peekable();
        urls.peek().is_some() && !urls.any(may_be_of_service)
    }

    /// Whether a node says another status than that of the code, which stands deeper: a request in it
    /// is the one that the program itself was sent, and answered with that other status.
    pub(super) fn is_of_other_request(&self, height: usize) -> bool {
        let below = height.checked_sub(1).map(|below| &self.node(self.around[below]).place);
        let kind = self.node(self.around[height]).kind;
        let known = self.status.and_then(Found::value).filter(|known| {
            matches!(kind, Kind::Object | Kind::Element | Kind::Item | Kind::Line)
                && below.is_some_and(|below| below.contains(&known.start))
        });
        known.is_some_and(|known| {
            let mut others = self.candidates(height, Role::HttpStatus).into_iter();
            others.any(|(it, _)| it.rank <= Rank::Usual && self.differ(it, known))
        })
    }

    /// An address after the server that another field names: the one that curl asked, else one of the
    /// API, as programs name their own, too. A host does not say http or https.
    fn with_server(&self, url: String) -> String {
        let Some(field) = self.value(Role::Host).filter(|_| url.starts_with('/')) else {
            return url;
        };
        let host = field.value(self.region.text());
        let is_named = || host.contains('.') && !host.starts_with(char::is_numeric);
        let is_asked = is_exact(field) && is_named() || self.is_server(&host);
        if is_asked { format!("https://{host}{url}") } else { url }
    }

    /// Whether a host is a server of the API: one that is named after a service, or the vendor's.
    fn is_server(&self, host: &str) -> bool {
        let mut services = self.catalog.services().iter();
        let is_service = |(name, _)| services.any(|it| it.is_named(name));
        host.contains(DOMAIN) || host.split_once('.').is_some_and(is_service)
    }

    /// Whether a field stands in the object that the code stands in.
    fn is_in_own_object(&self, field: &Field) -> bool {
        let object = |place| Some(&self.region.tree.innermost(&[Kind::Object], place)?.place);
        object(field.start) == object(self.place.start)
    }
}

/// Whether a value with the role is a part of a request.
pub fn is_of_request(role: Role) -> bool {
    matches!(role, Role::Request | Role::Method | Role::Url | Role::Path)
}

fn is_exact(field: &Field) -> bool {
    field.rank == Rank::Exact
}

/// The method and the address of a request that is written in one. The server may be in a variable
/// of the shell.
fn in_parts(request: &str) -> Option<(String, String)> {
    let (before, url) = request.rsplit_once([' ', '[', '"', '\'', '<'])?;
    let url = url.strip_prefix("&lt;").unwrap_or(url);
    let method = before.split([' ', ']', '\n']).next()?;
    Some((method.to_owned(), after_variable(url).unwrap_or(url).to_owned()))
}
