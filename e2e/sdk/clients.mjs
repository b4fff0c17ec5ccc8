// SPDX-License-Identifier: Apache-2.0
// The official Node clients through the gateway: each function is one client, each check one promise.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import Anthropic from "@anthropic-ai/sdk";
import { ApiError, GoogleGenAI } from "@google/genai";
import { createOpenAI } from "@ai-sdk/openai";
import { APICallError, Output, generateText, streamText, tool } from "ai";
import OpenAI from "openai";
import { z } from "zod";

const url = process.env.STEWARD_URL;
const key = process.env.SDK_KEY;
const parameters = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const user = (content) => [{ role: "user", content }];

async function seen() {
  return (await fetch(process.env.SDK_PROVIDER + "/seen")).json();
}

async function left(before) {
  for (let i = 0; (await seen()).left <= before; i++) {
    assert.ok(i < 200, "the provider still sends");
    await sleep(100);
  }
}

async function tried(word) {
  const counts = Object.entries((await seen()).flaky).filter(([said]) => said.includes(word));
  return Math.max(...counts.map(([, n]) => n));
}

// Every refusal of the gateway: the key that meets it, its status, and what the message says.
const refused = [
  ["SDK_REVOKED", 401, "revoked"],
  ["SDK_DENIED", 403, "Policy denies"],
  ["SDK_SPENT", 429, "budget"],
  ["SDK_KILLED", 403, "stopped"],
];
const kinds = { 401: "AuthenticationError", 403: "PermissionDeniedError", 429: "RateLimitError", 503: "InternalServerError" };

// Counts what a client sends.
const send = globalThis.fetch;
function counting() {
  const counted = (...of) => {
    counted.calls++;
    return send(...of);
  };
  counted.calls = 0;
  return counted;
}

async function raised(call) {
  try {
    await call();
  } catch (e) {
    return e;
  }
  assert.fail("nothing was raised");
}

// Refusals as `ask(key, model, fetch)` raises them: of the right kind, and asked once.
async function refusals(ask, name, check) {
  for (const [key, status, says] of refused) {
    const counted = counting();
    const e = await raised(() => ask(process.env[key], name, counted));
    check(e, status);
    assert.match(e.message, new RegExp(says, "i"));
    assert.equal(counted.calls, 1, key + " was asked again");
  }
}

// Asks a provider that cannot be reached until its circuit is open: a call may then be asked again.
async function circuit(once, model, check) {
  let e;
  for (let i = 0; i < 30 && e?.status !== 503 && e?.statusCode !== 503; i++) {
    e = await raised(() => once(process.env.SDK_BROKEN, model));
  }
  check(e, 503);
  assert.match(e.message, /left alone/);
}

async function openai() {
  const client = new OpenAI({ baseURL: url + "/v1", apiKey: key });
  const ask = (word, more = {}) =>
    client.chat.completions.create({ model: "gpt", messages: user(word), ...more });
  assert.equal((await ask("hello")).choices[0].message.content, "Hello.");
  let text = "";
  for await (const chunk of await ask("hello", { stream: true })) {
    text += chunk.choices[0].delta.content ?? "";
    assert.equal(chunk.usage ?? null, null);
  }
  assert.equal(text, "Hello.");
  const tools = [{ type: "function", function: { name: "weather", parameters } }];
  const called = await ask("tool", { tools });
  assert.equal(called.choices[0].message.tool_calls[0].function.name, "weather");
  const json_schema = { name: "city", schema: parameters, strict: true };
  const parsed = await client.chat.completions.parse({
    model: "gpt",
    messages: user("json"),
    response_format: { type: "json_schema", json_schema },
  });
  assert.equal(JSON.parse(parsed.choices[0].message.content).city, "Oslo");
  const stranger = new OpenAI({ baseURL: url + "/v1", apiKey: "sk-unknown" });
  await assert.rejects(stranger.models.list(), OpenAI.AuthenticationError);
  await assert.rejects(ask("hello", { model: "gpt-4o" }), OpenAI.PermissionDeniedError);
  await assert.rejects(
    client.chat.completions.create({ model: "gpt", messages: user("limit") }, { maxRetries: 0 }),
    OpenAI.RateLimitError);
  const kind = (e, status) => {
    assert.ok(e instanceof OpenAI[kinds[status]], String(e));
    assert.equal(e.headers.get("x-should-retry"), String(status === 503));
  };
  const as = (apiKey, model, more = {}, body = {}) =>
    new OpenAI({ baseURL: url + "/v1", apiKey, ...more })
      .chat.completions.create({ model, messages: user("hello"), ...body });
  await refusals((k, m, fetch) => as(k, m, { fetch }), "gpt", kind);
  await refusals((k, m, fetch) => as(k, m, { fetch }, { stream: true }), "gpt", kind);
  await circuit((k, m) => as(k, m, { maxRetries: 0 }), "node-openai", kind);
  assert.equal((await ask("flaky node openai")).choices[0].message.content, "Hello.");
  assert.equal(await tried("node openai"), 2);
  const before = (await seen()).left;
  const endless = await ask("endless", { stream: true });
  for await (const _ of endless) break;
  await left(before);
}

