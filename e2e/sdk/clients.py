# SPDX-License-Identifier: Apache-2.0
# The official Python clients through the gateway: each function is one client, each check one promise.
import json
import os
import time
import urllib.request

import anthropic
import openai

URL = os.environ["STEWARD_URL"]
KEY = os.environ["SDK_KEY"]
PARAMETERS = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}


def seen():
    with urllib.request.urlopen(os.environ["SDK_PROVIDER"] + "/seen") as answer:
        return json.load(answer)


def raises(kind, call):
    try:
        call()
    except kind:
        return
    raise AssertionError("no " + kind.__name__)


def left(before):
    """Waits until the provider knows that its endless stream was left."""
    until = time.monotonic() + 20
    while seen()["left"] <= before:
        assert time.monotonic() < until, "the provider still sends"
        time.sleep(0.1)


def tried(word):
    return max(n for said, n in seen()["flaky"].items() if word in said)


# Every refusal of the gateway: the key that meets it, its status, and what the message says.
REFUSED = [
    ("SDK_REVOKED", 401, "revoked"),
    ("SDK_DENIED", 403, "policy denies"),
    ("SDK_SPENT", 429, "budget"),
    ("SDK_KILLED", 403, "stopped"),
]
KINDS = {401: "AuthenticationError", 403: "PermissionDeniedError", 429: "RateLimitError", 503: "InternalServerError"}


def refused(sdk, ask, key, model, **more):
    """What the client raises, and how often it asked."""
    calls = []
    with sdk.DefaultHttpxClient(event_hooks={"request": [calls.append]}) as http:
        try:
            ask(os.environ[key], model, http_client=http, **more)
        except sdk.APIStatusError as raised:
            return raised, len(calls)
    raise AssertionError("nothing was raised")


def refusals(sdk, ask, model, broken):
    """Refusals as the client raises them: of the right kind, and asked once; an open circuit may be asked again."""
    for streams in (False, True):
        for key, status, says in REFUSED:
            raised, calls = refused(sdk, ask, key, model, stream=streams)
            kind(sdk, raised, status)
            assert says in str(raised).lower(), raised
            assert calls == 1, key + " was asked again"
    for _ in range(30):
        raised, _ = refused(sdk, ask, "SDK_BROKEN", broken, max_retries=0)
        if raised.status_code == 503:
            break
    kind(sdk, raised, 503)
    assert "left alone" in str(raised)


def kind(sdk, raised, status):
    assert isinstance(raised, getattr(sdk, KINDS[status])), raised
    assert raised.response.headers["x-should-retry"] == ("true" if status == 503 else "false")


def try_openai():
    client = openai.OpenAI(base_url=URL + "/v1", api_key=KEY)

    def ask(word, model="gpt", **more):
        return client.chat.completions.create(model=model, messages=[{"role": "user", "content": word}], **more)

    assert ask("hello").choices[0].message.content == "Hello."
    told = list(ask("hello", stream=True))
    assert "".join(c.choices[0].delta.content or "" for c in told) == "Hello."
    assert all(c.usage is None for c in told)
    asked = list(ask("hello", stream=True, stream_options={"include_usage": True}))
    assert asked[-1].usage.completion_tokens == 3
    tools = [{"type": "function", "function": {"name": "weather", "parameters": PARAMETERS}}]
    assert ask("tool", tools=tools).choices[0].message.tool_calls[0].function.name == "weather"
    schema = {"name": "city", "schema": PARAMETERS, "strict": True}
    form = {"type": "json_schema", "json_schema": schema}
    assert json.loads(ask("json", response_format=form).choices[0].message.content)["city"] == "Oslo"
    raises(openai.AuthenticationError, lambda: client.with_options(api_key="sk-unknown").models.list())
    raises(openai.PermissionDeniedError, lambda: ask("hello", model="gpt-4o"))
    raises(openai.RateLimitError, lambda: client.with_options(max_retries=0).chat.completions.create(
        model="gpt", messages=[{"role": "user", "content": "limit"}]))

    def once(key, model, http_client, max_retries=2, **more):
        with openai.OpenAI(base_url=URL + "/v1", api_key=key, http_client=http_client, max_retries=max_retries) as c:
            return c.chat.completions.create(model=model, messages=[{"role": "user", "content": "hello"}], **more)

    refusals(openai, once, "gpt", "python-openai")
    assert ask("flaky python openai").choices[0].message.content == "Hello."
    assert tried("python openai") == 2
    before = seen()["left"]
    with ask("endless", stream=True) as stream:
        next(iter(stream))
    left(before)


def try_anthropic():
    client = anthropic.Anthropic(base_url=URL, api_key=KEY)

    def ask(word, model="claude", **more):
        return client.messages.create(
            model=model, max_tokens=50, messages=[{"role": "user", "content": word}], **more)

    assert ask("hello").content[0].text == "Hello."
    with client.messages.stream(
            model="claude", max_tokens=50, messages=[{"role": "user", "content": "hello"}]) as stream:
        assert "".join(stream.text_stream) == "Hello."
        assert stream.get_final_message().usage.output_tokens == 3
    tools = [{"name": "weather", "input_schema": PARAMETERS}]
    assert ask("tool", tools=tools).content[0].input == {"city": "Oslo"}
    form = {"format": {"type": "json_schema", "schema": {**PARAMETERS, "additionalProperties": False}}}
    assert json.loads(ask("json", extra_body={"output_config": form}).content[0].text)["city"] == "Oslo"
    raises(anthropic.AuthenticationError, lambda: client.with_options(api_key="sk-unknown").models.list())
    raises(anthropic.PermissionDeniedError, lambda: ask("hello", model="claude-opus"))
    raises(anthropic.RateLimitError, lambda: client.with_options(max_retries=0).messages.create(
        model="claude", max_tokens=50, messages=[{"role": "user", "content": "limit"}]))

    def once(key, model, http_client, max_retries=2, **more):
        with anthropic.Anthropic(base_url=URL, api_key=key, http_client=http_client, max_retries=max_retries) as c:
            return c.messages.create(
                model=model, max_tokens=50, messages=[{"role": "user", "content": "hello"}], **more)

    refusals(anthropic, once, "claude", "python-anthropic")
    assert ask("flaky python anthropic").content[0].text == "Hello."
    assert tried("python anthropic") == 2
    before = seen()["left"]
    with ask("endless", stream=True) as stream:
        next(iter(stream))
    left(before)


for client in (try_openai, try_anthropic):
    client()
    name = client.__name__.removeprefix("try_")
    print("python " + name + " works: chat, streaming, tools, structured output, errors, refusals, retries, cancellation")
