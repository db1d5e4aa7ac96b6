//! Which column of a table is what, by the words of its headings.

use super::Settings;
use super::block::Cell;
use super::value;
use crate::data::words::is_number;

/// Characters and words of a heading; longer texts are prose.
const MAX_HEADING_LENGTH: usize = 40;
const MAX_HEADING_WORDS: usize = 6;
/// Digits from which on a bare number may be a code; shorter ones count rows.
const MIN_DIGITS: usize = 4;
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

/// The words of headings, the most telling first: an `error code description` is a
/// description. Chinese has no spaces, so its words are looked for anywhere.
const VOCABULARY: [(Column, &str); 5] = [
    (
        Column::Solution,
        "solution measure handling troubleshooting suggestion action procedure fix remedy resolution \
         workaround rectification recommendation countermeasure 措施 建议 办法 方案 处理 解决",
    ),
    (
        Column::Description,
        "description cause reason meaning explanation detail semantics 描述 说明 原因 含义 解释 语义",
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
/// Headings that are about the message, although no word of them says so.
const MESSAGES: [&str; 2] = ["response", "error"];
/// Headings that mean the status where another column is the error code.
const STATUS_BESIDE_A_CODE: [&str; 8] = [
    "code",
    "http code",
    "return code",
    "returned code",
    "response code",
    "返回码",
    "响应码",
    "返回代码",
];

/// The columns of an error table.
#[derive(Debug, Clone)]
pub struct Columns {
    pub headings: Vec<Cell>,
    kinds: Vec<Option<Column>>,
    /// The places of the code and of the status.
    code: usize,
    status: Option<usize>,
    /// Whether two headings name the status, the code or the message.
    pub repeats: bool,
}

impl Columns {
    /// The columns that cells are the headings of, if these are the headings of an
    /// error table: one of a code, and one of a message or a description.
    pub fn of(headings: &[Cell]) -> Option<Self> {
        let names: Vec<_> = headings.iter().map(|cell| normalized(&cell.text)).collect();
        let mut kinds: Vec<_> = names.iter().map(|name| kind(name)).collect();
        let may_be_status = |place: &usize| STATUS_BESIDE_A_CODE.contains(&&*names[*place]);
        let is_code = |place: &usize| kinds[*place] == Some(Column::Code);
        let mut places = 0..names.len();
        if !kinds.contains(&Some(Column::Status))
            && places
                .clone()
                .any(|place| is_code(&place) && !may_be_status(&place))
            && let Some(place) = places.find(may_be_status)
        {
            kinds[place] = Some(Column::Status);
        }
        let mut repeats = false;
        for column in [Column::Status, Column::Code, Column::Message] {
            repeats |= keep_best(&mut kinds, &names, column);
        }
        let place = |column| kinds.iter().position(|kind| *kind == Some(column));
        place(Column::Message).or_else(|| place(Column::Description))?;
        Some(Columns {
            code: place(Column::Code)?,
            status: place(Column::Status),
            headings: headings.to_vec(),
            kinds,
            repeats,
        })
    }

    /// As [`of`](Self::of), for cells that nothing but their texts shows to be headings.
    pub fn of_short_texts(cells: &[Cell]) -> Option<Self> {
        let is_heading = |cell: &Cell| cell.text.is_empty() || looks_like_heading(&cell.text);
        cells.iter().all(is_heading).then(|| Self::of(cells))?
    }

    pub fn len(&self) -> usize {
        self.kinds.len()
    }

    pub fn line(&self) -> usize {
        self.headings
            .iter()
            .map(|cell| cell.line)
            .min()
            .unwrap_or(1)
    }

    pub fn has(&self, column: Column) -> bool {
        self.kinds.contains(&Some(column))
    }

    /// Each heading that no field of an entry is for, with its place.
    pub fn unread(&self) -> impl Iterator<Item = (usize, &Cell)> {
        let columns = self.headings.iter().zip(&self.kinds).enumerate();
        columns.filter_map(|(place, (cell, kind))| kind.is_none().then_some((place, cell)))
    }

    /// The places of the columns that are about this.
    pub fn places(&self, column: Column) -> impl Iterator<Item = usize> {
        let places = self.kinds.iter().enumerate();
        places.filter_map(move |(place, kind)| (*kind == Some(column)).then_some(place))
    }

    /// Which cell of a row stands in each column. A row that is too short lacks cells
    /// before its code, which were merged with those above.
    ///
    /// # Errors
    /// Says how the number of cells differs from that of the headings.
    pub fn align(&self, cells: &[&Cell], settings: &Settings) -> Result<Layout, String> {
        if cells.len() == self.len() {
            return Ok((0..cells.len()).map(Some).collect());
        }
        let fits = |layout: &Layout| length(layout) == cells.len();
        let text = |place: usize| cells.get(place).map(|cell| cell.text.as_str());
        let layout = self.layout(text, Some(cells.len()), settings);
        layout.filter(fits).ok_or_else(|| {
            let cells = match cells.len() {
                1 => "1 cell".to_owned(),
                count => format!("{count} cells"),
            };
            format!("{cells} under {} headings", self.len())
        })
    }

    /// The row that starts with these cells, if one does: a code stands where one should
    /// be, and a status, unless it was merged with the one above.
    pub fn row_start(&self, cells: &[Cell], settings: &Settings) -> Option<RowStart> {
        let text = |place: usize| cells.get(place).map(|cell| cell.text.as_str());
        let layout = self.layout(text, None, settings)?;
        Some(RowStart {
            code: layout[self.code]?,
            length: length(&layout),
        })
    }

    /// Whether these cells are all those of a row.
    pub fn is_row(&self, cells: &[Cell], settings: &Settings) -> bool {
        let text = |place: usize| cells.get(place).map(|cell| cell.text.as_str());
        let layout = self.layout(text, Some(cells.len()), settings);
        layout.is_some_and(|layout| length(&layout) == cells.len())
    }

    /// How many cells a row has that starts with these.
    pub fn row_length(&self, cells: &[Cell], settings: &Settings) -> Option<usize> {
        Some(self.row_start(cells, settings)?.length)
    }

    /// The layout of the row that starts with these texts, of which `count` are all it
    /// has. Cells that nobody reads may be missing before the code; that of the status
    /// only where no cell is one.
    fn layout<'t>(
        &self,
        text: impl Fn(usize) -> Option<&'t str>,
        count: Option<usize>,
        settings: &Settings,
    ) -> Option<Layout> {
        let unread: Vec<_> = (0..self.code)
            .filter(|at| self.kinds[*at].is_none())
            .collect();
        let status = self.status.filter(|status| *status < self.code);
        let statuses = [None, status];
        let statuses = &statuses[..if status.is_some() { 2 } else { 1 }];
        let missing = statuses.iter().flat_map(|status| {
            (0..=unread.len()).map(|count| unread[..count].iter().copied().chain(*status).collect())
        });
        missing
            .map(|missing: Vec<usize>| {
                let mut next = 0..;
                let columns = 0..self.len();
                columns
                    .map(|at| (!missing.contains(&at)).then(|| next.next())?)
                    .collect()
            })
            .find(|layout: &Layout| {
                let cell = |column: usize| text(layout[column]?);
                let Some(code) = layout[self.code].and_then(&text) else {
                    return false;
                };
                // A word is a code only if its row has as many cells as it should.
                let has_count = count == Some(length(layout));
                let is_certain = value::full_code(code).is_some()
                    || settings.service.is_some() && has_count && value::is_word(code)
                    || settings.service.is_some() && is_number(code) && code.len() >= MIN_DIGITS;
                let is_missing = |status: usize| layout[status].is_none();
                match self.status {
                    None => is_certain,
                    Some(status) if is_missing(status) => {
                        let before = 0..layout[self.code].unwrap_or(0);
                        let mut before = before.filter_map(&text);
                        is_certain && !before.any(value::is_status)
                    }
                    Some(status) => match cell(status) {
                        Some("") | None => is_certain,
                        Some(status) if value::is_status(status) => {
                            is_certain || value::is_word(code)
                        }
                        Some(_) => false,
                    },
                }
            })
    }
}

/// What the first cells of a row show.
#[derive(Debug, Clone, Copy)]
pub struct RowStart {
    /// The place of its code.
    pub code: usize,
    /// How many cells it has.
    pub length: usize,
}

/// For each column the place of its cell in a row; none where it was merged with the
/// one above.
pub type Layout = Vec<Option<usize>>;

fn length(layout: &Layout) -> usize {
    layout.iter().flatten().count()
}

/// Whether a text could be the heading of some column: short, and no sentence.
pub fn looks_like_heading(text: &str) -> bool {
    !text.is_empty()
        && text.chars().count() <= MAX_HEADING_LENGTH
        && text.split_whitespace().count() <= MAX_HEADING_WORDS
        && (!text.ends_with(SENTENCE_ENDS) || text.eq_ignore_ascii_case("no."))
        && !text.contains(|c: char| c.is_ascii_digit())
}

/// What the column of a heading is about, if that is known.
pub fn kind_of_heading(text: &str) -> Option<Column> {
    kind(&normalized(text))
}

fn kind(name: &str) -> Option<Column> {
    let words: Vec<_> = name.split(' ').collect();
    let is = |word: &str, name: &str| word == name || word.strip_suffix('s') == Some(name);
    let has_any = |names: &str| {
        names.split(' ').any(|known| {
            let is_chinese = !known.is_ascii();
            words.iter().any(|word| is(word, known)) || is_chinese && name.contains(known)
        })
    };
    if has_any(MISLEADING) {
        return None;
    }
    let found = VOCABULARY.iter().find(|(_, names)| has_any(names));
    match found {
        Some((column, _)) => Some(*column),
        None => MESSAGES.contains(&name).then_some(Column::Message),
    }
}

/// A heading in lower-case words, without what stands in brackets: `error code` of
/// `ErrorCode`, `error_code` and `Error Code (errorCode)`. Empty if it is no heading.
fn normalized(text: &str) -> String {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "*#:：".contains(c));
    if !looks_like_heading(text) {
        return String::new();
    }
    let mut words = String::new();
    let mut brackets = 0_usize;
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '(' | '（' | '[' => brackets += 1,
            ')' | '）' | ']' => brackets = brackets.saturating_sub(1),
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

/// Leaves of the columns of a kind the one whose name is plainest: `error code` before
/// `original error code`. Says whether there were more.
fn keep_best(kinds: &mut [Option<Column>], names: &[String], column: Column) -> bool {
    let places = || (0..names.len()).filter(|at| kinds[*at] == Some(column));
    let words = |at: &usize| names[*at].split(' ').count();
    let telling: &[&str] = match column {
        Column::Status => &["status", "code", "状态"],
        _ => &["error", "错误"],
    };
    let is_telling = |at: &usize| telling.iter().any(|word| names[*at].contains(word));
    let Some(best) = places().min_by_key(|at| (!is_telling(at), words(at))) else {
        return false;
    };
    let others: Vec<_> = places().filter(|at| *at != best).collect();
    for other in &others {
        kinds[*other] = None;
    }
    !others.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(texts: &[&str]) -> Vec<Cell> {
        texts.iter().map(|text| Cell::new(text, 1)).collect()
    }

    fn kinds(headings: &[&str]) -> Option<Vec<Option<Column>>> {
        Some(Columns::of(&cells(headings))?.kinds)
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
                "Message|Error Msg|error_msg|Returned Message|Error Info|Prompt|Response|Error",
            ),
            (
                Column::Message,
                "Error Message (error_msg)|错误信息|错误码信息|**Message**|Message:",
            ),
            (
                Column::Description,
                "Description|Possible Causes|Reason|Error Code Description|错误描述|语义",
            ),
            (
                Column::Solution,
                "Solution|Handling Measures|Corrective Action|How to Fix|建议解决方法",
            ),
        ] {
            for heading in headings.split('|') {
                assert_eq!(kind_of_heading(heading), Some(column), "{heading}");
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
            assert_eq!(kind_of_heading(text), None, "{text}");
        }
    }

    #[test]
    fn a_table_needs_a_code_and_a_message_or_a_description() {
        assert_eq!(kinds(&["Status Code", "Message", "Solution"]), None);
        assert_eq!(kinds(&["Error Code", "Solution"]), None);
        assert!(kinds(&["Error Code", "Description"]).is_some());
    }

    #[test]
    fn of_two_columns_with_nearly_the_same_name_the_plainest_is_read() {
        let (status, code) = (Some(Column::Status), Some(Column::Code));
        let message = Some(Column::Message);
        let of = |heading| kinds(&[heading, "Error Code", "Message"]).unwrap();
        assert_eq!(of("Return Code"), [status, code, message]);
        assert_eq!(of("返回码"), [status, code, message]);
        assert_eq!(of("Original Error Code"), [None, code, message]);
        assert_eq!(kinds(&["Return Code", "Message"]).unwrap(), [code, message]);
        let messages = kinds(&["Error Code", "Error Message in Logs", "Error Message"]);
        assert_eq!(messages.unwrap(), [code, None, message]);
    }

    #[test]
    fn a_short_row_has_its_own_status_if_it_has_any() {
        let columns = Columns::of(&cells(&["Module", "Status", "Error Code", "Message"]));
        let columns = columns.unwrap();
        let layout = |row: &[&str]| {
            let cells = cells(row);
            let cells: Vec<_> = cells.iter().collect();
            columns.align(&cells, &Settings::default())
        };
        let (code, message) = (Some(1), Some(2));
        assert_eq!(
            layout(&["404", "Demo.0001", "Gone."]),
            Ok(vec![None, Some(0), code, message])
        );
        assert_eq!(
            layout(&["Public", "Demo.0001", "Gone."]),
            Ok(vec![Some(0), None, code, message])
        );
        assert_eq!(
            layout(&["Demo.0001", "Gone."]),
            Ok(vec![None, None, Some(0), Some(1)])
        );
        assert_eq!(
            layout(&["404", "Demo.0001"]).unwrap_err(),
            "2 cells under 4 headings"
        );
    }

    #[test]
    fn a_row_starts_with_a_status_and_a_code() {
        let columns = Columns::of(&cells(&["Status", "Error Code", "Message"])).unwrap();
        for (row, length) in [
            (["404", "Demo.0001", "Gone."], Some(3)),
            (["404", "NotFound", "Gone."], Some(3)),
            (["", "Demo.0001", "Gone."], Some(3)),
            (["Demo.0001", "Gone.", "404"], Some(2)),
            (["404", "Not found", "Gone."], None),
            (["Gone.", "404", "Demo.0001"], None),
        ] {
            let cells = cells(&row);
            assert_eq!(
                columns.row_length(&cells, &Settings::default()),
                length,
                "{row:?}"
            );
        }
    }
}
