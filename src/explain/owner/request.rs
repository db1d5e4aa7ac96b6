//! The request of an error, or the part of it that the input says. For each role the climb has
//! chosen one value at most (see `owner/mod.rs`). The method is that of `Role::Request`, else
//! `Role::Method`, else that of the function call or the curl command around the address in 4. The
//! address is the first of
//!
//! 1. `Role::Request`: `GET https://…`;
//! 2. `Role::Url`;
//! 3. `Role::Path`, if there is a method;
//! 4. `Role::Address`, an address of the API without a label;
//! 5. a path without `/v1/organizations` before the code on its line, if nothing else says any part
//!    of the request ([`CodeInTree::short_request`]).
//!
//! An address that names a route (`/v1/{id}`) is passed over: after 1 the next of 2 and 3 counts,
//! else 4; after 2 and 3 only 4. `CodeInTree::parts` or `CodeInTree::with_server` puts the server
//! before a path.

use super::CodeInTree;
use crate::data::words::is_number;
use crate::explain::Request;
use crate::explain::tree::Kind;
use crate::explain::values::addresses::{
    DOMAIN, SCHEMES, after_variable, has_own_base_path, is_of_service, is_own_server,
    server_and_path, split_short_path, starts_with_address, starts_with_version,
};
use crate::explain::values::http::{METHODS, method_of_curl, starts_with_success};
use crate::explain::values::{Field, Rank, Role, is_host_char};
use crate::substrings::{end_of, split_while, start_among};

/// The most bytes before an address in which a call with it is looked for: `requests.post("`.
const MAX_CALL: usize = 64;
/// The most bytes before a code in which a request on its line is looked for.
const MAX_LINE: usize = 1024;
/// What stands between the path of a request and the answer.
const ANSWER_MARKS: [&str; 5] = [": ", " -> ", " => ", " -&gt; ", " failed"];
/// The most bytes before a request in which the address of its server is looked for.
const MAX_SERVER: usize = 128;

impl CodeInTree<'_> {
    /// The request by 1 to 4 in the head of this file.
    pub(super) fn request(&self) -> Option<Request> {
        let (mut method, url) = self.labelled_parts().unwrap_or_default();
        let url = url.filter(|url| !is_route(url)).or_else(|| {
            let (field, url) = self.address()?;
            let before = &self.region.text()[..field.place.start];
            let of_curl = || method_of_curl(self.region.text(), field.place.start);
            method = method.take().or_else(|| method_of_call(before));
            method = method.take().or_else(|| of_curl().map(str::to_owned));
            self.address_with_path(&url).or(Some(url))
        });
        (method.is_some() || url.is_some()).then_some(Request { method, url })
    }

    /// The request before the code on its line, if it has a path as in 5 and an answer
    /// behind it that is no success. Called last: a program's own server may have the same paths.
    pub(super) fn short_request(&self) -> Option<Request> {
        let line = end_of(&self.region.text()[..self.place.start], MAX_LINE);
        let line = line.rsplit('\n').next().unwrap_or_default();
        let request = |(at, method): (usize, &'static str)| {
            let path = line[at + method.len()..].strip_prefix(' ')?;
            let (path, behind) = split_short_path(method, path)?;
            let is_answered = start_among(&ANSWER_MARKS, behind).is_some();
            let (method, url) = (Some(method.to_owned()), Some(path.to_owned()));
            (is_answered && !starts_with_success(behind)).then_some(Request { method, url })
        };
        let starts_word = |at: usize| !line[..at].ends_with(|c: char| !" [\t".contains(c));
        let methods = METHODS.iter().filter_map(|method| Some((line.rfind(method)?, *method)));
        methods.filter(|(at, _)| starts_word(*at)).find_map(request)
    }

    /// The unlabelled address, as a field and as text, unless it names a route. For a code
    /// of Organizations it must be that of an operation.
    fn address(&self) -> Option<(&Field, String)> {
        let field = self.value(Role::Address)?;
        let url = field.value(self.region.text());
        let is_known = !self.is_of_organizations || has_own_base_path(&url);
        (is_known && !is_route(&url)).then_some((field, url))
    }

    /// The method and the address by 1 to 3 in the head. Programs have methods and
    /// addresses of their own, so a part alone must be surer: the path of an address must start
    /// with a version; a method must have an exact label, stand in the code's object, or go with an
    /// unlabelled address. A path without a server never counts unless it is one of the service.
    fn labelled_parts(&self) -> Option<(Option<String>, Option<String>)> {
        let value = |role| Some(self.value(role)?.value(self.region.text()));
        let request = self.value(Role::Request).filter(|it| !self.says_parts_before(it));
        let (method, address) = request.and_then(|it| self.parts(it)).unzip();
        let method = method.or_else(|| Some(value(Role::Method)?.to_ascii_uppercase()));
        let path = || value(Role::Path).filter(|_| method.is_some());
        let whole = address.clone().filter(|address| !is_route(address));
        let url = whole.or_else(|| value(Role::Url)).or_else(path).or(address);
        let url = url.map(|url| self.with_server(url, self.value(Role::Host)));
        let is_known = match (&method, &url) {
            (_, Some(url)) if url.starts_with('/') && !is_of_service(url) => false,
            (Some(_), Some(_)) => true,
            (None, Some(url)) => starts_with_version(url),
            (..) => {
                let method = self.value(Role::Method)?;
                is_exact(method) || self.is_in_own_object(method) || self.address().is_some()
            }
        };
        is_known.then_some((method, url))
    }

    /// Whether an object nearer to the code than the request has a method and an address of its
    /// own: the request is then another call's.
    fn says_parts_before(&self, request: &Field) -> bool {
        let tree = self.region.tree();
        let around = self.around[self.start..self.end].iter();
        let mut nearer =
            around.take_while(|node| !self.node(**node).place.contains(&request.start));
        nearer.any(|node| {
            let place = &self.node(*node).place;
            self.is_object_or_element(*node)
                && tree.has_any_of(place, &[Role::Method])
                && tree.has_any_of(place, &[Role::Url, Role::Path])
        })
    }

    /// The method and the address of a request written as one value (`GET https://…`). A
    /// path of the service is put behind the server that urllib3 logs:
    /// `https://server:443 "GET /v1/…`.
    pub(super) fn parts(&self, request: &Field) -> Option<(String, String)> {
        let text = self.region.text();
        let (method, url) = in_parts(&request.value(text))?;
        let server = server_at_end(&text[..request.place.start]);
        let server = server.filter(|_| url.starts_with('/') && is_of_service(&url));
        Some((method, server.unwrap_or_default().to_owned() + &url))
    }

    /// Puts a server before a path, with `https://`: that of `host` if `curl -v` shows it (its rank
    /// is exact) or it is the service's or the vendor's, as any other may be the program's own.
    /// Else a whole address with this path is looked for.
    pub(super) fn with_server(&self, url: String, host: Option<&Field>) -> String {
        if !url.starts_with('/') {
            return url;
        }
        let asked = host.and_then(|field| {
            let host = field.value(self.region.text());
            let host = host.trim_end_matches('.').to_owned();
            let is_named = || host.contains('.') && !host.starts_with(char::is_numeric);
            let is_asked =
                is_exact(field) && is_named() || is_own_server(&host) || host.contains(DOMAIN);
            is_asked.then(|| format!("https://{host}{url}"))
        });
        asked.or_else(|| self.address_with_path(&url)).unwrap_or(url)
    }

    /// The whole address with this path, such as that of a command.
    fn address_with_path(&self, path: &str) -> Option<String> {
        let fields = (self.start..self.end).flat_map(|height| {
            [Role::Request, Role::Url, Role::Address]
                .into_iter()
                .flat_map(move |role| self.values_in(height, role))
                .filter(move |(field, child)| self.may_take_from(height, *child, field.role))
        });
        let mut values = fields.map(|(field, _)| field.value(self.region.text()));
        values.find_map(|value| {
            let address = &value[value.find("http")?..];
            let (server, own) = server_and_path(address);
            (!server.is_empty() && own == path).then(|| address.to_owned())
        })
    }

    /// Whether a field and the code have the same innermost object around them, or both have none.
    fn is_in_own_object(&self, field: &Field) -> bool {
        let object = |at| Some(&self.region.tree().innermost(&[Kind::Object], at)?.place);
        object(field.start) == object(self.place.start)
    }
}

