// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.release;

import dev.steward.console.agent.AgentSection;
import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.format.Rate;
import dev.steward.console.frame.Crumb;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Visit;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Fact;
import dev.steward.console.part.Mark;
import dev.steward.console.release.ReleasePage.AgreedRow;
import dev.steward.console.release.ReleasePage.GateRow;
import dev.steward.console.release.ReleasePage.MoveRow;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Actor;
import dev.steward.control.access.Permission;
import dev.steward.control.release.Agreement;
import dev.steward.control.release.JudgedGate;
import dev.steward.control.release.Move;
import dev.steward.control.release.Pair;
import dev.steward.control.release.Proposing;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.state.ActorName;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.Percent;
import dev.steward.domain.release.Release;
import dev.steward.domain.release.ReleaseState;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Person;
import dev.steward.insight.canary.CanarySaid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the page of one release.
///
/// @param canaries what is said of releases that are tried
record ReleasePages(Framer framer, CanarySaid canaries) {
  private static final String REASON = "Reason, kept in the ledger";

  ReleasePage page(Visit visit, State state, ReleaseRecord record, String done, String wrong) {
    Release release = record.release();
    Moments moments = framer.moments(visit.request());
    Optional<Agent> agent = state.agent(release.agent());
    return new ReleasePage(
        framer.single(
            visit.request(),
            release.agent() + " to " + release.to(),
            "releases",
            List.of(
                new Crumb("Releases", "/releases"),
                new Crumb(release.agent(), ReleasesSection.ofAgent(release.agent()))),
            record.state().open()
                ? ReleaseFeed.shown(record).in("/live/releases/" + Percent.encoded(release.id()))
                : ""),
        release.agent() + " to " + release.to(),
        ActorName.of(record.start().by(), state)
            + " started it: "
            + reason(state, record.start().reason()),
        done,
        wrong,
        ReleaseWords.mark(record.state()),
        ReleaseWords.missing(record.state()),
        agent
            .map(known ->
                new Track(state, visit.request(), visit.reader(), moments).of(known, release.to()))
            .orElse(List.of()),
        agent.map(known -> deeds(visit, state, record, known)).orElse(List.of()),
        now(visit, state, record),
        Difference.of(state, record).orElse(null),
        record.gates().stream().map(gate -> row(gate, state, moments)).toList(),
        record.gates().isEmpty()
            ? "No gate stands before " + release.to() + " for " + release.agent() + "."
            : "",
        record.agreements().stream().map(each -> row(each, record, state, moments)).toList(),
        record.moves().reversed().stream().map(each -> row(each, state, moments)).toList(),
        pins(state, record));
  }

  /// What of the page is drawn anew as evidence arrives.
  ReleaseNow now(Visit visit, State state, ReleaseRecord record) {
    Release release = record.release();
    boolean deploys =
        state
            .agent(release.agent())
            .filter(known ->
                visit.reader().rights().may(Permission.DEPLOY, Track.target(known, release.to())))
            .isPresent();
    return new ReleaseNow(
        facts(state, record),
        new CanaryParts(framer.moments(visit.request()), visit.request().csrf(), deploys)
            .of(record, canaries.said(state, release.id())));
  }

