// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.access.Actor;
import dev.steward.control.alert.Firing;
import dev.steward.control.alert.Stage;
import dev.steward.control.command.Command;
import dev.steward.control.incident.Concern;
import dev.steward.control.incident.IncidentStatus;
import dev.steward.control.incident.Severity;
import dev.steward.control.manifest.Manifests;
import dev.steward.control.state.LegalHold;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.Selector;
import dev.steward.domain.release.CanaryVerdict;
import dev.steward.domain.release.Strategy;
import dev.steward.domain.resource.AlertRule;
import dev.steward.domain.resource.Budget;
import dev.steward.domain.resource.Person.Grant;
import dev.steward.domain.resource.Person.Role;
import dev.steward.domain.resource.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/// The invariant StateEqualsReplay: State is a fold of the ledger and nothing else.
class StateEqualsReplayPropertyTest {
  private static final List<String> AGENTS = List.of("alpha", "beta", "gamma");
  private static final List<String> PEOPLE = List.of("dana@example.com", "erik@example.com");

  @Property(tries = 25)
  void stateEqualsTheFoldOfTheLedgerAtEveryPrefix(@ForAll("commands") List<Command> commands) {
    inFolder(folder -> {
      try (ControlFixture fixture = new ControlFixture(folder, new ControlConfig(64, 5))) {
        List<State> published = new ArrayList<>();
        published.add(fixture.state());
        assertThat(propose(fixture)).isOne();
        for (Command command : commands) {
          submitOrRefuse(fixture, command);
          published.add(fixture.state());
        }
        checkAll(fixture, published);
      }
    });
  }

  /// Brings an agent to canary, and proposes what widens there.
  private static int propose(ControlFixture fixture) {
    PEOPLE.forEach(name -> submitOrRefuse(fixture, apply(person(name, "operator"))));
    submitOrRefuse(fixture, apply(Yaml.agent("alpha", "version: {code: {build: 1}}")));
    submitOrRefuse(fixture, apply(budget(10)));
    for (String to : List.of("staging", "canary")) {
      submitOrRefuse(fixture, new Command.StartRelease("first-" + to, "alpha", to, "", "first"));
    }
    submitOrRefuse(fixture, apply(budget(20)));
    return fixture.state().proposals().open().size();
  }

  private static void checkAll(ControlFixture fixture, List<State> published) {
    State before = fixture.state();
    assertThat(fixture.replayed(before.sequence())).isEqualTo(before);
    for (State state : published) {
      if (isComparable(state, before)) {
        assertThat(fixture.replayed(state.sequence())).isEqualTo(state);
        assertThat(fixture.control().stateAt(state.sequence())).isEqualTo(state);
      }
    }
    State restarted = fixture.restart().state();
    assertThat(restarted).isEqualTo(fixture.replayed(fixture.ledger.size()));
    assertThat(resources(restarted)).isEqualTo(resources(before));
  }

  /// What was said of a person who was erased later is not known any more, and must not be.
  private static boolean isComparable(State state, State last) {
    return state.erasedPeople().equals(last.erasedPeople());
  }

  private static void submitOrRefuse(ControlFixture fixture, Command command) {
    long size = fixture.ledger.size();
    try {
      Accepted accepted =
          fixture
              .control()
              .submit(newest(fixture.state(), command), actor(fixture.state(), command));
      assertThat(accepted.sequence()).isGreaterThanOrEqualTo(size);
    } catch (ApiException refused) {
      assertThat(refused.code().kind()).isIn(ErrorCode.Kind.CLIENT, ErrorCode.Kind.DENIED);
    }
  }

  /// Nothing that the server itself does waits for anybody, so that budgets are changed by people.
  private static Actor actor(State state, Command command) {
    String name =
        switch (command) {
          case Command.ApplyResources applied
              when applied.declarations().getFirst().resource() instanceof Budget ->
              PEOPLE.getFirst();
          case Command.AcceptChange _ -> PEOPLE.getLast();
          case Command.RejectChange _, Command.ChangeIncident _ -> PEOPLE.getFirst();
          default -> "";
        };
    return state.person(name).map(person -> Actor.person(person.id())).orElse(Actor.SYSTEM);
  }

