// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.runs;

import dev.steward.console.agent.AgentSection;
import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.runs.SearchPage.Hit;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.domain.Percent;
import dev.steward.domain.resource.Agent;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.run.RunQueryDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// `/search?q=`: goes straight to the run, agent, conversation, task or ledger entry that the words
/// name; shows them where there are several; else the runs in which the words were said.
public final class SearchSection implements Section {
  private static final int AGENTS_MAX = 20;
  private static final int NAMED_RUNS_MAX = 5;

  private final ConsoleViews views;

  public SearchSection(ConsoleViews views) {
    this.views = views;
  }

  @Override
  public String segment() {
    return "search";
  }

  @Override
  public PageResponse get(Visit visit) {
    String words = visit.request().parameter("q");
    if (words == null) {
      return new PageResponse.Redirect("/runs");
    }
    Reader reader = visit.reader();
    List<Hit> hits = hits(visit, words);
    boolean exact = hits.size() == 1 && hits.getFirst().name().equals(words);
    if (exact) {
      return new PageResponse.Redirect(hits.getFirst().href());
    }
    String said = reader.readsAllContent() ? PageUrl.of("/runs").with("q", words).toString() : "";
    if (hits.isEmpty() && !said.isEmpty()) {
      return new PageResponse.Redirect(said);
    }
    Framer framer = visit.pages().framer();
    return visit.html(
        "search",
        new SearchPage(
            framer.single(visit.request(), "Search", "", List.of(), ""), words, hits, said));
  }

  private List<Hit> hits(Visit visit, String words) {
    Reader reader = visit.reader();
    Framer framer = visit.pages().framer();
    Moments moments = framer.moments(visit.request());
    List<Hit> hits = new ArrayList<>();
    if (words.matches("[0-9a-f-]{16,}")) {
      framer
          .traces(reader)
          .run(words)
          .filter(reader::sees)
          .ifPresent(run ->
              hits.add(
                  new Hit(
                      "Run",
                      words,
                      "/runs/" + Percent.encoded(words),
                      "of %s, %s".formatted(run.agent(), moments.of(run.startedAt()).relative()))));
    }
    agents(visit, words, hits);
    TraceQueries traces = framer.traces(reader);
    RunQuery ofConversation = named(RunQueryDraft.runs().conversation(words));
    joined("Conversation", words, "/conversations/", ofConversation, traces, hits);
    RunQuery ofTask = named(RunQueryDraft.runs().task(words));
    joined("Task", words, "/tasks/", ofTask, traces, hits);
    if (reader.seesAll()
        && words.matches("\\d{1,18}")
        && views.ledger().line(Long.parseLong(words)).isPresent()) {
      hits.add(
          new Hit(
              "Ledger entry",
              words,
              "/ledger/" + Long.parseLong(words),
              "of " + Figures.exact(views.ledger().head().size())));
    }
    return hits;
  }

  private void agents(Visit visit, String words, List<Hit> hits) {
    String part = words.toLowerCase(Locale.ROOT);
    Framer framer = visit.pages().framer();
    Set<String> names = new TreeSet<>(framer.names(visit.reader()).agents());
    Set<String> registered = new TreeSet<>();
    for (Agent agent : framer.seen(visit.reader(), views.registry().agents())) {
      registered.add(agent.name());
    }
    names.addAll(registered);
    List<String> found =
        names.contains(words)
            ? List.of(words)
            : names.stream().filter(name -> name.toLowerCase(Locale.ROOT).contains(part)).toList();
    for (String name : found.stream().limit(AGENTS_MAX).toList()) {
      hits.add(
          new Hit(
              "Agent",
              name,
              AgentSection.href(name),
              registered.contains(name) ? "" : "not registered"));
    }
  }

  private void joined(
      String kind, String words, String path, RunQuery query, TraceQueries traces, List<Hit> hits) {
    List<Run> runs = traces.runs(query).items();
    boolean its = !runs.isEmpty() && !runs.getFirst().id().equals(words);
    if (its) {
      hits.add(
          new Hit(kind, words, path + Percent.encoded(words), "of " + runs.getFirst().agent()));
    }
  }

  private static RunQuery named(RunQueryDraft what) {
    return what.descending().limit(NAMED_RUNS_MAX).build();
  }
}
