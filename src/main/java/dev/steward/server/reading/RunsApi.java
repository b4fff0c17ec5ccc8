// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.reading;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.registry.AgentFilter;
import dev.steward.control.registry.Registry;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.SpanKind;
import dev.steward.server.access.Need;
import dev.steward.server.api.Asked;
import dev.steward.server.api.Labels;
import dev.steward.server.api.Sight;
import dev.steward.server.export.RunsCsv;
import dev.steward.server.history.History;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.shape.RunItem;
import dev.steward.server.shape.SpanDetail;
import dev.steward.trace.RunCosts;
import dev.steward.trace.gateway.OneStep;
import dev.steward.trace.graph.AgentGraph;
import dev.steward.trace.rate.ContextWindows;
import dev.steward.trace.run.Page;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.span.ModelFacts;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Runs, their spans and what was said in them.
public final class RunsApi {
  private static final String GROUP = "Runs";
  private static final int EXPORTED_MAX = 10_000;

  private final Supplier<State> state;
  private final History history;
  private final ContextWindows windows;
  private final Function<String, List<String>> retrieved;

  /// @param retrieved what retrievals of a trace returned otherwise than it was known
  public RunsApi(
      Supplier<State> state,
      History history,
      ContextWindows windows,
      Function<String, List<String>> retrieved) {
    this.retrieved = retrieved;
    this.state = state;
    this.history = history;
    this.windows = windows;
  }

  /// One page of runs.
  ///
  /// @param next to be sent as `cursor` for the page behind it, null on the last
  public record RunList(List<RunItem> items, @Nullable String next) {}

  public List<Route> routes() {
    return List.of(
        new RunFilter()
            .documented(
                Route.get("/api/v1/runs", Need.READ).about(GROUP, "Runs, the newest first."))
            .gives(RunList.class)
            .by(this::list),
        new RunFilter()
            .documented(
                Route.get("/api/v1/runs.csv", Need.READ)
                    .about(
                        GROUP,
                        "Runs as comma-separated values, at most 10,000; what is not known is"
                            + " empty. `limit` is not heeded."))
            .gives("text/csv")
            .by(this::csv),
        Route.get("/api/v1/runs/{id}", Need.READ)
            .about(GROUP, "One run, by its id or its trace's, with its spans and judgements.")
            .gives(RunWithSpans.class)
            .by(this::one),
        Route.get("/api/v1/runs/{id}/graph", Need.READ)
            .about(GROUP, "Who worked with whom in the run's trace.")
            .gives(AgentGraph.class)
            .by(this::graph),
        Route.get("/api/v1/runs/{id}/spans/{span}", Need.of(Permission.READ_CONTENT))
            .about(GROUP, "Everything known of one span, what was said included.")
            .gives(SpanDetail.class)
            .by(this::span),
        Route.get("/api/v1/content/{hash}", Need.of(Permission.READ_CONTENT))
            .about(GROUP, "A stored message or body by its SHA-256.")
            .gives("application/json")
            .by(this::content));
  }

  private Reply list(Exchange exchange) {
    Sight sight = new Sight(exchange.caller(), state.get());
    Page<Run> page = history.traces().runs(query(exchange, sight));
    boolean searched = searched(exchange);
    List<RunItem> items =
        page.items().stream()
            .filter(r -> found(r, searched, sight))
            .map(r -> RunItem.of(r, sight.readsContent(r)))
            .toList();
    return Reply.json(new RunList(items, page.next()));
  }

  private Reply csv(Exchange exchange) {
    Sight sight = new Sight(exchange.caller(), state.get());
    RunsCsv csv = new RunsCsv();
    RunQuery query = query(exchange, sight).atMost(Asked.LIMIT_MAX);
    boolean searched = searched(exchange);
    String next = query.cursor();
    int written = 0;
    do {
      Page<Run> page = history.traces().runs(query.behind(next));
      for (Run run : page.items()) {
        if (found(run, searched, sight)) {
          csv.add(run, sight.readsContent(run));
        }
      }
      written += page.items().size();
      next = page.next();
    } while (next != null && written < EXPORTED_MAX);
    return Reply.bytes("text/csv; charset=utf-8", csv.toString().getBytes(StandardCharsets.UTF_8))
        .with("Content-Disposition", "attachment; filename=\"runs.csv\"");
  }

  private RunQuery query(Exchange exchange, Sight sight) {
    Asked asked = new Asked(exchange);
    Optional<Set<String>> wanted = agents(asked, exchange, sight, state.get());
    Optional<Set<String>> read = searched(exchange) ? sight.read() : Optional.empty();
    if (read.isPresent()) {
      if (read.get().isEmpty()) {
        exchange.caller().require(Permission.READ_CONTENT, Target.SERVER);
      }
      wanted = Optional.of(both(wanted, read.get()));
    }
    return new RunFilter().query(asked, wanted.orElse(null));
  }

