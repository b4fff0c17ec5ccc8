#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The official TypeScript client before npm's server-everything, with an agent's key, through /mcp/sample and /mcp.
set -euo pipefail
here="$PWD"
upstream=""
trap '[ -z "$upstream" ] || kill "$upstream" 2>/dev/null || true' EXIT

mkdir -p "$E2E_WORK/clients"
cp clients/package.json clients/package-lock.json clients/client.mjs "$E2E_WORK/clients/"
cd "$E2E_WORK/clients"
if ! npm ci --no-audit --no-fund >npm.log 2>&1; then
  if grep -qE 'ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ECONNRESET' npm.log; then
    echo "e2e: not run: mcp/clients: the npm registry cannot be reached"
    exit 0
  fi
  tail -n 20 npm.log
  exit 1
fi
port="$(node -e 'const s = require("net").createServer().listen(0, () => { console.log(s.address().port); s.close(); })')"
PORT="$port" node node_modules/@modelcontextprotocol/server-everything/dist/index.js streamableHttp >server.out 2>&1 &
upstream=$!
for _ in $(seq 100); do
  if curl -s -o /dev/null "http://localhost:$port/mcp"; then break; fi
  sleep 0.2
done
node "$here/declare.mjs" sample client "http://localhost:$port/mcp" >sample.yaml
STEWARD_SERVER="$STEWARD_URL" "$STEWARD" apply -f sample.yaml
MCP_KEY="$(curl -sS -H "Authorization: Bearer $STEWARD_TOKEN" -H 'Content-Type: application/json' \
  -d '{"agent":"client","environment":"development"}' "$STEWARD_URL/api/v1/keys" \
  | sed -n 's/.*"key":"\([^"]*\)".*/\1/p')"
[ -n "$MCP_KEY" ]
export MCP_KEY
node client.mjs

for program in mvn javac java; do
  if ! command -v "$program" >/dev/null; then
    echo "e2e: not run: mcp/clients/java: there is no $program on PATH"
    exit 0
  fi
done
mkdir -p "$E2E_WORK/java"
cp "$here/java/"* "$E2E_WORK/java/"
cd "$E2E_WORK/java"
if ! mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >mvn.log 2>&1; then
  if grep -qE 'Unknown host|Connection refused|timed out' mvn.log; then
    echo "e2e: not run: mcp/clients/java: the Maven repository cannot be reached"
    exit 0
  fi
  tail -n 20 mvn.log
  exit 1
fi
javac -cp 'lib/*' JavaClient.java
java -cp '.:lib/*' JavaClient
