// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.reading;

import dev.steward.control.access.Permission;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.server.access.Need;
import dev.steward.server.api.Sight;
import dev.steward.server.history.History;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.trace.ingest.Ingest;
import dev.steward.trace.run.Run;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Says how a run ended.
public final class OutcomeApi {
  private static final int LABEL_MAX = 200;
  private static final int EXPLANATION_MAX = 10_000;

  private final Supplier<State> state;
  private final History history;
  private final Ingest ingest;
  private final InstantSource clock;

  public OutcomeApi(Supplier<State> state, History history, Ingest ingest, InstantSource clock) {
    this.state = state;
    this.history = history;
    this.ingest = ingest;
    this.clock = clock;
  }

  /// An outcome as somebody tells it: a label, a score, or both.
  ///
  /// @param who judged it, where that is not the caller: a person, an evaluator
  public record OutcomeRequest(
      @Nullable String label,
      @Nullable Double score,
      @Nullable String explanation,
      @Nullable String who) {

    /// Who said so: never without the caller, who is the one that is proven.
    private String by(String caller) {
      return who == null || who.isBlank() ? caller : who.strip() + " via " + caller;
    }
  }

  /// It is on disk, and seen within a second.
  public record OutcomeTold(
      String run, @Nullable String label, @Nullable Double score, String by, Instant at) {}

  public List<Route> routes() {
    return List.of(
        Route.post("/api/v1/runs/{id}/outcome", Need.of(Permission.RECORD_OUTCOME))
            .about("Runs", "Says how a run ended: the newest outcome counts.")
            .takes(OutcomeRequest.class)
            .gives(OutcomeTold.class)
            .by(this::tell));
  }

  private Reply tell(Exchange exchange) {
    Sight sight = new Sight(exchange.caller(), state.get());
    String id = exchange.pathParameter("id");
    Run run = sight.seen(history.traces().run(id), id);
    exchange.caller().require(Permission.RECORD_OUTCOME, Sight.target(run));
    OutcomeRequest said = checked(exchange.json(OutcomeRequest.class));
    String by = said.by(exchange.caller().actor().toString());
    Instant now = clock.instant();
    ingest.accept(
        new ToldOutcome(said.label(), said.score(), said.explanation(), by).record(run, now));
    return Reply.json(new OutcomeTold(run.id(), said.label(), said.score(), by, now));
  }

  private static OutcomeRequest checked(OutcomeRequest said) {
    String label = said.label();
    Double score = said.score();
    String explanation = said.explanation();
    if ((label == null || label.isBlank()) && score == null) {
      throw new ApiException(
          ErrorCode.INVALID, "An outcome has a `label`, a `score`, or both: it has neither.");
    }
    if ((label != null && label.length() > LABEL_MAX)
        || (said.who() != null && said.who().length() > LABEL_MAX)
        || (explanation != null && explanation.length() > EXPLANATION_MAX)) {
      throw new ApiException(
          ErrorCode.INVALID,
          "A label and a `who` have at most "
              + LABEL_MAX
              + " characters, an explanation "
              + EXPLANATION_MAX
              + ".");
    }
    if (score != null && !Double.isFinite(score)) {
      throw new ApiException(ErrorCode.INVALID, "The `score` is no finite number.");
    }
    return said;
  }
}