async function anthropic() {
  const client = new Anthropic({ baseURL: url, apiKey: key });
  const body = (word, more = {}) => ({ model: "claude", max_tokens: 50, messages: user(word), ...more });
  const ask = (word, more) => client.messages.create(body(word, more));
  assert.equal((await ask("hello")).content[0].text, "Hello.");
  const told = await client.messages.stream(body("hello")).finalMessage();
  assert.equal(told.content[0].text, "Hello.");
  assert.equal(told.usage.output_tokens, 3);
  const called = await ask("tool", { tools: [{ name: "weather", input_schema: parameters }] });
  assert.deepEqual(called.content[0].input, { city: "Oslo" });
  const schema = { ...parameters, additionalProperties: false };
  const formed = await ask("json", { output_config: { format: { type: "json_schema", schema } } });
  assert.equal(JSON.parse(formed.content[0].text).city, "Oslo");
  const stranger = new Anthropic({ baseURL: url, apiKey: "sk-unknown" });
  await assert.rejects(stranger.messages.create(body("hello")), Anthropic.AuthenticationError);
  await assert.rejects(ask("hello", { model: "claude-opus" }), Anthropic.PermissionDeniedError);
  await assert.rejects(
    client.messages.create(body("limit"), { maxRetries: 0 }), Anthropic.RateLimitError);
  const kind = (e, status) => {
    assert.ok(e instanceof Anthropic[kinds[status]], String(e));
    assert.equal(e.headers.get("x-should-retry"), String(status === 503));
  };
  const as = (apiKey, model, more = {}, add = {}) =>
    new Anthropic({ baseURL: url, apiKey, ...more }).messages.create(body("hello", { model, ...add }));
  await refusals((k, m, fetch) => as(k, m, { fetch }), "claude", kind);
  await refusals((k, m, fetch) => as(k, m, { fetch }, { stream: true }), "claude", kind);
  await circuit((k, m) => as(k, m, { maxRetries: 0 }), "node-anthropic", kind);
  assert.equal((await ask("flaky node anthropic")).content[0].text, "Hello.");
  assert.equal(await tried("node anthropic"), 2);
  const before = (await seen()).left;
  for await (const _ of await ask("endless", { stream: true })) break;
  await left(before);
}

