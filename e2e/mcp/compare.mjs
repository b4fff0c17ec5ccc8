// SPDX-License-Identifier: Apache-2.0
// compare.mjs REVISION DIRECT THROUGH: fails when a check of the suite that passed direct does not pass through the gateway.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [revision, direct, through] = process.argv.slice(2);

// How often each check of each scenario passed and failed; the folders carry the time in their names.
function read(folder) {
  const counts = new Map();
  for (const name of readdirSync(folder).sort()) {
    const file = join(folder, name, 'checks.json');
    if (!existsSync(file)) {
      continue;
    }
    const scenario = name.replace(/^server-/, '').replace(/-\d{4}-\d{2}-\d{2}T.*$/, '');
    for (const { id, status } of JSON.parse(readFileSync(file, 'utf8'))) {
      const key = `${scenario}: ${id}`;
      const count = counts.get(key) ?? { passed: 0, failed: 0 };
      count.passed += status === 'SUCCESS' ? 1 : 0;
      count.failed += status === 'FAILURE' ? 1 : 0;
      counts.set(key, count);
    }
  }
  return counts;
}

const sum = (counts, what) => [...counts.values()].reduce((all, each) => all + each[what], 0);
const before = read(direct);
const after = read(through);
const lost = [...before].filter(([key, { passed }]) => passed > (after.get(key)?.passed ?? 0));
console.log(
  `e2e: mcp: ${revision}: direct ${sum(before, 'passed')} passed, ${sum(before, 'failed')} failed;`
  + ` through the gateway ${sum(after, 'passed')} passed, ${sum(after, 'failed')} failed; ${lost.length} lost`);
for (const [key] of lost) {
  console.log(`e2e: mcp: ${revision}: lost: ${key}`);
}
process.exit(lost.length === 0 && sum(before, 'passed') > 0 ? 0 : 1);
