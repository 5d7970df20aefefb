# Verifies the gateway's calls in a subgraph of another team: copy this file, it needs Python 3.8 alone. The README of
# subgraphs/ describes the header that it reads, and verify.mjs is the same for Node.
import base64
import hashlib
import hmac
import io
import json
import time

HEADER = "x-fareloom-identity"
CLOCK_TOLERANCE = 30  # seconds by which the two clocks may differ
LARGEST_BODY = 3_000_000  # bytes; the gateway sends far less


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def sha256(data):
    return base64url(hashlib.sha256(data).digest())


def verify(subgraph, identity_keys, method, path, headers, body, now=None):
    """The caller of a request, as a dict, if the gateway signed this request for this subgraph; otherwise None.

    identity_keys is FARELOOM_IDENTITY_KEY: keys in base64, by comma. The names of the headers are in lower case, the
    body is in bytes as received, and now is in seconds since 1970.
    """
    signed, _, mac = headers.get(HEADER, "").rpartition(".")
    key_id, _, claims = signed.partition(".")
    keys = {sha256(key)[:8]: key for key in map(base64.b64decode, identity_keys.split(","))}
    if key_id not in keys:
        return None
    expected = base64url(hmac.new(keys[key_id], signed.encode(), hashlib.sha256).digest())
    if not hmac.compare_digest(mac.encode(), expected.encode()):
        return None
    said = json.loads(base64.urlsafe_b64decode(claims + "=="))
    start = body if (method, path) == ("POST", "/graphql") else f"{method} {path}\0{sha256(body)}".encode()
    names = sorted(name for name in headers if name.startswith("x-fareloom-") and name != HEADER)
    actual = sha256(start + "".join(f"\0{name}:{headers[name]}" for name in names).encode())
    moment = time.time() if now is None else now
    is_timely = said["iat"] - CLOCK_TOLERANCE <= moment < said["exp"] + CLOCK_TOLERANCE
    return said["who"] if said["aud"] == subgraph and is_timely and said["body"] == actual else None


def from_gateway(subgraph, identity_keys, app):
    """WSGI middleware: answers 401 unless the gateway sent the request, and sets environ["fareloom.caller"]."""

    def guarded(environ, start_response):
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(length) if 0 <= length <= LARGEST_BODY else b""
        headers = {name[5:].lower().replace("_", "-"): environ[name] for name in environ if name.startswith("HTTP_")}
        query = environ.get("QUERY_STRING")
        path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "") + (f"?{query}" if query else "")
        caller = verify(subgraph, identity_keys, environ["REQUEST_METHOD"], path, headers, body)
        if caller is None:
            start_response("401 Unauthorized", [("Content-Type", "application/json")])
            return [b'{"errors":[{"message":"This service answers the gateway only."}]}']
        return app({**environ, "fareloom.caller": caller, "wsgi.input": io.BytesIO(body)}, start_response)

    return guarded
