"""Prints a failed call as programs that use the vendor's SDK do: `vendor_sdk.py WAY`.

Each function below is one way in which programs print or log what the SDK raises.
"""

import asyncio
import concurrent.futures
import csv
import json
import logging
import os
import pprint
import sys
import traceback
import unittest
import warnings

from huaweicloudsdkcore.auth.credentials import GlobalCredentials
from huaweicloudsdkcore.exceptions.exceptions import ServiceResponseException
from huaweicloudsdkcore.http.http_handler import HttpHandler
from huaweicloudsdkorganizations.v1 import (
    CreateAccountReqBody,
    CreateAccountRequest,
    ListAccountsRequest,
    OrganizationsClient,
)


def builder():
    credentials = GlobalCredentials("AKEXAMPLE", "SKEXAMPLE", "d0000000000000000000000000000001")
    return (
        OrganizationsClient.new_builder()
        .with_credentials(credentials)
        .with_endpoint(os.environ["STUB"])
    )


def create_account(name="build", client=None):
    body = CreateAccountReqBody(name=name)
    return (client or builder().build()).create_account(CreateAccountRequest(body=body))


def list_accounts():
    return builder().build().list_accounts(ListAccountsRequest())


def error(name="build"):
    try:
        create_account(name)
    except ServiceResponseException as e:
        return e


def values(e):
    return {
        "status_code": e.status_code,
        "request_id": e.request_id,
        "error_code": e.error_code,
        "error_msg": e.error_msg,
        "encoded_authorization_message": e.encoded_auth_msg,
    }


# Without a logger


def uncaught():
    create_account()


def printed():
    print(error())


def printed_repr():
    print(repr(error()))


def printed_values():
    """As in the samples of the SDK's own README."""
    e = error()
    print(e.status_code)
    print(e.request_id)
    print(e.error_code)
    print(e.error_msg)


def printed_values_of_three():
    for name in ["build", "test", "live"]:
        e = error(name)
        print(name, e.status_code, e.error_code, e.error_msg, e.request_id)


def printed_labels():
    e = error()
    print(f"Status: {e.status_code}, code: {e.error_code}")
    print(f"Message: {e.error_msg}")
    print(f"Request ID: {e.request_id}")


def printed_dict():
    print(values(error()))


def printed_pretty():
    pprint.pprint([vars(error(name)) for name in ["build", "test"]])


def printed_json():
    json.dump({"account": "build", "error": values(error())}, sys.stdout, indent=2)


def printed_json_lines():
    for name in ["build", "test", "live"]:
        print(json.dumps({"account": name, **values(error(name))}))


def printed_yaml():
    import yaml

    results = [{"account": name, "error": values(error(name))} for name in ["build", "test"]]
    yaml.safe_dump({"results": results}, sys.stdout, sort_keys=False)


def printed_csv():
    errors = [values(error(name)) for name in ["build", "test"]]
    table = csv.DictWriter(sys.stdout, errors[0])
    table.writeheader()
    table.writerows(errors)


def exit_message():
    sys.exit(f"cannot create the account build: {error()}")


def warning():
    warnings.warn(f"account build was not created: {error()}")


def raised_from():
    try:
        create_account()
    except ServiceResponseException as e:
        raise RuntimeError("the account build was not created") from e


def raised_while_handling():
    try:
        create_account("build")
    except ServiceResponseException:
        list_accounts()


def error_group():
    raise ExceptionGroup("no account was created", [error(name) for name in ["build", "test"]])


def after_a_success():
    print("accounts:", list_accounts().accounts)
    create_account()


def asyncio_tasks():
    async def main():
        tasks = [asyncio.to_thread(create_account, name) for name in ["build"]]
        for result in await asyncio.gather(*tasks, return_exceptions=True):
            traceback.print_exception(result)

    asyncio.run(main())


def thread_pool():
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        pool.submit(create_account).result()


def retried():
    import tenacity

    tenacity.retry(stop=tenacity.stop_after_attempt(3))(create_account)()


