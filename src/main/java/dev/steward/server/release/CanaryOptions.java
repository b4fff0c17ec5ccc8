// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.release;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// How a release takes over, as it is said on the command line.
public final class CanaryOptions {
  @Option(
      names = "--strategy",
      paramLabel = "STRATEGY",
      description =
          "direct (for every call at once, if not said), canary (for a share first), copilot"
              + " (calls with effects are proposed to people first), blue-green (it stands by until"
              + " 'release switch') or shadow (it gets copies of live calls, without effects)")
  private @Nullable String strategy;

  @Option(
      names = "--weight",
      paramLabel = "SHARE",
      description = "canary: share of the conversations that begin, 10%% if not said")
  private @Nullable String weight;

  @Option(
      names = "--accepted-loss",
      paramLabel = "SHARE",
      description =
          "canary: success must be shown to be lower by less than this for a promotion, 3%% if not"
              + " said")
  private @Nullable String accepted;

  @Option(
      names = "--tolerated-loss",
      paramLabel = "SHARE",
      description =
          "canary: success may be lower by this before it is rolled back, 0%% if not said")
  private @Nullable String tolerated;

  @Option(
      names = "--guardrail",
      paramLabel = "GUARDRAIL",
      description =
          "canary: what must not get worse: error, failure, denial, escalation, cost+20%%,"
              + " duration@p90; may be given again; error, failure, cost+20%% and duration@p90 if"
              + " not said")
  private @Nullable List<String> guardrails;

  @Option(
      names = "--test",
      paramLabel = "TEST",
      description = "canary: mixture (if not said) or safe-2x2, exact for few conversations")
  private @Nullable String test;

  @Option(
      names = "--untold",
      paramLabel = "OUTCOME",
      description =
          "canary: what counts where no outcome is told: left-out (if not said), success, failure")
  private @Nullable String untold;

  @Option(
      names = "--least-units",
      paramLabel = "NUMBER",
      description =
          "canary: conversations with an outcome in each arm before a promotion, 100 if not said")
  private @Nullable String leastUnits;

  @Option(
      names = "--least-time",
      paramLabel = "TIME",
      description = "canary: before a promotion, 1h if not said")
  private @Nullable String leastTime;

  @Option(
      names = "--settle",
      paramLabel = "TIME",
      description = "canary: how long an outcome is waited for, 30m if not said")
  private @Nullable String settle;

  @Option(
      names = "--limit",
      paramLabel = "TIME",
      description = "canary: held for a person after this, 7d if not said")
  private @Nullable String limit;

  /// Puts what was said into the request.
  void into(ObjectNode wanted) {
    Map<String, String> terms = new TreeMap<>();
    put(terms, "weight", weight);
    put(terms, "accepted-loss", accepted);
    put(terms, "tolerated-loss", tolerated);
    put(terms, "guardrails", guardrails == null ? null : String.join(",", guardrails));
    put(terms, "test", test);
    put(terms, "untold", untold);
    put(terms, "least-units", leastUnits);
    put(terms, "least-time", leastTime);
    put(terms, "settle", settle);
    put(terms, "limit", limit);
    if (strategy != null) {
      wanted.put("strategy", strategy);
    }
    if (!terms.isEmpty()) {
      ObjectNode written = wanted.putObject("terms");
      terms.forEach(written::put);
    }
  }

  private static void put(Map<String, String> terms, String name, @Nullable String value) {
    if (value != null) {
      terms.put(name, value);
    }
  }
}
