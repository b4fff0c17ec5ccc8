// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.mcp;

import dev.steward.domain.Uninterrupted;
import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.connection.ToolConnection;
import dev.steward.gateway.entry.Client;
import dev.steward.gateway.entry.Destination;
import dev.steward.gateway.joined.Joined;
import dev.steward.gateway.joined.Merging;
import dev.steward.gateway.rpc.Era;
import dev.steward.gateway.rpc.McpHeaders;
import dev.steward.gateway.rpc.RpcError;
import dev.steward.gateway.rpc.RpcException;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.session.EventStream;
import dev.steward.gateway.session.Reminders;
import dev.steward.gateway.session.Reply;
import dev.steward.gateway.session.Session;
import dev.steward.gateway.session.Sessions;
import dev.steward.gateway.step.AskStep;
import dev.steward.gateway.step.Connector;
import dev.steward.gateway.step.FeatureStep;
import dev.steward.gateway.step.Passing;
import dev.steward.gateway.step.Response;
import dev.steward.gateway.step.TaskStep;
import dev.steward.gateway.step.ToolStep;
import dev.steward.gateway.tool.ToolOrigin;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.toolserver.ToolServers;
import dev.steward.gateway.wire.Answer;
import dev.steward.gateway.wire.Header;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// The legacy era: `initialize` begins a session, in which both sides ask. A client that leaves
/// does not end its requests; it may come back and read on.
final class LegacyWire {
  private static final System.Logger LOG = System.getLogger(LegacyWire.class.getName());

  /// How long a call that is ended has to say how it stands.
  private static final Duration PARTING = Duration.ofSeconds(2);

  private final ToolServers servers;
  private final ToolStep tools;
  private final TaskStep tasks;
  private final FeatureStep features;
  private final Passing passing;
  private final Merging merging;
  private final Sessions sessions;
  private final ListViews views;
  private final Greetings greetings;
  private final LogLevels levels;
  private final Listening listening;
  private final AskStep asks;
  private final Reminders reminders;

  LegacyWire(
      ToolServers servers,
      ToolStep tools,
      TaskStep tasks,
      FeatureStep features,
      Passing passing,
      Merging merging,
      Sessions sessions,
      AskStep asks,
      ListViews views,
      Reminders reminders) {
    this.servers = servers;
    this.tools = tools;
    this.tasks = tasks;
    this.features = features;
    this.passing = passing;
    this.merging = merging;
    this.sessions = sessions;
    this.greetings = new Greetings(servers);
    this.levels = new LogLevels(passing);
    this.asks = asks;
    this.views = views;
    this.reminders = reminders;
    this.listening = new Listening(passing, views, reminders);
  }

  void post(Client client, RpcMessage message, Answer answer) throws IOException {
    if (message.method().equals("initialize")) {
      initialize(client, message, answer);
      return;
    }
    Session session = session(client);
    switch (message.kind()) {
      case REQUEST -> request(client, session, message, answer);
      case NOTIFICATION -> notified(client, session, message, answer);
      case RESPONSE -> answered(session, message, answer);
    }
  }

  /// Opens the stream that belongs to no request, or goes on with any other.
  void get(Client client, Answer answer) throws IOException {
    Session session = session(client);
    listening.listen(
        client, session, new InSession(client, session, session.unasked()::add), answer);
  }

  void delete(Client client, Answer answer) throws IOException {
    sessions.end(session(client));
    answer.whole(204, List.of(), new byte[0]);
  }

  private void initialize(Client client, RpcMessage greeting, Answer answer) throws IOException {
    if (greeting.kind() != RpcMessage.Kind.REQUEST) {
      throw new RpcException(RpcError.invalidRequest("'initialize' must be a request."));
    }
    Response response;
    List<Header> headers = List.of(new Header("Content-Type", "application/json"));
    try {
      switch (client.destination()) {
        case Destination.One one -> {
          ToolConnection connection = servers.open(one.server(), Era.LEGACY, client.owner());
          RpcMessage welcome =
              passing.flown(
                  client, "initialize", call -> Greetings.exchange(connection, greeting, call));
          response = Response.of(Era.LEGACY, welcome);
          if (response.json().has("result")) {
            Greetings.governed(response.result());
            String version = response.result().path("protocolVersion").asString("");
            Session session = sessions.begin(client, greeting, version);
            session.keep(one.server(), connection);
            views.begin(client, session.told());
            headers = with(session);
          }
        }
        case Destination.All _ -> {
          ObjectNode result = Greetings.welcome(greeting);
          String version = result.path("protocolVersion").asString("");
          Session session = sessions.begin(client, greeting, version);
          views.begin(client, session.told());
          headers = with(session);
          response = Response.result(greeting.id(), result);
        }
      }
    } catch (ToolServerException e) {
      response = Response.failed(Era.LEGACY, greeting.id(), e);
    }
    answer.whole(response.status(), headers, RpcJson.bytes(response.json()));
  }

