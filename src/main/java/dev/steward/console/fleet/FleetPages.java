// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.fleet;

import dev.steward.console.filter.PageUrl;
import dev.steward.console.filter.TimeRange;
import dev.steward.console.fleet.FleetPage.Team;
import dev.steward.console.fleet.FleetReader.Both;
import dev.steward.console.format.Figures;
import dev.steward.console.frame.Frame;
import dev.steward.console.frame.Framer;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.access.Target;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Agent;
import dev.steward.insight.finding.Words;
import dev.steward.insight.sight.AgentSight;
import dev.steward.trace.run.ActivityQuery;
import dev.steward.trace.run.AgentActivity;
import dev.steward.trace.run.RunCost;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes the fleet page.
public final class FleetPages {
  private final ConsoleViews views;
  private final Framer framer;

  public FleetPages(ConsoleViews views, Framer framer) {
    this.views = views;
    this.framer = framer;
  }

  public FleetPage page(PageRequest request, Reader viewer) {
    TimeRange range = framer.range(request);
    PageUrl url = framer.url(request);
    FleetReader reader =
        new FleetReader(
            views.registry(), url, framer.moments(request), name -> registers(viewer, name));
    FleetOrder order = new FleetOrder(url);
    FleetFilters filters = new FleetFilters(request, views.control().state());
    List<Both> all = everyone(viewer, range, request.parameter("environment"));
    List<Both> shown = all.stream().filter(filters::matches).toList();
    List<Both> known = shown.stream().filter(both -> both.agent() != null).toList();
    List<AgentRow> strangers =
        order.sorted(shown).stream().filter(both -> both.agent() == null).map(reader::row).toList();
    List<Team> teams = teams(known, reader, order);
    Frame frame = framer.ranged(request, "Fleet", "fleet", "/live/fleet");
    return new FleetPage(
        frame.withLive(FleetFeed.shown(FleetPage.rows(teams, strangers)).in(frame.live())),
        known.isEmpty() ? nobody(viewer, all) : lede(known, range),
        order.heads(),
        teams,
        strangers,
        strangersWords(strangers),
        filters.offered(all),
        orEmpty(request.parameter("q")),
        result(known.size(), strangers.size(), all.size()),
        all.isEmpty()
            && views.registry().agents().isEmpty()
            && framer.names(viewer).agents().isEmpty(),
        setup(),
        "No agent " + range.words() + " matches these filters.",
        url.to("/fleet", "range").toString(),
        new TreeMap<>(url.to("/fleet", "environment", "range", "sort", "order").parameters()));
  }

  /// Everyone who is declared or was seen; where the page is narrowed to an environment, those who
  /// have a version in force there or were seen there.
  private List<Both> everyone(Reader viewer, TimeRange range, @Nullable String environment) {
    AgentSight sight = framer.sight(viewer);
    Map<String, Agent> declared = new HashMap<>();
    for (Agent agent : views.registry().agents()) {
      Set<String> where =
          environment == null
              ? views.control().state().environments(agent.name()).keySet()
              : Set.of(environment);
      if (sight.wholly(agent.name()) || !sight.in(agent.name(), where).isEmpty()) {
        declared.put(agent.name(), agent);
      }
    }
    List<Both> all = new ArrayList<>();
    ActivityQuery query = new ActivityQuery(range.from(), range.to(), null, environment);
    for (AgentActivity activity : framer.traces(viewer).activity(query)) {
      Agent agent = declared.remove(activity.agent());
      all.add(new Both(agent == null ? registered(activity.agent()) : agent, activity));
    }
    for (Agent agent : declared.values()) {
      if (environment == null
          || !views.registry().versionInForce(agent.name(), environment).equals("undeclared")) {
        all.add(new Both(agent, AgentActivity.none(agent.name(), true, range.from())));
      }
    }
    return all;
  }

