#!/usr/bin/env python3
"""Real clients fail against a stub of the service, and `orgerr explain` reads what they print.

    tests/clients/run.py              every run of the table below
    tests/clients/run.py loguru pino  the runs whose command has one of these words
    tests/clients/run.py --each pino  the same runs, each against all of the answers

The clients are installed into target/clients. Its folder `wrong` keeps the output that was read
wrongly. Clients that cannot be installed are left out; with ORGERR_REQUIRE_CLIENTS, that is a
failure if the registries answer. ORGERR names a binary to try in place of the one that is built
here.
"""

import collections
import concurrent.futures
import dataclasses
import hashlib
import html
import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / "target" / "clients"
WRONG = WORK / "wrong"


@dataclasses.dataclass(frozen=True)
class Answer:
    status: int
    code: str = None
    message: str = None
    args: tuple = ()
    authorization: str = None
    documented: int = None  # the status in the catalog, if it is another
    in_catalog: bool = True
    headers: tuple = ()
    page: str = None  # sent in place of an error

    def body(self, request_id):
        error = {
            "error_code": self.code and self.code.replace("APIGW", "APIG"),
            "error_msg": self.message,
            "encoded_authorization_message": self.authorization,
            "request_id": request_id,
        }
        error = {name: value for name, value in error.items() if value}
        return self.page or json.dumps(error, separators=(",", ":"))


DONE = Answer(200, page='{"accounts":[],"page_info":{"next_marker":null,"current_count":0}}')
NOT_MANAGEMENT = Answer(
    401,
    "Organizations.1001",
    "this operation can be called only from the management account of an organization.",
)
REFUSED = Answer(
    403,
    "Organizations.1007",
    "Policy doesn't allow 'organizations:accounts:create' to be performed.",
    args=("organizations:accounts:create",),
    authorization="Xk3vQ9" + "mB7tLz0aWq" * 9 + "==",
)
SAME_NAME = Answer(
    409,
    "Organizations.1205",
    "conflict for organizational unit, an organizational unit names must be unique within a parent.",
)
NO_ACCOUNT = Answer(404, "Organizations.1300", "not found for account.")
QUOTA = Answer(400, "Organizations.1305", "quota exceeded for account.")
GONE = Answer(400, "Organizations.1500", "not found for delegated administrator.", documented=404)
UNKNOWN = Answer(
    400, "Organizations.1399", "account name contains a reserved word.", in_catalog=False
)
UNAVAILABLE = Answer(502, "APIGW.0201", "Backend unavailable.")
UNEXPECTED = Answer(500, "APIGW.0201", "An unexpected error occurred")
SIGNATURE = Answer(
    401, "APIGW.0301", "Incorrect IAM authentication information: verify aksk signature fail"
)
TOO_MANY = Answer(
    429,
    "APIGW.0308",
    "The throttling threshold has been reached: policy ip over ratelimit,limit:5,time:1 minute",
    headers=(("X-Apig-Ratelimit-Api", "remain:0,limit:5,time:1 minute"),),
)
# Nothing to find: an error of another service, and a page of a proxy.
ELSEWHERE = Answer(403, "IAM.0003", "You are not authorized to perform the requested action.")
PROXY = Answer(503, page="<html><body><h1>503 Service Unavailable</h1></body></html>")