  private static boolean searched(Exchange exchange) {
    return new Asked(exchange).text("text").isPresent();
  }

  /// A search must not tell what was said to who may not read all of it.
  private boolean found(Run run, boolean searched, Sight sight) {
    return sight.sees(run) && (!searched || TraceSight.readsAll(run, sight, history.traces()));
  }

  /// The agents that are asked for, by name or label, and may be seen; empty for all.
  private static Optional<Set<String>> agents(
      Asked asked, Exchange exchange, Sight sight, State state) {
    Optional<Set<String>> wanted = asked.text("agent").map(Set::of);
    if (!exchange.queryAll("label").isEmpty()) {
      AgentFilter filter = AgentFilter.ALL.withLabels(Labels.of(exchange.queryAll("label")));
      Set<String> labelled =
          new Registry(state)
              .agents(filter).stream().map(a -> a.metadata().name()).collect(Collectors.toSet());
      wanted = Optional.of(both(wanted, labelled));
    }
    Optional<Set<String>> visible = sight.agents();
    return visible.isEmpty() ? wanted : Optional.of(both(wanted, visible.get()));
  }

  private static Set<String> both(Optional<Set<String>> some, Set<String> others) {
    return some.map(s -> s.stream().filter(others::contains).collect(Collectors.toSet()))
        .orElse(others);
  }

  private Reply one(Exchange exchange) {
    Sight sight = new Sight(exchange.caller(), state.get());
    Run run = run(exchange, sight);
    TraceSight trace = TraceSight.outline(run, sight, history.traces());
    return Reply.json(
        RunWithSpans.of(
            run,
            RunCosts.of(history.traces(), run),
            OneStep.of(trace.seen()),
            trace.seen(history.traces().evaluations(run.traceId())),
            retrieved.apply(run.traceId()),
            sight.readsContent(run)));
  }

  private Reply graph(Exchange exchange) {
    Sight sight = new Sight(exchange.caller(), state.get());
    TraceSight trace = TraceSight.whole(run(exchange, sight), sight, history.traces());
    AgentGraph graph = AgentGraph.of(OneStep.of(trace.seen()));
    return Reply.json(trace.allRead() ? graph : graph.withoutContent());
  }

  private Reply span(Exchange exchange) {
    Sight sight = new Sight(exchange.caller(), state.get());
    Run run = run(exchange, sight);
    SpanKey key = new SpanKey(run.traceId(), exchange.pathParameter("span"));
    TraceSight trace = TraceSight.outline(run, sight, history.traces());
    for (Span seen : trace.seen()) {
      if (seen.key().equals(key)) {
        exchange.caller().require(Permission.READ_CONTENT, Sight.target(trace.runOf(seen)));
        Span whole = whole(key, trace.seen()).orElseThrow(() -> noSpan(key));
        return Reply.json(SpanDetail.of(whole, window(whole)));
      }
    }
    throw noSpan(key);
  }

  /// The span with what the gateway tells of the same call.
  private Optional<Span> whole(SpanKey key, List<Span> seen) {
    Span gateway = OneStep.pairs(seen).get(key.spanId());
    Optional<Span> span = history.traces().span(key);
    if (gateway == null || span.isEmpty()) {
      return span;
    }
    return history
        .traces()
        .span(gateway.key())
        .map(told -> OneStep.merged(span.get(), told))
        .or(() -> span);
  }

  private @Nullable Long window(Span span) {
    ModelFacts model = span.model();
    if (span.kind() != SpanKind.MODEL || model == null) {
      return null;
    }
    OptionalLong tokens =
        windows.tokens(
            model.provider(), model.responseModel(), model.requestModel(), span.startedAt());
    return tokens.isPresent() ? Long.valueOf(tokens.getAsLong()) : null;
  }

  private static ApiException noSpan(SpanKey key) {
    return new ApiException(
        ErrorCode.NOT_FOUND,
        "There is no span " + key.spanId() + " in this run, or it is not yours to see.");
  }

  /// A hash does not say whose content it is, so only who may read all of it may ask.
  private Reply content(Exchange exchange) {
    exchange.caller().require(Permission.READ_CONTENT, Target.SERVER);
    String hash = exchange.pathParameter("hash");
    if (!hash.matches("[0-9a-f]{64}")) {
      throw Asked.malformed("hash", hash, "64 lower-case hex characters");
    }
    byte[] body =
        history
            .traces()
            .content(new Digest(hash))
            .orElseThrow(() ->
                new ApiException(
                    ErrorCode.NOT_FOUND,
                    "No content has this hash, or its day was deleted by retention."));
    return Reply.bytes("application/json", body).with("ETag", "\"" + hash + "\"");
  }

  private Run run(Exchange exchange, Sight sight) {
    String id = exchange.pathParameter("id");
    return sight.seen(history.traces().run(id), id);
  }
}
