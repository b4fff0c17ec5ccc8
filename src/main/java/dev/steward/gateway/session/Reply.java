// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.session;

import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.wire.Answer;
import dev.steward.gateway.wire.Header;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The answer to one request of a client: a response alone, or a stream of messages that ends with
/// it. It becomes a stream when there is something to say before the response, or when the client
/// has waited so long that one must see whether it is still there.
public final class Reply implements Reminders.Listener {
  private static final long RETRY_MILLIS = 1_000;

  private final Answer answer;
  private final List<Header> headers;
  private final boolean mayStream;
  private final @Nullable EventStream kept;
  private final boolean primed;
  private final JsonNode progressToken;
  private long reminded;
  private final SseOut out;
  private final CountDownLatch handled = new CountDownLatch(1);
  private boolean answered;
  private boolean cancelled;
  private boolean over;
  private @Nullable Cuttable work;

  /// @param kept keeps what is sent, null where nothing can be asked for again; a client's leaving
  ///   then ends the work for it
  /// @param primed whether the client knows events without data
  /// @param progressToken by which a legacy client is told of progress, missing for none
  public Reply(
      Answer answer,
      List<Header> headers,
      boolean mayStream,
      @Nullable EventStream kept,
      boolean primed,
      JsonNode progressToken,
      LongSupplier nanos) {
    this.answer = answer;
    this.headers = headers;
    this.mayStream = mayStream;
    this.kept = kept;
    this.primed = primed;
    this.progressToken = progressToken;
    this.out = new SseOut(nanos);
  }

  /// Becomes a stream.
  public synchronized void open() {
    if (!mayStream || answered || out.begun()) {
      return;
    }
    out.begin(answer, headers);
    if (kept != null) {
      kept.attach(out, primed ? RETRY_MILLIS : -1);
    }
  }

  /// Sends a message that comes before the response. A client that takes no stream goes without.
  ///
  /// @return whether it went out
  public synchronized boolean message(ObjectNode message) {
    open();
    boolean sent = kept != null ? kept.add(message) : out.event("", text(message));
    leave();
    return sent;
  }

  /// Waits with the server; a client that can come back is sent away meanwhile, and its coming back
  /// ends the wait.
  public void pause(long millis) throws InterruptedException {
    if (kept == null || !primed || !out.begun()) {
      Thread.sleep(millis);
      return;
    }
    handled.countDown();
    kept.pause(millis);
  }

  /// Says that the connection that the request came by is not needed any more.
  public void handled() {
    handled.countDown();
  }

  /// Waits until the connection that the request came by is not needed any more.
  public void awaitHandled() throws InterruptedException {
    handled.await();
  }

  /// The same for so long.
  ///
  /// @return whether it is not needed any more
  public boolean awaitHandled(Duration time) throws InterruptedException {
    return handled.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Sends the response; of several the first counts.
  ///
  /// @param status where it is the whole answer
  public synchronized void response(int status, ObjectNode response) throws IOException {
    if (answered) {
      return;
    }
    answered = true;
    if (!out.begun()) {
      answer.whole(status, with("application/json"), RpcJson.bytes(response));
    } else if (kept != null) {
      kept.add(response);
    } else {
      out.event("", text(response));
    }
    end();
  }

  /// Ends it without a response, since the client does not want it any more.
  public synchronized void drop() throws IOException {
    if (!out.begun()) {
      answer.whole(202, headers, new byte[0]);
    }
    end();
  }

  private void end() {
    answered = true;
    if (kept != null) {
      kept.end();
    }
    out.close();
    handled.countDown();
  }

  /// Names the work that is in vain once the client has left.
  public synchronized void work(Cuttable cuttable) {
    work = cuttable;
    leave();
  }

  /// Looks after a client that has heard nothing for a while.
  @Override
  public synchronized void remind() {
    if (answered) {
      return;
    }
    open();
    if (work == null && kept != null && !progressToken.isMissingNode()) {
      kept.add(progress());
    } else {
      out.comment();
    }
    leave();
  }

  /// What keeps a client from giving up before its call is sent; so small that the server's own
  /// progress is more.
  private ObjectNode progress() {
    RpcMessage message = RpcMessage.notification("notifications/progress").copy();
    message.params().set("progressToken", progressToken);
    message.params().put("progress", BigDecimal.valueOf(++reminded, 6));
    message.params().put("message", "The call waits to be let through.");
    return message.json();
  }

  @Override
  public long idleNanos() {
    return out.idleNanos();
  }

  private void leave() {
    if (out.begun() && out.gone()) {
      handled.countDown();
    }
    boolean vain = cancelled || over || (kept == null && out.begun() && out.gone() && !answered);
    if (vain && work != null) {
      work.cut(over && !cancelled ? Cuttable.Why.STOPPING : Cuttable.Why.CLIENT_GONE);
    }
  }

  /// The client does not want it any more.
  public synchronized void cancel() {
    cancelled = true;
    leave();
  }

  /// Its session ends: the work is in vain, and the client, which may still wait, is told so.
  public synchronized void over() {
    over = true;
    leave();
  }

  public synchronized boolean cancelled() {
    return cancelled;
  }

  private List<Header> with(String contentType) {
    List<Header> all = new ArrayList<>(headers);
    all.add(new Header("Content-Type", contentType));
    all.add(new Header("Cache-Control", "no-store"));
    return all;
  }

  private static String text(ObjectNode message) {
    return new String(RpcJson.bytes(message), StandardCharsets.UTF_8);
  }
}
