// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.stdio;

import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.connection.Answers;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.upstream.ProviderGate;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The messages of a process for one request. It must be answered within the time of a call; what
/// is left before its end is cancelled.
final class StdioAnswers implements Answers {
  private final StdioProcess process;
  private final Exchange exchange;
  private final ToolServer server;
  private final ProviderGate gate;
  private final Duration most;
  private final Cuttable call;
  private final Runnable forget;
  private final long begunNanos = System.nanoTime();
  private boolean answered;
  private boolean told;
  private boolean closed;

  StdioAnswers(
      StdioProcess process,
      Exchange exchange,
      ToolServer server,
      ProviderGate gate,
      Duration most,
      Cuttable call,
      Runnable forget) {
    this.process = process;
    this.exchange = exchange;
    this.server = server;
    this.gate = gate;
    this.most = most;
    this.call = call;
    this.forget = forget;
  }

  @Override
  public boolean streaming() {
    return false;
  }

  @Override
  public @Nullable RpcMessage next() throws ToolServerException {
    if (answered) {
      return null;
    }
    long taken = System.nanoTime() - begunNanos;
    try {
      RpcMessage message = heard(exchange, most.minusNanos(taken), server, call);
      answered = message.kind() == RpcMessage.Kind.RESPONSE;
      if (answered) {
        told = true;
        gate.answered(System.nanoTime() - begunNanos);
      }
      return message;
    } catch (ToolServerException e) {
      told = true;
      gate.failed(System.nanoTime() - begunNanos, e);
      throw e;
    }
  }

  /// The next message that a process says.
  static RpcMessage heard(Exchange exchange, Duration wait, ToolServer server, Cuttable call)
      throws ToolServerException {
    try {
      return call.waiting(() -> {
        try {
          return exchange.next(wait, server.name());
        } catch (ToolServerException e) {
          throw new Silent(e);
        }
      });
    } catch (Silent e) {
      throw e.exception;
    } catch (IOException e) {
      throw StdioConnection.broken(server, e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    forget.run();
    process.leave(exchange);
    if (!told) {
      gate.undecided();
    }
    gate.leave();
  }

  /// Carries the reason through what waits.
  private static final class Silent extends IOException {
    private static final long serialVersionUID = 1L;

    private final ToolServerException exception;

    private Silent(ToolServerException exception) {
      super(exception);
      this.exception = exception;
    }
  }
}
