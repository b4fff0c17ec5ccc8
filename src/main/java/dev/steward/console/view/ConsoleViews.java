// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.view;

import dev.steward.assurance.incident.IncidentBundles;
import dev.steward.control.Control;
import dev.steward.control.live.BudgetUse;
import dev.steward.insight.alert.Thresholds;
import dev.steward.insight.behaviour.DriftSaid;
import dev.steward.insight.canary.CanarySaid;
import dev.steward.insight.cause.DriftStories;
import dev.steward.insight.finding.Findings;
import dev.steward.insight.timeline.AgentPast;
import dev.steward.insight.window.SignalBook;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.rate.ContextWindows;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// Everything that the console looks at.
///
/// @param control the State of any moment; commands go to it under the reader's own name
/// @param ledger every change
/// @param activity the evidence of what agents did
/// @param bindings what that says of recorded calls
/// @param windows how many tokens models take
/// @param random for secrets that are issued
/// @param endpoint address of the server as agents reach it, such as `http://localhost:7070`
/// @param otlpEndpoint address that agents send their spans to, such as `http://localhost:4318`
/// @param budgets how much of each is used
/// @param thresholds what those of operators say
/// @param canaries what is said of releases that are tried
/// @param past what happened to agents
/// @param documents what retrievals of a trace returned otherwise than it was known, in words
/// @param drift how agents do beside what they did
/// @param driftStories alarms with what may have caused them
/// @param incidents what happened around them
/// @param signals how runs went
public record ConsoleViews(
    TraceQueries traces,
    Control control,
    Registry registry,
    LedgerReading ledger,
    LedgerReading activity,
    CallBindings bindings,
    IngestView ingest,
    Findings findings,
    Thresholds thresholds,
    ContextWindows windows,
    List<SettingInForce> settings,
    LiveViews live,
    RandomGenerator random,
    String endpoint,
    String otlpEndpoint,
    BudgetUse budgets,
    CanarySaid canaries,
    AgentPast past,
    Function<String, List<String>> documents,
    DriftSaid drift,
    DriftStories driftStories,
    IncidentBundles incidents,
    SignalBook signals) {

  /// Where agents may send their spans over gRPC, in words.
  public String grpcPort() {
    for (SettingInForce setting : settings) {
      if (setting.key().equals("otlp.grpc-port") && !setting.value().equals("0")) {
        return "port " + setting.value();
      }
    }
    return "the port that the server names at its start";
  }
}
