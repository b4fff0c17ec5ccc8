// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.settings;

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
import dev.steward.control.state.AgentKey;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Agent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Keys by which agents prove themselves.
final class Keys implements SettingsArea {
  private static final int SHOWN_MAX = 500;

  private final Control control;
  private final RandomGenerator random;
  private final Framer framer;

  Keys(Control control, RandomGenerator random, Framer framer) {
    this.control = control;
    this.random = random;
    this.framer = framer;
  }

  @Override
  public String segment() {
    return "keys";
  }

  @Override
  public String word() {
    return "Agent keys";
  }

  @Override
  public boolean opensTo(Reader reader) {
    return true;
  }

  @Override
  public Content content(Visit visit) {
    State state = control.state();
    Moments moments = framer.moments(visit.request());
    List<Row> rows =
        state.agentKeys().stream()
            .filter(key -> may(visit, Permission.READ, key, state))
            .sorted(
                Comparator.comparing((AgentKey key) -> !key.active())
                    .thenComparing(AgentKey::issuedAt, Comparator.reverseOrder()))
            .limit(SHOWN_MAX)
            .map(key -> row(visit, key, state, moments))
            .toList();
    return new Content(
        "By its key an agent is known for sure, and not by the name it says. The value is shown"
            + " once, when it is issued; kept is only its hash.",
        new Table(
            List.of("Agent", "Environment", "Key", "Issued", "State"),
            rows,
            Empty.of(
                "No key is issued yet",
                "Without a key, spans are taken by the name they say, and shown as unregistered.")),
        forms(visit, state));
  }

  private Row row(Visit visit, AgentKey key, State state, Moments moments) {
    Instant revoked = key.revokedAt();
    return new Row(
        List.of(
            Cell.of(key.agent(), key.version().isEmpty() ? "" : "version " + key.version()),
            Cell.of(key.environment()),
            Cell.id(key.id()),
            Cell.of(moments.of(key.issuedAt()), "by " + ActorName.of(key.issuedBy(), state)),
            Cell.of(
                revoked == null
                    ? new Mark(Mark.Tone.OK, "In force")
                    : new Mark(Mark.Tone.UNKNOWN, "Revoked " + moments.of(revoked).relative()))),
        revoked != null,
        revoked == null && may(visit, Permission.ISSUE_KEYS, key, state)
            ? revoke(visit, key)
            : null);
  }

  private static Deed revoke(Visit visit, AgentKey key) {
    return new Deed(
            key.id(),
            "/settings/keys/revoke",
            visit.request().csrf(),
            Map.of("id", key.id()),
            "Revoke the key of " + key.agent() + " in " + key.environment(),
            "With its next request the agent is refused, in every process that has this key; its"
                + " other keys go on. It cannot be undone: issue a new one instead.",
            "Reason, kept in the ledger",
            true)
        .shown("Revoke");
  }

  private List<Form> forms(Visit visit, State state) {
    List<String> agents = new ArrayList<>();
    for (Agent agent : state.agents()) {
      if (visit
          .reader()
          .rights()
          .may(Permission.ISSUE_KEYS, Target.agent(agent.name(), team(agent)))) {
        agents.add(agent.name());
      }
    }
    if (agents.isEmpty()) {
      return List.of();
    }
    Form form =
        new Form(
            "Issue a key",
            "/settings/keys/issue",
            "Issue a key",
            List.of(
                Field.choice("agent", "Agent", "", Names.choices(agents)),
                Field.text("environment", "Environment", "Such as production", true)
                    .offering(List.of("production", "staging", "development"))));
    return List.of(form);
  }

  @Override
  public Done act(Visit visit, String deed) {
    return switch (deed) {
      case "issue" -> issue(visit);
      case "revoke" -> {
        control.submit(
            new Command.RevokeAgentKey(visit.field("id"), visit.field("reason")),
            visit.reader().actor());
        yield Done.of("The key was revoked.");
      }
      default -> throw new ApiException(ErrorCode.NOT_FOUND, "There is no such form.");
    };
  }

  private Done issue(Visit visit) {
    String agent = visit.field("agent");
    String environment = visit.field("environment");
    NewSecret secret = NewSecret.agentKey(random);
    control.submit(
        new Command.IssueAgentKey(secret.id(), secret.hash(), agent, environment, ""),
        visit.reader().actor());
    return new Done(
        "",
        new Fresh(
            "The key of " + agent + " in " + environment + ", shown this once. Set it there:",
            "export OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20" + secret.value()),
        "");
  }

  private static boolean may(Visit visit, Permission permission, AgentKey key, State state) {
    String team = state.agent(key.agent()).map(Keys::team).orElse("");
    return visit
        .reader()
        .rights()
        .may(permission, Target.agent(key.agent(), team, key.environment()));
  }

  private static String team(Agent agent) {
    return agent.metadata().labels().getOrDefault("team", "");
  }
}
