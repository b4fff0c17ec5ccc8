// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.policy;

import dev.steward.control.Control;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.command.Command;
import dev.steward.control.manifest.Manifest;
import dev.steward.control.manifest.Manifests;
import dev.steward.control.manifest.Problem;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.insight.replay.RecordedCall;
import dev.steward.insight.replay.RecordedCalls;
import dev.steward.insight.replay.RecordedCalls.Limits;
import dev.steward.insight.replay.RecordedCalls.Reading;
import dev.steward.policy.preview.Preview;
import dev.steward.server.access.Caller;
import dev.steward.server.access.Need;
import dev.steward.server.api.Asked;
import dev.steward.server.api.Sight;
import dev.steward.server.history.History;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.registry.ApplyApi;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/// What proposed policies would have made of the calls that were recorded.
public final class PreviewApi {
  private static final long DAYS_USUAL = 7;
  private static final long DAYS_MAX = 90;
  private static final int EXAMPLES = 3;

  private final Control control;
  private final History history;
  private final InstantSource clock;

  /// One at a time: it reads much.
  private final Semaphore turn = new Semaphore(1);

  public PreviewApi(Control control, History history, InstantSource clock) {
    this.control = control;
    this.history = history;
    this.clock = clock;
  }

  public List<Route> routes() {
    return List.of(
        Route.post("/api/v1/policies/preview", Need.of(Permission.DECLARE))
            .about(
                "Policies",
                "Decides anew on the tool calls of the runs that began lately, by the policies in"
                    + " force and as they would be after applying the body (as for apply), and"
                    + " tells which would newly be denied, allowed or need approval. For who may"
                    + " see all runs and may apply it; nothing is applied.")
            .query("days", "integer", "Of runs that began so many days ago at most; 7, up to 90.")
            .takes("application/yaml")
            .gives(PreviewItem.class)
            .by(this::preview));
  }

  private Reply preview(Exchange exchange) {
    exchange.caller().require(Permission.READ, Target.SERVER);
    long days = days(exchange);
    Manifest manifest = Manifests.read(ApplyApi.files(exchange));
    if (!manifest.problems().isEmpty()) {
      throw new ApiException(
          ErrorCode.INVALID,
          manifest.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }
    State now = control.state();
    // Refuses what could not be applied: conditions tell something of arguments, so who asks must
    // be somebody who could have them judged in earnest.
    State proposed =
        control.foresee(
            new Command.ApplyResources(manifest.declarations()), exchange.caller().actor());
    return Reply.json(of(exchange.caller(), now, proposed, days));
  }

  /// What the policies of a State would have made of the calls of so many days.
  ///
  /// @throws ApiException SLOW_DOWN while another is made
  public PreviewItem of(Caller caller, State now, State proposed, long days) {
    Sight sight = new Sight(caller, now);
    if (!turn.tryAcquire()) {
      throw new ApiException(
          ErrorCode.SLOW_DOWN, "Another preview is being made: try again in some seconds.");
    }
    try {
      Preview<RecordedCall> preview = new Preview<>(now.policies(), proposed.policies(), EXAMPLES);
      Reading reading =
          new RecordedCalls(history.traces(), now, clock, Limits.USUAL)
              .each(
                  clock.instant().minus(Duration.ofDays(days)),
                  call ->
                      preview.add(
                          call.call(), call.facts(), call.argumentsKnown(), call.run().id(), call));
      return PreviewItem.of(reading, preview.result(), sight::readsContent);
    } finally {
      turn.release();
    }
  }

  /// Of how many days calls are asked for.
  ///
  /// @throws ApiException MALFORMED
  public static long days(Exchange exchange) {
    long days = new Asked(exchange).number("days").orElse(DAYS_USUAL);
    if (days < 1 || days > DAYS_MAX) {
      throw Asked.malformed("days", Long.toString(days), "1 to " + DAYS_MAX);
    }
    return days;
  }
}
