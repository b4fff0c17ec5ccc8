// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// How long the server takes for every page of the console: on the demo's data, and with millions
/// of spans in the store.
final class PagesBench {
  /// Every page. `{run}` is a run with a conversation, `{agent}` its agent, `{marathon}` a run of
  /// 10,000 spans, which only the full store has, `{registered}` an agent that only the demo
  /// declares, `{drifted}` one that drifts there. A new page of the console is added here.
  private static final String[] PAGES = {
    "/now",
    "/start",
    "/keys",
    "/styleguide",
    "/fleet",
    "/fleet?range=30d",
    "/runs",
    "/runs?range=30d",
    "/runs?agent={agent}&range=30d",
    "/runs/{run}",
    "/runs/{run}/waterfall",
    "/runs/{run}/graph",
    "/runs/{run}/raw",
    "/runs/{run}/effects",
    "/runs/{run}/compare",
    "/runs/{marathon}",
    "/runs/{marathon}/waterfall",
    "/runs/{marathon}/graph",
    "/agents/{agent}",
    "/agents/{agent}?range=30d",
    "/fleet/register?name={agent}",
    "/live",
    "/stops",
    "/budgets",
    "/approvals",
    "/policies",
    "/tools",
    "/tools?show=access",
    "/releases",
    "/releases/agents/{registered}",
    "/drift",
    "/drift/{drifted}",
    "/incidents",
    "/cost",
    "/cost?by=team&split=model&range=30d",
    "/ledger",
    "/ledger/0",
    "/ledger/0/state",
    "/ledger/check",
    "/ledger/activity",
    "/ingest",
    "/settings",
    "/settings/people",
    "/settings/keys",
    "/settings/tokens",
    "/settings/providers",
    "/settings/holds",
    "/settings/server",
    "/login",
  };

  private static final Duration HISTORY_LIMIT = Duration.ofMinutes(2);

  private final Latencies all = new Latencies();
  private double worst;

  void run(Result result) throws Exception {
    measure("demo", DemoData.fresh(), "", result);
    measure("full", StoredData.there(), StoredData.longTrace(), result);
    result.put("page_p95_ms", all.millis(0.95));
    result.put("worst_page_p95_ms", worst);
  }

  private void measure(String data, Path folder, String marathon, Result result)
      throws IOException, InterruptedException {
    try (StewardServer server = StewardServer.start(folder)) {
      server.awaitHistory(HISTORY_LIMIT);
      result.put(data + "_spans", server.counts().loaded());
      JsonNode run = aRun(server);
      for (String page : PAGES) {
        if ((page.contains("{marathon}") && marathon.isEmpty())
            || ((page.contains("{registered}") || page.contains("{drifted}"))
                && !marathon.isEmpty())) {
          continue;
        }
        String path =
            page.replace("{marathon}", marathon)
                .replace("{run}", run.required("id").asString())
                .replace("{agent}", run.required("agent").asString())
                .replace("{registered}", run.required("agent").asString())
                .replace("{drifted}", "claims/development");
        Latencies times = Asked.times(server::bytes, List.of(path));
        all.addAll(times);
        worst = Math.max(worst, times.millis(0.95));
        result.put(data + " " + page + " p95 ms", times.millis(0.95));
      }
      result.put(data + "_rss_mb", server.program().residentBytes() >> 20);
    }
  }

  /// One of the newest that has more than a few steps.
  private static JsonNode aRun(StewardServer server) throws IOException, InterruptedException {
    JsonNode runs = server.get("/api/v1/runs?limit=50").required("items");
    for (JsonNode run : runs) {
      if (run.path("modelCalls").asInt() >= 2 && run.path("toolCalls").asInt() >= 1) {
        return run;
      }
    }
    throw new IOException("no run to show among " + runs.size());
  }
}
