//! The request of an error, or the part of it that the input says.

use std::ptr;

use super::{Found, MAX_FIELDS, Spot};
use crate::catalog::Operation;
use crate::explain::Request;
use crate::explain::tree::Kind;
use crate::explain::values::http::{
    after_variable, is_route, server_and_path, starts_with_version,
};
use crate::explain::values::{Field, Rank, Role, is_word_of, last_word, status};
use crate::message::start_of;

/// The service whose codes only some addresses answer with, where the API gateway's stand before
/// all.
const SERVICE: &str = "Organizations";
/// What a request is answered with, as the last word of a key.
const ANSWERS: &str = "response resp res rsp reply answer body data content text entity output";
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
            (_, Some(url)) if url.starts_with('/') && !self.is_of_service(url) => false,
            (Some(_), Some(_)) => true,
            (None, Some(url)) => is_exact(labelled_url?) || starts_with_version(url),
            (..) => is_exact(labelled_method?) || self.is_in_own_object(labelled_method?),
        };
        is_known.then(|| Request { method, url: url.filter(|url| !is_route(url)) })
    }

    /// Whether an address is one of the service's, perhaps behind a gateway: its path has that of
    /// operations in it, or its server is one of the API.
    fn is_of_service(&self, address: &str) -> bool {
        let (server, path) = server_and_path(address);
        let is_end = |c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_');
        let is_below = |operation: &Operation| {
            let after = path.split(base(operation.path())).nth(1);
            after.is_some_and(|after| after.is_empty() || after.starts_with(is_end))
        };
        self.catalog.operations().iter().any(is_below) || self.is_server(server)
    }

    /// Whether a node says a request to another server than the service's, in an object also in a
    /// member beside that with the code: a program was asked it itself, and what is said beside it
    /// is of that. Not so where the code is a member of the object itself.
    pub(super) fn tells_own_request(&self, height: usize) -> bool {
        let node = self.around[height];
        let is_object = self.is_object(node) || self.node(node).kind == Kind::Item;
        if !is_object && self.node(node).kind != Kind::Line {
            return false;
        }
        let has_code = || {
            let kinds = &[Kind::Object, Kind::Element, Kind::Item];
            let innermost = self.region.tree.innermost(kinds, self.place.start);
            is_object
                && self.is_labelled()
                && innermost.is_some_and(|it| ptr::eq(it, self.node(node)))
        };
        let fields = |role| {
            let fields = self.candidates(height, role).into_iter();
            fields.filter(|(_, child)| is_object || *child == node).map(|(field, _)| field)
        };
        self.is_to_other_server(height, fields) && !has_code()
    }

    /// Whether a status is that of an object with the code in a list, and says that it succeeded.
    pub(super) fn is_of_batch(&self, height: usize, field: &Field) -> bool {
        let is_in_list = |node: &usize| matches!(self.node(*node).kind, Kind::List | Kind::Item);
        self.is_object(self.around[height])
            && self.around[..height].iter().any(is_in_list)
            && status(&field.value(self.region.text())).is_some_and(|status| status < 400)
    }

    /// Whether an object says that it succeeded as a whole, and an item beside that with the code has a
    /// status of its own: then each item was answered by itself, and the object says nothing of them.
    pub(super) fn is_batch(&self, height: usize) -> bool {
        let object = self.around[height];
        let is_item = |node: &&usize| self.node(**node).kind == Kind::Item;
        let Some(item) = self.around[..height].iter().rfind(is_item) else { return false };
        let is_own = |field: &&Field| {
            let child = self.child(height, field);
            child.is_some_and(|child| self.is_member(object, child, field))
        };
        let is_beside = |node: usize| {
            let parent = self.node(node).parent;
            node != *item && self.node(node).kind == Kind::Item && parent == self.node(*item).parent
        };
        let (tree, place) = (&self.region.tree, &self.node(object).place);
        let near = || tree.near(Role::HttpStatus, place, self.place.start, MAX_FIELDS);
        near().filter(is_own).any(|field| self.is_of_batch(height, field))
            && near().any(|field| tree.around(field.node).any(is_beside))
    }

    /// Whether the parts of a request among these fields, in the node at a height, say that it is to
    /// another server than the service's, and the code does not stand in the answer to it.
    pub(super) fn is_to_other_server<'f, F: Iterator<Item = &'f Field>>(
        &self,
        height: usize,
        fields: impl Fn(Role) -> F,
    ) -> bool {
        let text = self.region.text();
        let code = start_of(&text[self.place.clone()], SERVICE.len());
        // Few nodes have a method.
        if !code.eq_ignore_ascii_case(SERVICE) || fields(Role::Method).next().is_none() {
            return false;
        }
        let mut urls = fields(Role::Url).chain(fields(Role::Path)).peekable();
        urls.peek().is_some()
            && !urls.any(|url| self.is_of_service(&url.value(text)))
            && !fields(Role::Host).any(|host| self.is_server(&host.value(text)))
            && !height.checked_sub(1).is_some_and(|it| names_answer(self.key(self.around[it])))
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

/// What the paths of all operations of an API start with: the version, and what all are about.
fn base(path: &str) -> &str {
    let path = path.split("/{").next().unwrap_or_default();
    let end = path.match_indices('/').nth(2).map_or(path.len(), |(end, _)| end);
    &path[..end]
}

/// Whether a key names what a request is answered with, or a part of that: `responseBody`.
fn names_answer(key: &str) -> bool {
    let start = key.rfind(|c: char| c.is_ascii_uppercase()).unwrap_or(0);
    is_word_of(ANSWERS, last_word(key)) || is_word_of(ANSWERS, &key[start..])
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
