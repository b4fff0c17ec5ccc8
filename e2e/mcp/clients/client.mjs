// SPDX-License-Identifier: Apache-2.0
// The official client through the gateway: lists, calls, progress, a question of the server, cancellation, resources, prompts.
import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CreateMessageRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const requestInit = { headers: { Authorization: `Bearer ${process.env.MCP_KEY}` } };

async function connected(path) {
  const client = new Client({ name: 'e2e', version: '1' }, { capabilities: { sampling: {} } });
  client.setRequestHandler(CreateMessageRequestSchema, async () => ({
    role: 'assistant', model: 'none', content: { type: 'text', text: 'sampled words' },
  }));
  const transport = new StreamableHTTPClientTransport(new URL(process.env.STEWARD_URL + path), { requestInit });
  await client.connect(transport);
  return { client, transport };
}

async function works(what, test) {
  await test();
  console.log(`e2e: mcp: ${what} works`);
}

await works('a client without a key', async () => {
  const client = new Client({ name: 'e2e', version: '1' });
  const headers = { Authorization: 'Bearer wrong' };
  const transport = new StreamableHTTPClientTransport(new URL(`${process.env.STEWARD_URL}/mcp/sample`), { requestInit: { headers } });
  await assert.rejects(client.connect(transport), /401|Unauthorized|agent key/);
});

const one = await connected('/mcp/sample');
await works('a session with one server', async () => {
  const names = (await one.client.listTools()).tools.map((tool) => tool.name);
  assert.ok(names.includes('echo'), names.join());
  const result = await one.client.callTool({ name: 'echo', arguments: { message: 'hello' } });
  assert.match(result.content[0].text, /hello/);
});
await works('progress', async () => {
  const seen = [];
  await one.client.callTool(
    { name: 'trigger-long-running-operation', arguments: { duration: 1, steps: 3 } }, undefined,
    { onprogress: (progress) => seen.push(progress.progress) });
  assert.ok(seen.length >= 2, `progress ${seen}`);
});
await works('sampling', async () => {
  const tools = (await one.client.listTools()).tools.map((tool) => tool.name);
  const name = tools.find((tool) => /sampling/.test(tool) && !/async/.test(tool));
  assert.ok(name, tools.join());
  const result = await one.client.callTool({ name, arguments: { prompt: 'say something', maxTokens: 10 } });
  assert.match(JSON.stringify(result), /sampled words/);
});
await works('cancellation', async () => {
  const abort = new AbortController();
  const call = one.client.callTool(
    { name: 'trigger-long-running-operation', arguments: { duration: 30, steps: 30 } }, undefined, { signal: abort.signal });
  setTimeout(() => abort.abort('enough'), 500);
  await assert.rejects(call);
});
await works('resources and prompts', async () => {
  const { resources } = await one.client.listResources();
  assert.ok((await one.client.readResource({ uri: resources[0].uri })).contents.length > 0);
  assert.ok((await one.client.listPrompts()).prompts.length > 0);
});
await works('the end of a session', async () => {
  await one.transport.terminateSession();
  await one.client.close();
});

const all = await connected('/mcp');
await works('a session with all servers', async () => {
  const names = (await all.client.listTools()).tools.map((tool) => tool.name);
  assert.ok(names.includes('sample__echo'), names.join());
  const result = await all.client.callTool({ name: 'sample__echo', arguments: { message: 'again' } });
  assert.match(result.content[0].text, /again/);
  await all.client.close();
});