/// Whether an address names a route: its path, not just its server, has a variable (`/{id}`).
fn is_route(address: &str) -> bool {
    let mut pairs = address.split("//").flat_map(|part| part.as_bytes().windows(2));
    pairs.any(|pair| matches!(pair, [b'/', b'{' | b':' | b'$']))
}

/// The address of a server, without a path, that a text ends with before ` "`.
fn server_at_end(before: &str) -> Option<&str> {
    let near = end_of(before, MAX_SERVER).strip_suffix(" \"")?;
    let word = near.rsplit(char::is_whitespace).next()?;
    let address = &word[SCHEMES.iter().find_map(|scheme| word.find(scheme))?..];
    let (server, path) = server_and_path(address);
    // Another server without a port may be one that a sentence names. `https` implies `:443`.
    let has_port = server.rsplit_once(':').is_some_and(|(_, port)| is_number(port));
    let is_alone =
        path.is_empty() && (has_port || is_own_server(server)) && server.chars().all(is_host_char);
    is_alone.then(|| address.strip_suffix(":443").unwrap_or(address))
}

/// The method of the call that a text ends with, before its next argument:
/// `requests.post("`, `PostAsync("`, `request("POST", "`.
fn method_of_call(before: &str) -> Option<String> {
    let is_mark = |c: char| c.is_whitespace() || "\"'`".contains(c);
    let before = end_of(before, MAX_CALL).trim_end_matches(is_mark);
    let call = before.strip_suffix(['(', ',']).unwrap_or(before).trim_end_matches(is_mark);
    let (owner, name) = call.split_at(call.trim_end_matches(char::is_alphabetic).len());
    let is_name = |method: &&&str| {
        let start = name.get(..method.len());
        let rest = || name[method.len()..].chars().next();
        start.is_some_and(|it| it.eq_ignore_ascii_case(method))
            && rest().is_none_or(char::is_uppercase)
    };
    let method =
        METHODS.iter().find(is_name).filter(|_| owner.ends_with(['.', '>', ':', '"', '\'']))?;
    Some((*method).to_owned())
}

fn is_exact(field: &Field) -> bool {
    field.rank == Rank::Exact
}

/// Splits a request written as one value into its method and its address. Of an address behind a
/// shell variable (`${BASE}/v1/…`) only the path is returned.
fn in_parts(request: &str) -> Option<(String, String)> {
    let method = split_while(request, |c| c.is_ascii_alphabetic()).0;
    // Other options of a command may stand between the method and the address.
    let last = request.rsplit(char::is_whitespace).next().unwrap_or_default();
    let mut starts = last.char_indices().map(|(at, _)| &last[at..]);
    let is_address = |it: &str| starts_with_address(it) || it.starts_with('/') && is_of_service(it);
    let url = starts.find_map(|it| after_variable(it).or(is_address(it).then_some(it)))?;
    Some((method.to_ascii_uppercase(), url.to_owned()))
}