  private static boolean registers(Reader viewer, String name) {
    return viewer.rights().may(Permission.DECLARE, Target.agent(name, "", Scopes.DEVELOPMENT));
  }

  /// An agent that was seen where no version of it is in force.
  private @Nullable Agent registered(String name) {
    return views.registry().agents().stream()
        .filter(agent -> agent.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private List<Team> teams(List<Both> known, FleetReader reader, FleetOrder order) {
    if (known.isEmpty()) {
      return List.of();
    }
    if (!order.byTeam()) {
      List<AgentRow> rows = order.sorted(known).stream().map(reader::row).toList();
      return List.of(
          new Team(order.words(), "all", Figures.of(rows.size(), "agent", "agents"), rows));
    }
    Map<String, List<Both>> byTeam =
        known.stream()
            .collect(Collectors.groupingBy(Both::team, TreeMap::new, Collectors.toList()));
    List<Team> teams = new ArrayList<>();
    byTeam.forEach((team, members) ->
        teams.add(
            new Team(
                team.isEmpty() ? "no team" : team,
                Digest.of(team).hex().substring(0, 12),
                Figures.of(members.size(), "agent", "agents"),
                order.sorted(members).stream().map(reader::row).toList())));
    return teams;
  }

  private static String nobody(Reader viewer, List<Both> all) {
    long registered = all.stream().filter(both -> both.agent() != null).count();
    return registered == 0
        ? viewer.seesAll() ? "Nobody is registered yet." : "No registered agent is yours to see."
        : "None of %s matches.".formatted(Figures.of(registered, "agent", "agents"));
  }

  private static String lede(List<Both> known, TimeRange range) {
    long teams = known.stream().map(Both::team).distinct().count();
    long runs = known.stream().mapToLong(both -> both.activity().runs()).sum();
    long open = known.stream().mapToLong(both -> both.activity().open()).sum();
    String who =
        "%s in %s."
            .formatted(
                Words.begin(Figures.of(known.size(), "agent", "agents")),
                Figures.of(teams, "team", "teams"));
    String did =
        " %s %s%s.%s"
            .formatted(
                Words.begin(Figures.of(runs, "run", "runs")),
                range.words(),
                open == 0 ? "" : ", " + Figures.count(open) + " still at work",
                cost(known));
    return who + did;
  }

  private static String cost(List<Both> known) {
    RunCost total = RunCost.NONE;
    for (Both both : known) {
      RunCost cost = both.activity().cost();
      BigDecimal sum = total.amount().add(cost.amount());
      total =
          new RunCost(
              sum,
              cost.priced() > 0 ? cost.currency() : total.currency(),
              total.priced() + cost.priced(),
              total.unknown() + cost.unknown());
    }
    if (total.priced() == 0 && total.unknown() == 0) {
      return "";
    }
    String calls = Figures.of(total.unknown(), "call", "calls");
    if (total.priced() == 0) {
      return " What they cost is unknown for all of " + calls + ".";
    }
    String amount = " They cost " + Figures.money(total.amount()) + " " + total.currency();
    return total.unknown() == 0
        ? amount + "."
        : amount + ", without " + calls + " whose cost is unknown.";
  }

  private static String strangersWords(List<AgentRow> strangers) {
    if (strangers.isEmpty()) {
      return "";
    }
    return strangers.size() == 1
        ? strangers.getFirst().name()
            + " sends spans but is not registered, so it has no owner and no known reach."
        : strangers.size()
            + " senders are not registered, so they have no owner and no known reach.";
  }

  private static String result(int known, int strangers, int all) {
    int shown = known + strangers;
    return shown == all
        ? Figures.of(shown, "agent", "agents")
        : Figures.count(shown) + " of " + Figures.of(all, "agent", "agents");
  }

  private String setup() {
    return "export OTEL_EXPORTER_OTLP_ENDPOINT="
        + views.otlpEndpoint()
        + "\nexport OTEL_SERVICE_NAME=my-agent"
        + "\nexport OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true";
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
