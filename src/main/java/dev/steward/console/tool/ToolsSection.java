// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.tool;

import dev.steward.console.filter.Choice;
import dev.steward.console.filter.Filter;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Pages;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.part.Empty;
import dev.steward.console.part.FilterBar;
import dev.steward.console.part.Mark;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.PageResponse;
import dev.steward.control.tool.ToolStanding.Standing;
import dev.steward.domain.ApiException;
import dev.steward.domain.Percent;
import dev.steward.domain.resource.ToolServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `/tools`: tool servers, what they offer, and who may call it.
public final class ToolsSection implements Section {
  private static final String ACCESS = "access";
  private static final String EXAMPLE =
      """
      apiVersion: steward/v1
      kind: ToolServer
      metadata: {name: payments}
      spec: {owner: dana@example.com, url: https://payments.example.com/mcp}
      """;

  private final ConsoleViews views;
  private final Framer framer;
  private final Matrices matrices;
  private final ServerPages servers;
  private final Accepting accepting;

  public ToolsSection(ConsoleViews views, Pages pages) {
    this.views = views;
    this.framer = pages.framer();
    this.matrices = new Matrices(views, framer);
    this.servers = new ServerPages(views, framer, matrices);
    this.accepting = new Accepting(views.control());
  }

  @Override
  public String segment() {
    return "tools";
  }

  @Override
  public PageResponse get(Visit visit) {
    return switch (visit.depth()) {
      case 0 -> visit.html("tools", all(visit));
      case 1 ->
          find(visit)
              .map(seen -> visit.html("toolServer", servers.page(visit, seen, "", "")))
              .orElseGet(visit::notFound);
      default -> visit.notFound();
    };
  }

  @Override
  public PageResponse post(Visit visit) {
    if (visit.depth() != 2 || !visit.path().getLast().equals("accept")) {
      return visit.notFound();
    }
    Optional<SeenServer> seen = find(visit);
    if (seen.isEmpty()) {
      return visit.notFound();
    }
    try {
      String done = accepting.act(visit, seen.get());
      return visit.html(
          "toolServer", servers.page(visit, find(visit).orElse(seen.get()), done, ""));
    } catch (ApiException e) {
      ServerPage page = servers.page(visit, seen.get(), "", String.valueOf(e.getMessage()));
      return new PageResponse.Html(
          e.code().httpStatus(), visit.pages().templates().render("toolServer", page));
    }
  }

  private Optional<SeenServer> find(Visit visit) {
    String name = visit.path().getFirst();
    return SeenServer.all(views).stream()
        .filter(seen -> seen.server().name().equals(name))
        .findFirst();
  }

  private ToolsPage all(Visit visit) {
    List<SeenServer> all = SeenServer.all(views);
    boolean access = ACCESS.equals(visit.request().parameter("show"));
    Moments moments = framer.moments(visit.request());
    List<ToolsPage.Row> rows = new ArrayList<>();
    if (!access) {
      all.forEach(seen -> rows.add(row(seen, moments)));
    }
    return new ToolsPage(
        framer.single(visit.request(), "Tools", "tools", List.of(), ""),
        List.of(
            new Choice("/tools", "Servers", !access),
            new Choice("/tools?show=access", "Who may call what", access)),
        rows,
        access ? filters(visit, all) : null,
        access ? matrix(visit, all) : null,
        all.isEmpty()
            ? Empty.of(
                    "No tool server is declared",
                    "Agents have no tools through the gateway. Declare a server like this with"
                        + " steward apply -f, then accept its tools here.")
                .withCopy(EXAMPLE)
            : null);
  }

  private Matrix matrix(Visit visit, List<SeenServer> all) {
    String server = orEmpty(visit.request().parameter("server"));
    List<ToolServer> shown = new ArrayList<>();
    Map<String, String> hidden = new HashMap<>();
    for (SeenServer seen : all) {
      if (server.isEmpty() || seen.server().name().equals(server)) {
        shown.add(seen.server());
        hidden.putAll(seen.hidden());
      }
    }
    return matrices.of(
        new Matrices.Wish(
            views.control().state(),
            visit.reader(),
            shown,
            matrices.environment(visit),
            orEmpty(visit.request().parameter("q")).strip(),
            hidden));
  }

  private FilterBar filters(Visit visit, List<SeenServer> all) {
    List<String> names = new ArrayList<>();
    all.forEach(seen -> names.add(seen.server().name()));
    List<Choice> environments = new ArrayList<>();
    String chosen = matrices.environment(visit);
    for (String environment : matrices.environments(visit.reader())) {
      environments.add(new Choice(environment, environment, environment.equals(chosen)));
    }
    return new FilterBar(
        "/tools",
        true,
        "Agent or tool",
        orEmpty(visit.request().parameter("q")),
        List.of(
            new Filter("environment", "Environment", environments),
            new Filter(
                "server", "Server", Choice.anyOr(names, visit.request().parameter("server")))),
        Map.of("show", ACCESS));
  }

  private ToolsPage.Row row(SeenServer seen, Moments moments) {
    ToolServer server = seen.server();
    int changed = seen.count(Standing.CHANGED);
    int fresh = seen.count(Standing.NEW);
    int others = seen.count(Standing.GONE);
    int unreadable = seen.count(Standing.UNREADABLE);
    Instant declared = seen.declaredAt(views.control().state());
    Optional<Instant> asked = Optional.ofNullable(seen.offer()).flatMap(offer -> offer.seenAt());
    return new ToolsPage.Row(
        server.name(),
        "/tools/" + Percent.encoded(server.name()),
        ToolWords.kind(server),
        ToolWords.where(server),
        ToolWords.health(seen),
        seen.offer() == null ? "" : seen.offer().trouble(),
        ToolWords.lately(seen),
        ToolWords.now(seen),
        Figures.count(seen.count(Standing.ACCEPTED)),
        hidden(changed, fresh),
        words(others, unreadable),
        asked.map(moments::of).orElse(null),
        declared == null ? null : moments.of(declared));
  }

  private static @Nullable Mark hidden(int changed, int fresh) {
    if (changed > 0) {
      return new Mark(
          Mark.Tone.CRITICAL,
          Figures.count(changed) + " changed" + (fresh > 0 ? ", " + fresh + " new" : ""));
    }
    return fresh > 0 ? new Mark(Mark.Tone.WAITING, Figures.count(fresh) + " new") : null;
  }

  private static String words(int gone, int unreadable) {
    List<String> words = new ArrayList<>();
    if (gone > 0) {
      words.add(Figures.count(gone) + " not offered");
    }
    if (unreadable > 0) {
      words.add(Figures.count(unreadable) + " unreadable");
    }
    return String.join(", ", words);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
