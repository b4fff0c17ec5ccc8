// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.command;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.access.Target;
import dev.steward.control.event.Event;
import dev.steward.control.gate.Course;
import dev.steward.control.gate.Pinning;
import dev.steward.control.release.Agreement;
import dev.steward.control.release.GateResult;
import dev.steward.control.release.Move;
import dev.steward.control.release.Pair;
import dev.steward.control.release.Pins;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.state.PersonBehind;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.release.Release;
import dev.steward.domain.release.ReleaseState;
import dev.steward.domain.release.Stage;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.Person;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What is decided about releases on their way forward.
final class Releasing {
  private static final int NOTE_CHARACTERS_MAX = 4096;

  private final Matter matter;
  private final State state;

  Releasing(Matter matter) {
    this.matter = matter;
    this.state = matter.state();
  }

  void start(Command.StartRelease start) {
    Agent agent = agent(start.agent());
    Stage stage = stage(agent, start.to());
    matter.need(Permission.DEPLOY, target(agent.name(), start.to()));
    Matter.checkReason(start.reason(), "a release");
    String from = agent.environments().name(stage.before().orElseThrow());
    AgentVersion version = running(agent, from, start);
    if (version.digest().equals(state.environments(agent.name()).get(start.to()))) {
      throw conflict(
          "version " + version.shortName() + " is in force in " + start.to() + " already");
    }
    Optional<ReleaseRecord> other = state.releases().open(agent.name(), start.to());
    if (other.isPresent()) {
      throw conflict(
          "release "
              + other.get().release().id()
              + " of "
              + agent.name()
              + " to "
              + start.to()
              + " is still open ("
              + other.get().state().word()
              + "); promote or refuse it first");
    }
    if (state.releases().find(start.id()).isPresent()) {
      throw conflict("release " + start.id() + " exists already");
    }
    Release release =
        new Release(
            start.id(),
            agent.name(),
            version.digest(),
            from,
            start.to(),
            stage,
            start.strategy(),
            Trying.terms(state, start));
    begin(release, new Pinning(state).of(agent, version, start.to()), start.reason());
  }

  private void begin(Release release, Pins pins, String why) {
    Digest reason = matter.seal(why);
    keep(pins);
    matter
        .decided()
        .add(
            new Event.ReleaseStarted(
                release.id(),
                release.agent(),
                release.version(),
                release.from(),
                release.to(),
                release.stage().word(),
                release.strategy().word(),
                pins.digest(),
                reason,
                release.terms()));
    ReleaseRecord record =
        new ReleaseRecord(
            release,
            pins.digest(),
            List.of(
                new Move(
                    ReleaseState.WaitingForGates.WORD,
                    List.of(),
                    matter.now(),
                    matter.actor(),
                    reason)),
            List.of(),
            List.of(),
            null,
            null,
            null,
            null);
    goOn(agreed(record, pins, reason), reason);
  }

  void promote(Command.PromoteRelease promote) {
    ReleaseRecord record = open(promote.id());
    Target target = target(record.release().agent(), record.release().to());
    boolean deploys = matter.authority().may(Permission.DEPLOY, target);
    if (!deploys && !owns(record) && !matter.authority().may(Permission.APPROVE, target)) {
      matter.need(Permission.DEPLOY, target);
    }
    Matter.checkReason(promote.reason(), "a promotion");
    Digest reason = matter.seal(promote.reason());
    ReleaseRecord agreed = agreed(record, Course.pins(state, record), reason);
    boolean stands =
        record.state() instanceof ReleaseState.Held
            || (record.begun() && record.state().missing().isEmpty());
    if (!deploys && stands) {
      return;
    }
    goOn(agreed, reason);
  }

  void hold(Command.HoldRelease hold) {
    ReleaseRecord record = open(hold.id());
    needDeploy(record);
    Matter.checkReason(hold.reason(), "a hold");
    if (record.state() instanceof ReleaseState.Held) {
      throw conflict("release " + hold.id() + " is held already");
    }
    move(record, new ReleaseState.Held(), record.pins(), matter.seal(hold.reason()));
  }