  /// What is answered is what was proposed last, whose id is drawn by chance.
  private static Command newest(State state, Command command) {
    String id = state.proposals().all().isEmpty() ? "none" : state.proposals().all().getLast().id();
    return switch (command) {
      case Command.AcceptChange accept -> new Command.AcceptChange(id, accept.reason());
      case Command.RejectChange reject -> new Command.RejectChange(id, reject.reason());
      default -> command;
    };
  }

  /// What is read from bodies, which State's equality does not look at.
  private static List<Resource> resources(State state) {
    return Manifests.kinds().stream().flatMap(kind -> state.all(kind).stream()).toList();
  }

  @Provide
  Arbitrary<List<Command>> commands() {
    return Arbitraries.frequencyOf(
            Tuple.of(3, applyPerson()),
            Tuple.of(6, applyAgent()),
            Tuple.of(1, delete()),
            Tuple.of(3, keys()),
            Tuple.of(2, tokens()),
            Tuple.of(2, holds()),
            Tuple.of(2, kills()),
            Tuple.of(2, drills()),
            Tuple.of(1, erase()),
            Tuple.of(6, approvals()),
            Tuple.of(12, releases()),
            Tuple.of(2, gates()),
            Tuple.of(6, drift()),
            Tuple.of(5, incidents()),
            Tuple.of(8, alerts()),
            Tuple.of(5, proposals()),
            Tuple.of(1, settings()))
        .list()
        .ofMinSize(10)
        .ofMaxSize(40);
  }

  private static Arbitrary<Command> applyPerson() {
    return Combinators.combine(
            Arbitraries.of(PEOPLE), Arbitraries.of("viewer", "operator", "admin"))
        .as((name, role) -> apply(person(name, role)));
  }

  private static Arbitrary<Command> applyAgent() {
    return Combinators.combine(
            Arbitraries.of(AGENTS), Arbitraries.of(PEOPLE), Arbitraries.integers().between(0, 3))
        .as((agent, owner, build) ->
            apply(
                Yaml.documents(
                    person(owner, "developer"),
                    Yaml.agent(agent, "version: {code: {build: " + build + "}}")
                        .replace("dana@example.com", owner))));
  }

  private static Arbitrary<Command> delete() {
    return Arbitraries.oneOf(
        Arbitraries.of(AGENTS).map(name -> new Command.DeleteResource("Agent", name)),
        Arbitraries.of(PEOPLE).map(name -> new Command.DeleteResource("Person", name)));
  }

  private static Arbitrary<Command> erase() {
    return Arbitraries.of(PEOPLE).map(name -> new Command.ErasePerson(name, "asked by " + name));
  }

  private static Arbitrary<Command> keys() {
    return Combinators.combine(ids("key"), Arbitraries.of(AGENTS), Arbitraries.of(true, false))
        .as((id, agent, issue) ->
            issue
                ? new Command.IssueAgentKey(id, Digest.of(id), agent, "production", "")
                : new Command.RevokeAgentKey(id, "rotated"));
  }

  private static Arbitrary<Command> tokens() {
    return Combinators.combine(
            ids("token"), Arbitraries.of("", "dana@example.com"), Arbitraries.of(true, false))
        .as((id, holder, issue) ->
            issue
                ? new Command.IssueToken(
                    id,
                    Digest.of(id),
                    holder,
                    "ci",
                    List.of(Grant.of(Role.OPERATOR)),
                    Optional.empty())
                : new Command.RevokeToken(id, "leaked"));
  }

  private static Arbitrary<Command> holds() {
    return Combinators.combine(ids("hold"), Arbitraries.of(true, false))
        .as((id, place) ->
            place
                ? new Command.PlaceHold(id, LegalHold.Subject.CONVERSATION, "c-" + id, "lawsuit")
                : new Command.LiftHold(id, "settled"));
  }

  private static Arbitrary<Command> kills() {
    return Combinators.combine(
            ids("kill"),
            Arbitraries.of("everything", "agent=alpha", "label.team=x", "run=r,agent=beta"),
            Arbitraries.of(true, false))
        .as((id, selector, kill) ->
            kill
                ? new Command.Kill(id, Selector.parse(selector), "it loops")
                : new Command.Restore(id, "repaired"));
  }