# A command, and the stub's answers to its requests in turn.
RUNS = [
    ("curl $URL", QUOTA),
    ("curl -sS $URL", NOT_MANAGEMENT),
    ("curl -i $URL", REFUSED),
    ("curl -i $URL", ELSEWHERE),
    ("curl -i $URL", PROXY),
    ("curl -is $URL $URL $URL", NO_ACCOUNT, DONE, GONE),
    ("curl -sSv $URL", SAME_NAME),
    ("curl -v -d '{\"name\":\"build\"}' $URL $URL", QUOTA, REFUSED),
    ("curl -f $URL", REFUSED),
    ("curl -sS --fail-with-body $URL", NO_ACCOUNT),
    ("curl -sS -w '%{http_code}' $URL", QUOTA),
    ("curl -sS -w '\\n%{http_code} %{time_total}\\n' $URL", GONE),
    ("curl -sS -w ' %{http_code}\\n' $URL $URL", NO_ACCOUNT, REFUSED),
    ("curl -sS -w '%{json}' $URL", SIGNATURE),
    ("curl -sS -D - $URL", TOO_MANY),
    ("curl -sS -D /dev/stderr -o /dev/stdout $URL", UNAVAILABLE),
    ("curl -sS -o /dev/null --trace-ascii - $URL", NO_ACCOUNT),
    ("curl -sS --retry 1 $URL", TOO_MANY, REFUSED),
    ("curl -s $URL; curl -s $URL; curl -s $URL", NO_ACCOUNT, QUOTA, GONE),
    ("curl -s $URL | python3 -m json.tool", REFUSED),
    ("curl -s $URL | python3 -m json.tool --sort-keys --tab", SIGNATURE),
    ("wget -O - $URL", QUOTA),
    ("wget -q -S --content-on-error -O - $URL", REFUSED),
    ("wget -S --content-on-error -O - $URL", SAME_NAME),
    ("wget -d --content-on-error -O - $URL", SIGNATURE),
    ("http --ignore-stdin $URL", QUOTA),
    ("http --ignore-stdin -v $URL name=build", REFUSED),
    ("http --ignore-stdin --print=hb $URL", UNAVAILABLE),
    ("http --ignore-stdin --print=b --check-status $URL", NO_ACCOUNT),
    ("http --ignore-stdin --print=hb --pretty=all $URL", SAME_NAME),
    ("http --ignore-stdin --print=HhBb --pretty=colors $URL name=build", GONE),
    ("http --ignore-stdin --print=hb --pretty=format $URL", UNKNOWN),
    ("python plain_http.py urllib_uncaught", REFUSED),
    ("python plain_http.py urllib_error", QUOTA),
    ("python plain_http.py urllib_note", GONE),
    ("python plain_http.py http_client_debug", SAME_NAME),
    ("python plain_http.py requests_uncaught", SIGNATURE),
    ("python plain_http.py requests_with_body", NO_ACCOUNT),
    ("python plain_http.py requests_status_and_text", UNEXPECTED, UNKNOWN),
    ("python plain_http.py requests_json", GONE),
    ("python plain_http.py requests_dump", NOT_MANAGEMENT),
    ("python plain_http.py requests_headers_and_bytes", REFUSED),
    ("python plain_http.py requests_wire_debug", UNAVAILABLE, SAME_NAME),
    ("python plain_http.py urllib3_response", REFUSED),
    ("python plain_http.py aiohttp_raise", QUOTA),
    ("python plain_http.py aiohttp_response", SAME_NAME),
    ("python plain_http.py httpx_logged", SIGNATURE, GONE),
    ("python plain_http.py httpx_uncaught", NO_ACCOUNT),
    ("python plain_http.py httpx_debug", UNEXPECTED),
    ("python vendor_sdk.py uncaught", REFUSED),
    ("python vendor_sdk.py uncaught", TOO_MANY),
    ("python vendor_sdk.py uncaught", ELSEWHERE),
    ("python vendor_sdk.py uncaught", PROXY),
    ("python vendor_sdk.py printed", QUOTA),
    ("python vendor_sdk.py printed_repr", SAME_NAME),
    ("python vendor_sdk.py printed_values", SIGNATURE),
    ("python vendor_sdk.py printed_values_of_three", NO_ACCOUNT, NOT_MANAGEMENT, REFUSED),
    ("python vendor_sdk.py printed_labels", UNEXPECTED),
    ("python vendor_sdk.py printed_dict", REFUSED),
    ("python vendor_sdk.py printed_pretty", NOT_MANAGEMENT, REFUSED),
    ("python vendor_sdk.py printed_json", UNKNOWN),
    ("python vendor_sdk.py printed_json_lines", UNAVAILABLE, SAME_NAME, UNEXPECTED),
    ("python vendor_sdk.py printed_yaml", REFUSED, SIGNATURE),
    ("python vendor_sdk.py printed_csv", QUOTA, NO_ACCOUNT),
    ("python vendor_sdk.py exit_message", SAME_NAME),
    ("python vendor_sdk.py warning", SIGNATURE),
    ("python vendor_sdk.py raised_from", NO_ACCOUNT),
    ("python vendor_sdk.py raised_while_handling", UNEXPECTED, UNKNOWN),
    ("python vendor_sdk.py error_group", GONE, UNAVAILABLE),
    ("python vendor_sdk.py after_a_success", DONE, NOT_MANAGEMENT),
    ("python vendor_sdk.py asyncio_tasks", UNKNOWN),
    ("python vendor_sdk.py thread_pool", UNAVAILABLE),
    ("python vendor_sdk.py retried", REFUSED),
    ("python vendor_sdk.py logged", SAME_NAME),
    ("python vendor_sdk.py logged_exception", QUOTA),
    ("python vendor_sdk.py logged_brackets", SIGNATURE, GONE),
    ("python vendor_sdk.py logged_logfmt", NO_ACCOUNT),
    ("python vendor_sdk.py logged_json", UNEXPECTED, REFUSED),
    ("python vendor_sdk.py logged_debug", UNKNOWN),
    ("python vendor_sdk.py logged_by_the_sdk", GONE),
    ("python vendor_sdk.py logged_by_a_handler", NOT_MANAGEMENT),
    ("python vendor_sdk.py loguru", UNAVAILABLE),
    ("python vendor_sdk.py loguru_one_line", REFUSED),
    ("python vendor_sdk.py loguru_json", QUOTA),
    ("python vendor_sdk.py structlog_console", SAME_NAME),
    ("python vendor_sdk.py structlog_exception", SIGNATURE),
    ("python vendor_sdk.py structlog_json", NO_ACCOUNT, NOT_MANAGEMENT),
    ("python vendor_sdk.py rich_traceback", UNEXPECTED),
    ("python vendor_sdk.py rich_traceback_locals", GONE),
    ("python vendor_sdk.py rich_logging", NOT_MANAGEMENT),
    ("python vendor_sdk.py rich_print", REFUSED),
    ("python vendor_sdk.py unit_test", UNAVAILABLE),
    ("pytest vendor_sdk.py", REFUSED),
    ("pytest -q --tb=short vendor_sdk.py", SAME_NAME),
    ("pytest -l --color=yes vendor_sdk.py", GONE),
    ("pytest --tb=native --junitxml=/dev/stdout vendor_sdk.py", QUOTA),
    ("node vendor_sdk.mjs uncaught", REFUSED),
    ("node vendor_sdk.mjs uncaughtAndLogged", NOT_MANAGEMENT),
    ("node vendor_sdk.mjs unhandledRejection", QUOTA),
    ("node vendor_sdk.mjs cause", SAME_NAME),
    ("node vendor_sdk.mjs aggregate", NO_ACCOUNT, NOT_MANAGEMENT),
    ("node vendor_sdk.mjs allSettled", UNEXPECTED, UNKNOWN),
    ("node vendor_sdk.mjs consoleError", GONE),
    ("node vendor_sdk.mjs consoleLogMessage", REFUSED),
    ("node vendor_sdk.mjs consoleLogString", NOT_MANAGEMENT),
    ("node vendor_sdk.mjs consoleLogValues", UNAVAILABLE),
    ("node vendor_sdk.mjs consoleLogTwo", REFUSED, SIGNATURE),
    ("node vendor_sdk.mjs consoleDir", QUOTA),
    ("node vendor_sdk.mjs consoleTable", SAME_NAME, UNEXPECTED),
    ("node vendor_sdk.mjs inspectColours", SIGNATURE),
    ("node vendor_sdk.mjs inspectNarrow", REFUSED),
    ("node vendor_sdk.mjs json", UNEXPECTED),
    ("node vendor_sdk.mjs jsonPretty", GONE, UNAVAILABLE),
    ("node vendor_sdk.mjs jsonTwice", REFUSED),
    ("node vendor_sdk.mjs pino", UNKNOWN),
    ("node vendor_sdk.mjs pinoNested", UNAVAILABLE),
    ("node vendor_sdk.mjs pinoPretty", REFUSED),
    ("node vendor_sdk.mjs winstonJson", QUOTA),
    ("node vendor_sdk.mjs winstonSimple", SAME_NAME),
    ("node vendor_sdk.mjs winstonPrintf", SIGNATURE, GONE),
    ("node vendor_sdk.mjs winstonPretty", NO_ACCOUNT),
    ("node vendor_sdk.mjs axiosUncaught", UNEXPECTED),
    ("node vendor_sdk.mjs axiosConsoleError", GONE),
    ("node vendor_sdk.mjs axiosToJson", NOT_MANAGEMENT),
    ("node vendor_sdk.mjs axiosResponse", UNKNOWN),
    ("node vendor_sdk.mjs axiosData", UNAVAILABLE),
    ("node vendor_sdk.mjs fetchText", REFUSED),
    ("node vendor_sdk.mjs fetchResponse", QUOTA),
    ("node vendor_sdk.mjs test", SAME_NAME),
]


