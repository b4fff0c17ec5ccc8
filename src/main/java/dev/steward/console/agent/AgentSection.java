// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.agent;

import dev.steward.console.format.Ids;
import dev.steward.console.frame.Pages;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.profile.AgentFacts;
import dev.steward.console.signal.AgentSignalPages;
import dev.steward.console.timeline.TimelinePages;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.PageResponse;
import dev.steward.domain.Percent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// `/agents/{name}`, `/agents/{name}/timeline`, `/agents/{name}/signals` and
/// `/agents/{name}/versions/{a}..{b}`. A name may hold slashes, as a sender chooses its own.
public final class AgentSection implements Section {
  private static final String VERSIONS = "versions";
  private static final String TIMELINE = "timeline";
  private static final String SIGNALS = "signals";

  private final AgentPages agents;
  private final VersionPages versions;
  private final TimelinePages timelines;
  private final AgentSignalPages signals;

  public AgentSection(ConsoleViews views, Pages pages) {
    agents = new AgentPages(views, pages.framer());
    versions = new VersionPages(pages.framer());
    timelines = new TimelinePages(pages.framer(), views.past());
    signals = new AgentSignalPages(pages.framer(), views.signals());
  }

  /// The address of an agent's page.
  public static String href(String name) {
    return Arrays.stream(name.split("/", -1))
        .map(Percent::encoded)
        .collect(Collectors.joining("/", "/agents/", ""));
  }

  @Override
  public String segment() {
    return "agents";
  }

  @Override
  public PageResponse get(Visit visit) {
    List<String> path = visit.path();
    int last = path.size() - 1;
    if (path.isEmpty()) {
      return new PageResponse.Redirect("/fleet");
    }
    if (last > 1 && path.get(last - 1).equals(VERSIONS) && path.get(last).contains("..")) {
      String name = String.join("/", path.subList(0, last - 1));
      return agents
          .find(visit.request(), visit.reader(), name)
          .flatMap(facts -> versions.page(visit.request(), facts, path.get(last)))
          .map(page -> visit.html("versions", page))
          .orElseGet(() -> noVersions(visit, name, path.get(last)));
    }
    if (last > 0 && path.get(last).equals(VERSIONS)) {
      return compared(visit, String.join("/", path.subList(0, last)));
    }
    if (last > 0 && path.get(last).equals(TIMELINE)) {
      return timeline(visit, String.join("/", path.subList(0, last)));
    }
    if (last > 0 && path.get(last).equals(SIGNALS)) {
      return signals(visit, String.join("/", path.subList(0, last)));
    }
    String name = String.join("/", path);
    return agents
        .find(visit.request(), visit.reader(), name)
        .map(facts -> visit.html("agent", agents.page(visit.request(), visit.reader(), facts)))
        .orElseGet(() -> nobody(visit, name));
  }

  private PageResponse signals(Visit visit, String name) {
    PageRequest request = TimelinePages.usual(visit.request());
    return agents
        .find(request, visit.reader(), name)
        .map(facts ->
            visit.html("signals", signals.page(request, visit.reader(), facts, href(name))))
        .orElseGet(() -> nobody(visit, name));
  }

  private PageResponse timeline(Visit visit, String name) {
    PageRequest request = TimelinePages.usual(visit.request());
    return agents
        .find(request, visit.reader(), name)
        .map(facts ->
            visit.html("timeline", timelines.page(request, visit.reader(), facts, href(name))))
        .orElseGet(() -> nobody(visit, name));
  }

  @Override
  public PageResponse post(Visit visit) {
    List<String> path = visit.path();
    int size = path.size();
    if (size < 3 || !path.subList(size - 2, size).equals(List.of("keys", "revoke"))) {
      return visit.notFound();
    }
    String name = String.join("/", path.subList(0, size - 2));
    Optional<AgentFacts> found = agents.find(visit.request(), visit.reader(), name);
    if (found.isEmpty()) {
      return nobody(visit, name);
    }
    int revoked = agents.revoke(visit.request(), visit.reader(), found.get());
    return new PageResponse.Redirect(href(name) + "?revoked=" + revoked);
  }

  /// What the form of two versions asks for, as an address that can be shared.
  private static PageResponse compared(Visit visit, String name) {
    String before = visit.request().parameter("a");
    String after = visit.request().parameter("b");
    return new PageResponse.Redirect(
        before == null || after == null || before.length() < 12 || after.length() < 12
            ? href(name)
            : Versions.diff(name, before, after));
  }

  private static PageResponse nobody(Visit visit, String name) {
    return visit
        .pages()
        .failures()
        .page(
            visit.request(),
            404,
            "No agent is called " + Ids.middle(name) + ", and no span came under that name lately.",
            "Look for it in the fleet; a sender shows there within a second of its first span.");
  }

  private static PageResponse noVersions(Visit visit, String name, String range) {
    return visit
        .pages()
        .failures()
        .page(
            visit.request(),
            404,
            name + " has no two versions " + range + ".",
            "Choose two of them on the page of the agent.");
  }
}
