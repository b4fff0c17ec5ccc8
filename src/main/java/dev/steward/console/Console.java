// SPDX-License-Identifier: Apache-2.0
package dev.steward.console;

import dev.steward.console.fleet.FleetFeed;
import dev.steward.console.fleet.FleetPages;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.PageUrl;
import dev.steward.console.frame.Templates;
import dev.steward.console.ingest.IngestFeed;
import dev.steward.console.ingest.IngestPages;
import dev.steward.console.ledger.LedgerPages;
import dev.steward.console.run.RunPage;
import dev.steward.console.run.RunPages;
import dev.steward.console.runs.RunsPages;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.console.web.StaticFiles;
import dev.steward.domain.ApiException;
import dev.steward.trace.run.Run;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The web pages: takes a request for a page, answers with HTML made from views.
public final class Console {
  /// To be sent with every page.
  public static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
          + " object-src 'none'";

  private final ConsoleViews views;
  private final StaticFiles files = new StaticFiles();
  private final Templates templates = new Templates();
  private final FleetPages fleet;
  private final RunsPages runs;
  private final RunPages run;
  private final LedgerPages ledger;
  private final IngestPages ingest;
  private final Failures failures;

  public Console(ConsoleViews views, InstantSource clock) {
    this.views = views;
    Framer framer = new Framer(views, clock, files);
    fleet = new FleetPages(views, framer);
    runs = new RunsPages(views, framer, templates);
    run = new RunPages(views, framer, templates);
    ledger = new LedgerPages(views, framer);
    ingest = new IngestPages(views, framer);
    failures = new Failures(framer, templates);
  }

  /// The files under `/static/`.
  public StaticFiles files() {
    return files;
  }

  /// Answers a request for any page: `/`, `/login` (GET), `/search`, `/fleet`, `/runs...`,
  /// `/ledger...`, `/ingest...`. Without a reader every page but the login redirects to it.
  public PageResponse handle(PageRequest request) {
    try {
      PageResponse response = route(request);
      return response instanceof PageResponse.Html html ? remember(request, html) : response;
    } catch (ApiException e) {
      return failures.of(request, e);
    }
  }

