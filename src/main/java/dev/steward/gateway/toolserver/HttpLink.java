// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.toolserver;

import dev.steward.domain.Percent;
import dev.steward.domain.resource.ToolServer;
import dev.steward.domain.resource.ToolServer.Credential;
import dev.steward.gateway.connection.Repeating;
import dev.steward.gateway.credential.Keys;
import dev.steward.gateway.health.ToolGate;
import dev.steward.gateway.health.Visit;
import dev.steward.gateway.openapi.Operation;
import dev.steward.gateway.relay.CutException;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.upstream.HttpUpstream;
import dev.steward.gateway.upstream.HttpUpstream.Peer;
import dev.steward.gateway.upstream.UpstreamAnswer;
import dev.steward.gateway.upstream.UpstreamException;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Sends requests to one tool server over HTTP, with the server's own credential and nothing of the
/// client's.
final class HttpLink {
  /// Of an answer in which somebody waits for a person, such as one that the client must ask.
  private static final Duration OPEN_MAX = Duration.ofHours(1);

  private final ToolServer server;
  private final HttpUpstream http;
  private final Keys keys;
  private final ToolGate gate;
  private final Patience patience;

  HttpLink(ToolServer server, HttpUpstream http, Keys keys, ToolGate gate, Patience patience) {
    this.server = server;
    this.http = http;
    this.keys = keys;
    this.gate = gate;
    this.patience = patience;
  }

  String name() {
    return server.name();
  }

  /// An answer that has begun, which must be closed.
  ///
  /// @param body of the answer, with a limit of its silence
  /// @param visit told how the call goes
  record Begun(UpstreamAnswer answer, PatientBody body, Visit visit) implements AutoCloseable {
    String header(String name) {
      return Header.first(answer.headers(), name).orElse("");
    }

    @Override
    public void close() {
      try {
        answer.close();
      } finally {
        visit.leave();
      }
    }
  }

  /// Sends a call, which takes one of the server's places until its answer is closed. One that may
  /// be repeated is tried again where there was no answer.
  Begun call(RpcMessage request, List<Header> headers, Cuttable call) throws ToolServerException {
    requireSecret();
    byte[] body = RpcJson.bytes(request.json());
    return tried(
        Repeating.attempts(server, request),
        () -> send("POST", server.url(), body, headers, OPEN_MAX),
        call);
  }

  private Begun tried(int attempts, Sending sending, Cuttable call) throws ToolServerException {
    for (int attempt = 1; attempt < attempts; attempt++) {
      try {
        return call(sending, call);
      } catch (ToolServerException e) {
        boolean late = e.reason() instanceof Reason.Unknown unknown && unknown.late();
        if (late || !(e.getCause() instanceof UpstreamException)) {
          throw e;
        }
      }
    }
    return call(sending, call);
  }

  /// Sends an operation of an API, which takes a place like a call.
  Begun operation(Operation operation, Operation.Sent sent, Cuttable call)
      throws ToolServerException {
    requireSecret();
    String base = server.url().replaceAll("/+$", "");
    Sending sending =
        () -> send(operation.method(), base + sent.target(), sent.body(), sent.headers(), OPEN_MAX);
    int attempts = operation.repeatable() ? server.reach().attempts() : 1;
    return tried(attempts, sending, call);
  }

  private interface Sending {
    UpstreamAnswer send();
  }

  private Begun call(Sending sending, Cuttable call) throws ToolServerException {
    Visit visit = gate.enter();
    boolean kept = false;
    try {
      UpstreamAnswer answer =
          call.waiting(() -> patience.within(server.reach().call(), sending::send));
      visit.began();
      trouble(answer.status(), visit);
      kept = true;
      return new Begun(answer, body(answer, server.reach().call(), server.reach().idle()), visit);
    } catch (UpstreamException e) {
      visit.failed(String.valueOf(e.getMessage()));
      throw failure(e);
    } catch (Patience.LateException e) {
      ToolServerException late = late("did not begin to answer in time: ", e);
      visit.failed(String.valueOf(late.getMessage()));
      throw late;
    } catch (IOException e) {
      throw new ToolServerException(new Reason.Unknown(brokeOff(e), false), e);
    } finally {
      if (!kept) {
        visit.leave();
      }
    }
  }

