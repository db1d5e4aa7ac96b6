//! Which column of a table is what, by the words of its headings.

use super::cell::Cell;
use super::value;
use crate::data::words::is_number;

/// Characters and words that a heading has at most; longer texts are prose.
const LONGEST_HEADING: usize = 40;
const HEADING_WORDS: usize = 6;
/// Digits from which on a number may be meant as a code; shorter ones count rows.
const FEWEST_DIGITS: usize = 4;
/// What a sentence or a part of one ends with, and a heading does not.
const SENTENCE_ENDS: [char; 8] = ['.', '。', ';', '；', '!', '！', ',', '，'];

/// What a column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Status,
    Code,
    Message,
    Description,
    Solution,
}

/// The words that tell what a column is about, the most telling first: an `error
/// code description` is a description. Chinese has no spaces, so its words are
/// looked for anywhere.
const VOCABULARY: [(Column, &str); 5] = [
    (
        Column::Solution,
        "solution measure handling troubleshooting suggestion action procedure fix remedy resolution \
         workaround rectification recommendation countermeasure 措施 建议 办法 方案 处理 解决",
    ),
    (
        Column::Description,
        "description cause reason meaning explanation detail 描述 说明 原因 含义 解释",
    ),
    (
        Column::Message,
        "message msg information info prompt 信息 消息 提示",
    ),
    (Column::Status, "status http https 状态"),
    (Column::Code, "code errorcode 码"),
];
/// Words of headings of columns that say something else than they seem to.
const MISLEADING: &str = "additional more other related 其他 更多 备注";
/// Headings that mean the status where another column is the error code.
const STATUS_BESIDE_A_CODE: [&str; 7] = [
    "code",
    "return code",
    "returned code",
    "response code",
    "返回码",
    "响应码",
    "返回代码",
];

/// A text as a heading.
#[derive(Debug)]
pub struct Heading {
    /// Its words, as [`normalised`].
    name: String,
    /// What its column is about, if that is known.
    pub kind: Option<Column>,
}

impl Heading {
    pub fn of(text: &str) -> Self {
        let name = normalised(text);
        let kind = kind(&name);
        Heading { name, kind }
    }
}

/// The columns of an error table.
#[derive(Debug, Clone)]
pub struct Columns {
    headings: Vec<Cell>,
    kinds: Vec<Option<Column>>,
    /// The places of the code and of the status.
    code: usize,
    status: Option<usize>,
    repeats: bool,
}

impl Columns {
    /// The columns that cells are the headings of, if these are the headings of an
    /// error table: one of a code, and one of a message or a description.
    pub fn of(cells: &[Cell]) -> Option<Self> {
        let headings: Vec<_> = cells.iter().map(|cell| Heading::of(&cell.text)).collect();
        Columns::new(cells, &headings)
    }

    /// The same for cells that are known as `headings`.
    pub fn new(cells: &[Cell], headings: &[Heading]) -> Option<Self> {
        let mut kinds: Vec<_> = headings.iter().map(|heading| heading.kind).collect();
        let may_be_status = |heading: &Heading| STATUS_BESIDE_A_CODE.contains(&&*heading.name);
        let has = |kinds: &[Option<Column>], column| kinds.contains(&Some(column));
        let has_other_code = headings
            .iter()
            .any(|heading| heading.kind == Some(Column::Code) && !may_be_status(heading));
        if has_other_code
            && !has(&kinds, Column::Status)
            && let Some(place) = headings.iter().position(may_be_status)
        {
            kinds[place] = Some(Column::Status);
        }
        let mut repeats = false;
        for column in [Column::Status, Column::Code, Column::Message] {
            repeats |= keep_first(&mut kinds, column);
        }
        let place = |column| kinds.iter().position(|kind| *kind == Some(column));
        let code = place(Column::Code)?;
        let status = place(Column::Status);
        let says_something = has(&kinds, Column::Message) || has(&kinds, Column::Description);
        says_something.then(|| Columns {
            headings: cells.to_vec(),
            kinds,
            code,
            status,
            repeats,
        })
    }

    pub fn len(&self) -> usize {
        self.kinds.len()
    }

    pub fn line(&self) -> usize {
        self.headings[0].line
    }

    pub fn has(&self, column: Column) -> bool {
        self.kinds.contains(&Some(column))
    }

    /// Whether two headings name the status, the code or the message.
    pub fn repeats(&self) -> bool {
        self.repeats
    }

    /// Each heading with what its column is about.
    pub fn named(&self) -> impl Iterator<Item = (&Cell, Option<Column>)> {
        self.headings.iter().zip(self.kinds.iter().copied())
    }

