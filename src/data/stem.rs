//! Reduces the forms of a word to the stem that they share.

/// Forms that no rule reduces, ascending, each with the word that it is a form of. Whatever is
/// not so is "not": people say "isn't attached" and the catalog "not attached".
#[rustfmt::skip]
const IRREGULAR: [(&str, &str); 57] = [
    ("arent", "not"), ("broke", "break"), ("broken", "break"), ("cant", "cannot"),
    ("children", "child"), ("chose", "choose"), ("chosen", "choose"), ("couldnt", "cannot"),
    ("didnt", "not"), ("doesnt", "not"), ("dont", "not"), ("fallen", "fall"), ("fell", "fall"),
    ("forbade", "forbid"), ("forbidden", "forbid"), ("forgot", "forget"), ("forgotten", "forget"),
    ("froze", "freeze"), ("frozen", "freeze"), ("gave", "give"), ("given", "give"),
    ("gone", "go"), ("grew", "grow"), ("grown", "grow"), ("hadnt", "not"), ("hasnt", "not"),
    ("havent", "not"), ("held", "hold"), ("hid", "hide"), ("hidden", "hide"), ("isnt", "not"),
    ("kept", "keep"), ("knew", "know"), ("known", "know"), ("lost", "lose"), ("made", "make"),
    ("paid", "pay"), ("people", "person"), ("ran", "run"), ("sent", "send"), ("shouldnt", "not"),
    ("stuck", "stick"), ("taken", "take"), ("threw", "throw"), ("thrown", "throw"),
    ("took", "take"), ("undid", "undo"), ("undone", "undo"), ("wasnt", "not"), ("went", "go"),
    ("werent", "not"), ("withdrawn", "withdraw"), ("withdrew", "withdraw"), ("wont", "not"),
    ("wouldnt", "not"), ("written", "write"), ("wrote", "write"),
];

/// Traditional Chinese characters, each with the simplified one that the glossary has.
const TRADITIONAL: &str = "組组 織织 單单 帳账 賬账 號号 戶户 凍冻 結结 標标 籤签 簽签 額额 數数 據据 \
    層层 級级 錯错 誤误 無无 權权 驗验 證证 認认 請请 處处 關关 聯联 閉闭 開开 \
    啟启 刪删 創创 離离 轉转 動动 綁绑 屬属 類类 態态 狀状 過过 長长 參参 應应 \
    響响 頭头 記记 頁页 時时 間间 範范 圍围 區区 點点 員员 業业 務务 閘闸 後后 \
    網网 鑰钥 調调 試试 環环 發发 佈布 運运 執执 腳脚 協协 議议 併并 並并 個个 \
    這这 為为 麼么 嗎吗 們们 沒没 還还 經经 進进 現现 報报 給给 對对 會会 來来 \
    從从 讓让 說说 寫写 讀读 獲获 詢询 稱称 複复 復复 衝冲 內内 預预 設设 統统 \
    憑凭 檔档 檢检 測测 達达 滿满 條条 種种 樣样 幾几 兩两 變变 換换 銷销 註注 \
    冊册 顯显 審审 計计 費费 續续 頻频 護护 鏈链 確确 實实 體体 際际 國国 導导 \
    線线 損损 壞坏 備备 錄录 監监 視视 誰谁 訪访 問问 絕绝 儲储 傳传 輸输 載载 \
    遷迁 資资 項项 僅仅 須须 異异 與与";

/// What the forms of an English word share, and the ways to write a Chinese character; other
/// words stay as they are. Takes off plurals, -ing, -ed, -ment, -ion, -ate and British -ise.
pub fn stem(word: &str) -> String {
    if !word.is_ascii() {
        return simplified(word).to_owned();
    }
    if word.len() < 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.to_owned();
    }
    let irregular = IRREGULAR.binary_search_by_key(&word, |(form, _)| form);
    let mut stem = american(irregular.map_or(word, |place| IRREGULAR[place].1));
    singular(&mut stem);
    if let Some(rest) = stem.strip_suffix("ment").filter(|rest| rest.len() >= 4) {
        stem.truncate(rest.len());
    }
    if stem.ends_with("ied") {
        stem.truncate(stem.len() - 1);
        stem.pop();
    } else if let Some(length) = without_verb_ending(&stem) {
        stem.truncate(length);
        undouble(&mut stem);
    } else if stem.len() >= 6 && stem.ends_with("tion") {
        stem.truncate(stem.len() - 3);
    }
    if stem.len() > 3 && stem.ends_with('e') {
        stem.pop();
    }
    if let Some(rest) = stem.strip_suffix("at").filter(|rest| rest.len() >= 5) {
        stem.truncate(rest.len());
        undouble(&mut stem);
    }
    if stem.ends_with("ific") {
        stem.pop();
    } else if stem.len() > 3 && stem.ends_with('y') {
        stem.pop();
        stem.push('i');
    }
    stem
}

