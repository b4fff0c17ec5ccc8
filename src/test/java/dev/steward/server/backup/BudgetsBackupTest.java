// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.TestServer;
import dev.steward.server.model.GatewayServer;
import dev.steward.server.model.ScriptedProvider;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What was spent is spent in the server that comes of a backup too.
class BudgetsBackupTest {
  private static final long TOKENS = 12;

  /// What the one call in flight may have reserved: the bytes of its body, its longest answer, and
  /// the 1,024 tokens that a provider may add.
  private static final long RESERVED_MAX = 1_200;

  private static final String BUDGETS =
      """
      apiVersion: steward/v1
      kind: Budget
      metadata: {name: monthly}
      spec: {scope: {agent: refunds}, window: month, limit: {tokens: 100000000}}
      ---
      apiVersion: steward/v1
      kind: Budget
      metadata: {name: each-run}
      spec: {scope: {agent: refunds}, window: run, limit: {tokens: 1000000}}
      """;
  private static final byte[] FINE =
      """
      {"id":"c-1","model":"gpt-5","choices":[{"index":0,"message":{"role":"assistant",\
      "content":"Hello."},"finish_reason":"stop"}],\
      "usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}\
      """
          .getBytes(StandardCharsets.UTF_8);
  private static final String ASK =
      "{\"model\":\"main\",\"max_completion_tokens\":20,"
          + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

  @TempDir Path folder;

  @Test
  void aBackupUnderLoadRestoresWhatBudgetsHaveSpent() throws Exception {
    Path copy = folder.resolve("backup");
    AtomicLong calls = new AtomicLong();
    AtomicBoolean done = new AtomicBoolean();
    long before;
    try (GatewayServer gateway = new GatewayServer(folder.resolve("data"))) {
      gateway.server().apply(BUDGETS);
      gateway
          .provider()
          .always((r, out) -> ScriptedProvider.whole(out, 200, "application/json", FINE));
      Thread load =
          Thread.ofVirtual()
              .start(() -> {
                while (!done.get()) {
                  call(gateway);
                  calls.incrementAndGet();
                }
              });
      gateway.server().await("the load has begun", () -> calls.get() > 50);
      before = calls.get();
      HttpResponse<String> answer =
          gateway.server().postJson("/api/v1/backup", "{\"to\":\"%s\"}".formatted(copy));
      done.set(true);
      load.join();
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
      assertThat(used(gateway.server(), "monthly")).isEqualTo(calls.get() * TOKENS);
    }

    new Restore(copy).into(folder.resolve("restored"));
    try (TestServer restored = TestServer.open(folder.resolve("restored"))) {
      for (String budget : new String[] {"monthly", "each-run"}) {
        assertThat(used(restored, budget))
            .as(budget)
            .isBetween(before * TOKENS, calls.get() * TOKENS + RESERVED_MAX);
      }
    }
  }

  private static void call(GatewayServer gateway) {
    HttpResponse<?> answer = gateway.post("/v1/chat/completions", ASK, "x-steward-run", "one");
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private static long used(TestServer server, String budget) {
    for (JsonNode item : server.json("/api/v1/budgets").get("items")) {
      if (item.get("name").asString().equals(budget)) {
        return Long.parseLong(item.get("used").asString());
      }
    }
    return 0;
  }
}