# With the standard library's logging


def logged_exception():
    logging.basicConfig()
    try:
        create_account()
    except ServiceResponseException:
        logging.exception("cannot create the account %s", "build")


def logged():
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)-8s %(name)s: %(message)s"
    )
    log = logging.getLogger("landing-zone")
    log.info("creating the account build")
    log.error("cannot create the account build: %s", error())
    log.info("done")


def logged_brackets():
    logging.basicConfig(
        level=logging.INFO,
        format="[%(asctime)s] [%(process)d] [%(levelname)s] [%(module)s:%(lineno)d] %(message)s",
    )
    for name in ["build", "test"]:
        logging.info("creating the account %s", name)
        e = error(name)
        logging.warning("%s failed (%s): %s [%s]", name, e.status_code, e.error_msg, e.error_code)
        logging.info("request was %s", e.request_id)


def logged_logfmt():
    logging.basicConfig(format='ts=%(asctime)s level=%(levelname)s msg="%(message)s"')
    e = error()
    told = " ".join(f"{name}={json.dumps(value)}" for name, value in values(e).items())
    logging.error('account not created" %s pid="%s', told, os.getpid())


def logged_json():
    from pythonjsonlogger.json import JsonFormatter

    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.INFO)
    logging.info("creating accounts", extra={"accounts": 2})
    try:
        create_account("build")
    except ServiceResponseException:
        logging.exception("account not created", extra={"account": "build"})
    logging.error("account not created", extra={"account": "test", **values(error("test"))})


def logged_by_the_sdk():
    client = builder().with_stream_log(sys.stderr, logging.DEBUG).build()
    create_account(client=client)


def logged_by_a_handler():
    """As in the SDK's README: a handler that sees each response."""

    def response(**kwargs):
        answer = kwargs["response"]
        logging.info("%s %s\n%s", answer.status_code, answer.url, answer.headers)
        logging.info("%s", answer.text)

    logging.basicConfig(level=logging.INFO)
    handler = HttpHandler().add_response_handler(response)
    create_account(client=builder().with_http_handler(handler).build())


def logged_debug():
    logging.basicConfig(level=logging.DEBUG, format="%(asctime)s %(levelname)s %(message)s")
    logging.error("%s", error())


# With other loggers


def loguru():
    from loguru import logger

    with logger.catch(message="cannot create the account build"):
        create_account()


def loguru_one_line():
    from loguru import logger

    logger.info("creating the account {}", "build")
    logger.error("cannot create the account {}: {}", "build", error())


def loguru_json():
    from loguru import logger

    logger.remove()
    logger.add(sys.stderr, serialize=True)
    with logger.catch():
        create_account()


def structlog_console():
    import structlog

    log = structlog.get_logger()
    log.info("creating", account="build")
    log.error("not created", account="build", **values(error()))


def structlog_exception():
    import structlog

    try:
        create_account()
    except ServiceResponseException:
        structlog.get_logger().exception("not created", account="build")


def structlog_json():
    import structlog

    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.dict_tracebacks,
            structlog.processors.JSONRenderer(),
        ]
    )
    log = structlog.get_logger()
    for name in ["build", "test"]:
        try:
            create_account(name)
        except ServiceResponseException:
            log.exception("not created", account=name)


def rich_traceback():
    import rich.traceback

    rich.traceback.install()
    create_account()


def rich_traceback_locals():
    import rich.traceback

    rich.traceback.install(show_locals=True, width=120)
    create_account()


def rich_logging():
    import rich.logging

    logging.basicConfig(handlers=[rich.logging.RichHandler()], format="%(message)s")
    logging.error("cannot create the account build: %s", error())


def rich_print():
    import rich

    rich.print({"account": "build", "error": values(error())})


# With test runners


def test_create_account():
    create_account()


class TestAccounts(unittest.TestCase):
    def test_create_account(self):
        create_account()


def unit_test():
    unittest.main(argv=["accounts"])


if __name__ == "__main__":
    globals()[sys.argv[1]]()