  private static List<Fact> facts(State state, ReleaseRecord record) {
    Release release = record.release();
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of("Agent", release.agent()).to(AgentSection.href(release.agent())));
    facts.add(Fact.mono("Version", ReleaseWords.version(release.version())));
    facts.add(Fact.of("Way", release.from() + " to " + release.to()));
    facts.add(
        Fact.of("Strategy", release.strategy().word())
            .noted(
                switch (release.strategy()) {
                  case DIRECT -> "for every call from the next one on";
                  case CANARY -> "for a share of the conversations first";
                  case COPILOT -> "calls with effects are proposed to people first";
                  case BLUE_GREEN -> "it stands by until somebody switches to it";
                  case SHADOW -> "it gets copies of live calls first, without effects";
                }));
    Digest running = state.environments(release.agent()).get(release.to());
    if (running != null && !running.equals(release.version())) {
      facts.add(
          Fact.of("Differs from", ReleaseWords.version(running))
              .to(
                  AgentSection.href(release.agent())
                      + "/versions/"
                      + Percent.encoded(
                          ReleaseWords.version(running)
                              + ".."
                              + ReleaseWords.version(release.version())))
              .noted("the version in force in " + release.to()));
    }
    record.paired().ifPresent(pair -> facts.addAll(Switches.facts(state, release, pair)));
    record.shadowed().ifPresent(told -> facts.addAll(ShadowFacts.of(told, record.shadows())));
    record.proposed().ifPresent(counted -> proposed(counted, record.copilot(), facts));
    facts.add(
        Fact.mono("Id", release.id())
            .to(PageUrl.of("/ledger").with("thing", release.id()).toString()));
    return facts;
  }

  /// What people answered to a version that proposes.
  private static void proposed(Proposing counted, boolean active, List<Fact> facts) {
    Rate rate = new Rate(counted.unchanged(), counted.answered());
    facts.add(
        Fact.of("Copilot", active ? "it proposes" : "it acts by itself now")
            .noted(active ? "and people answer each call with effects" : "")
            .to("/approvals"));
    facts.add(
        Fact.of("Agreement", rate.known() ? rate.percent() : "nobody has answered yet")
            .noted(
                "%s%s left as they were, %s edited, %s denied, %s not answered in time"
                    .formatted(
                        rate.known() ? "interval " + rate.interval() + " %, " : "",
                        Figures.of(counted.unchanged(), "call", "calls"),
                        Figures.count(counted.edited()),
                        Figures.count(counted.denied()),
                        Figures.count(counted.unanswered()))));
  }

  private static List<Deed> deeds(Visit visit, State state, ReleaseRecord record, Agent agent) {
    List<Deed> deeds = new ArrayList<>();
    ReleaseState at = record.state();
    Release release = record.release();
    if (!at.open()) {
      return deeds;
    }
    Reader reader = visit.reader();
    boolean deploys = reader.rights().may(Permission.DEPLOY, Track.target(agent, release.to()));
    boolean agrees =
        deploys
            || reader.rights().may(Permission.APPROVE, Track.target(agent, release.to()))
            || reader.actor().equals(Actor.person(owner(state, agent)));
    String what = release.agent() + " to " + release.to();
    if (deploys) {
      deeds.addAll(Switches.deeds(visit.request().csrf(), state, record));
    }
    if (agrees) {
      deeds.add(
          deed(
              visit,
              release,
              "promote",
              record.copilot()
                  ? "Let " + release.agent() + " act by itself in " + release.to()
                  : record.begun()
                      ? "Promote " + what + " for all"
                      : at instanceof ReleaseState.Held
                          ? "Let " + what + " go on"
                          : "Agree to " + what,
              "You agree to this version with what it pins now. It comes into force"
                  + (record.control().isPresent() ? " for all conversations" : "")
                  + (record.copilot() ? ", and acts by itself," : "")
                  + " as soon as all that it needs holds, which may be at once.",
              false));
    }
    if (deploys && !(at instanceof ReleaseState.Held)) {
      deeds.add(
          deed(
              visit,
              release,
              "hold",
              "Hold " + what,
              record.copilot()
                  ? "It goes on proposing, whatever people answer, until somebody lets it go on."
                  : record.shadows()
                      ? "It gets no more copies until somebody promotes it."
                      : record.tried().isPresent()
                          ? "No conversation that begins is given it until it goes on; those that"
                              + " have it keep it."
                          : "It stays where it is until somebody promotes it.",
              false));
    }
    boolean back = record.tried().isPresent() || record.paired().filter(Pair::switched).isPresent();
    if (agrees && !record.copilot()) {
      deeds.add(
          deed(
              visit,
              release,
              "refuse",
              back ? "Roll back " + what : "Refuse " + what,
              back
                  ? "All conversations have the version in force again from the next call on."
                  : "It is over for good; the version can be released anew.",
              true));
    }
    return deeds;
  }

  private static Deed deed(
      Visit visit, Release release, String word, String words, String consequence, boolean danger) {
    return new Deed(
        word,
        Track.href(release.id()) + "/" + word,
        visit.request().csrf(),
        Map.of(),
        words,
        consequence,
        REASON,
        danger);
  }

  private static String owner(State state, Agent agent) {
    return state.person(agent.owner()).map(Person::id).orElse("");
  }

  private static GateRow row(JudgedGate gate, State state, Moments moments) {
    List<Fact> evidence = new ArrayList<>();
    gate.result()
        .evidence()
        .forEach((name, value) -> evidence.add(fact(name, value, state, moments)));
    return new GateRow(
        gate.result().gate(),
        PageUrl.of("/ledger").with("thing", "Gate/" + gate.result().gate()).toString(),
        gate.result().requires().replace('-', ' '),
        ReleaseWords.mark(gate.result().verdict()),
        gate.result().why(),
        evidence,
        moments.of(gate.at()));
  }

  /// Evidence as a person reads it.
  private static Fact fact(String name, String value, State state, Moments moments) {
    return switch (name) {
      case "agreed", "owner" -> Fact.of(name, people(value, state));
      case "by" -> {
        int colon = value.indexOf(':');
        Actor actor = new Actor(value.substring(0, colon), value.substring(colon + 1));
        yield Fact.of(name, ActorName.of(actor, state));
      }
      case "reportedAt" -> Fact.of("reported", moments.of(Instant.parse(value)).shown());
      case "from", "until" -> Fact.of(name, moments.of(Instant.parse(value)).shown());
      default -> Fact.mono(name, value);
    };
  }

  private static String people(String ids, State state) {
    List<String> names = new ArrayList<>();
    for (String id : ids.split(", ", -1)) {
      names.add(ActorName.of(Actor.person(id), state));
    }
    return String.join(", ", names);
  }

  private static AgreedRow row(
      Agreement agreement, ReleaseRecord record, State state, Moments moments) {
    return new AgreedRow(
        ActorName.of(Actor.person(agreement.person()), state),
        agreement.pins().equals(record.pins())
            ? new Mark(Mark.Tone.OK, "Agreed")
            : new Mark(Mark.Tone.WARNING, "What it pins changed since; it does not count"),
        reason(state, agreement.reason()),
        moments.of(agreement.at()));
  }

  private static MoveRow row(Move move, State state, Moments moments) {
    return new MoveRow(
        ReleaseWords.mark(move.into()),
        ReleaseWords.missing(move.into()),
        ActorName.of(move.by(), state),
        reason(state, move.reason()),
        moments.of(move.at()));
  }

  private static List<Fact> pins(State state, ReleaseRecord record) {
    List<Fact> facts = new ArrayList<>();
    state
        .pins(record.pins())
        .bodies()
        .forEach((name, body) ->
            facts.add(
                Fact.of(name.substring(0, name.indexOf('/')), name.substring(name.indexOf('/') + 1))
                    .noted("as " + ReleaseWords.version(body))));
    return facts;
  }

  private static String reason(State state, Digest reason) {
    return state.text(reason).orElse("a reason that was erased");
  }
}
