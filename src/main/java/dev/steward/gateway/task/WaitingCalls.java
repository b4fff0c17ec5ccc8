// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.task;

import dev.steward.gateway.entry.Client;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolEnding;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Calls that wait for people, as tasks of the gateway's own: once people have answered, the next
/// asking for the task begins the call, and a later one gets what came of it. They are known until
/// the process ends; the approval outlives that, and the same call finds it.
public final class WaitingCalls {
  private static final String PREFIX = "steward-approval-";
  private static final int MAX = 10_000;
  private static final Duration POLL = Duration.ofSeconds(1);

  /// What came of a call can be fetched for so long after the approval's time.
  private static final Duration KEPT = Duration.ofHours(1);

  private final Predicate<String> pending;
  private final Supplier<String> ids;
  private final InstantSource clock;
  private final Map<String, Waiting> tasks =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Waiting> eldest) {
          return size() > MAX;
        }
      };

  /// @param pending whether people have not answered the approval of that id yet
  /// @param ids which nobody can guess
  public WaitingCalls(Predicate<String> pending, Supplier<String> ids, InstantSource clock) {
    this.pending = pending;
    this.ids = ids;
    this.clock = clock;
  }

  /// Makes a call that was told to wait.
  @FunctionalInterface
  public interface Later {
    /// @param client who asks for it now, with the headers of the call
    /// @param call as it was sent
    Made made(Client client, RpcMessage call);
  }

  /// What came of making it.
  public sealed interface Made {
    /// @param task members of the task: `status`, and `result` or `error`
    record Ended(ObjectNode task) implements Made {}

    /// People must be asked still, or once more.
    record Waits(String approval) implements Made {}
  }

  /// Whether a task is one of these.
  public static boolean ours(String task) {
    return task.startsWith(PREFIX);
  }

  /// Begins a task for a call.
  ///
  /// @return the result that tells of it
  public ObjectNode begin(Client client, RpcMessage call, ToolEnding.Pending pendingCall) {
    Instant now = clock.instant();
    Waiting waiting =
        new Waiting(
            PREFIX + ids.get(),
            key(client),
            call,
            saying(client.http()),
            now,
            pendingCall.expires().plus(KEPT),
            pendingCall.approval(),
            pendingCall.text());
    synchronized (tasks) {
      tasks.put(waiting.id, waiting);
    }
    ObjectNode result = waiting.told(now);
    result.put("resultType", "task");
    return result;
  }

  /// What is to be told of a task, empty where the client has none such.
  ///
  /// @param later makes its call, on a thread of its own
  public Optional<ObjectNode> get(Client client, String id, Later later) {
    Optional<Waiting> found = find(client, id);
    found.ifPresent(waiting -> waiting.goOn(client, later));
    return found.map(waiting -> waiting.told(clock.instant()));
  }

  /// Forgets a task, unless its call is made already; false where the client has none such.
  public boolean cancel(Client client, String id) {
    Optional<Waiting> found = find(client, id);
    found.ifPresent(Waiting::cancel);
    return found.isPresent();
  }

  private Optional<Waiting> find(Client client, String id) {
    synchronized (tasks) {
      return Optional.ofNullable(tasks.get(id))
          .filter(task -> task.owner.equals(key(client)) && task.until.isAfter(clock.instant()));
    }
  }

  /// What the headers of a call say of it, without what proves who sent it.
  private static Request saying(Request http) {
    List<Header> headers = new ArrayList<>();
    for (Header header : http.headers()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (name.startsWith("x-steward-")
          || name.startsWith("mcp-param-")
          || name.equals("traceparent")) {
        headers.add(header);
      }
    }
    return new Request(http.method(), http.path(), http.query(), headers, new byte[0]);
  }

  private static String key(Client client) {
    return client.owner() + "\n" + client.destination().path();
  }

  private final class Waiting {
    private final String id;
    private final String owner;
    private final RpcMessage call;
    private final Request http;
    private final Instant begun;
    private final Instant until;
    private String approval;
    private final String text;
    private boolean making;
    private @Nullable ObjectNode ended;
    private Instant updated;

    private Waiting(
        String id,
        String owner,
        RpcMessage call,
        Request http,
        Instant begun,
        Instant until,
        String approval,
        String text) {
      this.id = id;
      this.owner = owner;
      this.call = call;
      this.http = http;
      this.begun = begun;
      this.until = until;
      this.approval = approval;
      this.text = text;
      this.updated = begun;
    }

    private synchronized void goOn(Client client, Later later) {
      if (ended == null && !making && !pending.test(approval)) {
        making = true;
        Client as = new Client(client.caller(), client.destination(), http);
        Thread.ofVirtual().name("mcp-approved-call").start(() -> make(as, later));
      }
    }

    private void make(Client as, Later later) {
      Made made = later.made(as, call);
      synchronized (this) {
        making = false;
        updated = clock.instant();
        switch (made) {
          case Made.Ended(ObjectNode task) -> ended = task;
          case Made.Waits(String other) -> approval = other;
        }
      }
    }

    private synchronized void cancel() {
      if (ended == null && !making) {
        ended = RpcJson.object().put("status", "cancelled");
        updated = clock.instant();
      }
    }

    private synchronized ObjectNode told(Instant now) {
      ObjectNode told = RpcJson.object();
      told.put("taskId", id);
      told.put("status", "working");
      told.put("createdAt", begun.toString());
      told.put("lastUpdatedAt", updated.toString());
      told.put("ttlMs", Math.max(0, Duration.between(now, until).toMillis()));
      told.put("pollIntervalMs", POLL.toMillis());
      if (ended != null) {
        told.setAll(ended.deepCopy());
      } else {
        told.put("statusMessage", making ? "The call is made." : text);
      }
      return told;
    }
  }
}
