// SPDX-License-Identifier: Apache-2.0
// An agent that asks a model once. The model is played by a server in this program.
const http = require("node:http");
const OpenAI = require("openai");

const ANSWER = {
  id: "chatcmpl-1",
  object: "chat.completion",
  created: 1,
  model: "e2e-typescript",
  choices: [
    { index: 0, finish_reason: "stop", message: { role: "assistant", content: "Hello." } },
  ],
  usage: { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 },
};

const server = http.createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    response.writeHead(200, { "Content-Type": "application/json" });
    response.end(JSON.stringify(ANSWER));
  });
});

server.listen(0, "127.0.0.1", async () => {
  const client = new OpenAI({
    apiKey: "none",
    baseURL: `http://127.0.0.1:${server.address().port}/v1`,
  });
  const answer = await client.chat.completions.create({
    model: "e2e-typescript",
    messages: [{ role: "user", content: "Say hello." }],
  });
  console.log(answer.choices[0].message.content);
  server.closeAllConnections();
  server.close();
});
