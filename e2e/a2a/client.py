# SPDX-License-Identifier: Apache-2.0
"""The official client through the way in: card, send, stream, get, cancel, and who may not."""

import asyncio
import os
import uuid

import httpx
from a2a.client import A2ACardResolver, ClientConfig, ClientFactory
from a2a.types.a2a_pb2 import (
    CancelTaskRequest,
    GetTaskRequest,
    Message,
    Part,
    Role,
    SendMessageConfiguration,
    SendMessageRequest,
    TaskState,
)
from a2a.utils.errors import TaskNotFoundError
from a2a.utils.signing import (
    SignatureVerificationError,
    create_signature_verifier,
)
from jwt import PyJWK

STEWARD = os.environ["STEWARD_URL"]
AGENT = f"{STEWARD}/a2a/echo"


def asking(words, context="", at_once=False):
    return SendMessageRequest(
        message=Message(
            message_id=str(uuid.uuid4()),
            role=Role.ROLE_USER,
            parts=[Part(text=words)],
            context_id=context,
        ),
        configuration=SendMessageConfiguration(return_immediately=at_once),
    )


def verifier():
    """Takes the key from the address in the signature, which must be Steward's."""

    def key(kid, jku):
        assert jku == f"{STEWARD}/.well-known/jwks.json", jku
        keys = httpx.get(jku).json()["keys"]
        return PyJWK(next(k for k in keys if k["kid"] == kid))

    return create_signature_verifier(key, ["EdDSA"])


async def last(answers):
    found = None
    async for found in answers:
        pass
    return found


async def works(binding, http, card):
    streaming = ClientFactory(
        ClientConfig(httpx_client=http, supported_protocol_bindings=[binding])
    ).create(card)
    whole = ClientFactory(
        ClientConfig(httpx_client=http, supported_protocol_bindings=[binding], streaming=False)
    ).create(card)

    task = (await last(whole.send_message(asking("hello")))).task
    assert task.status.state == TaskState.TASK_STATE_COMPLETED, task
    assert [a.parts[0].text for a in task.artifacts] == ["heard: ", "hello"], task
    print(f"works: {binding} send")

    events = [e async for e in streaming.send_message(asking("once more", task.context_id))]
    texts = [e.artifact_update.artifact.parts[0].text for e in events if e.HasField("artifact_update")]
    assert texts == ["heard: ", "once more"], events
    assert events[-1].status_update.status.state == TaskState.TASK_STATE_COMPLETED, events
    print(f"works: {binding} stream")

    again = await whole.get_task(GetTaskRequest(id=task.id))
    assert again.id == task.id and again.context_id == task.context_id, again
    try:
        await whole.get_task(GetTaskRequest(id="no-such-task"))
        raise AssertionError("a task that is none was found")
    except TaskNotFoundError:
        pass
    print(f"works: {binding} get")

    waiting = (await last(whole.send_message(asking("wait", at_once=True)))).task
    cancelled = await whole.cancel_task(CancelTaskRequest(id=waiting.id))
    assert cancelled.status.state == TaskState.TASK_STATE_CANCELED, cancelled
    print(f"works: {binding} cancel")

    other = ClientFactory(
        ClientConfig(
            httpx_client=httpx.AsyncClient(headers=bearer("A2A_OTHER_KEY")),
            supported_protocol_bindings=[binding],
        )
    ).create(card)
    try:
        await other.get_task(GetTaskRequest(id=task.id))
        raise AssertionError("the task of another caller was found")
    except TaskNotFoundError:
        print(f"works: {binding} task of another caller is not found")


def bearer(name):
    return {"Authorization": f"Bearer {os.environ[name]}"}


async def main():
    async with httpx.AsyncClient(headers=bearer("A2A_KEY"), timeout=30) as http:
        resolver = A2ACardResolver(http, AGENT)
        card = await resolver.get_agent_card(signature_verifier=verifier())
        assert {i.url for i in card.supported_interfaces} == {AGENT}, card
        print("works: card, its signature verified")
        card.description = "Another."
        try:
            verifier()(card)
            raise AssertionError("a changed card was believed")
        except SignatureVerificationError:
            print("works: a changed card is not believed")

        for binding in ("JSONRPC", "HTTP+JSON"):
            await works(binding, http, card)

        old = await http.post(
            AGENT,
            json={"jsonrpc": "2.0", "id": 1, "method": "message/send", "params": {}},
        )
        assert old.json()["error"]["code"] == -32009, old.text
        print("works: 0.3 is refused with VersionNotSupported")
        refused = await httpx.AsyncClient(headers=bearer("A2A_STRANGER_KEY")).post(
            AGENT,
            headers={"A2A-Version": "1.0"},
            json={"jsonrpc": "2.0", "id": 1, "method": "GetTask", "params": {"id": "x"}},
        )
        assert refused.status_code == 403, refused.text
        assert "does not delegate to echo" in refused.json()["error"]["message"], refused.text
        print("works: who may not ask is refused")


asyncio.run(main())
