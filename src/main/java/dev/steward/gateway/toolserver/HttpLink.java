// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.toolserver;

import dev.steward.domain.resource.ToolServer;
import dev.steward.domain.resource.ToolServer.Credential;
import dev.steward.gateway.connection.Repeating;
import dev.steward.gateway.openapi.Operation;
import dev.steward.gateway.relay.CutException;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.upstream.HttpUpstream;
import dev.steward.gateway.upstream.HttpUpstream.Peer;
import dev.steward.gateway.upstream.Keys;
import dev.steward.gateway.upstream.ProviderGate;
import dev.steward.gateway.upstream.UpstreamAnswer;
import dev.steward.gateway.upstream.UpstreamException;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.RefusedException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Sends requests to one tool server over HTTP, with the server's own credential and nothing of the
/// client's.
final class HttpLink {
  private final ToolServer server;
  private final HttpUpstream http;
  private final Keys keys;
  private final ProviderGate gate;

  HttpLink(ToolServer server, HttpUpstream http, Keys keys, ProviderGate gate) {
    this.server = server;
    this.http = http;
    this.keys = keys;
    this.gate = gate;
  }

  String name() {
    return server.name();
  }

  /// An answer that has begun, which must be closed.
  ///
  /// @param leave frees the place that it holds, once
  record Begun(UpstreamAnswer answer, Runnable leave) implements AutoCloseable {
    String header(String name) {
      return Header.first(answer.headers(), name).orElse("");
    }

    @Override
    public void close() {
      try {
        answer.close();
      } finally {
        leave.run();
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
        () -> send("POST", server.url(), body, headers, server.reach().call()),
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
        () ->
            send(
                operation.method(),
                base + sent.target(),
                sent.body(),
                sent.headers(),
                server.reach().call());
    int attempts = operation.repeatable() ? server.reach().attempts() : 1;
    return tried(attempts, sending, call);
  }

  private interface Sending {
    UpstreamAnswer send();
  }

  private Begun call(Sending sending, Cuttable call) throws ToolServerException {
    ProviderGate.Entry entry = gate.enter();
    if (entry != ProviderGate.Entry.FREE) {
      throw new ToolServerException(closed(entry));
    }
    long begun = System.nanoTime();
    boolean told = false;
    boolean kept = false;
    try {
      UpstreamAnswer answer = call.waiting(sending::send);
      long took = System.nanoTime() - begun;
      if (answer.status() >= 500) {
        gate.failed(took, new IOException("status " + answer.status()));
      } else {
        gate.answered(took);
      }
      told = true;
      kept = true;
      return new Begun(answer, gate::leave);
    } catch (UpstreamException e) {
      gate.failed(System.nanoTime() - begun, e);
      told = true;
      throw failure(e);
    } catch (IOException e) {
      throw new ToolServerException(new Reason.Unknown(brokeOff(e), false), e);
    } finally {
      if (!told) {
        gate.undecided();
      }
      if (!kept) {
        gate.leave();
      }
    }
  }

  /// Sends what takes no place: an answer to the server, a stream that is open for long.
  Begun aside(String method, byte[] body, List<Header> headers, Duration read, Cuttable call)
      throws ToolServerException {
    requireSecret();
    try {
      UpstreamAnswer answer = call.waiting(() -> send(method, server.url(), body, headers, read));
      return new Begun(answer, () -> {});
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
    return encoded(credential.name()) + "=" + encoded(secret);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private Reason closed(ProviderGate.Entry entry) {
    return new Reason.NotSent(
        entry == ProviderGate.Entry.OPEN
            ? "The tool server "
                + name()
                + " has failed too often and is left alone for some seconds: ask again then."
            : "The tool server "
                + name()
                + " is answering "
                + server.reach().concurrency()
                + " calls already: ask again later, or raise its 'concurrency'.");
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
