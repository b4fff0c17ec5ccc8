# SPDX-License-Identifier: Apache-2.0
# A model provider that answers by the words of the last message: hello, tool, json, flaky, limit, endless.
# It prints its address; GET /seen tells how often a flaky call came and how many endless streams were left.
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CITY = '{"city":"Oslo"}'
lock = threading.Lock()
seen = {"flaky": {}, "left": 0}


def count(name):
    with lock:
        seen["flaky"][name] = seen["flaky"].get(name, 0) + 1
        return seen["flaky"][name]


def chunk(delta, finish=None):
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}


CHAT_CALL = {"id": "call_1", "type": "function", "function": {"name": "weather", "arguments": CITY}}
USAGE = {"prompt_tokens": 9, "completion_tokens": 3, "total_tokens": 12}


def chat(word):
    message = {"role": "assistant", "content": CITY if word == "json" else "Hello."}
    if word == "tool":
        message = {"role": "assistant", "content": None, "tool_calls": [CHAT_CALL]}
    reason = "tool_calls" if word == "tool" else "stop"
    choice = {"index": 0, "message": message, "finish_reason": reason, "logprobs": None}
    return {"id": "c1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": USAGE}


def chat_stream(word):
    yield "", chunk({"role": "assistant", "content": "Hel"})
    while word == "endless":
        yield "", chunk({"content": "lo"})
    yield "", chunk({"content": "lo."}, "stop")
    yield "", {**chunk({}), "choices": [], "usage": USAGE}
    yield "", None


def messages(word):
    block = {"type": "text", "text": CITY if word == "json" else "Hello."}
    if word == "tool":
        block = {"type": "tool_use", "id": "toolu_1", "name": "weather", "input": {"city": "Oslo"}}
    return {"id": "msg_1", "type": "message", "role": "assistant", "model": "m", "content": [block],
            "stop_reason": "tool_use" if word == "tool" else "end_turn", "stop_sequence": None,
            "usage": {"input_tokens": 9, "output_tokens": 3}}


def messages_stream(word):
    def event(name, **body):
        return name, {"type": name, **body}

    def text(said):
        return event("content_block_delta", index=0, delta={"type": "text_delta", "text": said})

    yield event("message_start", message={**messages("hello"), "content": [], "stop_reason": None})
    yield event("content_block_start", index=0, content_block={"type": "text", "text": ""})
    yield text("Hel")
    while word == "endless":
        yield text("lo")
    yield text("lo.")
    yield event("content_block_stop", index=0)
    yield event("message_delta", delta={"stop_reason": "end_turn", "stop_sequence": None}, usage={"output_tokens": 3})
    yield event("message_stop")


def generated(word, said="Hello."):
    part = {"text": CITY if word == "json" else said}
    if word == "tool":
        part = {"functionCall": {"name": "weather", "args": {"city": "Oslo"}}}
    return {"candidates": [{"index": 0, "content": {"role": "model", "parts": [part]}, "finishReason": "STOP"}],
            "modelVersion": "m", "usageMetadata": {"promptTokenCount": 9, "candidatesTokenCount": 3, "totalTokenCount": 12}}


def generated_stream(word):
    yield "", generated("hello", "Hel")
    while word == "endless":
        yield "", generated("hello", "lo")
    yield "", generated("hello", "lo.")


DIALECTS = {
    "/v1/chat/completions": (chat, chat_stream),
    "/v1/messages": (messages, messages_stream),
    ":generateContent": (generated, None),
    ":streamGenerateContent": (None, generated_stream),
}


class Provider(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def do_GET(self):
        self.answer(200, seen)

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        path = self.path.split("?")[0]
        whole, stream = next(d for end, d in DIALECTS.items() if path.endswith(end))
        last = (asked.get("messages") or asked.get("contents"))[-1]
        said = json.dumps(last.get("content") or last.get("parts"))
        word = next(w for w in ("hello", "tool", "json", "flaky", "limit", "endless") if w in said)
        if word == "flaky" and count(said) == 1:
            self.answer(500, {"error": {"type": "api_error", "message": "made to fail once"}})
        elif word == "limit":
            self.answer(429, {"type": "error", "error": {"type": "rate_limit_error", "message": "slow down",
                                                         "code": 429, "status": "RESOURCE_EXHAUSTED"}})
        elif asked.get("stream") or whole is None:
            self.stream(stream(word))
        else:
            self.answer(200, whole(word))

    def answer(self, status, body):
        told = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def stream(self, events):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            for name, data in events:
                told = "data: " + ("[DONE]" if data is None else json.dumps(data)) + "\n\n"
                told = ("event: " + name + "\n" if name else "") + told
                self.wfile.write(b"%x\r\n%s\r\n" % (len(told), told.encode()))
            self.wfile.write(b"0\r\n\r\n")
        except OSError:
            self.close_connection = True
            with lock:
                seen["left"] += 1


server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
server.daemon_threads = True
print("http://127.0.0.1:%d" % server.server_address[1], flush=True)
server.serve_forever()
