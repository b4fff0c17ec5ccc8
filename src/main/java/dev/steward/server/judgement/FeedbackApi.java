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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes what somebody thinks of a run: a thumb, a correction, a comment, that a person had to take
/// over. It states no outcome.
public final class FeedbackApi {
  private static final String NAME = "feedback";
  private static final String UP = "up";
  private static final String DOWN = "down";

  private final Judgements judgements;

  public FeedbackApi(Judgements judgements) {
    this.judgements = judgements;
  }

  /// Feedback; one of its first four fields at least.
  ///
  /// @param thumbs `up` or `down`
  /// @param comment in free words
  /// @param correction what the agent should have answered or done
  /// @param escalation why a person had to take over
  /// @param who gave it, where that is not the caller: an end user
  public record FeedbackRequest(
      @Nullable String thumbs,
      @Nullable String comment,
      @Nullable String correction,
      @Nullable String escalation,
      @Nullable String who) {}

  /// It is on disk, and seen within a second.
  ///
  /// @param kept labels of what is kept: `thumbs-up`, `thumbs-down`, `comment`, `correction`,
  ///   `escalation`
  public record FeedbackTold(String run, List<String> kept, String by, Instant at) {}

  public List<Route> routes() {
    return List.of(
        Route.post("/api/v1/runs/{id}/feedback", Need.of(Permission.RECORD_OUTCOME))
            .about(
                "Runs",
                "Tells what somebody thinks of a run: a thumb, a correction, a comment, or that a"
                    + " person had to take over. It states no outcome.")
            .takes(FeedbackRequest.class)
            .gives(FeedbackTold.class)
            .by(this::tell));
  }

  private Reply tell(Exchange exchange) {
    Run run = judgements.run(exchange);
    FeedbackRequest said = exchange.json(FeedbackRequest.class);
    List<Told> all = told(said);
    Judgements.requireName("who", said.who());
    Judgements.Taken taken = judgements.take(exchange, run, all, said.who());
    List<String> kept = all.stream().map(Told::label).toList();
    return Reply.json(new FeedbackTold(taken.run(), kept, taken.by(), taken.at()));
  }

  private static List<Told> told(FeedbackRequest said) {
    List<Told> all = new ArrayList<>();
    if (said.thumbs() != null) {
      all.add(thumbs(said.thumbs()));
    }
    add(all, "comment", said.comment());
    add(all, "correction", said.correction());
    add(all, "escalation", said.escalation());
    if (all.isEmpty()) {
      throw new ApiException(
          ErrorCode.INVALID,
          "Feedback has `thumbs` (up or down), a `comment`, a `correction` or an `escalation`: it"
              + " has none of them.");
    }
    return all;
  }

  private static Told thumbs(String thumbs) {
    return switch (thumbs) {
      case UP -> new Told(NAME, "thumbs-up", null, null);
      case DOWN -> new Told(NAME, "thumbs-down", null, null);
      default ->
          throw new ApiException(
              ErrorCode.INVALID, "`thumbs` is '" + thumbs + "': it takes up or down.");
    };
  }

  private static void add(List<Told> all, String label, @Nullable String text) {
    if (text != null && !text.isBlank()) {
      Judgements.requireText(label, text);
      all.add(new Told(NAME, label, null, text.strip()));
    }
  }
}