class Stub(http.server.ThreadingHTTPServer):
    """Gives its answers in turn, the last one again and again, and remembers what it sent."""

    def __init__(self, name, answers):
        super().__init__(("127.0.0.1", 0), Handler)
        self.name, self.answers, self.sent = name, answers, []
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()


@dataclasses.dataclass(frozen=True)
class Sent:
    answer: Answer
    request_id: str
    method: str
    url: str


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        stub = self.server
        turn = len(stub.sent)
        answer = stub.answers[min(turn, len(stub.answers) - 1)]
        request_id = hashlib.md5(f"{stub.name} {turn}".encode()).hexdigest()
        stub.sent.append(Sent(answer, request_id, self.command, stub.url + self.path))
        body = answer.body(request_id).encode()
        self.send_response(answer.status)
        is_json = body.startswith(b"{")
        self.send_header("Content-Type", "application/json" if is_json else "text/html")
        self.send_header("Content-Length", len(body))
        self.send_header("X-Request-Id", request_id)
        self.send_header("X-Frame-Options", "SAMEORIGIN")
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = answer

    def version_string(self):
        return "api-gateway"

    def log_message(self, *_):
        pass


def words(text):
    """Returns the words of a text, however it is quoted, escaped or wrapped."""
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), html.unescape(text))
    return re.findall(r"\w+", re.sub(r"\\+[nrt]", " ", text))


