// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.release;

import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.frame.Crumb;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Pages;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.part.Empty;
import dev.steward.console.part.Link;
import dev.steward.console.release.ReleaseDeeds.Done;
import dev.steward.console.release.ReleasesPage.Row;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.access.Target;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.state.ActorName;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.Percent;
import dev.steward.domain.resource.Agent;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `/releases`, `/releases/agents/{name}` and `/releases/{id}`.
public final class ReleasesSection implements Section {
  private static final String AGENTS = "agents";
  private static final int ROWS_MAX = 100;
  private static final int AGENTS_MAX = 60;

  private final ConsoleViews views;
  private final Framer framer;
  private final ReleasePages pages;
  private final ReleaseDeeds deeds;

  public ReleasesSection(ConsoleViews views, Pages pages, InstantSource clock) {
    this.views = views;
    this.framer = pages.framer();
    this.pages = new ReleasePages(pages.framer(), views.canaries());
    this.deeds = new ReleaseDeeds(views, clock);
  }

  /// The address of an agent's stages.
  public static String ofAgent(String agent) {
    return "/releases/" + AGENTS + "/" + Percent.encoded(agent);
  }

  @Override
  public String segment() {
    return "releases";
  }

  @Override
  public PageResponse get(Visit visit) {
    State state = views.control().state();
    if (visit.depth() == 0) {
      return visit.html("releases", all(visit, state));
    }
    if (visit.depth() == 2 && visit.path().getFirst().equals(AGENTS)) {
      return agent(visit, state, visit.path().getLast())
          .map(agent -> visit.html("releases", one(visit, state, agent, "", "")))
          .orElseGet(visit::notFound);
    }
    return visit.depth() == 1
        ? release(visit, state, visit.path().getFirst())
            .map(record -> visit.html("release", pages.page(visit, state, record, "", "")))
            .orElseGet(visit::notFound)
        : visit.notFound();
  }

  @Override
  public Optional<LiveFeed> live(Visit visit) {
    if (visit.depth() != 1) {
      return Optional.empty();
    }
    String id = visit.path().getFirst();
    Supplier<State> state = views.control()::state;
    return release(visit, state.get(), id)
        .map(_ ->
            new ReleaseFeed(
                visit.request(),
                () -> release(visit, state.get(), id),
                record ->
                    visit
                        .pages()
                        .templates()
                        .render("releaseNow", pages.now(visit, state.get(), record))));
  }

  @Override
  public PageResponse post(Visit visit) {
    if (visit.depth() == 1) {
      return switch (visit.path().getFirst()) {
        case "start" -> ofAgent(visit, true);
        case "rollback" -> ofAgent(visit, false);
        default -> visit.notFound();
      };
    }
    if (visit.depth() != 2) {
      return visit.notFound();
    }
    String id = visit.path().getFirst();
    if (release(visit, views.control().state(), id).isEmpty()) {
      return visit.notFound();
    }
    try {
      Optional<String> done = deeds.act(visit, id, visit.path().getLast());
      return done.isEmpty() ? visit.notFound() : shown(visit, id, 200, done.get(), "");
    } catch (ApiException e) {
      return shown(visit, id, e.code().httpStatus(), "", String.valueOf(e.getMessage()));
    }
  }

  private PageResponse ofAgent(Visit visit, boolean start) {
    String name = visit.field("agent");
    Optional<Agent> agent = agent(visit, views.control().state(), name);
    if (agent.isEmpty()) {
      return visit.notFound();
    }
    try {
      Done done = start ? deeds.start(visit) : deeds.back(visit);
      if (!done.release().isEmpty()) {
        return shown(visit, done.release(), 200, done.words(), "");
      }
      return listed(visit, agent.get(), 200, done.words(), "");
    } catch (ApiException e) {
      return listed(visit, agent.get(), e.code().httpStatus(), "", String.valueOf(e.getMessage()));
    }
  }

  private PageResponse listed(Visit visit, Agent agent, int status, String done, String wrong) {
    return new PageResponse.Html(
        status,
        visit
            .pages()
            .templates()
            .render("releases", one(visit, views.control().state(), agent, done, wrong)));
  }