  void refuse(Command.RefuseRelease refuse) {
    ReleaseRecord record = open(refuse.id());
    Target target = target(record.release().agent(), record.release().to());
    if (!owns(record) && !matter.authority().may(Permission.APPROVE, target)) {
      matter.need(Permission.DEPLOY, target);
    }
    Matter.checkReason(refuse.reason(), "a refusal");
    Digest reason = matter.seal(refuse.reason());
    if (record.copilot()) {
      throw conflict(
          "its version is in force in "
              + record.release().to()
              + " and proposes; roll the agent back there, or hold the release");
    }
    if (record.tried().isPresent()) {
      new Trying(matter).back(record, "person", reason);
    } else if (record.paired().filter(Pair::switched).isPresent()) {
      new Switching(matter).end(record, reason);
    } else {
      move(record, new ReleaseState.Refused(), record.pins(), reason);
    }
  }

  void judge(Command.JudgeRelease judge) {
    matter.needServer("judges releases anew");
    ReleaseRecord record = find(judge.id());
    if (record.state().waits()) {
      Course course = course(record);
      if (course.news(record)) {
        follow(
            record,
            course,
            course.moves(record) ? matter.seal(course.why()) : record.start().reason());
      }
    }
  }

  void report(Command.ReportCheck report) {
    Agent agent = agent(report.agent());
    matter.need(Permission.DEPLOY, target(agent.name(), ""));
    matter.checkName("check", report.check());
    if (report.note().length() > NOTE_CHARACTERS_MAX) {
      throw new ApiException(
          ErrorCode.TOO_LARGE, "a note holds at most " + NOTE_CHARACTERS_MAX + " characters");
    }
    AgentVersion version =
        report.version().isEmpty() ? agent.version() : version(agent, report.version());
    matter
        .decided()
        .add(
            new Event.CheckReported(
                agent.name(),
                version.digest(),
                report.check(),
                report.passed(),
                matter.seal(report.note())));
  }

  /// Takes a release from wherever it waits or is held to where it can be now.
  void goOn(ReleaseRecord record, Digest reason) {
    follow(record, course(record), reason);
  }

  private Course course(ReleaseRecord record) {
    return Course.of(state, record, matter.now(), matter.proving());
  }

  /// Lets one that was begun go on, where its gates hold. Who says so agrees.
  ///
  /// @throws ApiException CONFLICT with what it would wait for
  void resume(ReleaseRecord begun, Digest reason) {
    ReleaseRecord record = agreed(begun, Course.pins(state, begun), reason);
    Course course = Course.again(state, record, matter.now(), matter.proving());
    if (!(course.next() instanceof ReleaseState.Promoted)) {
      throw conflict("it cannot go on: " + course.why());
    }
    tell(record, course);
    keep(course.pins());
    move(record, new ReleaseState.RollingOut(), course.pins().digest(), reason);
  }

  private void follow(ReleaseRecord record, Course course, Digest reason) {
    Release release = record.release();
    tell(record, course);
    Digest pins = record.pins();
    if (!(course.next() instanceof ReleaseState.Refused)) {
      keep(course.pins());
      pins = course.pins().digest();
    }
    if (course.next() instanceof ReleaseState.Promoted) {
      if (!record.begun()) {
        Trying trying = new Trying(matter);
        if (release.copilot()) {
          trying.propose(record, pins, reason);
          return;
        }
        if (release.shadow()) {
          trying.shadow(record, pins, reason);
          return;
        }
        move(record, new ReleaseState.RollingOut(), pins, reason);
        if (trying.begin(release)) {
          return;
        }
      }
      matter
          .decided()
          .add(new Event.VersionPutInForce(release.agent(), release.to(), release.version()));
    } else if (!course.moves(record)) {
      return;
    }
    move(record, course.next(), pins, reason);
  }

  private void tell(ReleaseRecord record, Course course) {
    for (GateResult result : course.gates()) {
      if (record.said(result.gate()).filter(result::equals).isEmpty()) {
        matter
            .decided()
            .add(
                new Event.GateJudged(
                    record.release().id(),
                    result.gate(),
                    result.requires(),
                    result.verdict().word(),
                    result.why(),
                    result.evidence()));
      }
    }
  }