  private static Arbitrary<Command> drills() {
    return Combinators.combine(
            ids("drill"),
            Arbitraries.of("kill-switch", "circuit"),
            Arbitraries.longs().between(0, 10_000),
            Arbitraries.of(true, false))
        .as((id, of, millis, passed) ->
            new Command.RecordDrill(
                id, of, passed, Map.of("cut_ms", millis), passed ? "" : "it was not cut"));
  }

  private static Arbitrary<Command> approvals() {
    return Combinators.combine(
            ids("approval"), Arbitraries.of(AGENTS), Arbitraries.integers().between(0, 6))
        .as((id, agent, what) ->
            switch (what) {
              case 0 -> answer(id, false, Optional.empty());
              case 1 -> answer(id, true, Optional.of("{\"amount\":7}"));
              case 2 -> answer(id, true, Optional.empty());
              case 3 -> new Command.UseApproval(id);
              case 4 -> new Command.ExpireApprovals();
              default -> Requests.of(id, agent, "{\"amount\":" + what + "}", 1, 30);
            });
  }

  private static Command answer(String id, boolean approve, Optional<String> arguments) {
    return new Command.AnswerApproval(
        id, approve, "seen", arguments, Optional.empty(), Optional.of(new BigDecimal("1.50")));
  }

  private static Arbitrary<Command> proposals() {
    return Arbitraries.integers()
        .between(0, 5)
        .map(what ->
            switch (what) {
              case 0 -> new Command.AcceptChange("newest", "looked at it");
              case 1 -> new Command.RejectChange("newest", "rather not");
              default -> apply(budget(10 * what));
            });
  }

  private static String budget(int limit) {
    return "apiVersion: steward/v1\nkind: Budget\nmetadata: {name: all}\n"
        + "spec: {window: day, limit: {cost: %d, currency: USD}}\n".formatted(limit);
  }

  private static Arbitrary<Command> alerts() {
    return Combinators.combine(
            ids("alert"), Arbitraries.of(AGENTS), Arbitraries.integers().between(0, 9))
        .as((id, agent, what) -> {
          Firing firing =
              new Firing(
                  what % 2 == 0 ? AlertRule.Level.CRITICAL : AlertRule.Level.WARNING,
                  List.of(new Concern(agent, "production")),
                  List.of("failing/" + agent),
                  "it fails",
                  "9 of 10");
          return switch (what) {
            case 0 ->
                apply(
                    """
                    apiVersion: steward/v1
                    kind: AlertRule
                    metadata: {name: r}
                    spec: {findings: {kinds: [failing]}, routes: [ops], repeat: 1m}
                    """);
            case 1, 2, 3 -> new Command.RaiseAlert(id, "r", agent, firing, ControlFixture.START);
            case 4 -> new Command.ChangeAlert(id, firing);
            case 5 -> new Command.TellAlert(id, Stage.FIRST);
            case 6 -> new Command.AcknowledgeAlert(id, "on it");
            case 7 -> new Command.ResolveAlert(id, "gone");
            case 8 ->
                new Command.SilenceAlerts(
                    id, "", agent, "", ControlFixture.START.plus(Duration.ofDays(1)), "a visit");
            default -> new Command.LiftSilence(id, "the visit is over");
          };
        });
  }

  private static Arbitrary<Command> gates() {
    return Arbitraries.of("budget", "owner", "approvals", "drills", "policy-proof")
        .map(requires ->
            apply(
                "apiVersion: steward/v1\nkind: Gate\nmetadata: {name: g}\nspec: {requires: "
                    + requires
                    + ", environments: [canary]}\n"));
  }