  private static List<Header> with(Session session) {
    return List.of(
        new Header("Content-Type", "application/json"),
        new Header("Cache-Control", "no-store"),
        new Header(McpHeaders.SESSION, session.id()));
  }

  /// @throws RpcException 400 without a session, 404 for one that is over
  private Session session(Client client) {
    String version = client.header(McpHeaders.VERSION);
    if (!version.isEmpty() && !Era.legacy(version)) {
      throw new RpcException(RpcError.versionUnsupported(version));
    }
    String id = client.header(McpHeaders.SESSION);
    if (id.isEmpty()) {
      throw new RpcException(
          RpcError.invalidRequest(
              "The header Mcp-Session-Id is missing: begin a session with 'initialize'."));
    }
    Session session = sessions.find(id, client).orElseThrow(LegacyWire::over);
    if (client.destination() instanceof Destination.One one
        && session.connection(one.server()).filter(known -> !known.lost()).isEmpty()) {
      sessions.end(session);
      throw over();
    }
    return session;
  }

  private static RpcException over() {
    return new RpcException(
        RpcError.of(
            RpcError.NOT_FOUND,
            404,
            "There is no such session any more: begin one with 'initialize'."));
  }

  private void request(Client client, Session session, RpcMessage request, Answer answer) {
    EventStream stream = session.begin();
    Reply reply =
        new Reply(
            answer,
            List.of(),
            client.streams(),
            stream,
            session.primed(),
            request.meta().path("progressToken"),
            reminders.nanos());
    InSession connector = new InSession(client, session, reply::message);
    session.begins(request.id(), reply);
    // The work outlives the connection that it was asked by: the client may read on by another.
    Thread work =
        Thread.ofVirtual()
            .name("mcp-request")
            .start(() -> work(client, session, request, connector, reply, stream));
    try {
      reply.awaitHandled();
    } catch (InterruptedException _) {
      // The server stops. Whoever waits is told how its call stands, before its connection ends.
      work.interrupt();
      stopped(request, reply);
      Thread.currentThread().interrupt();
    }
  }

