# SPDX-License-Identifier: Apache-2.0
"""The official client through the way in: card, send, stream, get, cancel, who may not, and what
people must agree to."""

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
CAREFUL = f"{STEWARD}/a2a/careful"


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


async def waits(binding, streaming, http, card):
    """A message that a person must agree to: it waits as a task, and is asked for again."""
    client = ClientFactory(
        ClientConfig(
            httpx_client=http, supported_protocol_bindings=[binding], streaming=streaming
        )
    ).create(card)
    how = f"{binding} {'stream' if streaming else 'send'}"

    async def state_of(task):
        return (await client.get_task(GetTaskRequest(id=task.id))).status.state

    words = f"agree to {how}"
    waiting = (await last(client.send_message(asking(words)))).task
    assert waiting.status.state == TaskState.TASK_STATE_AUTH_REQUIRED, waiting
    assert await state_of(waiting) == TaskState.TASK_STATE_AUTH_REQUIRED
    again = (await last(client.send_message(asking(words)))).task
    assert again.id == waiting.id, again
    await answered(waiting, "approve")
    assert await state_of(waiting) == TaskState.TASK_STATE_INPUT_REQUIRED
    events = [e async for e in client.send_message(asking(words))]
    if streaming:
        texts = [
            e.artifact_update.artifact.parts[0].text for e in events if e.HasField("artifact_update")
        ]
        ended = events[-1].status_update.status.state
    else:
        texts = [a.parts[0].text for a in events[-1].task.artifacts]
        ended = events[-1].task.status.state
    assert texts == ["heard: ", words], events
    assert ended == TaskState.TASK_STATE_COMPLETED, events
    assert await state_of(waiting) == TaskState.TASK_STATE_COMPLETED
    print(f"works: {how} waits for a person, who agrees, and is then answered")

    refused = (await last(client.send_message(asking(f"deny {how}")))).task
    assert refused.status.state == TaskState.TASK_STATE_AUTH_REQUIRED, refused
    await answered(refused, "deny")
    assert await state_of(refused) == TaskState.TASK_STATE_REJECTED
    print(f"works: {how} that a person denies is rejected")


async def answered(task, word):
    """A person answers over the API."""
    approval = task.id.removeprefix("approval-")
    async with httpx.AsyncClient(headers=bearer("STEWARD_TOKEN")) as person:
        said = await person.post(f"{STEWARD}/api/v1/approvals/{approval}", json={"answer": word})
        assert said.status_code == 200, said.text


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
        careful = await A2ACardResolver(http, CAREFUL).get_agent_card(
            signature_verifier=verifier()
        )
        for binding in ("JSONRPC", "HTTP+JSON"):
            for streaming in (False, True):
                await waits(binding, streaming, http, careful)

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
