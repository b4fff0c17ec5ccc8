// SPDX-License-Identifier: Apache-2.0
package dev.steward.console;

import dev.steward.console.agent.AgentSection;
import dev.steward.console.alert.AlertSection;
import dev.steward.console.approval.ApprovalsSection;
import dev.steward.console.budget.BudgetsSection;
import dev.steward.console.cost.CostSection;
import dev.steward.console.drift.DriftSection;
import dev.steward.console.filter.PageUrl;
import dev.steward.console.fleet.FleetSection;
import dev.steward.console.frame.Failures;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Pages;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Templates;
import dev.steward.console.frame.Visit;
import dev.steward.console.guide.KeysSection;
import dev.steward.console.guide.StyleguideSection;
import dev.steward.console.incident.IncidentSection;
import dev.steward.console.ingest.IngestSection;
import dev.steward.console.joined.JoinedSection;
import dev.steward.console.joined.Kinship;
import dev.steward.console.ledger.LedgerSection;
import dev.steward.console.live.LiveSection;
import dev.steward.console.now.NowSection;
import dev.steward.console.policy.PoliciesSection;
import dev.steward.console.proposal.ProposalsSection;
import dev.steward.console.release.ReleasesSection;
import dev.steward.console.run.RunsSection;
import dev.steward.console.runs.CompareSection;
import dev.steward.console.runs.SearchSection;
import dev.steward.console.settings.SettingsSection;
import dev.steward.console.start.StartSection;
import dev.steward.console.stop.StopSection;
import dev.steward.console.tool.ToolsSection;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.LiveFeed;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.console.web.StaticFiles;
import dev.steward.domain.ApiException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The web pages: takes a request for a page, answers with HTML made from views.
public final class Console {
  /// To be sent with every page.
  public static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
          + " object-src 'none'";

  private static final String START = "/now";

  private final StaticFiles files = new StaticFiles();
  private final Failures failures;
  private final Pages pages;
  private final Map<String, Section> sections = new HashMap<>();

  public Console(ConsoleViews views, InstantSource clock) {
    Templates templates = new Templates();
    Framer framer = new Framer(views, clock, files);
    failures = new Failures(framer, templates);
    pages = new Pages(framer, templates, failures);
    add(new NowSection(views, pages));
    add(new FleetSection(views, pages));
    add(new AgentSection(views, pages));
    add(new RunsSection(views, pages));
    add(new LiveSection(views, pages));
    add(new ApprovalsSection(views, pages, clock));
    add(new ReleasesSection(views, pages, clock));
    add(new DriftSection(views, pages, clock));
    add(new AlertSection(views, pages, clock));
    add(new IncidentSection(views, pages, clock));
    add(new CompareSection());
    add(new JoinedSection(Kinship.CONVERSATION, views, pages));
    add(new JoinedSection(Kinship.TASK, views, pages));
    add(new SearchSection(views));
    add(new CostSection(views, pages));
    add(new BudgetsSection(views, pages));
    add(new PoliciesSection(views, pages, clock));
    add(new ProposalsSection(views, pages));
    add(new ToolsSection(views, pages));
    add(new LedgerSection(views, pages));
    add(new IngestSection(views, pages));
    add(new SettingsSection(views, pages));
    add(new StopSection(views, pages));
    add(new StartSection(views, pages));
    add(new KeysSection());
    add(new StyleguideSection());
  }

  private void add(Section section) {
    sections.put(section.segment(), section);
  }

  /// The files under `/static/`.
  public StaticFiles files() {
    return files;
  }

  /// Answers a request for any page: `/`, `/login` (GET), and those of the sections. Without a
  /// reader every page but the login redirects to it.
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
    Visit visit = new Visit(request, reader, path.subList(2, path.size()), pages);
    return Optional.ofNullable(sections.get(path.get(1)))
        .filter(section -> section.opensTo(reader))
        .flatMap(section -> section.live(visit));
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
    if (first.isEmpty()) {
      return new PageResponse.Redirect(START);
    }
    Section section = sections.get(first);
    if (section == null) {
      return failures.notFound(request);
    }
    if (!section.opensTo(reader)) {
      return failures.needs(
          request, section.about(), "a role for the whole server, and yours is for a part of it");
    }
    Visit visit = new Visit(request, reader, path.subList(1, path.size()), pages);
    return request.method().equals("POST") ? post(visit, section) : section.get(visit);
  }

  private PageResponse post(Visit visit, Section section) {
    PageRequest request = visit.request();
    return request.csrf().equals(request.form().get("csrf"))
        ? section.post(visit)
        : failures.page(
            request,
            403,
            "The form did not come from a page of this session, so nothing was done.",
            "Reload the page and send it again; log in anew if it stays so.");
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
