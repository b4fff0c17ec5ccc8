// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.browser;

import dev.steward.server.Otlp;
import java.util.List;

/// A page to look at. All pages are in the one list, so that every check of looks sees them.
record Sight(String name, String address) {

  /// Every page, with what is odd on it.
  static List<Sight> all(Guests guests) {
    return List.of(
        new Sight("now", "/now"),
        new Sight("start", "/start"),
        new Sight("keys", "/keys"),
        new Sight("styleguide", "/styleguide"),
        new Sight("settings", "/settings"),
        new Sight("settings-people", "/settings/people"),
        new Sight("settings-keys", "/settings/keys"),
        new Sight("settings-tokens", "/settings/tokens"),
        new Sight("settings-providers", "/settings/providers"),
        new Sight("settings-holds", "/settings/holds"),
        new Sight("settings-server", "/settings/server"),
        new Sight("fleet", "/fleet"),
        new Sight("fleet-nothing", "/fleet?q=nobody-is-called-this"),
        new Sight("live", "/live"),
        new Sight("stops", "/stops"),
        new Sight("stops-asked", "/stops?selector=agent%3Dsupport"),
        new Sight("runs", "/runs"),
        new Sight("runs-filtered", "/runs?agent=support&status=finished&tool=refund"),
        new Sight("runs-nothing", "/runs?q=nobody+said+this"),
        new Sight("run", supportRun(guests)),
        new Sight("run-waterfall", supportRun(guests) + "/waterfall"),
        new Sight("run-raw", supportRun(guests) + "/raw"),
        new Sight("run-effects", supportRun(guests) + "/effects"),
        new Sight("run-hostile-effects", run(OddRuns.HOSTILE) + "/effects"),
        new Sight("run-research", newest(guests, "research")),
        new Sight("run-failed", run(OddRuns.FAILED)),
        new Sight("run-open", run(OddRuns.OPEN)),
        new Sight("run-hostile", run(OddRuns.HOSTILE)),
        new Sight("run-hostile-waterfall", run(OddRuns.HOSTILE) + "/waterfall"),
        new Sight("run-long", run(OddRuns.LONG)),
        new Sight("run-long-waterfall", run(OddRuns.LONG) + "/waterfall"),
        new Sight("run-graph", supportRun(guests) + "/graph"),
        new Sight("run-long-graph", run(OddRuns.LONG) + "/graph"),
        new Sight("run-hostile-graph", run(OddRuns.HOSTILE) + "/graph"),
        new Sight("compare", supportRun(guests) + "/compare"),
        new Sight("compared", run(OddRuns.HOSTILE) + "/compare/" + Otlp.trace(OddRuns.FAILED)),
        new Sight("conversation", "/conversations/" + conversation(guests)),
        new Sight("agent", "/agents/support"),
        new Sight("agent-timeline", "/agents/support/timeline"),
        new Sight("agent-unregistered", "/agents/shadow-bot"),
        new Sight("register", "/fleet/register?name=shadow-bot"),
        new Sight("search", "/search?q=refund"),
        new Sight("cost", "/cost"),
        new Sight("cost-split", "/cost?by=team&split=model&range=30d"),
        new Sight("cost-by-what", "/cost?by=what&split=agent&range=7d"),
        new Sight("cost-by-step", "/cost?by=step&range=7d"),
        new Sight("cost-nothing", "/cost?agent=nobody"),
        new Sight("cost-by-model", "/cost?by=model&range=7d"),
        new Sight("budgets", "/budgets"),
        new Sight("policies", "/policies"),
        new Sight("policy", "/policies/research-only-reads"),
        new Sight(
            "policies-proved",
            "/policies?prove=agent+support+never+calls+payments/refund+without+approval#proof"),
        new Sight("policies-refuted", "/policies?prove=agent+*+never+calls+payments/*#proof"),
        new Sight("policies-unread", "/policies?prove=never+pay#proof"),
        new Sight("releases", "/releases"),
        new Sight("release-track", "/releases/agents/support"),
        new Sight("incidents", "/incidents"),
        new Sight("drifts", "/drift"),
        new Sight("drift", "/drift/claims/development"),
        new Sight("drift-nothing", "/drift/claims/staging"),
        new Sight("tools", "/tools"),
        new Sight("tools-access", "/tools?show=access"),
        new Sight("tools-access-nothing", "/tools?show=access&q=nobody-is-called-this"),
        new Sight("tool-server", "/tools/shop"),
        new Sight("tool-server-silent", "/tools/payments"),
        new Sight("ledger", "/ledger"),
        new Sight("ledger-activity", "/ledger/activity"),
        new Sight("ledger-entry", "/ledger/1"),
        new Sight("ledger-state", "/ledger/1/state"),
        new Sight("ledger-state-agent", "/ledger/1/state?kind=Agent&name=support"),
        new Sight("ledger-check", "/ledger/check"),
        new Sight("ingest", "/ingest"));
  }

  static String supportRun(Guests guests) {
    return newest(guests, "support");
  }

  private static String run(long trace) {
    return "/runs/" + Otlp.trace(trace);
  }

  private static String conversation(Guests guests) {
    return guests
        .house()
        .server()
        .json("/api/v1/runs?limit=1&sort=steps&agent=support")
        .at("/items/0/conversation")
        .stringValue();
  }

  private static String newest(Guests guests, String agent) {
    return "/runs/"
        + guests
            .house()
            .server()
            .json("/api/v1/runs?limit=1&sort=steps&agent=" + agent)
            .at("/items/0/id")
            .stringValue();
  }
}
