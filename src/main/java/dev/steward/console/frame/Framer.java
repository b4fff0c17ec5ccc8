// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.frame;

import dev.steward.console.filter.Choice;
import dev.steward.console.filter.Facets;
import dev.steward.console.filter.PageUrl;
import dev.steward.console.filter.TimeRange;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.part.Mark;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.view.IncidentSight;
import dev.steward.console.view.LedgerReading;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.console.web.StaticFiles;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.state.State;
import dev.steward.domain.resource.Agent;
import dev.steward.insight.alert.AlertSight;
import dev.steward.insight.alert.Standing;
import dev.steward.insight.sight.AgentSight;
import dev.steward.insight.sight.RecentAgents;
import dev.steward.trace.TraceQueries;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Builds what stands around a page from its request.
public final class Framer {
  private static final String ENVIRONMENT = "environment";
  private static final String RANGE = "range";
  private static final ZoneId UTC = ZoneId.of("UTC");

  private final ConsoleViews views;
  private final InstantSource clock;
  private final StaticFiles files;
  private final RecentAgents lately;
  private final Facets facets;

  public Framer(ConsoleViews views, InstantSource clock, StaticFiles files) {
    this.views = views;
    this.clock = clock;
    this.files = files;
    lately = new RecentAgents(views.traces(), clock);
    facets = new Facets(lately, clock);
  }

  /// The names that filters offer to this reader.
  public Facets.Names names(@Nullable Reader reader) {
    return reader == null ? Facets.Names.NONE : facets.names(reader, sight(reader));
  }

  /// Which agents the reader may see.
  public AgentSight sight(Reader reader) {
    return new AgentSight(reader.rights()::may, AgentSight.teams(views.registry().agents()));
  }

  /// Those of the registered agents that the reader may see somewhere.
  public List<Agent> seen(Reader reader, Collection<Agent> agents) {
    AgentSight sight = sight(reader);
    Set<String> lately = Set.copyOf(names(reader).agents());
    List<Agent> seen = new ArrayList<>();
    for (Agent agent : agents) {
      String name = agent.name();
      if (sight.wholly(name)
          || lately.contains(name)
          || !sight.in(name, views.control().state().environments(name).keySet()).isEmpty()) {
        seen.add(agent);
      }
    }
    return seen;
  }

  /// The traces as the reader may see them: the only ones that pages ask.
  public TraceQueries traces(Reader reader) {
    return lately.traces(sight(reader));
  }

  /// The time range of a request.
  public TimeRange range(PageRequest request) {
    return TimeRange.of(request.parameter(RANGE), clock.instant());
  }

  public Moments moments(PageRequest request) {
    return new Moments(zone(request), clock.instant());
  }

  /// The address of a request without what only steers how it is shown.
  public PageUrl url(PageRequest request) {
    return new PageUrl(request.path(), request.query()).without("theme");
  }

  /// The frame of a page that is about a stretch of time.
  public Frame ranged(PageRequest request, String title, String section, String live) {
    return ranged(request, title, section, List.of(), live);
  }

  /// The frame of a page that is about one thing in a stretch of time.
  public Frame ranged(
      PageRequest request, String title, String section, List<Crumb> crumbs, String live) {
    PageUrl url = url(request);
    return frame(
        request,
        title,
        section,
        crumbs,
        Choice.anyOr(names(request.reader()).environments(), request.parameter(ENVIRONMENT)),
        ranges(request),
        live.isEmpty() ? "" : new PageUrl(live, url.parameters()).toString());
  }

  /// What the time range can be, and that it is another where the address names its own ends.
  private List<Choice> ranges(PageRequest request) {
    boolean custom = request.parameter("from") != null || request.parameter("to") != null;
    List<Choice> choices = new ArrayList<>();
    if (custom) {
      choices.add(new Choice("", "Custom", true));
    }
    choices.addAll(TimeRange.choices(custom ? "" : range(request).key()));
    return choices;
  }

  /// The frame of a page that is about one thing.
  public Frame single(
      PageRequest request, String title, String section, List<Crumb> crumbs, String live) {
    return frame(request, title, section, crumbs, List.of(), List.of(), live);
  }

  private Frame frame(
      PageRequest request,
      String title,
      String section,
      List<Crumb> crumbs,
      List<Choice> environments,
      List<Choice> ranges,
      String live) {
    PageUrl url = url(request);
    return new Frame(
        title,
        crumbs,
        request.reader() == null ? List.of() : nav(url, section, request.reader()),
        url,
        moments(request),
        environments,
        ranges,
        new TreeMap<>(url.without(ENVIRONMENT, RANGE, "from", "to", "cursor", "head").parameters()),
        ledgerMark(request),
        request.reader(),
        request.csrf(),
        theme(request),
        live,
        assets(),
        request.fragment());
  }

