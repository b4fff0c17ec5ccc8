// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.judgement;

import dev.steward.control.access.Permission;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.server.access.Need;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.judgement.ToldJudgements.Told;
import dev.steward.trace.run.Run;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says how a run ended.
public final class OutcomeApi {
  private final Judgements judgements;

  public OutcomeApi(Judgements judgements) {
    this.judgements = judgements;
  }

  /// An outcome as somebody tells it: a label, a score, or both.
  ///
  /// @param who judged it, where that is not the caller: a person, an evaluator
  public record OutcomeRequest(
      @Nullable String label,
      @Nullable Double score,
      @Nullable String explanation,
      @Nullable String who) {}

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
    Run run = judgements.run(exchange);
    OutcomeRequest said = checked(exchange.json(OutcomeRequest.class));
    Told told = new Told("outcome", said.label(), said.score(), said.explanation());
    Judgements.Taken taken = judgements.take(exchange, run, List.of(told), said.who());
    return Reply.json(
        new OutcomeTold(taken.run(), said.label(), said.score(), taken.by(), taken.at()));
  }

  private static OutcomeRequest checked(OutcomeRequest said) {
    String label = said.label();
    Double score = said.score();
    if ((label == null || label.isBlank()) && score == null) {
      throw new ApiException(
          ErrorCode.INVALID, "An outcome has a `label`, a `score`, or both: it has neither.");
    }
    Judgements.requireName("label", label);
    Judgements.requireName("who", said.who());
    Judgements.requireText("explanation", said.explanation());
    if (score != null && !Double.isFinite(score)) {
      throw new ApiException(ErrorCode.INVALID, "The `score` is no finite number.");
    }
    return said;
  }
}
