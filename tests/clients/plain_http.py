"""Prints a failed call as programs without the SDK do: `plain_http.py WAY`."""

import asyncio
import http.client
import json
import logging
import os
import sys
import traceback
import urllib.error
import urllib.request

URL = os.environ["STUB"] + "/v1/organizations/accounts"
BODY = {"name": "build"}


def urllib_uncaught():
    urllib.request.urlopen(URL)


def urllib_error():
    try:
        urllib.request.urlopen(URL)
    except urllib.error.HTTPError as e:
        print(e.code, e.reason)
        print(e.headers)
        print(e.read())


def urllib_note():
    """Adds the body as a note, which Python prints below the error."""
    try:
        urllib.request.urlopen(URL)
    except urllib.error.HTTPError as e:
        e.add_note(e.read().decode())
        traceback.print_exception(e)


def http_client_debug():
    connection = http.client.HTTPConnection(os.environ["STUB"].removeprefix("http://"))
    connection.set_debuglevel(1)
    connection.request("POST", "/v1/organizations/accounts", json.dumps(BODY))
    response = connection.getresponse()
    print(response.status, response.reason, response.read().decode())


def requests_uncaught():
    import requests

    requests.post(URL, json=BODY).raise_for_status()


def requests_with_body():
    import requests

    response = requests.post(URL, json=BODY)
    try:
        response.raise_for_status()
    except requests.HTTPError as e:
        print(e)
        print(e.response.text)


def requests_status_and_text():
    import requests

    for _ in range(2):
        response = requests.get(URL)
        print(response.status_code, response.text)


def requests_json():
    import requests

    response = requests.get(URL)
    print(response, response.json())


def requests_dump():
    """Prints the request and its response as requests-toolbelt formats them."""
    import requests
    from requests_toolbelt.utils import dump

    print(dump.dump_all(requests.post(URL, json=BODY)).decode())


def requests_headers_and_bytes():
    import requests

    response = requests.get(URL)
    print(response.status_code)
    print(response.headers)
    print(response.content)


def requests_wire_debug():
    """Follows the usual recipe to see what goes over the wire."""
    import requests

    http.client.HTTPConnection.debuglevel = 1
    logging.basicConfig(level=logging.DEBUG)
    for _ in range(2):
        print(requests.get(URL).text)


def urllib3_response():
    import urllib3

    response = urllib3.request("GET", URL)
    print(response.status, dict(response.headers))
    print(response.data.decode())


def aiohttp_raise():
    import aiohttp

    async def main():
        async with aiohttp.ClientSession() as session:
            async with session.get(URL) as response:
                print(await response.text())
                response.raise_for_status()

    asyncio.run(main())


def aiohttp_response():
    import aiohttp

    async def main():
        async with aiohttp.ClientSession() as session, session.get(URL) as response:
            print(response)
            print(await response.json())

    asyncio.run(main())


def httpx_logged():
    import httpx

    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s - %(name)s - %(levelname)s - %(message)s"
    )
    for _ in range(2):
        response = httpx.get(URL)
        if response.is_error:
            logging.error("request failed: %s", response.text)


def httpx_uncaught():
    import httpx

    response = httpx.post(URL, json=BODY)
    print(response.json())
    response.raise_for_status()


def httpx_debug():
    import httpx

    logging.basicConfig(level=logging.DEBUG, format="%(levelname)s [%(asctime)s] %(name)s - %(message)s")
    print(httpx.get(URL).text)


if __name__ == "__main__":
    globals()[sys.argv[1]]()