  private PatientBody body(UpstreamAnswer answer, Duration first, Duration idle) {
    return new PatientBody(answer.body(), patience, first, idle, OPEN_MAX);
  }

  /// What a status says against the server, or against how it is called.
  private void trouble(int status, Visit visit) {
    String answered = "It answered " + status + ": ";
    switch (status) {
      case 401, 403 ->
          visit.troubled(
              answered
                  + (server.credential().none()
                      ? "it wants a secret, and none is named."
                      : "it does not take the secret " + server.credential().secret() + "."));
      case 408 -> visit.troubled(answered + "it took too long.");
      case 429 -> visit.troubled(answered + "it wants fewer calls.");
      default -> {
        if (status >= 500) {
          visit.failed(answered + "it failed.");
        }
      }
    }
  }

  /// Sends what takes no place: an answer to the server, a stream that is open for long.
  Begun aside(String method, byte[] body, List<Header> headers, Duration read, Cuttable call)
      throws ToolServerException {
    requireSecret();
    try {
      UpstreamAnswer answer = call.waiting(() -> send(method, server.url(), body, headers, read));
      return new Begun(answer, body(answer, read, read), Visit.NONE);
    } catch (UpstreamException e) {
      throw failure(e);
    } catch (CutException e) {
      throw e;
    } catch (IOException e) {
      throw new ToolServerException(new Reason.Unknown(brokeOff(e), false), e);
    }
  }

  /// How long an answer may take.
  Duration callMax() {
    return server.reach().call();
  }

  /// The server kept its caller waiting.
  ToolServerException late(String what, Patience.LateException e) {
    return new ToolServerException(
        new Reason.Unknown("The tool server " + name() + " " + what + e.getMessage() + ".", true),
        e);
  }

  String brokeOff(Throwable e) {
    return "The tool server " + name() + " broke off: " + e.getMessage() + ".";
  }

  private UpstreamAnswer send(
      String method, String target, byte[] body, List<Header> headers, Duration read) {
    Peer peer = new Peer("The tool server " + name(), server.url(), server.reach().connect(), read);
    List<Header> all = new ArrayList<>(headers);
    all.add(new Header("Accept-Encoding", "identity"));
    String uri = target;
    Credential credential = server.credential();
    if (!credential.none()) {
      String secret = keys.of(credential.secret());
      switch (credential.place()) {
        case BEARER -> all.add(new Header("Authorization", "Bearer " + secret));
        case BASIC -> all.add(new Header("Authorization", "Basic " + base64(secret)));
        case HEADER -> all.add(new Header(credential.name(), secret));
        case QUERY -> uri += (uri.indexOf('?') < 0 ? "?" : "&") + parameter(credential, secret);
        case VARIABLE -> {
          // of a command
        }
      }
    }
    return http.send(peer, method, uri, all, body);
  }

  private static String parameter(Credential credential, String secret) {
    return Percent.encoded(credential.name()) + "=" + Percent.encoded(secret);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ToolServerException failure(UpstreamException e) {
    String message = String.valueOf(e.getMessage());
    return new ToolServerException(
        switch (e.what()) {
          case UNREACHABLE -> new Reason.NotSent(message);
          case BROKEN -> new Reason.Unknown(message, false);
          case LATE -> new Reason.Unknown(message, true);
        },
        e);
  }

  /// @throws ToolServerException where its secret is not set
  private void requireSecret() throws ToolServerException {
    try {
      keys.of(server.credential().secret());
    } catch (RefusedException e) {
      throw new ToolServerException(new Reason.NotSent(e.refusal().message()), e);
    }
  }
}