async function genai() {
  const client = new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: url } });
  const body = (contents, config = {}, model = "gemini") => ({ model, contents, config });
  const ask = (...of) => client.models.generateContent(body(...of));
  assert.equal((await ask("hello")).text, "Hello.");
  let text = "";
  for await (const piece of await client.models.generateContentStream(body("hello"))) text += piece.text;
  assert.equal(text, "Hello.");
  const tools = [{ functionDeclarations: [{ name: "weather", parametersJsonSchema: parameters }] }];
  assert.deepEqual((await ask("tool", { tools })).functionCalls[0].args, { city: "Oslo" });
  const form = { responseMimeType: "application/json", responseJsonSchema: parameters };
  assert.equal(JSON.parse((await ask("json", form)).text).city, "Oslo");
  const status = (n) => (e) => e instanceof ApiError && e.status === n;
  const stranger = new GoogleGenAI({ apiKey: "unknown", httpOptions: { baseUrl: url } });
  await assert.rejects(stranger.models.generateContent(body("hello")), status(401));
  await assert.rejects(ask("hello", {}, "gemini-ultra"), status(403));
  await assert.rejects(ask("limit"), status(429));
  const kind = (e, n) => assert.ok(status(n)(e), String(e));
  const as = async (apiKey, model, counted = send) => {
    globalThis.fetch = counted; // it takes none of ours
    try {
      return await new GoogleGenAI({ apiKey, httpOptions: { baseUrl: url } })
        .models.generateContent(body("hello", {}, model));
    } finally {
      globalThis.fetch = send;
    }
  };
  await refusals(as, "gemini", kind);
  await circuit(as, "node-genai", kind);
  // this client does not try again by itself
  await assert.rejects(ask("flaky node genai"), status(500));
  assert.equal((await ask("flaky node genai")).text, "Hello.");
  const before = (await seen()).left;
  const stop = new AbortController();
  const endless = await client.models.generateContentStream(body("endless", { abortSignal: stop.signal }));
  try {
    for await (const _ of endless) stop.abort();
  } catch (e) {
    assert.ok(stop.signal.aborted, e);
  }
  await left(before);
}

async function vercel() {
  const model = (name, apiKey = key) => createOpenAI({ baseURL: url + "/v1", apiKey }).chat(name);
  const gpt = model("gpt");
  assert.equal((await generateText({ model: gpt, prompt: "hello" })).text, "Hello.");
  const told = streamText({ model: gpt, prompt: "hello" });
  assert.equal(await told.text, "Hello.");
  assert.equal((await told.usage).outputTokens, 3);
  const city = z.object({ city: z.string() });
  const tools = { weather: tool({ description: "The weather.", inputSchema: city }) };
  const called = await generateText({ model: gpt, prompt: "tool", tools });
  assert.deepEqual(called.toolCalls[0].input, { city: "Oslo" });
  const formed = await generateText({ model: gpt, prompt: "json", output: Output.object({ schema: city }) });
  assert.equal(formed.output.city, "Oslo");
  const status = (n) => (e) => APICallError.isInstance(e) && e.statusCode === n;
  await assert.rejects(generateText({ model: model("gpt", "sk-unknown"), prompt: "hello" }), status(401));
  await assert.rejects(generateText({ model: model("gpt-4o"), prompt: "hello" }), status(403));
  await assert.rejects(generateText({ model: gpt, prompt: "limit", maxRetries: 0 }), status(429));
  const kind = (e, n) => assert.ok(status(n)(e), String(e));
  // it does not look at x-should-retry, so it is told not to try again
  const as = (apiKey, name, fetch) => generateText({
    model: createOpenAI({ baseURL: url + "/v1", apiKey, fetch }).chat(name),
    prompt: "hello",
    maxRetries: 0,
  });
  await refusals(as, "gpt", kind);
  await circuit(as, "node-vercel", kind);
  assert.equal((await generateText({ model: gpt, prompt: "flaky node vercel" })).text, "Hello.");
  assert.equal(await tried("node vercel"), 2);
  const before = (await seen()).left;
  const stop = new AbortController();
  const endless = streamText({ model: gpt, prompt: "endless", abortSignal: stop.signal });
  for await (const _ of endless.textStream) {
    stop.abort();
    break;
  }
  await left(before);
}

for (const client of [openai, anthropic, genai, vercel]) {
  await client();
  const retries = client === genai ? "" : "retries, ";
  console.log(`node ${client.name} works: chat, streaming, tools, structured output, errors, refusals, ${retries}cancellation`);
}
process.exit(0);
