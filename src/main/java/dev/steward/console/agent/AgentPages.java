// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.agent;

import dev.steward.console.filter.TimeRange;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.format.Rate;
import dev.steward.console.frame.Crumb;
import dev.steward.console.frame.Frame;
import dev.steward.console.frame.Framer;
import dev.steward.console.live.HealthFacts;
import dev.steward.console.part.Fact;
import dev.steward.console.profile.Access;
import dev.steward.console.profile.AgentFacts;
import dev.steward.console.profile.Artefacts;
import dev.steward.console.profile.ManifestDraft;
import dev.steward.console.profile.Reach;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.live.EndpointHealth;
import dev.steward.control.plan.VersionDiff;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes the page of one agent.
final class AgentPages {
  private final ConsoleViews views;
  private final Framer framer;

  AgentPages(ConsoleViews views, Framer framer) {
    this.views = views;
    this.framer = framer;
  }

  /// The agent or sender of that name, empty where there is none or the reader may not see it.
  Optional<AgentFacts> find(PageRequest request, Reader reader, String name) {
    TimeRange range = framer.range(request);
    Moments moments = framer.moments(request);
    AgentFacts facts =
        AgentFacts.read(
            framer.traces(reader),
            views.control().state(),
            name,
            range,
            request.parameter("environment"),
            moments.now());
    return facts.known() && reader.sees(name, facts.team(), facts.environments())
        ? Optional.of(facts)
        : Optional.empty();
  }

  AgentPage page(PageRequest request, Reader reader, AgentFacts facts) {
    Moments moments = framer.moments(request);
    Versions versions = Versions.of(facts, moments);
    Keys keys = Keys.of(facts, reader, request.csrf());
    Identity identity = new Identity(facts, reader.seesAll());
    int active = keys.active().size();
    Charts charts = new Charts(facts, moments.zone());
    Agent agent = facts.agent();
    AgentVersion version = facts.version();
    VersionRow back = versions.previous().orElse(null);
    return new AgentPage(
        frame(request, facts.name()),
        facts.name(),
        agent == null
            ? "Nobody has registered it: it sends spans under this name."
            : agent.purpose(),
        agent == null ? "" : agent.objective(),
        done(request),
        agent != null,
        agent == null && declares(reader, facts) ? Answers.register(facts.name()) : "",
        agent == null ? ManifestDraft.of(facts.name(), me(reader), facts.used()) : "",
        new Answers(facts, reader, moments)
            .all(versions, active, identity.ownerName(), identity.mail()),
        facts(reader, identity.facts(versions, active), facts, moments),
        agent == null ? Map.of() : new TreeMap<>(agent.metadata().labels()),
        charts.success(),
        charts.runs(),
        charts.cost(),
        facts.runs().toString(),
        Figures.of(facts.sums().runs(), "run", "runs") + " " + facts.range().words(),
        successWords(facts),
        charts.costWords(),
        artefactsOf(version, back),
        back == null ? "" : back.diffHref(),
        version == null ? List.of() : Artefacts.of(version, parts(facts, version, back)),
        versions.rows(),
        AgentSection.href(facts.name()) + "/versions",
        new Reach(facts).groups(),
        reader.seesAll() && agent != null ? new Access(facts).rows() : List.of(),
        reader.seesAll() ? "" : "Who else may do what is for those who may see the whole server.",
        keys.rows(moments),
        keys.all());
  }

  /// What is known of it, and how its endpoints answer.
  private List<Fact> facts(Reader reader, List<Fact> identity, AgentFacts facts, Moments moments) {
    List<Fact> all = new ArrayList<>(identity);
    for (EndpointHealth.Health endpoint : views.live().endpoints().list()) {
      Set<String> environments = Set.copyOf(endpoint.environments());
      boolean seen =
          reader.seesAll()
              || (!environments.isEmpty() && reader.sees(facts.name(), facts.team(), environments));
      if (endpoint.agent().equals(facts.name()) && seen) {
        all.add(
            Fact.mono("Endpoint", endpoint.url())
                .noted(String.join(", ", endpoint.environments())));
        all.addAll(HealthFacts.of(endpoint.figures(), moments));
      }
    }
    return all;
  }

  /// Revokes what the form names.
  ///
  /// @return how many keys
  int revoke(PageRequest request, Reader reader, AgentFacts facts) {
    String key = request.form().get("key");
    String reason = request.field("reason");
    return Keys.of(facts, reader, request.csrf()).revoke(views.control(), key, reason);
  }

  private Frame frame(PageRequest request, String name) {
    return framer.ranged(request, name, "fleet", List.of(new Crumb("Fleet", "/fleet")), "");
  }

  private static String done(PageRequest request) {
    String revoked = request.parameter("revoked");
    if (revoked != null && revoked.matches("\\d{1,6}")) {
      return Figures.of(Long.parseLong(revoked), "key is", "keys are")
          + " revoked; the ledger says who did it and why.";
    }
    return "yes".equals(request.parameter("registered"))
        ? "It is registered. Issue a key for it, so that its spans are provably its own."
        : "";
  }

  private static String successWords(AgentFacts facts) {
    Rate rate = new Rate(facts.sums().successes(), facts.sums().withOutcome());
    return rate.known()
        ? "%s, interval %s %%, n %s"
            .formatted(rate.percent(), rate.interval(), Figures.count(rate.whole()))
        : "no outcome was told " + facts.range().words();
  }

  private static String artefactsOf(@Nullable AgentVersion version, @Nullable VersionRow back) {
    if (version == null) {
      return "";
    }
    return back == null ? "the only version" : "compared with " + back.shown();
  }

  private List<VersionDiff.Part> parts(
      AgentFacts facts, AgentVersion version, @Nullable VersionRow back) {
    if (back == null) {
      return List.of();
    }
    return facts
        .state()
        .version(facts.name(), back.digest())
        .map(old ->
            VersionDiff.of(
                new VersionDiff.Side(old, facts.state(), back.sequence()),
                new VersionDiff.Side(version, facts.state(), facts.state().sequence())))
        .orElse(List.of());
  }

  private static boolean declares(Reader reader, AgentFacts facts) {
    return reader.rights().may(Permission.DECLARE, facts.target(Scopes.DEVELOPMENT));
  }

  /// The reader's own name among people, else a place to put one.
  private String me(Reader reader) {
    return reader.actor().kind().equals("person")
        ? views
            .control()
            .state()
            .person(reader.actor().id())
            .map(person -> person.name())
            .orElse("somebody@example.com")
        : "somebody@example.com";
  }
}
