//! The TOML of a catalog: which tables and fields it has and what makes it valid.
//!
//! The build script compiles this file too: it is the one reader of catalogs.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet, hash_map};
use std::fmt;
use std::mem::ManuallyDrop;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use super::entry::{Action, Entry, Service, begins_with_retry};
use super::indexing::Vocabulary;

/// A valid catalog, as read from its TOML.
///
/// ```
/// let source = orgerr::catalog::parse(include_str!("../../catalog.toml")).unwrap();
/// assert_eq!(source.services[0].name, "Organizations");
/// assert_eq!(source.entries[0].code, "Organizations.1001");
/// ```
#[derive(Debug)]
pub struct Source {
    /// The services, in the order of the file.
    pub services: Vec<Service>,
    /// The entries, in the order of the file.
    pub entries: Vec<Entry>,
    /// Words that a search of the entries is helped by.
    pub vocabulary: Vocabulary,
}

/// One mistake in a catalog, with the place where it stands.
///
/// ```
/// let problems = orgerr::catalog::parse("[[entry]]\ncode = 1305\n").unwrap_err();
/// for problem in &problems {
///     eprintln!("catalog.toml:{problem}");
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// What is wrong and what would be right; names the entry and the field.
    pub message: String,
}

impl Problem {
    /// The problem of what stands right behind the text `before`.
    ///
    /// ```
    /// let problem = orgerr::catalog::Problem::behind("one\ntwo ", "no number".to_owned());
    /// assert_eq!(problem.to_string(), "2:5: no number");
    /// ```
    #[must_use]
    pub fn behind(before: &str, message: String) -> Self {
        let mut place = Place::default();
        place.advance(before);
        place.problem(message)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

/// Lines and characters in front of a place.
#[derive(Default)]
struct Place {
    lines: usize,
    characters: usize,
}

impl Place {
    /// Goes on behind `text`.
    fn advance(&mut self, text: &str) {
        let lines = text.bytes().filter(|byte| *byte == b'\n').count();
        let last = text.rsplit('\n').next().unwrap_or_default();
        let characters = last.chars().filter(|c| *c != BYTE_ORDER_MARK).count();
        self.lines += lines;
        self.characters = if lines == 0 { self.characters } else { 0 } + characters;
    }

    fn problem(&self, message: String) -> Problem {
        Problem {
            line: self.lines + 1,
            column: self.characters + 1,
            message,
        }
    }
}

/// What editors put in front of a file and show no column for.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Gives the service that has a name or another spelling of it, in any case.
pub(crate) type Known<'k> = &'k dyn Fn(&str) -> Option<&'k Service>;

/// Reads a catalog from its TOML.
///
/// # Errors
/// Every problem of the text at once, in the order of the file.
///
/// ```
/// let toml = include_str!("../../catalog.toml");
/// assert!(orgerr::catalog::parse(toml).is_ok());
/// let problems = orgerr::catalog::parse(&toml.replacen("status = 409", "status = 4090", 1));
/// assert!(problems.unwrap_err()[0].message.contains("'status'"));
/// ```
pub fn parse(text: &str) -> Result<Source, Vec<Problem>> {
    parse_beside(text, &|_| None)
}

/// Reads a catalog that is to stand beside the known services.
pub(crate) fn parse_beside(text: &str, known: Known) -> Result<Source, Vec<Problem>> {
    let (root, errors) = DeTable::parse_recoverable(text);
    read(text, &root, &errors, known, |text| {
        Cow::Owned(text.clone().into_owned())
    })
}

/// As [`parse_beside`], for a text that lasts as long as the process: the texts of the
/// entries are places in it, and what was read is never freed. That the process ends
/// does so in no time.
pub(crate) fn parse_static(text: &'static str, known: Known) -> Result<Source, Vec<Problem>> {
    let (root, errors) = DeTable::parse_recoverable(text);
    let root = ManuallyDrop::new(root);
    read(text, &root, &errors, known, Cow::clone)
}

fn read<'t>(
    text: &'t str,
    root: &Spanned<DeTable<'t>>,
    syntax_errors: &[Error],
    known: Known,
    keep: fn(&Cow<'t, str>) -> Cow<'static, str>,
) -> Result<Source, Vec<Problem>> {
    let mut reader = Reader {
        known,
        keep,
        problems: Vec::new(),
    };
    for error in syntax_errors {
        reader.problem(error.span().unwrap_or(0..0), error.message().to_owned());
    }
    if !reader.problems.is_empty() {
        // What a broken file says further on is guesswork.
        return Err(placed(text, reader.problems));
    }
    let source = reader.catalog(root.get_ref());
    if reader.problems.is_empty() {
        return Ok(source);
    }
    Err(placed(text, reader.problems))
}

/// Problems by the bytes at which they stand, as problems by line and column in the
/// order of the text. Goes through the text once, however many there are.
fn placed(text: &str, mut problems: Vec<(usize, String)>) -> Vec<Problem> {
    problems.sort_by_key(|(start, _)| *start);
    let mut place = Place::default();
    let mut passed = 0;
    let problems = problems.into_iter().map(|(start, message)| {
        let start = start.min(text.len());
        place.advance(&text[passed..start]);
        passed = start;
        place.problem(message)
    });
    problems.collect()
}

/// The fields of a `[[service]]`; all but the last three are required.
///
/// ```
/// assert!(orgerr::catalog::SERVICE_FIELDS.contains(&"categories"));
/// ```
pub const SERVICE_FIELDS: [&str; 8] = [
    "name",
    "title",
    "url",
    "updated",
    "categories",
    "aliases",
    "variants",
    "search_weight",
];
/// The fields of `[search]`.
///
/// ```
/// assert_eq!(orgerr::catalog::SEARCH_FIELDS, ["ignored", "synonyms"]);
/// ```
pub const SEARCH_FIELDS: [&str; 2] = ["ignored", "synonyms"];
/// The fields of an `[[entry]]`; all but `note` are required.
///
/// ```
/// let (required, optional) = orgerr::catalog::ENTRY_FIELDS.split_at(7);
/// assert!(required.contains(&"solution"));
/// assert_eq!(optional, ["note"]);
/// ```
pub const ENTRY_FIELDS: [&str; 8] = [
    "code",
    "status",
    "message",
    "description",
    "solution",
    "category",
    "action",
    "note",
];

/// Characters that the name of a service has at most: text is looked at in blocks, and
/// a code must not be longer than what they overlap.
///
/// ```
/// let service = orgerr::Catalog::embedded().service("Organizations").unwrap();
/// assert!(service.name.len() <= orgerr::catalog::LONGEST_NAME);
/// ```
pub const LONGEST_NAME: usize = 64;
/// Digits that a code has at most; a longer number in a log is data.
///
/// ```
/// let log = format!("Organizations.{}", "1".repeat(orgerr::catalog::MOST_DIGITS + 1));
/// let findings = orgerr::explain(orgerr::Catalog::embedded(), "-", log.as_bytes());
/// assert!(findings.is_empty());
/// ```
pub const MOST_DIGITS: usize = 32;
/// Names that a problem lists at most.
const MOST_LISTED: usize = 12;
/// Characters of a text that a problem repeats at most.
const LONGEST_QUOTE: usize = 80;

struct Reader<'t, 'k> {
    known: Known<'k>,
    /// Makes a text of the file one that lasts.
    keep: fn(&Cow<'t, str>) -> Cow<'static, str>,
    /// What is wrong, with the byte at which it stands.
    problems: Vec<(usize, String)>,
}

/// One `[[service]]` or `[[entry]]`, with how to name it in a problem.
struct Record<'a, 't> {
    table: &'a DeTable<'t>,
    span: Range<usize>,
    label: Cow<'a, str>,
}

/// A field of a record and, where it is there, its value.
#[derive(Clone, Copy)]
struct Field<'a, 't> {
    name: &'a str,
    value: Option<&'a Spanned<DeValue<'t>>>,
}

/// A text of the file, with the bytes at which it stands.
type Text<'a, 't> = (Range<usize>, &'a Cow<'t, str>);

/// A `[[service]]` as far as it can be read, so that its mistakes are not told of
/// every entry again.
struct Declared<'a, 't> {
    label: Cow<'a, str>,
    name: Option<Text<'a, 't>>,
    aliases: Vec<Text<'a, 't>>,
    categories: Option<Vec<Text<'a, 't>>>,
    /// Whether its codes may have several entries: by this file, or as is known of it.
    has_variants: bool,
    service: Option<Service>,
}

/// What the entries of a file may be of.
struct Services<'a, 't> {
    declared: Vec<Declared<'a, 't>>,
    by_name: HashMap<&'a str, usize>,
    /// By names and aliases in lower case.
    by_spelling: HashMap<String, usize>,
    /// Whether the names of all could be read.
    are_named: bool,
}

/// The codes met so far; where they may have several entries, with status and message.
type Codes<'a> = HashSet<(&'a str, Option<(u16, &'a str)>)>;

impl<'t> Reader<'t, '_> {
    fn problem(&mut self, span: Range<usize>, message: String) {
        self.problems.push((span.start, message));
    }

    fn catalog<'a>(&mut self, root: &'a DeTable<'t>) -> Source {
        for (key, _) in root {
            if !["service", "search", "entry"].contains(&key.get_ref().as_ref()) {
                let message = format!(
                    "unknown table '{}'; a catalog has [[service]], [search] and [[entry]]",
                    cut(key.get_ref())
                );
                self.problem(key.span(), message);
            }
        }
        let services = self.services(root);
        let (records, _) = self.records(root, "entry", "code");
        let mut codes = Codes::with_capacity(records.len());
        let mut entries = Vec::with_capacity(records.len());
        for record in &records {
            entries.extend(self.entry(record, &services, &mut codes));
        }
        let declared = services.declared.into_iter();
        Source {
            services: declared.filter_map(|declared| declared.service).collect(),
            entries,
            vocabulary: self.vocabulary(root),
        }
    }

    /// The optional table `[search]`.
    fn vocabulary(&mut self, root: &DeTable<'t>) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        let Some(value) = root.get("search") else {
            return vocabulary;
        };
        let Some(table) = value.get_ref().as_table() else {
            self.problem(value.span(), "'search' must be a [search] table".to_owned());
            return vocabulary;
        };
        let record = Record {
            table,
            span: value.span(),
            label: "[search]".into(),
        };
        let [ignored, synonyms] = self.fields(&record, &SEARCH_FIELDS);
        if ignored.value.is_some() {
            vocabulary.ignored = owned(self.texts(&record, ignored).unwrap_or_default());
        }
        let Some(value) = synonyms.value else {
            return vocabulary;
        };
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(&record, synonyms, "must be a table of lists");
            return vocabulary;
        };
        let record = Record {
            table,
            span: record.span,
            label: "[search.synonyms]".into(),
        };
        for (said, meant) in table {
            let field = Field {
                name: said.get_ref(),
                value: Some(meant),
            };
            let meant = owned(self.texts(&record, field).unwrap_or_default());
            vocabulary.synonyms.push((field.name.to_owned(), meant));
        }
        vocabulary
    }

