//! `orgerr explain` on streams: `--follow`, `--tee`, and memory.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::Stdio;

use crate::support::{FORMATS, TemporaryFile, command, orgerr, orgerr_reading, start};

#[test]
fn follow_prints_a_code_as_soon_as_its_line_ends() {
    let mut child = start(&mut command(&["explain", "--follow", "-o", "jsonl"]));
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut next = |line: &str| -> serde_json::Value {
        stdin.write_all(line.as_bytes()).unwrap();
        let mut printed = String::new();
        stdout.read_line(&mut printed).unwrap();
        serde_json::from_str(&printed).unwrap()
    };
    let first = next("one status=400 Organizations.1305\n");
    assert_eq!(first["code"], "Organizations.1305");
    assert_eq!(first["first"]["http_status"], 400);
    assert_eq!(first["count"], 1);
    // Each code is printed once.
    let second = next("two Organizations.1305\nthree Organizations.1400\n");
    assert_eq!(second["code"], "Organizations.1400");
    assert_eq!(second["first"]["line"], 3);
    // Behind a megabyte a thread reads ahead, and waits for no more than there is.
    let third = next(&("nothing\n".repeat(200_000) + "four Organizations.1401\n"));
    assert_eq!(third["first"]["line"], 200_004);
    let fourth = next("five Organizations.1402\n");
    assert_eq!(fourth["first"]["line"], 200_005);
    // What stands above may be a client's sentence, but these lines are of their own.
    let below = "2026-11-24T10:00:00Z Request not authorized {\"seen\": [\n\
                 2026-11-24T10:00:02Z error_code=Organizations.1301 status=404\n";
    assert_eq!(next(below)["code"], "Organizations.1301");
    let below = "WARN Authentication failed\nERROR error_code=Organizations.1303 status=404\n";
    assert_eq!(next(below)["code"], "Organizations.1303");
    drop(stdin);
    let mut rest = String::new();
    stdout.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn follow_reads_lines_of_any_length() {
    for length in [100_000, 300_000, 1_000_000] {
        let log = format!("x\n{} failed: Organizations.1305\ny", "y".repeat(length));
        let run = orgerr_reading("explain --follow --json", &log).succeeded();
        assert_eq!(run.all("code"), ["Organizations.1305"], "{length}");
    }
}

#[test]
fn follow_prints_every_format_completely() {
    let log = "a Organizations.1305\nb Organizations.1400\nc Organizations.1305\n";
    let run = orgerr_reading("explain --follow --json", log).succeeded();
    assert_eq!(run.all("count"), ["1", "1"]);
    assert_eq!(run.all("code"), ["Organizations.1305", "Organizations.1400"]);
    for (format, lines) in [("tsv", 3), ("markdown", 4), ("plain", 2), ("table", 14)] {
        let run = orgerr_reading(&format!("explain --follow -o {format}"), log).succeeded();
        assert_eq!(run.stdout.lines().count(), lines, "{format}: {}", run.stdout);
    }
    for format in FORMATS {
        let [followed, read] = ["--follow", ""].map(|option| {
            let run = orgerr_reading(&format!("explain {option} -o {format}"), "all is well\n");
            (run.stdout, run.code)
        });
        assert_eq!(followed, read, "{format}");
    }
}

#[test]
fn tee_copies_every_byte_at_once() {
    let mut child = start(&mut command(&["explain", "--tee", "-o", "plain"]));
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let pieces: [&[u8]; 3] = [b"\xff\xfe no text \0", b"\x1b[31mOrganizations.1305\r\n", b"no end"];
    for piece in pieces {
        stdin.write_all(piece).unwrap();
        let mut passed = vec![0; piece.len()];
        stdout.read_exact(&mut passed).unwrap();
        assert_eq!(passed, piece);
    }
    drop(stdin);
    let mut rest = Vec::new();
    stdout.read_to_end(&mut rest).unwrap();
    assert!(rest.is_empty());
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "UTF-16 without a code: {stderr}");
}

#[test]
fn tee_explains_at_the_end() {
    let input = "one\nOrganizations.1400\n";
    let run = orgerr_reading("explain --tee -o plain", input);
    assert_eq!((run.stdout.as_str(), run.code), (input, 0));
    assert_eq!(
        run.stderr,
        "Organizations.1400 (404 Not Found): Handshake not found. \
         Fix: Check whether the handshake is correct. Seen: once, at <stdin>:2\n"
    );
}

#[test]
fn tee_refuses_a_file() {
    let run = orgerr("explain --tee Cargo.toml");
    assert_eq!((run.stdout.as_str(), run.code), ("", 2));
    run.reports("error: --tee reads standard input only: orgerr explain --tee < FILE");
}