def says(text, value):
    return value is not None and f" {' '.join(words(value))} " in f" {' '.join(words(text))} "


def mentions(text, code):
    service, number = code.split(".")
    spelled = rf"(?<![\w.-]){service.replace('APIGW', 'APIGW?')}\.{number}(?!\w|\.\w)"
    return len(re.findall(spelled, text, re.I))


# Where a log record starts, or a traceback in one. Values of others may be left out.
LOG_RECORD = re.compile(r"^(?=\[?\d{4}-\d\d-\d\d|(?:DEBUG|INFO|WARNING|ERROR)\b)", re.M)
TRACEBACK = re.compile(r"^(?=Traceback)", re.M)
# Numbers that are not a status: times, lines of source, lengths.
NO_STATUS = re.compile(
    r"\d\d:\d\d:\d\d[.,]\d+|line\W+\d+|[:(]\d+:\d+|\.py:\d+|content-length\W+\d+", re.I
)


def occurrence(sent, text):
    """Returns each value that was sent, and whether the client printed it in the log record."""
    answer = sent.answer
    log_records = LOG_RECORD.split(text)
    if len(log_records) > 1:
        log_records = [part for one in log_records for part in TRACEBACK.split(one)]
    log_record = next((one for one in log_records if mentions(one, answer.code)), text)

    def printed(value):
        return value, says(log_record, value)

    request = rf"{sent.method}\W{{1,3}}{re.escape(sent.url)}"
    return {
        "http_status": (answer.status, says(NO_STATUS.sub("", log_record), str(answer.status))),
        "request_id": printed(sent.request_id),
        "message": printed(answer.message),
        "encoded_authorization_message": printed(answer.authorization),
        "request": ({"method": sent.method, "url": sent.url}, re.search(request, log_record)),
    }