    /// The tables of the array `name`, and whether they are all that it has; `key` is
    /// the field that names one of them.
    fn records<'a>(
        &mut self,
        root: &'a DeTable<'t>,
        name: &str,
        key: &str,
    ) -> (Vec<Record<'a, 't>>, bool) {
        let Some(value) = root.get(name) else {
            self.problem(0..0, format!("the catalog has no [[{name}]]"));
            return (Vec::new(), false);
        };
        let wrong = || format!("'{name}' must be [[{name}]] tables, one or more");
        let array = value.get_ref().as_array();
        let Some(array) = array.filter(|array| !array.is_empty()) else {
            self.problem(value.span(), wrong());
            return (Vec::new(), false);
        };
        let mut records = Vec::with_capacity(array.len());
        for item in array {
            let Some(table) = item.get_ref().as_table() else {
                self.problem(item.span(), wrong());
                continue;
            };
            let named = table.get(key).and_then(|value| value.get_ref().as_str());
            records.push(Record {
                table,
                span: item.span(),
                label: named.map_or_else(|| format!("[[{name}]]").into(), cut),
            });
        }
        let are_all = records.len() == array.len();
        (records, are_all)
    }

    /// The fields that a record may have, in the order of `names`.
    fn fields<'a, const N: usize>(
        &mut self,
        record: &Record<'a, 't>,
        names: &[&'static str; N],
    ) -> [Field<'a, 't>; N] {
        let mut fields = names.map(|name| Field { name, value: None });
        for (key, value) in record.table {
            let name = key.get_ref();
            if let Some(field) = fields.iter_mut().find(|field| field.name == name) {
                field.value = Some(value);
            } else {
                let expected = format!("is unknown; there are {}", names.join(", "));
                self.wrong_at(key.span(), record, name, &expected);
            }
        }
        fields
    }

    fn services<'a>(&mut self, root: &'a DeTable<'t>) -> Services<'a, 't> {
        let (records, are_all) = self.records(root, "service", "name");
        let declared: Vec<_> = records
            .into_iter()
            .map(|record| self.service(&record))
            .collect();
        let mut services = Services {
            are_named: are_all && declared.iter().all(|service| service.name.is_some()),
            by_name: HashMap::with_capacity(declared.len()),
            by_spelling: HashMap::with_capacity(declared.len()),
            declared,
        };
        self.tell_apart(&mut services);
        services
    }

    fn service<'a>(&mut self, record: &Record<'a, 't>) -> Declared<'a, 't> {
        let [
            name,
            title,
            url,
            updated,
            categories,
            aliases,
            variants,
            search_weight,
        ] = self.fields(record, &SERVICE_FIELDS);
        let name = self.name(record, name);
        let title = self.text(record, title);
        let url = self.text(record, url);
        let updated = self.text(record, updated);
        let categories = self.categories(record, categories);
        let aliases = self.aliases(record, aliases);
        let variants = self.flag(record, variants);
        let search_weight = self.percent(record, search_weight);
        let keep = self.keep;
        let all = |texts: &[Text<'_, 't>]| texts.iter().map(|(_, text)| keep(text)).collect();
        let service = || {
            Some(Service {
                name: keep(name.as_ref()?.1),
                aliases: all(&aliases),
                variants: variants?,
                search_weight,
                title: keep(title?),
                url: keep(url?),
                updated: keep(updated?),
                categories: all(categories.as_ref()?),
            })
        };
        let known = name.as_ref().and_then(|(_, name)| (self.known)(name));
        Declared {
            label: record.label.clone(),
            service: service(),
            // Where it could not be read, it is no mistake to have several.
            has_variants: variants.unwrap_or(true) || known.is_some_and(|known| known.variants),
            name,
            aliases,
            categories,
        }
    }

    /// Finds the services by name, and refuses what may mean two of them.
    fn tell_apart<'a>(&mut self, services: &mut Services<'a, 't>) {
        let known = |name: &str| (self.known)(name).map(|known| known.name.as_ref());
        let mut problems = Vec::new();
        let mut by_known = HashMap::new();
        let label = |index: usize| &services.declared[index].label;
        for (index, service) in services.declared.iter().enumerate() {
            let Some((span, name)) = &service.name else {
                continue;
            };
            services.by_name.entry(name).or_insert(index);
            let spelling = name.to_ascii_lowercase();
            let other = match services.by_spelling.entry(spelling) {
                hash_map::Entry::Occupied(occupied) => Some(*occupied.get()),
                hash_map::Entry::Vacant(vacant) => {
                    vacant.insert(index);
                    known(name).and_then(|known| by_known.insert(known, index))
                }
            };
            if let Some(other) = other {
                let what = format!("is a name of the [[service]] {} too", label(other));
                problems.push((span.clone(), index, "name", what));
            }
        }
        for (index, service) in services.declared.iter().enumerate() {
            let meant = service
                .name
                .as_ref()
                .map(|(_, name)| known(name).unwrap_or(name));
            for (span, alias) in &service.aliases {
                let what = match services.by_spelling.entry(alias.to_ascii_lowercase()) {
                    hash_map::Entry::Occupied(occupied) if *occupied.get() == index => {
                        format!("repeats the name or an alias with '{}'", cut(alias))
                    }
                    hash_map::Entry::Occupied(occupied) => {
                        let other = label(*occupied.get());
                        format!("has '{}', a name of the [[service]] {other}", cut(alias))
                    }
                    hash_map::Entry::Vacant(vacant) => {
                        vacant.insert(index);
                        match known(alias)
                            .filter(|known| meant.is_some_and(|meant| meant != *known))
                        {
                            Some(known) => {
                                format!("has '{alias}', which means the service {known} already")
                            }
                            None => continue,
                        }
                    }
                };
                problems.push((span.clone(), index, "aliases", what));
            }
        }
        for (span, index, field, what) in problems {
            let label = &services.declared[index].label;
            self.problem(span, format!("{label}: the field '{field}' {what}"));
        }
    }

    /// The name of a service. One that breaks the rule is told, and given all the same.
    fn name<'a>(&mut self, record: &Record<'a, 't>, field: Field<'a, 't>) -> Option<Text<'a, 't>> {
        let name = self.text(record, field)?;
        if !is_name(name) {
            self.wrong(record, field, &format!("must be {NAME}"));
        }
        Some((field.span(), name))
    }

    /// Other names of a service; none without the field.
    fn aliases<'a>(&mut self, record: &Record<'a, 't>, field: Field<'a, 't>) -> Vec<Text<'a, 't>> {
        if field.value.is_none() {
            return Vec::new();
        }
        let aliases = self.texts(record, field).unwrap_or_default();
        for (span, alias) in &aliases {
            if !is_name(alias) {
                let what = format!("has '{}'; an alias is {NAME}", cut(alias));
                self.wrong_at(span.clone(), record, field.name, &what);
            }
        }
        aliases
    }

    fn categories<'a>(
        &mut self,
        record: &Record<'a, 't>,
        field: Field<'a, 't>,
    ) -> Option<Vec<Text<'a, 't>>> {
        let categories = self.texts(record, field)?;
        if categories.is_empty() {
            self.wrong(record, field, "must have a category");
            return None;
        }
        for (span, category) in &categories {
            // As a filter has it.
            if category.trim() != *category
                || category.contains(|c: char| c == ',' || c.is_control())
            {
                let what = format!(
                    "has '{}'; a category has no comma, no control character and no space at its ends",
                    cut(category)
                );
                self.wrong_at(span.clone(), record, field.name, &what);
            }
        }
        Some(categories)
    }

    /// A percentage, where the field is there.
    fn percent(&mut self, record: &Record, field: Field) -> Option<u8> {
        let number = field.value?.get_ref().as_integer();
        let percent = number
            .and_then(|number| u8::from_str_radix(number.as_str(), number.radix()).ok())
            .filter(|percent| (1..=100).contains(percent));
        if percent.is_none() {
            self.wrong(record, field, "must be a number from 1 to 100");
        }
        percent
    }

    /// A field that may hold true or false; false where it is not there.
    fn flag(&mut self, record: &Record, field: Field) -> Option<bool> {
        let Some(value) = field.value else {
            return Some(false);
        };
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong(record, field, "must be true or false");
        }
        flag
    }

    /// A field that must hold a list of texts, none of them blank or there twice.
    fn texts<'a>(
        &mut self,
        record: &Record<'a, 't>,
        field: Field<'a, 't>,
    ) -> Option<Vec<Text<'a, 't>>> {
        let array = self.value(record, field)?.as_array();
        let text = |item: &'a Spanned<DeValue<'t>>| match item.get_ref() {
            DeValue::String(text) => Some((item.span(), text)),
            _ => None,
        };
        let texts: Option<Vec<_>> = array.and_then(|array| array.iter().map(text).collect());
        let Some(mut texts) = texts else {
            self.wrong(record, field, "must be a list of texts in quotes");
            return None;
        };
        let mut seen = HashSet::with_capacity(texts.len());
        texts.retain(|(span, text)| {
            let what = if text.trim().is_empty() {
                "has an empty text".to_owned()
            } else if seen.insert(*text) {
                return true;
            } else {
                format!("has '{}' twice", cut(text))
            };
            self.wrong_at(span.clone(), record, field.name, &what);
            false
        });
        Some(texts)
    }

    fn entry<'a>(
        &mut self,
        record: &Record<'a, 't>,
        services: &Services<'a, 't>,
        codes: &mut Codes<'a>,
    ) -> Option<Entry> {
        let [
            code,
            status,
            message,
            description,
            solution,
            category,
            action,
            note,
        ] = self.fields(record, &ENTRY_FIELDS);
        let service = self.service_of(record, code, services);
        let status = self.status(record, status);
        let message = self.text(record, message);
        let description = self.text(record, description);
        let solution = self.text(record, solution);
        let category = self.category(record, category, service);
        let action = self.action(record, action);
        let note = note.value.map(|_| self.text(record, note));
        let (service, code_text) = (service?, code.text()?);
        let variant = || Some((status?, message?.as_ref()));
        let variant = if service.has_variants {
            Some(variant()?)
        } else {
            None
        };
        if !codes.insert((code_text, variant)) {
            self.wrong(record, code, "names an entry again");
        }
        let note = match note {
            Some(note) => Some((self.keep)(note?)),
            None => None,
        };
        let solution = (self.keep)(solution?);
        Some(Entry {
            code: (self.keep)(code_text),
            service: service.service.as_ref()?.name.clone(),
            status: status?,
            message: (self.keep)(message?),
            description: (self.keep)(description?),
            category: (self.keep)(category?),
            action: action?,
            retryable: begins_with_retry(&solution),
            note,
            solution,
        })
    }

    /// The service that the entry's code starts with.
    fn service_of<'s, 'a>(
        &mut self,
        record: &Record<'a, 't>,
        field: Field<'a, 't>,
        services: &'s Services<'a, 't>,
    ) -> Option<&'s Declared<'a, 't>> {
        let code = self.text(record, field)?;
        let (name, digits) = code.rsplit_once('.').unwrap_or((code, ""));
        let is_number =
            (1..=MOST_DIGITS).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if is_number && let Some(index) = services.by_name.get(name) {
            return services.declared.get(*index);
        }
        if is_number && !services.are_named {
            // It may be of one whose name could not be read.
            return None;
        }
        let spelled = services.by_spelling.get(&name.to_ascii_lowercase());
        let service = spelled.and_then(|index| services.declared[*index].name.as_ref());
        let expected = match service {
            Some((_, name)) if is_number => {
                format!("must begin with the name as it is spelled in [[service]]: {name}.{digits}")
            }
            _ => {
                let names = services.declared.iter().filter_map(|it| it.name.as_ref());
                format!(
                    "must be the name of a [[service]] ({}), a dot and 1 to {MOST_DIGITS} digits",
                    listed(names.map(|(_, name)| name.as_ref()))
                )
            }
        };
        self.wrong(record, field, &expected);
        None
    }

    fn status(&mut self, record: &Record, field: Field<'_, 't>) -> Option<u16> {
        let status = self
            .value(record, field)?
            .as_integer()
            .and_then(|integer| u16::from_str_radix(integer.as_str(), integer.radix()).ok())
            .filter(|status| (100..600).contains(status));
        if status.is_none() {
            let expected = "must be an HTTP status, a number from 100 to 599";
            self.wrong(record, field, expected);
        }
        status
    }

    fn category<'a>(
        &mut self,
        record: &Record<'a, 't>,
        field: Field<'a, 't>,
        service: Option<&Declared>,
    ) -> Option<&'a Cow<'t, str>> {
        let category = self.text(record, field)?;
        let known = service?.categories.as_ref()?;
        if !known.iter().any(|(_, name)| *name == category) {
            let names = listed(known.iter().map(|(_, name)| name.as_ref()));
            self.wrong(record, field, &format!("must be one of {names}"));
            return None;
        }
        Some(category)
    }

    fn action(&mut self, record: &Record<'_, 't>, field: Field<'_, 't>) -> Option<Action> {
        let name = self.text(record, field)?;
        let action = Action::ALL.into_iter().find(|action| action.name() == name);
        if action.is_none() {
            let names = Action::ALL.map(Action::name).join(", ");
            self.wrong(record, field, &format!("must be one of {names}"));
        }
        action
    }

    /// The value of a field that must be there.
    fn value<'a>(&mut self, record: &Record, field: Field<'a, 't>) -> Option<&'a DeValue<'t>> {
        if field.value.is_none() {
            self.wrong_at(record.span.clone(), record, field.name, "is missing");
        }
        field.value.map(Spanned::get_ref)
    }

    /// A field that must hold text and not be blank.
    fn text<'a>(&mut self, record: &Record, field: Field<'a, 't>) -> Option<&'a Cow<'t, str>> {
        let what = match self.value(record, field)? {
            DeValue::String(text) if !text.trim().is_empty() => return Some(text),
            DeValue::String(_) => "is empty",
            _ => "must be text in quotes",
        };
        self.wrong(record, field, what);
        None
    }

    /// Says what is wrong with the value of a field.
    fn wrong(&mut self, record: &Record, field: Field, what: &str) {
        self.wrong_at(field.span(), record, field.name, what);
    }

    fn wrong_at(&mut self, span: Range<usize>, record: &Record, field: &str, what: &str) {
        let message = format!("{}: the field '{}' {what}", record.label, cut(field));
        self.problem(span, message);
    }
}

