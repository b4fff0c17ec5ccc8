// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.mcp;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.connection.Answers;
import dev.steward.gateway.connection.ToolConnection;
import dev.steward.gateway.entry.Client;
import dev.steward.gateway.entry.Destination;
import dev.steward.gateway.relay.CutException;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.McpHeaders;
import dev.steward.gateway.rpc.RpcError;
import dev.steward.gateway.rpc.RpcException;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.session.EventStream;
import dev.steward.gateway.session.Reminders;
import dev.steward.gateway.session.Session;
import dev.steward.gateway.session.SseOut;
import dev.steward.gateway.session.ViewWatch;
import dev.steward.gateway.step.Connector;
import dev.steward.gateway.step.Passing;
import dev.steward.gateway.tool.ToolOrigin;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.wire.Answer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The streams that a client opens with GET: the one that belongs to no request, and those that
/// broke.
final class Listening {
  private static final System.Logger LOG = System.getLogger(Listening.class.getName());
  private static final long RETRY_MILLIS = 1_000;

  private final Passing passing;
  private final ListViews views;
  private final Reminders reminders;

  Listening(Passing passing, ListViews views, Reminders reminders) {
    this.passing = passing;
    this.views = views;
    this.reminders = reminders;
  }

  /// A place in a stream.
  private record From(EventStream stream, long after) {}

  /// @throws RpcException where there is no such stream
  void listen(Client client, Session session, Connector connector, Answer answer)
      throws IOException {
    String last = client.header(McpHeaders.LAST_EVENT);
    From from = last.isEmpty() ? new From(session.unasked(), -1) : from(session, last);
    SseOut out = new SseOut(reminders.nanos());
    if (!from.stream().name().equals(Session.UNASKED)) {
      begin(session, from, out, answer);
      await(out);
      return;
    }
    try {
      passing.flown(
          client,
          "listen",
          call -> {
            session.listens(call);
            try (ViewWatch.Watch watch =
                views.open(client, session.told(), method -> tell(session, method))) {
              Runnable begin =
                  () -> {
                    begin(session, from, out, answer);
                    watch.begin();
                  };
              switch (client.destination()) {
                case Destination.One one -> one(client, begin, one.server(), connector, out, call);
                case Destination.All all -> all(client, begin, all.servers(), connector, out, call);
              }
            }
            return true;
          });
    } catch (ToolServerException e) {
      if (!out.begun()) {
        throw new RpcException(
            RpcError.of(RpcError.INTERNAL, 502, String.valueOf(e.getMessage())), e);
      }
      LOG.log(Level.DEBUG, "a server ended what it says of its own accord", e);
    } catch (RpcException e) {
      if (!out.begun()) {
        throw e;
      }
      LOG.log(Level.DEBUG, "a stream was ended", e);
    } finally {
      out.close();
    }
  }

  private static boolean tell(Session session, String method) {
    return session.unasked().add(RpcMessage.notification(method).json());
  }

  private static From from(Session session, String last) {
    int dash = last.indexOf('-');
    EventStream stream = dash < 0 ? null : session.stream(last.substring(0, dash));
    try {
      if (stream != null) {
        return new From(stream, Long.parseLong(last.substring(dash + 1)));
      }
    } catch (NumberFormatException _) {
      // It is none of ours.
    }
    throw gone();
  }

  private static RpcException gone() {
    return new RpcException(
        RpcError.invalidRequest(
            "The header Last-Event-ID names an event that is not kept any more: ask again, or begin"
                + " a new session."));
  }

  private static void begin(Session session, From from, SseOut out, Answer answer) {
    if (from.after() >= 0 && !from.stream().knows(from.after())) {
      throw gone();
    }
    out.begin(answer, List.of());
    if (from.after() < 0) {
      from.stream().attach(out, session.primed() ? RETRY_MILLIS : -1);
    } else {
      from.stream().resume(out, from.after());
    }
  }

  /// @param begin begins the stream, once there is no reason any more to refuse it
  private void one(
      Client client,
      Runnable begin,
      ToolServer server,
      Connector connector,
      SseOut out,
      Cuttable call)
      throws ToolServerException {
    ToolConnection connection = connector.to(server);
    Optional<Answers> answers = connection.listen(call);
    if (answers.isEmpty()) {
      // The server says nothing of its own accord, but we may.
      all(client, begin, List.of(), connector, out, call);
      return;
    }
    try (Answers heard = answers.get();
        Reminders.Watch _ = reminders.watch(new Left(out, call))) {
      begin.run();
      ToolOrigin within = ToolOrigin.of(client::header, RpcJson.object());
      for (RpcMessage next = heard.next(); next != null; next = heard.next()) {
        connector.heard(server, next, within);
      }
    }
  }

  private void all(
      Client client,
      Runnable begin,
      List<ToolServer> servers,
      Connector connector,
      SseOut out,
      Cuttable call) {
    begin.run();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Reminders.Watch _ = reminders.watch(new Left(out, call))) {
      for (ToolServer server : servers) {
        threads.execute(() -> hear(client, server, connector));
      }
      try {
        call.waiting(() -> {
          out.awaitEnd();
          return true;
        });
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "a stream was interrupted", e);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private static void hear(Client client, ToolServer server, Connector connector) {
    Cuttable call = new Cuttable(Thread.currentThread());
    try {
      Optional<Answers> answers = connector.to(server).listen(call);
      if (answers.isPresent()) {
        ToolOrigin within = ToolOrigin.of(client::header, RpcJson.object());
        try (Answers heard = answers.get()) {
          for (RpcMessage next = heard.next(); next != null; next = heard.next()) {
            connector.heard(server, next, within);
          }
        }
      }
    } catch (ToolServerException | CutException e) {
      LOG.log(Level.DEBUG, "a server ended what it says of its own accord", e);
    } finally {
      call.done();
    }
  }

  private void await(SseOut out) {
    try (Reminders.Watch _ = reminders.watch(new Left(out, null))) {
      out.awaitEnd();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      out.close();
    }
  }

  /// Notices that a client has left.
  private record Left(SseOut out, @Nullable Cuttable call) implements Reminders.Listener {
    @Override
    public long idleNanos() {
      return out.idleNanos();
    }

    @Override
    public void remind() {
      out.comment();
      if (out.gone() && call != null) {
        call.cut(Cuttable.Why.CLIENT_GONE);
      }
    }
  }
}
