// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.api;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.live.InFlight;
import dev.steward.control.live.InFlightCalls;
import dev.steward.domain.Subject;
import dev.steward.server.access.Caller;
import dev.steward.server.access.Need;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.shape.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The calls in flight.
public final class CallsApi {
  private final InFlightCalls calls;

  public CallsApi(InFlightCalls calls) {
    this.calls = calls;
  }

  /// A call that has begun and not ended.
  ///
  /// @param kind model or tool
  /// @param step its name in its run, such as `chat gpt-5`
  /// @param tokens of the answer that have come
  /// @param cost about what it has cost so far; not known is never 0
  public record CallItem(
      String id,
      String kind,
      String step,
      Instant since,
      String agent,
      String version,
      String environment,
      String workflow,
      String run,
      String conversation,
      String provider,
      String model,
      String tool,
      long tokens,
      Money cost) {
    private static CallItem of(InFlight call) {
      Subject subject = call.subject();
      return new CallItem(
          call.id(),
          call.kind().name().toLowerCase(Locale.ROOT),
          call.step(),
          call.since(),
          subject.agent(),
          subject.version(),
          subject.environment(),
          subject.workflow(),
          subject.run(),
          subject.conversation(),
          subject.provider(),
          subject.model(),
          subject.tool(),
          call.tokens(),
          Money.of(call.cost()));
    }
  }

  /// The longest running first.
  public record CallList(List<CallItem> items) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/calls", Need.READ)
            .about(
                "Live",
                "Calls of models and tools that have begun and not ended, the longest running"
                    + " first. The cost so far is an estimate.")
            .gives(CallList.class)
            .by(this::list));
  }

  private Reply list(Exchange exchange) {
    List<CallItem> items = new ArrayList<>();
    for (InFlight call : calls.list()) {
      if (maySee(exchange.caller(), call.subject())) {
        items.add(CallItem.of(call));
      }
    }
    return Reply.json(new CallList(items));
  }

  private static boolean maySee(Caller caller, Subject subject) {
    String team = subject.labels().getOrDefault("team", "");
    return caller.may(Permission.READ, Target.agent(subject.agent(), team, subject.environment()));
  }
}