def mistakes(sent, text, findings):
    """What is wrong with the findings, given what was sent and what the client printed."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    found = {finding["code"]: finding for finding in findings}
    failures = [each for each in sent if each.answer.code and each.answer is not ELSEWHERE]
    for code in found.keys() - {each.answer.code for each in failures}:
        yield f"{code} was not sent"
    for code in dict.fromkeys(each.answer.code for each in failures):
        # Of several answers with the code, the one that is printed first counts.
        alike = [each for each in failures if each.answer.code == code]
        shown = [each for each in alike if each.request_id in text]
        first = min(shown or alike, key=lambda each: text.find(each.request_id))
        if code in found:
            yield from mistakes_in(found[code], first, text)
        elif mentions(text, code) or is_recognised(first.answer, text):
            yield f"{code} is not found"


def is_recognised(answer, text):
    """Whether the message alone is enough to find the error, without the code."""
    of_the_service = answer.in_catalog and answer.code.startswith("Organizations")
    return of_the_service and says(text, answer.message)


def other_spellings(url, text):
    """Returns what is right, too: the path, and https if the client printed no scheme."""
    path = "/" + url.split("/", 3)[3]
    return [path] if url in text else [path, url.replace("http:", "https:")]


def mistakes_in(finding, sent, text):
    answer, first, entry = sent.answer, finding["first"], finding["entry"]
    for name, (expected, is_said) in occurrence(sent, text).items():
        value = first.get(name)
        if name == "request" and value and value["url"] in other_spellings(sent.url, text):
            value = {**value, "url": sent.url}
        if name == "request" and value and not is_said:
            # The client may have printed only the method or only the URL.
            value = {key: value[key] or expected[key] for key in expected}
        if value != expected and (value is not None or is_said):
            yield f"{name} is {json.dumps(value)}, not {json.dumps(expected)}"

    documented = (answer.documented or answer.status) if answer.in_catalog else None
    exactly = {
        "args": (first["args"], list(answer.args) if first["message"] else []),
        "known": (finding["known"], answer.in_catalog),
        "entry.status": (entry and entry["status"], documented),
        "status_differs": (
            finding["status_differs"],
            documented is not None and first["http_status"] not in (None, documented),
        ),
    }
    count = mentions(text, answer.code)
    if count:
        line = text.split("\n")[first["line"] - 1]
        exactly["matched_by"] = finding["matched_by"], "code"
        exactly["count"] = finding["count"], count
        exactly["the code is on its line"] = mentions(line, answer.code) > 0, True
    for name, (value, expected) in exactly.items():
        if value != expected:
            yield f"{name} is {json.dumps(value)}, not {json.dumps(expected)}"


def run(command, answers, orgerr):
    """Returns what the client printed, what was found in it, what was sent, and what is wrong."""
    with Stub(command, answers) as stub:
        environment = {
            "PATH": os.pathsep.join([str(WORK / "venv" / "bin"), os.environ["PATH"]]),
            "HOME": str(WORK),
            "LANG": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
            "STUB": stub.url,
            "URL": f"{stub.url}/v1/organizations/accounts",
        }
        client = subprocess.run(
            ["bash", "-c", command],
            env=environment,
            cwd=WORK,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=100,
        )
        stub.shutdown()
    explain = subprocess.run([orgerr, "explain", "--json"], input=client.stdout, capture_output=True)
    try:
        findings = json.loads(explain.stdout)
        wrong = [*mistakes(stub.sent, client.stdout.decode(errors="replace"), findings)]
    except ValueError:
        wrong = [f"explain failed: {explain.stderr.decode()}"]
    if not stub.sent:
        wrong.append("the client sent nothing")
    return client.stdout, explain.stdout, stub.sent, wrong


# What pip and npm say when no registry answers.
NO_REGISTRY = re.compile(
    r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH"
    r"|NewConnectionError|ConnectTimeout|ReadTimeout|NameResolutionError|ProxyError"
    r"|HTTP error (?:403|407|5\d\d)|E403|E407|E50\d|CERTIFICATE_VERIFY_FAILED|UNABLE_TO_"
)


def install(tool, pins, commands):
    """Installs what `pins` lists, unless it is installed already. Returns why that failed."""
    stamp = WORK / f"{tool}.installed"
    wanted = pins.read_text() + sys.version
    if stamp.exists() and stamp.read_text() == wanted:
        return None
    stamp.unlink(missing_ok=True)
    for command in commands:
        try:
            subprocess.run(command, cwd=WORK, check=True, capture_output=True, text=True)
        except FileNotFoundError:
            return f"{tool} is missing"
        except subprocess.CalledProcessError as error:
            said = error.stdout + error.stderr
            if "ensurepip" in said:
                return f"{tool} is missing"
            if NO_REGISTRY.search(said):
                return f"{tool} reaches no registry"
            if os.environ.get("ORGERR_REQUIRE_CLIENTS"):
                sys.exit(said)
            return f"{tool} fails: {said.strip().splitlines()[-1]}"
    stamp.write_text(wanted)
    return None


def install_all():
    """Installs all clients. Returns why a client cannot run, by the first word of its command."""
    WORK.mkdir(parents=True, exist_ok=True)
    for file in HERE.iterdir():
        if file.is_file():
            shutil.copy(file, WORK)
    pip = [
        [sys.executable, "-m", "venv", "--clear", "venv"],
        ["venv/bin/pip", "install", "--quiet", "--retries=1", "-r", "requirements.txt"],
    ]
    npm = [["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=1"]]
    with concurrent.futures.ThreadPoolExecutor() as pool:
        no_pip = pool.submit(install, "pip", HERE / "requirements.txt", pip)
        no_npm = pool.submit(install, "npm", HERE / "package-lock.json", npm)
        missing = dict.fromkeys(["python", "pytest", "http"], no_pip.result())
        missing["node"] = no_npm.result()
    for tool in ["curl", "wget"]:
        missing[tool] = None if shutil.which(tool) else f"{tool} is missing"
    return missing


def chosen_runs(arguments):
    wanted = [argument for argument in arguments if argument != "--each"]
    runs = [run for run in RUNS if not wanted or any(word in run[0] for word in wanted)]
    if "--each" in arguments:
        answers = dict.fromkeys(answer for _, *answers in RUNS for answer in answers)
        commands = dict.fromkeys(command for command, *_ in runs)
        return [(command, answer) for command in commands for answer in answers]
    return runs


def main():
    if sys.version_info < (3, 11):
        print("all skipped: this needs Python 3.11")
        return
    started = time.monotonic()
    runs = chosen_runs(sys.argv[1:])
    orgerr = os.environ.get("ORGERR")
    if not orgerr:
        subprocess.run(["cargo", "build", "--quiet", "--locked"], cwd=ROOT, check=True)
        orgerr = ROOT / "target" / "debug" / "orgerr"
    missing = install_all()
    shutil.rmtree(WRONG, ignore_errors=True)
    WRONG.mkdir()

    def attempt(planned):
        command, *answers = planned
        return missing[command.split()[0]] or run(command, answers, orgerr)

    passed = failed = 0
    skipped = collections.Counter()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = zip(runs, pool.map(attempt, runs))
        for number, ((command, *answers), result) in enumerate(results, 1):
            codes = " ".join(answer.code or str(answer.status) for answer in answers)
            line = f"{number:3} {command}  [{codes}]"
            if isinstance(result, str):
                skipped[result] += 1
                continue
            printed, explained, sent, wrong = result
            if not wrong:
                passed += 1
                print(f"ok    {line}")
                continue
            failed += 1
            print(f"WRONG {line}", *wrong, sep="\n          ")
            name = f"{number:03}-" + re.sub(r"\W+", "-", command).strip("-")[:60]
            (WRONG / f"{name}.in").write_bytes(printed)
            (WRONG / f"{name}.json").write_bytes(explained)
            (WRONG / f"{name}.txt").write_text("\n".join([command, *wrong, *map(str, sent), ""]))

    if failed:
        print(f"\nWhat was read wrongly is in {WRONG}.")
    print(f"\n{time.monotonic() - started:.0f} seconds")
    for reason, count in skipped.items():
        print(f"{count} skipped: {reason}")
    print(f"{passed} passed, {failed} failed, {skipped.total()} skipped")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
