// SPDX-License-Identifier: Apache-2.0
// declare.mjs SERVER AGENT MCP_URL: what `steward apply` needs so that an agent may use every tool of an MCP server, pinned as the server
// lists them in either era, and a policy that allows them all. Each document is JSON, which is YAML.
const [server, agent, url] = process.argv.slice(2);
const json = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };

// Some servers show their tools to those alone who can do all this.
const capabilities = { sampling: {}, roots: {}, elicitation: { form: {}, url: {} } };

async function ask(body, headers) {
  const response = await fetch(url, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) });
  const text = await response.text();
  const data = text.split('\n').filter((line) => line.startsWith('data:')).map((line) => line.slice(5)).pop() ?? text;
  return { response, message: data.trim() ? JSON.parse(data) : {} };
}

async function legacy() {
  const params = { protocolVersion: '2025-11-25', capabilities, clientInfo: { name: 'declare', version: '1' } };
  const begun = await ask({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
  const headers = { 'Mcp-Session-Id': begun.response.headers.get('mcp-session-id') ?? '', 'MCP-Protocol-Version': '2025-11-25' };
  await ask({ jsonrpc: '2.0', method: 'notifications/initialized' }, headers);
  const { message } = await ask({ jsonrpc: '2.0', id: 2, method: 'tools/list', params: {} }, headers);
  await fetch(url, { method: 'DELETE', headers });
  return message.result?.tools ?? [];
}

async function modern() {
  const _meta = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': capabilities };
  const headers = { 'MCP-Protocol-Version': '2026-07-28', 'Mcp-Method': 'tools/list' };
  const { message } = await ask({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta } }, headers);
  return message.result?.tools ?? []; // none where the server is an older one
}

const tools = new Map();
for (const tool of [...(await legacy()), ...(await modern())]) {
  tools.set(tool.name, tool);
}

const pinned = [...tools.values()].map(({ name, title, description, inputSchema, outputSchema, annotations }) => ({
  name, title, description, effect: 'read', inputSchema, outputSchema, annotations,
}));
const owner = 'dana@example.com';
const documents = [
  { kind: 'Person', metadata: { name: owner }, spec: { displayName: 'Dana Okafor', email: owner, grants: [{ role: 'operator' }] } },
  { kind: 'ToolServer', metadata: { name: server }, spec: { owner, url, tools: pinned } },
  {
    kind: 'Agent', metadata: { name: agent },
    spec: {
      owner, purpose: 'Stands for a program that speaks MCP.', risk: 'minimal',
      version: { tools: [{ server, tools: [...tools.keys()] }] },
    },
  },
  {
    kind: 'Policy', metadata: { name: `${agent}-may-call-${server}` },
    spec: { agents: [agent], rules: [{ tool: `${server}/*`, effect: 'allow' }] },
  },
];
console.log(documents.map((each) => JSON.stringify({ apiVersion: 'steward/v1', ...each })).join('\n---\n'));
