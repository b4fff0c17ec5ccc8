// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.toolserver;

import dev.steward.gateway.connection.Answers;
import dev.steward.gateway.connection.ToolConnection;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.McpHeaders;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.wire.Header;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A modern server over HTTP: every request stands alone.
final class ModernHttp implements ToolConnection {
  /// A server may have nothing to say for long.
  private static final Duration LISTEN_MAX = Duration.ofHours(1);

  private final HttpLink link;

  ModernHttp(HttpLink link) {
    this.link = link;
  }

  @Override
  public Answers ask(RpcMessage request, List<Header> headers, Cuttable call)
      throws ToolServerException {
    List<Header> all = McpHeaders.modern(request);
    all.addAll(headers);
    boolean listens = request.method().equals("subscriptions/listen");
    HttpLink.Begun begun =
        listens
            ? link.aside("POST", RpcJson.bytes(request.json()), all, LISTEN_MAX, call)
            : link.call(request, all, call);
    try {
      return new HttpAnswers(link, begun, call);
    } catch (ToolServerException e) {
      begun.close();
      throw e;
    }
  }

  /// A modern server is told nothing over HTTP: to cancel is to close.
  @Override
  public void tell(RpcMessage message, Cuttable call) throws ToolServerException {
    throw new ToolServerException(
        new Reason.NotSent("A modern server takes no " + message.method() + " over HTTP."));
  }

  @Override
  public Optional<Answers> listen(Cuttable call) {
    return Optional.empty();
  }

  @Override
  public boolean lost() {
    return false;
  }

  @Override
  public void close() {
    // there is no session
  }
}