    /// Whether a row starts with these cells: where the code stands, there is one or
    /// something like it. The status may have been merged with that of the row above.
    pub fn starts_row(&self, cells: &[Cell]) -> bool {
        if self.lacks_status(cells) {
            return true;
        }
        let Some(code) = cells.get(self.code).map(|cell| cell.text.as_str()) else {
            return false;
        };
        let Some(status) = self.status else {
            return is_code(code) || is_number(code) && code.len() >= FEWEST_DIGITS;
        };
        cells.get(status).is_some_and(|status| {
            value::status(&status.text).is_some() && value::is_word(code)
                || status.text.is_empty() && is_code(code)
        })
    }

    /// Whether these cells follow the headings: the first row has its own status.
    pub fn starts_first_row(&self, cells: &[Cell]) -> bool {
        self.starts_row(cells) && !self.lacks_status(cells)
    }

    /// The columns that the cells of a row are under.
    ///
    /// # Errors
    /// Says how the number of cells differs from that of the headings.
    pub fn under(&self, cells: &[Cell]) -> Result<Vec<Option<Column>>, String> {
        let mut kinds = self.kinds.clone();
        let lacks_status = self.lacks_status(cells);
        if let Some(status) = self.status.filter(|_| lacks_status) {
            kinds.remove(status);
        }
        if kinds.len() == cells.len() {
            return Ok(kinds);
        }
        let count = match cells.len() {
            1 => "1 cell".to_owned(),
            count => format!("{count} cells"),
        };
        let without = if lacks_status {
            " without a status"
        } else {
            ""
        };
        Err(format!("{count}{without} under {} headings", self.len()))
    }

    /// Where the row that starts with these cells has its code.
    pub fn code_index(&self, cells: &[Cell]) -> usize {
        self.code_place(self.lacks_status(cells))
    }

    /// How many cells a row has before its code, but for the status.
    pub fn texts_before_code(&self, cells: &[Cell]) -> usize {
        let status = self.status.is_some_and(|status| status < self.code);
        self.code_index(cells) - usize::from(status && !self.lacks_status(cells))
    }

    /// How many cells a row has that starts with these.
    pub fn row_length(&self, cells: &[Cell]) -> usize {
        self.len() - usize::from(self.lacks_status(cells))
    }

    /// The status of the row, where it says one.
    pub fn status_cell<'c>(&self, cells: &'c [Cell]) -> Option<&'c Cell> {
        let place = self.status.filter(|_| !self.lacks_status(cells))?;
        cells.get(place)
    }

    /// Whether the row has no cell for its status.
    fn lacks_status(&self, cells: &[Cell]) -> bool {
        let Some(place) = self.status else {
            return false;
        };
        let has_code = |place: usize| cells.get(place).is_some_and(|cell| is_code(&cell.text));
        let is_status = |cell: &Cell| cell.text.is_empty() || value::status(&cell.text).is_some();
        let is_short = place < self.code || cells.len() < self.len();
        is_short && has_code(self.code_place(true)) && !cells.get(place).is_some_and(is_status)
    }

    /// Where a row has its code.
    fn code_place(&self, lacks_status: bool) -> usize {
        let before = self.status.is_some_and(|status| status < self.code);
        self.code - usize::from(lacks_status && before)
    }
}

/// Whether a text could be the heading of some column: short, and no sentence.
pub fn looks_like_heading(text: &str) -> bool {
    !text.is_empty()
        && text.chars().count() <= LONGEST_HEADING
        && text.split_whitespace().count() <= HEADING_WORDS
        && (!text.ends_with(SENTENCE_ENDS) || text.eq_ignore_ascii_case("no."))
        && !text.contains(|c: char| c.is_ascii_digit())
}

/// A code with a letter in its name, so that `1.5` is not one.
fn is_code(text: &str) -> bool {
    value::code(text).is_some_and(|code| code.contains(|c: char| c.is_ascii_alphabetic()))
}

fn kind(normalised: &str) -> Option<Column> {
    let words: Vec<_> = normalised.split(' ').collect();
    let is = |word: &str, name: &str| word == name || word.strip_suffix('s') == Some(name);
    let has_any = |names: &str| {
        names.split(' ').any(|name| {
            let is_chinese = !name.is_ascii();
            words.iter().any(|word| is(word, name)) || is_chinese && normalised.contains(name)
        })
    };
    if has_any(MISLEADING) {
        return None;
    }
    let found = VOCABULARY.iter().find(|(_, names)| has_any(names));
    match found {
        Some((column, _)) => Some(*column),
        // `Response` alone is what the caller gets to read.
        None => (normalised == "response").then_some(Column::Message),
    }
}