  private static void stopped(RpcMessage request, Reply reply) {
    try (Uninterrupted wait = new Uninterrupted()) {
      if (!wait.until(() -> reply.awaitHandled(PARTING))) {
        RpcError error = RpcError.of(RpcError.INTERNAL, 200, "The gateway stops: ask again later.");
        reply.response(error.status(), RpcMessage.error(request.id(), error.json()));
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a client has left before its response", e);
    }
  }

  private void work(
      Client client,
      Session session,
      RpcMessage request,
      InSession connector,
      Reply reply,
      EventStream stream) {
    try (Reminders.Watch _ = reminders.watch(reply)) {
      Response response =
          Response.after(
              Era.LEGACY, request.id(), () -> response(client, request, connector, reply));
      // A write would close the connection of who was interrupted since the server stops.
      boolean stopping = Thread.interrupted();
      LOG.log(Level.DEBUG, "{0} has ended, stopping: {1}", request.method(), stopping);
      if (reply.cancelled()) {
        reply.drop();
      } else {
        reply.response(response.status(), response.json());
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a client has left before its response", e);
    } finally {
      session.ended(request.id(), stream);
      reply.handled();
    }
  }

  private Response response(Client client, RpcMessage request, InSession connector, Reply reply)
      throws ToolServerException {
    return switch (client.destination()) {
      case Destination.One one -> one(client, one.server(), request, connector, reply);
      case Destination.All all -> all(client, all, request, connector, reply);
    };
  }

  private Response all(
      Client client, Destination.All all, RpcMessage request, InSession connector, Reply reply)
      throws ToolServerException {
    return switch (request.method()) {
      case "tools/call" ->
          Joined.shown(
              all,
              all.tool(request.param("name")).map(Destination.Named::server),
              tools.call(client, Era.LEGACY, request, connector, reply));
      case "tools/list", "resources/list", "resources/templates/list", "prompts/list" ->
          Response.result(request.id(), merging.list(client, all, request, Era.LEGACY, connector));
      case "ping" -> Response.result(request.id(), RpcJson.object());
      case "logging/setLevel" -> levels.set(client, connector.session, request);
      case "resources/read",
          "resources/subscribe",
          "resources/unsubscribe",
          "prompts/get",
          "completion/complete",
          "tasks/get",
          "tasks/result",
          "tasks/cancel" -> {
        Joined.Routed to = Joined.route(all, Era.LEGACY, request);
        Response response = one(client, to.server(), to.request(), connector, reply);
        yield Joined.shown(all, Optional.of(to.server()), response);
      }
      default -> Response.error(request.id(), none(request));
    };
  }

  private Response one(
      Client client, ToolServer server, RpcMessage request, Connector connector, Reply reply)
      throws ToolServerException {
    switch (request.method()) {
      case "tools/call" -> {
        return tools.call(client, Era.LEGACY, request, connector, reply);
      }
      case "resources/read", "resources/subscribe", "prompts/get", "completion/complete" -> {
        return features.call(client, server, Era.LEGACY, request, connector, reply);
      }
      case "tasks/get", "tasks/result", "tasks/cancel" -> {
        return tasks.call(client, server, Era.LEGACY, request, connector, reply);
      }
      case "tools/list",
          "ping",
          "logging/setLevel",
          "resources/list",
          "resources/templates/list",
          "resources/unsubscribe",
          "prompts/list" -> {
        // passes
      }
      default -> {
        return Response.error(request.id(), none(request));
      }
    }
    Response response =
        Response.of(Era.LEGACY, passing.pass(client, server, request, connector, reply));
    if (request.method().equals("tools/list")) {
      tools.show(client, server, response.result());
    } else {
      features.show(client, server, response.result());
    }
    return response;
  }

  private static RpcError none(RpcMessage request) {
    return RpcError.noSuchMethod(Era.LEGACY, request.method());
  }

  private void notified(Client client, Session session, RpcMessage message, Answer answer)
      throws IOException {
    for (ToolServer server : client.destination().servers()) {
      Optional<ToolConnection> connection = session.connection(server);
      if (connection.isPresent() && Greetings.passes(client.destination(), message)) {
        tell(client, connection.get(), message);
      }
    }
    if (message.method().equals("notifications/cancelled")) {
      session.cancel(message.params().path("requestId"));
    }
    answer.whole(202, List.of(), new byte[0]);
  }

  private static void answered(Session session, RpcMessage message, Answer answer)
      throws IOException {
    Session.Question question =
        session
            .answered(message.id())
            .orElseThrow(() ->
                new RpcException(
                    RpcError.invalidRequest("Nothing was asked that this response answers.")));
    if (!question.answer().offer(message)) {
      throw new RpcException(RpcError.invalidRequest("That question was answered already."));
    }
    answer.whole(202, List.of(), new byte[0]);
  }

  private void tell(Client client, ToolConnection connection, RpcMessage message) {
    try {
      passing.flown(
          client,
          message.method(),
          call -> {
            connection.tell(message, call);
            return true;
          });
    } catch (ToolServerException e) {
      int status = connection.lost() ? 404 : 502;
      throw new RpcException(
          RpcError.of(RpcError.INTERNAL, status, String.valueOf(e.getMessage())), e);
    }
  }

  /// How the requests of a session reach its servers.
  private final class InSession implements Connector {
    private final Client client;
    private final Session session;
    private final Consumer<ObjectNode> out;

    private InSession(Client client, Session session, Consumer<ObjectNode> out) {
      this.client = client;
      this.session = session;
      this.out = out;
    }

    @Override
    public ToolConnection to(ToolServer server) throws ToolServerException {
      Optional<ToolConnection> known = session.connection(server);
      return known.isPresent() ? known.get() : greetings.open(session, server, client.owner());
    }

    @Override
    public void heard(ToolServer from, RpcMessage message, ToolOrigin within) {
      tools.heard(from, message);
      if (message.kind() == RpcMessage.Kind.REQUEST) {
        // The server says more while its client is asked.
        Thread.ofVirtual().name("mcp-question").start(() -> asked(from, message, within));
      } else {
        tasks
            .told(client, from, message)
            .ifPresent(told -> out.accept(Joined.told(client.destination(), from, told).json()));
      }
    }

    private void asked(ToolServer from, RpcMessage question, ToolOrigin within) {
      ObjectNode response = asks.ask(client, within, from, question, asked -> put(from, asked));
      try {
        Optional<ToolConnection> connection = session.connection(from);
        if (connection.isPresent()) {
          tell(client, connection.get(), new RpcMessage(response));
        }
      } catch (RpcException e) {
        LOG.log(Level.INFO, "{0} does not take an answer: {1}", from.name(), e.getMessage());
      }
    }

    private Session.Question put(ToolServer from, RpcMessage question) {
      boolean several = client.destination() instanceof Destination.All;
      Session.Question kept = session.ask(from, question, several);
      out.accept(kept.sent());
      return kept;
    }
  }
}
