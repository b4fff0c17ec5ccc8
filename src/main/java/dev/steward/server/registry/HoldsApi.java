// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.registry;

import dev.steward.control.Control;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.command.Command;
import dev.steward.control.state.LegalHold;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.server.access.Need;
import dev.steward.server.api.Asked;
import dev.steward.server.history.History;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.shape.ActorItem;
import dev.steward.trace.run.RunQuery;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What must be kept past its retention, and who must be forgotten.
public final class HoldsApi {
  private static final String GROUP = "Holds and erasure";

  private final Control control;
  private final History history;
  private final Supplier<String> ids;

  public HoldsApi(Control control, History history, Supplier<String> ids) {
    this.control = control;
    this.history = history;
    this.ids = ids;
  }

  /// A hold that is wanted.
  ///
  /// @param subject run, conversation or incident
  public record HoldRequest(String subject, String subjectId, String reason) {}

  /// A hold in force.
  ///
  /// @param reason null once erased
  /// @param warning what to look at again, told only when the hold is placed: a subject that is not
  ///   there is held all the same, since it may still arrive
  public record HoldItem(
      String id,
      String subject,
      String subjectId,
      @Nullable String reason,
      Instant placedAt,
      ActorItem placedBy,
      @Nullable String warning) {
    private static HoldItem of(LegalHold hold, State state, @Nullable String warning) {
      return new HoldItem(
          hold.id(),
          hold.subject().name().toLowerCase(Locale.ROOT),
          hold.subjectId(),
          state.text(hold.reason()).orElse(null),
          hold.placedAt(),
          ActorItem.of(hold.placedBy()),
          warning);
    }
  }

  /// The newest first.
  public record HoldList(List<HoldItem> items) {}

  /// Why something is done.
  public record Reason(String reason) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/holds", Need.of(Permission.OPERATE))
            .about(GROUP, "Legal holds in force, the newest first.")
            .query("limit", "integer", "At most so many, 1 to 500; usually 50.")
            .gives(HoldList.class)
            .by(this::list),
        Route.post("/api/v1/holds", Need.of(Permission.OPERATE))
            .about(GROUP, "Keeps a run, conversation or incident past its retention.")
            .takes(HoldRequest.class)
            .gives(HoldItem.class)
            .status(201)
            .by(this::place),
        Route.delete("/api/v1/holds/{id}", Need.of(Permission.OPERATE))
            .about(GROUP, "Lifts a hold.")
            .query("reason", "string", "Why, for the ledger.")
            .status(204)
            .by(this::lift),
        Route.post("/api/v1/people/{name}/erase", Need.of(Permission.MANAGE_PEOPLE))
            .about(GROUP, "Forgets a person's name and address; the ledger still verifies.")
            .takes(Reason.class)
            .status(204)
            .by(this::erase));
  }

  private Reply list(Exchange exchange) {
    exchange.caller().require(Permission.OPERATE, Target.SERVER);
    State state = control.state();
    return Reply.json(
        new HoldList(
            state.legalHolds().stream()
                .sorted(Comparator.comparing(LegalHold::placedAt).reversed())
                .limit(new Asked(exchange).limit())
                .map(h -> HoldItem.of(h, state, null))
                .toList()));
  }

  private Reply place(Exchange exchange) {
    HoldRequest wanted = exchange.json(HoldRequest.class);
    String id = ids.get();
    control.submit(
        new Command.PlaceHold(
            id, subject(wanted.subject()), text(wanted.subjectId()), text(wanted.reason())),
        exchange.caller().actor());
    State state = control.state();
    return state.legalHolds().stream()
        .filter(h -> h.id().equals(id))
        .findFirst()
        .map(h -> Reply.json(201, HoldItem.of(h, state, warning(h))))
        .orElseThrow(() -> new ApiException(ErrorCode.GONE, "The hold was lifted meanwhile."));
  }

  private @Nullable String warning(LegalHold hold) {
    try {
      String id = hold.subjectId();
      boolean there =
          switch (hold.subject()) {
            case RUN -> history.traces().run(id).isPresent();
            case CONVERSATION ->
                !history.traces().runs(RunQuery.ofConversation(id)).items().isEmpty();
            case INCIDENT -> true;
          };
      return there
          ? null
          : "There is no "
              + hold.subject().name().toLowerCase(Locale.ROOT)
              + " "
              + id
              + " here now. The hold stands and keeps it should it arrive; if the id is a slip,"
              + " lift the hold.";
    } catch (ApiException e) {
      return "Whether it exists could not be looked up: " + e.getMessage();
    }
  }

  private Reply lift(Exchange exchange) {
    control.submit(
        new Command.LiftHold(
            exchange.pathParameter("id"), new Asked(exchange).text("reason").orElse("")),
        exchange.caller().actor());
    return Reply.nothing();
  }

  private Reply erase(Exchange exchange) {
    String reason = text(exchange.json(Reason.class).reason());
    control.submit(
        new Command.ErasePerson(exchange.pathParameter("name"), reason), exchange.caller().actor());
    return Reply.nothing();
  }

  private static LegalHold.Subject subject(@Nullable String word) {
    return Arrays.stream(LegalHold.Subject.values())
        .filter(s -> s.name().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.INVALID, "A hold's `subject` is run, conversation or incident."));
  }

  private static String text(@Nullable String given) {
    return given == null ? "" : given;
  }
}
