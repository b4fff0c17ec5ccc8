// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.bridge;

import dev.steward.gateway.connection.Answers;
import dev.steward.gateway.connection.ToolConnection;
import dev.steward.gateway.relay.CutException;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.wire.Header;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A request to a legacy server on a thread of its own, so that it can go on while its client is
/// away to answer a question.
final class Pump {
  private static final System.Logger LOG = System.getLogger(Pump.class.getName());
  private static final int WAITING_MAX = 1_000;

  private final ToolConnection connection;
  private final RpcMessage request;
  private final List<Header> headers;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>(WAITING_MAX);
  private final Cuttable work;

  private Pump(ToolConnection connection, RpcMessage request, List<Header> headers) {
    this.connection = connection;
    this.request = request;
    this.headers = headers;
    Thread thread = Thread.ofVirtual().name("mcp-bridge").unstarted(this::run);
    this.work = new Cuttable(thread);
    thread.start();
  }

  static Pump start(ToolConnection connection, RpcMessage request, List<Header> headers) {
    return new Pump(connection, request, headers);
  }

  private sealed interface Event {
    record Said(RpcMessage message) implements Event {}

    record Ended(ToolServerException reason) implements Event {}
  }

  ToolConnection connection() {
    return connection;
  }

  private void run() {
    try (Answers answers = connection.ask(request, headers, work)) {
      for (RpcMessage next = answers.next(); next != null; next = answers.next()) {
        put(new Event.Said(next));
        if (next.kind() == RpcMessage.Kind.RESPONSE) {
          return;
        }
      }
      put(
          new Event.Ended(
              new ToolServerException(
                  new Reason.Unknown(
                      "The tool server ended its answer without a result.", false))));
    } catch (ToolServerException e) {
      put(new Event.Ended(e));
    } catch (CutException e) {
      LOG.log(Level.DEBUG, "a bridged request was ended", e);
    } finally {
      work.done();
    }
  }

  private void put(Event event) {
    try {
      work.waiting(() -> {
        events.put(event);
        return true;
      });
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a bridged request was interrupted", e);
    }
  }

  /// The next message; it blocks as its client's call does.
  RpcMessage next(Cuttable call) throws ToolServerException {
    Event event;
    try {
      event = call.waiting(events::take);
    } catch (CutException e) {
      cancel();
      throw e;
    } catch (IOException e) {
      cancel();
      throw new ToolServerException(
          new Reason.Unknown("The call was interrupted while it waited for its server.", false), e);
    }
    return switch (event) {
      case Event.Said said -> said.message();
      case Event.Ended ended -> throw ended.reason();
    };
  }

  /// Ends the request, and tells the server so.
  void cancel() {
    Thread.ofVirtual()
        .name("mcp-cancel")
        .start(() -> {
          RpcMessage cancelled = RpcMessage.notification("notifications/cancelled").copy();
          cancelled.params().set("requestId", request.id());
          Cuttable telling = new Cuttable(Thread.currentThread());
          try {
            connection.tell(cancelled, telling);
          } catch (ToolServerException | CutException e) {
            LOG.log(Level.DEBUG, "a request was not cancelled", e);
          } finally {
            telling.done();
            work.cut(Cuttable.Why.CLIENT_GONE);
          }
        });
  }
}