  /// The feed of an address under `/live/`, empty where there is none or nobody is logged in.
  public Optional<LiveFeed> live(PageRequest request) {
    Reader reader = request.reader();
    List<String> path = segments(request);
    if (reader == null || path.size() < 2 || !path.getFirst().equals("live")) {
      return Optional.empty();
    }
    return switch (path.get(1)) {
      case "fleet" -> Optional.of(new FleetFeed(fleet, templates, request, reader));
      case "runs" ->
          path.size() == 2
              ? Optional.of(runs.feed(request, reader))
              : find(path.get(2), reader).map(found -> run.feed(request, reader, found));
      case "ingest" ->
          reader.seesAll()
              ? Optional.of(new IngestFeed(ingest, templates, request, reader))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /// The login page with what went wrong, for the server to answer a refused `POST /login` (fields
  /// `token` and `next`).
  public PageResponse loginRefused(PageRequest request, String reason) {
    return failures.login(request, 401, reason);
  }

  /// A page for a failure met outside of the console.
  ///
  /// @param cause what happened, in a sentence
  /// @param remedy what the reader can do about it
  public PageResponse failure(PageRequest request, int status, String cause, String remedy) {
    return failures.page(request, status, cause, remedy);
  }

  private PageResponse route(PageRequest request) {
    List<String> path = segments(request);
    String first = path.isEmpty() ? "" : path.getFirst();
    if (first.equals("login")) {
      return failures.login(request, 200, "");
    }
    Reader reader = request.reader();
    if (reader == null) {
      return toLogin(request);
    }
    if (request.method().equals("POST")) {
      return post(request, reader, path);
    }
    if (first.isEmpty()) {
      return new PageResponse.Redirect("/fleet");
    }
    if (!reader.seesAll() && (first.equals("ledger") || first.equals("ingest"))) {
      return failures.forbidden(request, "see what concerns the whole server");
    }
    return switch (first) {
      case "search" -> search(request, reader);
      case "fleet" -> only(path, 1, request, () -> html("fleet", fleet.page(request, reader)));
      case "runs" -> runs(request, reader, path);
      case "ledger" -> ledger(request, path);
      case "ingest" -> only(path, 1, request, () -> html("ingest", ingest.page(request, reader)));
      default -> failures.notFound(request);
    };
  }

  private PageResponse runs(PageRequest request, Reader reader, List<String> path) {
    if (path.size() == 1) {
      return html("runs", runs.page(request, reader));
    }
    Optional<Run> found = find(path.get(1), reader);
    if (found.isEmpty()) {
      return failures.noSuchRun(request, path.get(1));
    }
    String view = path.size() == 2 ? "conversation" : path.get(2);
    return switch (view) {
      case "conversation", "waterfall", "raw" ->
          path.size() > 3
              ? failures.notFound(request)
              : html("run", run.page(request, reader, found.get(), view));
      case "waterfall.json" ->
          new PageResponse.Data("application/json", "", run.waterfall(found.get()));
      case "steps" -> step(request, reader, found.get(), path);
      default -> failures.notFound(request);
    };
  }

  private PageResponse step(PageRequest request, Reader reader, Run found, List<String> path) {
    if (path.size() == 4) {
      Optional<RunPage> page = run.whole(request, reader, found, path.get(3));
      return page.<PageResponse>map(p -> html("run", p))
          .orElseGet(() -> failures.notFound(request));
    }
    if (path.size() == 5 && path.get(4).equals("detail")) {
      return run.detail(request, reader, found, path.get(3))
          .<PageResponse>map(detail -> html("detail", detail))
          .orElseGet(() -> failures.notFound(request));
    }
    return failures.notFound(request);
  }

  private PageResponse ledger(PageRequest request, List<String> path) {
    if (path.size() == 1) {
      return html("ledger", ledger.page(request));
    }
    return ledger
        .entry(request, path.get(1))
        .<PageResponse>map(page -> html("ledgerEntry", page))
        .orElseGet(() -> failures.notFound(request));
  }

  private PageResponse post(PageRequest request, Reader reader, List<String> path) {
    if (!request.csrf().equals(request.form().get("csrf"))) {
      return failures.page(
          request,
          403,
          "The form did not come from a page of this session, so nothing was done.",
          "Reload the page and send it again; log in anew if it stays so.");
    }
    if (path.size() == 3 && path.getFirst().equals("ingest")) {
      return reader.operates()
          ? ingest.act(request, reader, path.get(2))
          : failures.forbidden(request, "retry or drop dead letters");
    }
    return failures.notFound(request);
  }

  /// Goes straight to a run or an agent when the words name one.
  private PageResponse search(PageRequest request, Reader reader) {
    String words = request.parameter("q");
    if (words == null) {
      return new PageResponse.Redirect("/runs");
    }
    if (words.matches("[0-9a-f-]{16,}") && find(words, reader).isPresent()) {
      return new PageResponse.Redirect("/runs/" + PageUrl.segment(words));
    }
    boolean agent = views.registry().agents().stream().anyMatch(a -> a.name().equals(words));
    return new PageResponse.Redirect(
        PageUrl.of("/runs").with(agent ? "agent" : "q", words).toString());
  }

  /// A run, as if it were not there when it may not be seen.
  private Optional<Run> find(String id, Reader reader) {
    return views.traces().run(id).filter(reader::sees);
  }

  private PageResponse html(String template, Object model) {
    return new PageResponse.Html(200, templates.render(template, model));
  }

  private PageResponse only(
      List<String> path,
      int size,
      PageRequest request,
      java.util.function.Supplier<PageResponse> page) {
    return path.size() == size ? page.get() : failures.notFound(request);
  }

  private static PageResponse toLogin(PageRequest request) {
    String here = new PageUrl(request.path(), request.query()).toString();
    return new PageResponse.Redirect(PageUrl.of("/login").with("next", here).toString());
  }

  /// A theme that was asked for in the address is kept for the pages that follow.
  private static PageResponse remember(PageRequest request, PageResponse.Html html) {
    String theme = request.parameter("theme");
    if (!"light".equals(theme) && !"dark".equals(theme)) {
      return html;
    }
    return html.with("Set-Cookie", "theme=" + theme + "; Path=/; Max-Age=31536000; SameSite=Lax");
  }

  private static List<String> segments(PageRequest request) {
    return java.util.Arrays.stream(request.path().split("/", -1))
        .filter(s -> !s.isEmpty())
        .toList();
  }
}
