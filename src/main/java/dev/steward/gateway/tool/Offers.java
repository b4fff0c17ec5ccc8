// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import dev.steward.control.live.OfferedTools;
import dev.steward.control.state.State;
import dev.steward.control.tool.LiveTool;
import dev.steward.control.tool.ToolStanding;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.ToolServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What tool servers offer now. A server is asked when it is first needed, when it says that its
/// list has changed, and again now and then; meanwhile its last word counts.
public final class Offers implements OfferedTools, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Offers.class.getName());
  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final Duration LOOK_EVERY = Duration.ofMinutes(5);
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(2);
  private static final int TOOLS_MAX = 5_000;

  private final Supplier<State> state;
  private final LiveTools live;
  private final InstantSource clock;
  private final Map<String, Server> servers = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  public Offers(Supplier<State> state, LiveTools live, InstantSource clock) {
    this.state = state;
    this.live = live;
    this.clock = clock;
  }

  /// Begins to look at every server now and then, also at those that nobody calls, until closed.
  public Offers start() {
    Thread.ofVirtual().name("tools-watch").start(this::watch);
    return this;
  }

  private void watch() {
    try {
      do {
        for (ToolServer server : state.get().all(ToolServer.class)) {
          Server known = known(server);
          if (server.reachable() && known.refreshing.compareAndSet(false, true)) {
            Thread.ofVirtual()
                .name("tools of " + server.name())
                .start(() -> refreshed(server, known));
          }
        }
      } while (!closed.await(LOOK_EVERY.toSeconds(), TimeUnit.SECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }

  /// What is known of one server. Its lock is held by who asks it.
  private static final class Server {
    private final ReentrantLock asking = new ReentrantLock();
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private volatile Seen seen = Seen.NEVER;
    private volatile Instant failedAt = Instant.MIN;
  }

  /// What a server said last.
  ///
  /// @param at null when it was never asked, or only in vain
  /// @param from where it was reached
  /// @param unreadable why, by tool
  private record Seen(
      @Nullable Instant at,
      String from,
      Map<String, LiveTool> tools,
      Map<String, String> unreadable,
      String trouble) {
    private static final Seen NEVER = new Seen(null, "", Map.of(), Map.of(), "");

    private Seen {
      tools = Map.copyOf(tools);
      unreadable = Map.copyOf(unreadable);
    }

    private Seen failed(String place, String why) {
      return from.equals(place)
          ? new Seen(at, from, tools, unreadable, why)
          : new Seen(null, place, Map.of(), Map.of(), why);
    }
  }

  /// Whether the server offers the tool with this definition.
  ///
  /// @throws ToolServerException when it was never asked and does not answer
  boolean offers(ToolServer server, String tool, Digest pin) throws ToolServerException {
    LiveTool offered = fresh(server).tools.get(tool);
    return offered != null && offered.digest().equals(pin);
  }

  /// The digest of a definition as it is offered, empty where it cannot be read.
  static Optional<Digest> digest(ObjectNode definition) {
    try {
      return Optional.of(LiveTool.read(definition).digest());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Learns a part of what a server offers, as a client is about to see it.
  void saw(ToolServer server, List<ObjectNode> page) {
    Server known = known(server);
    Seen before = known.seen;
    if (before.at == null || !before.from.equals(place(server))) {
      return;
    }
    Seen read = read(server, page);
    Map<String, LiveTool> tools = new HashMap<>(before.tools);
    tools.putAll(read.tools);
    Map<String, String> unreadable = new HashMap<>(before.unreadable);
    unreadable.keySet().removeAll(read.tools.keySet());
    tools.keySet().removeAll(read.unreadable.keySet());
    unreadable.putAll(read.unreadable);
    if (tools.size() <= TOOLS_MAX) {
      known.seen = new Seen(before.at, before.from, tools, unreadable, "");
    }
  }

  /// Asks the server anew, since what it offers has changed or may have.
  ///
  /// @throws ToolServerException when it does not answer
  public Offer refresh(ToolServer server) throws ToolServerException {
    return offer(server, ask(server, known(server), clock.instant()));
  }

  /// The server says that its list has changed: its next call waits for the new one.
  void changed(String server) {
    Server known = servers.get(server);
    if (known != null) {
      Seen seen = known.seen;
      known.seen = new Seen(Instant.MIN, seen.from, seen.tools, seen.unreadable, seen.trouble);
    }
  }

  @Override
  public List<Offer> list() {
    List<Offer> offers = new ArrayList<>();
    for (ToolServer server : state.get().all(ToolServer.class)) {
      if (server.reachable()) {
        Seen seen = known(server).seen;
        offers.add(offer(server, seen.from.equals(place(server)) ? seen : Seen.NEVER));
      }
    }
    return offers;
  }

  private static Offer offer(ToolServer server, Seen seen) {
    Instant at = seen.at;
    return new Offer(
        server.name(),
        Optional.ofNullable(at).filter(time -> !time.equals(Instant.MIN)),
        seen.trouble,
        at == null
            ? List.of()
            : ToolStanding.compare(server, seen.tools.values(), seen.unreadable));
  }

  private Seen fresh(ToolServer server) throws ToolServerException {
    Server known = known(server);
    Seen seen = known.seen;
    Instant now = clock.instant();
    Instant at = seen.at;
    if (at == null || at.equals(Instant.MIN) || !seen.from.equals(place(server))) {
      return ask(server, known, now);
    }
    if (at.plus(FRESH).isBefore(now) && known.refreshing.compareAndSet(false, true)) {
      Thread.ofVirtual().name("tools of " + server.name()).start(() -> refreshed(server, known));
    }
    return seen;
  }

  private void refreshed(ToolServer server, Server known) {
    try {
      ask(server, known, clock.instant());
    } catch (ToolServerException e) {
      LOG.log(System.Logger.Level.DEBUG, "the tools of " + server.name() + " stay as known", e);
    } finally {
      known.refreshing.set(false);
    }
  }

  private Seen ask(ToolServer server, Server known, Instant since) throws ToolServerException {
    known.asking.lock();
    try {
      Seen seen = known.seen;
      Instant at = seen.at;
      if (at != null && at.isAfter(since) && seen.from.equals(place(server))) {
        // Somebody else asked while this one waited.
        return seen;
      }
      refuseSoonAgain(server, known, since);
      Seen read = read(server, live.fetch(server));
      known.seen = read;
      tell(server, seen, read);
      return read;
    } catch (ToolServerException e) {
      if (!soonAgain(server, known, since)) {
        known.failedAt = clock.instant();
      }
      known.seen = known.seen.failed(place(server), String.valueOf(e.getMessage()));
      throw e;
    } finally {
      known.asking.unlock();
    }
  }

  /// Callers that waited for a server that did not answer the first of them do not ask one by one.
  private static void refuseSoonAgain(ToolServer server, Server known, Instant since)
      throws ToolServerException {
    if (soonAgain(server, known, since)) {
      throw new ToolServerException(new ToolServerException.Reason.NotSent(known.seen.trouble));
    }
  }

  private static boolean soonAgain(ToolServer server, Server known, Instant since) {
    return !known.failedAt.equals(Instant.MIN)
        && known.failedAt.plus(AGAIN_AFTER).isAfter(since)
        && known.seen.from.equals(place(server));
  }

  /// Says in the server's log what came to be hidden.
  private static void tell(ToolServer server, Seen before, Seen now) {
    for (ToolStanding tool : ToolStanding.compare(server, now.tools.values(), now.unreadable)) {
      if (tool.standing() == ToolStanding.Standing.CHANGED
          && !Objects.equals(now.tools.get(tool.name()), before.tools.get(tool.name()))) {
        LOG.log(
            System.Logger.Level.WARNING,
            "tool server {0} has changed its tool {1} since it was accepted; it is hidden: see"
                + " ''steward tools {0}''",
            server.name(),
            tool.name());
      }
    }
  }

  private Seen read(ToolServer server, List<ObjectNode> definitions) {
    Map<String, LiveTool> tools = new HashMap<>();
    Map<String, String> unreadable = new HashMap<>();
    for (ObjectNode definition : definitions) {
      String name = definition.path("name").asString("");
      try {
        LiveTool tool = LiveTool.read(definition);
        if (tools.size() >= TOOLS_MAX) {
          unreadable.put(name, "the server offers more than " + TOOLS_MAX + " tools");
        } else if (tools.put(name, tool) != null) {
          tools.remove(name);
          unreadable.put(name, "the server offers it twice");
        }
      } catch (IllegalArgumentException e) {
        unreadable.put(name, String.valueOf(e.getMessage()));
      }
    }
    tools.keySet().removeAll(unreadable.keySet());
    return new Seen(clock.instant(), place(server), tools, unreadable, "");
  }

  private Server known(ToolServer server) {
    return servers.computeIfAbsent(server.name(), _ -> new Server());
  }

  /// One that was declared elsewhere is another server.
  private static String place(ToolServer server) {
    return server.type() + " " + server.url() + server.document() + server.command();
  }
}
