// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.task;

import dev.steward.gateway.entry.Client;
import dev.steward.gateway.rpc.RpcError;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.session.Kept;
import dev.steward.gateway.tool.ToolEnding;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Request;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Calls that wait for people, as tasks of the gateway's own: once people have answered, the next
/// asking for the task begins the call, and a later one gets what came of it. They are known until
/// the process ends; the approval outlives that, and the same call finds it.
public final class WaitingCalls {
  private static final System.Logger LOG = System.getLogger(WaitingCalls.class.getName());
  private static final String PREFIX = "steward-approval-";
  private static final Kept.Limits LIMITS = new Kept.Limits(10_000, 500, 128L << 20, 32L << 20);

  /// What one takes beside its call and its result.
  private static final long OVERHEAD = 2_000;

  private static final Duration POLL = Duration.ofSeconds(1);

  /// What came of a call can be fetched for so long after the approval's time.
  private static final Duration KEPT = Duration.ofHours(1);

  private final Predicate<String> pending;
  private final Supplier<String> ids;
  private final InstantSource clock;
  private final Kept<Waiting> tasks;

  /// @param pending whether people have not answered the approval of that id yet
  /// @param ids which nobody can guess
  public WaitingCalls(Predicate<String> pending, Supplier<String> ids, InstantSource clock) {
    this.pending = pending;
    this.ids = ids;
    this.clock = clock;
    this.tasks = new Kept<>(LIMITS, clock::millis);
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
    String id = PREFIX + ids.get();
    Waiting waiting =
        new Waiting(
            id,
            key(client, id),
            call,
            saying(client.http()),
            now,
            pendingCall.expires().plus(KEPT),
            pendingCall.approval(),
            pendingCall.text());
    tasks.keep(waiting.key, waiting, waiting.chars(), waiting.until.toEpochMilli());
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

  /// The same without making its call, for who may only read.
  public Optional<ObjectNode> look(Client client, String id) {
    return find(client, id).map(waiting -> waiting.told(clock.instant()));
  }

  /// Forgets a task, unless its call is made already; false where the client has none such.
  public boolean cancel(Client client, String id) {
    Optional<Waiting> found = find(client, id);
    found.ifPresent(Waiting::cancel);
    return found.isPresent();
  }

  private Optional<Waiting> find(Client client, String id) {
    return tasks.look(key(client, id));
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

  private static ObjectNode broken() {
    ObjectNode task = RpcJson.object().put("status", "failed");
    String message =
        "The gateway met an error it did not expect while it made the call; it is in its log."
            + " Whether the call was executed is not known.";
    task.set("error", RpcError.of(RpcError.INTERNAL, 200, message).json());
    return task;
  }

  private static Kept.Key key(Client client, String id) {
    return new Kept.Key(client.owner(), client.destination().path() + "\n" + id);
  }

  private final class Waiting {
    private final String id;
    private final Kept.Key key;
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
        Kept.Key key,
        RpcMessage call,
        Request http,
        Instant begun,
        Instant until,
        String approval,
        String text) {
      this.id = id;
      this.key = key;
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
      Made made = new Made.Ended(broken());
      try {
        made = later.made(as, call);
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "a call that people had agreed to failed", e);
      } finally {
        made(made);
      }
    }

    private void made(Made made) {
      if (made instanceof Made.Ended(ObjectNode task)) {
        tasks.grew(key, chars() + task.toString().length());
      }
      synchronized (this) {
        making = false;
        updated = clock.instant();
        switch (made) {
          case Made.Ended(ObjectNode task) -> ended = task;
          case Made.Waits(String other) -> approval = other;
        }
      }
    }

    /// About what it takes to keep it while nothing has come of it.
    private long chars() {
      return OVERHEAD + call.json().toString().length();
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