impl<'a, 't> Field<'a, 't> {
    /// Where the value stands.
    fn span(&self) -> Range<usize> {
        self.value.map_or(0..0, Spanned::span)
    }

    /// The value, where it is text.
    fn text(&self) -> Option<&'a Cow<'t, str>> {
        match self.value?.get_ref() {
            DeValue::String(text) => Some(text),
            _ => None,
        }
    }
}

/// What the name of a service is, so that its codes are found in any text.
const NAME: &str = // of LONGEST_NAME
    "at most 64 letters, digits, '-', '_' and single dots, a letter or digit at both ends";

/// Whether a text is the name of a service.
pub fn is_name(text: &str) -> bool {
    let is_part = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.');
    let ends = [text.bytes().next(), text.bytes().next_back()];
    text.len() <= LONGEST_NAME
        && text.bytes().all(is_part)
        && ends.iter().flatten().all(u8::is_ascii_alphanumeric)
        && !text.contains("..")
}

/// The first of some names, separated by commas.
fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let mut names = names.map(cut);
    let mut list: Vec<_> = names.by_ref().take(MOST_LISTED).collect();
    if names.next().is_some() {
        list.push("…".into());
    }
    list.join(", ")
}

/// A text as a problem repeats it: not all of a very long one.
fn cut(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(LONGEST_QUOTE) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

fn owned(texts: Vec<Text>) -> Vec<String> {
    texts
        .into_iter()
        .map(|(_, text)| text.clone().into_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVICE: &str = r#"
[[service]]
name = "Demo"
title = "Demo service"
url = "https://demo.example/errors"
updated = "2024-05-28"
categories = ["one", "two"]
"#;
    const ENTRY: &str = r#"
[[entry]]
code = "Demo.0001"
status = 404
message = "no such demo."
description = "Demo not found."
solution = "Try again later."
category = "two"
action = "retry"
"#;

    fn problems(text: &str) -> Vec<String> {
        let problems = parse(text).expect_err("an invalid catalog");
        problems.iter().map(Problem::to_string).collect()
    }

    #[test]
    fn a_valid_catalog_is_read_as_it_stands() {
        let source = parse(&format!("{SERVICE}{ENTRY}")).unwrap();
        assert_eq!(source.services[0].name, "Demo");
        let entry = &source.entries[0];
        assert_eq!(
            (entry.code.as_ref(), entry.service.as_ref()),
            ("Demo.0001", "Demo")
        );
        assert_eq!(
            (entry.status, entry.action, entry.retryable),
            (404, Action::Retry, true)
        );
        assert_eq!((entry.category.as_ref(), &entry.note), ("two", &None));
    }

    #[test]
    fn words_for_the_search_are_optional_lists() {
        let search = "[search]\nignored = [\"the\"]\n[search.synonyms]\nou = [\"unit\"]\n";
        let source = parse(&format!("{search}{SERVICE}{ENTRY}")).unwrap();
        assert_eq!(source.vocabulary.ignored, ["the"]);
        assert_eq!(
            source.vocabulary.synonyms,
            [("ou".to_owned(), vec!["unit".to_owned()])]
        );

        let wrong = search
            .replace("[\"unit\"]", "\"unit\"")
            .replace("ignored", "ignore");
        assert_eq!(
            problems(&format!("{wrong}{SERVICE}{ENTRY}")),
            [
                "2:1: [search]: the field 'ignore' is unknown; there are ignored, synonyms",
                "4:6: [search.synonyms]: the field 'ou' must be a list of texts in quotes",
            ]
        );
    }

    #[test]
    fn a_wrong_value_is_named_with_its_place_entry_and_field() {
        for (right, wrong, problem) in [
            (
                "404",
                "604",
                "11:10: Demo.0001: the field 'status' must be an HTTP status",
            ),
            (
                "404",
                "0x404",
                "11:10: Demo.0001: the field 'status' must be an HTTP status",
            ),
            (
                "404",
                "\"404\"",
                "11:10: Demo.0001: the field 'status' must be an HTTP status",
            ),
            (
                "\"no such demo.\"",
                "\" \"",
                "12:11: Demo.0001: the field 'message' is empty",
            ),
            (
                "\"no such demo.\"",
                "7",
                "12:11: Demo.0001: the field 'message' must be text",
            ),
            (
                "= \"two\"",
                "= \"six\"",
                "15:12: Demo.0001: the field 'category' must be one of one, two",
            ),
            (
                "\"retry\"",
                "\"pray\"",
                "16:10: Demo.0001: the field 'action' must be one of retry, ",
            ),
            (
                "Demo.0001",
                "Demo.x1",
                "10:8: Demo.x1: the field 'code' must be the name of a [[service]] (Demo)",
            ),
            (
                "action",
                "acton",
                "16:1: Demo.0001: the field 'acton' is unknown; there are code, ",
            ),
        ] {
            let text = format!("{SERVICE}{ENTRY}").replace(right, wrong);
            let found = problems(&text);
            assert!(
                found.iter().any(|found| found.starts_with(problem)),
                "{found:#?}"
            );
        }
    }

    #[test]
    fn a_missing_field_is_named_with_its_entry() {
        let text = format!("{SERVICE}{ENTRY}").replace("status = 404\n", "");
        assert_eq!(
            problems(&text),
            ["9:1: Demo.0001: the field 'status' is missing"]
        );
    }

    #[test]
    fn a_code_stands_for_one_entry() {
        let text = format!("{SERVICE}{ENTRY}{ENTRY}");
        assert_eq!(
            problems(&text),
            ["19:8: Demo.0001: the field 'code' names an entry again"]
        );
    }

    #[test]
    fn every_problem_is_told_at_once() {
        let broken = ENTRY.replace("404", "0").replace("retry", "pray");
        assert_eq!(
            problems(&format!("{SERVICE}{broken}{broken}")),
            [
                "11:10: Demo.0001: the field 'status' must be an HTTP status, a number from 100 to 599",
                "16:10: Demo.0001: the field 'action' must be one of retry, fix-request, \
                 check-permission, change-state, reduce-usage, contact-support",
                "19:8: Demo.0001: the field 'code' names an entry again",
                "20:10: Demo.0001: the field 'status' must be an HTTP status, a number from 100 to 599",
                "25:10: Demo.0001: the field 'action' must be one of retry, fix-request, \
                 check-permission, change-state, reduce-usage, contact-support",
            ]
        );
        let service = format!("{SERVICE}aliases = [1]\nvariants = 3\nsearch_weight = 0\n");
        assert_eq!(
            problems(&format!("{service}{ENTRY}")),
            [
                "8:11: Demo: the field 'aliases' must be a list of texts in quotes",
                "9:12: Demo: the field 'variants' must be true or false",
                "10:17: Demo: the field 'search_weight' must be a number from 1 to 100",
            ]
        );
    }

    #[test]
    fn a_mistake_of_a_service_is_none_of_its_entries() {
        let categories = "categories = [\"one\", \"two\"]\n";
        let without = SERVICE.replace(categories, "");
        let empty = SERVICE.replace(categories, "categories = []\n");
        let unnamed = SERVICE.replace("\"Demo\"", "7");
        for (service, problem) in [
            (&*without, "2:1: Demo: the field 'categories' is missing"),
            (
                &*empty,
                "7:14: Demo: the field 'categories' must have a category",
            ),
            (
                &*unnamed,
                "3:8: [[service]]: the field 'name' must be text in quotes",
            ),
            ("", "1:1: the catalog has no [[service]]"),
            (
                "service = 1\n",
                "1:11: 'service' must be [[service]] tables, one or more",
            ),
        ] {
            assert_eq!(problems(&format!("{service}{ENTRY}")), [problem]);
        }
    }

    #[test]
    fn a_code_is_of_a_service_as_that_is_spelled() {
        let service = format!("{SERVICE}aliases = [\"DM\"]\n");
        let problem = |code: &str| {
            let entry = ENTRY.replace("Demo.0001", code);
            problems(&format!("{service}{entry}")).remove(0)
        };
        for code in ["demo.0001", "DM.0001"] {
            let expected = format!(
                "11:8: {code}: the field 'code' must begin with the name as it is spelled in \
                 [[service]]: Demo.0001"
            );
            assert_eq!(problem(code), expected);
        }
        for code in [
            "Demo.",
            "Demo",
            "Demo-0001",
            "Other.0001",
            "Demo. 1",
            "demo.x",
        ] {
            let expected = format!(
                "11:8: {code}: the field 'code' must be the name of a [[service]] (Demo), a dot \
                 and 1 to 32 digits"
            );
            assert_eq!(problem(code), expected);
        }
        let digits = |count| ENTRY.replace("0001", &"1".repeat(count));
        assert!(parse(&format!("{service}{}", digits(32))).is_ok());
        assert_eq!(problems(&format!("{service}{}", digits(33))).len(), 1);
    }

    #[test]
    fn a_service_has_a_name_that_is_found_in_any_text() {
        let named = |name: &str| format!("{SERVICE}{ENTRY}").replace("Demo", name);
        let longest = "a".repeat(64);
        for name in ["SVCSTG.CCE-ADDONMGR", "a_b", "V2", "7", &longest] {
            assert!(parse(&named(name)).is_ok(), "{name}");
        }
        let longer = "a".repeat(65);
        for name in [
            "My Service",
            "身份",
            "FOO_",
            "BAR-",
            "A/B",
            ".hid",
            "A..B",
            "\\u001b",
            &longer,
        ] {
            let found = problems(&named(name));
            let expected = "the field 'name' must be at most 64 letters, digits, ";
            assert!(found.len() == 1 && found[0].contains(expected), "{found:?}");
        }
        let aliases = "aliases = [\"\", \"D M\", \"DM\", \"DM\"]\n";
        let found = problems(&format!("{SERVICE}{aliases}{ENTRY}"));
        assert_eq!(
            found,
            [
                "8:12: Demo: the field 'aliases' has an empty text",
                "8:16: Demo: the field 'aliases' has 'D M'; an alias is at most 64 letters, \
                 digits, '-', '_' and single dots, a letter or digit at both ends",
                "8:29: Demo: the field 'aliases' has 'DM' twice",
            ]
        );
    }

    #[test]
    fn a_name_means_one_service() {
        let again = SERVICE.replace("Demo", "demo");
        let aliased = again.replace("demo", "Other");
        let aliased = format!("{aliased}aliases = [\"DEMO\", \"other\", \"O\", \"o\"]\n");
        assert_eq!(
            problems(&format!("{SERVICE}{again}{aliased}{ENTRY}")),
            [
                "10:8: demo: the field 'name' is a name of the [[service]] Demo too",
                "22:12: Other: the field 'aliases' has 'DEMO', a name of the [[service]] Demo",
                "22:20: Other: the field 'aliases' repeats the name or an alias with 'other'",
                "22:34: Other: the field 'aliases' repeats the name or an alias with 'o'",
            ]
        );
    }

    #[test]
    fn a_category_is_one_that_a_filter_can_name() {
        let text = format!("{SERVICE}{ENTRY}").replace(
            "[\"one\", \"two\"]",
            "[\"two\", \"\", \"two\", \"a,b\", \" c\", \"\\u009b\"]",
        );
        let found = problems(&text);
        assert_eq!(
            &found[..3],
            [
                "7:22: Demo: the field 'categories' has an empty text",
                "7:26: Demo: the field 'categories' has 'two' twice",
                "7:33: Demo: the field 'categories' has 'a,b'; a category has no comma, no \
                 control character and no space at its ends",
            ]
        );
        assert_eq!(found.len(), 5);
    }

    #[test]
    fn places_count_lines_and_characters() {
        let text = "\u{feff}é = 1, ü = 2\n\n\u{feff}x\ny";
        let at = |what: char| (text.find(what).unwrap(), what.to_string());
        let problems = placed(text, ['y', 'ü', 'é', 'x'].map(at).to_vec());
        let told: Vec<_> = problems.iter().map(Problem::to_string).collect();
        assert_eq!(told, ["1:1: é", "1:8: ü", "3:1: x", "4:1: y"]);
        assert_eq!(
            Problem::behind("a\nbc", "here".to_owned()).to_string(),
            "2:3: here"
        );
    }

    #[test]
    fn long_texts_are_not_repeated_whole() {
        let entry = ENTRY.replace("Demo.0001", &"x".repeat(10_000));
        let services: String = (0..100)
            .map(|number| SERVICE.replace("Demo", &format!("Demo{number}")))
            .collect();
        let found = problems(&format!("{services}{entry}"));
        assert!(found.len() == 1 && found[0].len() < 400, "{found:?}");
    }

    #[test]
    fn broken_toml_is_told_with_its_place() {
        assert!(problems(&format!("{SERVICE}[[entry]\n"))[0].starts_with("8:"));
        assert_eq!(
            problems(""),
            [
                "1:1: the catalog has no [[service]]",
                "1:1: the catalog has no [[entry]]"
            ]
        );
    }
}
