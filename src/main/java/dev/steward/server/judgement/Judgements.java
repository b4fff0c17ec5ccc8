// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.judgement;

import dev.steward.control.access.Permission;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.server.api.Sight;
import dev.steward.server.history.History;
import dev.steward.server.http.Exchange;
import dev.steward.server.judgement.ToldJudgements.Told;
import dev.steward.trace.ingest.Ingest;
import dev.steward.trace.load.Reading;
import dev.steward.trace.run.Run;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes what is said of runs: it is on disk before its sender is answered, and seen within a
/// second.
public final class Judgements {
  private static final int LABEL_MAX = 200;
  private static final int TEXT_MAX = 10_000;

  private final Supplier<State> state;
  private final History history;
  private final Ingest ingest;
  private final InstantSource clock;

  public Judgements(Supplier<State> state, History history, Ingest ingest, InstantSource clock) {
    this.state = state;
    this.history = history;
    this.ingest = ingest;
    this.clock = clock;
  }

  /// A reading that gives what was told through the API the name of who told it.
  public static Reading reading(Reading reading) {
    return ToldJudgements.reading(reading);
  }

  /// What was taken.
  ///
  /// @param run its id
  /// @param by who said it, as it is kept
  record Taken(String run, String by, Instant at) {}

  /// The run that the request names.
  ///
  /// @throws ApiException NOT_FOUND, FORBIDDEN
  Run run(Exchange exchange) {
    Sight sight = new Sight(exchange.caller(), state.get());
    String id = exchange.pathParameter("id");
    Run run = sight.seen(history.traces().run(id), id);
    exchange.caller().require(Permission.RECORD_OUTCOME, Sight.target(run));
    return run;
  }

  /// @param who judged it, null where that is the caller
  Taken take(Exchange exchange, Run run, List<Told> all, @Nullable String who) {
    String by = by(exchange.caller().actor().toString(), who);
    Instant now = clock.instant();
    ingest.accept(new ToldJudgements(all, by).record(run, now));
    return new Taken(run.id(), by, now);
  }

  /// Never without the caller, who is the one that is proven.
  private static String by(String caller, @Nullable String who) {
    return who == null || who.isBlank() ? caller : who.strip() + " via " + caller;
  }

  /// @throws ApiException INVALID when the name is too long
  static void requireName(String field, @Nullable String name) {
    requireAtMost(field, name, LABEL_MAX);
  }

  /// @throws ApiException INVALID when the text is too long
  static void requireText(String field, @Nullable String text) {
    requireAtMost(field, text, TEXT_MAX);
  }

  private static void requireAtMost(String field, @Nullable String text, int max) {
    if (text != null && text.length() > max) {
      throw new ApiException(
          ErrorCode.INVALID,
          "`"
              + field
              + "` has "
              + text.length()
              + " characters, and may have "
              + max
              + ": shorten it.");
    }
  }
}
