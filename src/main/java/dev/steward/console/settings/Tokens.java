// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.settings;

import dev.steward.console.filter.Choice;
import dev.steward.console.format.Moments;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Visit;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Empty;
import dev.steward.console.part.Mark;
import dev.steward.console.settings.SettingsPage.Cell;
import dev.steward.console.settings.SettingsPage.Field;
import dev.steward.console.settings.SettingsPage.Form;
import dev.steward.console.settings.SettingsPage.Fresh;
import dev.steward.console.settings.SettingsPage.Row;
import dev.steward.console.settings.SettingsPage.Table;
import dev.steward.console.web.Reader;
import dev.steward.control.Control;
import dev.steward.control.access.NewSecret;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.command.Command;
import dev.steward.control.state.ActorName;
import dev.steward.control.state.ApiToken;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Person;
import dev.steward.domain.resource.Person.Grant;
import dev.steward.domain.resource.Person.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Tokens of people and programs.
final class Tokens implements SettingsArea {
  private static final int SHOWN_MAX = 500;

  private final Control control;
  private final RandomGenerator random;
  private final Framer framer;

  Tokens(Control control, RandomGenerator random, Framer framer) {
    this.control = control;
    this.random = random;
    this.framer = framer;
  }

  @Override
  public String segment() {
    return "tokens";
  }

  @Override
  public String word() {
    return "API tokens";
  }

  @Override
  public boolean opensTo(Reader reader) {
    return reader.rights().may(Permission.MANAGE_TOKENS, Target.SERVER);
  }

  @Override
  public String needs() {
    return "the admin role for the whole server";
  }

  @Override
  public Content content(Visit visit) {
    State state = control.state();
    Moments moments = framer.moments(visit.request());
    List<Row> rows =
        state.apiTokens().stream()
            .sorted(
                Comparator.comparing((ApiToken token) -> !token.active(moments.now()))
                    .thenComparing(ApiToken::issuedAt, Comparator.reverseOrder()))
            .limit(SHOWN_MAX)
            .map(token -> row(visit, token, state, moments))
            .toList();
    return new Content(
        "By a token a person logs in here, or a program uses the API. The value is shown once, when"
            + " it is issued; kept is only its hash.",
        new Table(
            List.of("Whose", "May do", "Token", "Issued", "State"),
            rows,
            Empty.of("No token is issued yet", "Issue one for each person and program below.")),
        List.of(form(state)));
  }

  private static Row row(Visit visit, ApiToken token, State state, Moments moments) {
    boolean active = token.active(moments.now());
    String whose =
        token.holder().isEmpty()
            ? "a program"
            : state.person(token.holder()).map(ActorName::of).orElse("somebody erased");
    return new Row(
        List.of(
            Cell.of(whose, token.purpose()),
            Cell.of(Names.grants(token.grants())),
            Cell.id(token.id()),
            Cell.of(moments.of(token.issuedAt()), "by " + ActorName.of(token.issuedBy(), state)),
            Cell.of(mark(token, moments))),
        !active,
        active ? revoke(visit, token, whose) : null);
  }

  private static Mark mark(ApiToken token, Moments moments) {
    Instant revoked = token.revokedAt();
    if (revoked != null) {
      return new Mark(Mark.Tone.UNKNOWN, "Revoked " + moments.of(revoked).relative());
    }
    Instant expires = token.expiresAt();
    if (expires == null) {
      return new Mark(Mark.Tone.OK, "In force");
    }
    String when = moments.of(expires).relative();
    return token.active(moments.now())
        ? new Mark(Mark.Tone.OK, "Expires " + when)
        : new Mark(Mark.Tone.UNKNOWN, "Expired " + when);
  }

  private static Deed revoke(Visit visit, ApiToken token, String whose) {
    return new Deed(
            token.id(),
            "/settings/tokens/revoke",
            visit.request().csrf(),
            Map.of("id", token.id()),
            "Revoke the token " + token.purpose() + " of " + whose,
            "It stops working with the next request, and the browser sessions opened with it end."
                + " If it is the one you are logged in with, you are logged out.",
            "Reason, kept in the ledger",
            true)
        .shown("Revoke");
  }

  private static Form form(State state) {
    List<Choice> people = new ArrayList<>();
    people.add(new Choice("", "a program", true));
    for (Person person : state.all(Person.class)) {
      people.add(new Choice(person.name(), ActorName.of(person), false));
    }
    List<String> roles =
        Arrays.stream(Role.values()).map(r -> r.name().toLowerCase(Locale.ROOT)).toList();
    return new Form(
        "Issue a token",
        "/settings/tokens/issue",
        "Issue a token",
        List.of(
            Field.choice("person", "Whose", "", people),
            Field.text("purpose", "Purpose", "A short name such as ci", true),
            Field.choice("role", "Role", "", Names.choices(roles)),
            Field.choice(
                "content",
                "May read what was said",
                "",
                List.of(new Choice("no", "no", true), new Choice("yes", "yes", false))),
            Field.text("teams", "Only these teams", "Separated by commas; empty for all", false),
            Field.text("agents", "Only these agents", "Separated by commas; empty for all", false),
            Field.text(
                "environments",
                "Only these environments",
                "Separated by commas; empty for all",
                false),
            Field.choice(
                "days",
                "Expires",
                "",
                List.of(
                    new Choice("90", "in 90 days", true),
                    new Choice("7", "in 7 days", false),
                    new Choice("365", "in a year", false),
                    new Choice("", "never", false)))));
  }

  @Override
  public Done act(Visit visit, String deed) {
    return switch (deed) {
      case "issue" -> issue(visit);
      case "revoke" -> {
        control.submit(
            new Command.RevokeToken(visit.field("id"), visit.field("reason")),
            visit.reader().actor());
        yield Done.of("The token was revoked.");
      }
      default -> throw new ApiException(ErrorCode.NOT_FOUND, "There is no such form.");
    };
  }

  private Done issue(Visit visit) {
    NewSecret secret = NewSecret.token(random);
    Grant grant =
        new Grant(
            role(visit.field("role")),
            visit.field("content").equals("yes"),
            Names.list(visit, "teams"),
            Names.list(visit, "agents"),
            Names.list(visit, "environments"));
    String purpose = visit.field("purpose");
    control.submit(
        new Command.IssueToken(
            secret.id(),
            secret.hash(),
            visit.field("person"),
            purpose,
            List.of(grant),
            expires(visit)),
        visit.reader().actor());
    return new Done(
        "", new Fresh("The token " + purpose + ", shown this once.", secret.value()), "");
  }

  private static Role role(String word) {
    return Arrays.stream(Role.values())
        .filter(r -> r.name().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(() ->
            new ApiException(ErrorCode.INVALID, "There is no role '" + word + "': choose one."));
  }

  private Optional<Instant> expires(Visit visit) {
    String days = visit.field("days");
    if (days.isEmpty()) {
      return Optional.empty();
    }
    if (!days.matches("\\d{1,4}")) {
      throw new ApiException(ErrorCode.INVALID, "'" + days + "' is no number of days.");
    }
    Instant now = framer.moments(visit.request()).now();
    return Optional.of(now.plus(Duration.ofDays(Integer.parseInt(days))));
  }
}