/// The simplified form of a traditional Chinese character.
fn simplified(character: &str) -> &str {
    let pair = TRADITIONAL
        .split(' ')
        .find_map(|pair| pair.strip_prefix(character));
    pair.filter(|simplified| !simplified.is_empty())
        .unwrap_or(character)
}

/// The American spelling of -ise, -isation and their forms.
fn american(word: &str) -> String {
    for (british, american) in [("isation", "ization"), ("ising", "izing")] {
        if let Some(at) = word.find(british).filter(|at| *at > 2) {
            return format!("{}{american}{}", &word[..at], &word[at + british.len()..]);
        }
    }
    for british in ["ise", "ised", "ises"] {
        if let Some(start) = word.strip_suffix(british).filter(|start| start.len() > 3) {
            return format!("{start}iz{}", &british[2..]);
        }
    }
    word.to_owned()
}

fn singular(word: &mut String) {
    if word.len() > 4 && word.ends_with("ies") {
        word.truncate(word.len() - 3);
        word.push('y');
    } else if ["sses", "xes", "ches", "shes", "zes"]
        .iter()
        .any(|end| word.ends_with(end))
    {
        word.truncate(word.len() - 2);
    } else if word.ends_with('s')
        && !["ss", "is"].iter().any(|end| word.ends_with(end))
        && (word.len() == 3 || !word.ends_with("us"))
    {
        word.pop();
    }
}

/// The length without -ing or -ed, where something with a vowel is left.
fn without_verb_ending(word: &str) -> Option<usize> {
    if word.ends_with("eed") {
        return None;
    }
    let rest = word
        .strip_suffix("ing")
        .or_else(|| word.strip_suffix("ed"))?;
    let has_vowel = rest.bytes().any(|b| b"aeiouy".contains(&b));
    (rest.len() >= 3 && has_vowel).then_some(rest.len())
}

/// Makes `cancell` `cancel`; `pass` and `full` keep their letters.
fn undouble(word: &mut String) {
    let bytes = word.as_bytes();
    if let [.., before, last] = bytes
        && before == last
        && word.len() > 4
        && !b"aeiousz".contains(last)
    {
        word.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_share_a_stem() {
        for forms in [
            &["policy", "policies"][..],
            &[
                "cancel",
                "cancels",
                "cancelled",
                "canceled",
                "cancelling",
                "cancellation",
                "cancellations",
            ],
            &[
                "attach",
                "attached",
                "attaching",
                "attachment",
                "attachments",
            ],
            &["delegate", "delegated", "delegating", "delegation"],
            &["create", "creates", "created", "creating", "creation"],
            &[
                "organization",
                "organizations",
                "organisation",
                "organisations",
            ],
            &["invite", "invited", "inviting", "invitation"],
            &["exceed", "exceeds", "exceeded", "exceeding"],
            &["modify", "modifies", "modified", "modification"],
            &["verify", "verified", "verification"],
            &["duplicate", "duplicates", "duplicated"],
            &["authorize", "authorised", "authorization", "authorisation"],
            &["deny", "denied", "denies"],
            &["ou", "ous"],
        ] {
            for form in forms {
                assert_eq!(stem(form), stem(forms[0]), "{form}");
            }
        }
        assert!(IRREGULAR.is_sorted());
        assert_ne!(stem("organization"), stem("organizational"));
        assert_eq!((stem("帳"), stem("账")), ("账".to_owned(), "账".to_owned()));
        assert_ne!(stem("string"), stem("strong"));
    }
}
