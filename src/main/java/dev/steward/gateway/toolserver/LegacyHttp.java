// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.toolserver;

import dev.steward.gateway.connection.Answers;
import dev.steward.gateway.connection.ToolConnection;
import dev.steward.gateway.relay.CutException;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.McpHeaders;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.wire.Header;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A session with a legacy server over HTTP. A stream that breaks before its response is read on
/// where it broke, if the server numbers its events.
final class LegacyHttp implements ToolConnection {
  private static final System.Logger LOG = System.getLogger(LegacyHttp.class.getName());

  /// A server may have nothing to say for long.
  private static final Duration LISTEN_MAX = Duration.ofHours(1);

  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private final HttpLink link;
  private volatile String session = "";
  private volatile String version = "";
  private volatile boolean lost;

  /// The last event of the stream that belongs to no request.
  private volatile String lastHeard = "";

  LegacyHttp(HttpLink link) {
    this.link = link;
  }

  @Override
  public Answers ask(RpcMessage request, List<Header> headers, Cuttable call)
      throws ToolServerException {
    List<Header> all = headers(McpHeaders.json());
    all.addAll(headers);
    HttpLink.Begun begun = link.call(request, all, call);
    try {
      require(begun);
      if (request.method().equals("initialize")) {
        session = begun.header(McpHeaders.SESSION);
        return new Greeting(new HttpAnswers(link, begun, call));
      }
      return new Resumed(this, new HttpAnswers(link, begun, call), call);
    } catch (ToolServerException e) {
      begun.close();
      throw e;
    }
  }

  @Override
  public void tell(RpcMessage message, Cuttable call) throws ToolServerException {
    byte[] body = RpcJson.bytes(message.json());
    try (HttpLink.Begun begun =
        link.aside("POST", body, headers(McpHeaders.json()), link.callMax(), call)) {
      require(begun);
      if (begun.answer().status() >= 400) {
        throw new ToolServerException(
            new Reason.NotSent(
                "The tool server "
                    + link.name()
                    + " refused a message with "
                    + begun.answer().status()
                    + "."));
      }
    }
  }

  @Override
  public Optional<Answers> listen(Cuttable call) throws ToolServerException {
    HttpAnswers answers = resume(lastHeard, call);
    return answers == null ? Optional.empty() : Optional.of(new Heard(answers));
  }

  /// Opens the stream that follows an event, null where the server offers none.
  @Nullable HttpAnswers resume(String lastEvent, Cuttable call) throws ToolServerException {
    List<Header> headers = headers(new ArrayList<>());
    headers.add(new Header("Accept", "text/event-stream"));
    if (!lastEvent.isEmpty()) {
      headers.add(new Header(McpHeaders.LAST_EVENT, lastEvent));
    }
    HttpLink.Begun begun = link.aside("GET", new byte[0], headers, LISTEN_MAX, call);
    try {
      require(begun);
      if (begun.answer().status() >= 400) {
        begun.close();
        return null;
      }
      return new HttpAnswers(link, begun, call);
    } catch (ToolServerException e) {
      begun.close();
      throw e;
    }
  }

  @Override
  public boolean lost() {
    return lost;
  }

  @Override
  public void close() {
    if (session.isEmpty() || lost) {
      return;
    }
    Cuttable call = new Cuttable(Thread.currentThread());
    try (HttpLink.Begun begun =
        link.aside("DELETE", new byte[0], headers(new ArrayList<>()), GOODBYE, call)) {
      LOG.log(Level.DEBUG, "{0} ended a session: {1}", link.name(), begun.answer().status());
    } catch (ToolServerException | CutException e) {
      LOG.log(Level.DEBUG, "a session was not ended", e);
    } finally {
      call.done();
    }
  }

  private List<Header> headers(List<Header> headers) {
    if (!session.isEmpty()) {
      headers.add(new Header(McpHeaders.SESSION, session));
    }
    if (!version.isEmpty()) {
      headers.add(new Header(McpHeaders.VERSION, version));
    }
    return headers;
  }

  private void require(HttpLink.Begun begun) throws ToolServerException {
    if (begun.answer().status() == 404 && !session.isEmpty()) {
      lost = true;
      throw new ToolServerException(
          new Reason.NotSent(
              "The tool server " + link.name() + " has forgotten the session: begin a new one."));
    }
  }

  /// The answer to `initialize`, which says what version the session has.
  private final class Greeting implements Answers {
    private final HttpAnswers answers;

    private Greeting(HttpAnswers answers) {
      this.answers = answers;
    }

    @Override
    public boolean streaming() {
      return answers.streaming();
    }

    @Override
    public @Nullable RpcMessage next() throws ToolServerException {
      RpcMessage message = answers.next();
      if (message != null && message.kind() == RpcMessage.Kind.RESPONSE) {
        version = message.json().path("result").path("protocolVersion").asString("");
      }
      return message;
    }

    @Override
    public void close() {
      answers.close();
    }
  }

  /// The stream that belongs to no request.
  private final class Heard implements Answers {
    private final HttpAnswers answers;

    private Heard(HttpAnswers answers) {
      this.answers = answers;
    }

    @Override
    public boolean streaming() {
      return true;
    }

    @Override
    public @Nullable RpcMessage next() throws ToolServerException {
      RpcMessage message = answers.next();
      lastHeard = answers.lastId();
      return message;
    }

    @Override
    public void close() {
      answers.close();
    }
  }
}
