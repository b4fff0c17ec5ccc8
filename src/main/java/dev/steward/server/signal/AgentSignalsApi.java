// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.signal;

import dev.steward.control.access.Permission;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Agent.Worth;
import dev.steward.insight.window.SignalBook;
import dev.steward.insight.window.SignalBook.Part;
import dev.steward.insight.window.SignalBook.Width;
import dev.steward.insight.window.Window;
import dev.steward.server.access.Need;
import dev.steward.server.api.Asked;
import dev.steward.server.api.Sight;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How the runs of an agent went, in hours or days.
public final class AgentSignalsApi {
  private static final int WINDOWS_MAX = 1_000;

  private final Supplier<State> state;
  private final SignalBook book;
  private final InstantSource clock;

  public AgentSignalsApi(Supplier<State> state, SignalBook book, InstantSource clock) {
    this.state = state;
    this.book = book;
    this.clock = clock;
  }

  /// How an agent's runs went that began in a stretch of time.
  ///
  /// @param knownSince from when on all runs are known, null for always
  /// @param total of all of them
  /// @param versions by environment and version
  /// @param windows the oldest first; only those in which a run began
  public record AgentSignals(
      String agent,
      Instant from,
      Instant to,
      String window,
      @Nullable Instant knownSince,
      Figures total,
      List<VersionSignals> versions,
      List<WindowSignals> windows) {}

  /// The runs of one version in one environment.
  public record VersionSignals(String environment, String version, Figures figures) {}

  /// Those of them that began in one window.
  public record WindowSignals(
      Instant from, Instant to, String environment, String version, Figures figures) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/agents/{name}/signals", Need.READ)
            .about(
                "Agents",
                "How an agent's runs went, by hour or day, environment and version: success, cost,"
                    + " cost per successful task with its interval, waste, value, tools, approvals,"
                    + " ungrounded answers and errors that were passed over.")
            .query("environment", "string", "Only there.")
            .query("window", "string", "hour or day; usually day.")
            .query("from", "date-time", "Usually 30 days back, of hours one day.")
            .query("to", "date-time", "Before this time; usually now.")
            .gives(AgentSignals.class)
            .by(this::signals));
  }

  private Reply signals(Exchange exchange) {
    Asked asked = new Asked(exchange);
    String name = exchange.pathParameter("name");
    Width width = asked.oneOf("window", Width.class).orElse(Width.DAY);
    // What began within this very moment belongs to it.
    Instant to = asked.moment("to").orElseGet(() -> clock.instant().plusMillis(1));
    Instant from = asked.moment("from").orElse(to.minus(usual(width)));
    requireFew(width, from, to);
    Set<String> seen = seen(exchange, name);
    Optional<String> only = asked.text("environment");
    List<Part> parts =
        book.parts(
            name,
            environment -> seen.contains(environment) && only.map(environment::equals).orElse(true),
            width,
            from,
            to);
    Map<String, Worth> worth = state.get().agent(name).map(Agent::value).orElse(Map.of());
    Instant since = book.since();
    return Reply.json(
        new AgentSignals(
            name,
            from,
            to,
            width.name().toLowerCase(java.util.Locale.ROOT),
            since.equals(Instant.EPOCH) ? null : since,
            Figures.of(Window.merged(parts.stream().map(Part::window).toList()), worth),
            versions(parts, worth),
            parts.stream().map(part -> item(part, width, worth)).toList()));
  }

  private static List<VersionSignals> versions(List<Part> parts, Map<String, Worth> worth) {
    Map<String, List<Part>> groups = new TreeMap<>();
    for (Part part : parts) {
      groups
          .computeIfAbsent(part.environment() + "\n" + part.version(), _ -> new ArrayList<>())
          .add(part);
    }
    return groups.values().stream()
        .map(group ->
            new VersionSignals(
                group.getFirst().environment(),
                group.getFirst().version(),
                Figures.of(Window.merged(group.stream().map(Part::window).toList()), worth)))
        .toList();
  }

  private static WindowSignals item(Part part, Width width, Map<String, Worth> worth) {
    return new WindowSignals(
        part.from(),
        width.end(part.from()),
        part.environment(),
        part.version(),
        Figures.of(part.window(), worth));
  }

  private static Duration usual(Width width) {
    return switch (width) {
      case HOUR -> Duration.ofDays(1);
      case DAY -> Duration.ofDays(30);
    };
  }

  private static void requireFew(Width width, Instant from, Instant to) {
    Duration each = Duration.between(from, width.end(from));
    if (Duration.between(from, to).compareTo(each.multipliedBy(WINDOWS_MAX)) > 0) {
      throw new ApiException(
          ErrorCode.MALFORMED,
          "From "
              + from
              + " to "
              + to
              + " there are more than "
              + WINDOWS_MAX
              + " windows: ask for a shorter time, or with window=day.");
    }
  }

  /// The environments in which the agent may be seen; it is as if it were not there where none is.
  private Set<String> seen(Exchange exchange, String name) {
    State now = state.get();
    Sight sight = new Sight(exchange.caller(), now);
    Set<String> seen = new TreeSet<>();
    for (String environment : book.environments(name)) {
      if (exchange.caller().may(Permission.READ, sight.target(name, environment))) {
        seen.add(environment);
      }
    }
    if (seen.isEmpty() && now.agent(name).filter(sight::sees).isEmpty()) {
      throw new ApiException(
          ErrorCode.NOT_FOUND, "There is no agent " + name + ", or it is not yours to see.");
    }
    return seen;
  }
}
