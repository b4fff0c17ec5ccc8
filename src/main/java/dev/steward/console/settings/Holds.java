// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.settings;

import dev.steward.console.filter.Choice;
import dev.steward.console.format.Moments;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Visit;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Empty;
import dev.steward.console.settings.SettingsPage.Cell;
import dev.steward.console.settings.SettingsPage.Field;
import dev.steward.console.settings.SettingsPage.Form;
import dev.steward.console.settings.SettingsPage.Row;
import dev.steward.console.settings.SettingsPage.Table;
import dev.steward.control.Control;
import dev.steward.control.command.Command;
import dev.steward.control.state.ActorName;
import dev.steward.control.state.LegalHold;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/// What must be kept past its retention.
final class Holds implements OperatorsArea {
  private static final int SHOWN_MAX = 500;

  private final Control control;
  private final RandomGenerator random;
  private final Framer framer;

  Holds(Control control, RandomGenerator random, Framer framer) {
    this.control = control;
    this.random = random;
    this.framer = framer;
  }

  @Override
  public String segment() {
    return "holds";
  }

  @Override
  public String word() {
    return "Legal holds";
  }

  @Override
  public Content content(Visit visit) {
    State state = control.state();
    Moments moments = framer.moments(visit.request());
    List<Row> rows =
        state.legalHolds().stream()
            .sorted(Comparator.comparing(LegalHold::placedAt).reversed())
            .limit(SHOWN_MAX)
            .map(hold -> row(visit, hold, state, moments))
            .toList();
    return new Content(
        "What a hold names is kept past its retention until the hold is lifted.",
        new Table(
            List.of("What", "Its id", "Why", "Placed"),
            rows,
            Empty.of(
                "Nothing is held",
                "Everything is deleted when its retention ends. Name what must stay below.")),
        List.of(
            new Form(
                "Place a hold",
                "/settings/holds/place",
                "Place the hold",
                List.of(
                    Field.choice(
                        "subject",
                        "What",
                        "",
                        List.of(
                            new Choice("run", "a run", true),
                            new Choice("conversation", "a conversation", false),
                            new Choice("incident", "an incident", false))),
                    Field.text("subjectId", "Its id", "As on its page", true),
                    Field.text("reason", "Why", "Kept in the ledger", true)))));
  }

  private static Row row(Visit visit, LegalHold hold, State state, Moments moments) {
    String what = hold.subject().name().toLowerCase(Locale.ROOT);
    return new Row(
        List.of(
            Cell.of(what),
            Cell.id(hold.subjectId()),
            Cell.of(state.text(hold.reason()).orElse("erased")),
            Cell.of(moments.of(hold.placedAt()), "by " + ActorName.of(hold.placedBy(), state))),
        false,
        new Deed(
                hold.id(),
                "/settings/holds/lift",
                visit.request().csrf(),
                Map.of("id", hold.id()),
                "Lift the hold on this " + what,
                "From then on it is deleted like everything else, at once if its retention is"
                    + " over.",
                "Reason, kept in the ledger",
                true)
            .shown("Lift"));
  }

  @Override
  public Done act(Visit visit, String deed) {
    return switch (deed) {
      case "place" -> place(visit);
      case "lift" -> {
        control.submit(
            new Command.LiftHold(visit.field("id"), visit.field("reason")), visit.reader().actor());
        yield Done.of("The hold was lifted.");
      }
      default -> throw new ApiException(ErrorCode.NOT_FOUND, "There is no such form.");
    };
  }

  private Done place(Visit visit) {
    byte[] id = new byte[8];
    random.nextBytes(id);
    String word = visit.field("subject");
    LegalHold.Subject subject =
        Arrays.stream(LegalHold.Subject.values())
            .filter(s -> s.name().equalsIgnoreCase(word))
            .findFirst()
            .orElseThrow(() ->
                new ApiException(
                    ErrorCode.INVALID, "A hold is on a run, a conversation or an incident."));
    control.submit(
        new Command.PlaceHold(
            "hold-" + HexFormat.of().formatHex(id),
            subject,
            visit.field("subjectId"),
            visit.field("reason")),
        visit.reader().actor());
    return Done.of("The hold is in force.");
  }
}