  private PageResponse shown(Visit visit, String id, int status, String done, String wrong) {
    State state = views.control().state();
    return release(visit, state, id)
        .<PageResponse>map(record ->
            new PageResponse.Html(
                status,
                visit
                    .pages()
                    .templates()
                    .render("release", pages.page(visit, state, record, done, wrong))))
        .orElseGet(visit::notFound);
  }

  private ReleasesPage all(Visit visit, State state) {
    Moments moments = framer.moments(visit.request());
    List<Row> rows = new ArrayList<>();
    int more = 0;
    for (ReleaseRecord record : state.releases().all().reversed()) {
      if (sees(visit.reader(), record, state)) {
        if (rows.size() < ROWS_MAX) {
          rows.add(row(record, state, moments));
        } else {
          more++;
        }
      }
    }
    List<Link> agents = new ArrayList<>();
    for (Agent agent : state.agents()) {
      if (agents.size() < AGENTS_MAX && visit.reader().sees(agent, agent.environments().names())) {
        agents.add(new Link(agent.name(), ofAgent(agent.name())));
      }
    }
    return new ReleasesPage(
        framer.single(visit.request(), "Releases", "releases", List.of(), ""),
        "Releases",
        "A version of an agent goes from stage to stage when the gates hold, and back at once.",
        "",
        "",
        List.of(),
        rows,
        agents,
        more == 0 ? "" : "and " + Figures.of(more, "older release", "older releases"),
        none(rows.isEmpty(), agents.isEmpty() ? "NAME" : agents.getFirst().words()));
  }

  private ReleasesPage one(Visit visit, State state, Agent agent, String done, String wrong) {
    Moments moments = framer.moments(visit.request());
    List<Row> rows = new ArrayList<>();
    for (ReleaseRecord record : state.releases().all().reversed()) {
      if (record.release().agent().equals(agent.name())
          && rows.size() < ROWS_MAX
          && sees(visit.reader(), record, state)) {
        rows.add(row(record, state, moments));
      }
    }
    return new ReleasesPage(
        framer.single(
            visit.request(),
            agent.name(),
            "releases",
            List.of(new Crumb("Releases", "/releases")),
            ""),
        agent.name(),
        "Which version is in force where, and the way there and back.",
        done,
        wrong,
        new Track(state, visit.request(), visit.reader(), moments).of(agent, ""),
        rows,
        List.of(),
        "",
        none(rows.isEmpty(), agent.name()));
  }

  private static @Nullable Empty none(boolean empty, String agent) {
    return empty
        ? Empty.of(
                "Nothing was released yet",
                "An applied version is in force in development. This takes it one stage on, as"
                    + " soon as the gates there hold.")
            .withCopy("steward release start " + agent + " --to staging --reason \"...\"")
        : null;
  }

  private static Row row(ReleaseRecord record, State state, Moments moments) {
    return new Row(
        Track.href(record.release().id()),
        record.release().agent(),
        ReleaseWords.version(record.release().version()),
        record.release().from() + " to " + record.release().to(),
        ReleaseWords.mark(record.state()),
        ReleaseWords.missing(record.state()),
        moments.of(record.start().at()),
        ActorName.of(record.start().by(), state),
        state.text(record.start().reason()).orElse("a reason that was erased"));
  }

  private static Optional<Agent> agent(Visit visit, State state, String name) {
    return state
        .agent(name)
        .filter(agent -> visit.reader().sees(agent, agent.environments().names()));
  }

  private static Optional<ReleaseRecord> release(Visit visit, State state, String id) {
    return state.releases().find(id).filter(record -> sees(visit.reader(), record, state));
  }

  private static boolean sees(Reader reader, ReleaseRecord record, State state) {
    String agent = record.release().agent();
    String team = state.agent(agent).map(Scopes::team).orElse("");
    return reader.rights().may(Permission.READ, Target.agent(agent, team, record.release().to()));
  }
}