/// A heading in lower-case words, without what stands in brackets: `error code` of
/// `ErrorCode`, `error_code` and `Error Code (errorCode)`. Empty if it is no heading.
fn normalised(text: &str) -> String {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "*#:：".contains(c));
    if !looks_like_heading(text) {
        return String::new();
    }
    let mut words = String::new();
    let mut brackets = 0_usize;
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '(' | '（' => brackets += 1,
            ')' | '）' => brackets = brackets.saturating_sub(1),
            _ if brackets > 0 => {}
            c if c.is_alphanumeric() => {
                if before.is_lowercase() && c.is_uppercase() {
                    words.push(' ');
                }
                words.extend(c.to_lowercase());
            }
            _ => words.push(' '),
        }
        before = c;
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Leaves only the first column of a kind; says whether there were more.
fn keep_first(kinds: &mut [Option<Column>], column: Column) -> bool {
    let of_kind = kinds.iter_mut().filter(|kind| **kind == Some(column));
    of_kind.skip(1).fold(false, |_, kind| {
        *kind = None;
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(texts: &[&str]) -> Vec<Cell> {
        texts.iter().map(|text| Cell::new(text, 1)).collect()
    }

    fn kinds(headings: &[&str]) -> Option<Vec<Option<Column>>> {
        let columns = Columns::of(&cells(headings))?;
        Some(columns.named().map(|(_, kind)| kind).collect())
    }

    #[test]
    fn headings_are_known_by_their_words() {
        for (column, headings) in [
            (
                Column::Status,
                "Status|HTTP Status Codes|Http Code|HTTPS Status Code|HTTP状态码",
            ),
            (
                Column::Code,
                "Code|Error Code|ErrorCode|error_code|API Error Code|Return Code|错误码",
            ),
            (
                Column::Message,
                "Message|Error Msg|error_msg|Returned Message|Error Info|Prompt|Response",
            ),
            (
                Column::Message,
                "Error Message (error_msg)|错误信息|错误码信息|**Message**|Message:",
            ),
            (
                Column::Description,
                "Description|Possible Causes|Reason|Error Code Description|错误描述",
            ),
            (
                Column::Solution,
                "Solution|Handling Measures|Corrective Action|How to Fix|建议解决方法",
            ),
        ] {
            for heading in headings.split('|') {
                assert_eq!(Heading::of(heading).kind, Some(column), "{heading}");
            }
        }
        for text in [
            "Remarks",
            "More Information",
            "No.",
            "Error code.",
            "Error 404 code",
            "If an error occurs, an error code is returned with its message",
        ] {
            assert_eq!(Heading::of(text).kind, None, "{text}");
        }
    }

    #[test]
    fn a_table_needs_a_code_and_a_message_or_a_description() {
        assert_eq!(kinds(&["Status Code", "Message", "Solution"]), None);
        assert_eq!(kinds(&["Error Code", "Solution"]), None);
        assert!(kinds(&["Error Code", "Description"]).is_some());
    }

    #[test]
    fn a_return_code_beside_the_error_code_is_the_status() {
        let status = Some(Column::Status);
        let code = Some(Column::Code);
        let message = Some(Column::Message);
        let of = |heading| kinds(&[heading, "Error Code", "Message"]).unwrap();
        assert_eq!(of("Return Code"), [status, code, message]);
        assert_eq!(of("返回码"), [status, code, message]);
        assert_eq!(of("Sub Code"), [code, None, message]);
        assert_eq!(kinds(&["Return Code", "Message"]).unwrap(), [code, message]);
    }

    #[test]
    fn a_row_may_lack_its_status() {
        let columns = Columns::of(&cells(&["Status", "Error Code", "Message"])).unwrap();
        for (row, starts) in [
            (["404", "Demo.0001", "Gone."], true),
            (["404", "NotFound", "Gone."], true),
            (["", "Demo.0001", "Gone."], true),
            (["Demo.0001", "Gone.", "404"], true),
            (["404", "Not found", "Gone."], false),
            (["Gone.", "404", "Demo.0001"], false),
        ] {
            assert_eq!(columns.starts_row(&cells(&row)), starts, "{row:?}");
        }
        let under = |row: &[&str]| columns.under(&cells(row));
        assert_eq!(under(&["Demo.0001", "Gone."]).unwrap().len(), 2);
        assert_eq!(
            under(&["404", "Demo.0001"]).unwrap_err(),
            "2 cells under 3 headings"
        );
        assert_eq!(
            under(&["Demo.0001", "Gone.", "Gone.", "Gone."]).unwrap_err(),
            "4 cells without a status under 3 headings"
        );
    }
}
