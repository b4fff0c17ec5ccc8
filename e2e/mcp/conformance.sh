#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The official MCP conformance suite against its own everything-server, direct and through /mcp/everything, in both eras:
# no check that passes direct may be lost.
set -euo pipefail
here="$PWD"
suite=0.2.0-alpha.12
commit=c321dd32035556e6769d3724a8ee97d87c3faaac
source="${MCP_CONFORMANCE_GIT:-https://github.com/modelcontextprotocol/conformance}"
upstream=""
trap '[ -z "$upstream" ] || kill "$upstream" 2>/dev/null || true' EXIT

left_out() {
  echo "e2e: not run: mcp/conformance: $1"
  exit 0
}

# The suite, with a Node that is new enough for it.
mkdir -p "$E2E_WORK/suite"
cp suite/package.json suite/package-lock.json "$E2E_WORK/suite/"
cd "$E2E_WORK/suite"
if ! npm ci --no-audit --no-fund >"$E2E_WORK/suite.log" 2>&1; then
  if grep -qE 'ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ECONNRESET' "$E2E_WORK/suite.log"; then
    left_out "the npm registry cannot be reached"
  fi
  tail -n 20 "$E2E_WORK/suite.log"
  exit 1
fi
node="$E2E_WORK/suite/node_modules/.bin/node"
"$node" --version >/dev/null 2>&1 || node=node
[ "$("$node" -p 'process.versions.node.split(".")[0]')" -ge 22 ] || left_out "the suite needs Node 22 or newer"

# The server that it is made for: its source is in no package.
if [ ! -d "$E2E_WORK/source/examples" ]; then
  rm -rf "$E2E_WORK/source"
  git clone -q "$source" "$E2E_WORK/source" >"$E2E_WORK/source.log" 2>&1 \
    || left_out "the everything-server's source cannot be had from $source; MCP_CONFORMANCE_GIT may name another place"
  git -C "$E2E_WORK/source" checkout -q "$commit"
fi
cd "$E2E_WORK/source/examples/servers/typescript"
git checkout -q . && "$node" "$here/hooks.mjs" everything-server.ts
npm ci --no-audit --no-fund >"$E2E_WORK/everything.log" 2>&1
port="$("$node" -e 'const s = require("net").createServer().listen(0, () => { console.log(s.address().port); s.close(); })')"
PORT="$port" "$node" --import tsx everything-server.ts >"$E2E_WORK/everything.out" 2>&1 &
upstream=$!
direct="http://localhost:$port/mcp"
for _ in $(seq 100); do
  grep -q 'MCP endpoint' "$E2E_WORK/everything.out" && break
  sleep 0.2
done

"$node" "$here/declare.mjs" everything conformance "$direct" >"$E2E_WORK/everything.yaml"
STEWARD_SERVER="$STEWARD_URL" "${STEWARD:-$here/../../steward}" apply -f "$E2E_WORK/everything.yaml" >"$E2E_WORK/apply.log"
through="${STEWARD_URL/127.0.0.1/localhost}/mcp/everything"

failed=0
for revision in 2025-11-25 2026-07-28; do
  for way in direct through; do
    rm -rf "$E2E_WORK/$way-$revision"
    # it ends with 1 where the server itself fails a check; what counts is the difference
    "$node" "$E2E_WORK/suite/node_modules/@modelcontextprotocol/conformance/dist/index.js" server --url "${!way}" \
      --requirements "$revision" -o "$E2E_WORK/$way-$revision" >"$E2E_WORK/$way-$revision.log" 2>&1 || true
  done
  "$node" "$here/compare.mjs" "$revision" "$E2E_WORK/direct-$revision" "$E2E_WORK/through-$revision" || failed=1
done
exit "$failed"
