// SPDX-License-Identifier: Apache-2.0
// Declares the three servers with the commands that start them, accepts what they offer, and uses them as two agents.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const steward = process.env.STEWARD_URL;
const admin = { Authorization: `Bearer ${process.env.STEWARD_TOKEN}` };
const owner = 'dana@example.com';
const main = (name) => `${process.cwd()}/node_modules/@modelcontextprotocol/server-${name}/dist/index.js`;

async function api(path, method, type, body) {
  const response = await fetch(steward + path, { method, headers: { ...admin, 'Content-Type': type }, body });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : {};
}

const servers = {
  everything: { command: [process.execPath, main('everything'), 'stdio'] },
  filesystem: { command: [process.execPath, main('filesystem'), '{callerFolder}'] },
  memory: { command: [process.execPath, main('memory')], environment: { MEMORY_FILE_PATH: '{callerFolder}/memory.json' } },
};
const documents = [
  { kind: 'Person', metadata: { name: owner }, spec: { displayName: 'Dana Okafor', email: owner, grants: [{ role: 'operator' }] } },
  ...Object.entries(servers).map(([name, spec]) => ({ kind: 'ToolServer', metadata: { name }, spec: { owner, ...spec } })),
  ...['ann', 'ben'].map((name) => ({
    kind: 'Agent', metadata: { name },
    spec: {
      owner, purpose: 'Uses the three servers.', risk: 'minimal',
      version: { tools: Object.keys(servers).map((server) => ({ server, tools: ['*'] })) },
    },
  })),
  { kind: 'Policy', metadata: { name: 'all-tools' }, spec: { rules: [{ tool: '*', effect: 'allow' }] } },
];
const yaml = documents.map((each) => JSON.stringify({ apiVersion: 'steward/v1', ...each })).join('\n---\n');
await api('/api/v1/apply', 'POST', 'application/yaml', yaml);
for (const name of Object.keys(servers)) {
  const { items } = await api(`/api/v1/toolservers/${name}/tools?refresh=true`, 'GET', 'application/json');
  assert.ok((items ?? []).length > 0, `${name} offers nothing`);
  const accept = { tools: items.map(({ name: tool }) => ({ name: tool, effect: tool.startsWith('read') ? 'read' : 'write' })), anyway: true };
  await api(`/api/v1/toolservers/${name}/accept`, 'POST', 'application/json', JSON.stringify(accept));
}

async function connected(agent, server) {
  const { key } = await api('/api/v1/keys', 'POST', 'application/json', JSON.stringify({ agent, environment: 'development' }));
  const client = new Client({ name: 'e2e', version: '1' });
  const requestInit = { headers: { Authorization: `Bearer ${key}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${steward}/mcp/${server}`), { requestInit }));
  return client;
}

const called = async (client, name, args) => {
  const result = await client.callTool({ name, arguments: args });
  assert.ok(!result.isError, `${name}: ${JSON.stringify(result)}`);
  return result.content.map((part) => part.text ?? part.type).join('\n');
};

const everything = await connected('ann', 'everything');
assert.match(await called(everything, 'echo', { message: 'hello' }), /hello/);
const listed = (await everything.listTools()).tools.length;

const files = await connected('ann', 'filesystem');
const folder = (await called(files, 'list_allowed_directories', {})).split('\n').pop();
await called(files, 'write_file', { path: `${folder}/note.txt`, content: 'kept' });
assert.match(await called(files, 'read_text_file', { path: `${folder}/note.txt` }), /kept/);

const anns = await connected('ann', 'memory');
const bens = await connected('ben', 'memory');
const entity = (name) => ({ entities: [{ name, entityType: 'person', observations: ['seen'] }] });
await called(anns, 'create_entities', entity('Ada'));
await called(bens, 'create_entities', entity('Bob'));
const [seenByAnn, seenByBen] = [await called(anns, 'read_graph', {}), await called(bens, 'read_graph', {})];
assert.match(seenByAnn, /Ada/);
assert.doesNotMatch(seenByAnn, /Bob/);
assert.match(seenByBen, /Bob/);
assert.doesNotMatch(seenByBen, /Ada/);

// A server that is killed is started again by the next call, and what it kept in its file is there. Only those that
// Steward itself started are killed: its own children.
const children = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n').map((line) => line.trim())
  .filter((line) => line.includes(main('memory'))).map((line) => Number(line.split(' ')[0]));
assert.equal(children.length, 3, `two for the callers, one for Steward: ${children}`);
children.forEach((pid) => process.kill(pid, 'SIGKILL'));
assert.match(await called(anns, 'read_graph', {}), /Ada/);

await Promise.all([everything, files, anns, bens].map((client) => client.close()));
console.log(`e2e: stdio: everything (${listed} tools), filesystem and memory over stdio, two callers apart, killed and back`);