  private static Arbitrary<Command> releases() {
    return Combinators.combine(
            ids("release"),
            Arbitraries.of(AGENTS),
            Arbitraries.of("staging", "canary", "production"),
            Arbitraries.integers().between(0, 18))
        .as((id, agent, environment, what) ->
            switch (what) {
              case 0 -> new Command.HoldRelease(id, "wait");
              case 1 -> new Command.RefuseRelease(id, "no");
              case 2 -> new Command.PromoteRelease(id, "go");
              case 3 -> new Command.JudgeRelease(id);
              case 4 -> new Command.RollBack(id, agent, environment, "", false, "person", "worse");
              case 5 -> new Command.ReportCheck(agent, "", "tests", true, "all green");
              case 6 ->
                  new Command.StartRelease(
                      id, agent, environment, "", Strategy.CANARY, Map.of("weight", "20%"), "try");
              case 13 ->
                  new Command.StartRelease(
                      id, agent, environment, "", Strategy.COPILOT, Map.of(), "it proposes");
              case 14, 15 -> new Command.SwitchRelease(id, what == 15, what == 14, "switch");
              case 16 ->
                  new Command.StartRelease(
                      id, agent, environment, "", Strategy.BLUE_GREEN, Map.of(), "it stands by");
              case 17 ->
                  new Command.StartRelease(
                      id, agent, environment, "", Strategy.SHADOW, Map.of(), "it gets copies");
              case 18 -> new Command.CountShadow(id, Map.of("compared", new BigDecimal("2.50")));
              case 7 -> new Command.WeighCanary(id, "30%", "more");
              case 8 ->
                  new Command.JudgeCanary(id, CanaryVerdict.PROMOTE, "shown-good", "w", 9, "{}");
              case 9 -> new Command.JudgeCanary(id, CanaryVerdict.ROLL_BACK, "r", "w", 9, "{}");
              default -> new Command.StartRelease(id, agent, environment, "", "better");
            });
  }

  private static Arbitrary<Command> drift() {
    Instant at = ControlFixture.START;
    return Combinators.combine(
            ids("drift"),
            Arbitraries.of(AGENTS),
            Arbitraries.of("up", "down"),
            Arbitraries.integers().between(0, 8))
        .as((id, agent, direction, what) ->
            switch (what) {
              case 0 -> new Command.RelearnBaseline(agent, "staging", "another season");
              case 1, 2 -> new Command.CloseDrift(id, "looked at it");
              case 3, 4, 5 ->
                  new Command.TellDrift(
                      id, agent, "staging", "success", direction, 9, at, "w", "{\"x\":1}");
              default ->
                  new Command.LearnBaseline(
                      agent, "staging", "undeclared", 500, at, at, "{\"y\":" + what + "}");
            });
  }

  private static Arbitrary<Command> incidents() {
    return Combinators.combine(
            ids("incident"),
            Arbitraries.of(AGENTS),
            ids("drift"),
            Arbitraries.integers().between(0, 9))
        .as((id, agent, cause, what) ->
            switch (what) {
              case 0, 1 -> new Command.NoteIncident(id, "it went on");
              case 2 -> changed(id, Optional.of(Severity.MINOR), Optional.empty());
              case 3 -> changed(id, Optional.empty(), Optional.of(IncidentStatus.CONTAINED));
              case 4 -> changed(id, Optional.empty(), Optional.of(IncidentStatus.OPEN));
              case 5 -> changed(id, Optional.empty(), Optional.of(IncidentStatus.RESOLVED));
              default ->
                  new Command.OpenIncident(
                      id,
                      "it fails",
                      Severity.MAJOR,
                      List.of(new Concern(agent, "staging")),
                      List.of("run-" + what),
                      what == 9 ? cause : "",
                      Optional.empty(),
                      "seen");
            });
  }

  private static Command changed(
      String id, Optional<Severity> severity, Optional<IncidentStatus> status) {
    return new Command.ChangeIncident(
        id, severity, Optional.of(PEOPLE.getLast()), status, "more is known");
  }

  private static Arbitrary<Command> settings() {
    return Combinators.combine(ids("setting"), ids("value"))
        .as((name, value) -> new Command.ChangeSetting(name, value));
  }

  private static Arbitrary<String> ids(String prefix) {
    return Arbitraries.integers().between(1, 4).map(i -> prefix + "-" + i);
  }

  private static String person(String name, String role) {
    return "apiVersion: steward/v1\nkind: Person\nmetadata: {name: "
        + name
        + "}\nspec: {displayName: A Person, grants: [{role: "
        + role
        + "}]}\n";
  }

  private static Command apply(String yaml) {
    return new Command.ApplyResources(ControlFixture.read(yaml).declarations());
  }

  private static void inFolder(Consumer<Path> work) {
    try {
      Path folder = Files.createTempDirectory("replay");
      work.accept(folder);
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