#[test]
fn a_note_says_when_messages_are_no_longer_searched() {
    let line = "2026-11-24 10:00:00 INFO nothing to see here, move along, please, thank you\n";
    let mut log = "x\nnot found for tag.\n".to_owned() + &line.repeat(900_000);
    let run = orgerr_reading("explain --json", &log);
    assert_eq!(run.all("code"), ["Organizations.1700"]);
    assert_eq!(
        run.stderr,
        "note: <stdin> names no code; only its first 64 MiB were searched for documented messages\n"
    );
    log += "Organizations.1305\n";
    let run = orgerr_reading("explain --json", &log).succeeded();
    assert_eq!(run.all("code"), ["Organizations.1305"]);
}

/// Pipes the pieces into `explain`. Returns the findings and the peak of its memory in
/// KiB.
#[cfg(target_os = "linux")]
fn explained_with_memory(pieces: impl Iterator<Item = Vec<u8>>) -> (serde_json::Value, usize) {
    let mut child = start(&mut command(&["explain", "--json"]));
    let mut stdin = child.stdin.take().unwrap();
    for piece in pieces {
        stdin.write_all(&piece).unwrap();
    }
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let peak = peak.trim().strip_suffix(" kB").unwrap().parse().unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    (serde_json::from_slice(&output.stdout).unwrap(), peak)
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_input_or_a_line() {
    // One line of 500 MB, many codes and many unknown codes.
    let pieces = (0..500).map(|block| {
        let mut piece = format!("Organizations.1305 Organizations.{block:07} ").into_bytes();
        piece.resize(1_000_000, b'x');
        *piece.last_mut().unwrap() = b' ';
        piece
    });
    let (findings, peak) = explained_with_memory(pieces);
    assert_eq!(findings[0]["count"], 500);
    assert!(peak < 32 * 1024, "{peak} KiB");
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_lines() {
    let mut block = b"2026-11-25 10:00:00 INFO all is well\n".repeat(27_000);
    block.extend(b"status=400 Organizations.1305\n");
    let blocks = 2_000_000_000_usize.div_ceil(block.len());
    let (findings, peak) = explained_with_memory(std::iter::repeat_n(block, blocks));
    assert_eq!(findings[0]["count"], blocks);
    assert!(peak < 32 * 1024, "{peak} KiB");
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_messages_on_a_line() {
    // Each could be an argument of the one before it.
    let pieces = (0..10).map(|_| b"msg:Bad Request: ".repeat(100_000));
    let (findings, peak) = explained_with_memory(pieces);
    assert_eq!(findings[0]["code"], "Organizations.2007");
    assert!(peak < 32 * 1024, "{peak} KiB");
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_what_unknown_codes_say() {
    let message = "long ".repeat(3_000);
    let line = |number| {
        format!("{{\"error_code\":\"Organizations.2{number:05}\",\"error_msg\":\"{message}\"}}\n")
    };
    let (findings, peak) =
        explained_with_memory((0..4_096).map(|number| line(number).into_bytes()));
    let count = findings.as_array().unwrap().len();
    assert!((200..400).contains(&count), "{count}");
    assert!(peak < 32 * 1024, "{peak} KiB");
}

#[cfg(unix)]
#[test]
fn tee_explains_the_whole_input_even_if_its_reader_leaves() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = command(&["explain", "--tee", "-o", "plain"]);
    let mut child =
        command.stdin(Stdio::piped()).stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(&b"nothing\n".repeat(300_000)).unwrap();
    stdin.write_all(b"Organizations.1400\n").unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.starts_with("Organizations.1400 "), "{stderr}");
    assert_eq!(output.status.code(), Some(0));
}

/// A member of a gzip file.
fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn gzip_is_read_as_it_is() {
    let mut both = gzip("failed: Organizations.1305\n");
    both.extend(gzip("failed: Organizations.1400\n"));
    let codes = ["Organizations.1305", "Organizations.1400"];
    assert_eq!(orgerr_reading("explain --json", &both).succeeded().all("code"), codes);
    assert_eq!(orgerr_reading("explain --follow --json", &both).succeeded().all("code"), codes);
    let file = TemporaryFile::new("app.log.2.gz", &both);
    let run = orgerr(&format!("explain {} --json", file.path())).succeeded();
    assert_eq!(run.all("code"), codes);

    let cut_off = &both[..both.len() - 12];
    let run = orgerr_reading("explain --json", cut_off);
    assert_eq!((&run.all("code")[0], run.code), (&codes[0].to_owned(), 0));
    assert_eq!(run.stderr, "note: <stdin> is cut off; what is there was read\n");

    let mut damaged = both.clone();
    // The checksum of the last member.
    let checksum = damaged.len() - 8;
    damaged[checksum] ^= 0xff;
    let damaged = orgerr_reading("explain --json", damaged);
    assert_eq!((&damaged.all("code")[0], damaged.code), (&codes[0].to_owned(), 2));
    damaged.reports("error: cannot read <stdin>: corrupt gzip stream");
}

#[test]
fn what_was_read_is_reported_whole_though_a_file_is_missing() {
    let log = TemporaryFile::new("a.log", "error_code: IAM.0011\nOrganizations.1305\n");
    let foreign = "also found codes of other services: IAM.0011";
    for options in ["", "--summary", "--follow", "--status 400"] {
        let line = format!("explain {} no-such.log -o jsonl {options}", log.path());
        let run = orgerr(&line);
        assert_eq!((run.stdout.lines().count(), run.code), (1, 2), "{line}");
        assert!(run.stderr.starts_with("error: cannot read no-such.log: "));
        run.reports(foreign);
    }
    let run = orgerr(&format!("explain {} no-such.log --status 404", log.path()));
    assert_eq!((run.stdout.as_str(), run.code), ("", 2));
    run.reports("the filters exclude every error in the input (1)");
    let run = orgerr("explain no-such.log");
    assert!(!run.stderr.contains("no error code"), "{}", run.stderr);
}

#[test]
fn what_stands_after_gzip_is_left_out_and_said() {
    let note = "note: <stdin> has more after what gzip compressed; that was left out\n";
    let one = gzip("failed: Organizations.1305\n");
    for rest in [&[0; 5000][..], b"Organizations.1402", b"\x1f\x8b\xff no member"] {
        let input = [&one[..], &one, rest].concat();
        for line in ["explain --json", "explain --follow --json"] {
            let run = orgerr_reading(line, &input);
            assert_eq!(run.all("code"), ["Organizations.1305"], "{line}");
            assert_eq!(run.json()[0]["count"], if line.contains("follow") { 1 } else { 2 });
            assert_eq!((run.stderr.as_str(), run.code), (note, 0), "{line}");
        }
    }
}

#[test]
fn what_only_begins_like_gzip_is_read_as_it_is() {
    let note = "note: <stdin> begins like a gzip file but is none; it was read as it is\n";
    for start in [
        &b"\x1f\x8b"[..],
        b"\x1f\x8b\x08",
        b"\x1f\x8bno gzip",
        b"\x1f\x8b\x08\0\0\0\0\0\0\0\xff\xff\xff",
    ] {
        let input = [start, b" failed: Organizations.1305\n"].concat();
        let run = orgerr_reading("explain --json", &input);
        assert_eq!(run.all("code"), ["Organizations.1305"], "{start:?}");
        assert_eq!((run.stderr.as_str(), run.code), (note, 0), "{start:?}");
    }
    let nothing = orgerr_reading("explain --json", b"\x1f\x8b nothing");
    assert_eq!((nothing.stdout.as_str(), nothing.code), ("[]\n", 1));
    assert_eq!(nothing.stderr, format!("{note}note: no error code in the input\n"));
}

#[test]
fn follow_waits_for_the_rest_of_a_failure_before_it_guesses_the_code() {
    let log = "2026-11-24 10:00:00 ERROR error leaving the organization: Authentication failed\n\
               {\"error_code\":\"Organizations.1001\"}\n\
               2026-11-24 10:00:01 INFO done\n";
    let run = orgerr_reading("explain --follow --json", log).succeeded();
    assert_eq!(run.all("code"), ["Organizations.1001"]);
    let log = log.replace("{\"error_code\":\"Organizations.1001\"}\n", "");
    let run = orgerr_reading("explain --follow --json", &log).succeeded();
    assert_eq!(run.all("matched_by"), ["sentence"]);
}

#[test]
fn tee_passes_gzip_on_as_it_is() {
    let mut with_more = gzip("failed: Organizations.1305\n");
    with_more.extend(b"and more that is no gzip, to be passed on all the same");
    let mut command = command(&["explain", "--tee"]);
    let mut child = start(&mut command);
    child.stdin.take().unwrap().write_all(&with_more).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.stdout, with_more);
    let explained = String::from_utf8_lossy(&output.stderr);
    assert!(explained.contains("Maximum number of accounts"), "{explained}");
}

#[test]
fn utf16_is_read_without_a_byte_order_mark_too() {
    let log = "failed: Organizations.1305\n";
    let expected = orgerr_reading("explain --json", log).succeeded().stdout;
    for units in [u16::to_le_bytes, u16::to_be_bytes] {
        let bytes: Vec<u8> = log.encode_utf16().flat_map(units).collect();
        for line in ["explain --json", "explain --json --follow"] {
            let run = orgerr_reading(line, &bytes).succeeded();
            assert_eq!((run.stdout.as_str(), run.stderr.as_str()), (&*expected, ""), "{line}");
        }
    }
}

#[test]
fn what_cannot_be_read_is_said_with_what_to_do() {
    for (bytes, note) in [
        (
            &b"\x28\xb5\x2f\xfd\x04\x00"[..],
            "note: <stdin> looks like a file compressed with zstd; unpack it first\n",
        ),
        (
            b"\x89PNG\r\n\x1a\n",
            "note: <stdin> looks like a picture (PNG); copy the text out of it first\n",
        ),
    ] {
        let run = orgerr_reading("explain", bytes);
        assert_eq!((run.stderr.as_str(), run.code), (note, 1));
    }
}
