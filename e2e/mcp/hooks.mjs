// SPDX-License-Identifier: Apache-2.0
// hooks.mjs FILE: makes the everything-server list the tools that the suite calls and it does not list: two hooks that it
// has, and two names that it answers, like any name, with a result that says there is no such tool. A gateway hides what a
// server does not list.
import { readFileSync, writeFileSync } from 'node:fs';

const file = process.argv[2];
const source = readFileSync(file, 'utf8');
const place = "name: 'test_missing_capability',\n                description";
const names = ['test_trigger_tool_change', 'test_trigger_prompt_change', 'greet', 'slow_compute'];
const hooks = names.map((name) => `name: '${name}', description: 'Hook', inputSchema: { type: 'object', properties: {} } }, {\n`);
if (source.split(place).length !== 2) {
  throw new Error(`${file} is not the file that this was written for`);
}
writeFileSync(file, source.replace(place, hooks.join('') + place));