  void move(ReleaseRecord record, ReleaseState next, Digest pins, Digest reason) {
    matter
        .decided()
        .add(
            new Event.ReleaseMoved(
                record.release().id(), next.word(), next.missing(), pins, reason));
  }

  private void keep(Pins pins) {
    matter.decided().add(pins.digest(), pins.json().getBytes(StandardCharsets.UTF_8));
  }

  /// The release with the agreement of whoever acts; a program agrees to nothing.
  private ReleaseRecord agreed(ReleaseRecord record, Pins pins, Digest reason) {
    String person = PersonBehind.of(matter.actor(), state);
    if (person.isEmpty()) {
      return record;
    }
    matter
        .decided()
        .add(new Event.ReleaseAgreed(record.release().id(), person, pins.digest(), reason));
    return record.agreed(
        new Agreement(person, pins.digest(), matter.now(), matter.actor(), reason));
  }

  private boolean owns(ReleaseRecord record) {
    String person = PersonBehind.of(matter.actor(), state);
    return state
        .agent(record.release().agent())
        .flatMap(agent -> state.person(agent.owner()))
        .map(Person::id)
        .filter(person::equals)
        .isPresent();
  }

  ReleaseRecord open(String id) {
    ReleaseRecord record = find(id);
    if (!record.state().open()) {
      throw conflict("release " + id + " is over: " + record.state().word());
    }
    return record;
  }

  ReleaseRecord find(String id) {
    return state
        .releases()
        .find(id)
        .orElseThrow(() ->
            matter.notFound(
                "release",
                id,
                state.releases().all().stream().map(each -> each.release().id()).toList()));
  }

  void needDeploy(ReleaseRecord record) {
    matter.need(Permission.DEPLOY, target(record.release().agent(), record.release().to()));
  }

  private Agent agent(String name) {
    return state
        .agent(name)
        .orElseThrow(() -> matter.notFound("Agent", name, matter.names("Agent")));
  }

  private static Stage stage(Agent agent, String environment) {
    List<String> names = agent.environments().names();
    Stage stage =
        agent
            .environments()
            .stage(environment)
            .orElseThrow(() ->
                new ApiException(
                    ErrorCode.INVALID,
                    "'"
                        + environment
                        + "' is no environment of "
                        + agent.name()
                        + "; there are "
                        + String.join(", ", names)));
    if (stage == Stage.DEVELOPMENT) {
      throw new ApiException(
          ErrorCode.INVALID,
          "in " + environment + " an applied version is in force at once: apply the manifest");
    }
    return stage;
  }

  /// The version to release, which must be in force one stage before.
  private AgentVersion running(Agent agent, String from, Command.StartRelease start) {
    AgentVersion running =
        state
            .versionInForce(agent.name(), from)
            .orElseThrow(() ->
                conflict(
                    "no version of "
                        + agent.name()
                        + " is in force in "
                        + from
                        + ", and no stage can be skipped: release one there first"));
    if (start.version().isEmpty()) {
      return running;
    }
    AgentVersion wanted = version(agent, start.version());
    if (!wanted.digest().equals(running.digest())) {
      throw conflict(
          "version "
              + wanted.shortName()
              + " is not in force in "
              + from
              + " ("
              + running.shortName()
              + " is), and no stage can be skipped: release it there first");
    }
    return wanted;
  }

  private AgentVersion version(Agent agent, String start) {
    return state
        .version(agent.name(), start)
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.NOT_FOUND,
                "no version of "
                    + agent.name()
                    + " begins with "
                    + start
                    + "; 'steward get agent "
                    + agent.name()
                    + "' shows them"));
  }

  private Target target(String agent, String environment) {
    String team = state.agent(agent).map(Scopes::team).orElse("");
    return Target.agent(agent, team, environment);
  }

  static ApiException conflict(String message) {
    return new ApiException(ErrorCode.CONFLICT, message);
  }
}