  private List<NavItem> nav(PageUrl url, String section, Reader reader) {
    List<NavItem> items = new ArrayList<>();
    for (Navigation.Entry entry : Navigation.ENTRIES) {
      if (!entry.wholeServer() || reader.seesAll()) {
        items.add(item(entry, url, section, waiting(entry, reader)));
      }
    }
    return items;
  }

  /// What waits behind an entry.
  private record Waiting(long count, String mark, String words) {}

  private Waiting waiting(Navigation.Entry entry, Reader reader) {
    return switch (entry.segment()) {
      case "ingest" -> {
        long letters = views.ingest().knownDeadLetters();
        yield new Waiting(
            letters, "critical", Figures.of(letters, "span", "spans") + " could not be loaded");
      }
      case "approvals" -> {
        long calls = views.live().approvals().pending(reader.actor());
        yield new Waiting(calls, "warning", Figures.of(calls, "call waits", "calls wait"));
      }
      case "drift" -> {
        long alarms = openAlarms(reader);
        yield new Waiting(
            alarms, "warning", Figures.of(alarms, "alarm of drift", "alarms of drift") + " open");
      }
      case "alerts" -> {
        long firing = firingAlerts(reader);
        yield new Waiting(firing, "critical", Figures.of(firing, "alert fires", "alerts fire"));
      }
      case "incidents" -> {
        long open = new IncidentSight(reader, views.control().state()).open();
        yield new Waiting(open, "critical", Figures.of(open, "incident", "incidents") + " open");
      }
      default -> new Waiting(0, "", "");
    };
  }

  /// Those that people are told of and nobody has taken on.
  private long firingAlerts(Reader reader) {
    State state = views.control().state();
    Instant now = clock.instant();
    AlertSight sight = new AlertSight(reader.rights()::may, state);
    return state.alerts().open().stream()
        .filter(alert -> Standing.of(alert, state.alerts(), now) == Standing.FIRING)
        .filter(sight::sees)
        .count();
  }

  private static boolean sees(Reader reader, State state, String agent, String environment) {
    return reader
        .rights()
        .may(Permission.READ, Target.agent(agent, state.team(agent), environment));
  }

  /// Alarms of drift that nobody has closed, where the reader sees the agent.
  private long openAlarms(Reader reader) {
    State state = views.control().state();
    return state.baselines().alarms().stream()
        .filter(alarm -> alarm.open() && sees(reader, state, alarm.agent(), alarm.environment()))
        .count();
  }

  private static NavItem item(
      Navigation.Entry entry, PageUrl url, String section, Waiting waiting) {
    boolean none = waiting.count() == 0;
    return new NavItem(
        entry.label(),
        url.to("/" + entry.segment(), ENVIRONMENT, RANGE).toString(),
        entry.segment(),
        none ? "" : Figures.count(waiting.count()),
        none ? "critical" : waiting.mark(),
        none ? "" : waiting.words(),
        entry.segment().equals(section) ? "page" : null);
  }

  private Frame.LedgerMark ledgerMark(PageRequest request) {
    if (request.reader() == null) {
      return new Frame.LedgerMark(new Mark(Mark.Tone.UNKNOWN, "Ledger"), "", "");
    }
    LedgerReading.Head head = views.ledger().head();
    Instant signedAt = head.signedAt();
    // how much there is would tell of what the reader may not see
    boolean counted = request.reader().seesAll();
    String entries = counted ? Figures.of(head.size(), "entry", "entries") : "";
    if (signedAt == null) {
      return new Frame.LedgerMark(
          new Mark(Mark.Tone.UNKNOWN, "Ledger unsigned"), entries, "no checkpoint is signed yet");
    }
    String when = "signed " + moments(request).of(signedAt).relative();
    String signed =
        counted
            ? "checkpoint of %s entries, %s".formatted(Figures.exact(head.checkpointSize()), when)
            : when;
    return head.checkpointSize() == head.size()
        ? new Frame.LedgerMark(new Mark(Mark.Tone.OK, "Ledger signed"), entries, signed)
        : new Frame.LedgerMark(new Mark(Mark.Tone.WAITING, "Ledger signing"), entries, signed);
  }

  private static @Nullable String theme(PageRequest request) {
    String asked = request.parameter("theme");
    String theme = asked == null ? request.cookies().get("theme") : asked;
    return "light".equals(theme) || "dark".equals(theme) ? theme : null;
  }

  private static ZoneId zone(PageRequest request) {
    String zone = request.cookies().get("zone");
    if (zone == null) {
      return UTC;
    }
    try {
      // one that the reader chose ends so, and the script leaves it alone
      return ZoneId.of(zone.endsWith("!") ? zone.substring(0, zone.length() - 1) : zone);
    } catch (DateTimeException e) {
      // a cookie is the reader's own word: one that names no zone is as good as none
      return UTC;
    }
  }

  private Map<String, String> assets() {
    return files.paths();
  }
}
